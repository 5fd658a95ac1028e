//! What a journey tells the customer by mail, in the commit of what it tells of.

use super::{Draft, Engine};
use crate::commit::Change;
use crate::id::MailId;
use crate::mail::{Mail, Occasion};

impl Engine<'_> {
    /// Tells the customer of what happened with the client of this journey.
    pub(super) fn mail(&self, draft: &mut Draft, occasion: Occasion, to: String) {
        let args = match self.client {
            Some(client) => vec![("app", client.card.service.clone())],
            None => vec![("app", String::new()), ("way", "links".to_owned())],
        };
        self.mail_about(draft, occasion, to, args);
    }

    /// The same of something else: `args` fill the text's placeholders.
    pub(super) fn mail_about(
        &self,
        draft: &mut Draft,
        occasion: Occasion,
        to: String,
        args: Vec<(&str, String)>,
    ) {
        let args = args.into_iter();
        let mail = Mail {
            id: MailId::new(self.now, self.random),
            tenant: self.tenant.id.clone(),
            to,
            occasion,
            args: args
                .map(|(name, value)| (name.to_owned(), value.into()))
                .collect(),
            queued_at: self.now,
            tries: 0,
        };
        draft
            .commit
            .changes
            .push(Change::MailQueued(Box::new(mail)));
    }
}
