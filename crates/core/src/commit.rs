//! What shall be true afterwards: every write of one decision, in one list, with its audit record.
//! A store makes all of it true, or none.

use std::collections::BTreeSet;

use renkei_oauth::client::ClientId;
use renkei_oauth::pkce::CodeChallenge;
use renkei_oauth::scope::Scopes;
use renkei_oauth::secret::{CodeDigest, TokenDigest};
use serde::{Deserialize, Serialize};
use time::Date;

use crate::account::{AccountId, CustomerId};
use crate::attempt::AttemptKey;
use crate::audit::Event;
use crate::client::ClientRecord;
use crate::consent::Consent;
use crate::fault::Fault;
use crate::id::{ConsentId, FamilyId, JourneyId, LinkId, MailId, PaymentId};
use crate::instant::Timestamp;
use crate::journey::Journey;
use crate::link::Link;
use crate::mail::Mail;
use crate::payment::{BillRecord, Fee, FeeKey, Payment};
use crate::seal::Sealed;
use crate::tenant::TenantId;
use crate::visit::Visit;

/// All writes of one decision.
#[derive(Debug, Default)]
pub struct Commit {
    /// What changes, in the order it is written.
    pub changes: Vec<Change>,
    /// What is told of it.
    pub events: Vec<Event>,
}

/// One write. Those named *guarded* apply to exactly one row or lose the whole commit.
#[derive(Clone, Debug)]
pub enum Change {
    /// A new access token of a family.
    AccessTokenIssued(AccessToken),
    /// A right answer: the count starts again.
    AttemptsCleared(AttemptKey),
    /// A payment by this bill was confirmed. Guarded: it was opened, no newer one took its place, and
    /// nobody confirmed by it before.
    BillConfirmed {
        /// The bill's nonce.
        nonce: String,
        /// When.
        at: Timestamp,
    },
    /// A new bill; an older one of the same fee that was not confirmed is void from now on.
    BillIssued(Box<BillRecord>),
    /// A bill is opened for the first time. Guarded: it was neither opened nor void.
    BillOpened {
        /// The bill's nonce.
        nonce: String,
        /// The journey that begins with it.
        journey: JourneyId,
    },
    /// A client is registered or changed.
    ClientSaved(Box<ClientRecord>),
    /// A new authorization code.
    CodeIssued(Box<Code>),
    /// A code is used. Guarded: it was unused.
    CodeRedeemed {
        /// The code.
        code: CodeDigest,
        /// When.
        at: Timestamp,
    },
    /// A consent, for ever.
    ConsentRecorded(Box<Consent>),
    /// A fee is taken back. Guarded: it was waiting.
    FeeCancelled(FeeKey),
    /// A new fee waits to be paid. Guarded: there was none of its numbers.
    FeeCharged(Box<Fee>),
    /// The last day of a fee is over. Guarded: it was waiting.
    FeeLapsed(FeeKey),
    /// A payment came to nothing and the fee waits again. Guarded: it was reserved by this payment.
    FeeReleased {
        /// The fee.
        fee: FeeKey,
        /// The payment.
        payment: PaymentId,
    },
    /// A confirmed payment holds the fee, so that no other can. Guarded: it was waiting, is what the
    /// customer was shown, and `today` is not after its last day.
    FeeReserved {
        /// The fee.
        fee: FeeKey,
        /// 確認番号 as it was shown.
        confirm_number: String,
        /// The amount as it was shown.
        total_fee_yen: i64,
        /// The day in Japan.
        today: Date,
        /// The payment.
        payment: PaymentId,
    },
    /// The fee is paid. Guarded: it was reserved by this payment.
    FeeSettled {
        /// The fee.
        fee: FeeKey,
        /// The payment.
        payment: PaymentId,
        /// When the account was debited.
        at: Timestamp,
    },
    /// The tokens of one code, as one thing that can be revoked.
    FamilyOpened(Family),
    /// Everything that descends from one code dies; harmless when it is dead already.
    FamilyRevoked {
        /// The family.
        family: FamilyId,
        /// When.
        at: Timestamp,
    },
    /// Every family of a link but one dies: a newer code was redeemed.
    FamiliesSuperseded {
        /// The link.
        link: LinkId,
        /// The family that stays; none when all die.
        except: Option<FamilyId>,
        /// When.
        at: Timestamp,
    },
    /// A customer finished a journey with this device or from this network.
    FamiliarSignSeen(FamiliarSign),
    /// An inquiry PIN becomes effective.
    InquiryPinRegistered(RegisteredPin),
    /// A journey begins.
    JourneyBegun(Box<Journey>),
    /// A journey moved on. Guarded: its version was one less.
    JourneySaved(Box<Journey>),
    /// A link is new (version 1) or changed. Guarded: its version was one less.
    LinkSaved(Box<Link>),
    /// The client used the link. Never moves back; harmless when it is noted twice.
    LinkUsed {
        /// The link.
        link: LinkId,
        /// When.
        at: Timestamp,
    },
    /// Writes nothing. Guarded: of this customer's links, these and no others are not ended.
    LinksUnchanged {
        /// The bank.
        tenant: TenantId,
        /// The customer.
        customer: CustomerId,
        /// The links that are not ended.
        open: BTreeSet<LinkId>,
    },
    /// A mail waits to be sent.
    MailQueued(Box<Mail>),
    /// A mail could not be sent and is tried again later.
    MailPutOff {
        /// The mail.
        mail: MailId,
        /// When to try again.
        until: Timestamp,
    },
    /// A mail was sent.
    MailSent {
        /// The mail.
        mail: MailId,
        /// When.
        at: Timestamp,
    },
    /// A payment is new (version 1) or changed. Guarded: its version was one less.
    PaymentSaved(Box<Payment>),
    /// The plan of a journey is kept, so that the journey can finish on it.
    PlanKept {
        /// Its digest.
        digest: String,
        /// Its steps as JSON.
        body: String,
        /// When it was first seen.
        at: Timestamp,
    },
    /// A new refresh token of a family.
    RefreshTokenIssued(RefreshToken),
    /// An old refresh token is presented once more within its grace. Guarded: repeats were left.
    RefreshTokenRepeated {
        /// The old token.
        token: TokenDigest,
        /// No more than this many repeats.
        at_most: u32,
        /// It must have been used after this instant.
        used_after: Timestamp,
    },
    /// A refresh token is used and has a successor. Guarded: it was unused.
    RefreshTokenUsed {
        /// The token.
        token: TokenDigest,
        /// When.
        at: Timestamp,
    },
    /// A visit is over; harmless when it is over already.
    VisitEnded {
        /// Digest of its handle.
        digest: String,
    },
    /// A visit goes on.
    VisitExtended {
        /// Digest of its handle.
        digest: String,
        /// When it is over now.
        lapses_at: Timestamp,
    },
    /// A customer has proven who they are, to look at their links.
    VisitOpened(Box<Visit>),
}

