//! Keeps the links in one JSON file that only its owner may read (mode 0600) and that is replaced as a
//! whole, so a crash leaves the old or the new one. A sample's size: everything is in memory, every change
//! writes the file.

use std::collections::BTreeMap;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Context;

use crate::link::{Link, LinkId, Owner, Snapshot, Tokens};
use crate::platform::Grant;

/// The book of links.
pub(crate) struct Ledger {
    path: PathBuf,
    links: Mutex<BTreeMap<LinkId, Link>>,
}

impl Ledger {
    /// Opens `links.json` in a folder that is made when it is not there.
    pub(crate) fn open(folder: &Path) -> anyhow::Result<Self> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.with_context(|| format!("cannot make the folder {}", folder.display()))?;
        let path = folder.join("links.json");
        let links = match File::open(&path) {
            Ok(file) => serde_json::from_reader(std::io::BufReader::new(file)).map_err(|error| {
                // The reason would quote what stands there, tokens included.
                let (line, column) = (error.line(), error.column());
                anyhow::anyhow!(
                    "{}:{line}:{column}: not readable\n\nhint: move the file away to start without links",
                    path.display()
                )
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(error).with_context(|| format!("cannot open {}", path.display())),
        };
        Ok(Self {
            path,
            links: Mutex::new(links),
        })
    }

    /// The owner's link of that id.
    pub(crate) fn find(&self, owner: &Owner, id: &str) -> Option<Link> {
        let links = self.locked();
        links
            .values()
            .find(|link| link.id.as_str() == id && link.owner == *owner)
            .cloned()
    }

    /// The owner's links, oldest first.
    pub(crate) fn of(&self, owner: &Owner) -> Vec<Link> {
        let mut links: Vec<_> = self
            .locked()
            .values()
            .filter(|link| link.owner == *owner)
            .cloned()
            .collect();
        links.sort_by_key(|link| link.linked_at);
        links
    }

    pub(crate) fn knows(&self, owner: &Owner) -> bool {
        self.locked().values().any(|link| link.owner == *owner)
    }

    /// Enters a new link, or renews the one of the same id: it keeps its first day and what was read last,
    /// and belongs to whoever has just consented.
    pub(crate) fn enter(&self, link: Link) -> anyhow::Result<Entered> {
        let mut links = self.locked();
        let earlier = links.get(&link.id);
        let entered = if earlier.is_some() {
            Entered::Renewed
        } else {
            Entered::New
        };
        let link = match earlier {
            Some(earlier) => {
                let snapshot = earlier
                    .snapshot
                    .clone()
                    .filter(|_| earlier.owner == link.owner);
                Link {
                    linked_at: earlier.linked_at,
                    snapshot,
                    ..link
                }
            }
            None => link,
        };
        links.insert(link.id.clone(), link);
        self.write(&links)?;
        Ok(entered)
    }

    /// What a refresh gave. A refresh token that is not replaced stays (RFC 6749 section 6).
    pub(crate) fn keep_grant(&self, id: &LinkId, grant: Grant) -> anyhow::Result<()> {
        self.change(id, |link| {
            let refresh = grant.tokens.refresh.or_else(|| link.tokens.refresh.take());
            link.tokens = Tokens {
                refresh,
                ..grant.tokens
            };
            link.scopes = grant.scopes;
            link.expires_at = grant.link_expires_at;
        })
    }

    /// What was read from the bank.
    pub(crate) fn keep_snapshot(&self, id: &LinkId, snapshot: &Snapshot) -> anyhow::Result<()> {
        self.change(id, |link| link.snapshot = Some(snapshot.clone()))
    }

    /// The platform says that the link is over.
    pub(crate) fn end(&self, id: &LinkId) -> anyhow::Result<()> {
        self.change(id, |link| link.has_ended = true)
    }

    /// Removes a link and everything read through it.
    pub(crate) fn forget(&self, id: &LinkId) -> anyhow::Result<()> {
        let mut links = self.locked();
        links.remove(id);
        self.write(&links)
    }

    fn change(&self, id: &LinkId, change: impl FnOnce(&mut Link)) -> anyhow::Result<()> {
        let mut links = self.locked();
        if let Some(link) = links.get_mut(id) {
            change(link);
            self.write(&links)?;
        }
        Ok(())
    }

    fn write(&self, links: &BTreeMap<LinkId, Link>) -> anyhow::Result<()> {
        let fresh = self.path.with_extension("json.new");
        let shown = fresh.display();
        let written = || -> anyhow::Result<()> {
            let mut options = OpenOptions::new();
            let mut file = options
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&fresh)?;
            file.write_all(&serde_json::to_vec_pretty(links)?)?;
            file.sync_all()?;
            Ok(std::fs::rename(&fresh, &self.path)?)
        };
        written().with_context(|| format!("cannot write {shown}"))
    }

    fn locked(&self) -> MutexGuard<'_, BTreeMap<LinkId, Link>> {
        self.links.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What entering a link did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entered {
    New,
    Renewed,
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use time::macros::datetime;

    use super::*;
    use crate::link::tests::link;

    const SOON: time::OffsetDateTime = datetime!(2026-12-01 00:00 UTC);
    const LATER: time::OffsetDateTime = datetime!(2027-03-01 00:00 UTC);

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("ledger-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn links_survive_a_restart_in_a_file_nobody_else_reads() {
        let folder = folder("restart");
        let me = Owner::new("me".to_owned());
        Ledger::open(&folder)
            .unwrap()
            .enter(link("lnk_1", "me", SOON))
            .unwrap();
        let again = Ledger::open(&folder).unwrap();
        assert_eq!(again.of(&me).len(), 1);
        assert!(again.knows(&me) && !again.knows(&Owner::new("you".to_owned())));
        let mode = std::fs::metadata(folder.join("links.json"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_renewed_link_is_not_a_second_one() {
        let ledger = Ledger::open(&folder("renewed")).unwrap();
        assert_eq!(
            ledger.enter(link("lnk_1", "me", SOON)).unwrap(),
            Entered::New
        );
        ledger.end(&LinkId::new("lnk_1".to_owned())).unwrap();
        assert_eq!(
            ledger.enter(link("lnk_1", "me", LATER)).unwrap(),
            Entered::Renewed
        );
        let links = ledger.of(&Owner::new("me".to_owned()));
        assert_eq!(links.len(), 1);
        assert!(
            links
                .iter()
                .all(|link| link.expires_at == Some(LATER) && !link.has_ended)
        );
    }

    #[test]
    fn nobody_finds_the_link_of_another() {
        let ledger = Ledger::open(&folder("others")).unwrap();
        ledger.enter(link("lnk_1", "me", SOON)).unwrap();
        assert!(
            ledger
                .find(&Owner::new("you".to_owned()), "lnk_1")
                .is_none()
        );
        assert!(ledger.find(&Owner::new("me".to_owned()), "lnk_1").is_some());
    }

    #[test]
    fn a_damaged_file_is_named_but_not_quoted() {
        let folder = folder("damaged");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("links.json"), "{\"lnk_1\": \"planted\"}").unwrap();
        let error = Ledger::open(&folder).err().unwrap();
        assert!(format!("{error:#}").contains("links.json:1:"));
        assert!(!format!("{error:#}").contains("planted"));
    }
}
