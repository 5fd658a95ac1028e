//! 照会用暗証番号登録: inquiry PINs for the accounts the client shall read. Asks the bank about each
//! ticked row; right PINs are staged, sealed, and take effect with the consent only.
//!
//! Source: Hidashin manual 手順4; left out, with its result page, when every account is registered.

mod column;

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use self::column::Column;
use super::{
    Applies, Arrival, Context, Entry, Kept, Note, Outcome, Role, Sample, SampleWorld, Step,
    Submission, When, identified,
};
use crate::account::{Account, AccountId};
use crate::attempt::{AttemptKey, Claim};
use crate::fact::{Facts, Identified, PinRegistration, STAGED_PIN};
use crate::fault::Fault;
use crate::form::FormData;
use crate::mail::Occasion;
use crate::port::PinVerdict;
use crate::refusal::Refusal;
use crate::seal::Sealed;
use crate::secret::Pin;
use crate::text::{Message, Problem};

/// Registration of inquiry PINs, several accounts at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct InquiryPin {
    /// When the step is walked.
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
    /// How many digits an inquiry PIN has, 4 to 8.
    #[schemars(range(min = 4, max = 8))]
    pub pin_length: usize,
    /// The columns of the table, in the bank's order.
    pub columns: Vec<Column>,
    /// Whether ●●●● stands in a row whose PIN is registered; otherwise a dash.
    pub masks_registered: bool,
}

impl Default for InquiryPin {
    fn default() -> Self {
        Self {
            when: When::default(),
            screen_id: None,
            pin_length: 4,
            columns: vec![
                Column::Selected,
                Column::State,
                Column::Account,
                Column::Memo,
                Column::Pin,
            ],
            masks_registered: true,
        }
    }
}

/// What the step remembers: the accounts as the bank gave them, and what is staged so far.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {
    accounts: Vec<Account>,
    registered: BTreeSet<AccountId>,
    staged: BTreeMap<AccountId, Sealed>,
    pending: BTreeSet<AccountId>,
    locked: BTreeSet<AccountId>,
    selected: BTreeSet<AccountId>,
    tries_left: BTreeMap<AccountId, u32>,
}

/// How one account stands (登録状態).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Too many wrong PINs.
    Locked,
    /// 申請中
    Pending,
    /// 登録済み
    Registered,
    /// 登録済み*
    Staged,
    /// 未登録
    Unregistered,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    pin_length: usize,
    columns: Vec<Column>,
    masks_registered: bool,
    rows: Vec<RowView>,
}

#[derive(Debug, Serialize)]
struct RowView {
    account_id: AccountId,
    state: State,
    #[serde(flatten)]
    account: Account,
    selected: bool,
    selectable: bool,
    problem: Option<Message>,
    tries_left: Option<u32>,
}

#[async_trait]
impl Step for InquiryPin {
    const KIND: &'static str = "inquiry_pin";
    const ROLE: Role = Role::Serves;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    fn applies(&self, facts: &Facts) -> Applies {
        match facts.pins {
            None => Applies::Open,
            Some(PinRegistration::NotNeeded) => Applies::No("every account is registered"),
            Some(PinRegistration::Visited { .. }) => Applies::Certainly,
        }
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        let who = identified(cx)?;
        let accounts = cx.bank.accounts(&who.customer).await?;
        if accounts.is_empty() {
            return Ok(Entry::Refused(Refusal::NoAccounts).into());
        }
        let registered = cx
            .records
            .registered_pins(&cx.tenant.id, &who.customer)
            .await?;
        if accounts
            .iter()
            .all(|account| registered.contains(&account.id))
        {
            let facts = Facts {
                pins: Some(PinRegistration::NotNeeded),
                accounts: Some(accounts),
                ..cx.facts.clone()
            };
            return Ok(Entry::Passed(Box::new(facts)).into());
        }
        let (staged, pending) = match &cx.facts.pins {
            Some(PinRegistration::Visited { staged, pending }) => (staged.clone(), pending.clone()),
            Some(PinRegistration::NotNeeded) | None => Default::default(),
        };
        let mut memory = Memory {
            accounts,
            registered,
            staged,
            pending,
            locked: BTreeSet::new(),
            selected: BTreeSet::new(),
            tries_left: BTreeMap::new(),
        };
        for account in &memory.accounts {
            let key = AttemptKey::inquiry_pin(&cx.tenant.id, &who.customer, &account.id);
            if cx
                .records
                .attempts(&key, cx.tenant.limits.inquiry_pin, cx.now)
                .await?
                .1
            {
                memory.locked.insert(account.id.clone());
            }
        }
        Ok(if memory.is_hopeless() {
            Entry::Refused(Refusal::PinsLocked)
        } else {
            Entry::Ask(memory)
        }
        .into())
    }

