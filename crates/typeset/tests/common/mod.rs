//! Drafts for the tests: profiles of the fixtures set out in source order, and hand-made lines.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use std::io::Write as _;
use std::process::{Command, Stdio};

use career::claim::{Claim, ClaimId, Finding, Gate, Piece, Slot, Verified};
use career::resume::{Block, BlockId, Cut, Draft, Resume, Section};
use career::{
    Cite, ContentHash, DateField, Entry, EntryId, Fact, FactSet, Field, Locator, Profile,
    SectionKind, SkillGroup,
};
use unicode_normalization::UnicodeNormalization as _;

/// Lets everything through that is built of evidence at all.
pub struct Lenient;
impl Gate for Lenient {
    fn judge(&self, _: &Claim, _: &FactSet) -> Vec<Finding> {
        Vec::new()
    }
}

/// Makes claims one after the other.
pub struct Maker<'a> {
    facts: &'a FactSet,
    language: &'a str,
    number: usize,
}

impl<'a> Maker<'a> {
    pub fn new(facts: &'a FactSet, language: &'a str) -> Self {
        Self {
            facts,
            language,
            number: 0,
        }
    }

    pub fn pieces(
        &mut self,
        slot: Slot,
        entry: Option<&EntryId>,
        pieces: Vec<Piece>,
    ) -> Option<Verified<Claim>> {
        self.number += 1;
        let id = ClaimId(format!("c-{}", self.number));
        let claim = Claim::compose(id, slot, entry.cloned(), pieces, self.facts, self.language)?;
        Verified::admit(claim, self.facts, self.language, &Lenient).ok()
    }

    pub fn joined(
        &mut self,
        slot: Slot,
        entry: Option<&EntryId>,
        fields: &[&Field],
        glue: &str,
    ) -> Option<Verified<Claim>> {
        let mut pieces = Vec::new();
        for field in fields {
            if !pieces.is_empty() {
                pieces.push(Piece::Glue { text: glue.into() });
            }
            pieces.push(cited(field));
        }
        self.pieces(slot, entry, pieces)
    }

    fn dates(&mut self, entry: &Entry) -> Option<Verified<Claim>> {
        let date = |date: &DateField| match date.date {
            Some(_) => Piece::Date {
                cite: date.field.cite.clone(),
            },
            None => cited(&date.field),
        };
        let mut pieces: Vec<Piece> = entry.start.iter().map(date).collect();
        let dash = || Piece::Glue {
            text: " – ".into()
        };
        if let Some(end) = &entry.end {
            if !pieces.is_empty() {
                pieces.push(dash());
            }
            pieces.push(date(end));
        } else if entry.is_current() {
            pieces.push(dash());
            pieces.push(Piece::Present);
        }
        self.pieces(Slot::Dates, Some(&entry.id), pieces)
    }

    fn group(&mut self, group: &SkillGroup) -> Option<Verified<Claim>> {
        let mut pieces: Vec<Piece> = group.name.iter().map(cited).collect();
        for (number, keyword) in group.keywords.iter().enumerate() {
            let glue = if number > 0 { ", " } else { ": " };
            if !pieces.is_empty() {
                pieces.push(Piece::Glue { text: glue.into() });
            }
            pieces.push(cited(keyword));
        }
        self.pieces(Slot::Skills, None, pieces)
    }
}

fn cited(field: &Field) -> Piece {
    Piece::Cited {
        cite: field.cite.clone(),
    }
}

fn section(kind: SectionKind, blocks: Vec<Block<Verified<Claim>>>) -> Section<Verified<Claim>> {
    Section { kind, blocks }
}

fn loose(kind: SectionKind, lines: Vec<Verified<Claim>>) -> Section<Verified<Claim>> {
    let id = BlockId(kind.as_str().to_owned());
    section(
        kind,
        vec![Block {
            id,
            header: Vec::new(),
            lines,
        }],
    )
}

