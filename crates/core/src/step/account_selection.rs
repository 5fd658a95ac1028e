//! 口座選択: which of the customer's accounts the link covers. Nothing is preselected but a main
//! account that the tenant holds fixed; proves nothing. On a journey that pays: which one account the
//! fee is paid from.
//!
//! Source: `japan.md` section 10, "account picker" (代表口座 fixed, 利用口座 chosen).

use std::collections::BTreeSet;

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Applies, Arrival, Context, Entry, Kept, Outcome, Role, Sample, SampleWorld, Step, Submission,
    When, identified,
};
use crate::account::{Account, AccountId, AccountType};
use crate::fact::Facts;
use crate::fault::Fault;
use crate::form::FormData;
use crate::payment::NotPayable;
use crate::refusal::Refusal;
use crate::text::{Message, Problem};

/// A choice among the customer's accounts. In the plan `payment` it is the choice of one account that
/// fees can be paid from, and `main`, `min` and `max` mean nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AccountSelection {
    /// When the step is walked.
    pub when: When,
    /// The screen's number as the manual prints it; shown, never used as a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_id: Option<String>,
    /// What is offered: only accounts of these 科目; all when none is named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<AccountType>,
    /// How the main account (代表口座) is treated.
    pub main: MainAccount,
    /// The fewest accounts that must be chosen, 1 to 100; a customer with fewer chooses all of them.
    #[schemars(range(min = 1, max = 100))]
    pub min: usize,
    /// The most accounts that may be chosen, 1 to 100, not below `min`; no limit when it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub max: Option<usize>,
}

/// How the main account is treated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MainAccount {
    /// It belongs to every link: chosen, and cannot be left out.
    Fixed,
    /// It is an account like any other.
    #[default]
    Free,
}

impl Default for AccountSelection {
    fn default() -> Self {
        Self {
            when: When::default(),
            screen_id: None,
            types: Vec::new(),
            main: MainAccount::default(),
            min: 1,
            max: None,
        }
    }
}

/// What the step remembers: the accounts as the bank gave them, and what is chosen.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {
    accounts: Vec<Account>,
    selected: BTreeSet<AccountId>,
    /// Whether a fee is paid from it.
    #[serde(default)]
    pays: bool,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct View {
    screen_id: Option<String>,
    min: usize,
    max: Option<usize>,
    pays: bool,
    rows: Vec<RowView>,
}

#[derive(Debug, Serialize)]
struct RowView {
    account_id: AccountId,
    #[serde(flatten)]
    account: Account,
    selected: bool,
    fixed: bool,
}

#[async_trait]
impl Step for AccountSelection {
    const KIND: &'static str = "account_selection";
    const ROLE: Role = Role::Serves;
    type Memory = Memory;
    type View = View;

    fn when(&self) -> &When {
        &self.when
    }

    fn applies(&self, facts: &Facts) -> Applies {
        if facts.client.is_some() || facts.bill.is_some() {
            Applies::Certainly
        } else {
            Applies::No("the journey has no client")
        }
    }

    fn samples(&self, world: &SampleWorld) -> Vec<Sample<Memory>> {
        let memory = |pays| Memory {
            accounts: world.accounts.clone(),
            selected: BTreeSet::new(),
            pays,
        };
        let missing = Message::new("error-account-missing");
        let short = Message::new("error-account-short");
        if world.facts.bill.is_some() {
            vec![
                Sample::new("pays", world, memory(true)),
                Sample::new("pays-short", world, memory(true)).told_at(ACCOUNT, short),
            ]
        } else {
            vec![
                Sample::new("first", world, memory(false)),
                Sample::new("wrong", world, memory(false)).told_at(ACCOUNT, missing),
            ]
        }
    }

