//! Careers that no page was made for: each gives pages on which every line arrives, or a clear word.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use serde_json::{Value, json};
use typeset::{Catalog, PrintJob, PrintOptions, TypesetError, Typesetter};

fn person(name: &str, work: Vec<Value>, skills: Vec<Value>) -> career::Profile {
    let document = json!({
        "basics": {"name": name, "label": "Engineer", "email": "someone@example.org"},
        "work": work,
        "skills": skills,
    });
    let bytes = serde_json::to_vec(&document).unwrap();
    intake::read_evidence("resume.json", &bytes)
        .unwrap()
        .profile
}

fn job(year: usize, bullets: Vec<String>) -> Value {
    json!({
        "name": format!("Employer of {year}"), "position": "Engineer",
        "startDate": format!("{year}-01"), "endDate": format!("{}-01", year + 1),
        "highlights": bullets,
    })
}

fn long_career() -> career::Profile {
    let years = 1984..2024;
    let work = years.map(|year| {
        let bullets = (0..4).map(|number| {
            format!(
                "Did thing {number} of the year {year}, which took {} people",
                number + 2
            )
        });
        job(year, bullets.collect())
    });
    person("Forty Years", work.collect(), Vec::new())
}

fn many_skills() -> career::Profile {
    let keywords: Vec<String> = (0..200).map(|number| format!("Skill-{number}/x")).collect();
    person(
        "Two Hundred",
        Vec::new(),
        vec![json!({"name": "All", "keywords": keywords})],
    )
}

fn long_bullet() -> career::Profile {
    let words = "measured the river’s level, ".repeat(180);
    person("Long Bullet", vec![job(2020, vec![words])], Vec::new())
}

fn mixed() -> career::Profile {
    let bullets = [
        "Led שלום פרויקט with Kubernetes and العربية docs in 2021",
        "Shipped 🚀 to 👩🏽‍💻 teams in 東京 (Tōkyō) and Αθήνα",
        "ﬁ ligature, e\u{301} combining, \u{200b}zero width, tab\there",
    ];
    let bullets = bullets.map(str::to_owned).to_vec();
    person("O", vec![job(2021, bullets)], Vec::new())
}

#[test]
fn every_template_copes_with_forty_years_two_hundred_skills_and_letters_of_all_kinds() {
    let typesetter = Typesetter::new();
    for (what, profile) in [
        ("forty years", long_career()),
        ("two hundred skills", many_skills()),
        ("a bullet of 5,000 characters", long_bullet()),
        ("mixed directions", mixed()),
    ] {
        for template in Catalog::built_in().infos() {
            for pages in [10, 1] {
                let draft = common::draft_of(&profile, "en", pages);
                let options = PrintOptions {
                    template: template.name.clone(),
                    ..PrintOptions::default()
                };
                let job = PrintJob::new(&draft, &profile.facts, options).unwrap();
                let what = format!("{what}, {}, {pages} pages", template.name);
                match typesetter.print(&job) {
                    Ok(printed) => {
                        assert_eq!(printed.report.faults, Vec::new(), "{what}");
                        assert!(printed.pages <= pages, "{what}");
                    }
                    Err(TypesetError::TooLong { budget, .. }) => {
                        assert_eq!(budget, pages, "{what}");
                    }
                    Err(error) => panic!("{what}: {error}"),
                }
            }
        }
    }
}
