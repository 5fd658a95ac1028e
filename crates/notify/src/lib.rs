//! The `Notifier` port: mail by SMTP, or into a folder for demonstrations; and the `RevocationCheck`
//! port: OCSP. The only crate that knows SMTP, and the one that speaks to others by HTTP.

mod ocsp;

use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use renkei_core::fault::Fault;
use renkei_core::port::{Letter, Notifier, Undelivered};

pub use self::ocsp::OcspClient;

/// Sends through an SMTP server.
pub struct SmtpNotifier {
    from: Address,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl SmtpNotifier {
    /// Sends as `from` through the server at `url` (`smtp://host:25`, `smtps://user:pass@host`).
    pub fn new(url: &str, from: &str) -> Result<Self, Fault> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|e| Fault::new("the mail server's URL is not usable").caused_by(e))?
            .timeout(Some(PATIENCE))
            .build();
        Ok(Self {
            from: sender(from)?,
            transport,
        })
    }
}

#[async_trait]
impl Notifier for SmtpNotifier {
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        let message = written(&self.from, letter)?;
        self.transport.send(message).await.map(|_| ()).map_err(|e| {
            let for_good = e.is_permanent();
            let fault = Fault::passing("the mail server did not take a mail").caused_by(e);
            if for_good {
                Undelivered::ForGood(fault)
            } else {
                Undelivered::ForNow(fault)
            }
        })
    }
}

/// Writes every mail into a folder, one file each, named by its id: a mail sent twice is one file.
pub struct FolderNotifier {
    from: Address,
    folder: PathBuf,
}

impl FolderNotifier {
    /// Writes into `folder`, which is made when it is not there.
    pub fn new(folder: &Path, from: &str) -> Result<Self, Fault> {
        std::fs::create_dir_all(folder)
            .map_err(|e| Fault::new("the mail folder cannot be made").caused_by(e))?;
        Ok(Self {
            from: sender(from)?,
            folder: folder.to_owned(),
        })
    }
}

#[async_trait]
impl Notifier for FolderNotifier {
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        let message = written(&self.from, letter)?.formatted();
        let path = self.folder.join(format!("{}.eml", letter.message_id));
        tokio::fs::write(path, message).await.map_err(|e| {
            Undelivered::ForNow(Fault::passing("a mail could not be written").caused_by(e))
        })
    }
}

fn sender(from: &str) -> Result<Address, Fault> {
    from.parse()
        .map_err(|e| Fault::new("the sender is no mail address").caused_by(e))
}

fn written(from: &Address, letter: &Letter) -> Result<Message, Undelivered> {
    let unusable = |what: &str, e: Box<dyn std::error::Error + Send + Sync>| {
        Undelivered::ForGood(Fault::new(what).caused_by(e))
    };
    let to: Address = letter
        .to
        .parse()
        .map_err(|e: lettre::address::AddressError| unusable("not a mail address", e.into()))?;
    Message::builder()
        .message_id(Some(format!("<{}@{}>", letter.message_id, from.domain())))
        .from(Mailbox::new(Some(letter.from_name.clone()), from.clone()))
        .to(Mailbox::new(None, to))
        .subject(letter.subject.clone())
        .header(ContentType::TEXT_PLAIN)
        .body(letter.body.clone())
        .map_err(|e| unusable("a mail could not be written", e.into()))
}

const PATIENCE: Duration = Duration::from_secs(20);

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(to: &str) -> Letter {
        Letter {
            message_id: "mai_1".to_owned(),
            from_name: "飛驒信用組合".to_owned(),
            to: to.to_owned(),
            subject: "連携のお知らせ".to_owned(),
            body: "本文\n".to_owned(),
        }
    }

    #[tokio::test]
    async fn a_mail_sent_twice_is_one_file() {
        let folder = std::env::temp_dir().join(format!("renkei-mail-{}", std::process::id()));
        let notifier = FolderNotifier::new(&folder, "no-reply@bank.example").unwrap();
        notifier.send(&letter("hida0001@example.jp")).await.unwrap();
        notifier.send(&letter("hida0001@example.jp")).await.unwrap();
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[tokio::test]
    async fn what_is_no_address_is_given_up() {
        let folder = std::env::temp_dir().join(format!("renkei-mail-bad-{}", std::process::id()));
        let notifier = FolderNotifier::new(&folder, "no-reply@bank.example").unwrap();
        let refused = notifier.send(&letter("not an address")).await;
        assert!(matches!(refused, Err(Undelivered::ForGood(_))));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    /// A real SMTP server that takes one mail and gives back what it was told.
    async fn sink(listener: tokio::net::TcpListener) -> String {
        use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
        let (stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut told = String::new();
        write.write_all(b"220 sink ESMTP\r\n").await.unwrap();
        let mut in_data = false;
        while let Some(line) = lines.next_line().await.unwrap() {
            told.push_str(&line);
            told.push('\n');
            let answer: &[u8] = match line.split(' ').next().unwrap() {
                "." => {
                    in_data = false;
                    b"250 taken\r\n"
                }
                _ if in_data => continue,
                "EHLO" => b"250-sink\r\n250 8BITMIME\r\n",
                "DATA" => {
                    in_data = true;
                    b"354 go on\r\n"
                }
                "QUIT" => {
                    write.write_all(b"221 bye\r\n").await.unwrap();
                    break;
                }
                _ => b"250 ok\r\n",
            };
            write.write_all(answer).await.unwrap();
            if answer.starts_with(b"250 taken") {
                break;
            }
        }
        told
    }

    #[tokio::test]
    async fn a_mail_reaches_an_smtp_server() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let told = tokio::spawn(sink(listener));
        let notifier = SmtpNotifier::new(&url, "no-reply@bank.example").unwrap();
        notifier.send(&letter("hida0001@example.jp")).await.unwrap();
        let told = told.await.unwrap();
        assert!(told.contains("RCPT TO:<hida0001@example.jp>"), "{told}");
        assert!(told.contains("Message-ID: <mai_1@bank.example>"), "{told}");
    }

    #[tokio::test]
    async fn a_server_that_is_away_is_tried_again_later() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        drop(listener);
        let notifier = SmtpNotifier::new(&url, "no-reply@bank.example").unwrap();
        let refused = notifier.send(&letter("hida0001@example.jp")).await;
        assert!(matches!(refused, Err(Undelivered::ForNow(_))));
    }
}
