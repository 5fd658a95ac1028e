//! What the interface tells of an application beyond what is kept: the derived values.

use super::fee::standing;
use super::notice::NoticeKind;
use super::{Application, Fee, Notice, decide};
use crate::procedure::{Procedure, WithdrawalKind};
use crate::words;

/// The derived values of 3.4, 3.5 and 3.6.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Status.
    pub status: &'static str,
    /// `PayStatus`.
    pub pay_status: &'static str,
    /// `PayWaitCount`.
    pub fees_waiting: usize,
    /// `CorrectStatus`.
    pub correct_status: &'static str,
    /// `CommentCountNotRead`.
    pub comments_unread: usize,
    /// `CommentCount`.
    pub comments: usize,
    /// `DocCountNotDownload`.
    pub documents_unfetched: usize,
    /// `DocCount`.
    pub documents: usize,
    /// Amend notices that wait.
    pub corrections_open: usize,
}

/// Derives them.
pub fn summary(application: &Application, notices: &[Notice], fees: &[Fee]) -> Summary {
    let of = |kind| {
        notices
            .iter()
            .filter(move |notice: &&Notice| notice.kind == kind)
    };
    let open = |kind| {
        of(kind)
            .filter(|notice| notice.completed_at.is_none())
            .count()
    };
    let corrections_open = notices.iter().filter(|notice| notice.is_open()).count();
    Summary {
        status: application.status().text,
        pay_status: standing(fees).text,
        fees_waiting: fees.iter().filter(|fee| fee.is_open()).count(),
        correct_status: if corrections_open > 0 {
            words::THERE_IS.text
        } else {
            words::THERE_IS_NONE.text
        },
        comments_unread: open(NoticeKind::Comment),
        comments: of(NoticeKind::Comment).count(),
        documents_unfetched: open(NoticeKind::Official),
        documents: of(NoticeKind::Official).count(),
        corrections_open,
    }
}

impl Summary {
    /// `AmendMessage`.
    pub fn amend_message(&self) -> String {
        told(words::AMEND_MESSAGE, self.corrections_open)
    }

    /// `CommentMessage`.
    pub fn comment_message(&self) -> String {
        told(words::COMMENT_MESSAGE, self.comments_unread)
    }

    /// `DocumentMessage`.
    pub fn document_message(&self) -> String {
        told(words::DOCUMENT_MESSAGE, self.documents_unfetched)
    }

    /// `PayMessage`.
    pub fn pay_message(&self) -> String {
        told(words::PAY_MESSAGE, self.fees_waiting)
    }
}

fn told(word: words::Word, n: usize) -> String {
    if n == 0 {
        String::new()
    } else {
        word.counting(n)
    }
}

impl Application {
    /// `WithdrawFlag` and `WithdrawType`.
    pub fn withdrawal(&self, rules: Option<&Procedure>) -> (bool, WithdrawalKind) {
        match rules {
            Some(rules) if decide::is_withdrawable(self, rules) => (true, rules.withdrawal),
            _ => (false, WithdrawalKind::None),
        }
    }
}
