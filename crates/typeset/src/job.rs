//! What is to be printed: plain data, made of verified claims only.

use std::collections::HashMap;

use career::claim::{Claim, Verified};
use career::resume::AsClaim;
use career::{BlockId, ClaimId, Cut, Draft, FactSet, SectionKind, Slot};
use serde::{Deserialize, Serialize};

use crate::error::TypesetError;
use crate::runs::{is_right_to_left, runs};

/// The most lines a job may hold.
pub const MAX_CLAIMS: usize = 2_000;
/// The most bytes of text a job may hold.
pub const MAX_BYTES: usize = 200_000;
/// A budget beyond this is taken as this.
const MAX_PAGES: u32 = 10;

/// The size of the paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl Paper {
    /// Width and height in points.
    pub fn size_pt(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.276, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// How it is to look.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct PrintOptions {
    /// A name out of [`crate::templates`].
    pub template: String,
    /// The paper.
    pub paper: Paper,
}

impl Default for PrintOptions {
    fn default() -> Self {
        Self {
            template: "ledger".to_owned(),
            paper: Paper::A4,
        }
    }
}

/// A document to print. Only [`PrintJob::new`] makes one outside this crate, and it takes only
/// verified claims: a line without evidence cannot be compiled.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct PrintJob(pub(crate) Job);

/// The content of a [`PrintJob`]; private, so that reading one from bytes stays with the worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) options: PrintOptions,
    pub(crate) language: String,
    pub(crate) budget: u32,
    /// How many cuts there are.
    pub(crate) cuts: usize,
    pub(crate) head: Vec<Line>,
    pub(crate) sections: Vec<JobSection>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct JobSection {
    pub(crate) kind: SectionKind,
    pub(crate) blocks: Vec<JobBlock>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct JobBlock {
    pub(crate) gone_at: usize,
    pub(crate) header: Vec<Line>,
    pub(crate) lines: Vec<Line>,
}

/// A claim as it is set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) slot: Slot,
    pub(crate) text: String,
    pub(crate) runs: Vec<(String, u8)>,
    pub(crate) right_to_left: Option<bool>,
    pub(crate) link: Option<String>,
    /// With so many cuts it is gone; never when `usize::MAX`.
    pub(crate) gone_at: usize,
}

impl PrintJob {
    /// Describes the pages of a draft. `facts` are those of its profile.
    ///
    /// # Errors
    /// When the template is unknown, nothing or far too much is to be printed.
    pub fn new(
        draft: &Draft<Verified<Claim>>,
        facts: &FactSet,
        options: PrintOptions,
    ) -> Result<Self, TypesetError> {
        crate::template::source(&options.template)?;
        let resume = &draft.resume;
        let (claims, bytes) = resume.claims().fold((0, 0), |(claims, bytes), (_, claim)| {
            (claims + 1, bytes + claim.claim().text.len())
        });
        if claims == 0 {
            return Err(TypesetError::Empty);
        }
        if claims > MAX_CLAIMS || bytes > MAX_BYTES {
            return Err(TypesetError::TooMuch {
                claims,
                bytes,
                max_claims: MAX_CLAIMS,
                max_bytes: MAX_BYTES,
            });
        }
        let ranks = Ranks::of(&draft.cut_order);
        let language = resume.language.as_str();
        let lines = |claims: &[Verified<Claim>]| -> Vec<Line> {
            claims
                .iter()
                .map(|claim| line(claim.get(), facts, language, &ranks))
                .collect()
        };
        let sections = resume.sections.iter().map(|section| JobSection {
            kind: section.kind,
            blocks: section
                .blocks
                .iter()
                .map(|block| JobBlock {
                    gone_at: ranks.block(&block.id),
                    header: lines(&block.header),
                    lines: lines(&block.lines),
                })
                .collect(),
        });
        Ok(Self(Job {
            head: lines(&resume.head),
            sections: sections.collect(),
            language: resume.language.clone(),
            budget: draft.page_budget.clamp(1, MAX_PAGES),
            cuts: draft.cut_order.len(),
            options,
        }))
    }
}

/// After how many cuts a line or a block is gone.
struct Ranks<'a> {
    lines: HashMap<&'a ClaimId, usize>,
    blocks: HashMap<&'a BlockId, usize>,
}

impl<'a> Ranks<'a> {
    fn of(cuts: &'a [Cut]) -> Self {
        let mut ranks = Self {
            lines: HashMap::new(),
            blocks: HashMap::new(),
        };
        for (number, cut) in cuts.iter().enumerate() {
            match cut {
                Cut::Line { claim } => ranks.lines.entry(claim).or_insert(number + 1),
                Cut::Block { block } => ranks.blocks.entry(block).or_insert(number + 1),
            };
        }
        ranks
    }

    fn line(&self, id: &ClaimId) -> usize {
        self.lines.get(id).copied().unwrap_or(usize::MAX)
    }

    fn block(&self, id: &BlockId) -> usize {
        self.blocks.get(id).copied().unwrap_or(usize::MAX)
    }
}

fn line(claim: &Claim, facts: &FactSet, language: &str, ranks: &Ranks<'_>) -> Line {
    let strong = if claim.slot == Slot::Skills {
        claim.label_len(facts, language)
    } else {
        0
    };
    Line {
        id: claim.id.0.clone(),
        slot: claim.slot,
        runs: runs(&claim.text, strong),
        right_to_left: is_right_to_left(&claim.text),
        link: matches!(claim.slot, Slot::Contact | Slot::Link)
            .then(|| link(&claim.text))
            .flatten(),
        text: claim.text.clone(),
        gone_at: ranks.line(&claim.id),
    }
}

/// Where a contact or an entry's address leads: an e-mail address or a page over https, given
/// with or without its scheme. Anything else is text.
fn link(text: &str) -> Option<String> {
    if text.len() > 300
        || text.contains(|character: char| character.is_whitespace() || character.is_control())
        || text.contains(['"', '<', '>', '\\', '{', '}', '|', '^', '`'])
    {
        return None;
    }
    if let Some((user, host)) = text.split_once('@') {
        let plain = !user.is_empty()
            && user
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || "._%+-'".contains(character));
        return (plain && is_host(host)).then(|| format!("mailto:{text}"));
    }
    let bare = text.strip_prefix("https://").unwrap_or(text);
    let host = bare.split(['/', '?', '#']).next().unwrap_or_default();
    is_host(host).then(|| format!("https://{bare}"))
}

fn is_host(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    let top_is_a_name = labels
        .last()
        .is_some_and(|top| top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic()));
    labels.len() >= 2
        && top_is_a_name
        && labels.iter().all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mail_addresses_and_https_pages_become_links() {
        for (text, expected) in [
            ("jane@example.org", Some("mailto:jane@example.org")),
            (
                "https://example.org/a?b#c",
                Some("https://example.org/a?b#c"),
            ),
            ("github.com/jane", Some("https://github.com/jane")),
            ("http://example.org", None),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("https://example.org/\" onclick=\"x", None),
            ("jane@example.org?subject=x@y.org", None),
            ("Berlin, Germany", None),
            ("+49 30 123", None),
            ("192.168.0.1", None),
        ] {
            assert_eq!(link(text).as_deref(), expected, "{text}");
        }
    }
}
