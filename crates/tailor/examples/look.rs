//! Shows what the tailor makes of a profile and a posting:
//! `cargo run -p tailor --example look -- PROFILE POSTING [LINES]`, or `-- --table` for all fixtures.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use career::{PartialDate, Posting, Profile, Resume, Slot};
use tailor::{Options, analyze, baseline, coverage, generate, match_profile, verify};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [flag] if flag == "--table" => table(),
        [profile, posting] => look(profile, posting, usize::MAX),
        [profile, posting, lines] => look(profile, posting, lines.parse()?),
        _ => Err("give a profile and a posting, or --table".into()),
    }
}

fn options() -> Options {
    Options {
        page_budget: 1,
        language: None,
        today: PartialDate {
            year: 2026,
            month: Some(11),
            day: Some(23),
        },
    }
}

fn read_profile(path: &Path) -> Outcome<Profile> {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    Ok(intake::read_evidence(name, &fs::read(path)?)?.profile)
}

fn read_posting(path: &Path) -> Outcome<Posting> {
    Ok(intake::read_posting(
        &fs::read(path)?,
        intake::PostingHint::default(),
    )?)
}

fn look(profile: &str, posting: &str, keep: usize) -> Outcome<()> {
    let profile = read_profile(Path::new(profile))?;
    let posting = read_posting(Path::new(posting))?;
    let analysis = analyze(&posting);
    println!(
        "language {} seniority {:?} years {:?}",
        analysis.language, analysis.seniority, analysis.years
    );
    let matches = match_profile(&profile, &analysis, options().today);
    for requirement in &analysis.requirements {
        println!(
            "{} {:?} {:.2} {:?}\n      {:?}",
            requirement.id,
            requirement.kind,
            requirement.weight,
            requirement.text,
            requirement.terms
        );
        for found in matches
            .iter()
            .filter(|found| found.requirement == requirement.id)
            .take(6)
        {
            let quote = profile
                .facts
                .get(&found.fact)
                .map_or("", |fact| fact.quote.as_str());
            let quote: String = quote.chars().take(90).collect();
            println!("      {:.2} {:?} {quote:?}", found.score, found.why);
        }
    }
    let draft = generate(&profile, &analysis, &matches, &options());
    let whole = verify(draft, &profile)?;
    println!("findings {:?}", whole.findings);
    let cuts = whole.draft.cut_order.len().saturating_sub(keep);
    let resume = whole.draft.resume.without(&whole.draft.cut_order[..cuts]);
    println!("{:?}", coverage(&resume, &analysis, &matches));
    for claim in &resume.head {
        println!(
            "{:>8}  {}",
            format!("{:?}", claim.get().slot),
            claim.get().text
        );
    }
    for section in &resume.sections {
        println!("== {}", section.kind.as_str());
        for block in &section.blocks {
            let header: Vec<&str> = block
                .header
                .iter()
                .map(|claim| claim.get().text.as_str())
                .collect();
            println!("{}", header.join(" | "));
            for line in &block.lines {
                let mark = if line.get().slot == Slot::Bullet {
                    "-"
                } else {
                    " "
                };
                println!("   {mark} {}", line.get().text);
            }
        }
    }
    Ok(())
}

fn table() -> Outcome<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let profiles = [
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
    let mut postings: Vec<PathBuf> = fs::read_dir(root.join("jobs/text"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|kind| kind == "txt"))
        .collect();
    postings.sort();
    for page in [
        "pages/greenhouse.html",
        "pages/lever.html",
        "pages/plain_no_markup.html",
        "pages/linkedin_guest.html",
        "jsonld/graph.html",
        "jsonld/schemaorg_jsonld.html",
    ] {
        postings.push(root.join("jobs").join(page));
    }
    println!(
        "profile\tposting\trequirements (must/nice/duty)\tbacked (must/nice/duty)\tlines\tcovered in 30 items\tbaseline"
    );
    for path in profiles {
        let Ok(profile) = read_profile(&root.join(path)) else {
            println!("{path}\tunreadable");
            continue;
        };
        for posting_path in &postings {
            let posting = read_posting(posting_path)?;
            let analysis = analyze(&posting);
            let matches = match_profile(&profile, &analysis, options().today);
            let draft = generate(&profile, &analysis, &matches, &options());
            let plain = baseline(&profile, &options());
            let total = coverage(&draft.resume, &analysis, &matches);
            let kept = |resume: &Resume, order: &[career::Cut]| {
                let cuts = order.len().saturating_sub(30);
                coverage(&resume.without(&order[..cuts]), &analysis, &matches).covered()
            };
            println!(
                "{}\t{}\t{}/{}/{}\t{}/{}/{}\t{}\t{}\t{}",
                path.rsplit('/').next().unwrap_or_default(),
                posting_path
                    .file_name()
                    .and_then(|name| name.to_str())
                    .unwrap_or_default(),
                total.musts.asked,
                total.nice.asked,
                total.duties.asked,
                total.musts.backable,
                total.nice.backable,
                total.duties.backable,
                draft.resume.claims().count(),
                kept(&draft.resume, &draft.cut_order),
                kept(&plain.resume, &plain.cut_order),
            );
        }
    }
    Ok(())
}
