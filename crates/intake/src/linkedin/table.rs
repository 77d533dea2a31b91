//! One CSV file of the archive: finds the header, reads the rows, makes facts of cells.

use career::fact::Locator;
use career::{DateField, Fact, Field};
use csv::{ReaderBuilder, StringRecord};

use super::archive::FileKind;
use crate::collect::{Collector, trimmed};
use crate::decode;

/// Notes may stand above the header; it is looked for in this many rows.
const HEADER_WITHIN: usize = 25;
/// The most rows of one file that are read.
const MAX_ROWS: usize = 50_000;
/// The most columns: the archive's widest file has a dozen. Cells are looked for by their column.
const MAX_COLUMNS: usize = 200;

/// A table in memory.
pub(super) struct Table {
    place: Place,
    header: Vec<String>,
    rows: Vec<StringRecord>,
}

/// Where a table is from, for locators of its cells.
enum Place {
    /// A file of the archive.
    File(String),
    /// Objects of a JSON answer, each at its pointer.
    Objects(Vec<String>),
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'a Table,
    number: usize,
}

impl Table {
    /// Reads a file; `None` when no row of it can be the header.
    pub(super) fn read(
        file: &str,
        kind: FileKind,
        bytes: &[u8],
        collector: &mut Collector,
    ) -> Option<Self> {
        let text = decode::lenient(bytes);
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut records = reader.records().filter_map(Result::ok);
        let header = records
            .by_ref()
            .take(HEADER_WITHIN)
            .map(|record| cells(&record))
            .find(|cells: &Vec<String>| {
                cells
                    .iter()
                    .any(|cell| kind.columns().contains(&cell.to_lowercase().as_str()))
            })?;
        let rows: Vec<StringRecord> = records.by_ref().take(MAX_ROWS).collect();
        if records.next().is_some() {
            collector.notices.push(format!("too_many_rows:{file}"));
        }
        Some(Self {
            place: Place::File(file.to_owned()),
            header,
            rows,
        })
    }

    /// Rows that came as objects: their pointers and their fields.
    pub(super) fn of_objects(objects: Vec<(String, Vec<(String, String)>)>) -> Self {
        let mut header: Vec<String> = Vec::new();
        for (name, _) in objects.iter().flat_map(|(_, fields)| fields) {
            if header.len() < MAX_COLUMNS && !header.contains(name) {
                header.push(name.clone());
            }
        }
        let row = |fields: &[(String, String)]| {
            let cell = |name| {
                let field = fields.iter().find(|(key, _)| key == name);
                field.map_or("", |(_, words)| words.as_str())
            };
            header.iter().map(cell).collect::<StringRecord>()
        };
        let rows = objects.iter().map(|(_, fields)| row(fields)).collect();
        let pointers = objects.into_iter().map(|(pointer, _)| pointer).collect();
        Self {
            place: Place::Objects(pointers),
            header,
            rows,
        }
    }

    /// The kind of a CSV file that came without its archive.
    pub(super) fn kind_of_single(file: &str, bytes: &[u8]) -> Option<FileKind> {
        let text = decode::lenient(bytes);
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let records = reader.records().filter_map(Result::ok);
        records.take(HEADER_WITHIN).find_map(|record| {
            let header: Vec<String> = cells(&record)
                .iter()
                .map(|cell| cell.to_lowercase())
                .collect();
            FileKind::of_single(file, &header)
        })
    }

    /// All rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|number| Row {
            table: self,
            number,
        })
    }
}

fn cells(record: &StringRecord) -> Vec<String> {
    let cells = record.iter().take(MAX_COLUMNS);
    cells.map(|cell| cell.trim().to_owned()).collect()
}

impl Row<'_> {
    fn column(self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            self.table
                .header
                .iter()
                .position(|cell| cell.eq_ignore_ascii_case(name))
        })
    }

    /// The words of the first filled column of these names, entities decoded.
    pub(super) fn words(self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let column = self.column(&[name])?;
            let cell = self.table.rows.get(self.number)?.get(column)?;
            let decoded = html_escape::decode_html_entities(cell);
            (!decoded.trim().is_empty()).then(|| decoded.into_owned())
        })
    }

    /// The fact of the first filled column of these names.
    pub(super) fn fact(self, collector: &mut Collector, names: &[&str]) -> Option<Fact> {
        let name = names.iter().find(|name| self.words(&[name]).is_some())?;
        let words = self.words(&[name])?;
        Some(collector.fact(self.locator(name)?, &words))
    }

    /// Where a cell stands.
    pub(super) fn locator(self, name: &str) -> Option<Locator> {
        let column = self.column(&[name])?;
        let column = self.table.header.get(column)?.clone();
        Some(match &self.table.place {
            Place::File(file) => Locator::CsvCell {
                file: file.clone(),
                row: u32::try_from(self.number + 1).ok()?,
                column,
            },
            Place::Objects(pointers) => {
                let key = column.replace('~', "~0").replace('/', "~1");
                let pointer = format!("{}/{key}", pointers.get(self.number)?);
                Locator::JsonPointer { pointer }
            }
        })
    }

    /// The field of the first filled column of these names.
    pub(super) fn field(self, collector: &mut Collector, names: &[&str]) -> Option<Field> {
        self.fact(collector, names).as_ref().and_then(trimmed)
    }

    /// A date.
    pub(super) fn date(self, collector: &mut Collector, names: &[&str]) -> Option<DateField> {
        self.field(collector, names).map(DateField::read)
    }

    /// Keeps cells that no field holds.
    pub(super) fn keep(self, collector: &mut Collector, names: &[&str]) {
        for name in names {
            if let (Some(words), Some(locator)) = (self.words(&[name]), self.locator(name)) {
                collector.keep_unread(locator, words);
            }
        }
    }
}
