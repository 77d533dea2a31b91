//! Requirements: what a posting asks for, the span that says so, and which facts answer it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::fact::FactId;

/// Names a requirement inside its posting, `r-3`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequirementId(pub String);

impl fmt::Display for RequirementId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// How much the posting insists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequirementKind {
    /// Asked for.
    Must,
    /// Welcome.
    Nice,
    /// What the work will be.
    Duty,
}

/// What can be looked for in a profile.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Term {
    /// A skill of the skill file, by its canonical name.
    Skill {
        /// `Kubernetes`.
        name: String,
    },
    /// Years of experience asked for.
    Years {
        /// At least so many.
        at_least: u8,
    },
    /// A spoken language.
    Language {
        /// Its English name.
        name: String,
    },
    /// A level of degree.
    Degree {
        /// `bachelor`, `master`, `doctorate`.
        level: String,
    },
    /// A seniority.
    Seniority {
        /// `senior`, `staff`, `lead` …
        level: String,
    },
}

/// One thing a posting asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Requirement {
    /// Its name inside the posting.
    pub id: RequirementId,
    /// The words of the posting, exactly those of `span`.
    pub text: String,
    /// How much it is insisted on.
    pub kind: RequirementKind,
    /// Byte offsets into the posting's text.
    pub span: (usize, usize),
    /// 0 to 1: how much it counts against the others.
    pub weight: f32,
    /// What to look for.
    pub terms: Vec<Term>,
}

/// What a posting asks for, all of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// In the order of the text.
    pub requirements: Vec<Requirement>,
    /// BCP 47 tag of the posting's language.
    pub language: String,
    /// The seniority asked for, when it says.
    pub seniority: Option<String>,
    /// The most years of experience it asks for.
    pub years: Option<u8>,
    /// What it names that a person knows, in the order of the text, nothing twice at one place.
    #[serde(default)]
    pub knowledge: Vec<Knowledge>,
}

/// A stretch of a posting that names something a person knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Knowledge {
    /// The words of the posting, exactly those of `span`.
    pub text: String,
    /// Byte offsets into the posting's text.
    pub span: (usize, usize),
    /// How it was told.
    pub kind: KnowledgeKind,
}

/// What a stretch of knowledge was told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KnowledgeKind {
    /// A skill of the skill file.
    Skill,
    /// A field, a method or a thing of the list of fields.
    Field,
    /// By its letters: an abbreviation, a name.
    Name,
    /// By the words around it: what `experience with` is followed by.
    Phrase,
    /// A degree or a diploma.
    Degree,
    /// A spoken language.
    Language,
}

/// A fact that answers a requirement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Match {
    /// What is answered.
    pub requirement: RequirementId,
    /// By what.
    pub fact: FactId,
    /// 0 to 1.
    pub score: f32,
    /// What they share, in words a person can read: `Kubernetes`, `6 years`.
    pub why: Vec<String>,
    /// Which parts of the fact's quote answer, in bytes: a fact may hold several statements. Empty
    /// means all of it.
    #[serde(default)]
    pub spans: Vec<(usize, usize)>,
}