    fn present(&self, _: &Facts, memory: &Memory, problems: &[Problem], _: &Kept) -> View {
        let row = |account: &Account| {
            let state = memory.state(&account.id);
            let control = pin_control(&account.id);
            RowView {
                account_id: account.id.clone(),
                state,
                account: account.clone(),
                selected: memory.selected.contains(&account.id),
                selectable: state == State::Unregistered,
                problem: problems
                    .iter()
                    .find(|problem| problem.field.as_deref() == Some(&control))
                    .map(|problem| problem.message.clone()),
                tries_left: memory.tries_left.get(&account.id).copied(),
            }
        };
        View {
            screen_id: self.screen_id.clone(),
            pin_length: self.pin_length,
            columns: self.columns.clone(),
            masks_registered: self.masks_registered,
            rows: memory.accounts.iter().map(row).collect(),
        }
    }

    async fn submit(
        &self,
        cx: &Context<'_>,
        mut memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let ticked: BTreeSet<&str> = form.all(ACCOUNT).collect();
        memory.selected = memory
            .accounts
            .iter()
            .map(|account| account.id.clone())
            .filter(|id| ticked.contains(id.as_str()) && memory.state(id) == State::Unregistered)
            .collect();
        let forgotten = memory.typed_but_not_ticked(form);
        if !forgotten.is_empty() {
            return Ok(Outcome::Again {
                memory,
                problems: forgotten,
                kept: Vec::new(),
            }
            .into());
        }
        if memory.selected.is_empty() {
            return Ok(memory.nothing_ticked(cx).into());
        }
        self.register(cx, memory, form).await
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let digits = i64::try_from(self.pin_length).unwrap_or_default();
        let (one, other) = (world.account_id(0), world.account_id(1));
        let mut wrong = Memory::sample(&world.accounts);
        wrong.tries_left.insert(one.clone(), 3);
        vec![
            Sample::new("first", world, Memory::sample(&world.accounts)),
            Sample::new("wrong", world, wrong)
                .told_at(
                    pin_control(&one),
                    Message::new("error-pin-wrong").with("left", 3),
                )
                .told_at(
                    pin_control(&other),
                    Message::new("error-pin-format").with("digits", digits),
                ),
            Sample::new("missing", world, Memory::sample(&world.accounts))
                .told_at(ACCOUNT, Message::new("error-account-missing")),
            Sample::new("many", world, Memory::sample(&world.many_accounts())),
        ]
    }
}

impl InquiryPin {
    async fn register(
        &self,
        cx: &Context<'_>,
        mut memory: Memory,
        form: &FormData,
    ) -> Result<Submission<Memory>, Fault> {
        let who = identified(cx)?;
        let mut round = Round::default();
        for id in memory.selected.clone() {
            let control = pin_control(&id);
            let pin = Pin::new(form.one(&control).unwrap_or_default());
            if !self.admits(&pin) {
                let digits = i64::try_from(self.pin_length).unwrap_or_default();
                let message = Message::new("error-pin-format").with("digits", digits);
                round.problems.push(Problem::at(control, message));
                continue;
            }
            let one = Registration {
                cx,
                who,
                id: &id,
                pin: &pin,
            };
            one.attempt(&mut memory, &mut round).await?;
        }
        // A row that is done is no longer ticked; a wrong one stays ticked, to be typed again.
        let still_open: BTreeSet<_> = memory
            .selected
            .iter()
            .filter(|id| memory.state(id) == State::Unregistered)
            .cloned()
            .collect();
        memory.selected = still_open;
        let outcome = if memory.is_hopeless() {
            Outcome::Refused(Refusal::PinsLocked)
        } else if round.problems.is_empty() {
            Outcome::Passed(Box::new(memory.into_facts(cx.facts)))
        } else {
            Outcome::Again {
                memory,
                problems: round.problems,
                kept: Vec::new(),
            }
        };
        let mails = round.locked_mail.then(|| who.mail.clone()).flatten();
        Ok(Submission {
            outcome,
            notes: round.notes,
            cleared: round.cleared,
            mails: mails.map(|to| (Occasion::Locked, to)).into_iter().collect(),
            codes: Vec::new(),
        })
    }

    fn admits(&self, pin: &Pin) -> bool {
        pin.expose().len() == self.pin_length && pin.expose().bytes().all(|b| b.is_ascii_digit())
    }
}

/// What one press of 登録 gathers.
#[derive(Default)]
struct Round {
    problems: Vec<Problem>,
    notes: Vec<Note>,
    cleared: Vec<AttemptKey>,
    locked_mail: bool,
}

/// One ticked row.
struct Registration<'a> {
    cx: &'a Context<'a>,
    who: &'a Identified,
    id: &'a AccountId,
    pin: &'a Pin,
}

