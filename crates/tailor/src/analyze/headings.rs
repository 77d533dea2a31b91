//! Which lines are headings, and what stands under them.

use super::blocks::{Block, BlockKind};
use crate::data::wording;

/// What a heading announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    Must,
    Nice,
    Duty,
    /// Known, and nothing a person must bring: the company, the offer, the law.
    Other,
    /// Not known: each sentence speaks for itself.
    Unknown,
}

/// What a block announces when it is a heading.
pub(super) fn heading_of(words: &str, block: &Block, next: Option<&Block>) -> Option<Heading> {
    if block.kind != BlockKind::Line || words.chars().count() > 80 {
        return None;
    }
    if words.ends_with(['.', ';', ',']) || words.split_whitespace().count() > 10 {
        return None;
    }
    if is_overview(words) {
        return Some(Heading::Unknown);
    }
    if let Some(heading) = classify_row(words) {
        return Some(heading);
    }
    let letters: Vec<char> = words.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = letters.len() >= 4 && letters.iter().all(|c| c.is_uppercase());
    let titled = block.after_gap
        && words.split_whitespace().count() <= 6
        && words
            .split_whitespace()
            .filter(|word| word.chars().count() > 3)
            .all(|word| word.chars().next().is_some_and(|c| !c.is_lowercase()));
    let before_list = next.is_some_and(|next| next.kind == BlockKind::Bullet)
        && words.split_whitespace().count() <= 8;
    let bare_colon = words.ends_with(':') && words.split_whitespace().count() <= 6;
    (capitals || titled || before_list || bare_colon).then_some(Heading::Unknown)
}

/// Labels of text that may say anything.
const OVERVIEW: [&str; 7] = [
    "description",
    "job description",
    "about the role",
    "the role",
    "overview",
    "summary",
    "stellenbeschreibung",
];

/// Whether it is such a label.
pub(super) fn is_overview(words: &str) -> bool {
    OVERVIEW.contains(&normalize(words).as_str())
}

/// A list item that is only a label of the page around the posting, `Seniority level`.
pub(super) fn is_label(words: &str) -> bool {
    words.split_whitespace().count() <= 3 && classify(words, 0.9) == Some(Heading::Other)
}

/// A heading and its content on one line, `Requirements: 4+ years …`: what it announces and where
/// the content begins.
pub(super) fn inline_heading(words: &str) -> Option<(Heading, usize)> {
    let colon = words.find(':')?;
    let (head, rest) = (&words[..colon], &words[colon + 1..]);
    if head.split_whitespace().count() > 5
        || rest.trim().is_empty()
        || !rest.starts_with([' ', '\n'])
    {
        return None;
    }
    let heading = if OVERVIEW.contains(&normalize(head).as_str()) {
        Heading::Unknown
    } else {
        classify(head, 0.6)?
    };
    Some((heading, colon + 1 + rest.len() - rest.trim_start().len()))
}

/// As a whole, or all parts of a row as the same: `Education and experience`.
fn classify_row(words: &str) -> Option<Heading> {
    if let Some(heading) = classify(words, 0.5) {
        return Some(heading);
    }
    let lower = words.to_lowercase().replace(" & ", " and ");
    let mut parts = lower.split(" and ").map(|part| classify(part, 0.5));
    let first = parts.next()??;
    let mut rest = parts.peekable();
    (rest.peek().is_some() && rest.all(|part| part == Some(first))).then_some(first)
}

/// Compares with the known phrases; at least `share` of the words must be the phrase's.
fn classify(words: &str, share: f32) -> Option<Heading> {
    let plain = normalize(words);
    let count = plain.split_whitespace().count();
    if count == 0 {
        return None;
    }
    let headings = &wording().headings;
    let kinds = [
        (Heading::Other, &headings.other),
        (Heading::Nice, &headings.nice),
        (Heading::Duty, &headings.duty),
        (Heading::Must, &headings.must),
    ];
    let mut best: Option<(usize, Heading)> = None;
    for (heading, phrases) in kinds {
        for phrase in phrases {
            let long = phrase.split_whitespace().count();
            let enough = long as f32 >= share * count as f32;
            let padded = format!(" {plain} ");
            let behind = padded
                .split_once(&format!(" {phrase} "))
                .map(|(_, behind)| behind);
            if enough
                && behind.is_some_and(|behind| ends_as_heading(phrase, behind))
                && best.is_none_or(|(length, _)| phrase.len() > length)
            {
                best = Some((phrase.len(), heading));
            }
        }
    }
    // "Preferred experience" wishes, whatever the longer word.
    let nice = headings.nice.iter().any(|phrase| {
        plain.starts_with(&format!("{phrase} ")) && phrase.split_whitespace().count() * 3 >= count
    });
    best.map(|(_, heading)| {
        if nice && heading == Heading::Must {
            Heading::Nice
        } else {
            heading
        }
    })
}

