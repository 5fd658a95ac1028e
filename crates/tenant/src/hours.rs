//! `hours:` of `tenant.yaml`, and the pure hours that come of it.

use std::collections::BTreeMap;

use renkei_core::hours::{DAYS, Day, Hours, Maintenance, Span};
use renkei_core::instant::Timestamp;
use renkei_core::text::Bilingual;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use time::format_description::StaticFormatDescription;
use time::macros::format_description;
use time::{Date, PrimitiveDateTime};

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::tree::Node;

/// When customers may begin, by Japan's clock. A journey under way when closing time comes may finish,
/// and the data API is not affected.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoursFile {
    /// The hours of each weekday. Absent: every day, all day.
    #[serde(default)]
    pub week: Week,
    /// Days on which the service stays closed from midnight to midnight, as "2026-12-31".
    #[serde(default)]
    pub closed_dates: Vec<String>,
    /// Maintenance that is announced.
    #[serde(default)]
    pub maintenance: Vec<MaintenanceFile>,
}

/// The spans of each weekday, as "08:00-23:00"; "22:00-02:00" ends in the day after, "00:00-24:00" is
/// all day. A weekday that is left out is closed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Week {
    /// Monday.
    pub mon: Vec<String>,
    /// Tuesday.
    pub tue: Vec<String>,
    /// Wednesday.
    pub wed: Vec<String>,
    /// Thursday.
    pub thu: Vec<String>,
    /// Friday.
    pub fri: Vec<String>,
    /// Saturday.
    pub sat: Vec<String>,
    /// Sunday.
    pub sun: Vec<String>,
}

/// One maintenance.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MaintenanceFile {
    /// When it begins, as "2026-12-31 21:00".
    pub from: String,
    /// When it is over.
    pub to: String,
    /// What customers are told, one sentence.
    pub reason: Bilingual,
}

impl Week {
    fn spans(&self) -> [&[String]; 7] {
        let Self {
            mon,
            tue,
            wed,
            thu,
            fri,
            sat,
            sun,
        } = self;
        [mon, tue, wed, thu, fri, sat, sun].map(Vec::as_slice)
    }
}

/// The hours as they are asked, with every mistake told.
pub(crate) fn hours(
    source: &SourceFile,
    node: &Node,
    file: &HoursFile,
    found: &mut Vec<Diagnostic>,
) -> Hours {
    let Some(node) = node.get("hours") else {
        return Hours::default();
    };
    let mut reader = Reader {
        source,
        node,
        found,
    };
    // A week without a day would be a bank that never opens; no week at all is one that never closes.
    let is_given = node.get("week").is_some();
    Hours {
        week: is_given.then(|| reader.week(&file.week)),
        closed_dates: reader.closed_dates(&file.closed_dates),
        maintenance: reader.maintenance(&file.maintenance),
    }
}

struct Reader<'a> {
    source: &'a SourceFile,
    node: &'a Node,
    found: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn week(&mut self, week: &Week) -> BTreeMap<Day, Vec<Span>> {
        let mut spans = BTreeMap::new();
        for (name, texts) in DAYS.into_iter().zip(week.spans()) {
            let Some(day) = Day::of_name(name) else {
                continue;
            };
            let mut of_day: Vec<Span> = Vec::new();
            for (index, text) in texts.iter().enumerate() {
                match text.parse() {
                    Ok(span) => of_day.push(span),
                    Err(wrong) => {
                        let wrong: renkei_core::hours::NotASpan = wrong;
                        self.tell(&["week", name], index, "", &wrong.to_string());
                    }
                }
            }
            spans.insert(day, of_day);
        }
        if week.spans().iter().all(|texts| texts.is_empty()) {
            let at = self.node.position_of(&["week"]);
            let what = "no day has hours: the bank would never open";
            let diagnostic = Diagnostic::at(self.source, at, "hours.week", what);
            self.found
                .push(diagnostic.hint("remove `week` when the bank is open day and night"));
        }
        spans
    }

    fn closed_dates(&mut self, texts: &[String]) -> std::collections::BTreeSet<Date> {
        let mut dates = std::collections::BTreeSet::new();
        for (index, text) in texts.iter().enumerate() {
            match Date::parse(text, DATE) {
                Ok(date) => {
                    dates.insert(date);
                }
                Err(_) => self.tell(
                    &["closed_dates"],
                    index,
                    "",
                    "must be a date such as \"2026-12-31\"",
                ),
            }
        }
        dates
    }

    fn maintenance(&mut self, works: &[MaintenanceFile]) -> Vec<Maintenance> {
        let mut all = Vec::new();
        for (index, work) in works.iter().enumerate() {
            let mut instant = |key: &str, text: &str| {
                let at = instant(text);
                if at.is_none() {
                    let what = "must be a date and a time such as \"2026-12-31 21:00\"";
                    self.tell(&["maintenance"], index, key, what);
                }
                at
            };
            let (from, to) = (instant("from", &work.from), instant("to", &work.to));
            let Some((from, to)) = from.zip(to) else {
                continue;
            };
            if to <= from {
                self.tell(&["maintenance"], index, "to", "must be later than `from`");
            }
            all.push(Maintenance {
                from,
                to,
                reason: work.reason.clone(),
            });
        }
        all
    }

    /// A mistake in an item of a list.
    fn tell(&mut self, list: &[&str], index: usize, key: &str, what: &str) {
        let mut node = Some(self.node);
        for key in list {
            node = node.and_then(|node| node.get(key));
        }
        let item = node.and_then(|list| list.items().get(index));
        let place = item.and_then(|item| item.get(key)).or(item);
        let mut path = format!("hours.{}[{index}]", list.join("."));
        if !key.is_empty() {
            path = format!("{path}.{key}");
        }
        let at = place.unwrap_or(self.node).at;
        self.found
            .push(Diagnostic::at(self.source, at, &path, what));
    }
}

