//! Writes profiles in every format, for whoever wants to open them in other programs.
//!
//! `formats OUT PROFILE...`; a profile whose name holds `hebrew` is set in Hebrew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::path::{Path, PathBuf};

use typeset::{PrintJob, PrintOptions};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (out, files) = arguments.split_first().expect("a folder for the result");
    let out = PathBuf::from(out);
    std::fs::create_dir_all(&out).unwrap();
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
        let language = if name.contains("hebrew") { "he" } else { "en" };
        let draft = common::draft_of(&profile, language, 10);
        let job = match PrintJob::new(&draft, &profile.facts, PrintOptions::default()) {
            Ok(job) => job,
            Err(error) => {
                println!("{name}: {error}");
                continue;
            }
        };
        let document = job.document(0);
        let stem = path.file_stem().unwrap().to_string_lossy();
        let write = |ending: &str, bytes: &[u8]| {
            std::fs::write(out.join(format!("{stem}.{ending}")), bytes).unwrap();
        };
        write("docx", &typeset::docx(&job, &document).unwrap());
        write("html", typeset::html(&job, &document).as_bytes());
        write("md", typeset::markdown(&document).as_bytes());
        write("txt", typeset::plain_text(&document).as_bytes());
        write("tex", typeset::tex(&job, &document).as_bytes());
    }
}
