//! Claims: the lines of a résumé, each made of pieces that rest on facts.
//!
//! A claim is not a text but the recipe of one: cited spans joined by a fixed glue. So every edit
//! is recorded and can be undone, and "does the evidence say this" is a question code answers.

use serde::{Deserialize, Serialize};

use crate::date::PartialDate;
use crate::fact::{Cite, FactId, FactSet};
use crate::profile::EntryId;
use crate::text::clean;

/// Names a claim inside its résumé, `c-12`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClaimId(pub String);

/// What place on the page a claim takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// The person's name.
    Name,
    /// The line under it.
    Headline,
    /// One way to reach them.
    Contact,
    /// A sentence of running text: the summary, or an entry's own.
    Sentence,
    /// What an entry is called.
    Title,
    /// Employer, school, issuer.
    Organization,
    /// Where.
    Location,
    /// When.
    Dates,
    /// An entry's address on the web.
    Link,
    /// A bullet.
    Bullet,
    /// A labelled list: `Backend: Node.js, Redis`.
    Skills,
}

/// A part of a claim's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Piece {
    /// Words of a fact, cleaned of what shows nothing ([`clean`]).
    Cited {
        /// The words.
        cite: Cite,
    },
    /// A date a fact gives, in the résumé's own form.
    Date {
        /// The date's words.
        cite: Cite,
    },
    /// One of [`GLUE`]: separators that say nothing.
    Glue {
        /// The separator.
        text: String,
    },
    /// Words of a rewording, and the spans it rests on. Whether they say so is for the gate.
    Reworded {
        /// The words.
        text: String,
        /// What they rest on.
        cites: Vec<Cite>,
    },
    /// The word for "until today", in the résumé's language. Only behind a date and a dash.
    Present,
}

/// All that may stand between cited words.
pub const GLUE: [&str; 9] = [", ", ": ", " – ", " · ", "; ", " ", ".", " (", ")"];

/// What was done to the evidence to make the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// Nothing: the fact's own words.
    Verbatim,
    /// White space folded, invisible characters dropped.
    Cleaned,
    /// A part of the fact's words.
    Excerpt,
    /// Several facts behind each other.
    Joined,
    /// A date in another form.
    DateFormat,
    /// Said in other words, which the gate found to claim no more.
    Reworded,
}

/// One line of a résumé and what it rests on. Unverified until it is inside [`Verified`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Its name inside the résumé.
    pub id: ClaimId,
    /// Its place on the page.
    pub slot: Slot,
    /// The entry it belongs to.
    pub entry: Option<EntryId>,
    /// What it is made of.
    pub pieces: Vec<Piece>,
    /// What the pieces give: the line as it stands on the page.
    pub text: String,
}

impl Claim {
    /// Makes a claim; its text follows from the pieces. `None` when a piece cites what is not
    /// there, a date piece is no date, or nothing visible is left.
    pub fn compose(
        id: ClaimId,
        slot: Slot,
        entry: Option<EntryId>,
        pieces: Vec<Piece>,
        facts: &FactSet,
        language: &str,
    ) -> Option<Self> {
        let text = render(&pieces, facts, language)?;
        (!text.trim().is_empty()).then_some(Self {
            id,
            slot,
            entry,
            pieces,
            text,
        })
    }

    /// The facts cited, each once, in the order of the line.
    pub fn facts(&self) -> Vec<&FactId> {
        let mut ids: Vec<&FactId> = Vec::new();
        for cite in self.cites() {
            if !ids.contains(&&cite.fact) {
                ids.push(&cite.fact);
            }
        }
        ids
    }

    /// The spans cited, in the order of the line.
    pub fn cites(&self) -> impl Iterator<Item = &Cite> {
        self.pieces.iter().flat_map(|piece| match piece {
            Piece::Cited { cite } | Piece::Date { cite } => std::slice::from_ref(cite),
            Piece::Reworded { cites, .. } => cites.as_slice(),
            Piece::Glue { .. } | Piece::Present => &[],
        })
    }

    /// The strongest edit that made it.
    pub fn edit(&self, facts: &FactSet) -> Edit {
        let has = |kind: fn(&Piece) -> bool| self.pieces.iter().any(kind);
        if has(|piece| matches!(piece, Piece::Reworded { .. })) {
            return Edit::Reworded;
        }
        if has(|piece| matches!(piece, Piece::Date { .. })) {
            return Edit::DateFormat;
        }
        let [Piece::Cited { cite }] = self.pieces.as_slice() else {
            return Edit::Joined;
        };
        let quote = facts
            .get(&cite.fact)
            .map(|fact| fact.quote.as_str())
            .unwrap_or_default();
        if self.text == quote {
            Edit::Verbatim
        } else if clean(quote) == self.text {
            Edit::Cleaned
        } else {
            Edit::Excerpt
        }
    }