/// A moment by Japan's clock.
fn instant(text: &str) -> Option<Timestamp> {
    let at = PrimitiveDateTime::parse(&text.replace('T', " "), MOMENT).ok()?;
    let since_midnight = at.time().as_hms();
    let minutes = u64::from(since_midnight.0) * 60 + u64::from(since_midnight.1);
    let midnight = Timestamp::of_japan_midnight(at.date());
    Some(midnight.plus(std::time::Duration::from_secs(minutes * 60)))
}

const DATE: StaticFormatDescription = format_description!("[year]-[month]-[day]");
const MOMENT: StaticFormatDescription = format_description!("[year]-[month]-[day] [hour]:[minute]");

#[cfg(test)]
mod tests {
    use super::*;
    use renkei_core::hours::ServiceState;
    use time::macros::date;

    /// The hours of a file, and what is told of it.
    fn read(yaml: &str) -> (Hours, Vec<String>) {
        let source = SourceFile {
            name: "tenant.yaml".to_owned(),
            text: yaml.to_owned(),
        };
        let node = Node::parse(&source).unwrap();
        let file = node.get("hours").map(Node::to_json).unwrap_or_default();
        let file = HoursFile::deserialize(file).unwrap_or_default();
        let mut found = Vec::new();
        let hours = hours(&source, &node, &file, &mut found);
        let told = |d: &Diagnostic| format!("{}:{} {}: {}", d.line, d.column, d.path, d.what);
        (hours, found.iter().map(told).collect())
    }

    #[test]
    fn hours_are_read_by_japans_clock() {
        let (hours, told) = read(
            "hours:\n  week: { sat: [\"09:00-17:00\"] }\n  closed_dates: [2026-11-28]\n  maintenance:\n\
             \x20   - { from: 2026-11-21 10:00, to: 2026-11-21T11:00, reason: { ja: あ, en: a } }\n",
        );
        assert_eq!(told, Vec::<String>::new());
        let at = |day, hour: u64| {
            Timestamp::of_japan_midnight(day).plus(std::time::Duration::from_hours(hour))
        };
        let saturday = date!(2026 - 11 - 21);
        assert_eq!(hours.at(at(saturday, 9)), ServiceState::Open);
        assert_ne!(hours.at(at(saturday, 10)), ServiceState::Open);
        assert_eq!(hours.at(at(saturday, 11)), ServiceState::Open);
        assert_ne!(hours.at(at(date!(2026 - 11 - 28), 9)), ServiceState::Open);
        assert_ne!(hours.at(at(date!(2026 - 11 - 23), 9)), ServiceState::Open);
        assert_eq!(read("name: x\n").0, Hours::default());
    }

    #[test]
    fn every_mistake_is_told_where_it_stands() {
        let (_, told) = read(
            "hours:\n  week:\n    mon: [\"8-9\"]\n    sun: [\"08:00-09:00\", late]\n  closed_dates: [2026-02-30]\n\
             \x20 maintenance:\n    - { from: soon, to: 2026-11-21 11:00, reason: { ja: あ, en: a } }\n\
             \x20   - { from: 2026-11-21 11:00, to: 2026-11-21 11:00, reason: { ja: あ, en: a } }\n",
        );
        let places: Vec<&str> = told.iter().map(|t| t.split(": ").next().unwrap()).collect();
        let expected = [
            "3:11 hours.week.mon[0]",
            "4:26 hours.week.sun[1]",
            "5:18 hours.closed_dates[0]",
            "7:15 hours.maintenance[0].from",
            "8:37 hours.maintenance[1].to",
        ];
        assert_eq!(places, expected, "{told:#?}");
        assert_eq!(read("hours: { week: { sun: [] } }\n").1.len(), 1);
    }
}