impl Registration<'_> {
    async fn attempt(&self, memory: &mut Memory, round: &mut Round) -> Result<(), Fault> {
        let Self { cx, who, id, pin } = self;
        let key = AttemptKey::inquiry_pin(&cx.tenant.id, &who.customer, id);
        let claim = cx
            .records
            .claim_attempt(&key, cx.tenant.limits.inquiry_pin, cx.now)
            .await?;
        let Claim::Granted { left } = claim else {
            return {
                self.locked(memory, round);
                Ok(())
            };
        };
        let verdict = cx.bank.verify_inquiry_pin(&who.customer, id, pin).await?;
        match verdict {
            PinVerdict::Right => {
                let sealed = cx.keyring.seal(STAGED_PIN, pin.expose(), cx.random)?;
                memory.staged.insert((*id).clone(), sealed);
                memory.tries_left.remove(*id);
                round.cleared.push(key);
            }
            PinVerdict::Pending => {
                memory.pending.insert((*id).clone());
                round.cleared.push(key);
            }
            PinVerdict::Wrong if left == 0 => self.locked(memory, round),
            PinVerdict::Wrong => {
                memory.tries_left.insert((*id).clone(), left);
                let message = Message::new("error-pin-wrong").with("left", i64::from(left));
                round.problems.push(Problem::at(pin_control(id), message));
            }
        }
        round.notes.push(Note {
            name: "inquiry_pin.checked",
            detail: json!({ "account": id, "verdict": format!("{verdict:?}").to_lowercase() }),
        });
        Ok(())
    }

    fn locked(&self, memory: &mut Memory, round: &mut Round) {
        memory.locked.insert(self.id.clone());
        memory.tries_left.remove(self.id);
        round.locked_mail = true;
        let message = Message::new("error-pin-locked");
        round
            .problems
            .push(Problem::at(pin_control(self.id), message));
    }
}

impl Memory {
    /// Two rows to register, then one of every other state in turn.
    fn sample(accounts: &[Account]) -> Self {
        let at = |wanted: usize| {
            let ids = accounts.iter().enumerate();
            ids.filter(move |(index, _)| *index == wanted)
                .map(|(_, account)| account.id.clone())
        };
        let sealed = || Sealed::from_stored(String::new());
        Self {
            accounts: accounts.to_vec(),
            registered: at(2).collect(),
            staged: at(3).map(|id| (id, sealed())).collect(),
            pending: at(4).collect(),
            locked: at(5).collect(),
            selected: at(0).chain(at(1)).collect(),
            tries_left: BTreeMap::new(),
        }
    }

    fn state(&self, id: &AccountId) -> State {
        if self.registered.contains(id) {
            State::Registered
        } else if self.staged.contains_key(id) {
            State::Staged
        } else if self.pending.contains(id) {
            State::Pending
        } else if self.locked.contains(id) {
            State::Locked
        } else {
            State::Unregistered
        }
    }

    /// Whether no account can be read and none can be registered any more.
    fn is_hopeless(&self) -> bool {
        self.accounts
            .iter()
            .all(|account| self.state(&account.id) == State::Locked)
    }

    fn has_readable(&self) -> bool {
        self.accounts
            .iter()
            .any(|account| matches!(self.state(&account.id), State::Registered | State::Staged))
    }

    /// Rows with a PIN but without a tick: going on would lose what the customer meant to register.
    fn typed_but_not_ticked(&self, form: &FormData) -> Vec<Problem> {
        self.accounts
            .iter()
            .map(|account| &account.id)
            .filter(|id| self.state(id) == State::Unregistered && !self.selected.contains(id))
            .map(pin_control)
            .filter(|control| form.one(control).is_some_and(|pin| !pin.is_empty()))
            .map(|control| Problem::at(control, Message::new("error-pin-not-ticked")))
            .collect()
    }

    /// 登録 with no row ticked: on, when there is something to read; else say what is missing.
    fn nothing_ticked(self, cx: &Context<'_>) -> Outcome<Self> {
        if self.has_readable() {
            return Outcome::Passed(Box::new(self.into_facts(cx.facts)));
        }
        let problems = vec![Problem::at(ACCOUNT, Message::new("error-account-missing"))];
        Outcome::Again {
            memory: self,
            problems,
            kept: Vec::new(),
        }
    }

    fn into_facts(self, facts: &Facts) -> Facts {
        let readable = self
            .accounts
            .iter()
            .filter(|account| matches!(self.state(&account.id), State::Registered | State::Staged))
            .cloned()
            .collect();
        Facts {
            accounts: Some(readable),
            pins: Some(PinRegistration::Visited {
                staged: self.staged,
                pending: self.pending,
            }),
            ..facts.clone()
        }
    }
}

fn pin_control(id: &AccountId) -> String {
    format!("pin.{id}")
}

const ACCOUNT: &str = "account";
