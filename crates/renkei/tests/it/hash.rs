//! "Same time" for a right, a wrong, an unknown and a locked login means: exactly one password hash is
//! evaluated, whatever the path.

use std::sync::Arc;

use renkei_bank::demo::DemoBank;
use renkei_bank::{HashCost, Hasher, Seeder};
use renkei_core::demo::{DemoCustomer, DemoData};
use renkei_core::port::fixed::{FixedClock, SeededRandom};
use renkei_core::port::{Bank, Ledger, LoginVerdict, Random};
use renkei_core::seal::Keyring;
use renkei_core::secret::Password;
use renkei_store::{Durability, SqlStore};
use renkei_testkit::sample::{self, START};

#[tokio::test]
async fn every_path_of_a_login_evaluates_one_hash() {
    let path = std::env::temp_dir().join(format!("renkei-hash-{}.db", std::process::id()));
    let url = format!("sqlite://{}", path.display()).parse().unwrap();
    let ledger: Arc<dyn Ledger> = Arc::new(SqlStore::open(&url, Durability::Normal).unwrap());
    let mut key = [1; 32];
    key[0] = 2;
    let keyring = Arc::new(Keyring::new("k", [("k".to_owned(), key)]).unwrap());
    let hasher = Hasher::new(
        HashCost {
            memory_kib: 64,
            passes: 1,
        },
        2,
    )
    .unwrap();
    let random: Arc<dyn Random> = Arc::new(SeededRandom::new(1));
    let seeder = Seeder {
        ledger: Arc::clone(&ledger),
        keyring: Arc::clone(&keyring),
        hasher: hasher.clone(),
        random: Arc::clone(&random),
    };
    let customer: DemoCustomer = serde_json::from_value(serde_json::json!({
        "login_id": "hida0001", "password": "Takayama01", "name": "n", "kana": "k", "accounts": [],
    }))
    .unwrap();
    let data = DemoData {
        seed: 1,
        branches: std::collections::BTreeMap::new(),
        customers: vec![customer],
    };
    seeder
        .seed(&sample::tenant(), "2476", &data, START.japan_date())
        .await
        .unwrap();
    let clock = Arc::new(FixedClock::at(START));
    let bank = DemoBank::new(
        sample::tenant(),
        ledger,
        keyring,
        hasher.clone(),
        clock,
        random,
    );

    for (login_id, password, right) in [
        ("hida0001", "Takayama01", true),
        ("hida0001", "takayama01", false),
        ("HIDA0001", "Takayama01", false),
        ("nobody00", "Takayama01", false),
        ("hida0001", "", false),
    ] {
        let before = hasher.evaluations();
        let verdict = bank
            .verify_login(
                &[("login_id".to_owned(), login_id.to_owned())].into(),
                &Password::new(password),
            )
            .await
            .unwrap();
        assert_eq!(
            matches!(verdict, LoginVerdict::Right { .. }),
            right,
            "{login_id} {password}"
        );
        assert_eq!(hasher.evaluations(), before + 1, "{login_id} {password}");
    }
    let before = hasher.evaluations();
    bank.spend_verification(&Password::new("Takayama01"))
        .await
        .unwrap();
    assert_eq!(hasher.evaluations(), before + 1, "locked");
    for end in ["", "-wal", "-shm"] {
        drop(std::fs::remove_file(format!("{}{end}", path.display())));
    }
}