    /// The label of a [`Slot::Skills`] line: the length in bytes of what stands before its first
    /// `": "` glue, 0 when there is none.
    pub fn label_len(&self, facts: &FactSet, language: &str) -> usize {
        let colon = self
            .pieces
            .iter()
            .position(|piece| matches!(piece, Piece::Glue { text } if text == ": "));
        colon
            .and_then(|position| render(&self.pieces[..position], facts, language))
            .map_or(0, |label| label.len())
    }
}

/// The word for "until today" in a language (BCP 47 tag); English where it is not known.
pub fn present_word(language: &str) -> &'static str {
    match language.split('-').next().unwrap_or_default() {
        "de" => "heute",
        "fr" => "aujourd’hui",
        "es" => "actualidad",
        "it" => "oggi",
        "pt" => "atual",
        "nl" => "heden",
        "he" => "היום",
        "pl" => "obecnie",
        "sv" | "da" => "nu",
        "nb" | "no" => "nå",
        "fi" => "nykyinen",
        "cs" => "dosud",
        "tr" => "günümüz",
        "el" => "σήμερα",
        "ru" => "настоящее время",
        "uk" => "дотепер",
        "zh" => "至今",
        "ja" => "現在",
        "ko" => "현재",
        "ar" => "حتى الآن",
        "hi" => "वर्तमान",
        _ => "Present",
    }
}

fn render(pieces: &[Piece], facts: &FactSet, language: &str) -> Option<String> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Cited { cite } => text.push_str(&clean(facts.words(cite)?)),
            Piece::Date { cite } => {
                let date = PartialDate::parse(facts.words(cite)?)?;
                text.push_str(&date.display(language));
            }
            Piece::Glue { text: glue } => text.push_str(glue),
            Piece::Reworded { text: words, .. } => text.push_str(&clean(words)),
            Piece::Present => text.push_str(present_word(language)),
        }
    }
    Some(text)
}

/// Why a claim was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// It cites nothing.
    NoEvidence,
    /// It cites a fact or span that does not exist.
    MissingSpan,
    /// Its text is not what its pieces give.
    TextDiffers,
    /// Something stands between the cited words that is not plain glue.
    ForeignWords,
    /// "Present" where the evidence gives an end, or without a start.
    OpenEnd,
    /// It draws on another entry than the one it stands under.
    WrongEntry,
    /// It says in other words more than its evidence does.
    SaysMore,
    /// Its words are torn out of a statement, or pieced together out of several: what is left may
    /// say something else.
    Torn,
}

impl FindingCode {
    /// As it is written, `says_more`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoEvidence => "no_evidence",
            Self::MissingSpan => "missing_span",
            Self::TextDiffers => "text_differs",
            Self::ForeignWords => "foreign_words",
            Self::OpenEnd => "open_end",
            Self::WrongEntry => "wrong_entry",
            Self::SaysMore => "says_more",
            Self::Torn => "torn",
        }
    }
}

/// A refusal with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The claim.
    pub claim: ClaimId,
    /// The rule it breaks.
    pub code: FindingCode,
    /// In words.
    pub reason: String,
}

/// A judge of claims beyond the structure that [`Verified::admit`] always checks.
pub trait Gate {
    /// What is wrong with the claim; empty when nothing is.
    fn judge(&self, claim: &Claim, facts: &FactSet) -> Vec<Finding>;
}

/// A value whose evidence was checked. Can only be made by [`Verified::admit`], and what is
/// typeset must be verified: a line without evidence cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Verified<T>(T);

impl Verified<Claim> {
    /// Checks the structure (every cited span exists, the text is exactly what the pieces give,
    /// only plain glue between them) and then asks the gate.
    ///
    /// # Errors
    /// Everything found wrong.
    pub fn admit(
        claim: Claim,
        facts: &FactSet,
        language: &str,
        gate: &dyn Gate,
    ) -> Result<Self, Vec<Finding>> {
        let mut findings = structure(&claim, facts, language);
        findings.extend(gate.judge(&claim, facts));
        if findings.is_empty() {
            Ok(Self(claim))
        } else {
            Err(findings)
        }
    }
}

impl<T> Verified<T> {
    /// What was verified.
    pub fn get(&self) -> &T {
        &self.0
    }

    /// What was verified, no longer known to be.
    pub fn into_inner(self) -> T {
        self.0
    }
}

