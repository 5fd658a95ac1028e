//! Styles and the script, under names that change with their contents.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use openssl::sha::sha256;

/// Where assets are served: `/assets/page-<hash>.css`.
pub const ASSET_PATH: &str = "/assets/";

/// A file a page links to; its name holds its hash, so it may be cached for ever.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The contents.
    pub bytes: Vec<u8>,
    /// The media type.
    pub content_type: &'static str,
    /// The entity tag, quotes included.
    pub etag: String,
}

/// All assets by name.
#[derive(Default)]
pub(crate) struct Assets {
    by_name: BTreeMap<String, Asset>,
}

impl Assets {
    /// Keeps a file and gives the address to link to.
    pub(crate) fn add(&mut self, stem: &str, extension: &str, bytes: &[u8]) -> String {
        let hash = sha256(bytes)
            .iter()
            .take(8)
            .fold(String::new(), |mut hash, byte| {
                let _ = write!(hash, "{byte:02x}");
                hash
            });
        let name = format!("{stem}-{hash}.{extension}");
        let url = format!("{ASSET_PATH}{name}");
        let content_type = match extension {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
        let etag = format!("\"{hash}\"");
        self.by_name.insert(
            name,
            Asset {
                bytes: bytes.to_vec(),
                content_type,
                etag,
            },
        );
        url
    }

    pub(crate) fn find(&self, name: &str) -> Option<&Asset> {
        self.by_name.get(name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }
}
