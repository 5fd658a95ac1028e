//! The demo bank: what a bank's own system would answer, from its books.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use renkei_core::account::{Account, AccountId, AccountType, Balance, CustomerId, Period};
use renkei_core::certificate::PresentedCertificate;
use renkei_core::fault::Fault;
use renkei_core::port::{
    Approval, ApprovalRequest, Bank, Challenge, Clock, Debit, DebitOrder, DebitStatus, Factor,
    FactorAnswer, Holder, Hurdle, Identifiers, Ledger, LedgerAccount, LedgerCustomer,
    LedgerMessage, LoginVerdict, PasskeyRequest, Passkeys, PinVerdict, Privilege, Random,
    Registration, ServiceStanding, Standing, TransactionPage,
};
use renkei_core::seal::{Keyring, same};
use renkei_core::secret::{Password, Pin};
use renkei_core::tenant::TenantId;
use renkei_core::totp;
use renkei_oauth::scope::Scope;

use crate::password::Hasher;
use crate::{approval, debit, factor};

/// Purposes under which the demo bank seals what it must be able to print.
pub(crate) const PASSWORD: &str = "demo.password";
pub(crate) const ANSWER: &str = "demo.answer";
pub(crate) const PIN: &str = "demo.inquiry_pin";
pub(crate) const USER_NUMBER: &str = "demo.user_number";
pub(crate) const OTP_SECRET: &str = "demo.otp_secret";
pub(crate) const TRANSACTION_PASSWORD: &str = "demo.transaction_password";
pub(crate) const MATRIX_CARD: &str = "demo.matrix_card";
pub(crate) const MESSAGE: &str = "demo.message";

/// One tenant's demo bank.
pub struct DemoBank {
    tenant: TenantId,
    ledger: Arc<dyn Ledger>,
    keyring: Arc<Keyring>,
    hasher: Hasher,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    passkeys: Option<Arc<dyn Passkeys>>,
}

impl DemoBank {
    /// The demo bank of a tenant.
    pub fn new(
        tenant: TenantId,
        ledger: Arc<dyn Ledger>,
        keyring: Arc<Keyring>,
        hasher: Hasher,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Self {
        Self {
            tenant,
            ledger,
            keyring,
            hasher,
            clock,
            random,
            passkeys: None,
        }
    }

    /// The same bank, keeping passkeys.
    #[must_use]
    pub fn with_passkeys(mut self, passkeys: Option<Arc<dyn Passkeys>>) -> Self {
        self.passkeys = passkeys;
        self
    }

    /// Whether a passkey of the customer's gave this answer; what it leaves behind is kept.
    async fn verify_passkey(
        &self,
        mut customer: LedgerCustomer,
        state: &str,
        answer: &str,
    ) -> Result<bool, Fault> {
        let Some(passkeys) = &self.passkeys else {
            return Ok(false);
        };
        match passkeys.verify(state, &customer.passkeys, answer)? {
            Some(kept) => {
                customer.passkeys = kept;
                self.ledger.save_customer(customer).await?;
                Ok(true)
            }
            None => Ok(false),
        }
    }

    async fn customer(&self, id: &CustomerId) -> Result<Option<LedgerCustomer>, Fault> {
        self.ledger.find_customer(&self.tenant, id).await
    }

    /// A customer who was identified.
    async fn known(&self, id: &CustomerId) -> Result<LedgerCustomer, Fault> {
        let customer = self.customer(id).await?;
        customer.ok_or_else(|| Fault::new("a customer who was identified is not in the books"))
    }

    /// Whoever has these identifiers: a login ID, or a contract number and a user ID.
    async fn find(&self, who: &Identifiers) -> Result<Option<LedgerCustomer>, Fault> {
        self.ledger
            .find_customer_by_login(&self.tenant, &login_of(who))
            .await
    }

    async fn account(
        &self,
        customer: &CustomerId,
        account: &AccountId,
    ) -> Result<Option<LedgerAccount>, Fault> {
        let accounts = self.ledger.accounts(&self.tenant, customer).await?;
        Ok(accounts
            .into_iter()
            .find(|kept| kept.account.id == *account))
    }
}

impl DemoBank {
    /// Whether a token shows this code now, and nobody used it before.
    async fn verify_code(
        &self,
        customer: &LedgerCustomer,
        typed: &Password,
    ) -> Result<bool, Fault> {
        let Some(sealed) = &customer.otp_secret else {
            return Ok(false);
        };
        let secret = self.keyring.open(OTP_SECRET, sealed)?;
        let used = customer.otp_used_step;
        match totp::step_of(&secret, typed.expose(), self.clock.now(), used)? {
            Some(step) => {
                self.ledger
                    .use_time_step(&self.tenant, &customer.id, step)
                    .await
            }
            None => Ok(false),
        }
    }
}

/// The key under which the books keep these identifiers: one stands for itself, several are joined.
pub(crate) fn login_of(who: &Identifiers) -> String {
    let values: Vec<&str> = who.values().map(String::as_str).collect();
    values.join("/")
}

fn standing_of(customer: &LedgerCustomer) -> Standing {
    Standing {
        credential_version: customer.credential_version.to_string(),
        mail: customer.mail.clone(),
        phone: customer.phone.as_deref().map(masked),
        class: customer.class.clone(),
        hurdles: customer.hurdles.clone(),
    }
}

/// A telephone number with all but its last four digits hidden.
fn masked(phone: &str) -> String {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let mut place = 0;
    let hidden = |c: char| {
        if !c.is_ascii_digit() {
            return c;
        }
        place += 1;
        if place + 4 > digits { c } else { '*' }
    };
    phone.chars().map(hidden).collect()
}

#[async_trait]
impl Bank for DemoBank {
    async fn verify_login(
        &self,
        who: &Identifiers,
        password: &Password,
    ) -> Result<LoginVerdict, Fault> {
        let customer = self.find(who).await?;
        let hash = customer
            .as_ref()
            .map(|customer| customer.password_hash.as_str());
        let right = self.hasher.verify(password, hash).await?;
        Ok(match customer {
            Some(customer) if right => LoginVerdict::Right {
                customer: customer.id.clone(),
                name: customer.name.clone(),
                standing: standing_of(&customer),
            },
            Some(_) | None => LoginVerdict::Wrong,
        })
    }

