//! `bench tailor`: what tailoring is worth on every pair of profile and posting, by the built-in tailor
//! and with a scripted stand-in for a model, against the profile in source order cut to the same pages.

mod stand_in;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::bench::main::pairs::{Pairs, covered, empty, list, postings, profiles, requirements};
use crate::bench::{Figures, Goal, import};
use crate::build::{self, Effort};
use crate::project::{NAME, Project};
use crate::sh::{Done, TaskError};
use stand_in::StandIn;

/// One way of making a résumé.
#[derive(Default)]
struct Way {
    covered: usize,
    backable: usize,
    below: usize,
    could: usize,
    more: usize,
    pages_over: usize,
    lines: usize,
    reworded: usize,
    words: usize,
    syllables: usize,
    long: usize,
}

impl Way {
    fn count(&mut self, explanation: &Value, baseline: usize) {
        let here = covered(explanation);
        let backable = requirements(explanation)
            .filter(|one| !empty(&one["facts"]))
            .count();
        self.covered += here;
        self.backable += backable;
        self.below += usize::from(here < baseline);
        self.could += usize::from(baseline < backable);
        self.more += usize::from(baseline < backable && here > baseline);
        self.pages_over += usize::from(explanation["pages"] != 1);
        let statement =
            |line: &&Value| matches!(line["slot"].as_str(), Some("bullet" | "sentence"));
        for line in list(&explanation["lines"]).filter(statement) {
            let text = line["text"].as_str().unwrap_or_default();
            let words: Vec<&str> = text
                .split_whitespace()
                .filter(|word| word.chars().any(char::is_alphabetic))
                .collect();
            self.lines += 1;
            self.reworded += usize::from(line["edit"] == "reworded");
            self.words += words.len();
            self.syllables += words.iter().map(|word| syllables(word)).sum::<usize>();
            self.long += usize::from(words.len() > 30);
        }
    }

    fn tell(&self, figures: &mut Figures, name: &str, pairs: usize, judged: bool) {
        let percent =
            |part: usize, whole: usize| import::floor(100.0 * part as f64 / whole.max(1) as f64);
        let any = Goal::AtLeast(0.0);
        let mut figure = |what: &str, value: f64, unit: &str, goal: Goal| {
            figures.add(&format!("tailor_{name}_{what}"), value, unit, goal);
        };
        figure(
            "coverage_of_backable",
            percent(self.covered, self.backable),
            "%",
            any,
        );
        if judged {
            figure(
                "pairs_below_baseline",
                self.below as f64,
                "",
                Goal::AtMost(0.0),
            );
            let more = percent(self.more, self.could);
            figure(
                "pairs_above_where_possible",
                more,
                "%",
                Goal::AtLeast(100.0),
            );
        }
        let fits = percent(pairs - self.pages_over, pairs);
        figure("within_page_budget", fits, "%", Goal::AtLeast(100.0));
        figure(
            "lines_reworded",
            percent(self.reworded, self.lines),
            "%",
            any,
        );
        let sentences = self.lines.max(1) as f64;
        let words = self.words.max(1) as f64;
        figure("words_a_line", words / sentences, "", any);
        // Flesch's reading ease (1948), a line taken for a sentence.
        let ease = 206.835 - 1.015 * words / sentences - 84.6 * self.syllables as f64 / words;
        figure("reading_ease", ease, "", any);
        figure(
            "lines_over_30_words",
            percent(self.long, self.lines),
            "%",
            any,
        );
    }
}

/// Groups of vowels, as far as English is spelled: enough to compare texts.
fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect();
    let vowel = |c: &char| "aeiouyäöüáéíóúàèìòùâêîôû".contains(*c);
    let groups = letters
        .iter()
        .enumerate()
        .filter(|(at, c)| vowel(c) && (*at == 0 || !vowel(&letters[at - 1])))
        .count();
    let silent = letters.len() > 2 && letters.ends_with(&['e']) && groups > 1;
    (groups - usize::from(silent)).max(1)
}

/// Makes every pair in three ways.
pub fn measure(project: &Project, figures: &mut Figures, data: Option<&Path>) -> Done {
    build::server(project, Effort::Test)?;
    let inputs: PathBuf = data.map_or_else(|| project.path("fixtures"), Path::to_path_buf);
    let bench = Pairs::new(project, project.binary("dev", NAME))?;
    let model = StandIn::start()?;
    let (mut pairs, mut plain, mut built_in, mut scripted) =
        (0, Way::default(), Way::default(), Way::default());
    for profile in profiles(&inputs) {
        for posting in postings(&inputs)? {
            let made = |more: &[&str]| {
                let settings = model.settings();
                let (code, told, _) = bench.tailor(&profile, &posting, more, &settings)?;
                if code == Some(0) {
                    return bench.explanation();
                }
                Err(TaskError::Found(format!(
                    "{} with {} ended with {code:?}: {}",
                    profile.display(),
                    posting.display(),
                    told.trim()
                )))
            };
            let baseline = made(&["--baseline"])?;
            let least = covered(&baseline);
            plain.count(&baseline, least);
            built_in.count(&made(&[])?, least);
            scripted.count(&made(&["--model"])?, least);
            pairs += 1;
        }
    }
    println!(
        "{pairs} pairs; \"stub\" is the scripted stand-in for a model, asked {} times",
        model.asked()
    );
    plain.tell(figures, "baseline", pairs, false);
    built_in.tell(figures, "built_in", pairs, true);
    scripted.tell(figures, "stub", pairs, true);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_groups_of_vowels_without_a_silent_e() {
        for (word, count) in [
            ("team", 1),
            ("engineer", 3),
            ("made", 1),
            ("CI/CD", 1),
            ("the", 1),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }
}
