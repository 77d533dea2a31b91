//! Finds the files, reads them and compares.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::compare::{Count, Counts, Differences, compare};
use super::content;
use super::sheet::Sheet;

/// What became of one file.
pub struct Scored {
    /// The folder it belongs to.
    pub source: &'static str,
    /// Its name below the folder of all.
    pub name: String,
    /// The code of the refusal.
    pub refusal: Option<String>,
    /// Counts by kind; empty where the file has no truth.
    pub counts: Counts,
    /// What disagrees.
    pub differences: Differences,
    /// What is lost on the way out and in again; `None` inside when it could not be read again.
    pub lost: Vec<String>,
    /// How many pieces went out.
    pub pieces: usize,
    /// Whether there is a truth.
    pub judged: bool,
}

/// The folders of inputs, the ends of their files' names, and whether a file is its own truth.
const SOURCES: [(&str, &str, bool); 11] = [
    ("linkedin-export", ".zip", false),
    ("jsonresume", ".json", true),
    ("reactive-resume", ".json", false),
    ("rendercv", ".yaml", false),
    ("resume-text", ".txt", false),
    ("resume-text", ".md", false),
    ("resume-docx", ".docx", false),
    ("europass", ".xml", false),
    ("europass", ".json", false),
    ("linkedin-pdf", ".pdf", false),
    ("resume-pdf", ".pdf", false),
];

/// Scores every file that has a truth.
pub fn score_all(folders: &[&Path]) -> Vec<Scored> {
    let mut scored = Vec::new();
    for (source, end, own_truth) in SOURCES {
        let filled = folders
            .iter()
            .map(|folder| (*folder, below(&folder.join(source), end)))
            .find(|(_, files)| !files.is_empty());
        let Some((folder, files)) = filled else {
            continue;
        };
        for file in files {
            let truth = if own_truth {
                own(&file)
            } else {
                document(&file.with_extension("truth.json"))
            };
            let Ok(bytes) = fs::read(&file) else { continue };
            let shown = file.strip_prefix(folder).unwrap_or(&file);
            scored.extend(score(source, shown, &bytes, truth.as_ref()));
        }
    }
    scored
}

fn score(source: &'static str, file: &Path, bytes: &[u8], truth: Option<&Value>) -> Option<Scored> {
    let name = file.to_string_lossy().into_owned();
    let read = intake::read_evidence(&name, bytes);
    // A file that is its own truth says nothing where its values have the wrong types.
    let wrong_types = matches!(read, Err(intake::IntakeError::WrongTypes { .. }));
    if (truth.is_none() && read.is_err()) || wrong_types {
        return None;
    }
    let written = read
        .as_ref()
        .ok()
        .map(|evidence| intake::to_json_resume(&evidence.profile));
    let (counts, differences) = truth.map_or_else(Default::default, |truth| {
        if source.ends_with("-pdf") {
            return printed(truth, read.as_ref().ok());
        }
        compare(&Sheet::of(truth), written.as_ref().map(Sheet::of).as_ref())
    });
    let (pieces, lost) = match (&read, &written) {
        (Ok(evidence), Some(written)) => content::lost(&evidence.profile, written),
        _ => (0, Vec::new()),
    };
    Some(Scored {
        source,
        name,
        refusal: read.err().map(|error| error.code().to_owned()),
        counts,
        differences,
        lost,
        pieces,
        judged: truth.is_some(),
    })
}

/// What stands on pages is judged by what the pages show: a theme leaves out days, addresses and
/// whole fields of the file it was made from.
fn printed(truth: &Value, read: Option<&intake::Evidence>) -> (Counts, Differences) {
    let score = intake::score::compare(truth, read);
    let counts = score.kinds.iter().map(|(kind, tally)| {
        let count = Count {
            expected: (tally.right + tally.missing) as f64,
            found: (tally.right + tally.wrong) as f64,
            right: tally.right as f64,
        };
        (kind.replace('.', " "), count)
    });
    (counts.collect(), score.faults)
}

/// A JSON Resume is its own truth, where it can be read at all.
fn own(file: &Path) -> Option<Value> {
    document(file).filter(|value| value.get("basics").is_some() || value.get("work").is_some())
}

fn document(file: &Path) -> Option<Value> {
    let text = fs::read_to_string(file).ok()?;
    serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()
}

fn below(folder: &Path, end: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = Vec::new();
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() && !name.starts_with("schema") {
            files.extend(below(&path, end));
        } else if name.ends_with(end) && !name.ends_with(".truth.json") && !name.starts_with('_') {
            files.push(path);
        }
    }
    files.sort();
    files
}