    async fn spend_verification(&self, password: &Password) -> Result<(), Fault> {
        self.hasher.verify(password, None).await.map(|_| ())
    }

    async fn find_mail(&self, who: &Identifiers) -> Result<Option<String>, Fault> {
        let customer = self.find(who).await?;
        Ok(customer.and_then(|customer| customer.mail))
    }

    async fn find_holder(
        &self,
        certificate: &PresentedCertificate,
    ) -> Result<Option<Holder>, Fault> {
        let customers = self.ledger.customers(&self.tenant).await?;
        let held = customers
            .into_iter()
            .find(|customer| customer.certificate.as_ref() == Some(&certificate.serial));
        Ok(held.map(|customer| Holder {
            who: customer.identifiers.clone(),
            customer: customer.id,
        }))
    }

    async fn challenge(
        &self,
        customer: &CustomerId,
        factor: Factor,
    ) -> Result<Option<Challenge>, Fault> {
        let Some(customer) = self.customer(customer).await? else {
            return Ok(None);
        };
        match &self.passkeys {
            Some(passkeys) if factor == Factor::Passkey && !customer.passkeys.is_empty() => {
                let request = passkeys.ask(&customer.passkeys)?;
                Ok(Some(Challenge::Passkey(request)))
            }
            Some(_) | None => factor::challenge(&self.keyring, &customer, factor),
        }
    }

    async fn verify(&self, customer: &CustomerId, answer: &FactorAnswer) -> Result<bool, Fault> {
        let Some(customer) = self.customer(customer).await? else {
            return Ok(false);
        };
        match answer {
            FactorAnswer::OneTimePassword(typed) => self.verify_code(&customer, typed).await,
            FactorAnswer::Passkey { state, answer } => {
                self.verify_passkey(customer, state, answer).await
            }
            other => factor::verify(&self.keyring, &customer, other),
        }
    }

    async fn send_text(&self, customer: &CustomerId, key: &str, words: &str) -> Result<(), Fault> {
        let mut customer = self.known(customer).await?;
        if customer.messages.iter().any(|sent| sent.key == key) {
            return Ok(());
        }
        customer.messages.push(LedgerMessage {
            key: key.to_owned(),
            words: self.keyring.seal(MESSAGE, words, &*self.random)?,
        });
        let old = customer.messages.len().saturating_sub(MESSAGES);
        customer.messages.drain(..old);
        self.ledger.save_customer(customer).await
    }

    async fn new_passkey(&self, customer: &CustomerId) -> Result<Option<PasskeyRequest>, Fault> {
        let customer = self.known(customer).await?;
        let holder = format!("{}/{}", self.tenant, customer.id.as_str());
        let passkeys = self.passkeys.as_ref();
        passkeys
            .map(|passkeys| passkeys.begin(&holder, &customer.name, &customer.passkeys))
            .transpose()
    }

    async fn register(
        &self,
        customer: &CustomerId,
        registration: &Registration,
    ) -> Result<bool, Fault> {
        let mut customer = self.known(customer).await?;
        if let Registration::Passkey { state, answer } = registration {
            let passkeys = self.passkeys.as_ref();
            let made = passkeys.map(|passkeys| passkeys.finish(state, answer));
            let Some(passkey) = made.transpose()?.flatten() else {
                return Ok(false);
            };
            customer.passkeys.push(passkey);
            self.ledger.save_customer(customer).await?;
            return Ok(true);
        }
        let now = self.clock.now();
        let is_right = factor::register(
            &self.keyring,
            &*self.random,
            &mut customer,
            registration,
            now,
        )?;
        if is_right {
            self.ledger.save_customer(customer).await?;
        }
        Ok(is_right)
    }