/// Why a commit did not happen. Nothing of it did.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Somebody else was first; load again and decide again.
    #[error("somebody else was first")]
    Lost,
    /// The store could not.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// An authorization code as kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Its digest; the code itself is not kept.
    pub digest: CodeDigest,
    /// The issuer it came from, under which alone it works.
    pub issuer: String,
    /// The client it was given to.
    pub client: ClientId,
    /// The link it opens.
    pub link: LinkId,
    /// The consent it comes from.
    pub consent: ConsentId,
    /// The family its tokens will belong to.
    pub family: FamilyId,
    /// Where it was sent.
    pub redirect_uri: String,
    /// Whether the request named that address, so that redemption must name it too.
    pub redirect_uri_given: bool,
    /// What the redeeming client must prove.
    pub challenge: CodeChallenge,
    /// What it grants.
    pub scopes: Scopes,
    /// When it lapses.
    pub expires_at: Timestamp,
    /// When it was used.
    pub redeemed_at: Option<Timestamp>,
}

/// The tokens that descend from one code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// Its id.
    pub id: FamilyId,
    /// The link.
    pub link: LinkId,
    /// The bank.
    pub tenant: TenantId,
    /// The client.
    pub client: ClientId,
    /// The issuer under which its tokens work.
    pub issuer: String,
    /// When the code was redeemed.
    pub opened_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// An access token as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessToken {
    /// Its digest.
    pub digest: TokenDigest,
    /// Its family.
    pub family: FamilyId,
    /// What it permits at most; the link may permit less by now.
    pub scopes: Scopes,
    /// When it was made.
    pub issued_at: Timestamp,
    /// When it lapses.
    pub expires_at: Timestamp,
}

/// A refresh token as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// Its digest.
    pub digest: TokenDigest,
    /// Its family.
    pub family: FamilyId,
    /// When it was made.
    pub issued_at: Timestamp,
    /// When its successor was made, if it has one.
    pub used_at: Option<Timestamp>,
    /// How often it came back within its grace.
    pub repeats: u32,
}

/// A device or network that a customer is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamiliarSign {
    /// The bank.
    pub tenant: TenantId,
    /// The customer.
    pub customer: CustomerId,
    /// What it is a sign of.
    pub kind: SignKind,
    /// Its digest.
    pub digest: String,
    /// When it was last seen.
    pub seen_at: Timestamp,
}

/// What a familiar sign is a sign of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignKind {
    /// A browser, by its long-lived cookie.
    Device,
    /// A network, by its prefix.
    Network,
}

impl SignKind {
    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Network => "network",
        }
    }
}

/// An inquiry PIN in effect: for the API only, whichever client asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredPin {
    /// The bank.
    pub tenant: TenantId,
    /// The customer.
    pub customer: CustomerId,
    /// The account.
    pub account: AccountId,
    /// The PIN, sealed for [`REGISTERED_PIN`].
    pub pin: Sealed,
    /// When.
    pub at: Timestamp,
}

/// Purpose under which registered inquiry PINs are sealed.
pub const REGISTERED_PIN: &str = "inquiry_pin.registered";
