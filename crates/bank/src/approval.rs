//! Approvals outside the browser, as the demo bank's books keep them. `renkei demo approve` plays the
//! customer's other device, and the telephone.

use renkei_core::instant::Timestamp;
use renkei_core::port::{
    Approval, ApprovalManner, ApprovalRequest, LedgerApproval, LedgerCustomer,
};

/// Writes a request down, once for each key; whether there is something to save.
pub(crate) fn ask(customer: &mut LedgerCustomer, key: &str, request: &ApprovalRequest) -> bool {
    if customer.approvals.iter().any(|kept| kept.key == key) {
        return false;
    }
    customer.approvals.push(LedgerApproval {
        key: key.to_owned(),
        request: request.clone(),
        standing: Approval::Waiting,
    });
    let superfluous = customer.approvals.len().saturating_sub(MOST_KEPT);
    customer.approvals.drain(..superfluous);
    true
}

/// How the request with this key stands.
pub(crate) fn standing(customer: &LedgerCustomer, key: &str) -> Approval {
    let kept = customer.approvals.iter().find(|kept| kept.key == key);
    kept.map_or(Approval::Waiting, |kept| kept.standing)
}

/// What the customer does on the other device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Approves; on a push, with the number they read on the page.
    Approve {
        /// The number.
        number: Option<String>,
    },
    /// Refuses.
    Refuse,
}

/// Why an answer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// Nothing was asked, or its time is over.
    #[error("no approval is being waited for")]
    NothingAsked,
    /// The push wants the number that the page shows.
    #[error("the device asks for the number that the page shows")]
    NumberMissing,
    /// The number is not the one that the page shows.
    #[error("that is not the number that the page shows")]
    NumberWrong,
}

/// Answers the newest request that still waits.
///
/// # Errors
/// Why the answer is not taken.
pub fn answer(
    customer: &mut LedgerCustomer,
    answer: &Answer,
    now: Timestamp,
) -> Result<(), NotTaken> {
    let waits =
        |kept: &&mut LedgerApproval| kept.standing == Approval::Waiting && now < kept.request.until;
    let kept = customer.approvals.iter_mut().rev().find(waits);
    let kept = kept.ok_or(NotTaken::NothingAsked)?;
    kept.standing = match (answer, &kept.request.manner) {
        (Answer::Refuse, _) => Approval::Refused,
        (Answer::Approve { .. }, ApprovalManner::Call) => Approval::Given,
        (Answer::Approve { number: None }, ApprovalManner::Push { .. }) => {
            return Err(NotTaken::NumberMissing);
        }
        (Answer::Approve { number: Some(read) }, ApprovalManner::Push { number })
            if read == number =>
        {
            Approval::Given
        }
        (Answer::Approve { .. }, ApprovalManner::Push { .. }) => return Err(NotTaken::NumberWrong),
    };
    Ok(())
}

const MOST_KEPT: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED_UNTIL: Timestamp = Timestamp::from_millis(120_000);

    fn customer() -> LedgerCustomer {
        serde_json::from_value(serde_json::json!({
            "tenant": "hidashin", "id": "c", "login_id": "c", "name": "n", "mail": null,
            "password_hash": "", "password": "", "question": null, "answer": null,
            "credential_version": 1, "services": {},
        }))
        .unwrap()
    }

    fn push(number: &str) -> ApprovalRequest {
        ApprovalRequest {
            manner: ApprovalManner::Push {
                number: number.to_owned(),
            },
            until: ASKED_UNTIL,
        }
    }

    fn approve(customer: &mut LedgerCustomer, number: &str, now: i64) -> Result<(), NotTaken> {
        let number = Some(number.to_owned());
        let now = Timestamp::from_millis(now);
        answer(customer, &Answer::Approve { number }, now)
    }

    #[test]
    fn a_request_is_made_once_for_each_key() {
        let mut customer = customer();
        assert!(ask(&mut customer, "a", &push("42")));
        assert!(!ask(&mut customer, "a", &push("42")));
        assert_eq!(customer.approvals.len(), 1);
    }

    #[test]
    fn the_number_must_match_in_time() {
        let mut customer = customer();
        assert_eq!(approve(&mut customer, "42", 0), Err(NotTaken::NothingAsked));
        ask(&mut customer, "a", &push("42"));
        assert_eq!(approve(&mut customer, "43", 0), Err(NotTaken::NumberWrong));
        assert_eq!(
            approve(&mut customer, "42", 120_000),
            Err(NotTaken::NothingAsked)
        );
        assert_eq!(standing(&customer, "a"), Approval::Waiting);
        assert_eq!(approve(&mut customer, "42", 119_999), Ok(()));
        assert_eq!(standing(&customer, "a"), Approval::Given);
        assert_eq!(standing(&customer, "b"), Approval::Waiting);
    }
}
