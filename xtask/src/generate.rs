//! `gen`: makes inputs in any number, the same ones for the same seed: fictional profiles (JSON Resume)
//! and postings, in the layout that benches read with `--data`.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::sh::{self, Done};

const FIRST: [&str; 8] = [
    "Ana", "Bilal", "Chidi", "Dora", "Emil", "Fatou", "Goran", "Hana",
];
const LAST: [&str; 8] = [
    "Okafor",
    "Lindqvist",
    "Moreau",
    "Ito",
    "Kowalski",
    "Haddad",
    "Silva",
    "Novak",
];
const COMPANIES: [&str; 8] = [
    "Lowland Freight",
    "Harbor Ledger",
    "Delta Maps",
    "Quill Press",
    "North Orchard",
    "Kite Energy",
    "Salt & Rye",
    "Meridian Clinics",
];
const ROLES: [&str; 6] = [
    "Backend Engineer",
    "Platform Engineer",
    "Data Engineer",
    "Frontend Developer",
    "Site Reliability Engineer",
    "Engineering Manager",
];
const SKILLS: [&str; 20] = [
    "Rust",
    "Go",
    "Python",
    "TypeScript",
    "PostgreSQL",
    "Kafka",
    "Kubernetes",
    "Terraform",
    "React",
    "GraphQL",
    "AWS",
    "Redis",
    "Linux",
    "Prometheus",
    "OpenTelemetry",
    "Docker",
    "CI/CD",
    "SQL",
    "Java",
    "Accessibility",
];
const DEEDS: [&str; 8] = [
    "Moved {n} services to {skill} without an outage",
    "Cut the median build time from {n} minutes to {m} with {skill}",
    "Designed a {skill} pipeline that handles {n} million events a day",
    "Mentored {m} engineers in {skill}",
    "Replaced a nightly batch with {skill}, so that figures are right within {m} minutes",
    "Wrote the {skill} guide that {n} colleagues follow",
    "Reduced costs by {n}% by measuring {skill}",
    "Ran the on-call rotation of one week in {m} for {skill}",
];

/// Numbers that look random and are the same every time (a 64-bit linear congruential generator with
/// Knuth's constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn some<'a>(&mut self, of: &[&'a str], count: usize) -> Vec<&'a str> {
        let mut left = of.to_vec();
        (0..count.min(left.len()))
            .map(|_| left.swap_remove(self.below(left.len())))
            .collect()
    }
}

/// Writes so many profiles and postings below a folder.
pub fn generate(out: &Path, count: usize, seed: u64) -> Done {
    let mut dice = Dice(seed);
    for (folder, kind) in [("jsonresume", "json"), ("jobs/text", "txt")] {
        let folder = out.join(folder);
        fs::create_dir_all(&folder).map_err(sh::at(&folder))?;
        for number in 0..count {
            let text = match kind {
                "json" => format!("{:#}\n", profile(&mut dice, number)),
                _ => posting(&mut dice),
            };
            let file = folder.join(format!("generated-{number:04}.{kind}"));
            fs::write(&file, text).map_err(sh::at(&file))?;
        }
    }
    println!("{count} profiles and {count} postings in {}", out.display());
    Ok(())
}

fn deed(dice: &mut Dice) -> String {
    let (many, few) = (12 + dice.below(80), 2 + dice.below(9));
    let skill = dice.one(&SKILLS);
    dice.one(&DEEDS)
        .replace("{n}", &many.to_string())
        .replace("{m}", &few.to_string())
        .replace("{skill}", skill)
}

fn profile(dice: &mut Dice, number: usize) -> Value {
    let mut year = 2024;
    let work: Vec<Value> = (0..2 + dice.below(5))
        .map(|position| {
            let begin = year - 1 - dice.below(4);
            let mut entry = json!({
                "name": dice.one(&COMPANIES),
                "position": dice.one(&ROLES),
                "startDate": format!("{begin}-{:02}", 1 + dice.below(12)),
                "highlights": (0..2 + dice.below(6)).map(|_| deed(dice)).collect::<Vec<_>>(),
            });
            if position > 0 {
                entry["endDate"] = json!(format!("{year}-01"));
            }
            year = begin;
            entry
        })
        .collect();
    let name = format!("{} {}", dice.one(&FIRST), dice.one(&LAST));
    json!({
        "basics": {
            "name": name,
            "label": dice.one(&ROLES),
            "email": format!("person{number}@example.org"),
            "summary": format!("{}. {}.", deed(dice), deed(dice)),
        },
        "work": work,
        "skills": [{ "name": "Skills", "keywords": dice.some(&SKILLS, 10) }],
        "education": [{
            "institution": "Fictional State University", "studyType": "Bachelor of Science",
            "area": "Computer Science", "endDate": format!("{year}-07"),
        }],
        "languages": [{ "language": "English", "fluency": "Fluent" }],
    })
}

fn posting(dice: &mut Dice) -> String {
    let (role, company) = (dice.one(&ROLES), dice.one(&COMPANIES));
    let years = 2 + dice.below(8);
    let mut items = |count, form: &str| -> String {
        let skills = dice.some(&SKILLS, count);
        skills
            .iter()
            .map(|skill| form.replace("{skill}", skill))
            .collect()
    };
    let musts = items(5, "- Experience with {skill} in production\n");
    let nice = items(3, "- {skill}\n");
    let duties = items(3, "- Build and run services with {skill}\n");
    format!(
        "{role}\n{company} | Remote\n\nREQUIREMENTS (must-have)\n- {years}+ years of experience\n{musts}\n\
         NICE TO HAVE\n{nice}\nWHAT YOU'LL DO\n{duties}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_inputs_and_another_seed_others() {
        let made = |seed| profile(&mut Dice(seed), 1).to_string() + &posting(&mut Dice(seed));
        assert_eq!(made(7), made(7));
        assert_ne!(made(7), made(8));
    }
}
