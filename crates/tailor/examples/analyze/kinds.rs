//! Of what kind a missed or a wrongly found span is.

use career::{Analysis, Knowledge, RequirementKind};

/// What a rightly found span was told by, and how the sentence around it was read.
pub fn of_hit(one: &Knowledge, analysis: &Analysis) -> String {
    let by = format!("{:?}", one.kind).to_lowercase();
    format!("by {by}, {}", place(one.span, analysis))
}

/// What a missed span is, and how the sentence around it was read.
pub fn of_miss(words: &str, span: (usize, usize), analysis: &Analysis) -> String {
    format!("{}, {}", what(words), place(span, analysis))
}

/// What a wrongly found span is: part of what the experts marked as a skill (a task or a trait), or
/// nothing they marked, by what it was told by.
pub fn of_alarm(one: &Knowledge, skills: &[(usize, usize)], analysis: &Analysis) -> String {
    let skill = skills
        .iter()
        .any(|(from, to)| *from < one.span.1 && one.span.0 < *to);
    let by = format!("{:?}", one.kind).to_lowercase();
    if skill {
        format!("inside a marked task or trait, by {by}")
    } else {
        format!("not marked, by {by}, {}", place(one.span, analysis))
    }
}

fn place(span: (usize, usize), analysis: &Analysis) -> &'static str {
    let over = |kind: Option<RequirementKind>| {
        analysis.requirements.iter().any(|requirement| {
            requirement.span.0 < span.1
                && span.0 < requirement.span.1
                && kind.is_none_or(|kind| requirement.kind == kind)
        })
    };
    match (over(None), over(Some(RequirementKind::Duty))) {
        (true, false) => "where something is asked for",
        (true, true) => "where the work is told",
        _ => "elsewhere",
    }
}

fn what(words: &str) -> &'static str {
    let lower = words.to_lowercase();
    let has = |list: &[&str]| list.iter().any(|word| lower.contains(word));
    let ends = |list: &[&str]| list.iter().any(|word| lower.ends_with(word));
    let capitals = words
        .split_whitespace()
        .any(|word| word.chars().filter(|c| c.is_uppercase()).count() >= 2);
    let names = [
        "english",
        "german",
        "danish",
        "french",
        "spanish",
        "swedish",
        "norwegian",
    ];
    if names.contains(&lower.trim()) {
        "language"
    } else if has(&["certif", "licen"]) {
        "certificate"
    } else if has(&[
        "degree", "bachelor", "master", "phd", "msc", "bsc", "diploma",
    ]) {
        "degree"
    } else if capitals || words.chars().any(|c| c.is_ascii_digit() || c == '#') {
        "abbreviation or name"
    } else if has(&["agile", "scrum", "lean"]) || ends(&["management", "methods", "practices"]) {
        "method"
    } else if has(&["industry", "market", "sector"]) {
        "line of business"
    } else if ends(&[
        "ology",
        "ics",
        "science",
        "sciences",
        "engineering",
        "law",
        "analysis",
    ]) {
        "field of knowledge"
    } else if words.split_whitespace().count() > 1 {
        "phrase of several words"
    } else {
        "single word"
    }
}
