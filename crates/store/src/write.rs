//! Makes a commit true: one function a change, in the order of the list.

use renkei_core::commit::{Change, Commit, CommitError};
use renkei_core::payment::FeeState;

use crate::connection::AnyConnection;
use crate::rows::{
    attempt, audit, client, fee, journey, link, mail, payment, pin, sign, token, visit,
};

/// Writes everything. The audit record comes first: it takes the end of the chain, and with it the
/// order among servers, before any other row is touched.
pub(crate) fn write(c: &mut AnyConnection, commit: &Commit) -> Result<(), CommitError> {
    audit::append(c, &commit.events)?;
    commit.changes.iter().try_for_each(|change| one(c, change))
}

/// Writes one change.
pub(crate) fn one(c: &mut AnyConnection, change: &Change) -> Result<(), CommitError> {
    match change {
        Change::AccessTokenIssued(new) => token::issue_access(c, new),
        Change::AttemptsCleared(key) => attempt::clear(c, key),
        Change::BillConfirmed { nonce, at } => payment::confirm(c, nonce, *at),
        Change::BillIssued(new) => payment::issue(c, new),
        Change::BillOpened { nonce, journey } => payment::open(c, nonce, *journey),
        Change::ClientSaved(record) => client::save(c, record),
        Change::CodeIssued(new) => token::issue_code(c, new),
        Change::CodeRedeemed { code, at } => token::redeem(c, code, *at),
        Change::ConsentRecorded(given) => link::record(c, given),
        Change::FamilyOpened(new) => token::open_family(c, new),
        Change::FamilyRevoked { family, at } => token::revoke_family(c, *family, *at),
        Change::FamiliesSuperseded { link, except, at } => token::supersede(c, *link, *except, *at),
        Change::FeeCancelled(of) => fee::end(c, of, FeeState::Cancelled),
        Change::FeeCharged(new) => fee::charge(c, new),
        Change::FeeLapsed(of) => fee::end(c, of, FeeState::Lapsed),
        Change::FeeReleased { fee: of, payment } => fee::release(c, of, *payment),
        Change::FeeReserved {
            fee: of,
            confirm_number,
            total_fee_yen,
            today,
            payment,
        } => fee::reserve(c, of, confirm_number, *total_fee_yen, *today, *payment),
        Change::FeeSettled {
            fee: of,
            payment,
            at,
        } => fee::settle(c, of, *payment, *at),
        Change::FamiliarSignSeen(seen) => sign::see(c, seen),
        Change::InquiryPinRegistered(new) => pin::register(c, new),
        Change::JourneyBegun(new) => journey::begin(c, new),
        Change::JourneySaved(moved) => journey::save(c, moved),
        Change::LinkSaved(saved) => link::save(c, saved),
        Change::LinkUsed { link, at } => link::note_use(c, *link, *at),
        Change::LinksUnchanged {
            tenant,
            customer,
            open,
        } => link::expect_open(c, tenant, customer, open),
        Change::MailPutOff { mail, until } => mail::put_off(c, *mail, *until),
        Change::MailQueued(new) => mail::queue(c, new),
        Change::MailSent { mail, at } => mail::sent(c, *mail, *at),
        Change::PaymentSaved(saved) => payment::save(c, saved),
        Change::PlanKept { digest, body, at } => journey::keep_plan(c, digest, body, *at),
        Change::RefreshTokenIssued(new) => token::issue_refresh(c, new),
        Change::RefreshTokenRepeated {
            token,
            at_most,
            used_after,
        } => token::repeat_refresh(c, token, *at_most, *used_after),
        Change::RefreshTokenUsed { token, at } => token::use_refresh(c, token, *at),
        Change::VisitEnded { digest } => visit::end(c, digest),
        Change::VisitExtended { digest, lapses_at } => visit::extend(c, digest, *lapses_at),
        Change::VisitOpened(new) => visit::open(c, new),
    }
}
