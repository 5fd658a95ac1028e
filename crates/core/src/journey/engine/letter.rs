//! Mails that go with a decision: queued in its commit, written out and sent later.

use super::{Draft, Engine};
use crate::commit::Change;
use crate::id::MailId;
use crate::mail::{CodeMail, Mail, Occasion};

impl Engine<'_> {
    pub(super) fn mail(&self, draft: &mut Draft, occasion: Occasion, to: String) {
        let mail = self.written(occasion, to);
        let queued = Change::MailQueued(Box::new(mail));
        draft.commit.changes.push(queued);
    }

    pub(super) fn mail_codes(&self, draft: &mut Draft, codes: Vec<CodeMail>) {
        for CodeMail { to, code, minutes } in codes {
            let mut mail = self.written(Occasion::OneTimePassword, to);
            mail.args
                .insert("minutes".to_owned(), i64::from(minutes).into());
            mail.code = Some(code);
            let queued = Change::MailQueued(Box::new(mail));
            draft.commit.changes.push(queued);
        }
    }

    fn written(&self, occasion: Occasion, to: String) -> Mail {
        let service = self.client.map(|client| client.card.service.clone());
        Mail {
            id: MailId::new(self.now, self.random),
            tenant: self.tenant.id.clone(),
            to,
            occasion,
            args: [("app".to_owned(), service.unwrap_or_default().into())].into(),
            code: None,
            queued_at: self.now,
            tries: 0,
        }
    }
}
