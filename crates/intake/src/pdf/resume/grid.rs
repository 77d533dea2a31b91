//! Entries that stand side by side, brought under each other.

use super::super::dates;
use super::super::layout::Row;
use super::super::segments::Segment;
use super::fields::is_place;

/// A section's rows with its columns one after the other. Columns begin at a row of several titles
/// of one look; a date or a place at the right end of a title's row is no title.
pub(super) fn unfold(rows: Vec<Row>) -> Vec<Row> {
    let Some(at) = rows.iter().position(is_head) else {
        return rows;
    };
    let starts: Vec<f32> = rows[at].cells.iter().map(|cell| cell.left).collect();
    let mut unfolded: Vec<Row> = rows[..at].to_vec();
    for (number, start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(f32::MAX);
        let from = if number == 0 { 0.0 } else { *start };
        for row in &rows[at..] {
            let cells: Vec<Segment> = row
                .cells
                .iter()
                .filter(|cell| cell.left >= from - 3.0 && cell.left < end - 3.0)
                .cloned()
                .map(|mut cell| {
                    let moved = start - starts[0];
                    cell.left -= moved;
                    cell.right -= moved;
                    cell.shift += moved;
                    cell
                })
                .collect();
            if !cells.is_empty() {
                unfolded.push(Row { cells });
            }
        }
    }
    unfolded
}

fn is_head(row: &Row) -> bool {
    let Some(first) = row.cells.first() else {
        return false;
    };
    row.cells.len() > 1
        && row.cells.iter().all(|cell| {
            cell.all_bold()
                && (cell.size - first.size).abs() < 0.2
                && dates::whole(&cell.text).is_none()
                && !dates::is_duration(&cell.text)
                && !is_place(&cell.text)
        })
}
