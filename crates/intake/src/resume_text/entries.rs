//! The entries of a section: where each begins, what its first lines say, what it tells.

use career::{Entry, Fact, Field, SectionKind};

use super::Line;
use super::period::{self, Period};
use super::vocabulary::{has_degree, has_firm, has_role, has_school, is_place};
use crate::collect::{Collector, put_dates, span_of, trimmed};

/// The longest line that can be the head of an entry, in characters.
const LONGEST_HEAD: usize = 140;
/// The longest line whose parts are told apart, in bytes.
const LONGEST_LINE: usize = 2_000;

/// Reads the entries of one section.
pub(crate) fn read(collector: &mut Collector, kind: SectionKind, lines: &[Line]) {
    for range in ranges(kind, lines) {
        let block = &lines[range.0..range.1];
        if block.iter().any(|line| !line.is_gap()) {
            entry(collector, kind, block);
        }
    }
}

fn dated(line: &Line) -> bool {
    !line.bullet && is_head(line) && period::find(&line.text).is_some()
}

/// Whether a line says anything beside its date.
fn says_more(line: &Line) -> bool {
    let text = line.text.as_str();
    period::find(text).is_some_and(|period| {
        let (before, after) = (&text[..period.span.0], &text[period.span.1..]);
        before.chars().chain(after.chars()).any(char::is_alphabetic)
    })
}

fn stands_out(line: &Line) -> bool {
    line.bold && is_head(line)
}

fn is_head(line: &Line) -> bool {
    !line.is_gap() && !line.bullet && line.text.chars().count() <= LONGEST_HEAD
}

