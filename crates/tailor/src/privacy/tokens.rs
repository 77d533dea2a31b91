//! What of a profile identifies the person, in the forms it may stand in a text.

use career::{ContactKind, Profile};

use super::Kind;
use super::fold::Folded;

/// Words around names that say nothing of whose they are.
const AROUND: &[&str] = &[
    "dr", "prof", "mr", "mrs", "ms", "mx", "phd", "md", "jr", "sr", "ing", "dipl", "msc", "bsc",
    "mba", "von", "van", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "das", "du",
    "la", "le", "el", "al", "bin", "ibn", "ben", "bint", "ter", "zu", "zur", "af", "av", "the",
    "and", "of", "y", "e",
];
/// Parts of addresses that belong to everybody.
const COMMON_LINK: &[&str] = &[
    "in", "pub", "user", "users", "profile", "people", "company", "home", "about",
];

/// Something to look for.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub kind: Kind,
    /// As they are compared.
    pub letters: Vec<char>,
    /// Whether it is found inside of words too: scripts that put no space between them.
    pub within_words: bool,
}

/// All there is to look for.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The longest first.
    pub tokens: Vec<Token>,
    pub phones: Vec<String>,
    /// As the profile spells them, in the order of their placeholders.
    pub spelled: Vec<(Kind, String)>,
}

impl Found {
    fn add(&mut self, kind: Kind, words: &str, least: usize) {
        let letters = Folded::letters(words);
        let told = letters.iter().filter(|letter| letter.is_alphanumeric());
        let within_words = letters.iter().copied().any(has_no_spaces);
        let least = if within_words { least.min(2) } else { least };
        if told.count() < least || self.tokens.iter().any(|token| token.letters == letters) {
            return;
        }
        self.tokens.push(Token {
            kind,
            letters,
            within_words,
        });
    }

    fn spell(&mut self, kind: Kind, words: &str) {
        let words = words.trim();
        let known = |entry: &(Kind, String)| entry.0 == kind && entry.1 == words;
        if !words.is_empty() && !self.spelled.iter().any(known) {
            self.spelled.push((kind, words.to_owned()));
        }
    }
}

/// Scripts without spaces between words, or that join particles to them.
fn has_no_spaces(letter: char) -> bool {
    matches!(u32::from(letter),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff
        | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

pub(super) fn tokens(profile: &Profile) -> Found {
    let mut found = Found::default();
    let parts: Vec<&str> = profile.name.iter().map(|part| part.text.trim()).collect();
    names(&mut found, &parts);
    for contact in &profile.contacts {
        let parts: Vec<&str> = contact.parts.iter().map(|part| part.text.trim()).collect();
        if let Some(user) = &contact.username {
            found.spell(Kind::User, &user.text);
            handle(&mut found, &user.text);
        }
        match contact.kind {
            ContactKind::Email => {
                for part in parts {
                    email(&mut found, part);
                }
            }
            ContactKind::Phone => phone(&mut found, &parts.join(" ")),
            ContactKind::Location => place(&mut found, &parts),
            ContactKind::Website | ContactKind::Network => {
                for part in parts {
                    link(&mut found, part);
                }
            }
        }
    }
    found
        .tokens
        .sort_by_key(|token| std::cmp::Reverse(token.letters.len()));
    found
}

fn names(found: &mut Found, parts: &[&str]) {
    let whole = parts.join(" ");
    found.spell(Kind::Name, &whole);
    found.add(Kind::Name, &whole, 2);
    let words: Vec<&str> = whole.split_whitespace().collect();
    let reversed: Vec<&str> = words.iter().rev().copied().collect();
    found.add(Kind::Name, &words.concat(), 4);
    found.add(Kind::Name, &reversed.concat(), 4);
    for word in parts.iter().chain(&words) {
        part_of_name(found, word);
        for piece in word.split(['-', '‐', '\'', '’', '.', ',', '(', ')', '/']) {
            part_of_name(found, piece);
        }
    }
}

fn part_of_name(found: &mut Found, word: &str) {
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    let folded: String = Folded::letters(bare).into_iter().collect();
    if !AROUND.contains(&folded.as_str()) {
        found.add(Kind::Name, bare, 2);
    }
}

fn email(found: &mut Found, address: &str) {
    let address = address.trim_start_matches("mailto:");
    found.spell(Kind::Email, address);
    found.add(Kind::Email, address, 3);
    if let Some((local, _)) = address.split_once('@') {
        handle(found, local);
    }
}

/// A name somewhere on the web.
fn handle(found: &mut Found, name: &str) {
    let bare = name.trim().trim_start_matches(['@', '~']);
    if bare.chars().any(char::is_alphabetic) {
        found.add(Kind::User, bare, 3);
    }
}

fn phone(found: &mut Found, number: &str) {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    found.spell(Kind::Phone, number);
    found.add(Kind::Phone, number, 5);
    if digits.len() >= 7 {
        found.phones.push(digits);
    }
}

/// An address: whole, and its parts, but not the short codes of countries and regions.
fn place(found: &mut Found, parts: &[&str]) {
    let whole = parts.join(", ");
    found.spell(Kind::Place, &whole);
    found.add(Kind::Place, &whole, 4);
    found.add(Kind::Place, &parts.join(" "), 4);
    for part in parts.iter().flat_map(|part| part.split([',', '\n', ';'])) {
        found.add(Kind::Place, part, 4);
    }
}

fn link(found: &mut Found, address: &str) {
    found.spell(Kind::Link, address);
    found.add(Kind::Link, address, 4);
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    let bare = bare.trim_start_matches("www.").trim_end_matches('/');
    let bare = bare.split(['?', '#']).next().unwrap_or(bare);
    found.add(Kind::Link, bare, 4);
    match bare.split_once('/') {
        Some((_, path)) => {
            let names = path
                .split('/')
                .filter(|part| !COMMON_LINK.contains(&part.to_lowercase().as_str()));
            for part in names {
                handle(found, part);
            }
        }
        // A host with nothing behind it is the person's own; without a dot it is a name.
        None if bare.contains('.') => {}
        None => handle(found, bare),
    }
}
