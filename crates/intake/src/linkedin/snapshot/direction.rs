//! Who speaks of whom: endorsements and recommendations that were received, apart from those given.

use std::collections::BTreeSet;

use super::{Row, Rows};

fn cell<'a>((_, cells): &'a Row, name: &str) -> &'a str {
    let mut cells = cells.iter();
    let cell = cells.find(|(column, _)| column.eq_ignore_ascii_case(name));
    cell.map_or("", |(_, words)| words.trim())
}

/// Those somebody else gave. A row names the other person as the endorser or the endorsee; one that
/// names neither says nothing about the member.
pub(super) fn received_endorsements(rows: Rows) -> Rows {
    let names = |(_, cells): &Row, role: &str, filled: bool| {
        cells.iter().any(|(column, words)| {
            column.to_lowercase().starts_with(role) && !(filled && words.trim().is_empty())
        })
    };
    rows.into_iter()
        .filter(|row| names(row, "endorser", false) && !names(row, "endorsee", true))
        .collect()
}

/// The words of a person's name, each with a capital: `Will` is a name and `will` is none.
pub(super) fn names(row: Option<&Row>) -> BTreeSet<String> {
    let Some(row) = row else {
        return BTreeSet::new();
    };
    let columns = ["First Name", "Last Name"];
    let words = columns
        .iter()
        .flat_map(|column| words_of(cell(row, column)));
    // An initial stands in too many other words' place.
    words
        .filter(|word| word.chars().count() > 1)
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect()
        })
        .collect()
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Recommendations that were received, and the rest. LinkedIn gives both in one table in which nothing
/// says which is which, the other person's name stands in the same columns, and the status is empty. So
/// a row counts as received only when its own text does: it speaks of the member by name, and not of the
/// other person by theirs.
pub(super) fn recommendations(rows: Rows, member: &BTreeSet<String>) -> (Rows, Rows) {
    rows.into_iter().partition(|row| {
        let text: BTreeSet<&str> = words_of(cell(row, "Text")).collect();
        let other = names(Some(row));
        let of_other = other
            .difference(member)
            .any(|name| text.contains(name.as_str()));
        !of_other && member.iter().any(|name| text.contains(name.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(&str, &str)]) -> Row {
        let cells = cells.iter();
        let cells = cells.map(|(name, words)| ((*name).to_owned(), (*words).to_owned()));
        ("/0".to_owned(), cells.collect())
    }

    #[test]
    fn an_endorsement_counts_only_when_somebody_else_is_its_endorser() {
        for (cells, counts) in [
            (
                vec![("Endorser First Name", "A"), ("Skill Name", "Rust")],
                true,
            ),
            // Whoever left LinkedIn has no name there any more.
            (
                vec![("Endorser First Name", ""), ("Skill Name", "Rust")],
                true,
            ),
            (
                vec![("Endorser First Name", "A"), ("Endorsee First Name", "")],
                true,
            ),
            (
                vec![("Endorser First Name", ""), ("Endorsee First Name", "B")],
                false,
            ),
            (
                vec![("Endorsee First Name", "B"), ("Skill Name", "Rust")],
                false,
            ),
            (vec![("Skill Name", "Rust")], false),
        ] {
            let received = received_endorsements(vec![row(&cells)]);
            assert_eq!(received.len(), usize::from(counts), "{cells:?}");
        }
    }

    #[test]
    fn a_recommendation_counts_as_received_only_when_its_text_says_so() {
        let member = names(Some(&row(&[
            ("First Name", "Marisol"),
            ("Last Name", "Okafor-Lindqvist"),
        ])));
        for (text, received) in [
            ("Marisol rebuilt our ledger.", true),
            ("Ms. Okafor rebuilt our ledger.", true),
            ("Priya taught me how to run a ledger.", false),
            ("Marisol here: Priya is the best lead I had.", false),
            ("A pleasure to work with.", false),
            ("I marisol nothing.", false),
            ("", false),
        ] {
            let cells = [("First Name", "Priya"), ("Last Name", "N"), ("Text", text)];
            let (found, rest) = recommendations(vec![row(&cells)], &member);
            assert_eq!(
                (found.len(), rest.len()),
                (usize::from(received), usize::from(!received)),
                "{text}"
            );
        }
        let cells = [
            ("First Name", "Marisol"),
            ("Text", "Marisol is a namesake."),
        ];
        let (found, _) = recommendations(vec![row(&cells)], &member);
        assert_eq!(
            found.len(),
            1,
            "a namesake's words still speak of that name"
        );
        let (found, _) = recommendations(vec![row(&cells)], &BTreeSet::new());
        assert!(
            found.is_empty(),
            "nobody is named when the member's name is unknown"
        );
    }
}