/// The whole profile in source order. Gives way from its end: the last line first.
pub fn draft_of(profile: &Profile, language: &str, page_budget: u32) -> Draft<Verified<Claim>> {
    let mut make = Maker::new(&profile.facts, language);
    let mut head = Vec::new();
    let names: Vec<&Field> = profile.name.iter().collect();
    head.extend(make.joined(Slot::Name, None, &names, " "));
    if let Some(headline) = &profile.headline {
        head.extend(make.joined(Slot::Headline, None, &[headline], " "));
    }
    for contact in &profile.contacts {
        let parts: Vec<&Field> = contact.parts.iter().collect();
        head.extend(make.joined(Slot::Contact, None, &parts, ", "));
    }
    let mut sections = Vec::new();
    let summary: Vec<_> = profile
        .summary
        .iter()
        .filter_map(|field| make.joined(Slot::Sentence, None, &[field], " "))
        .collect();
    sections.push(loose(SectionKind::Summary, summary));
    for kind in [
        SectionKind::Work,
        SectionKind::Projects,
        SectionKind::Education,
        SectionKind::Volunteer,
        SectionKind::Certificates,
        SectionKind::Publications,
        SectionKind::Awards,
        SectionKind::References,
    ] {
        let blocks = profile.section(kind).map(|entry| {
            let id = Some(&entry.id);
            let mut header = Vec::new();
            let title: Vec<&Field> = entry.title.iter().chain(&entry.subtitle).collect();
            header.extend(make.joined(Slot::Title, id, &title, ", "));
            for (slot, field) in [
                (Slot::Organization, &entry.organization),
                (Slot::Location, &entry.location),
            ] {
                let field: Vec<&Field> = field.iter().collect();
                header.extend(make.joined(slot, id, &field, " "));
            }
            header.extend(make.dates(entry));
            let url: Vec<&Field> = entry.url.iter().collect();
            header.extend(make.joined(Slot::Link, id, &url, " "));
            let mut lines = Vec::new();
            for field in &entry.summary {
                lines.extend(make.joined(Slot::Sentence, id, &[field], " "));
            }
            for field in &entry.highlights {
                lines.extend(make.joined(Slot::Bullet, id, &[field], " "));
            }
            Block {
                id: BlockId(entry.id.0.clone()),
                header,
                lines,
            }
        });
        let blocks = blocks.collect();
        sections.push(section(kind, blocks));
    }
    for (kind, groups) in [
        (SectionKind::Skills, &profile.skills),
        (SectionKind::Interests, &profile.interests),
    ] {
        let lines = groups.iter().filter_map(|group| make.group(group));
        let lines = lines.collect();
        sections.push(loose(kind, lines));
    }
    let mut languages = Vec::new();
    for skill in &profile.languages {
        let parts: Vec<&Field> = std::iter::once(&skill.language)
            .chain(&skill.fluency)
            .collect();
        languages.extend(make.joined(Slot::Skills, None, &parts, ": "));
    }
    sections.push(loose(SectionKind::Languages, languages));
    let resume = Resume {
        language: language.to_owned(),
        head,
        sections,
    }
    .without(&[]);
    let mut cut_order = Vec::new();
    for section in resume.sections.iter().rev() {
        for block in section.blocks.iter().rev() {
            for line in block.lines.iter().rev() {
                cut_order.push(Cut::Line {
                    claim: line.get().id.clone(),
                });
            }
            cut_order.push(Cut::Block {
                block: block.id.clone(),
            });
        }
    }
    Draft {
        resume,
        cut_order,
        page_budget,
    }
}

/// One page of a name and bullets with those words, each a fact of its own.
pub fn bullets(words: &[&str], page_budget: u32) -> (Draft<Verified<Claim>>, FactSet) {
    let hash = ContentHash::of(b"test");
    let mut facts = FactSet::new();
    let mut cites = Vec::new();
    for (number, quote) in std::iter::once(&"Jane Doe").chain(words).enumerate() {
        let locator = Locator::JsonPointer {
            pointer: format!("/{number}"),
        };
        let fact = facts.add(Fact::new("test.json", &hash, locator, quote));
        cites.push(Cite {
            fact,
            start: 0,
            end: quote.len(),
        });
    }
    let mut make = Maker::new(&facts, "en");
    let mut claims = cites.into_iter().enumerate().filter_map(|(number, cite)| {
        let slot = if number == 0 {
            Slot::Name
        } else {
            Slot::Bullet
        };
        make.pieces(slot, None, vec![Piece::Cited { cite }])
    });
    let head: Vec<_> = claims.next().into_iter().collect();
    let lines: Vec<_> = claims.collect();
    let cut_order = lines
        .iter()
        .rev()
        .map(|line| Cut::Line {
            claim: line.get().id.clone(),
        })
        .collect();
    let resume = Resume {
        language: "en".to_owned(),
        head,
        sections: vec![loose(SectionKind::Work, lines)],
    };
    let draft = Draft {
        resume,
        cut_order,
        page_budget,
    };
    (draft, facts)
}

/// A fixture of JSON Resume, read as evidence.
pub fn fixture(name: &str) -> Profile {
    // Tests of several crates use this file.
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .find(|folder| folder.join("fixtures/jsonresume").is_dir())
        .expect("a crate of this repository");
    let path = root.join("fixtures/jsonresume").join(name);
    let bytes = std::fs::read(&path).expect("the fixture is in the repository");
    intake::read_evidence(name, &bytes)
        .expect("the fixture can be read")
        .profile
}

/// The PDF's text as `pdftotext` gives it.
pub fn pdftotext(pdf: &[u8]) -> String {
    let mut child = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext is needed for this test: install poppler-utils");
    let mut input = child.stdin.take().unwrap();
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "pdftotext refuses the file");
    String::from_utf8(output.stdout).expect("pdftotext writes UTF-8")
}

/// Text without what readers of PDF add: white space, direction marks, page breaks.
pub fn bare(text: &str) -> String {
    text.chars()
        .filter(|character| {
            !character.is_whitespace() && !('\u{202a}'..='\u{202e}').contains(character)
        })
        .nfc()
        .collect()
}

/// Letters and digits alone: all that readers of PDF keep in order where two directions meet.
pub fn letters(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .nfc()
        .collect()
}

/// That every line of the résumé is in the text, in order, after `fold` made both alike.
pub fn assert_in_order(
    resume: &Resume<Verified<Claim>>,
    text: &str,
    fold: impl Fn(&str) -> String,
) {
    let text = fold(text);
    let mut from = 0;
    for (_, claim) in resume.claims() {
        let wanted = fold(&claim.get().text);
        match text[from..].find(&wanted) {
            Some(place) => from += place + wanted.len(),
            None => panic!(
                "{:?} is not in the rest of the page:\n{}",
                claim.get().text,
                &text[from..]
            ),
        }
    }
}
