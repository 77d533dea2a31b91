//! What a line may rest on: the quotes it cites, the statements around them, and the name, title
//! and dates of the entry it stands under.

use std::collections::BTreeSet;

use career::{Cite, Entry, Fact, FactId, Field, Locator, PartialDate, Profile, SectionKind};

use super::judge::{self, Code, Objection, Ruling};
use super::wordbook::english;

/// A place of the profile a line can stand under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The section.
    pub section: SectionKind,
    /// Which entry of it, from 0.
    pub index: usize,
}

impl Place {
    /// Reads `work[1]`; the names are those of JSON Resume.
    pub fn parse(path: &str) -> Option<Self> {
        let (name, index) = path.strip_suffix(']')?.split_once('[')?;
        let section = match name {
            "work" => SectionKind::Work,
            "volunteer" => SectionKind::Volunteer,
            "education" => SectionKind::Education,
            "awards" => SectionKind::Awards,
            "certificates" => SectionKind::Certificates,
            "publications" => SectionKind::Publications,
            "skills" => SectionKind::Skills,
            "languages" => SectionKind::Languages,
            "interests" => SectionKind::Interests,
            "references" => SectionKind::References,
            "projects" => SectionKind::Projects,
            _ => return None,
        };
        Some(Self {
            section,
            index: index.parse().ok()?,
        })
    }
}

/// One statement of the evidence with the parts of it that are cited.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    /// All its words.
    pub text: String,
    /// Cited parts, in bytes.
    pub cited: Vec<(usize, usize)>,
}

/// What one line may rest on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Support {
    /// Statements with cited parts.
    pub statements: Vec<Statement>,
    /// The entry's name and title.
    pub header: Vec<String>,
    /// What follows from what kind of entry it is: a publication was published; and what from its
    /// having ended.
    pub implied: Vec<String>,
    /// The section of the entry.
    pub section: Option<SectionKind>,
    /// When it began.
    pub start: Option<PartialDate>,
    /// When it ended.
    pub end: Option<PartialDate>,
    /// What the person's own summary calls them, where it is the evidence: "he", "she", their name.
    pub about: Vec<String>,
    /// The posting's words, to tell where a foreign word comes from.
    pub posting: BTreeSet<String>,
}

/// A profile as evidence for lines.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    profile: &'a Profile,
    strings: &'a [(String, String)],
}

impl<'a> Evidence<'a> {
    /// The evidence of a profile.
    pub fn new(profile: &'a Profile) -> Self {
        Self {
            profile,
            strings: &[],
        }
    }

    /// The same, with every string of the document the profile was read from and the pointer
    /// (RFC 6901) it stands at: quotes are looked for in these instead of in the facts.
    pub fn with_strings(mut self, strings: &'a [(String, String)]) -> Self {
        self.strings = strings;
        self
    }

    fn stands_anywhere(&self, quote: &str) -> bool {
        if self.strings.is_empty() {
            let mut facts = self.profile.facts.iter();
            return facts.any(|fact| fact.quote.contains(quote));
        }
        self.strings.iter().any(|(_, text)| text.contains(quote))
    }

    /// Judges a line that cites by quotes.
    pub fn judge_quotes(
        &self,
        place: &Place,
        text: &str,
        quotes: &[String],
        posting: &str,
    ) -> Ruling {
        let mut own = self.fields(place);
        let mut support = self.support(place, posting);
        // What the person says of themselves belongs to no entry, and so to each; but only for
        // itself: a school named there is not where the degree of an entry comes from.
        let summary = self.summary();
        let of_summary = |quote: &String| summary.iter().any(|text| text.contains(quote));
        if quotes.iter().all(of_summary) {
            own = summary;
            support.about = self.names();
        }
        if quotes.is_empty() {
            return Ruling::refused(Code::NoEvidence, "the line cites nothing");
        }
        let mut elsewhere = false;
        for quote in quotes {
            let mut found = false;
            for text in &own {
                found |= cite(&mut support, text, quote);
            }
            if found {
                continue;
            }
            if self.stands_anywhere(quote) {
                elsewhere = true;
            } else {
                return Ruling::refused(Code::FalseQuote, "a quote stands nowhere in the profile");
            }
        }
        if elsewhere {
            return Ruling::refused(Code::WrongEntry, "a quote belongs to another entry");
        }
        judge::judge(text, &support)
    }

    /// Judges a line by spans of facts, under an entry or (`None`) under none.
    pub fn judge_cites(
        &self,
        entry: Option<&Entry>,
        text: &str,
        cites: &[Cite],
        posting: &str,
    ) -> Ruling {
        let mut support = Support {
            posting: words(posting),
            ..Support::default()
        };
        if let Some(entry) = entry {
            fill(&mut support, entry);
        }
        for cite in cites {
            let Some(fact) = self.profile.facts.get(&cite.fact) else {
                return Ruling::refused(Code::FalseQuote, "a cited fact does not exist");
            };
            if fact.quote.get(cite.start..cite.end).is_none() {
                return Ruling::refused(Code::FalseQuote, "a cited span does not exist");
            }
            let range = (cite.start, cite.end);
            match support
                .statements
                .iter_mut()
                .find(|statement| statement.text == fact.quote)
            {
                Some(statement) => statement.cited.push(range),
                None => support.statements.push(Statement {
                    text: fact.quote.clone(),
                    cited: vec![range],
                }),
            }
        }
        if support.statements.is_empty() {
            return Ruling::refused(Code::NoEvidence, "the line cites nothing");
        }
        judge::judge(text, &support)
    }

