//! What every store must do about fees, bills and payments; and how a payment settles on it.

use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::join_all;
use renkei_core::account::{Account, AccountId, AccountType, Balance, CustomerId, Period};
use renkei_core::commit::{Change, CommitError};
use renkei_core::fault::Fault;
use renkei_core::id::{JourneyId, PaymentId};

use renkei_core::payment::{
    Bill, BillRecord, FIRST_ASK_AFTER, Fee, FeeKey, FeeState, Payment, PaymentState, Receipt,
    Settler,
};
use renkei_core::port::fixed::{FixedClock, SeededRandom};
use renkei_core::port::{
    Bank, Debit, DebitOrder, DebitStatus, Decline, Identifiers, LoginVerdict, PinVerdict,
    ServiceStanding, Standing, Store, TransactionPage,
};
use renkei_core::secret::{Password, Pin};
use renkei_core::text::Language;
use renkei_oauth::scope::Scope;

use crate::sample::{self, START};

/// Runs the whole suite.
pub async fn suite(store: &dyn Store) {
    a_fee_is_reserved_once_and_only_as_it_was_shown(store).await;
    a_reserved_fee_is_nobody_elses(store).await;
    the_newest_bill_of_a_fee_is_good_once(store).await;
    a_payment_moves_by_its_version_and_is_found(store).await;
    an_answer_settles_fee_and_payment_together(store).await;
    what_is_not_definite_is_asked_again_and_sent_once_more(store).await;
    of_two_who_note_an_answer_one_does(store).await;
}

fn key(number: u64) -> FeeKey {
    FeeKey {
        facility_number: "00100".to_owned(),
        pay_number: format!("{number:016}"),
    }
}

/// A fee that waits, charged.
async fn charged(store: &dyn Store, number: u64) -> Fee {
    let fee = Fee {
        key: key(number),
        confirm_number: "100001".to_owned(),
        total_fee_yen: 10_000,
        due: START.japan_date(),
        state: FeeState::Waiting,
    };
    let new = Change::FeeCharged(Box::new(fee.clone()));
    store.commit(sample::commit(vec![new])).await.unwrap();
    fee
}

fn id(number: u64) -> PaymentId {
    PaymentId::new(START, &SeededRandom::new(number))
}

fn reserving(fee: &Fee, payment: PaymentId) -> Change {
    Change::FeeReserved {
        fee: fee.key.clone(),
        confirm_number: fee.confirm_number.clone(),
        total_fee_yen: fee.total_fee_yen,
        today: START.japan_date(),
        payment,
    }
}

async fn done(store: &dyn Store, change: Change) -> bool {
    match store.commit(sample::commit(vec![change])).await {
        Ok(()) => true,
        Err(CommitError::Lost) => false,
        Err(CommitError::Fault(fault)) => panic!("{}", fault.chain()),
    }
}

async fn state(store: &dyn Store, fee: &Fee) -> FeeState {
    store.find_fee(&fee.key).await.unwrap().unwrap().state
}

async fn a_fee_is_reserved_once_and_only_as_it_was_shown(store: &dyn Store) {
    let fee = charged(store, 500).await;
    assert_eq!(store.find_fee(&fee.key).await.unwrap(), Some(fee.clone()));
    assert!(store.find_fee(&key(999)).await.unwrap().is_none());
    let again = Change::FeeCharged(Box::new(fee.clone()));
    assert!(!done(store, again).await, "its numbers are taken");
    let dearer = Fee {
        total_fee_yen: 10_001,
        ..fee.clone()
    };
    let renamed = Fee {
        confirm_number: "100002".to_owned(),
        ..fee.clone()
    };
    for other in [dearer, renamed] {
        assert!(!done(store, reserving(&other, id(500))).await);
    }
    let tomorrow = Change::FeeReserved {
        fee: fee.key.clone(),
        confirm_number: fee.confirm_number.clone(),
        total_fee_yen: fee.total_fee_yen,
        today: START.japan_date().next_day().unwrap(),
        payment: id(500),
    };
    assert!(!done(store, tomorrow).await, "its last day is over");
    let reserved = join_all((0..24).map(|n| done(store, reserving(&fee, id(500 + n))))).await;
    assert_eq!(reserved.iter().filter(|won| **won).count(), 1);
    assert!(matches!(state(store, &fee).await, FeeState::Reserved(_)));
}