/// Where entries begin and end.
fn ranges(kind: SectionKind, lines: &[Line]) -> Vec<(usize, usize)> {
    let mut starts: Vec<usize> = Vec::new();
    let filled: Vec<usize> = (0..lines.len())
        .filter(|number| !lines[*number].is_gap())
        .collect();
    let one_line = matches!(
        kind,
        SectionKind::Certificates | SectionKind::Awards | SectionKind::Publications
    );
    let top = filled
        .iter()
        .filter_map(|number| lines[*number].level)
        .min();
    let anchors: Vec<usize> = filled
        .iter()
        .copied()
        .filter(|at| dated(&lines[*at]))
        .collect();
    if top.is_some() {
        starts.extend(filled.iter().filter(|number| lines[**number].level == top));
    } else if anchors.is_empty() && filled.iter().any(|at| stands_out(&lines[*at])) {
        // Without dates and levels, bold lines are what stands out.
        starts.extend(filled.iter().filter(|at| stands_out(&lines[**at])));
    } else if one_line
        && filled
            .iter()
            .all(|number| lines[*number].bullet || is_head(&lines[*number]))
    {
        starts.clone_from(&filled);
    } else if let Some(first) = anchors.first() {
        // As many lines as stand above the first date stand above each.
        let above = filled
            .iter()
            .filter(|number| *number < first)
            .count()
            .min(2);
        for anchor in &anchors {
            let mut start = *anchor;
            for _ in 0..above {
                let before = start.checked_sub(1).filter(|before| {
                    is_head(&lines[*before]) && anchors.binary_search(before).is_err()
                });
                start = before.unwrap_or(start);
            }
            // A date alone right under the head of an entry belongs to it.
            let begins = starts.last().is_none_or(|last| {
                let between = &lines[*last..start];
                let told = between.iter().any(|line| line.is_gap() || line.bullet);
                told || above > 0 || says_more(&lines[start])
            });
            if begins && starts.last() != Some(&start) {
                starts.push(start);
            }
        }
    } else {
        // Without dates and headings a line under a gap or under bullets begins an entry.
        for (position, number) in filled.iter().enumerate() {
            let before = number.checked_sub(1).map(|before| &lines[before]);
            let begins = before.is_none_or(|line| line.is_gap() || line.bullet);
            if (begins && !lines[*number].bullet) || position == 0 {
                starts.push(*number);
            }
        }
    }
    if let (Some(first), Some(start)) = (filled.first(), starts.first_mut()) {
        *start = (*start).min(*first);
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().copied().zip(ends).collect()
}

fn entry(collector: &mut Collector, kind: SectionKind, block: &[Line]) {
    let mut entry = collector.entry(kind);
    let mut heads: Vec<Field> = Vec::new();
    let mut dates = 0;
    let mut in_head = true;
    let mut paragraph: Vec<&Line> = Vec::new();
    for line in block {
        if line.is_gap() || line.bullet {
            flush(collector, &mut paragraph, &mut entry);
        }
        if line.is_gap() {
            continue;
        }
        let found = period::find(&line.text).filter(|_| is_head(line) && dates == 0);
        let few = heads.len() < 6;
        let first = heads.is_empty() && entry.start.is_none();
        in_head &= !line.bullet && is_head(line) && few && !ends_sentence(line, found.as_ref());
        // Behind the date a line of many words tells something.
        in_head &= dates == 0 || line.text.split_whitespace().count() < 7;
        // A date may come late, but not after the first sentence.
        let told = !entry.summary.is_empty() || !entry.highlights.is_empty();
        let late = found.is_some() && !told && paragraph.is_empty();
        if first || in_head || late {
            let fact = collector.fact(line.locator(), &line.text);
            if let Some(period) = found {
                dates += 1;
                put_dates(&fact, &period, &mut entry);
                heads.extend(pieces(&fact, (0, period.span.0)));
                heads.extend(pieces(&fact, (period.span.1, fact.quote.len())));
            } else {
                heads.extend(pieces(&fact, (0, fact.quote.len())));
            }
        } else if line.bullet {
            let fact = collector.fact(line.locator(), &line.text);
            entry.highlights.extend(trimmed(&fact));
        } else {
            paragraph.push(line);
        }
    }
    flush(collector, &mut paragraph, &mut entry);
    assign(collector, kind, heads, &mut entry);
    collector.push(entry);
}

fn ends_sentence(line: &Line, period: Option<&Period>) -> bool {
    let words = line.text.split_whitespace().count();
    let name = line.level.is_some() || has_firm(&line.text);
    period.is_none() && !name && words >= 5 && line.text.ends_with(['.', '!', ':'])
}

/// Lines that follow each other are one paragraph.
fn flush(collector: &mut Collector, paragraph: &mut Vec<&Line>, entry: &mut Entry) {
    let Some(first) = paragraph.first() else {
        return;
    };
    let text: Vec<&str> = paragraph.iter().map(|line| line.text.as_str()).collect();
    let fact = collector.fact(first.locator(), &text.join(" "));
    entry.summary.extend(trimmed(&fact));
    paragraph.clear();
}

/// The parts of a line's head: parted by bars, dashes with space around them, tabs, wide gaps.
fn pieces(fact: &Fact, (from, to): (usize, usize)) -> Vec<Field> {
    let Some(text) = fact.quote.get(from..to) else {
        return Vec::new();
    };
    let mut cuts = vec![(0, 0)];
    for separator in [
        " | ", "|", "\t", "   ", " — ", " – ", " - ", " · ", " • ", " @ ", " at ",
    ] {
        cuts.extend(
            text.match_indices(separator)
                .map(|(at, part)| (at, at + part.len())),
        );
    }
    cuts.push((text.len(), text.len()));
    cuts.sort_unstable();
    let mut fields = Vec::new();
    for pair in cuts.windows(2) {
        let (start, end) = (pair[0].1, pair[1].0);
        let Some(part) = text.get(start..end) else {
            continue;
        };
        let mark = |sign: char| sign.is_whitespace() || ",|:;–—-·•".contains(sign);
        let mut words = part.trim_start_matches(mark);
        let begin = end - words.len();
        words = words.trim_end_matches(mark);
        // A bracket that the date left open or closed.
        let words = words.trim_end_matches(['(', '[']).trim_end();
        let (opened, closed) = (words.matches('(').count(), words.matches(')').count());
        let length = if closed > opened {
            words.trim_end_matches(')').len()
        } else {
            words.len()
        };
        let only_marks = words[..length].chars().all(|sign| !sign.is_alphanumeric());
        if length > 0 && !only_marks {
            fields.extend(span_of(fact, from + begin, from + begin + length));
        }
    }
    fields
}

/// Says which part of the head is what.
fn assign(collector: &mut Collector, kind: SectionKind, heads: Vec<Field>, entry: &mut Entry) {
    let mut parts: Vec<Field> = heads
        .into_iter()
        .flat_map(|part| unfold(collector, kind, part))
        .collect();
    match kind {
        SectionKind::Work | SectionKind::Volunteer => {
            entry.title = take(&mut parts, has_role);
            if parts.len() > 1 {
                entry.location = take_last(&mut parts, is_place);
            }
            if let (None, [only]) = (&entry.title, parts.as_slice()) {
                parts = halves(collector, only);
            }
            if entry.title.is_none() && parts.len() > 1 {
                entry.title = Some(parts.remove(0));
            }
            entry.organization = (!parts.is_empty()).then(|| parts.remove(0));
            part_place(collector, entry);
        }
        SectionKind::Education => {
            entry.organization = take(&mut parts, has_school);
            part_place(collector, entry);
            entry.location = take_last(&mut parts, is_place).or(entry.location.take());
            let degree = take(&mut parts, has_degree);
            if let Some(degree) = degree {
                let (title, area) = degree_and_area(collector, &degree);
                entry.title = Some(title);
                entry.subtitle = area;
            }
            if entry.organization.is_none() && !parts.is_empty() {
                entry.organization = Some(parts.remove(0));
            }
            if entry.organization.is_none()
                && let Some(area) = entry.subtitle.take()
            {
                // A school of unknown name stands behind the last comma.
                (entry.subtitle, entry.organization) = last_half(collector, area);
            }
            if entry.subtitle.is_none() && !parts.is_empty() {
                entry.subtitle = Some(parts.remove(0));
            }
        }
        SectionKind::Projects => {
            entry.title = (!parts.is_empty()).then(|| parts.remove(0));
        }
        _ => {
            entry.title = (!parts.is_empty()).then(|| parts.remove(0));
            entry.organization = (!parts.is_empty()).then(|| parts.remove(0));
        }
    }
    // A bullet alone is the whole entry.
    if entry.title.is_none() && entry.organization.is_none() && entry.highlights.len() == 1 {
        entry.title = entry.highlights.pop();
    }
    entry.summary.splice(0..0, parts);
}

/// `Engineer, Acme GmbH` is two parts where one of them is a role; `Berlin, Germany` is one.
fn unfold(collector: &Collector, kind: SectionKind, part: Field) -> Vec<Field> {
    if !matches!(
        kind,
        SectionKind::Work | SectionKind::Volunteer | SectionKind::Education
    ) {
        return vec![part];
    }
    let Some(fact) = collector.profile.facts.get(part.fact()) else {
        return vec![part];
    };
    // Every comma is tried; so long a line is no head, whatever it begins with.
    if part.text.len() > LONGEST_LINE || is_place(&part.text) {
        return vec![part];
    }
    let text = part.text.as_str();
    let cut = text.match_indices(", ").map(|(at, _)| at).find(|at| {
        let (left, right) = (&text[..*at], &text[*at + 2..]);
        let next = right.split(", ").next().unwrap_or(right);
        if kind == SectionKind::Education {
            let degree_first = has_school(next) && !has_school(left);
            let school_first = has_school(left) && has_degree(next) && !has_degree(left);
            degree_first || school_first
        } else {
            let firm = has_firm(right) && right.contains(' ') && !has_firm(left);
            firm || has_role(left) != has_role(right)
        }
    });
    let Some(cut) = cut else { return vec![part] };
    let middle = part.cite.start + cut;
    [(part.cite.start, middle), (middle + 2, part.cite.end)]
        .into_iter()
        .filter_map(|(start, end)| span_of(fact, start, end))
        .collect()
}

/// `Acme, Portland, OR` names the place behind the employer.
fn part_place(collector: &Collector, entry: &mut Entry) {
    let Some(whole) = entry
        .organization
        .as_ref()
        .filter(|_| entry.location.is_none())
    else {
        return;
    };
    let commas: Vec<usize> = whole.text.match_indices(", ").map(|(at, _)| at).collect();
    let cut = [3, 2, 1].iter().find_map(|parts| {
        let at = *commas.get(commas.len().checked_sub(*parts)?)?;
        is_place(&whole.text[at + 2..]).then_some(at)
    });
    let fact = collector.profile.facts.get(whole.fact());
    let Some((cut, fact)) = cut.zip(fact) else {
        return;
    };
    let middle = whole.cite.start + cut;
    let place = span_of(fact, middle + 2, whole.cite.end);
    if let Some(name) = span_of(fact, whole.cite.start, middle) {
        entry.organization = Some(name);
        entry.location = place;
    }
}

fn last_half(collector: &Collector, part: Field) -> (Option<Field>, Option<Field>) {
    let fact = collector.profile.facts.get(part.fact());
    let halves = fact.zip(part.text.rfind(", ")).and_then(|(fact, cut)| {
        let middle = part.cite.start + cut;
        let left = span_of(fact, part.cite.start, middle)?;
        Some((left, span_of(fact, middle + 2, part.cite.end)?))
    });
    match halves {
        Some((left, right)) => (Some(left), Some(right)),
        None => (Some(part), None),
    }
}

/// The parts before and behind the first comma, when nothing else tells a position from its employer.
fn halves(collector: &Collector, part: &Field) -> Vec<Field> {
    let fact = collector.profile.facts.get(part.fact());
    let cut = part.text.find(", ").filter(|_| !is_place(&part.text));
    let fields = fact.zip(cut).and_then(|(fact, cut)| {
        let middle = part.cite.start + cut;
        let left = span_of(fact, part.cite.start, middle)?;
        let right = span_of(fact, middle + 2, part.cite.end)?;
        // What follows the name of a firm is part of it.
        (right.text.chars().count() > 4).then(|| vec![left, right])
    });
    fields.unwrap_or_else(|| vec![part.clone()])
}

/// `Bachelor of Science in Physics`, `BSc, Physics`, `BSc Physics`.
fn degree_and_area(collector: &Collector, degree: &Field) -> (Field, Option<Field>) {
    let text = degree.text.as_str();
    let cut = [" in ", ", ", ": "].iter().find_map(|mark| {
        let (left, right) = text.split_once(mark)?;
        (has_degree(left) && !right.is_empty()).then_some((left.len(), left.len() + mark.len()))
    });
    let short = || {
        let (left, right) = text.split_once(' ')?;
        let letters = left.chars().filter(|sign| sign.is_alphabetic()).count();
        let upper = left.chars().filter(|sign| sign.is_uppercase()).count();
        (letters <= 4 && upper >= 2 && has_degree(left) && !right.is_empty())
            .then_some((left.len(), left.len() + 1))
    };
    let fact = collector.profile.facts.get(degree.fact());
    let split = cut
        .or_else(short)
        .zip(fact)
        .and_then(|((end, start), fact)| {
            let from = degree.cite.start;
            let title = span_of(fact, from, from + end)?;
            Some((title, span_of(fact, from + start, degree.cite.end)))
        });
    split.unwrap_or_else(|| (degree.clone(), None))
}

fn take(parts: &mut Vec<Field>, tells: fn(&str) -> bool) -> Option<Field> {
    let position = parts.iter().position(|part| tells(&part.text))?;
    Some(parts.remove(position))
}

fn take_last(parts: &mut Vec<Field>, tells: fn(&str) -> bool) -> Option<Field> {
    let position = parts.iter().rposition(|part| tells(&part.text))?;
    Some(parts.remove(position))
}
