//! Staff accounts.

use std::collections::BTreeSet;
use std::time::Duration;

use renkei_core::instant::Timestamp;
use renkei_core::port::fixed::SeededRandom;
use renkei_core::seal::Keyring;
use renkei_core::secret::Password;
use renkei_core::totp;
use renkei_egov::number::StaffLogin;
use renkei_egov::staff::{Accounts, Enrolment, Invited, LIMIT, PlainToken, Role, Verdict};

use crate::memory::{Memory, PlainHashes};
use crate::people::now;
use crate::world::{member, ministry};

const PASSWORD: &str = "correct horse battery";

struct Office {
    store: Memory,
    keyring: Keyring,
    random: SeededRandom,
}

impl Office {
    fn new() -> Self {
        let mut key = [7; 32];
        key[0] = 1;
        Self {
            store: Memory::default(),
            keyring: Keyring::new("a", [("a".to_owned(), key)]).unwrap(),
            random: SeededRandom::new(3),
        }
    }

    fn accounts(&self) -> Accounts<'_> {
        Accounts {
            store: &self.store,
            records: &self.store,
            hashes: &PlainHashes,
            keyring: &self.keyring,
            random: &self.random,
        }
    }

    async fn invite(&self) -> PlainToken {
        let invited = Invited {
            login: StaffLogin::parse("hanako").unwrap(),
            name: "花子".to_owned(),
            roles: BTreeSet::from([Role::Examiner]),
            ministries: BTreeSet::from([ministry()]),
            by: None,
        };
        self.accounts().invite(invited, now()).await.unwrap()
    }

    /// Enrols, and gives the secret of the authenticator.
    async fn enrolled(&self) -> String {
        let token = self.invite().await;
        let accounts = self.accounts();
        let found = accounts.enrolling(token.expose(), now()).await.unwrap();
        let secret = found.unwrap().1.to_string();
        let code = totp::code_at(&secret, now()).unwrap();
        let password = Password::new(PASSWORD);
        let done = accounts
            .enrol(token.expose(), &password, &code, now())
            .await;
        assert_eq!(done.unwrap(), Enrolment::Done);
        secret
    }

    async fn log_in(&self, login: &str, password: &str, code: &str, at: Timestamp) -> Verdict {
        let password = Password::new(password);
        let accounts = self.accounts();
        accounts.log_in(login, &password, code, at).await.unwrap()
    }
}

fn minute(count: u64) -> Timestamp {
    now().plus(Duration::from_mins(count))
}

#[tokio::test]
async fn an_enrolment_link_works_once_and_for_a_while() {
    let office = Office::new();
    let token = office.invite().await;
    let accounts = office.accounts();
    let late = now().plus(Duration::from_hours(73));
    assert!(
        accounts
            .enrolling(token.expose(), late)
            .await
            .unwrap()
            .is_none()
    );
    let (_, secret) = accounts
        .enrolling(token.expose(), now())
        .await
        .unwrap()
        .unwrap();
    let code = totp::code_at(&secret, now()).unwrap();
    let enrol = async |password: &str, code: &str| {
        let password = Password::new(password);
        let accounts = office.accounts();
        accounts
            .enrol(token.expose(), &password, code, now())
            .await
            .unwrap()
    };
    assert_eq!(enrol("short", &code).await, Enrolment::PasswordLength);
    assert_eq!(enrol(PASSWORD, "nocode").await, Enrolment::CodeWrong);
    assert_eq!(enrol(PASSWORD, &code).await, Enrolment::Done);
    assert_eq!(enrol(PASSWORD, &code).await, Enrolment::LinkDead);
}

#[tokio::test]
async fn a_code_opens_one_session_and_the_session_lapses() {
    let office = Office::new();
    let secret = office.enrolled().await;
    let code = totp::code_at(&secret, minute(5)).unwrap();
    let first = office.log_in(" Hanako", PASSWORD, &code, minute(5)).await;
    let Verdict::Admitted(handle) = first else {
        panic!("{first:?}");
    };
    let second = office.log_in("hanako", PASSWORD, &code, minute(5)).await;
    assert!(matches!(second, Verdict::Refused), "a code is used once");
    let accounts = office.accounts();
    let open = accounts
        .of_session(handle.expose(), minute(34))
        .await
        .unwrap();
    assert_eq!(open.unwrap().0.login.as_str(), "hanako");
    assert!(
        accounts
            .of_session(handle.expose(), minute(35))
            .await
            .unwrap()
            .is_none()
    );
    assert!(accounts.of_session("x", minute(5)).await.unwrap().is_none());
}

#[tokio::test]
async fn too_many_wrong_attempts_lock_until_an_administrator_unlocks() {
    let office = Office::new();
    let secret = office.enrolled().await;
    for login in ["hanako", "nobody"] {
        for _ in 0..LIMIT.attempts {
            let verdict = office.log_in(login, "wrong", "000000", minute(1)).await;
            assert!(matches!(verdict, Verdict::Refused), "{login}");
        }
        let verdict = office.log_in(login, "wrong", "000000", minute(1)).await;
        assert!(matches!(verdict, Verdict::Locked), "{login}");
    }
    let code = totp::code_at(&secret, minute(2)).unwrap();
    let locked = office.log_in("hanako", PASSWORD, &code, minute(2)).await;
    assert!(matches!(locked, Verdict::Locked));
    let login = StaffLogin::parse("hanako").unwrap();
    let examiner = member("taro", &[Role::Examiner]);
    let administrator = member("admin", &[Role::Administrator]);
    let accounts = office.accounts();
    assert!(!accounts.unlock(&examiner, &login, minute(2)).await.unwrap());
    assert!(
        accounts
            .unlock(&administrator, &login, minute(2))
            .await
            .unwrap()
    );
    let open = office.log_in("hanako", PASSWORD, &code, minute(2)).await;
    assert!(matches!(open, Verdict::Admitted(_)));
}

#[tokio::test]
async fn a_disabled_account_opens_nothing() {
    let office = Office::new();
    let secret = office.enrolled().await;
    let code = totp::code_at(&secret, minute(5)).unwrap();
    let admitted = office.log_in("hanako", PASSWORD, &code, minute(5)).await;
    let Verdict::Admitted(handle) = admitted else {
        panic!("{admitted:?}");
    };
    let accounts = office.accounts();
    let login = StaffLogin::parse("hanako").unwrap();
    let administrator = member("admin", &[Role::Administrator]);
    assert!(
        accounts
            .disable(&administrator, &login, minute(6))
            .await
            .unwrap()
    );
    assert!(
        accounts
            .of_session(handle.expose(), minute(6))
            .await
            .unwrap()
            .is_none()
    );
    let code = totp::code_at(&secret, minute(9)).unwrap();
    let refused = office.log_in("hanako", PASSWORD, &code, minute(9)).await;
    assert!(matches!(refused, Verdict::Refused));
}
