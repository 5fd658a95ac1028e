//! The keyring that seals secrets at rest, and the key that signs. Both are files only their owner can
//! read; the server does not start without them.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::Context;
use openssl::ec::{EcGroup, EcKey};
use openssl::nid::Nid;
use openssl::pkey::PKey;
use renkei_core::port::{Random, random_256};
use renkei_core::seal::Keyring;
use renkei_oauth::jwk::{Jwks, PublicKey};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyringFile {
    current: String,
    keys: BTreeMap<String, String>,
}

/// Makes what is not there; what is there stays.
pub fn init(folder: &Path, random: &dyn Random) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let ring = folder.join(KEYRING);
    if !ring.exists() {
        let keys = [("k1".to_owned(), new_key(random))].into();
        write(
            &ring,
            &serde_json::to_vec_pretty(&KeyringFile {
                current: "k1".to_owned(),
                keys,
            })?,
        )?;
    }
    let signing = folder.join(SIGNING);
    if !signing.exists() {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
        let key = PKey::from_ec_key(EcKey::generate(&group)?)?;
        write(&signing, &key.private_key_to_pem_pkcs8()?)?;
    }
    Ok(())
}

/// Adds a key and seals under it from the next start on; what older keys sealed still opens.
pub fn rotate(folder: &Path, random: &dyn Random) -> anyhow::Result<String> {
    let path = folder.join(KEYRING);
    let mut ring = read(&path)?;
    // Ids sort by age: the oldest also derives the keys of keyed digests, which must not change.
    let name = format!("k{}", ring.keys.len() + 1);
    anyhow::ensure!(
        ring.keys.len() < 9,
        "nine keys are as many as a keyring takes"
    );
    ring.keys.insert(name.clone(), new_key(random));
    ring.current.clone_from(&name);
    let next = path.with_extension("next");
    write(&next, &serde_json::to_vec_pretty(&ring)?)?;
    fs::rename(&next, &path)?;
    Ok(name)
}

/// Reads the keyring.
pub fn keyring(folder: &Path) -> anyhow::Result<Keyring> {
    let ring = read(&folder.join(KEYRING))?;
    let mut keys = Vec::new();
    for (id, text) in ring.keys {
        let bytes = openssl::base64::decode_block(&text).context("a key is not base64")?;
        let key: [u8; 32] = bytes
            .try_into()
            .map_err(|_| anyhow::anyhow!("a key is not 256 bit"))?;
        keys.push((id, key));
    }
    Ok(Keyring::new(ring.current, keys)?)
}

/// Reads the public half of the signing key.
pub fn jwks(folder: &Path) -> anyhow::Result<Jwks> {
    let path = folder.join(SIGNING);
    let pem = fs::read(&path).with_context(|| missing(&path))?;
    Ok(Jwks::of(&[PublicKey::from_pem(&pem)?]))
}

fn read(path: &Path) -> anyhow::Result<KeyringFile> {
    let text = fs::read(path).with_context(|| missing(path))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is not a keyring", path.display()))
}

fn missing(path: &Path) -> String {
    format!(
        "cannot read {}\n\nhint: `renkei keys init` makes it",
        path.display()
    )
}

fn new_key(random: &dyn Random) -> String {
    openssl::base64::encode_block(&random_256(random))
}

fn write(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    file.write_all(content)?;
    file.sync_all()?;
    Ok(())
}

const KEYRING: &str = "keyring.json";
const SIGNING: &str = "signing.pem";
