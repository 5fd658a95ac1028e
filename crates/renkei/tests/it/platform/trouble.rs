//! What may happen to a database.

use std::process::Command;

use super::{Platform, hang_up_on_all, sql};

impl Platform {
    /// The PostgreSQL database hangs up on everybody and takes nobody.
    pub(crate) fn take_database_away(&self) {
        let name = self.database_url.rsplit('/').next().unwrap();
        sql(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
        hang_up_on_all(name);
    }

    /// It takes connections again.
    pub(crate) fn bring_database_back(&self) {
        let name = self.database_url.rsplit('/').next().unwrap();
        sql(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
    }

    /// The PostgreSQL database hangs up on everybody, and whoever comes back may only read; or may
    /// write again.
    pub(crate) fn set_database_read_only(&self, read_only: bool) {
        let name = self.database_url.rsplit('/').next().unwrap();
        sql(&format!(
            "ALTER DATABASE {name} SET default_transaction_read_only = {read_only}"
        ));
        if read_only {
            hang_up_on_all(name);
        }
    }

    /// The SQLite files take no change; `false` when this machine cannot do that to a file.
    pub(crate) fn set_files_immutable(&self, immutable: bool) -> bool {
        let flag = if immutable { "+i" } else { "-i" };
        let files = ["renkei.db", "renkei.db-wal"].map(|name| self.folder.join(name));
        let done = Command::new("chattr").arg(flag).args(files).output();
        done.is_ok_and(|done| done.status.success())
    }

    /// No file of the process may grow any more, as on a full disk; or every file may again.
    pub(crate) fn set_disk_full(&self, full: bool) {
        let id = self.process.as_ref().unwrap().id().to_string();
        let limit = if full {
            "--fsize=1:"
        } else {
            "--fsize=unlimited:"
        };
        let done = Command::new("prlimit").args(["--pid", &id, limit]).status();
        assert!(done.unwrap().success());
    }
}
