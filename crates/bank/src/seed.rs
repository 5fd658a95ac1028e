//! The demo bank's beginnings: customers and accounts from `demo.yaml`, and statements from a fixed
//! seed, a year back, carried on to today at each start.

use std::sync::Arc;

use renkei_core::account::{Account, AccountId, CustomerId, Direction, Transaction};
use renkei_core::demo::{DemoAccount, DemoCustomer, DemoData};
use renkei_core::fault::Fault;
use renkei_core::port::{Ledger, LedgerAccount, LedgerCustomer, LedgerLine, Random};
use renkei_core::seal::{Keyring, Sealed, sha256_hex};
use renkei_core::secret::Password;
use renkei_core::tenant::TenantId;
use time::{Date, Duration};

use crate::branch::branch_name;
use crate::card::Card;
use crate::demo::{
    ANSWER, MESSAGE, OTP_SECRET, PASSWORD, PIN, TRANSACTION_PASSWORD, USER_NUMBER, login_of,
};
use crate::password::Hasher;
use crate::statement::{movements, opening_yen};

/// What a customer has besides the password. For demonstrations only.
pub struct Factors {
    /// 利用者番号.
    pub user_number: Option<String>,
    /// The secret of the customer's token, base32.
    pub otp_secret: Option<String>,
    /// 確認用パスワード, 取引実行パスワード.
    pub transaction_password: Option<String>,
    /// The serial number of the 乱数表.
    pub matrix_card: Option<String>,
}

/// Writes the books.
pub struct Seeder {
    /// The books.
    pub ledger: Arc<dyn Ledger>,
    /// Seals what the demo must be able to print.
    pub keyring: Arc<Keyring>,
    /// Hashes passwords.
    pub hasher: Hasher,
    /// Randomness for seals and salts.
    pub random: Arc<dyn Random>,
}

impl Seeder {
    /// Writes customers who are not in the books yet, and carries every statement on to `today`. What
    /// the demo levers changed stays changed.
    pub async fn seed(
        &self,
        tenant: &TenantId,
        bank_code: &str,
        data: &DemoData,
        today: Date,
    ) -> Result<(), Fault> {
        for customer in &data.customers {
            let id = CustomerId::new(&customer.login_id);
            if self.ledger.find_customer(tenant, &id).await?.is_none() {
                self.ledger
                    .save_customer(self.customer(tenant, customer).await?)
                    .await?;
                let branch = |code: &str| {
                    let own = data.branches.get(code).cloned();
                    own.or_else(|| branch_name(bank_code, code))
                };
                let accounts = self.accounts(tenant, &branch, customer, today)?;
                self.ledger.save_accounts(accounts).await?;
            }
            for kept in self.ledger.accounts(tenant, &id).await? {
                self.carry_on(data.seed, &kept, today).await?;
            }
        }
        Ok(())
    }

    /// Gives a customer a new password; every credential version before it is out of date.
    pub async fn change_password(
        &self,
        mut customer: LedgerCustomer,
        password: &Password,
    ) -> Result<(), Fault> {
        customer.password_hash = self.hasher.hash(password, &*self.random).await?;
        customer.password = self
            .keyring
            .seal(PASSWORD, password.expose(), &*self.random)?;
        customer.credential_version += 1;
        self.ledger.save_customer(customer).await
    }

    /// What a customer knows, for the demo's table: password, and answer if there is one.
    pub fn secrets(&self, customer: &LedgerCustomer) -> Result<(String, Option<String>), Fault> {
        let password = self.keyring.open(PASSWORD, &customer.password)?.to_string();
        let answer = customer
            .answer
            .as_ref()
            .map(|sealed| self.keyring.open(ANSWER, sealed));
        Ok((password, answer.transpose()?.map(|text| text.to_string())))
    }

