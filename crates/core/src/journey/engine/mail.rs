//! What a journey tells the customer by mail, in the commit of what it tells of.

use super::{Draft, Engine};
use crate::commit::Change;
use crate::id::MailId;
use crate::journey::{Journey, Purpose};
use crate::mail::{CodeMail, Mail, Occasion};

impl Engine<'_> {
    /// Tells the customer of what happened with the client of this journey.
    pub(super) fn mail(&self, draft: &mut Draft, occasion: Occasion, to: String) {
        let args = match self.client {
            Some(client) => vec![("app", client.card.service.clone())],
            None => vec![("app", String::new()), ("way", way(&draft.journey))],
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
        let mail = self.written(occasion, to, args);
        let queued = Change::MailQueued(Box::new(mail));
        draft.commit.changes.push(queued);
    }

    /// Sends one-time passwords.
    pub(super) fn mail_codes(&self, draft: &mut Draft, codes: Vec<CodeMail>) {
        let app = self.client.map(|client| client.card.service.clone());
        for CodeMail { to, code, minutes } in codes {
            let mut args = vec![("app", app.clone().unwrap_or_default())];
            if app.is_none() {
                args.push(("way", way(&draft.journey)));
            }
            let mut mail = self.written(Occasion::OneTimePassword, to, args);
            mail.args
                .insert("minutes".to_owned(), i64::from(minutes).into());
            mail.code = Some(code);
            let queued = Change::MailQueued(Box::new(mail));
            draft.commit.changes.push(queued);
        }
    }

    fn written(&self, occasion: Occasion, to: String, args: Vec<(&str, String)>) -> Mail {
        let args = args.into_iter();
        Mail {
            id: MailId::new(self.now, self.random),
            tenant: self.tenant.id.clone(),
            to,
            occasion,
            args: args
                .map(|(name, value)| (name.to_owned(), value.into()))
                .collect(),
            code: None,
            queued_at: self.now,
            tries: 0,
        }
    }
}

/// What a mail of a journey without a client calls the journey.
fn way(journey: &Journey) -> String {
    match journey.purpose {
        Purpose::Link(_) => "app",
        Purpose::Links => "links",
        Purpose::Payment(_) => "payment",
    }
    .to_owned()
}
