//! The outbox: sends the mails that were queued with their events, at least once, in the words of the
//! bank, in both languages.

use std::time::Duration;

use actix_web::web::Data;
use renkei_core::commit::{Change, Commit, CommitError};
use renkei_core::fault::Fault;
use renkei_core::mail::{MAILED_CODE, Mail};
use renkei_core::port::{Letter, Undelivered};
use renkei_core::text::Language;

use crate::app::App;
use crate::ending::arg;

/// Sends for as long as the server runs.
pub fn spawn(app: Data<App>) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        let mut turns = tokio::time::interval(EVERY);
        turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            turns.tick().await;
            loop {
                match send_due(&app).await {
                    Ok(sent) if sent >= BATCH => {}
                    Ok(_) => break,
                    Err(fault) => {
                        tracing::warn!(cause = fault.chain(), "mail could not be sent");
                        break;
                    }
                }
            }
        }
    })
}

/// One batch; how many there were.
async fn send_due(app: &App) -> Result<i64, Fault> {
    let due = app.ports.store.due_mail(app.now(), BATCH).await?;
    let count = i64::try_from(due.len()).unwrap_or(i64::MAX);
    for mail in due {
        let after = match written(app, &mail) {
            Ok(Some(letter)) => match app.ports.notifier.send(&letter).await {
                Ok(()) => sent(app, &mail),
                Err(Undelivered::ForGood(fault)) => {
                    tracing::warn!(mail.id = %mail.id, cause = fault.chain(), "a mail is given up");
                    sent(app, &mail)
                }
                Err(Undelivered::ForNow(fault)) => {
                    tracing::warn!(mail.id = %mail.id, cause = fault.chain(), "a mail is put off");
                    Change::MailPutOff {
                        mail: mail.id,
                        until: app.now().plus(delay(mail.tries)),
                    }
                }
            },
            Err(fault) => {
                tracing::warn!(mail.id = %mail.id, cause = fault.chain(), "a mail is given up");
                sent(app, &mail)
            }
            // The bank is not here now; its mail waits for it.
            Ok(None) => Change::MailPutOff {
                mail: mail.id,
                until: app.now().plus(LONGEST),
            },
        };
        let commit = Commit {
            changes: vec![after],
            events: Vec::new(),
        };
        app.ports.store.commit(commit).await.map_err(|e| match e {
            CommitError::Fault(fault) => fault,
            CommitError::Lost => Fault::passing("a mail's state could not be written"),
        })?;
    }
    Ok(count)
}

/// The mail in words: Japanese, then English.
fn written(app: &App, mail: &Mail) -> Result<Option<Letter>, Fault> {
    let code = match &mail.code {
        Some(sealed) => Some(app.ports.keyring.open(MAILED_CODE, sealed)?),
        None => None,
    };
    Ok(letter(app, mail, code.as_ref().map(|code| code.as_str())))
}

fn letter(app: &App, mail: &Mail, code: Option<&str>) -> Option<Letter> {
    let live = app.live();
    let loaded = live.tenants.find(&mail.tenant)?;
    let id = loaded.tenant.id.as_str();
    let prefix = mail.occasion.text_prefix();
    let text = |language: Language, part: &str| {
        let bank = loaded.tenant.name.in_language(language).to_owned();
        let day = mail.queued_at.japan_date().to_string();
        let mut args = vec![
            ("bank", bank.into()),
            ("date", day.into()),
            ("way", "app".into()),
        ];
        args.extend(
            mail.args
                .iter()
                .map(|(name, value)| (name.as_str(), arg(value))),
        );
        args.extend(code.map(|code| ("code", code.to_owned().into())));
        live.pages
            .text(Some(id), language.tag(), &format!("{prefix}-{part}"), &args)
    };
    let bodies: Option<Vec<String>> = Language::ALL.iter().map(|l| text(*l, "body")).collect();
    Some(Letter {
        message_id: mail.id.to_string(),
        from_name: loaded.tenant.name.ja.clone(),
        to: mail.to.clone(),
        subject: text(Language::Japanese, "subject")?,
        body: bodies?.join("\n\n----\n\n"),
    })
}

fn sent(app: &App, mail: &Mail) -> Change {
    Change::MailSent {
        mail: mail.id,
        at: app.now(),
    }
}

/// Longer after each failure, up to an hour.
fn delay(tries: u32) -> Duration {
    EVERY
        .saturating_mul(2_u32.saturating_pow(tries.min(12)))
        .min(LONGEST)
}

const EVERY: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_hours(1);
const BATCH: i64 = 20;
