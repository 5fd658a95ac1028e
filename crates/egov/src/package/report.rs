//! The error report of a package: the HTML that `ErrorFile` carries. All of it is foreign words or our own; every
//! value is escaped, and nothing in it is active.

use crate::xml::Writer;

use super::Finding;

/// One finding and where it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// The folder of the application.
    pub folder: String,
    /// The file in it.
    pub file: String,
    /// What is wrong.
    pub content: String,
}

impl Reported {
    /// A finding about an application of this folder.
    pub fn new(folder: &str, finding: &Finding) -> Self {
        Self {
            folder: folder.to_owned(),
            file: finding.file().to_owned(),
            content: finding.to_string(),
        }
    }
}

/// The page with all findings.
pub fn report(findings: &[Reported]) -> String {
    let mut page = Writer::fragment();
    page.element_with("html", &[("lang", "ja")], |it| {
        it.element("head", |it| {
            it.element_with("meta", &[("charset", "UTF-8")], |_| {});
            it.leaf("title", TITLE);
        });
        it.element("body", |it| {
            it.leaf("h1", TITLE);
            it.element_with("table", &[("border", "1")], |it| {
                it.element("thead", |it| {
                    it.element("tr", |it| {
                        for head in ["フォルダ", "ファイル", "内容"] {
                            it.element_with("th", &[("scope", "col")], |it| it.text(head));
                        }
                    });
                });
                it.element("tbody", |it| {
                    for finding in findings {
                        it.element("tr", |it| {
                            for cell in [&finding.folder, &finding.file, &finding.content] {
                                // Never an empty tag: HTML knows none for cells.
                                it.element("td", |it| {
                                    it.text(if cell.is_empty() { "-" } else { cell });
                                });
                            }
                        });
                    }
                });
            });
        });
    });
    format!("<!DOCTYPE html>\n{}\n", page.finish())
}

const TITLE: &str = "形式チェック結果";
