//! What one customer's browser and one app do: a journey in six requests, and what the app does with
//! its tokens afterwards.

use std::time::Instant;

use anyhow::Context;
use serde::Deserialize;

use crate::http::{Answer, Connection};
use crate::party::{self, CLIENT, PASSWORD, REDIRECT_URI, VERIFIER};
use crate::report::Samples;

/// The requests of a journey, in order.
pub(crate) const REQUESTS: [&str; 6] = [
    "GET /authorize",
    "GET login",
    "POST login",
    "GET consent",
    "POST consent",
    "POST /token",
];

/// One worker: a connection, and the tokens its journeys brought.
pub(crate) struct Worker {
    http: Connection,
    authorize: String,
    basic: String,
    who: String,
    journeys: u32,
    tokens: Vec<Tokens>,
    turn: usize,
}

/// The tokens of one journey.
#[derive(Clone, Deserialize)]
struct Tokens {
    access_token: String,
    refresh_token: String,
}

impl Worker {
    /// A worker whose customers no other worker has.
    pub(crate) fn new(port: u16, who: String) -> anyhow::Result<Self> {
        let (scope, redirect) = (
            party::SCOPE.replace(' ', "+"),
            REDIRECT_URI.replace(':', "%3A").replace('/', "%2F"),
        );
        let challenge = party::challenge();
        Ok(Self {
            http: Connection::open(port)?,
            authorize: format!(
                "/authorize?response_type=code&client_id={CLIENT}&redirect_uri={redirect}\
                 &scope={scope}&state=bench&code_challenge={challenge}\
                 &code_challenge_method=S256&bank=9998"
            ),
            basic: format!("authorization: {}\r\n", party::basic()),
            who,
            journeys: 0,
            tokens: Vec::new(),
            turn: 0,
        })
    }

    /// Journeys so far.
    pub(crate) fn journeys(&self) -> u32 {
        self.journeys
    }

    /// A whole journey of a customer nobody has seen yet; `prefix` begins the login ID.
    pub(crate) fn journey(&mut self, prefix: &str, samples: &mut Samples) -> anyhow::Result<()> {
        self.journeys += 1;
        let login_id = format!("{prefix}{}x{}", self.who, self.journeys);
        let begun = Instant::now();
        let mut lap = Lap {
            at: begun,
            samples,
            request: 0,
        };
        let mut jar = Vec::new();
        let authorize = self.authorize.clone();
        let answer = self.http.get(&authorize, "")?.expect(303)?;
        lap.next();
        let login = path(&answer)?;
        let cookies = remember(&mut jar, &answer);
        let page = self.http.get(&login, &cookies)?.expect(200)?;
        lap.next();
        let form = format!(
            "{}&login_id={login_id}&password={PASSWORD}",
            hidden(&page.text())?
        );
        let from_page = format!("{cookies}{SAME_ORIGIN}");
        let answer = self.http.post(&login, &from_page, &form)?.expect(303)?;
        lap.next();
        let consent = path(&answer)?;
        let page = self.http.get(&consent, &cookies)?.expect(200)?;
        lap.next();
        let form = format!("{}&agree=continue", hidden(&page.text())?);
        let answer = self.http.post(&consent, &from_page, &form)?.expect(303)?;
        lap.next();
        let code = between(answer.location()?, "code=", '&').context("no code")?;
        let form = format!(
            "grant_type=authorization_code&code={code}&redirect_uri={REDIRECT_URI}\
             &code_verifier={VERIFIER}"
        );
        let answer = self.http.post("/token", &self.basic, &form)?.expect(200)?;
        lap.next();
        samples.whole(begun.elapsed());
        if self.tokens.len() < TOKENS_KEPT {
            self.tokens.push(serde_json::from_slice(&answer.body)?);
        }
        Ok(())
    }

    /// One refresh.
    pub(crate) fn refresh(&mut self, samples: &mut Samples) -> anyhow::Result<()> {
        let form = format!(
            "grant_type=refresh_token&refresh_token={}",
            self.tokens()?.refresh_token
        );
        let begun = Instant::now();
        self.http.post("/token", &self.basic, &form)?.expect(200)?;
        samples.whole(begun.elapsed());
        Ok(())
    }

    /// One introspection of a live access token.
    pub(crate) fn introspect(&mut self, samples: &mut Samples) -> anyhow::Result<()> {
        let form = format!("token={}", self.tokens()?.access_token);
        let begun = Instant::now();
        let answer = self.http.post("/introspect", &self.basic, &form)?;
        samples.whole(begun.elapsed());
        let answer = answer.expect(200)?;
        anyhow::ensure!(answer.body.starts_with(br#"{"active":true"#), "not active");
        Ok(())
    }

    /// One read of the data API.
    pub(crate) fn accounts(&mut self, samples: &mut Samples) -> anyhow::Result<()> {
        let header = format!("authorization: Bearer {}\r\n", self.tokens()?.access_token);
        self.fetch("/api/v1/accounts", &header, samples)
    }

    /// One fetch.
    pub(crate) fn fetch(
        &mut self,
        path: &str,
        headers: &str,
        samples: &mut Samples,
    ) -> anyhow::Result<()> {
        let begun = Instant::now();
        self.http.get(path, headers)?.expect(200)?;
        samples.whole(begun.elapsed());
        Ok(())
    }

    /// How many durable writes the server has waited for.
    pub(crate) fn writes(&mut self) -> anyhow::Result<u32> {
        let answer = self.http.get("/bench/writes", "")?.expect(200)?;
        Ok(answer.text().parse()?)
    }

    fn tokens(&mut self) -> anyhow::Result<Tokens> {
        self.turn += 1;
        let index = self.turn % self.tokens.len().max(1);
        self.tokens
            .get(index)
            .cloned()
            .context("no journey brought a token")
    }
}

/// Times one request after another; what is between two is counted to the later one.
struct Lap<'a> {
    at: Instant,
    samples: &'a mut Samples,
    request: usize,
}

impl Lap<'_> {
    fn next(&mut self) {
        let now = Instant::now();
        self.samples.request(self.request, now - self.at);
        self.at = now;
        self.request += 1;
    }
}

fn path(answer: &Answer) -> anyhow::Result<String> {
    let location = answer.location()?;
    let (_, rest) = location.split_once("://").unwrap_or(("", location));
    let (_, path) = rest.split_once('/').context("not an address")?;
    Ok(format!("/{path}"))
}

fn remember(jar: &mut Vec<String>, answer: &Answer) -> String {
    jar.extend(answer.cookies().map(str::to_owned));
    format!("cookie: {}\r\n", jar.join("; "))
}

fn hidden(html: &str) -> anyhow::Result<String> {
    let value = |name: &str| {
        let (_, rest) = html.split_once(&format!("name=\"{name}\""))?;
        between(rest, "value=\"", '"')
    };
    let csrf = value("csrf").context("no csrf")?;
    let version = value("version").context("no version")?;
    Ok(format!("csrf={csrf}&version={version}"))
}

fn between<'a>(text: &'a str, from: &str, to: char) -> Option<&'a str> {
    text.split_once(from)?.1.split(to).next()
}

const SAME_ORIGIN: &str = "origin: null\r\nsec-fetch-site: same-origin\r\n";
const TOKENS_KEPT: usize = 100;
