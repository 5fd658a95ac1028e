//! Ceremonies over `webauthn-rs`. A browser's answer that does not verify is an answer (none), not a
//! fault; only what we ourselves have kept must be readable.

use renkei_core::fault::Fault;
use renkei_core::port::{PasskeyRequest, Passkeys};
use renkei_core::seal::sha256_hex;
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// Passkeys for the pages of one origin.
pub struct WebAuthn(Webauthn);

impl WebAuthn {
    /// Passkeys for the pages below this address; the relying party is its host.
    ///
    /// # Errors
    /// A fault when the address has no host, or is none that browsers make passkeys for.
    pub fn new(base_url: &str) -> Result<Self, Fault> {
        let unfit = || Fault::new("no passkeys can be made for this address");
        let url = Url::parse(base_url).map_err(|e| unfit().caused_by(e))?;
        let host = url.host_str().ok_or_else(unfit)?;
        let built = WebauthnBuilder::new(host, &url).and_then(|builder| {
            // The customer reads this in the browser's own window.
            builder.rp_name(host).build()
        });
        built.map(Self).map_err(|e| unfit().caused_by(e))
    }
}

impl Passkeys for WebAuthn {
    fn begin(&self, holder: &str, name: &str, known: &[String]) -> Result<PasskeyRequest, Fault> {
        let known = passkeys(known)?;
        let exclude = known.iter().map(|key| key.cred_id().clone()).collect();
        let digest = sha256_hex(holder.as_bytes());
        let half = digest.get(..32).unwrap_or_default();
        let id = Uuid::parse_str(half).map_err(|e| Fault::new("not an id").caused_by(e))?;
        let (options, state) = self
            .0
            .start_passkey_registration(id, name, name, Some(exclude))
            .map_err(|e| Fault::new("a passkey cannot be asked for").caused_by(e))?;
        Ok(PasskeyRequest {
            options: text(&options)?,
            state: text(&state)?,
        })
    }

    fn finish(&self, state: &str, answer: &str) -> Result<Option<String>, Fault> {
        let state: PasskeyRegistration = kept(state)?;
        let Ok(answer) = serde_json::from_str::<RegisterPublicKeyCredential>(answer) else {
            return Ok(None);
        };
        match self.0.finish_passkey_registration(&answer, &state) {
            Ok(passkey) => text(&passkey).map(Some),
            Err(_) => Ok(None),
        }
    }

    fn ask(&self, known: &[String]) -> Result<PasskeyRequest, Fault> {
        let (options, state) = self
            .0
            .start_passkey_authentication(&passkeys(known)?)
            .map_err(|e| Fault::new("a passkey cannot be asked for").caused_by(e))?;
        Ok(PasskeyRequest {
            options: text(&options)?,
            state: text(&state)?,
        })
    }

    fn verify(
        &self,
        state: &str,
        known: &[String],
        answer: &str,
    ) -> Result<Option<Vec<String>>, Fault> {
        let state: PasskeyAuthentication = kept(state)?;
        let mut known = passkeys(known)?;
        let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answer) else {
            return Ok(None);
        };
        // A counter that went backwards is refused there: the passkey was copied.
        let Ok(verified) = self.0.finish_passkey_authentication(&answer, &state) else {
            return Ok(None);
        };
        let is_known = known.iter().any(|key| key.cred_id() == verified.cred_id());
        if !is_known {
            return Ok(None);
        }
        for key in &mut known {
            // Nothing to do for the keys that were not used.
            let _ = key.update_credential(&verified);
        }
        known.iter().map(text).collect::<Result<_, _>>().map(Some)
    }
}

fn passkeys(known: &[String]) -> Result<Vec<Passkey>, Fault> {
    known.iter().map(|text| kept(text)).collect()
}

fn kept<T: for<'a> serde::Deserialize<'a>>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text)
        .map_err(|e| Fault::new("a kept passkey is not readable").caused_by(e))
}

fn text(value: &impl serde::Serialize) -> Result<String, Fault> {
    serde_json::to_string(value)
        .map_err(|e| Fault::new("a passkey is not expressible as JSON").caused_by(e))
}