    async fn enter(&self, cx: &Context<'_>) -> Result<Arrival<Memory>, Fault> {
        let who = identified(cx)?;
        let pays = cx.facts.bill.is_some();
        let mut accounts = match &cx.facts.accounts {
            _ if pays => cx.bank.payable_accounts(&who.customer).await?,
            // An earlier step has settled which can be read at all.
            Some(accounts) => accounts.clone(),
            None => cx.bank.accounts(&who.customer).await?,
        };
        accounts.retain(|account| self.types.is_empty() || self.types.contains(&account.kind));
        if accounts.is_empty() {
            let why = if pays {
                Refusal::Payment(NotPayable::NoAccount)
            } else {
                Refusal::NoAccounts
            };
            return Ok(Entry::Refused(why).into());
        }
        let selected = if pays {
            BTreeSet::new()
        } else {
            self.fixed(&accounts).collect()
        };
        Ok(Entry::Ask(Memory {
            accounts,
            selected,
            pays,
        })
        .into())
    }

    fn present(&self, _: &Facts, memory: &Memory, _: &[Problem], _: &Kept) -> View {
        let row = |account: &Account| RowView {
            account_id: account.id.clone(),
            account: account.clone(),
            selected: memory.selected.contains(&account.id),
            fixed: !memory.pays && self.holds(account),
        };
        View {
            screen_id: self.screen_id.clone(),
            min: self.least(&memory.accounts),
            max: self.max.filter(|max| *max < memory.accounts.len()),
            pays: memory.pays,
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
        let offered = memory.accounts.iter().map(|account| &account.id);
        memory.selected = offered
            .filter(|id| ticked.contains(id.as_str()))
            .cloned()
            .chain(self.fixed(&memory.accounts).filter(|_| !memory.pays))
            .collect();
        let unfit = if memory.pays {
            unpayable(cx, &memory).await?
        } else {
            self.unfit(&memory)
        };
        if let Some(message) = unfit {
            return Ok(Outcome::Again {
                memory,
                problems: vec![Problem::at(ACCOUNT, message)],
                kept: Vec::new(),
            }
            .into());
        }
        let chosen = memory.accounts.into_iter();
        let accounts = chosen.filter(|account| memory.selected.contains(&account.id));
        Ok(Outcome::Passed(Box::new(Facts {
            accounts: Some(accounts.collect()),
            ..cx.facts.clone()
        }))
        .into())
    }
}

impl AccountSelection {
    fn holds(&self, account: &Account) -> bool {
        self.main == MainAccount::Fixed && account.primary
    }

    fn fixed(&self, accounts: &[Account]) -> impl Iterator<Item = AccountId> {
        let fixed = accounts.iter().filter(|account| self.holds(account));
        fixed.map(|account| account.id.clone())
    }

    fn least(&self, accounts: &[Account]) -> usize {
        self.min.clamp(1, accounts.len().max(1))
    }

    fn unfit(&self, memory: &Memory) -> Option<Message> {
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let (chosen, least) = (memory.selected.len(), self.least(&memory.accounts));
        if chosen == 0 {
            return Some(Message::new("error-accounts-none"));
        }
        if chosen < least {
            return Some(Message::new("error-accounts-few").with("min", number(least)));
        }
        self.max
            .filter(|max| chosen > *max)
            .map(|max| Message::new("error-accounts-many").with("max", number(max)))
    }
}

/// Why the choice of an account to pay from is none, as far as can be seen before the bank is asked
/// to debit it.
async fn unpayable(cx: &Context<'_>, memory: &Memory) -> Result<Option<Message>, Fault> {
    let mut chosen = memory.selected.iter();
    let (Some(account), None) = (chosen.next(), chosen.next()) else {
        return Ok(Some(Message::new("error-account-one")));
    };
    let balance = cx.bank.balance(&identified(cx)?.customer, account).await?;
    let amount = cx.facts.bill.as_ref().map_or(0, |bill| bill.total_fee_yen);
    let is_short = balance.is_some_and(|balance| balance.withdrawable_yen < amount);
    Ok(is_short.then(|| Message::new("error-account-short")))
}

const ACCOUNT: &str = "account";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::trial::{Trial, form, key};

