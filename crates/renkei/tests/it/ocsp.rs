//! An OCSP responder as a value: OpenSSL's own tool answers, over one plain HTTP connection each.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::tls::Card;

/// One responder.
pub(crate) struct Responder {
    pub(crate) address: String,
    asked: Arc<AtomicUsize>,
    is_over: Arc<AtomicBool>,
    books: Arc<Mutex<Option<Books>>>,
}

/// Who signs, and what is known.
#[derive(Clone)]
struct Books {
    folder: PathBuf,
    signer: String,
}

impl Responder {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let responder = Self {
            address: format!("http://{}/ocsp", listener.local_addr().unwrap()),
            asked: Arc::default(),
            is_over: Arc::default(),
            books: Arc::default(),
        };
        let (asked, is_over) = (Arc::clone(&responder.asked), Arc::clone(&responder.is_over));
        let books = Arc::clone(&responder.books);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
                asked.fetch_add(1, Ordering::Relaxed);
                let books = books.lock().unwrap().clone().unwrap();
                answer(&mut stream.unwrap(), &books);
            }
        });
        responder
    }

    /// What it says from now on, signed by an authority of this folder.
    pub(crate) fn answers(&self, folder: &Path, signer: &str, good: &[&Card], revoked: &[&Card]) {
        let line = |mark: &str, at: &str, card: &Card| {
            let serial = card.serial().to_uppercase();
            format!("{mark}\t491231235959Z\t{at}\t{serial}\tunknown\t/CN=x\n")
        };
        let good = good.iter().map(|card| line("V", "", card));
        let revoked = revoked.iter().map(|card| line("R", "260101000000Z", card));
        let index: String = good.chain(revoked).collect();
        fs::write(folder.join("index.txt"), index).unwrap();
        *self.books.lock().unwrap() = Some(Books {
            folder: folder.to_owned(),
            signer: signer.to_owned(),
        });
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    /// Takes no question any more.
    pub(crate) fn stop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        let host = self.address.split('/').nth(2).unwrap();
        drop(TcpStream::connect(host));
    }
}

fn answer(stream: &mut TcpStream, books: &Books) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    let question = loop {
        let read = stream.read(&mut buffer).unwrap();
        request.extend_from_slice(&buffer[..read]);
        let end = request.windows(4).position(|window| window == b"\r\n\r\n");
        let Some(end) = end else { continue };
        let head = String::from_utf8_lossy(&request[..end]).into_owned();
        assert!(head.starts_with("POST /ocsp HTTP/1.0\r\n"), "{head}");
        assert!(head.contains("application/ocsp-request"), "{head}");
        let length = head.split("Content-Length: ").nth(1).unwrap();
        let length: usize = length.split("\r\n").next().unwrap().parse().unwrap();
        if request.len() == end + 4 + length {
            break request[end + 4..].to_vec();
        }
    };
    fs::write(books.folder.join("question.der"), question).unwrap();
    let signer = &books.signer;
    let done = Command::new("openssl")
        .current_dir(&books.folder)
        .args([
            "ocsp",
            "-index",
            "index.txt",
            "-CA",
            "demo-ca.pem",
            "-ndays",
            "1",
        ])
        .args([
            "-rsigner",
            &format!("{signer}.pem"),
            "-rkey",
            &format!("{signer}.key"),
        ])
        .args(["-reqin", "question.der", "-respout", "answer.der"])
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let body = fs::read(books.folder.join("answer.der")).unwrap();
    let head = "HTTP/1.0 200 OK\r\nContent-Type: application/ocsp-response\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body).unwrap();
}