    /// What a customer is asked for besides, for the demo's table.
    pub fn factors(&self, customer: &LedgerCustomer) -> Result<Factors, Fault> {
        let open = |purpose: &str, sealed: &Option<Sealed>| {
            let opened = sealed.as_ref().map(|text| self.keyring.open(purpose, text));
            Ok::<_, Fault>(opened.transpose()?.map(|text| text.to_string()))
        };
        Ok(Factors {
            user_number: open(USER_NUMBER, &customer.user_number)?,
            otp_secret: open(OTP_SECRET, &customer.otp_secret)?,
            transaction_password: open(TRANSACTION_PASSWORD, &customer.transaction_password)?,
            matrix_card: self.card(customer)?.map(|card| card.serial),
        })
    }

    /// The customer's 乱数表, if they have one.
    pub fn card(&self, customer: &LedgerCustomer) -> Result<Option<Card>, Fault> {
        Card::of(customer, &self.keyring)
    }

    /// The short messages lately sent to a customer, the newest last.
    pub fn messages(&self, customer: &LedgerCustomer) -> Result<Vec<String>, Fault> {
        let sent = customer.messages.iter();
        sent.map(|message| Ok(self.keyring.open(MESSAGE, &message.words)?.to_string()))
            .collect()
    }

    /// The inquiry PIN on file, for the demo's table.
    pub fn inquiry_pin(&self, account: &LedgerAccount) -> Result<String, Fault> {
        Ok(self.keyring.open(PIN, &account.pin)?.to_string())
    }

    async fn customer(
        &self,
        tenant: &TenantId,
        new: &DemoCustomer,
    ) -> Result<LedgerCustomer, Fault> {
        let random = &*self.random;
        let password = Password::new(&new.password);
        let sealed = |purpose: &str, text: &Option<String>| {
            let text = text.as_ref();
            text.map(|text| self.keyring.seal(purpose, text, random))
                .transpose()
        };
        let mut identifiers = new.identifiers.clone();
        if identifiers.is_empty() {
            identifiers.insert("login_id".to_owned(), new.login_id.clone());
        }
        Ok(LedgerCustomer {
            tenant: tenant.clone(),
            id: CustomerId::new(&new.login_id),
            login_id: login_of(&identifiers),
            identifiers,
            name: new.name.clone(),
            mail: new.mail.clone(),
            password_hash: self.hasher.hash(&password, random).await?,
            password: self.keyring.seal(PASSWORD, &new.password, random)?,
            question: new.question.clone(),
            answer: sealed(ANSWER, &new.answer)?,
            credential_version: 1,
            services: new.services.clone(),
            phone: new.phone.clone(),
            class: new.class.clone(),
            hurdles: new.hurdles.clone(),
            certificate: None,
            user_number: sealed(USER_NUMBER, &new.user_number)?,
            otp_secret: sealed(OTP_SECRET, &new.otp_secret)?,
            otp_used_step: 0,
            transaction_password: sealed(TRANSACTION_PASSWORD, &new.transaction_password)?,
            messages: Vec::new(),
            matrix_card: match &new.matrix_card {
                Some(serial) => Some(Card::issue(serial, &self.keyring, random)?),
                None => None,
            },
            passkeys: Vec::new(),
            approvals: Vec::new(),
            privileges: new.privileges.clone(),
            debit_lever: None,
        })
    }

    fn accounts(
        &self,
        tenant: &TenantId,
        branch: &dyn Fn(&str) -> Option<String>,
        holder: &DemoCustomer,
        today: Date,
    ) -> Result<Vec<LedgerAccount>, Fault> {
        let account = |(index, new): (usize, &DemoAccount)| {
            let branch_name = branch(&new.branch).ok_or_else(|| {
                Fault::new("a demo account is at a branch its bank does not have")
            })?;
            Ok(LedgerAccount {
                tenant: tenant.clone(),
                customer: CustomerId::new(&holder.login_id),
                position: i64::try_from(index).unwrap_or(i64::MAX),
                account: Account {
                    id: account_id(tenant, &new.branch, new),
                    branch_code: new.branch.clone(),
                    branch_name,
                    kind: new.kind,
                    number: new.number.clone(),
                    memo: new.memo.clone(),
                    holder: holder.name.clone(),
                    holder_kana: holder.kana.clone(),
                    primary: index == 0,
                },
                pin: self.keyring.seal(PIN, &new.inquiry_pin, &*self.random)?,
                pending: new.pending,
                opened_on: today.saturating_sub(Duration::days(365)),
            })
        };
        holder.accounts.iter().enumerate().map(account).collect()
    }

