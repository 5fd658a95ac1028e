//! Why an act upon an application cannot be done.

/// Why an act cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The amount is not between 1 yen and what the wire can carry.
    #[error("the amount is out of range")]
    AmountOutOfRange,
    /// The last day lies in the past.
    #[error("the last day is over")]
    DueInThePast,
    /// A payment of the fee is under way.
    #[error("the fee is being paid")]
    FeeBeingPaid,
    /// The fee does not wait to be paid.
    #[error("the fee is not open")]
    FeeNotOpen,
    /// It is a request for withdrawal, which is decided at the application it names.
    #[error("a withdrawal is decided at the application it names")]
    IsWithdrawal,
    /// The procedure is not registered any more.
    #[error("the procedure is not registered any more")]
    NoRules,
    /// No correction is open, or the procedure knows none.
    #[error("no correction can be made")]
    NotCorrectable,
    /// The last day is not over.
    #[error("the last day is not over")]
    NotOverdue,
    /// It cannot be withdrawn.
    #[error("it cannot be withdrawn")]
    NotWithdrawable,
    /// Nobody asked for it back.
    #[error("nobody asked for it back")]
    NotWithdrawing,
    /// Numbers of notices end at 999.
    #[error("too many notices")]
    TooManyNotices,
    /// No such fee.
    #[error("no such fee")]
    UnknownFee,
    /// No such notice.
    #[error("no such notice")]
    UnknownNotice,
    /// The applicant has asked for it back: answer that first.
    #[error("the withdrawal must be answered first")]
    WithdrawalUnanswered,
    /// The act does not fit the stage.
    #[error("not in this stage")]
    WrongStage,
}
