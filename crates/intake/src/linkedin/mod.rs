//! The archive LinkedIn sends to its members, into a profile.
//!
//! Only the files with the person's own profile are opened; messages, connections, advertising
//! and the like are never read. A fact's quote is the cell with its HTML entities decoded
//! (`R&amp;D` is `R&D`): the archive's own encoding, not words of the person.

mod archive;
mod files;
mod people;
pub(crate) mod snapshot;
mod table;

use std::collections::BTreeMap;

use crate::IntakeError;
use crate::collect::Collector;
use crate::evidence::{Evidence, SourceKind};
use table::Table;

/// Reads an archive.
pub(crate) fn read(source: &str, bytes: &[u8]) -> Result<Evidence, IntakeError> {
    let contents = archive::read(bytes)?;
    let mut collector = Collector::new(source, bytes);
    let mut tables: BTreeMap<&'static str, Table> = BTreeMap::new();
    for file in contents {
        if let Some(table) = Table::read(&file.name, file.kind, &file.bytes, &mut collector) {
            tables.insert(file.kind.key(), table);
        }
    }
    finish(collector, &tables, SourceKind::LinkedinExport)
}

/// Reads one CSV file that was taken out of its archive; `None` when it is none.
pub(crate) fn read_single(source: &str, bytes: &[u8]) -> Option<Result<Evidence, IntakeError>> {
    let kind = Table::kind_of_single(source, bytes)?;
    let mut collector = Collector::new(source, bytes);
    let table = Table::read(source, kind, bytes, &mut collector)?;
    let tables = BTreeMap::from([(kind.key(), table)]);
    Some(finish(collector, &tables, SourceKind::LinkedinExport))
}

fn finish(
    mut collector: Collector,
    tables: &BTreeMap<&'static str, Table>,
    kind: SourceKind,
) -> Result<Evidence, IntakeError> {
    people::read(&mut collector, tables);
    files::read(&mut collector, tables);
    if collector.profile.facts.is_empty() {
        return Err(IntakeError::ExportEmpty);
    }
    Ok(Evidence {
        kind,
        profile: collector.profile,
        notices: collector.notices,
        pages: Vec::new(),
    })
}
