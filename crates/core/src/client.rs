//! An integrator as the platform knows it: its protocol registration and the facts the law wants
//! told to the customer.

use renkei_oauth::client::Client;
use serde::{Deserialize, Serialize};

/// What a customer must be told about the company behind an app before typing anything
/// (銀行法第52条の61の8: name and address, authority, damages, complaint contact), in Japanese.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientCard {
    /// The app's name, as its users know it.
    pub service: String,
    /// 商号・名称または氏名.
    pub company: String,
    /// 住所.
    pub address: String,
    /// 権限に関する事項.
    pub authority: String,
    /// 損害賠償に関する事項.
    pub damages: String,
    /// 苦情・相談の連絡先.
    pub contact: String,
}

impl ClientCard {
    /// The names of the facts that are missing; a client that lacks one cannot be enabled at a bank.
    pub fn missing_facts(&self) -> Vec<&'static str> {
        [
            ("service", &self.service),
            ("company", &self.company),
            ("address", &self.address),
            ("authority", &self.authority),
            ("damages", &self.damages),
            ("contact", &self.contact),
        ]
        .into_iter()
        .filter(|(_, value)| value.trim().is_empty())
        .map(|(name, _)| name)
        .collect()
    }
}

/// One registered client.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClientRecord {
    /// Its protocol registration.
    pub client: Client,
    /// What customers are told about it; empty for a resource server, which no customer meets.
    #[serde(default)]
    pub card: ClientCard,
}