/// "You will need" announces, "You will need Kafka" asks: behind a phrase that leads on, a heading
/// has only small words.
fn ends_as_heading(phrase: &str, behind: &str) -> bool {
    const LEADS_ON: [&str; 8] = ["if", "have", "need", "will", "you'll", "you", "bring", "on"];
    const SMALL: [&str; 30] = [
        "if",
        "you",
        "have",
        "also",
        "to",
        "the",
        "a",
        "for",
        "us",
        "in",
        "this",
        "role",
        "and",
        "we",
        "it",
        "with",
        "as",
        "succeed",
        "apply",
        "be",
        "do",
        "job",
        "day",
        "first",
        "our",
        "your",
        "following",
        "at",
        "table",
        "here",
    ];
    let last = phrase.rsplit(' ').next().unwrap_or_default();
    !LEADS_ON.contains(&last) || behind.split_whitespace().all(|word| SMALL.contains(&word))
}

/// Lower case, straight apostrophes, without brackets and marks.
fn normalize(words: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_u32;
    for character in words.chars() {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '’' | '‘' => plain.push('\''),
            c if c.is_alphanumeric() || c == '\'' || c == '-' => plain.extend(c.to_lowercase()),
            _ => plain.push(' '),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_many_postings_and_languages_are_known() {
        for (words, heading) in [
            ("REQUIREMENTS (must-have)", Heading::Must),
            ("What You Bring to the Table", Heading::Must),
            ("What we need", Heading::Must),
            ("Nice to have", Heading::Nice),
            ("Preferred experience", Heading::Nice),
            ("What you’ll do", Heading::Duty),
            ("Dein Profil", Heading::Must),
            ("Vos missions", Heading::Duty),
            ("Wij bieden", Heading::Other),
            ("Why Join PaperCut", Heading::Other),
            ("What we ask for", Heading::Must),
            ("You'll need", Heading::Must),
            ("What you'll need", Heading::Must),
            ("Must-haves", Heading::Must),
            ("Hard requirements", Heading::Must),
            ("Minimum Qualifications", Heading::Must),
            ("Who you are", Heading::Must),
            ("Who we're looking for", Heading::Must),
            ("Who We Are Looking For", Heading::Must),
            ("Your toolbox", Heading::Must),
            ("You should apply if", Heading::Must),
            ("The person", Heading::Must),
            ("We'd like you to have", Heading::Must),
            ("Our ideal candidate", Heading::Must),
            ("What it takes to succeed", Heading::Must),
            ("Key skills and experience", Heading::Must),
            ("Technical skills", Heading::Must),
            ("Education and experience", Heading::Must),
            ("Essential criteria", Heading::Must),
            ("Desirable criteria", Heading::Nice),
            ("What you bring", Heading::Must),
            ("Bonus points if you have", Heading::Nice),
            ("Extra points", Heading::Nice),
            ("Brownie points", Heading::Nice),
            ("It would be a bonus if", Heading::Nice),
            ("It helps if you have", Heading::Nice),
            ("Great to have", Heading::Nice),
            ("What will make you stand out", Heading::Nice),
            ("Standout skills", Heading::Nice),
            ("Nice-to-haves", Heading::Nice),
            ("Pluses", Heading::Nice),
            ("Preferred Qualifications", Heading::Nice),
            ("Preferred skills and experience", Heading::Nice),
            ("Additional qualifications", Heading::Nice),
            ("We'd love it if you also have", Heading::Nice),
            ("You get extra credit for", Heading::Nice),
            ("Not required, but welcome", Heading::Nice),
            ("Optional", Heading::Nice),
            ("What you will be working on", Heading::Duty),
            ("What you'll work on", Heading::Duty),
            ("Key responsibilities", Heading::Duty),
            ("Main duties", Heading::Duty),
            ("Your day-to-day", Heading::Duty),
            ("What your days look like", Heading::Duty),
            ("A typical day", Heading::Duty),
            ("In your first year you will", Heading::Duty),
            ("What the job involves", Heading::Duty),
            ("The work", Heading::Duty),
            ("Scope of work", Heading::Duty),
            ("Your challenge", Heading::Duty),
            ("How you'll spend your time", Heading::Duty),
            ("What we'll do for you", Heading::Other),
            ("What you can expect from us", Heading::Other),
            ("What's in it for you", Heading::Other),
            ("Perks & benefits", Heading::Other),
            ("Life at Acme", Heading::Other),
            ("Our commitment to diversity", Heading::Other),
            ("Compensation and benefits", Heading::Other),
            ("How to apply", Heading::Other),
            ("Was du mitbringst", Heading::Must),
            ("Das zeichnet dich aus", Heading::Must),
            ("Deine Skills", Heading::Must),
            ("Das wäre ein Plus", Heading::Nice),
            ("Deine Benefits", Heading::Other),
            ("Ce que nous recherchons", Heading::Must),
            ("Vos atouts", Heading::Nice),
        ] {
            assert_eq!(classify_row(words), Some(heading), "{words}");
        }
        for words in [
            "Experience with PostGIS",
            "You will need Kafka",
            "It helps if you have Kafka",
            "You will lead it",
            "Great if you know Kafka",
        ] {
            assert_eq!(classify_row(words), None, "{words}");
        }
        assert_eq!(classify("Kubernetes operations experience", 0.5), None);
    }
}