    fn support(&self, place: &Place, posting: &str) -> Support {
        let mut support = Support {
            posting: words(posting),
            implied: implied(place.section, false),
            section: Some(place.section),
            ..Support::default()
        };
        if let Some(entry) = self.entry(place) {
            fill(&mut support, entry);
        }
        support
    }

    fn entry(&self, place: &Place) -> Option<&'a Entry> {
        let section = place.section;
        let prefix = format!("/{}/{}/", name(section), place.index);
        let by_pointer = self.profile.section(section).find(|entry| {
            entry.fields().any(|field| {
                self.pointer(field.fact())
                    .is_some_and(|pointer| pointer.starts_with(&prefix))
            })
        });
        by_pointer.or_else(|| self.profile.section(section).nth(place.index))
    }

    fn pointer(&self, fact: &FactId) -> Option<&'a str> {
        match &self.profile.facts.get(fact)?.locator {
            Locator::JsonPointer { pointer } => Some(pointer),
            _ => None,
        }
    }

    /// What the person may be called where they are spoken of.
    fn names(&self) -> Vec<String> {
        let name = |pointer: &str| pointer == "/basics/name";
        let strings = self.strings.iter().filter(|(at, _)| name(at));
        let facts = self.profile.facts.iter().filter(
            |fact| matches!(&fact.locator, Locator::JsonPointer { pointer } if name(pointer)),
        );
        let mut called: Vec<String> = strings
            .map(|(_, text)| text.as_str())
            .chain(facts.map(|fact| fact.quote.as_str()))
            .flat_map(str::split_whitespace)
            .map(str::to_lowercase)
            .collect();
        called.extend(["he", "she", "they"].map(str::to_owned));
        called
    }

    /// The words of the person's own summary.
    fn summary(&self) -> Vec<String> {
        let about = |pointer: &str| matches!(pointer, "/basics/summary" | "/basics/label");
        let strings = self.strings.iter();
        if !self.strings.is_empty() {
            return strings
                .filter(|(pointer, _)| about(pointer))
                .map(|(_, text)| text.clone())
                .collect();
        }
        let facts = self.profile.facts.iter().filter(
            |fact| matches!(&fact.locator, Locator::JsonPointer { pointer } if about(pointer)),
        );
        facts.map(|fact| fact.quote.clone()).collect()
    }

    /// The words of everything under a place.
    fn fields(&self, place: &Place) -> Vec<String> {
        let prefix = format!("/{}/{}", name(place.section), place.index);
        if !self.strings.is_empty() {
            let under = |pointer: &str| {
                pointer
                    .strip_prefix(&prefix)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            return self
                .strings
                .iter()
                .filter(|(pointer, _)| under(pointer))
                .map(|(_, text)| text.clone())
                .collect();
        }
        let under = |fact: &&Fact| match &fact.locator {
            Locator::JsonPointer { pointer } => pointer
                .strip_prefix(&prefix)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            _ => false,
        };
        let mut found: Vec<String> = self
            .profile
            .facts
            .iter()
            .filter(under)
            .map(|fact| fact.quote.clone())
            .collect();
        if found.is_empty()
            && let Some(entry) = self.entry(place)
        {
            let quote = |field: &Field| {
                self.profile
                    .facts
                    .get(field.fact())
                    .map(|fact| fact.quote.clone())
            };
            found.extend(entry.fields().filter_map(quote));
        }
        found
    }
}

fn fill(support: &mut Support, entry: &Entry) {
    let named = entry
        .title
        .iter()
        .chain(&entry.subtitle)
        .chain(&entry.organization);
    support.header = named.map(|field| field.text.clone()).collect();
    support.start = entry.start.as_ref().and_then(|date| date.date);
    support.end = entry.end.as_ref().and_then(|date| date.date);
    support.section = Some(entry.section);
    support.implied = implied(entry.section, support.end.is_some());
}

/// Words that an entry of a section is, whatever it says.
fn implied(section: SectionKind, ended: bool) -> Vec<String> {
    let mut all = vec![english().implied(section.as_str(), false)];
    if ended {
        all.push(english().implied(section.as_str(), true));
    }
    all
}

fn cite(support: &mut Support, text: &str, quote: &str) -> bool {
    if quote.is_empty() {
        return false;
    }
    let ranges: Vec<(usize, usize)> = text
        .match_indices(quote)
        .map(|(at, part)| (at, at + part.len()))
        .collect();
    if ranges.is_empty() {
        return false;
    }
    match support
        .statements
        .iter_mut()
        .find(|statement| statement.text == text)
    {
        Some(statement) => statement.cited.extend(ranges),
        None => support.statements.push(Statement {
            text: text.to_owned(),
            cited: ranges,
        }),
    }
    true
}

fn name(section: SectionKind) -> &'static str {
    section.as_str()
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '#' | '.'))
        .map(|word| word.trim_matches('.').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

impl Ruling {
    /// A refusal for one reason.
    pub fn refused(code: Code, reason: &str) -> Self {
        Self {
            objections: vec![Objection {
                code,
                reason: reason.to_owned(),
            }],
            derived: Vec::new(),
        }
    }
}
