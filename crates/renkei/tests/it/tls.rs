//! A TLS client as a value: a host, a port, and the certificate it presents, if any.

use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use openssl::base64::encode_block;
use openssl::pkey::{PKey, Private};
use openssl::ssl::{Ssl, SslConnector, SslMethod, SslSessionCacheMode, SslVerifyMode, SslVersion};
use openssl::x509::X509;
use url::Url;

/// A certificate with its key.
#[derive(Clone)]
pub(crate) struct Card {
    pub(crate) certificate: X509,
    key: PKey<Private>,
}

impl Card {
    /// From the files that `demo certificates` wrote.
    pub(crate) fn read(folder: &Path, name: &str) -> Self {
        let file = |end: &str| {
            let path = folder.join(format!("var/certificates/{name}.{end}"));
            fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
        };
        Self {
            certificate: X509::from_pem(&file("pem")).unwrap(),
            key: PKey::private_key_from_pem(&file("key")).unwrap(),
        }
    }

    /// As a proxy writes it (RFC 9440).
    pub(crate) fn header(&self) -> String {
        format!(":{}:", encode_block(&self.certificate.to_der().unwrap()))
    }

    pub(crate) fn serial(&self) -> String {
        let serial = self.certificate.serial_number().to_bn().unwrap();
        serial.to_hex_str().unwrap().to_lowercase()
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) html: String,
    /// Sessions the server gave to come back with, tickets included.
    pub(crate) sessions: usize,
}

impl Seen {
    /// Where it sends the browser.
    pub(crate) fn location(&self) -> String {
        let line = self.head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("location").then_some(value)
        });
        line.unwrap_or_else(|| panic!("no location in {self:?}"))
            .to_owned()
    }

    /// The trouble that the page explains.
    pub(crate) fn trouble(&self) -> String {
        let rest = self.html.split("data-trouble=\"").nth(1);
        let rest = rest.unwrap_or_else(|| panic!("no trouble on {self:?}"));
        rest.split('"').next().unwrap().to_owned()
    }
}

/// One client.
#[derive(Clone, Default)]
pub(crate) struct Presenter {
    pub(crate) card: Option<Card>,
    /// The name in the handshake, when it is to be another than the address's.
    pub(crate) sni: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) version: Option<SslVersion>,
}

impl Presenter {
    pub(crate) fn with(card: Card) -> Self {
        Self {
            card: Some(card),
            ..Self::default()
        }
    }

    /// Fetches, over a connection of its own.
    pub(crate) fn get(&self, url: &str) -> Seen {
        self.visit(url).unwrap_or_else(|e| panic!("{url}: {e}"))
    }

    /// The same; or how the handshake failed.
    pub(crate) fn visit(&self, url: &str) -> Result<Seen, String> {
        let url = Url::parse(url).unwrap();
        let host = url.host_str().unwrap();
        let port = url.port_or_known_default().unwrap();
        let tcp = TcpStream::connect(("127.0.0.1", port)).map_err(|e| e.to_string())?;
        tcp.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let given = Arc::new(AtomicUsize::new(0));
        let ssl = self.ssl(host, &given);
        let mut stream = ssl.connect(tcp).map_err(|e| e.to_string())?;
        let query = url.query().map(|q| format!("?{q}")).unwrap_or_default();
        let mut request = format!(
            "GET {}{query} HTTP/1.1\r\nhost: {host}:{port}\r\nconnection: close\r\n",
            url.path()
        );
        for (name, value) in &self.headers {
            write!(request, "{name}: {value}\r\n").unwrap();
        }
        request.push_str("\r\n");
        stream
            .write_all(request.as_bytes())
            .map_err(|e| e.to_string())?;
        let mut answer = Vec::new();
        // A server that closes without TLS's own farewell has still answered.
        drop(stream.read_to_end(&mut answer));
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, html) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Ok(Seen {
            status,
            head: head.to_owned(),
            html: html.to_owned(),
            sessions: given.load(Ordering::Relaxed),
        })
    }

    fn ssl(&self, host: &str, given: &Arc<AtomicUsize>) -> Ssl {
        let mut builder = SslConnector::builder(SslMethod::tls_client()).unwrap();
        builder.set_verify(SslVerifyMode::NONE);
        builder.set_session_cache_mode(SslSessionCacheMode::CLIENT);
        let given = Arc::clone(given);
        builder.set_new_session_callback(move |_, _| {
            given.fetch_add(1, Ordering::Relaxed);
        });
        builder.set_max_proto_version(self.version).unwrap();
        if let Some(card) = &self.card {
            builder.set_certificate(&card.certificate).unwrap();
            builder.set_private_key(&card.key).unwrap();
        }
        let mut configuration = builder.build().configure().unwrap();
        configuration.set_verify_hostname(false);
        let name = self.sni.as_deref().unwrap_or(host);
        configuration.into_ssl(name).unwrap()
    }
}
