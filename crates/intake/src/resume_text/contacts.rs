//! Finds ways to reach a person in a line.

use std::sync::LazyLock;

use career::ContactKind;
use regex::Regex;

/// Patterns are fixed and known to compile; one that did not would find nothing.
struct Pattern(Option<Regex>);

impl Pattern {
    fn new(pattern: &str) -> Self {
        Self(Regex::new(pattern).ok())
    }

    fn spans(&self, text: &str) -> Vec<(usize, usize)> {
        let found = self.0.iter().flat_map(|regex| regex.find_iter(text));
        found.map(|found| (found.start(), found.end())).collect()
    }
}

static EMAIL: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}"));
static URL: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?i)(?:https?://|www\.)[^\s|,;()<>]+|\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|me|app|edu|de|fr|es|it|co|uk|eu|ch|nl|br|test|example|games|tech|xyz|info|ai|in)(?:/[^\s|,;()<>]*)?\b/?",
    )
});
static PHONE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"(?:\+|\(|\b)\d[\d\s().\-/\u{a0}]{6,22}\d\b"));

/// The longest line in which contacts are looked for, in bytes.
const LONGEST: usize = 2_000;

/// The hosts of pages that are a person's account elsewhere.
const NETWORKS: [&str; 9] = [
    "linkedin.com",
    "github.com",
    "gitlab.com",
    "stackoverflow.com",
    "twitter.com",
    "x.com",
    "medium.com",
    "orcid.org",
    "behance.net",
];

/// The ways to reach a person that a line gives, in its order, as spans.
pub(crate) fn find(text: &str) -> Vec<(ContactKind, usize, usize)> {
    let mut found: Vec<(ContactKind, usize, usize)> = Vec::new();
    if text.len() > LONGEST {
        return found;
    }
    let mut add = |kind, start, end| {
        let free = found
            .iter()
            .all(|(_, from, to)| end <= *from || *to <= start);
        if free {
            found.push((kind, start, end));
        }
    };
    for (start, end) in EMAIL.spans(text) {
        add(ContactKind::Email, start, end);
    }
    for (start, end) in URL.spans(text) {
        let address = text[start..end].trim_end_matches(['.', ',', ')']);
        let lower = address.to_lowercase();
        let network = NETWORKS.iter().any(|host| lower.contains(host));
        let kind = if network {
            ContactKind::Network
        } else {
            ContactKind::Website
        };
        add(kind, start, start + address.len());
    }
    for (start, end) in PHONE.spans(text) {
        let digits = text[start..end].bytes().filter(u8::is_ascii_digit).count();
        let period = super::period::find(&text[start..end]).is_some();
        if (7..=15).contains(&digits) && !period {
            add(ContactKind::Phone, start, end);
        }
    }
    found.sort_by_key(|(_, start, _)| *start);
    found
}

/// What remains of a line without its contacts and the labels and bars between them.
pub(crate) fn remainder(text: &str, found: &[(ContactKind, usize, usize)]) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (start, end) in found
        .iter()
        .map(|(_, start, end)| (*start, *end))
        .chain([(text.len(), 0)])
    {
        let mut offset = from;
        for part in text[from..start].split(['|', '•', '·', '\t', ';']) {
            let label = |sign: char| sign.is_whitespace() || ",:-–—/()".contains(sign);
            let words = part.trim_matches(label);
            let is_label = part.trim_end().ends_with(':')
                || matches!(
                    words.to_lowercase().as_str(),
                    "email"
                        | "e-mail"
                        | "mail"
                        | "phone"
                        | "tel"
                        | "telefon"
                        | "mobile"
                        | "mobil"
                        | "web"
                        | "website"
                        | "linkedin"
                        | "github"
                        | "t"
                        | "m"
                        | "e"
                        | "w"
                        | "p"
                );
            if !words.is_empty() && !is_label {
                let start = offset + (part.len() - part.trim_start_matches(label).len());
                parts.push((start, start + words.len()));
            }
            offset += part.len() + 1;
        }
        from = end;
    }
    parts
}