fn structure(claim: &Claim, facts: &FactSet, language: &str) -> Vec<Finding> {
    let finding = |code, reason: &str| Finding {
        claim: claim.id.clone(),
        code,
        reason: reason.to_owned(),
    };
    let mut findings = Vec::new();
    if claim.cites().next().is_none() {
        findings.push(finding(FindingCode::NoEvidence, "the line cites no fact"));
    }
    if claim.cites().any(|cite| facts.words(cite).is_none()) {
        findings.push(finding(
            FindingCode::MissingSpan,
            "a cited span does not exist",
        ));
    } else if render(&claim.pieces, facts, language).as_deref() != Some(claim.text.as_str()) {
        findings.push(finding(
            FindingCode::TextDiffers,
            "the line is not what its evidence gives",
        ));
    }
    let bare = |piece: &Piece| matches!(piece, Piece::Reworded { cites, .. } if cites.is_empty());
    if claim.pieces.iter().any(bare) && claim.cites().next().is_some() {
        findings.push(finding(
            FindingCode::NoEvidence,
            "a part of the line cites no fact",
        ));
    }
    let foreign = claim
        .pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Glue { text } if !GLUE.contains(&text.as_str())));
    if foreign {
        findings.push(finding(
            FindingCode::ForeignWords,
            "words that no fact says",
        ));
    }
    for (position, piece) in claim.pieces.iter().enumerate() {
        let behind_a_date = position >= 2
            && matches!(
                claim.pieces[position - 2],
                Piece::Date { .. } | Piece::Cited { .. }
            );
        if *piece == Piece::Present && !behind_a_date {
            findings.push(finding(
                FindingCode::OpenEnd,
                "an open end without a beginning",
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Fact, Locator};
    use crate::hash::ContentHash;

    struct Lenient;
    impl Gate for Lenient {
        fn judge(&self, _: &Claim, _: &FactSet) -> Vec<Finding> {
            Vec::new()
        }
    }

    fn facts(quotes: &[&str]) -> (FactSet, Vec<Cite>) {
        let mut set = FactSet::new();
        let cites = quotes.iter().enumerate().map(|(number, quote)| {
            let locator = Locator::JsonPointer {
                pointer: format!("/{number}"),
            };
            let fact = set.add(Fact::new("cv", &ContentHash::of(b"cv"), locator, quote));
            Cite {
                fact,
                start: 0,
                end: quote.len(),
            }
        });
        let cites = cites.collect();
        (set, cites)
    }

    fn claim(pieces: Vec<Piece>, facts: &FactSet) -> Claim {
        Claim::compose(
            ClaimId("c-1".into()),
            Slot::Bullet,
            None,
            pieces,
            facts,
            "en",
        )
        .unwrap()
    }

    fn codes(outcome: Result<Verified<Claim>, Vec<Finding>>) -> Vec<FindingCode> {
        outcome
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|finding| finding.code)
            .collect()
    }

    #[test]
    fn the_fact_s_own_words_pass_and_count_as_verbatim() {
        let (facts, cites) = facts(&["Cut cost by 40%"]);
        let claim = claim(
            vec![Piece::Cited {
                cite: cites[0].clone(),
            }],
            &facts,
        );
        assert_eq!(claim.edit(&facts), Edit::Verbatim);
        assert!(Verified::admit(claim, &facts, "en", &Lenient).is_ok());
    }

    #[test]
    fn a_text_that_outgrew_its_evidence_is_refused_even_by_a_lenient_gate() {
        let (facts, cites) = facts(&["Cut cost by 40%"]);
        let mut claim = claim(
            vec![Piece::Cited {
                cite: cites[0].clone(),
            }],
            &facts,
        );
        claim.text = "Cut cost by 60%".into();
        assert_eq!(
            codes(Verified::admit(claim, &facts, "en", &Lenient)),
            [FindingCode::TextDiffers]
        );
    }

    #[test]
    fn words_smuggled_in_as_glue_are_refused() {
        let (facts, cites) = facts(&["Rust"]);
        let pieces = vec![
            Piece::Cited {
                cite: cites[0].clone(),
            },
            Piece::Glue {
                text: " and ten years of Go".into(),
            },
        ];
        let claim = claim(pieces, &facts);
        assert_eq!(
            codes(Verified::admit(claim, &facts, "en", &Lenient)),
            [FindingCode::ForeignWords]
        );
    }

    #[test]
    fn a_line_without_evidence_is_refused() {
        let claim = Claim {
            id: ClaimId("c-1".into()),
            slot: Slot::Bullet,
            entry: None,
            pieces: Vec::new(),
            text: "Invented the wheel".into(),
        };
        let found = codes(Verified::admit(claim, &FactSet::new(), "en", &Lenient));
        assert!(found.contains(&FindingCode::NoEvidence));
    }

    #[test]
    fn dates_take_the_resume_s_form_and_open_ends_its_word() {
        let (facts, cites) = facts(&["2021-03-01"]);
        let pieces = vec![
            Piece::Date {
                cite: cites[0].clone(),
            },
            Piece::Glue {
                text: " – ".into()
            },
            Piece::Present,
        ];
        let claim = claim(pieces, &facts);
        assert_eq!(claim.text, "Mar 2021 – Present");
        assert_eq!(claim.edit(&facts), Edit::DateFormat);
        assert!(Verified::admit(claim, &facts, "en", &Lenient).is_ok());
    }
}
