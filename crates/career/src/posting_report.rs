//! A posting as the command line writes it: what it is, its fields and what it asks for.

use serde::{Deserialize, Serialize};

use crate::date::PartialDate;
use crate::hidden::HiddenPassage;
use crate::posting::Posting;
use crate::requirement::{Analysis, Requirement, RequirementKind};
use crate::salary::Salary;

/// What something taken for a posting turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostingKind {
    /// An advertisement.
    Job,
    /// A notice that the job is gone.
    Closed,
    /// A log-in page or a challenge.
    Blocked,
    /// Several jobs.
    List,
    /// A page that shows nothing without its scripts.
    NoText,
}

impl PostingKind {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Job => "job",
            Self::Closed => "closed",
            Self::Blocked => "blocked",
            Self::List => "list",
            Self::NoText => "no_text",
        }
    }
}

/// The file that `llmployable posting` writes. Every key is always there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PostingReport {
    /// What it is.
    pub kind: PostingKind,
    /// Where it came from.
    pub url: Option<String>,
    /// The job's title.
    pub title: Option<String>,
    /// The employer.
    pub company: Option<String>,
    /// Where the work is.
    pub location: Option<String>,
    /// Whether it can be done from elsewhere.
    pub remote: Option<bool>,
    /// What it pays.
    pub salary: Option<Salary>,
    /// The source's word for it.
    pub employment_type: Option<String>,
    /// ISO 8601, as precise as it is known.
    pub date_posted: Option<String>,
    /// ISO 8601, as precise as it is known.
    pub valid_through: Option<String>,
    /// Whether the last day to apply is over.
    pub expired: bool,
    /// Where one applies.
    pub apply_url: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// What one must bring.
    pub requirements: Vec<String>,
    /// What is welcome.
    pub nice_to_have: Vec<String>,
    /// What the work will be.
    pub responsibilities: Vec<String>,
    /// What it names that a person knows, each once: tools, fields, methods, degrees, languages.
    pub knowledge: Vec<String>,
    /// What was kept out of the text, and why.
    pub hidden: Vec<HiddenPassage>,
    /// The readable text.
    pub text: String,
}

impl PostingReport {
    /// An advertisement and what it asks for.
    pub fn job(posting: &Posting, analysis: &Analysis, today: PartialDate) -> Self {
        let of_kind = |kind: RequirementKind| {
            analysis
                .requirements
                .iter()
                .filter(|requirement| requirement.kind == kind)
                .map(|requirement| {
                    let whole = whole_item(posting, analysis, requirement);
                    crate::text::clean(whole.unwrap_or(&requirement.text))
                })
                .collect()
        };
        Self {
            kind: PostingKind::Job,
            url: posting.url.clone(),
            title: posting.title.clone(),
            company: posting.company.clone(),
            location: posting.location.clone(),
            remote: posting.remote,
            salary: posting.salary.clone(),
            employment_type: posting.employment_type.clone(),
            date_posted: posting.date_posted.map(iso),
            valid_through: posting.valid_through.map(iso),
            expired: posting.is_expired(today),
            apply_url: posting.apply_url.clone(),
            language: Some(analysis.language.clone())
                .filter(|language| !language.is_empty())
                .or_else(|| posting.language.clone()),
            requirements: of_kind(RequirementKind::Must),
            nice_to_have: of_kind(RequirementKind::Nice),
            responsibilities: of_kind(RequirementKind::Duty),
            knowledge: each_once(analysis),
            hidden: posting.hidden.clone(),
            text: posting.text.clone(),
        }
    }

    /// Anything else: it has a kind and nothing that could be taken for a posting.
    pub fn without_posting(kind: PostingKind, url: Option<String>) -> Self {
        Self {
            kind,
            url,
            title: None,
            company: None,
            location: None,
            remote: None,
            salary: None,
            employment_type: None,
            date_posted: None,
            valid_through: None,
            expired: false,
            apply_url: None,
            language: None,
            requirements: Vec::new(),
            nice_to_have: Vec::new(),
            responsibilities: Vec::new(),
            knowledge: Vec::new(),
            hidden: Vec::new(),
            text: String::new(),
        }
    }
}

