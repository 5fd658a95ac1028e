//! What the desk sends back: amend notices (補正通知), comments and official documents.

use renkei_core::instant::Timestamp;
use time::Date;

/// A notice without its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its kind; numbers count per kind.
    pub kind: NoticeKind,
    /// 通知通番, from 1.
    pub number: u32,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// `DocTitle`.
    pub title: String,
    /// The names of its files, in order.
    pub files: Vec<String>,
    /// Whether an official document is signed.
    pub signed: bool,
    /// Until when an amend notice may be answered, to the end of that day in Japan.
    pub due: Option<Date>,
    /// How an amend notice ended; none while it waits, and for the other kinds.
    pub end: Option<AmendEnd>,
    /// When it was answered (amend), marked as read (comment) or as fetched (official).
    pub completed_at: Option<Timestamp>,
}

impl Notice {
    /// Whether an amend notice waits for its answer.
    pub fn is_open(&self) -> bool {
        self.kind == NoticeKind::Amend && self.end.is_none()
    }
}

/// The kinds of notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeKind {
    /// 補正通知
    Amend,
    /// コメント通知
    Comment,
    /// 公文書
    Official,
}

impl NoticeKind {
    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Amend => "amend",
            Self::Comment => "comment",
            Self::Official => "official",
        }
    }

    /// From what is stored.
    pub fn from_stored(word: &str) -> Option<Self> {
        [Self::Amend, Self::Comment, Self::Official]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// How an amend notice ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmendEnd {
    /// The correction came.
    Answered,
    /// It did not come in time.
    Lapsed,
    /// The desk took it back.
    TakenBack,
}

impl AmendEnd {
    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Lapsed => "lapsed",
            Self::TakenBack => "taken_back",
        }
    }

    /// From what is stored.
    pub fn from_stored(word: &str) -> Option<Self> {
        [Self::Answered, Self::Lapsed, Self::TakenBack]
            .into_iter()
            .find(|end| end.as_str() == word)
    }
}

/// The archive of a notice, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// The names of the files in it, in order.
    pub files: Vec<String>,
    /// The archive, in Base64 without line breaks.
    pub archive: String,
}
