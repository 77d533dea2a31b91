//! `tailor` on every pair of profile and posting: does it hold its promises, against the same
//! profile in source order, and how long does it take.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::Value;

use super::quantile;
use crate::bench::{Figures, Goal};
use crate::project::{NAME, Project};
use crate::sh::{self, Done, TaskError};

const PROFILES: [&str; 12] = [
    "jsonresume/complete_alex_reference.json",
    "jsonresume/complete_jane.json",
    "jsonresume/new_grad_maya.json",
    "jsonresume/sample_richard_hendriks.json",
    "jsonresume/thin_jane.json",
    "jsonresume/edge/unicode_names.json",
    "jsonresume/edge/rtl_hebrew.json",
    "jsonresume/edge/partial_dates.json",
    "jsonresume/edge/extra_unknown_fields.json",
    "linkedin-export/ada_complete.zip",
    "linkedin-export/basic_crlf_bom.zip",
    "linkedin-export/nested_macos.zip",
];
const POSTINGS: [&str; 7] = [
    "jobs/pages/greenhouse.html",
    "jobs/pages/lever.html",
    "jobs/pages/plain_no_markup.html",
    "jobs/pages/real_indeed_job.html",
    "jobs/pages/linkedin_guest.html",
    "jobs/jsonld/graph.html",
    "jobs/jsonld/schemaorg_jsonld.html",
];

/// Runs all pairs, tailored and as a baseline, and every other file.
pub fn measure(project: &Project, figures: &mut Figures, data: &Path) -> Done {
    let bench = Pairs::new(project, project.binary("release", NAME))?;
    let mut tally = Tally::default();
    for profile in profiles(data) {
        for posting in postings(data)? {
            tally.count(&bench.pair(&profile, &posting)?, &profile, &posting);
        }
    }
    if tally.pairs == 0 {
        return Err(TaskError::Found(format!(
            "{} holds no pairs",
            data.display()
        )));
    }
    let share = |part: usize| 100.0 * part as f64 / tally.pairs as f64;
    figures.add(
        "pairs_kept_every_promise",
        share(tally.kept),
        "%",
        Goal::AtLeast(100.0),
    );
    figures.add(
        "pairs_cover_at_least_baseline",
        share(tally.not_below),
        "%",
        Goal::AtLeast(100.0),
    );
    let could = tally.could.max(1) as f64;
    figures.add(
        "pairs_cover_more_where_possible",
        100.0 * tally.more as f64 / could,
        "%",
        Goal::AtLeast(100.0),
    );
    let (p50, p99) = (
        quantile(&mut tally.times, 0.5),
        quantile(&mut tally.times, 0.99),
    );
    figures.add("tailor_cold_p50", p50, "ms", Goal::AtMost(300.0));
    figures.add("tailor_cold_p99", p99, "ms", Goal::AtMost(300.0));
    let (ended, of) = bench.others(data)?;
    figures.add(
        "other_files_end_well",
        100.0 * ended as f64 / of as f64,
        "%",
        Goal::AtLeast(100.0),
    );
    Ok(())
}

/// The profiles of the pairs that are there.
pub fn profiles(data: &Path) -> Vec<PathBuf> {
    let paths = PROFILES.iter().map(|name| data.join(name));
    paths.filter(|path| path.is_file()).collect()
}

/// The postings of the pairs that are there.
pub fn postings(data: &Path) -> Done<Vec<PathBuf>> {
    let mut found = files(&data.join("jobs/text"))?;
    found.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    found.extend(
        POSTINGS
            .iter()
            .map(|name| data.join(name))
            .filter(|path| path.is_file()),
    );
    Ok(found)
}

#[derive(Default)]
struct Tally {
    pairs: usize,
    kept: usize,
    not_below: usize,
    could: usize,
    more: usize,
    times: Vec<f64>,
}

struct Pair {
    broken: Vec<String>,
    tailored: usize,
    baseline: usize,
    backable: usize,
    ms: f64,
}

impl Tally {
    fn count(&mut self, pair: &Pair, profile: &Path, posting: &Path) {
        self.pairs += 1;
        self.kept += usize::from(pair.broken.is_empty());
        self.not_below += usize::from(pair.tailored >= pair.baseline);
        self.could += usize::from(pair.baseline < pair.backable);
        self.more += usize::from(pair.baseline < pair.backable && pair.tailored > pair.baseline);
        self.times.push(pair.ms);
        for broken in &pair.broken {
            println!(
                "  {} with {}: {broken}",
                profile.display(),
                posting.display()
            );
        }
    }
}

/// Runs `tailor` on pairs.
pub struct Pairs {
    program: PathBuf,
    scratch: PathBuf,
}

impl Pairs {
    /// With that program.
    pub fn new(project: &Project, program: PathBuf) -> Done<Self> {
        let scratch = project.target.join("bench/scratch");
        fs::create_dir_all(&scratch).map_err(sh::at(&scratch))?;
        Ok(Self { program, scratch })
    }