/// The knowledge in its order; the same words in other letter case are the same.
fn each_once(analysis: &Analysis) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    let words = analysis.knowledge.iter();
    words
        .map(|one| crate::text::clean(&one.text))
        .filter(|words| seen.insert(words.to_lowercase()))
        .collect()
}

/// The list item or one-sentence line a requirement is all that is asked for in: what a person
/// reads there, with the part that asks for nothing ("Dutch is not required").
fn whole_item<'a>(
    posting: &'a Posting,
    analysis: &Analysis,
    requirement: &Requirement,
) -> Option<&'a str> {
    let (from, to) = requirement.span;
    let before = posting.text.get(..from)?;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = posting
        .text
        .get(to..)?
        .find('\n')
        .map_or(posting.text.len(), |end| to + end);
    let line = posting.text.get(start..end)?;
    let item = line.strip_prefix("- ");
    let words = item.unwrap_or(line);
    let begins = end - words.len();
    let alone = analysis
        .requirements
        .iter()
        .filter(|other| other.span.0 < end && other.span.1 > start)
        .count()
        == 1;
    let one_sentence = item.is_some() || crate::text::sentences(words).len() == 1;
    (alone && one_sentence && from == begins).then_some(words)
}

fn iso(date: PartialDate) -> String {
    match (date.month, date.day) {
        (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", date.year),
        (Some(month), None) => format!("{:04}-{month:02}", date.year),
        _ => format!("{:04}", date.year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::ContentHash;
    use crate::requirement::{Knowledge, KnowledgeKind, RequirementId};

    #[test]
    fn the_file_names_kind_fields_and_what_is_asked_for() {
        let mut posting = Posting::of_text(ContentHash::of(b"x"), "Rise\nearly. Knead.".into());
        posting.title = Some("Baker".into());
        posting.date_posted = PartialDate::parse("2026-01-12");
        posting.valid_through = PartialDate::parse("2019-01");
        let analysis = Analysis {
            requirements: vec![Requirement {
                id: RequirementId("r-1".into()),
                text: "Rise\nearly".into(),
                kind: RequirementKind::Must,
                span: (0, 10),
                weight: 1.0,
                terms: Vec::new(),
            }],
            language: "en".into(),
            knowledge: ["Rye", "rye"]
                .map(|words| Knowledge {
                    text: words.into(),
                    span: (0, 3),
                    kind: KnowledgeKind::Field,
                })
                .to_vec(),
            ..Analysis::default()
        };
        let today = PartialDate::parse("2026-11-24").unwrap();
        let report = serde_json::to_value(PostingReport::job(&posting, &analysis, today)).unwrap();
        assert_eq!(report["kind"], "job");
        assert_eq!(report["datePosted"], "2026-01-12");
        assert_eq!(report["validThrough"], "2019-01");
        assert_eq!(report["expired"], true);
        assert_eq!(report["requirements"][0], "Rise early");
        assert_eq!(report["niceToHave"], serde_json::json!([]));
        assert_eq!(report["knowledge"], serde_json::json!(["Rye"]));
        assert_eq!(report["salary"], serde_json::Value::Null);
    }

    #[test]
    fn an_item_is_told_whole_and_a_sentence_of_a_paragraph_alone() {
        let text = "- English; Dutch is not required.\nWe bake. You knead. You sell.";
        let posting = Posting::of_text(ContentHash::of(b"x"), text.into());
        let asked = |words: &str| {
            let start = text.find(words).unwrap();
            Requirement {
                id: RequirementId("r".into()),
                text: words.into(),
                kind: RequirementKind::Must,
                span: (start, start + words.len()),
                weight: 1.0,
                terms: Vec::new(),
            }
        };
        let analysis = Analysis {
            requirements: vec![asked("English"), asked("You knead")],
            ..Analysis::default()
        };
        let today = PartialDate::year(2026);
        assert_eq!(
            PostingReport::job(&posting, &analysis, today).requirements,
            ["English; Dutch is not required.", "You knead"]
        );
    }

    #[test]
    fn what_is_no_posting_has_a_kind_and_no_words() {
        let report = PostingReport::without_posting(PostingKind::NoText, None);
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(json["kind"], "no_text");
        assert_eq!(json["text"], "");
        assert_eq!(report.kind.name(), "no_text");
    }
}
