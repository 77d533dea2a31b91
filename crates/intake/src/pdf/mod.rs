//! PDF files into a profile.

mod dates;
mod document;
mod glyphs;
mod layout;
mod limits;
mod segments;
mod vocabulary;

/// x
pub fn dump(bytes: &[u8]) -> Result<String, crate::IntakeError> {
    use std::fmt::Write;
    let mut out = String::new();
    let document = document::open(bytes)?;
    let l = layout::read(&document);
    for (name, rows) in [("MAIN", &l.main), ("SIDE", &l.side)] {
        let _ = writeln!(out, "{name} {:?}", l.gutter);
        for row in rows {
            let _ = writeln!(out, "{} {:3} {:6.1} {:5.1} s{:4.1} | {}", row.page(), l.line_number(row.page(), row.y()), row.y(), row.left(), row.size(), row.cells.iter().map(|c| format!("{}{}{:.0}:{}{}", if c.marked {"* "} else {""}, if c.all_bold() {"B "} else {""}, c.left, c.text, if vocabulary::heading(&c.text).is_some() {" <H>"} else {""})).collect::<Vec<_>>().join("  ||  "));
        }
    }
    Ok(out)
}