async fn a_reserved_fee_is_nobody_elses(store: &dyn Store) {
    let fee = charged(store, 510).await;
    let settle = |payment| Change::FeeSettled {
        fee: key(510),
        payment,
        at: START,
    };
    let release = |payment| Change::FeeReleased {
        fee: key(510),
        payment,
    };
    assert!(!done(store, settle(id(1))).await, "not reserved");
    assert!(done(store, reserving(&fee, id(1))).await);
    for change in [
        settle(id(2)),
        release(id(2)),
        Change::FeeCancelled(key(510)),
        Change::FeeLapsed(key(510)),
    ] {
        assert!(!done(store, change).await, "it is held");
    }
    assert!(done(store, release(id(1))).await);
    assert_eq!(state(store, &fee).await, FeeState::Waiting);
    assert!(done(store, reserving(&fee, id(3))).await, "and again");
    assert!(done(store, settle(id(3))).await);
    let paid = FeeState::Paid {
        payment: id(3),
        at: START,
    };
    assert_eq!(state(store, &fee).await, paid);
    for change in [
        settle(id(3)),
        release(id(3)),
        Change::FeeCancelled(key(510)),
        reserving(&fee, id(4)),
    ] {
        assert!(!done(store, change).await, "paid is paid");
    }
    for (number, change, end) in [
        (511, Change::FeeCancelled(key(511)), FeeState::Cancelled),
        (512, Change::FeeLapsed(key(512)), FeeState::Lapsed),
    ] {
        let fee = charged(store, number).await;
        assert!(done(store, change).await);
        assert_eq!(state(store, &fee).await, end);
        assert!(!done(store, reserving(&fee, id(5))).await);
    }
}

fn bill(number: u64, nonce: &str) -> Bill {
    Bill {
        fee: key(number),
        tenant: sample::tenant(),
        nonce: nonce.to_owned(),
        ..Bill::sample(START)
    }
}

async fn the_newest_bill_of_a_fee_is_good_once(store: &dyn Store) {
    let issue = |nonce: &str| Change::BillIssued(Box::new(BillRecord::unopened(&bill(520, nonce))));
    let open = |nonce: &str, number| Change::BillOpened {
        nonce: nonce.to_owned(),
        journey: JourneyId::new(START, &SeededRandom::new(number)),
    };
    let confirm = |nonce: &str| Change::BillConfirmed {
        nonce: nonce.to_owned(),
        at: START,
    };
    assert!(store.find_bill("520-a").await.unwrap().is_none());
    assert!(done(store, issue("520-a")).await);
    let kept = store.find_bill("520-a").await.unwrap();
    assert_eq!(kept, Some(BillRecord::unopened(&bill(520, "520-a"))));
    assert!(!done(store, confirm("520-a")).await, "nobody opened it");
    let opened = join_all((0..16).map(|n| done(store, open("520-a", n)))).await;
    assert_eq!(opened.iter().filter(|won| **won).count(), 1);
    assert!(done(store, issue("520-b")).await);
    assert!(!done(store, confirm("520-a")).await, "a newer one voids it");
    assert!(done(store, issue("520-c")).await);
    assert!(!done(store, open("520-b", 1)).await, "void unopened");
    assert!(done(store, open("520-c", 1)).await);
    let confirmed = join_all((0..16).map(|_| done(store, confirm("520-c")))).await;
    assert_eq!(confirmed.iter().filter(|won| **won).count(), 1);
    assert!(done(store, issue("520-d")).await);
    let kept = store.find_bill("520-c").await.unwrap().unwrap();
    assert!(!kept.voided, "what was confirmed stays so");
}

fn payment(number: u64) -> Payment {
    Payment {
        id: id(number),
        version: 1,
        tenant: sample::tenant(),
        customer: sample::customer(number),
        journey: JourneyId::new(START, &SeededRandom::new(number)),
        fee: key(number),
        at: START,
        mail: Some("someone@example.jp".to_owned()),
        receipt: Receipt {
            language: Language::Japanese,
            bill: bill(number, "nonce"),
            account: Account {
                id: AccountId::new("acc_1"),
                branch_code: "001".to_owned(),
                branch_name: "本店".to_owned(),
                kind: AccountType::Ordinary,
                number: "1234567".to_owned(),
                memo: None,
                holder: String::new(),
                holder_kana: String::new(),
                primary: true,
            },
            payer: "someone".to_owned(),
            proofs: serde_json::json!({}),
            plan: "plan".to_owned(),
        },
        state: PaymentState::Reserved,
        next_ask_at: Some(START.plus(FIRST_ASK_AFTER)),
    }
}