    fn chosen(outcome: Outcome<Memory>) -> Vec<String> {
        let Outcome::Passed(facts) = outcome else {
            panic!("not passed: {outcome:?}");
        };
        let accounts = facts.accounts.unwrap();
        accounts.iter().map(|a| a.id.to_string()).collect()
    }

    #[tokio::test]
    async fn nothing_is_preselected_and_what_is_ticked_is_chosen() {
        let (trial, step) = (Trial::new(), AccountSelection::default());
        let memory = trial.ask(&step).await;
        assert!(memory.selected.is_empty());
        let none = trial.submit(&step, memory, &form(&[])).await;
        let Outcome::Again {
            memory, problems, ..
        } = none.outcome
        else {
            panic!("not asked again");
        };
        assert_eq!(key(&problems), "error-accounts-none");
        let typed = form(&[(ACCOUNT, "acc_2"), (ACCOUNT, "acc_of_somebody_else")]);
        let passed = trial.submit(&step, memory, &typed).await;
        assert_eq!(chosen(passed.outcome), ["acc_2"]);
    }

    #[tokio::test]
    async fn a_fixed_main_account_belongs_to_every_link() {
        let step = AccountSelection {
            main: MainAccount::Fixed,
            max: Some(2),
            ..AccountSelection::default()
        };
        let trial = Trial::new();
        let memory = trial.ask(&step).await;
        let view = step.present(&Facts::default(), &memory, &[], &Kept::new());
        assert!(
            view.rows
                .first()
                .is_some_and(|row| row.fixed && row.selected)
        );
        let all = form(&[(ACCOUNT, "acc_2"), (ACCOUNT, "acc_3")]);
        let many = trial.submit(&step, memory, &all).await;
        let Outcome::Again {
            memory, problems, ..
        } = many.outcome
        else {
            panic!("not asked again");
        };
        assert_eq!(key(&problems), "error-accounts-many");
        let passed = trial.submit(&step, memory, &form(&[])).await;
        assert_eq!(chosen(passed.outcome), ["acc_1"]);
    }

    #[tokio::test]
    async fn a_fee_is_paid_from_one_account_that_is_not_short() {
        let mut trial = Trial::new();
        trial.pays();
        let step = AccountSelection {
            main: MainAccount::Fixed,
            ..AccountSelection::default()
        };
        let mut memory = trial.ask(&step).await;
        let offered: Vec<_> = memory.accounts.iter().map(|a| a.id.as_str()).collect();
        assert_eq!(offered, ["acc_1", "acc_2"], "what can be paid from");
        assert!(memory.selected.is_empty(), "nothing is held fixed");
        trial.bank.hold("acc_2", 12_299);
        for (typed, problem) in [
            (form(&[]), "error-account-one"),
            (form(&[(ACCOUNT, "acc_3")]), "error-account-one"),
            (
                form(&[(ACCOUNT, "acc_1"), (ACCOUNT, "acc_2")]),
                "error-account-one",
            ),
            (form(&[(ACCOUNT, "acc_2")]), "error-account-short"),
        ] {
            let again = trial.submit(&step, memory, &typed).await;
            let Outcome::Again {
                memory: kept,
                problems,
                ..
            } = again.outcome
            else {
                panic!("not asked again");
            };
            assert_eq!(key(&problems), problem);
            memory = kept;
        }
        trial.bank.hold("acc_2", 12_300);
        let passed = trial
            .submit(&step, memory, &form(&[(ACCOUNT, "acc_2")]))
            .await;
        assert_eq!(chosen(passed.outcome), ["acc_2"]);
    }

    #[tokio::test]
    async fn only_the_named_types_are_offered_and_none_is_a_refusal() {
        let trial = Trial::new();
        let only = |kind| AccountSelection {
            types: vec![kind],
            ..AccountSelection::default()
        };
        let memory = trial.ask(&only(AccountType::Current)).await;
        assert_eq!(memory.accounts.len(), 1);
        let refused = trial.enter(&only(AccountType::Time)).await;
        assert!(matches!(refused, Entry::Refused(Refusal::NoAccounts)));
    }
}
