//! A passkey made of software, and the browser around it: for tests.

use renkei_core::fault::Fault;
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;
use webauthn_authenticator_rs::WebauthnAuthenticator;
use webauthn_authenticator_rs::softpasskey::SoftPasskey;

/// A customer's device. It unlocks for everybody.
pub struct Device(WebauthnAuthenticator<SoftPasskey>);

impl Default for Device {
    fn default() -> Self {
        Self(WebauthnAuthenticator::new(SoftPasskey::new(true)))
    }
}

impl Device {
    /// Makes a passkey for a page of this origin; the browser's answer.
    pub fn create(&mut self, origin: &str, options: &str) -> Result<String, Fault> {
        let made = self
            .0
            .do_registration(parsed_url(origin)?, parsed(options)?);
        text(&made.map_err(|_| Fault::new("the device makes no passkey"))?)
    }

    /// Answers with a passkey it has made.
    pub fn answer(&mut self, origin: &str, options: &str) -> Result<String, Fault> {
        let signed = self
            .0
            .do_authentication(parsed_url(origin)?, parsed(options)?);
        text(&signed.map_err(|_| Fault::new("the device does not sign"))?)
    }
}

fn parsed_url(origin: &str) -> Result<Url, Fault> {
    Url::parse(origin).map_err(|e| Fault::new("not an origin").caused_by(e))
}

fn parsed<T: DeserializeOwned>(options: &str) -> Result<T, Fault> {
    serde_json::from_str(options).map_err(|e| Fault::new("not a passkey request").caused_by(e))
}

fn text(answer: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(answer).map_err(|e| Fault::new("not expressible as JSON").caused_by(e))
}
