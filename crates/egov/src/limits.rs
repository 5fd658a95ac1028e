//! Every bound on what strangers send, in one place. None of them is known from the real service: they are choices of
//! ours, and configurable.

/// Bounds on one request of the API and on the archive inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest body of a request, in bytes.
    pub body: usize,
    /// Largest archive after Base64 is undone, in bytes.
    pub archive: usize,
    /// Largest sum of all members of an archive once inflated, in bytes.
    pub unpacked: usize,
    /// Most entries of an archive, folders included.
    pub entries: usize,
    /// Most bytes that one packed byte of a member may become.
    pub ratio: usize,
    /// Most application folders in one package.
    pub applications: usize,
    /// Largest XML document other than the body of a request, in bytes.
    pub document: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 50 * MIB,
            archive: 50 * MIB,
            unpacked: 200 * MIB,
            entries: 1_000,
            ratio: 200,
            applications: 200,
            document: 10 * MIB,
        }
    }
}

/// Deepest nesting of elements in a document.
pub const XML_DEPTH: usize = 64;
/// Most nodes of a document: elements, texts, comments, instructions.
pub const XML_NODES: u32 = 20_000;
/// Most attributes of one element, declarations of namespaces included.
pub const XML_ATTRIBUTES: usize = 64;
/// Most declarations of namespaces in one document.
pub const XML_NAMESPACES: usize = 256;
/// Longest name of a member of an archive, in bytes as it is written there.
pub const ENTRY_NAME: usize = 255;
/// Smallest modulus of a key we accept, in bits.
pub const RSA_BITS: u32 = 2_048;
/// Largest modulus a signature is verified with: the price of a verification stays bounded.
pub const RSA_BITS_MOST: u32 = 8_192;
/// Most files that one 構成管理 may name.
pub const REFERENCES: usize = 100;

const MIB: usize = 1024 * 1024;