/// A payment that holds its fee.
async fn reserved(store: &dyn Store, number: u64) -> (Fee, Payment) {
    let fee = charged(store, number).await;
    let payment = payment(number);
    let changes = vec![
        reserving(&fee, payment.id),
        Change::PaymentSaved(Box::new(payment.clone())),
    ];
    store.commit(sample::commit(changes)).await.unwrap();
    (fee, payment)
}

async fn a_payment_moves_by_its_version_and_is_found(store: &dyn Store) {
    let (_, first) = reserved(store, 530).await;
    let (tenant, customer) = (&first.tenant, &first.customer);
    assert_eq!(
        store.find_payment(first.id).await.unwrap(),
        Some(first.clone())
    );
    let own = store.payments_of(tenant, customer, 10).await.unwrap();
    assert_eq!(own, std::slice::from_ref(&first));
    let other = sample::customer(531);
    let others = store.payments_of(tenant, &other, 10);
    assert!(others.await.unwrap().is_empty());
    let due = async |at| {
        let due = store.due_payments(at, 100).await.unwrap();
        due.iter().any(|one| one.id == first.id)
    };
    assert!(!due(START).await && due(START.plus(FIRST_ASK_AFTER)).await);
    let open = store.open_payments().await.unwrap();
    assert!(open.iter().any(|one| one.id == first.id));
    let over = Payment {
        version: 2,
        state: PaymentState::Declined {
            reason: Decline::Short,
            at: START,
        },
        next_ask_at: None,
        ..first.clone()
    };
    let save = || Change::PaymentSaved(Box::new(over.clone()));
    let saved = join_all((0..8).map(|_| done(store, save()))).await;
    assert_eq!(saved.iter().filter(|won| **won).count(), 1);
    assert!(!due(START.plus(Duration::from_hours(99))).await);
}

/// A bank that answers what a test has written down, and counts how often it was asked to debit.
struct Scripted {
    debits: Mutex<Vec<Result<Debit, Fault>>>,
    statuses: Mutex<Vec<DebitStatus>>,
    sent: Mutex<Vec<DebitOrder>>,
}

impl Scripted {
    fn new(debits: Vec<Result<Debit, Fault>>, statuses: Vec<DebitStatus>) -> Self {
        Self {
            debits: Mutex::new(debits),
            statuses: Mutex::new(statuses),
            sent: Mutex::default(),
        }
    }

    fn sent(&self) -> usize {
        self.sent.lock().unwrap().len()
    }
}

fn debited() -> Debit {
    Debit::Debited {
        at: START,
        reference: "R1".to_owned(),
    }
}

async fn an_answer_settles_fee_and_payment_together(store: &dyn Store) {
    let clock = FixedClock::at(START);
    let bank = Scripted::new(
        vec![Ok(debited()), Ok(Debit::Declined(Decline::Limit))],
        Vec::new(),
    );
    let settler = settler(store, &bank, &clock);
    let (fee, payment) = reserved(store, 540).await;
    let settled = settler.debit(payment.clone()).await.unwrap().payment;
    assert!(matches!(settled.state, PaymentState::Debited { .. }));
    assert_eq!(
        store.find_payment(payment.id).await.unwrap(),
        Some(settled.clone())
    );
    assert!(
        matches!(state(store, &fee).await, FeeState::Paid { payment: by, .. } if by == payment.id)
    );
    // Once it is over the bank is left alone.
    settler.debit(settled.clone()).await.unwrap();
    settler.ask(settled).await.unwrap();
    assert_eq!(bank.sent(), 1);
    let (fee, payment) = reserved(store, 541).await;
    let declined = settler.debit(payment).await.unwrap().payment;
    assert!(matches!(
        declined.state,
        PaymentState::Declined {
            reason: Decline::Limit,
            ..
        }
    ));
    assert_eq!(state(store, &fee).await, FeeState::Waiting);
    let mails = store.due_mail(START, 100).await.unwrap();
    let told = mails.iter().filter(|mail| mail.args.contains_key("payee"));
    assert_eq!(told.count(), 2, "the customer may have left the page");
}

