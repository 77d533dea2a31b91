//! `bench typeset`: what arrives of every line in other people's readers, and what a page costs through
//! the whole path: child, compile, export, reading back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::Value;

use super::import::{floor, parsed};
use super::{Figures, Goal};
use crate::project::Project;
use crate::setup;
use crate::sh::{self, Done};

/// Where profiles lie below a data folder, and how their names end.
const SOURCES: [(&str, &str); 6] = [
    ("jsonresume", "json"),
    ("jsonresume/edge", "json"),
    ("rendercv", "yaml"),
    ("reactive-resume", "json"),
    ("linkedin-export", "zip"),
    ("showcase", "json"),
];
/// Times a peer is measured.
const PEER_ROUNDS: usize = 5;

/// Measures on the profiles of `data` and our own showcase.
pub fn measure(project: &Project, figures: &mut Figures, data: Option<&Path>) -> Done {
    sh::run(&mut project.cargo(&[
        "build",
        "--quiet",
        "--release",
        "--package",
        "typeset",
        "--example",
        "press",
        "--example",
        "render",
    ]))?;
    let own = project.path("fixtures");
    let mut profiles = profiles(data.unwrap_or(&own));
    if data.is_some() {
        profiles.extend(below(&own, "showcase", "json"));
    }
    let folder = project.target.join("bench/typeset");
    if folder.is_dir() {
        fs::remove_dir_all(&folder).map_err(sh::at(&folder))?;
    }
    render(project, figures, &folder, &profiles)?;
    read_back(project, figures, &folder)?;
    reproducible(project, figures, &folder, &profiles)?;
    let ours = speed(project, figures, &profiles)?;
    peers(project, &folder, ours)
}

fn profiles(root: &Path) -> Vec<PathBuf> {
    SOURCES
        .iter()
        .flat_map(|(folder, ending)| below(root, folder, ending))
        .collect()
}

fn below(root: &Path, folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root.join(folder)).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.to_string_lossy();
            path.extension().is_some_and(|end| end == ending)
                && !name.ends_with(".truth.json")
                && !name.ends_with(".job.json")
                && !name.ends_with("_schema_verdicts.json")
        })
        .collect();
    files.sort();
    files
}

fn example(project: &Project, name: &str) -> Command {
    Command::new(project.target.join("release/examples").join(name))
}

/// Every template with every profile. What is no résumé is told by the reader and left out.
fn render(project: &Project, figures: &mut Figures, folder: &Path, profiles: &[PathBuf]) -> Done {
    let told = sh::read(example(project, "render").arg(folder).args(profiles))?;
    let made: Vec<&str> = told
        .lines()
        .filter(|line| line.contains(" pages, "))
        .collect();
    let keeps = |line: &&&str| line.contains("PDF/UA-1 PDF/A-2a");
    let whole = |line: &&&str| line.ends_with("faults []");
    for line in made.iter().filter(|line| !whole(line) || !keeps(line)) {
        println!("  {line}");
    }
    let share = |count: usize| floor(100.0 * count as f64 / made.len().max(1) as f64);
    figures.add("documents", made.len() as f64, "", Goal::AtLeast(100.0));
    figures.add(
        "pdf_ua1_and_a2a_by_the_exporter",
        share(made.iter().filter(keeps).count()),
        "%",
        Goal::AtLeast(100.0),
    );
    figures.add(
        "through_the_export_gate",
        share(made.iter().filter(whole).count()),
        "%",
        Goal::AtLeast(100.0),
    );
    Ok(())
}

