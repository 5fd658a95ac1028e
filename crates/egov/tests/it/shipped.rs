//! The procedures that we ship.

use std::path::Path;

use renkei_egov::procedure::{ProcedureFile, Procedures};
use renkei_egov::script::{Trigger, scheduled};
use renkei_tenant::load_documents;

use crate::people::now;

fn shipped() -> Vec<ProcedureFile> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../egov/procedures");
    let files = load_documents::<ProcedureFile>(Path::new(folder));
    let files = files.unwrap_or_else(|found| panic!("{found:#?}"));
    files.into_iter().map(|(_, file)| file).collect()
}

#[test]
fn the_shipped_procedures_are_in_order_and_run_in_a_sandbox_only() {
    let all: Vec<_> = shipped()
        .into_iter()
        .flat_map(|file| file.procedures)
        .collect();
    let procedures = Procedures::new(all.clone(), true).unwrap();
    assert_eq!(procedures.iter().count(), all.len());
    assert!(Procedures::new(all, false).is_err());
}

#[test]
fn the_recorded_outcomes_hang_on_procedure_and_folder() {
    let all = shipped().into_iter().flat_map(|file| file.procedures);
    let procedures = Procedures::new(all, true).unwrap();
    let acts = |id: &str, folder: u32| {
        let found = procedures.iter().find(|one| one.id.as_str() == id).unwrap();
        let name = format!("{id}({folder})");
        scheduled(&found.scripts, Trigger::Arrival, &name, now()).len()
    };
    assert_eq!(acts("900A010200001000", 2), 2);
    assert_eq!(acts("900A010002008000", 1), 1);
    assert_eq!(acts("900A010002008000", 4), 4);
    assert_eq!(acts("900A000100015000", 6), 2);
    assert_eq!(acts("900A010000004000", 1), 0);
}

#[test]
fn a_mistake_is_told_with_its_place() {
    let folder = std::env::temp_dir().join(format!("renkei-procedures-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let text = "procedures:\n  - id: 900A010200001000\n    nmae: x\n";
    std::fs::write(folder.join("wrong.yaml"), text).unwrap();
    let found = load_documents::<ProcedureFile>(&folder);
    std::fs::remove_dir_all(&folder).unwrap();
    let told = format!("{:?}", found.unwrap_err());
    assert!(told.contains("nmae"), "{told}");
}
