//! What pages show and scripts read: joined, trimmed, checked data in plain types.

mod evidence;
mod export;
mod models;

pub use evidence::{
    ConflictView, DecisionView, EntryView, EvidenceView, GivenFact, GroupView, InterviewView,
    OlderView, OriginalPage, OriginalPlace, ProposalView, SourceDetail, ValueView, WriteView,
};

pub use export::{ExportFault, ExportFaultKind, ExportReport, PhotoView, PrintView, TemplateView};
pub use models::{
    CallView, EstimateView, KeptKeyView, LedgerView, OwnKeyView, SpentView, TypedKey,
};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::claim::{Edit, Slot};
use crate::hidden::HiddenPassage;
use crate::profile::SectionKind;
use crate::requirement::RequirementKind;
use crate::run::{RunState, Stage};

/// Why a résumé is as it is: the content of `explain.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Pages of the document.
    pub pages: u32,
    /// How long each stage took.
    pub stages: Vec<StageTime>,
    /// Every line of the document, headings aside, in reading order.
    pub lines: Vec<LineView>,
    /// Everything the posting asks for, in its order.
    pub requirements: Vec<RequirementView>,
    /// The text the requirement spans point into.
    #[serde(default)]
    pub posting_text: String,
    /// What the posting hides or tells to models: kept out of the text, to be shown.
    #[serde(default)]
    pub hidden: Vec<HiddenPassage>,
    /// What a model proposed and the evidence does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<RejectedView>,
}

/// A proposal that was refused; the line stands in its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedView {
    /// The line's claim, as in [`LineView::id`].
    pub line: String,
    /// What was proposed.
    pub proposed: String,
    /// The kind of objection, `new_number`.
    pub code: String,
    /// The objection in words.
    pub reason: String,
    /// The fact that the line's entry is known by, for who wants to say it themselves.
    pub entry: Option<String>,
}

/// A stage and its time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StageTime {
    /// The stage.
    pub name: Stage,
    /// Milliseconds.
    pub ms: f64,
}

/// A line of the document and its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineView {
    /// The claim's id.
    pub id: String,
    /// The section it stands in.
    pub section: SectionKind,
    /// Its place there.
    pub slot: Slot,
    /// The line as it stands on the page.
    pub text: String,
    /// What was done to the evidence.
    pub edit: Edit,
    /// The evidence.
    pub facts: Vec<FactView>,
    /// The ids of the requirements it answers.
    pub requirements: Vec<String>,
}

/// A fact as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactView {
    /// Its id.
    pub id: String,
    /// The source's name.
    pub source: String,
    /// Where it stands there.
    pub locator: String,
    /// Its words.
    pub quote: String,
    /// The kind of source, short, for the margin: `in`, `json`, `gh`, `pdf`, `own`.
    #[serde(default)]
    pub mark: String,
}

/// A requirement and what answers it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequirementView {
    /// Its id.
    pub id: String,
    /// The posting's words.
    pub text: String,
    /// How much it is insisted on.
    pub kind: RequirementKind,
    /// Byte offsets into the posting's text.
    pub span: (usize, usize),
    /// 0 to 1.
    pub weight: f32,
    /// The ids of the facts that answer it, the best first, on the page or not.
    pub facts: Vec<String>,
    /// The ids of the lines on the page that do.
    pub lines: Vec<String>,
    /// What is shared, in words.
    #[serde(default)]
    pub why: Vec<String>,
}

/// A run as its page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunView {
    /// Its id.
    pub id: Uuid,
    /// Where it stands.
    pub state: RunState,
    /// The posting's title, once read.
    pub title: Option<String>,
    /// The employer, once read.
    pub company: Option<String>,
    /// The evidence given, by name.
    pub sources: Vec<String>,
    /// When it was asked for, RFC 3339 UTC.
    pub created_at: String,
    /// The stages so far.
    pub stages: Vec<StageView>,
    /// Lines of the draft as they come, while a model writes them.
    #[serde(default)]
    pub arriving: Vec<String>,
    /// Whether a model was asked for it, or a kept answer stood in for asking: the ledger says what.
    #[serde(default)]
    pub asked: bool,
    /// Something a person should know that did not stop the run, as message codes.
    pub notices: Vec<String>,
    /// The number of the last event: grows with every change.
    pub revision: i64,
}

/// A stage as the run's page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StageView {
    /// Which.
    pub stage: Stage,
    /// How it stands.
    pub status: StageStatus,
    /// How long it took, when it is through.
    pub ms: Option<f64>,
    /// What it found: numbers by name (`requirements` 14, `backed` 9).
    pub found: Vec<(String, i64)>,
}

/// How a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageStatus {
    /// Not begun.
    Waiting,
    /// Under way.
    Working,
    /// Through.
    Done,
    /// Gave up.
    Failed,
    /// Stopped by the person.
    Cancelled,
}

/// A finished run: its pages and why they are as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResultView {
    /// The run.
    pub run: Uuid,
    /// The pages, in order.
    pub pages: Vec<PageView>,
    /// The reasons.
    pub explanation: Explanation,
    /// What a machine reads of the PDF; none for a document older than that.
    pub report: Option<ExportReport>,
}

/// One page of the finished document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageView {
    /// From 1.
    pub number: u32,
    /// The address of its picture (SVG).
    pub url: String,
    /// Its width in points.
    pub width: f32,
    /// Its height in points.
    pub height: f32,
    /// Where its lines stand.
    pub marks: Vec<LineMark>,
}

/// Where a line of the document stands on its page, as parts (0 to 1) of the page's size.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineMark {
    /// The claim's id, as in [`LineView::id`].
    pub line: String,
    /// The line's upper edge.
    pub top: f32,
    /// Its left edge.
    pub left: f32,
    /// Its height.
    pub height: f32,
}

/// A source of evidence that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceView {
    /// Its id.
    pub id: Uuid,
    /// Its name: a file's, an account's.
    pub name: String,
    /// What it was read as: `json_resume`, `linkedin_export`, `github`, `sample`.
    pub kind: String,
    /// How many facts it gave.
    pub facts: i64,
    /// When it was given or read anew, RFC 3339 UTC.
    pub created_at: String,
}

/// A line in the list of runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunListItem {
    /// Its id.
    pub id: Uuid,
    /// Where it stands.
    pub state: RunState,
    /// The posting's title, once read.
    pub title: Option<String>,
    /// The employer, once read.
    pub company: Option<String>,
    /// When it was asked for, RFC 3339 UTC.
    pub created_at: String,
}

/// What was typed into the start form when it was refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The posting: address or text.
    pub posting: String,
    /// The GitHub account.
    pub github: String,
    /// Pages at most.
    pub pages: u8,
    /// The language that was chosen.
    #[serde(default)]
    pub language: String,
    /// Kept evidence that was ticked.
    #[serde(default)]
    pub sources: Vec<Uuid>,
    /// Whether the sample was ticked.
    #[serde(default)]
    pub sample: bool,
    /// The message's key.
    pub problem: String,
    /// The field it stands at.
    pub field: Option<String>,
    /// Further fields by their names.
    #[serde(default)]
    pub typed: BTreeMap<String, String>,
}