    /// Makes one pair; gives the exit code, what was told, and the milliseconds.
    pub fn tailor(
        &self,
        profile: &Path,
        posting: &Path,
        more: &[&str],
        settings: &[(&str, String)],
    ) -> Done<(Option<i32>, String, f64)> {
        let mut command = Command::new(&self.program);
        command
            .arg("tailor")
            .arg("--profile")
            .arg(profile)
            .arg("--job")
            .arg(posting)
            .arg("--out")
            .arg(self.scratch.join("out.pdf"))
            .arg("--explain")
            .arg(self.scratch.join("explain.json"))
            .args(more)
            .envs(settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        let began = Instant::now();
        let output = command.output().map_err(sh::start(&command))?;
        let ms = began.elapsed().as_secs_f64() * 1000.0;
        Ok((
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
            ms,
        ))
    }

    /// Why the last one is as it is.
    pub fn explanation(&self) -> Done<Value> {
        let file = self.scratch.join("explain.json");
        let bytes = fs::read(&file).map_err(sh::at(&file))?;
        serde_json::from_slice(&bytes).map_err(|error| TaskError::Found(error.to_string()))
    }

    fn pair(&self, profile: &Path, posting: &Path) -> Done<Pair> {
        let (code, told, ms) = self.tailor(profile, posting, &[], &[])?;
        if code != Some(0) {
            let broken = vec![format!("ended with {code:?}: {}", told.trim())];
            return Ok(Pair {
                broken,
                tailored: 0,
                baseline: 0,
                backable: 0,
                ms,
            });
        }
        let tailored = self.explanation()?;
        let page = folded(&sh::read(
            Command::new("pdftotext")
                .arg(self.scratch.join("out.pdf"))
                .arg("-"),
        )?);
        let broken = broken_promises(&tailored, &page);
        self.tailor(profile, posting, &["--baseline"], &[])?;
        let baseline = self.explanation()?;
        let backable = requirements(&tailored)
            .filter(|one| !empty(&one["facts"]))
            .count();
        Ok(Pair {
            broken,
            tailored: covered(&tailored),
            baseline: covered(&baseline),
            backable,
            ms,
        })
    }

    /// Every other file, as profile and as posting: a result, or one sentence and its exit code.
    fn others(&self, data: &Path) -> Done<(usize, usize)> {
        let profile = data.join(PROFILES[1]);
        let posting = data.join("jobs/text/jobsync_backend.txt");
        let (mut ended, mut of) = (0, 0);
        for file in everything(data)? {
            for (profile, posting) in [(&file, &posting), (&profile, &file)] {
                let (code, told, ms) = self.tailor(profile, posting, &[], &[])?;
                let sentence = told.trim_end().lines().count() == 1;
                let well = code == Some(0) || (matches!(code, Some(2..=4)) && sentence);
                let well = well && ms < 30_000.0;
                of += 1;
                ended += usize::from(well);
                if !well {
                    println!("  {} ended with {code:?} after {ms:.0} ms", file.display());
                }
            }
        }
        Ok((ended, of))
    }
}

fn broken_promises(explanation: &Value, page: &str) -> Vec<String> {
    let mut broken = Vec::new();
    if explanation["pages"] != 1 {
        broken.push(format!("{} pages", explanation["pages"]));
    }
    for line in list(&explanation["lines"]) {
        let text = line["text"].as_str().unwrap_or_default();
        if empty(&line["facts"]) {
            broken.push(format!("{text:?} has no fact"));
        }
        // A reader may put the parts of a line in two directions in another order.
        let read_back = page.contains(&folded(text)) || (is_mixed(text) && has_letters(page, text));
        if !read_back {
            broken.push(format!("{text:?} does not read back"));
        }
    }
    let dropped = requirements(explanation)
        .any(|one| one["kind"] == "must" && !empty(&one["facts"]) && empty(&one["lines"]));
    let answering: BTreeSet<&str> = requirements(explanation)
        .flat_map(|one| list(&one["lines"]))
        .filter_map(Value::as_str)
        .collect();
    let idle = list(&explanation["lines"]).find(|line| {
        matches!(
            line["slot"].as_str(),
            Some("bullet" | "sentence" | "skills")
        ) && !line["id"].as_str().is_some_and(|id| answering.contains(id))
    });
    if let (true, Some(idle)) = (dropped, idle) {
        broken.push(format!("a must gave way to {}", idle["text"]));
    }
    broken
}

/// What the posting asks for.
pub fn requirements(explanation: &Value) -> impl Iterator<Item = &Value> {
    list(&explanation["requirements"])
}

/// How much of it the lines on the page answer.
pub fn covered(explanation: &Value) -> usize {
    requirements(explanation)
        .filter(|one| !empty(&one["lines"]))
        .count()
}

/// The items of a list; none of anything else.
pub fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Whether a list has no item.
pub fn empty(value: &Value) -> bool {
    list(value).next().is_none()
}

/// Without white space, and without the marks of direction that readers add.
fn folded(text: &str) -> String {
    let mark = |c: char| {
        matches!(
            c,
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{ad}'
        )
    };
    text.chars()
        .filter(|c| !c.is_whitespace() && !mark(*c))
        .collect()
}

fn is_mixed(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}'))
}

fn has_letters(page: &str, text: &str) -> bool {
    text.split_whitespace().all(|word| {
        let word: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        word.is_empty() || page.contains(&word) || word.chars().all(|c| page.contains(c))
    })
}

fn files(folder: &Path) -> Done<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(sh::at(folder))?;
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    found.sort();
    Ok(found)
}

fn everything(folder: &Path) -> Done<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in files(folder)? {
        if path.is_dir() {
            found.extend(everything(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
