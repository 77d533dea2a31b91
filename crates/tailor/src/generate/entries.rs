//! An entry as a block: header, sentences, bullets, keywords.

use std::collections::BTreeSet;

use career::{Block, BlockId, Cite, Claim, Entry, Field, Piece, SectionKind, Slot};

use super::compose::{Composer, cited, date, glue, joined, shows};
use super::head::address;
use crate::relevance::Relevance;
use crate::units::statements;

/// The block of an entry; `None` when it shows nothing.
pub(super) fn block(
    composer: &mut Composer<'_>,
    entry: &Entry,
    relevance: &Relevance<'_>,
) -> Option<Block> {
    let header = header(composer, entry);
    let lines = lines(composer, entry, relevance);
    (!header.is_empty() || !lines.is_empty()).then(|| Block {
        id: BlockId(entry.id.0.clone()),
        header,
        lines,
    })
}

fn header(composer: &mut Composer<'_>, entry: &Entry) -> Vec<Claim> {
    let id = Some(&entry.id);
    let mut header = Vec::new();
    // A degree goes on with its field; a project's name does not go on with a role.
    let between = if entry.section == SectionKind::Projects {
        " · "
    } else {
        ", "
    };
    let mut title = joined(entry.title.iter().chain(&entry.subtitle), between);
    if let Some(score) = entry.score.as_ref().filter(|score| shows(score)) {
        if !title.is_empty() {
            title.push(glue(" · "));
        }
        title.push(cited(&score.cite));
    }
    header.extend(composer.claim(Slot::Title, id, title));
    if let Some(organization) = &entry.organization {
        header.extend(composer.field(Slot::Organization, id, organization));
    }
    if let Some(location) = &entry.location {
        header.extend(composer.field(Slot::Location, id, location));
    }
    header.extend(composer.claim(Slot::Dates, id, dates(entry)));
    // A project is its address; an employer's everybody can find.
    if entry.section == SectionKind::Projects
        && let Some(url) = entry
            .url
            .as_ref()
            .filter(|url| url.text.chars().count() <= 70)
    {
        header.extend(composer.claim(Slot::Link, id, address(std::slice::from_ref(url))));
    }
    header
}

/// From – to, or the one date there is.
fn dates(entry: &Entry) -> Vec<Piece> {
    let start = entry.start.as_ref().filter(|start| shows(&start.field));
    let end = entry.end.as_ref().filter(|end| shows(&end.field));
    match (start, end) {
        (Some(start), _) if entry.single_date => vec![date(start)],
        (Some(start), Some(end)) => {
            let same = match (start.date, end.date) {
                (Some(from), Some(to)) => from.year == to.year && from.month == to.month,
                _ => start.field.text == end.field.text,
            };
            if same {
                vec![date(start)]
            } else {
                vec![date(start), glue(" – "), date(end)]
            }
        }
        // An end that shows nothing is still no "present".
        (Some(start), None) if entry.is_current() && start.date.is_some() => {
            vec![date(start), glue(" – "), Piece::Present]
        }
        (Some(start), None) => vec![date(start)],
        (None, Some(end)) => vec![date(end)],
        (None, None) => Vec::new(),
    }
}

fn lines(composer: &mut Composer<'_>, entry: &Entry, relevance: &Relevance<'_>) -> Vec<Claim> {
    let mut seen = BTreeSet::new();
    let told = statement_lines(composer, entry, &entry.summary, Slot::Sentence, &mut seen);
    let mut bullets = statement_lines(composer, entry, &entry.highlights, Slot::Bullet, &mut seen);
    let value = |claim: &Claim| relevance.value(&relevance.answers(claim));
    bullets.sort_by(|one, other| {
        let foreign = |claim| relevance.is_foreign(claim);
        let better = value(other).total_cmp(&value(one));
        better.then_with(|| foreign(one).cmp(&foreign(other)))
    });
    let mut lines = told;
    lines.extend(bullets);
    lines.extend(keywords(composer, entry, relevance));
    lines
}

fn statement_lines(
    composer: &mut Composer<'_>,
    entry: &Entry,
    fields: &[Field],
    slot: Slot,
    seen: &mut BTreeSet<String>,
) -> Vec<Claim> {
    let cites: Vec<Cite> = fields
        .iter()
        .flat_map(|field| statements(field, slot == Slot::Sentence))
        .collect();
    cites
        .iter()
        .filter_map(|cite| composer.claim(slot, Some(&entry.id), vec![cited(cite)]))
        .filter(|claim| seen.insert(claim.text.to_lowercase()))
        .collect()
}

/// Keywords as one line: a project's tools all of them, those that answer first; elsewhere
/// (courses) only those that answer.
fn keywords(
    composer: &mut Composer<'_>,
    entry: &Entry,
    relevance: &Relevance<'_>,
) -> Option<Claim> {
    let mut seen = BTreeSet::new();
    let mut words: Vec<(bool, &Field)> = entry
        .keywords
        .iter()
        .filter(|word| shows(word) && seen.insert(word.text.to_lowercase()))
        .map(|word| {
            let cite = &word.cite;
            (
                relevance
                    .of_span(&cite.fact, cite.start, cite.end)
                    .next()
                    .is_some(),
                word,
            )
        })
        .collect();
    words.sort_by_key(|(answers, _)| !answers);
    if entry.section != SectionKind::Projects {
        words.retain(|(answers, _)| *answers);
    }
    let pieces = joined(words.into_iter().map(|(_, word)| word), ", ");
    composer.claim(Slot::Skills, Some(&entry.id), pieces)
}
