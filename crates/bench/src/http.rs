//! As much HTTP/1.1 as the benchmark needs: one keep-alive connection, answers with a length. It must
//! cost less than the server that is measured.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, bail, ensure};

/// A connection.
pub(crate) struct Connection {
    stream: TcpStream,
    port: u16,
    buffer: Vec<u8>,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Connection {
    pub(crate) fn open(port: u16) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self {
            stream,
            port,
            buffer: Vec::with_capacity(32 * 1024),
        })
    }

    /// Fetches.
    pub(crate) fn get(&mut self, path: &str, headers: &str) -> anyhow::Result<Answer> {
        let host = self.port;
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{host}\r\n{headers}\r\n"
        ))
    }

    /// Posts a form.
    pub(crate) fn post(&mut self, path: &str, headers: &str, form: &str) -> anyhow::Result<Answer> {
        let (host, length) = (self.port, form.len());
        self.ask(&format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{host}\r\ncontent-length: {length}\r\n\
             content-type: application/x-www-form-urlencoded\r\n{headers}\r\n{form}"
        ))
    }

    fn ask(&mut self, request: &str) -> anyhow::Result<Answer> {
        self.stream.write_all(request.as_bytes())?;
        self.buffer.clear();
        let head_ends = loop {
            self.read_more()?;
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at;
            }
        };
        let head = self.buffer.get(..head_ends).unwrap_or_default();
        let head = String::from_utf8_lossy(head).into_owned();
        let status = head.get(9..12).unwrap_or_default().parse()?;
        let mut answer = Answer {
            status,
            head,
            body: Vec::new(),
        };
        let length: usize = answer.header("content-length").unwrap_or("0").parse()?;
        ensure!(
            answer.header("transfer-encoding").is_none(),
            "an answer without a length"
        );
        let ends = head_ends + 4 + length;
        while self.buffer.len() < ends {
            self.read_more()?;
        }
        let body = self.buffer.get(head_ends + 4..ends);
        answer.body = body.unwrap_or_default().to_vec();
        Ok(answer)
    }

    fn read_more(&mut self) -> anyhow::Result<()> {
        let mut chunk = [0; 16 * 1024];
        let count = self.stream.read(&mut chunk)?;
        ensure!(count > 0, "the server closed the connection");
        self.buffer
            .extend_from_slice(chunk.get(..count).unwrap_or_default());
        Ok(())
    }
}

impl Answer {
    /// The answer, when it has this status.
    pub(crate) fn expect(self, status: u16) -> anyhow::Result<Self> {
        if self.status == status {
            return Ok(self);
        }
        bail!("expected {status}, got\n{}\n\n{}", self.head, self.text())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The path and query that it sends the browser to.
    pub(crate) fn location(&self) -> anyhow::Result<&str> {
        self.header("location").context("no location")
    }

    /// Every cookie it sets, as `name=value`.
    pub(crate) fn cookies(&self) -> impl Iterator<Item = &str> {
        self.headers("set-cookie")
            .map(|value| value.split(';').next().unwrap_or_default())
    }

    fn header<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.headers(name).next()
    }

    fn headers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.head.split("\r\n").skip(1).filter_map(move |line| {
            let (own, value) = line.split_once(':')?;
            own.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}
