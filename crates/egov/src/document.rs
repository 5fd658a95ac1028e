//! The documents that come back: 公文書, 補正通知 and コメント, one grammar for all three (`DOC`). Written for the desk,
//! read for whoever shows them; a stranger's stylesheet is never run, and its address never followed.

mod read;

use time::Date;

pub use self::read::read;
use crate::archive::File;
use crate::xml::Writer;

/// The kinds, which differ in names and order more than in content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// 公文書
    Official,
    /// 補正通知
    Amend,
    /// コメント
    Comment,
}

impl DocumentKind {
    /// Name of the document in its archive. The two of the notices are recorded, the first is ours.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Official => "koubunsho.xml",
            Self::Amend => "hoseitsuuchi.xml",
            Self::Comment => "commenttsuuchi.xml",
        }
    }

    /// Name of the stylesheet beside it.
    pub const fn stylesheet_name(self) -> &'static str {
        match self {
            Self::Official => "koubunsho.xsl",
            Self::Amend => "999000000000000010.xsl",
            Self::Comment => "999000000000000002.xsl",
        }
    }

    const fn secrecy(self) -> &'static str {
        match self {
            Self::Official => "公文書形式",
            Self::Amend => "AMEND",
            Self::Comment => "COMMENT",
        }
    }

    const fn heading(self) -> &'static str {
        match self {
            Self::Official => "記",
            Self::Amend => "補正指示",
            Self::Comment => "コメント",
        }
    }
}

/// What a document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Which kind it is.
    pub kind: DocumentKind,
    /// DOCNO: the number of the document, in notices the 到達番号.
    pub number: String,
    /// DATE, as it is printed.
    pub date: String,
    /// To whom.
    pub to: Addressee,
    /// From whom.
    pub author: Author,
    /// TITLE
    pub title: String,
    /// MAINTXT, by paragraph.
    pub introduction: Vec<String>,
    /// MT2TEXT, by paragraph: the text itself.
    pub text: Vec<String>,
    /// REFERENC, by paragraph.
    pub reference: Vec<String>,
}

/// TO
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addressee {
    /// AFF
    pub affiliation: String,
    /// NAME
    pub name: String,
    /// HONORIFC
    pub honorific: String,
}

/// AUTHOR
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// AFF
    pub affiliation: String,
    /// NAME
    pub name: String,
}

impl Document {
    /// The document as XML, unsigned.
    pub fn write(&self) -> String {
        let mut writer = Writer::document();
        let stylesheet = self.kind.stylesheet_name();
        writer.instruction(
            "xml-stylesheet",
            &format!("type=\"text/xsl\" href=\"{stylesheet}\""),
        );
        writer.element_with("DOC", &[("VERSION", "1.0")], |it| {
            it.element("FRONT", |it| {
                it.leaf("SECRECY", self.kind.secrecy());
                let is_official = self.kind == DocumentKind::Official;
                it.leaf("STAMP", if is_official { "要" } else { "0" });
            });
            it.element_with("BODY", &[("ID", "DOCBODY")], |it| {
                it.element_with("STYLESHEET", &[("URI", stylesheet)], |_| {});
                it.leaf("DOCNO", &self.number);
                match self.kind {
                    DocumentKind::Official => self.official(it),
                    DocumentKind::Amend | DocumentKind::Comment => self.notice(it),
                }
            });
        });
        writer.finish()
    }

    /// The document and our stylesheet beside it, as an archive holds them. A signed document goes alone.
    pub fn files(&self, written: String) -> [File; 2] {
        [
            File {
                name: self.kind.file_name().to_owned(),
                bytes: written.into_bytes(),
            },
            File {
                name: self.kind.stylesheet_name().to_owned(),
                bytes: STYLESHEET.as_bytes().to_vec(),
            },
        ]
    }

    fn official(&self, it: &mut Writer) {
        it.element_with("DATE", &[("TYPE", "1")], |it| it.text(&self.date));
        it.leaf("TITLE", &self.title);
        it.element("MAINTXT", |it| paragraphs(it, &self.introduction));
        self.main(it);
        it.element("REFERENC", |it| paragraphs(it, &self.reference));
        self.people(it);
    }

    fn notice(&self, it: &mut Writer) {
        it.leaf("DATE", &self.date);
        self.people(it);
        it.leaf("TITLE", &self.title);
        it.element("REFDOC", |it| it.leaf("DOCLINK", ""));
        it.element_with("MAINTXT", &[("LEVEL", "0")], |it| {
            paragraphs(it, &self.introduction);
        });
        self.main(it);
        it.element("REFERENC", |it| paragraphs(it, &self.reference));
    }

    fn people(&self, it: &mut Writer) {
        it.element("TO", |it| {
            it.leaf("AFF", &self.to.affiliation);
            it.leaf("NAME", &self.to.name);
            it.leaf("HONORIFC", &self.to.honorific);
        });
        it.element("AUTHOR", |it| {
            it.leaf("AFF", &self.author.affiliation);
            it.leaf("NAME", &self.author.name);
        });
    }

    fn main(&self, it: &mut Writer) {
        it.element("MAINTXT2", |it| {
            it.leaf("MT2TITLE", self.kind.heading());
            it.element("MT2TEXT", |it| paragraphs(it, &self.text));
        });
    }
}

/// One paragraph at least: an empty one where there is nothing to say.
fn paragraphs(writer: &mut Writer, texts: &[String]) {
    if texts.is_empty() {
        writer.leaf("P", "");
    }
    for text in texts {
        writer.leaf("P", text);
    }
}

/// The date as documents of a kind print it: notices by the common era, official documents by Japan's.
pub fn printed_date(kind: DocumentKind, date: Date) -> String {
    let (month, day) = (u8::from(date.month()), date.day());
    if kind != DocumentKind::Official || date < REIWA {
        return format!("{:04}年{month:02}月{day:02}日", date.year());
    }
    match date.year().saturating_sub(2018) {
        1 => format!("令和元年{month}月{day}日"),
        year => format!("令和{year}年{month}月{day}日"),
    }
}

const REIWA: Date = time::macros::date!(2019 - 05 - 01);
/// Ours, for all three kinds: nothing but text and lines, nothing fetched.
const STYLESHEET: &str = include_str!("document/document.xsl");