    async fn carry_on(&self, seed: u64, kept: &LedgerAccount, today: Date) -> Result<(), Fault> {
        let id = &kept.account.id;
        let (kind, name) = (kept.account.kind, id.as_str());
        let latest = self.ledger.latest_line(id).await?;
        let (mut sequence, mut balance_yen, mut day) = match latest {
            Some(line) => (
                line.sequence,
                line.balance_yen,
                line.date.saturating_add(Duration::DAY),
            ),
            None => (0, 0, kept.opened_on),
        };
        let mut lines = Vec::new();
        if sequence == 0 {
            let amount_yen = opening_yen(seed, name, kind);
            (sequence, balance_yen) = (1, amount_yen);
            let remarks = Some("繰越".to_owned());
            lines.push((
                day,
                Direction::Deposit,
                amount_yen,
                remarks,
                sequence,
                balance_yen,
            ));
        }
        while day <= today {
            for movement in movements(seed, name, kind, day, balance_yen) {
                sequence += 1;
                balance_yen += match movement.direction {
                    Direction::Deposit => movement.amount_yen,
                    Direction::Withdrawal => -movement.amount_yen,
                };
                let remarks = movement.remarks.map(str::to_owned);
                lines.push((
                    day,
                    movement.direction,
                    movement.amount_yen,
                    remarks,
                    sequence,
                    balance_yen,
                ));
            }
            day = day.saturating_add(Duration::DAY);
        }
        let lines = lines.into_iter().map(
            |(date, direction, amount_yen, remarks, sequence, balance_yen)| {
                let line = Transaction {
                    sequence,
                    date,
                    value_date: date,
                    direction,
                    amount_yen,
                    remarks,
                    balance_yen,
                };
                LedgerLine {
                    account: id.clone(),
                    line,
                }
            },
        );
        self.ledger.add_lines(lines.collect()).await
    }
}

/// An account's name towards clients: says nothing of its number, and is the same at every seeding.
fn account_id(tenant: &TenantId, branch: &str, account: &DemoAccount) -> AccountId {
    let text = format!(
        "{tenant}/{branch}/{}/{}",
        account.kind.code(),
        account.number
    );
    let digest = sha256_hex(text.as_bytes());
    AccountId::new(format!(
        "acc_{}",
        digest.chars().take(20).collect::<String>()
    ))
}

/// A customer with a password and nothing else, for tests.
#[cfg(test)]
pub(crate) fn sample(keyring: &Keyring) -> LedgerCustomer {
    let random = renkei_core::port::fixed::SeededRandom::new(1);
    LedgerCustomer {
        tenant: TenantId::parse("bank").unwrap(),
        id: CustomerId::new("someone"),
        login_id: "someone".to_owned(),
        identifiers: std::collections::BTreeMap::new(),
        name: "someone".to_owned(),
        mail: None,
        password_hash: String::new(),
        password: keyring.seal(PASSWORD, "Secret01", &random).unwrap(),
        question: None,
        answer: None,
        credential_version: 1,
        phone: None,
        class: None,
        hurdles: std::collections::BTreeSet::new(),
        certificate: None,
        user_number: None,
        otp_secret: None,
        otp_used_step: 0,
        transaction_password: None,
        matrix_card: None,
        passkeys: Vec::new(),
        approvals: Vec::new(),
        messages: Vec::new(),
        privileges: std::collections::BTreeMap::new(),
        debit_lever: None,
        services: std::collections::BTreeMap::new(),
    }
}
