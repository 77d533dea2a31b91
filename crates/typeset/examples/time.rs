//! Measures the typesetter: cold start, first document, warm documents. Run it with `--release`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::{Duration, Instant};

use typeset::{PrintJob, PrintOptions, Typesetter};

fn main() {
    let start = Instant::now();
    let typesetter = Typesetter::new();
    show("cold start", start.elapsed());
    for (name, budget) in [
        ("new_grad_maya.json", 1),
        ("complete_jane.json", 1),
        ("complete_jane.json", 2),
    ] {
        let profile = common::fixture(name);
        let draft = common::draft_of(&profile, "en", budget);
        let job = PrintJob::new(&draft, &profile.facts, PrintOptions::default()).unwrap();
        let start = Instant::now();
        let printed = typesetter.print(&job).unwrap();
        show(&format!("{name}, budget {budget}: first"), start.elapsed());
        let mut warm: Vec<Duration> = (0..200)
            .map(|_| {
                let start = Instant::now();
                assert_eq!(typesetter.print(&job).unwrap().cuts, printed.cuts);
                start.elapsed()
            })
            .collect();
        warm.sort();
        show("  again p50", warm[100]);
        show("  again p99", warm[198]);
        println!(
            "  {} pages, {} cuts, PDF {} bytes, SVG {} bytes",
            printed.pages,
            printed.cuts,
            printed.pdf.len(),
            printed.svg_pages.iter().map(String::len).sum::<usize>()
        );
    }
    // The same lines never twice: what a worker meets.
    let profile = common::fixture("new_grad_maya.json");
    let mut fresh: Vec<Duration> = (0..200)
        .map(|number| {
            let line = format!("A line that was never printed before, number {number}");
            let lines = vec![line.as_str(); 30];
            let (draft, facts) = common::bullets(&lines, 1);
            let job = PrintJob::new(&draft, &facts, PrintOptions::default()).unwrap();
            let start = Instant::now();
            typesetter.print(&job).unwrap();
            start.elapsed()
        })
        .collect();
    drop(profile);
    fresh.sort();
    show("always other words p50", fresh[100]);
    show("always other words p99", fresh[198]);
}

fn show(name: &str, time: Duration) {
    println!("{name}: {:.1} ms", time.as_secs_f64() * 1e3);
}