async fn what_is_not_definite_is_asked_again_and_sent_once_more(store: &dyn Store) {
    let clock = FixedClock::at(START);
    let bank = Scripted::new(
        vec![
            Err(Fault::passing("no line")),
            Ok(Debit::Unknown),
            Ok(debited()),
        ],
        vec![
            DebitStatus::Unknown,
            DebitStatus::NeverSeen,
            DebitStatus::NeverSeen,
            DebitStatus::Debited {
                at: START,
                reference: "R2".to_owned(),
            },
        ],
    );
    let settler = settler(store, &bank, &clock);
    let (fee, payment) = reserved(store, 550).await;
    let settled = settler.debit(payment).await.unwrap();
    assert!(settled.fault.is_some(), "what broke is told");
    let mut payment = settled.payment;
    for (sent, resent) in [(1, false), (2, true), (2, true)] {
        let before = payment.next_ask_at.unwrap();
        payment = settler.ask(payment).await.unwrap().payment;
        let PaymentState::InDoubt { resent: was, .. } = payment.state else {
            panic!("definite too early");
        };
        assert_eq!((bank.sent(), was), (sent, resent));
        assert!(payment.next_ask_at.unwrap() > before, "longer each time");
        assert!(matches!(state(store, &fee).await, FeeState::Reserved(_)));
    }
    payment = settler.ask(payment).await.unwrap().payment;
    assert!(matches!(payment.state, PaymentState::Debited { .. }));
    assert_eq!(bank.sent(), 2, "with one key, and once more only");
    let sent = bank.sent.lock().unwrap().clone();
    assert!(sent.iter().all(|order| order.key == payment.id.to_string()));
    // A first order that nobody knows of is sent, and that is no second time.
    let bank = Scripted::new(vec![Ok(Debit::Unknown)], vec![DebitStatus::NeverSeen]);
    let settler = self::settler(store, &bank, &clock);
    let (_, payment) = reserved(store, 551).await;
    let payment = settler.ask(payment).await.unwrap().payment;
    assert!(matches!(
        payment.state,
        PaymentState::InDoubt { resent: false, .. }
    ));
    assert_eq!(bank.sent(), 1);
}

async fn of_two_who_note_an_answer_one_does(store: &dyn Store) {
    let clock = FixedClock::at(START);
    let (fee, payment) = reserved(store, 560).await;
    let answers = (0..8).map(|_| Ok(debited())).collect();
    let bank = Scripted::new(answers, Vec::new());
    let settler = settler(store, &bank, &clock);
    let outcomes = join_all((0..8).map(|_| settler.debit(payment.clone()))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let lost = |o: &Result<_, CommitError>| matches!(o, Ok(_) | Err(CommitError::Lost));
    assert!(outcomes.iter().all(lost));
    assert!(matches!(state(store, &fee).await, FeeState::Paid { .. }));
}

fn settler<'a>(store: &'a dyn Store, bank: &'a Scripted, clock: &'a FixedClock) -> Settler<'a> {
    static RANDOM: SeededRandom = SeededRandom::new(0x9a1d);
    Settler {
        store,
        bank,
        clock,
        random: &RANDOM,
    }
}

#[async_trait]
impl Bank for Scripted {
    async fn verify_login(&self, _: &Identifiers, _: &Password) -> Result<LoginVerdict, Fault> {
        Ok(LoginVerdict::Wrong)
    }

    async fn spend_verification(&self, _: &Password) -> Result<(), Fault> {
        Ok(())
    }

    async fn find_mail(&self, _: &Identifiers) -> Result<Option<String>, Fault> {
        Ok(None)
    }

    async fn services(
        &self,
        _: &CustomerId,
    ) -> Result<std::collections::BTreeMap<Scope, ServiceStanding>, Fault> {
        Ok(std::collections::BTreeMap::new())
    }

    async fn accounts(&self, _: &CustomerId) -> Result<Vec<Account>, Fault> {
        Ok(Vec::new())
    }

    async fn verify_inquiry_pin(
        &self,
        _: &CustomerId,
        _: &AccountId,
        _: &Pin,
    ) -> Result<PinVerdict, Fault> {
        Ok(PinVerdict::Wrong)
    }

    async fn standing(&self, _: &CustomerId) -> Result<Option<Standing>, Fault> {
        Ok(None)
    }

    async fn balance(&self, _: &CustomerId, _: &AccountId) -> Result<Option<Balance>, Fault> {
        Ok(None)
    }

    async fn debit(&self, _: &CustomerId, order: &DebitOrder) -> Result<Debit, Fault> {
        self.sent.lock().unwrap().push(order.clone());
        self.debits.lock().unwrap().remove(0)
    }

    async fn debit_status(&self, _: &CustomerId, _: &str) -> Result<DebitStatus, Fault> {
        Ok(self.statuses.lock().unwrap().remove(0))
    }

    async fn transactions(
        &self,
        _: &CustomerId,
        _: &AccountId,
        _: Period,
        _: Option<i64>,
        _: usize,
    ) -> Result<Option<TransactionPage>, Fault> {
        Ok(None)
    }
}