    async fn request_approval(
        &self,
        customer: &CustomerId,
        key: &str,
        request: &ApprovalRequest,
    ) -> Result<(), Fault> {
        let mut customer = self.known(customer).await?;
        if approval::ask(&mut customer, key, request) {
            self.ledger.save_customer(customer).await?;
        }
        Ok(())
    }

    async fn approval(&self, customer: &CustomerId, key: &str) -> Result<Approval, Fault> {
        let customer = self.known(customer).await?;
        Ok(approval::standing(&customer, key))
    }

    async fn clear_hurdle(&self, customer: &CustomerId, hurdle: Hurdle) -> Result<(), Fault> {
        let mut customer = self.known(customer).await?;
        if customer.hurdles.remove(&hurdle) {
            self.ledger.save_customer(customer).await?;
        }
        Ok(())
    }

    async fn services(
        &self,
        customer: &CustomerId,
    ) -> Result<BTreeMap<Scope, ServiceStanding>, Fault> {
        let services = self
            .customer(customer)
            .await?
            .map(|customer| customer.services);
        Ok(services
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(name, standing)| Some((Scope::parse(&name).ok()?, standing)))
            .collect())
    }

    async fn privileges(&self, customer: &CustomerId) -> Result<BTreeMap<Scope, Privilege>, Fault> {
        let customer = self.customer(customer).await?;
        let privileges = customer.map(|customer| customer.privileges);
        Ok(privileges
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(name, privilege)| Some((Scope::parse(&name).ok()?, privilege)))
            .collect())
    }

    async fn accounts(&self, customer: &CustomerId) -> Result<Vec<Account>, Fault> {
        let accounts = self.ledger.accounts(&self.tenant, customer).await?;
        Ok(accounts.into_iter().map(|kept| kept.account).collect())
    }

    async fn verify_inquiry_pin(
        &self,
        customer: &CustomerId,
        account: &AccountId,
        pin: &Pin,
    ) -> Result<PinVerdict, Fault> {
        let Some(kept) = self.account(customer, account).await? else {
            return Ok(PinVerdict::Wrong);
        };
        let right = same(&self.keyring.open(PIN, &kept.pin)?, pin.expose());
        Ok(match (right, kept.pending) {
            (false, _) => PinVerdict::Wrong,
            (true, true) => PinVerdict::Pending,
            (true, false) => PinVerdict::Right,
        })
    }

    async fn standing(&self, customer: &CustomerId) -> Result<Option<Standing>, Fault> {
        Ok(self.customer(customer).await?.map(|c| standing_of(&c)))
    }

    async fn balance(
        &self,
        customer: &CustomerId,
        account: &AccountId,
    ) -> Result<Option<Balance>, Fault> {
        let Some(kept) = self.account(customer, account).await? else {
            return Ok(None);
        };
        let balance_yen = self
            .ledger
            .latest_line(account)
            .await?
            .map_or(0, |line| line.balance_yen);
        let withdrawable_yen = match kept.account.kind {
            AccountType::Ordinary | AccountType::Current | AccountType::Savings => {
                balance_yen.max(0)
            }
            // A time deposit cannot be drawn before its day.
            AccountType::Time => 0,
        };
        Ok(Some(Balance {
            balance_yen,
            withdrawable_yen,
        }))
    }

    async fn payable_accounts(&self, customer: &CustomerId) -> Result<Vec<Account>, Fault> {
        let mut accounts = self.accounts(customer).await?;
        accounts.retain(|account| debit::is_payable(account.kind));
        Ok(accounts)
    }

    async fn debit(&self, customer: &CustomerId, order: &DebitOrder) -> Result<Debit, Fault> {
        let customer = self.known(customer).await?;
        let account = self.account(&customer.id, &order.account).await?;
        let account = account.filter(|kept| debit::is_payable(kept.account.kind));
        let account = account.map(|kept| kept.account);
        let now = self.clock.now();
        debit::order(&*self.ledger, customer, account, order, now).await
    }

    async fn debit_status(&self, customer: &CustomerId, key: &str) -> Result<DebitStatus, Fault> {
        let customer = self.known(customer).await?;
        debit::status(&*self.ledger, &customer, key).await
    }

    async fn transactions(
        &self,
        customer: &CustomerId,
        account: &AccountId,
        period: Period,
        after: Option<i64>,
        limit: usize,
    ) -> Result<Option<TransactionPage>, Fault> {
        if self.account(customer, account).await?.is_none() {
            return Ok(None);
        }
        let mut lines = self.ledger.lines(account, period, after, limit + 1).await?;
        let has_more = lines.len() > limit;
        lines.truncate(limit);
        Ok(Some(TransactionPage { lines, has_more }))
    }
}

/// So many short messages are remembered for each customer.
const MESSAGES: usize = 5;
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_shows_its_last_four_digits() {
        assert_eq!(masked("090-1234-5678"), "***-****-5678");
        assert_eq!(masked("0120000000"), "******0000");
    }
}