/// What other people's readers find: the share of lines verbatim, and in order.
fn read_back(project: &Project, figures: &mut Figures, folder: &Path) -> Done {
    setup::browser::pdftotext()?;
    let python = setup::python::ensure(project)?;
    let script = project.path("xtask/bench/readback.py");
    let text = sh::read(Command::new(python).arg(script).arg(folder))?;
    let mut readers: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for line in text.lines() {
        let found = parsed(line)?;
        let count = |key: &str| found[key].as_u64().unwrap_or_default() as usize;
        let counts = [count("lines"), count("found"), count("ordered")];
        let word = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
        if counts[1] < counts[0] || counts[2] < counts[0] {
            println!(
                "  {} {}: {} and {} of {}; missing {} stray {}",
                word("file"),
                word("reader"),
                counts[1],
                counts[2],
                counts[0],
                found["missing"],
                found["stray"]
            );
        }
        let sums = readers.entry(word("reader")).or_default();
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    for (reader, [lines, found, ordered]) in readers {
        let name = reader.replace([' ', '-'], "_");
        let recall = |count: usize| count as f64 / lines.max(1) as f64;
        let places = |value: f64| (value * 1e4).floor() / 1e4;
        figures.add(
            &format!("recall_{name}"),
            places(recall(found)),
            "",
            Goal::AtLeast(1.0),
        );
        figures.add(
            &format!("in_order_{name}"),
            places(recall(ordered)),
            "",
            Goal::AtLeast(1.0),
        );
    }
    Ok(())
}

/// The same again gives the same bytes.
fn reproducible(
    project: &Project,
    figures: &mut Figures,
    folder: &Path,
    profiles: &[PathBuf],
) -> Done {
    let again = folder.join("again");
    sh::read(
        example(project, "render")
            .arg(&again)
            .args(profiles.iter().take(6)),
    )?;
    let mut other = 0;
    for entry in fs::read_dir(&again).map_err(sh::at(&again))?.flatten() {
        let first = folder.join(entry.file_name());
        let (one, two) = (
            fs::read(&first).map_err(sh::at(&first))?,
            fs::read(entry.path()).map_err(sh::at(&first))?,
        );
        other += usize::from(one != two);
    }
    figures.add(
        "files_with_other_bytes",
        other as f64,
        "",
        Goal::AtMost(0.0),
    );
    Ok(())
}

/// What a page costs; gives the processor time of a warm one in milliseconds.
fn speed(project: &Project, figures: &mut Figures, profiles: &[PathBuf]) -> Done<f64> {
    let text = sh::read(example(project, "press").args(profiles))?;
    let mut warm = f64::NAN;
    for line in text.lines() {
        let figure: Value = parsed(line)?;
        let name = figure["name"].as_str().unwrap_or_default();
        let value = figure["value"].as_f64().unwrap_or(f64::NAN);
        let (unit, goal) = match name {
            "cold_first_pdf_cpu" => ("ms", Goal::AtMost(100.0)),
            "warm_page_cpu_p50" => ("ms", Goal::AtMost(8.0)),
            "warm_page_cpu_p99" => ("ms", Goal::AtMost(25.0)),
            "pdfs_per_second" => ("/s", Goal::AtLeast(150.0)),
            "worker_memory" => ("MB", Goal::AtMost(300.0)),
            _ => ("ms", Goal::AtMost(1e9)),
        };
        if name == "warm_page_cpu_p50" {
            warm = value;
        }
        figures.add(name, value, unit, goal);
    }
    Ok(warm)
}

/// Other makers on the same machine in the same run, where they are installed: wall time of a whole
/// call, beside ours.
fn peers(project: &Project, folder: &Path, ours: f64) -> Done {
    let base = folder.join("ledger.new_grad_maya");
    let file = |ending: &str| base.with_file_name(format!("ledger.new_grad_maya.{ending}"));
    let out = folder.join("peers");
    fs::create_dir_all(&out).map_err(sh::at(&out))?;
    let latex = |program: &str| {
        let options = ["-interaction=batchmode", "-no-shell-escape"].map(PathBuf::from);
        let arguments: Vec<PathBuf> = options.into_iter().chain([file("tex")]).collect();
        (sh::find(program), program.to_owned(), arguments)
    };
    // No peer is a reason to fail: it may not be to be had here.
    let weasyprint = setup::python::weasyprint(project).ok();
    let peers = [
        (
            weasyprint,
            "weasyprint".to_owned(),
            vec![file("html"), out.join("weasyprint.pdf")],
        ),
        latex("pdflatex"),
        latex("xelatex"),
    ];
    for (program, name, arguments) in peers {
        let Some(program) = program else {
            println!("  {name} is not installed");
            continue;
        };
        let mut times: Vec<f64> = Vec::new();
        for _ in 0..PEER_ROUNDS {
            let clock = Instant::now();
            let mut command = Command::new(&program);
            command
                .args(&arguments)
                .current_dir(&out)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            let status = command.status().map_err(sh::start(&command))?;
            if !status.success() {
                break;
            }
            times.push(clock.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        match times.get(times.len() / 2) {
            Some(time) => println!(
                "  {name}: {time:.0} ms a document, {:.0} times a warm page of ours",
                time / ours
            ),
            None => println!("  {name} did not make the document"),
        }
    }
    Ok(())
}
