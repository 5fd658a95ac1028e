//! Argon2id (RFC 9106) with a bounded number of evaluations at once, each in memory that is kept and
//! used again: a flood of logins waits, and takes neither the cores nor the memory of the server.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use argon2::password_hash::phc::{Output, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use renkei_core::fault::Fault;
use renkei_core::port::Random;
use renkei_core::secret::Password;
use tokio::sync::Semaphore;

/// What one evaluation costs.
#[derive(Clone, Copy, Debug)]
pub struct HashCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for HashCost {
    /// 19 MiB and two passes, the smallest set that OWASP's password storage cheat sheet names.
    fn default() -> Self {
        Self {
            memory_kib: 19 * 1024,
            passes: 2,
        }
    }
}

/// Hashes and verifies passwords.
#[derive(Clone)]
pub struct Hasher(Arc<Inner>);

struct Inner {
    argon2: Argon2<'static>,
    blocks: usize,
    permits: Semaphore,
    memory: Mutex<Vec<Vec<Block>>>,
    evaluations: AtomicU64,
}

impl Hasher {
    /// A hasher that evaluates at most `at_once` at a time.
    pub fn new(cost: HashCost, at_once: usize) -> Result<Self, Fault> {
        let params = Params::new(cost.memory_kib, cost.passes, 1, Some(OUTPUT))
            .map_err(|e| Fault::new(format!("argon2 does not take these costs: {e}")))?;
        let blocks = params.block_count();
        Ok(Self(Arc::new(Inner {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            blocks,
            permits: Semaphore::new(at_once.max(1)),
            memory: Mutex::new(Vec::new()),
            evaluations: AtomicU64::new(0),
        })))
    }

    /// How many hashes were evaluated: every path of a login must evaluate exactly one.
    pub fn evaluations(&self) -> u64 {
        self.0.evaluations.load(Ordering::Relaxed)
    }

    /// The password's hash as a PHC string.
    pub async fn hash(&self, password: &Password, random: &dyn Random) -> Result<String, Fault> {
        let mut salt = [0; 16];
        random.fill(&mut salt);
        let output = self.evaluate(password.clone(), salt.to_vec()).await?;
        let bad =
            |e: &dyn std::fmt::Display| Fault::new(format!("a hash could not be written: {e}"));
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: self.0.argon2.params().try_into().map_err(|e| bad(&e))?,
            salt: Some(Salt::new(&salt).map_err(|e| bad(&e))?),
            hash: Some(Output::new(&output).map_err(|e| bad(&e))?),
        };
        Ok(hash.to_string())
    }

    /// Whether this is the password of `hash`. With no hash, as much is spent and the answer is no.
    pub async fn verify(&self, password: &Password, hash: Option<&str>) -> Result<bool, Fault> {
        let bad =
            |e: &dyn std::fmt::Display| Fault::new(format!("a kept hash is not readable: {e}"));
        let known = hash
            .map(PasswordHash::new)
            .transpose()
            .map_err(|e| bad(&e))?;
        let parts = known.as_ref().and_then(|known| known.salt.zip(known.hash));
        let salt = parts
            .as_ref()
            .map_or_else(|| vec![0; 16], |(salt, _)| salt.as_ref().to_vec());
        let output = self.evaluate(password.clone(), salt).await?;
        // `Output` compares in constant time.
        let right = parts.map(|(_, kept)| Output::new(&output).map(|own| own == kept));
        Ok(right.transpose().map_err(|e| bad(&e))?.unwrap_or(false))
    }

    async fn evaluate(&self, password: Password, salt: Vec<u8>) -> Result<[u8; OUTPUT], Fault> {
        let gone = |_| Fault::new("the hasher is closed");
        let _permit = self.0.permits.acquire().await.map_err(gone)?;
        let inner = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || inner.evaluate(&password, &salt))
            .await
            .map_err(|e| Fault::new("a hash did not finish").caused_by(e))?
    }
}

impl Inner {
    fn evaluate(&self, password: &Password, salt: &[u8]) -> Result<[u8; OUTPUT], Fault> {
        self.evaluations.fetch_add(1, Ordering::Relaxed);
        let kept = self
            .memory
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut blocks = kept.unwrap_or_else(|| vec![Block::default(); self.blocks]);
        let mut output = [0; OUTPUT];
        let done = self.argon2.hash_password_into_with_memory(
            password.expose().as_bytes(),
            salt,
            &mut output,
            &mut blocks,
        );
        self.memory
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(blocks);
        done.map_err(|e| Fault::new(format!("argon2 failed: {e}")))?;
        Ok(output)
    }
}

const OUTPUT: usize = 32;
