//! Renders profiles with templates to PDF, DOCX, HTML, LaTeX and Markdown, for whoever designs a template and for
//! `bench typeset`: reads a template's folder, so that nothing has to be built anew after a change.
//! Beside each file its lines in reading order as JSON.
//!
//! `render OUT PROFILE... [--letter FILE] [-- TEMPLATE_FOLDER...]`; without folders all built-in
//! templates, with a letter that instead of the résumé, and its pages as pictures too.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::path::{Path, PathBuf};

use career::PartialDate;
use typeset::{Catalog, Letter, PrintJob, PrintOptions, Typesetter};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (files, folders) = match arguments.iter().position(|argument| argument == "--") {
        Some(place) => (&arguments[..place], &arguments[place + 1..]),
        None => (&arguments[..], &[][..]),
    };
    let (files, letter) = match files.iter().position(|argument| argument == "--letter") {
        Some(place) => (&files[..place], files.get(place + 1)),
        None => (files, None),
    };
    let letter = letter.map(|file| {
        let name = Path::new(file).file_stem().unwrap().to_string_lossy();
        let letter = Letter::parse(&std::fs::read(file).unwrap()).unwrap();
        (name.into_owned(), letter)
    });
    let (out, files) = files.split_first().expect("a folder for the result");
    let out = PathBuf::from(out);
    std::fs::create_dir_all(&out).unwrap();
    let mut catalog = Catalog::built_in();
    let mut names: Vec<String> = Vec::new();
    for folder in folders {
        let folder = Path::new(folder);
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let stem = folder
            .parent()
            .unwrap()
            .file_name()
            .unwrap()
            .to_string_lossy();
        let name = format!("draft-{stem}");
        let manifest = read("template.toml");
        let source = read("template.typ");
        if let Err(error) = catalog.add(&name, 1, &manifest, source) {
            println!("{error}");
            continue;
        }
        names.push(name);
    }
    if folders.is_empty() {
        names = catalog.infos().into_iter().map(|info| info.name).collect();
    }
    let typesetter = Typesetter::new();
    for file in files {
        let path = Path::new(file);
        let name = path.file_name().unwrap().to_string_lossy();
        let profile = match intake::read_evidence(&name, &std::fs::read(path).unwrap()) {
            Ok(evidence) => evidence.profile,
            Err(error) => {
                println!("{name}: {error}");
                continue;
            }
        };
        let options = tailor::Options {
            page_budget: 2,
            language: None,
            today: PartialDate::month(2026, 11).unwrap(),
        };
        let mut draft = tailor::baseline(&profile, &options);
        draft.page_budget = std::env::var("PAGES").map_or(10, |pages| pages.parse().unwrap());
        let draft = tailor::verify(draft, &profile).unwrap().draft;
        for template in &names {
            let options = PrintOptions {
                template: template.clone(),
                ..PrintOptions::default()
            };
            let mut stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let job = match &letter {
                Some((name, letter)) => {
                    stem = format!("{stem}.{name}");
                    PrintJob::letter(&catalog, &draft, &profile.facts, letter, options)
                        .map(|job| job.with_pictures(80))
                }
                None => PrintJob::with(&catalog, &draft, &profile.facts, options),
            };
            let base = out.join(format!("{}.{stem}", template.trim_start_matches("draft-")));
            let printed = job.and_then(|job| typesetter.print(&job).map(|printed| (job, printed)));
            let (job, printed) = match printed {
                Ok(made) => made,
                Err(error) => {
                    println!("{template} {stem}: {error}");
                    continue;
                }
            };
            let pdf = format!("{}.pdf", base.display());
            std::fs::write(pdf, &printed.pdf).unwrap();
            for (number, page) in printed.png_pages.iter().enumerate() {
                std::fs::write(format!("{}.{number}.png", base.display()), page).unwrap();
            }
            let document = job.document(printed.cuts);
            let docx = typeset::docx(&job, &document).unwrap();
            std::fs::write(format!("{}.docx", base.display()), docx).unwrap();
            let html = typeset::html(&job, &document);
            std::fs::write(format!("{}.html", base.display()), html).unwrap();
            let tex = typeset::tex(&job, &document);
            std::fs::write(format!("{}.tex", base.display()), tex).unwrap();
            let markdown = typeset::markdown(&document);
            std::fs::write(format!("{}.md", base.display()), markdown).unwrap();
            let text = typeset::plain_text(&document);
            std::fs::write(format!("{}.txt", base.display()), text).unwrap();
            let lines: Vec<String> = document.lines().map(|line| line.text.clone()).collect();
            std::fs::write(
                out.join(format!(
                    "{}.{stem}.lines.json",
                    template.trim_start_matches("draft-")
                )),
                serde_json::to_vec(&lines).unwrap(),
            )
            .unwrap();
            println!(
                "{template} {stem}: {} pages, {} bytes, {}, missing {:?}, faults {:?}",
                printed.pages,
                printed.pdf.len(),
                printed.standards.join(" "),
                printed.missing,
                printed.report.faults
            );
        }
    }
}
