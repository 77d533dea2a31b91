//! The skills that can be recognised in a text: names, spellings, and what implies what.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use serde::Deserialize;

use crate::strict::stands_in_a_list;

/// Names a skill by its place in the lexicon.
pub(crate) type SkillId = usize;

/// How telling a skill is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Telling {
    /// A way of working: communication, ownership.
    Soft,
    /// A field: backend, observability.
    Broad,
    /// A thing of its own: PostgreSQL, payroll.
    Hard,
}

/// A skill.
#[derive(Debug)]
pub(crate) struct Skill {
    pub name: String,
    pub telling: Telling,
    /// What it shows besides itself, with how surely (below 1).
    pub implied: BTreeMap<SkillId, f32>,
}

/// A skill seen in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub skill: SkillId,
    pub start: usize,
    pub end: usize,
}

/// All skills and a machine that finds their spellings.
pub(crate) struct Lexicon {
    skills: Vec<Skill>,
    forms: Vec<Form>,
    automaton: Option<AhoCorasick>,
}

struct Form {
    skill: SkillId,
    text: String,
    rule: Rule,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    Any,
    Cased,
    Strict,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Row {
    Spellings(Vec<String>),
    Detailed(Detailed),
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Detailed {
    also: Vec<String>,
    cased: Vec<String>,
    strict: Vec<String>,
    implies: Vec<String>,
    broad: bool,
}

type Table = BTreeMap<String, BTreeMap<String, Row>>;

/// How much of a skill's evidence passes on to what it implies, by step.
const IMPLIED: [f32; 3] = [0.6, 0.4, 0.3];

/// The lexicon of `data/skills.toml`.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let table: Table = toml::from_str(include_str!("../data/skills.toml")).unwrap_or_default();
        Lexicon::build(table)
    })
}

impl Lexicon {
    fn build(table: Table) -> Self {
        let mut skills = Vec::new();
        let mut forms: Vec<Form> = Vec::new();
        let mut implies: Vec<Vec<String>> = Vec::new();
        for (area, rows) in table {
            for (name, row) in rows {
                let row = match row {
                    Row::Spellings(also) => Detailed {
                        also,
                        ..Detailed::default()
                    },
                    Row::Detailed(row) => row,
                };
                let skill = skills.len();
                let special = row
                    .cased
                    .iter()
                    .chain(&row.strict)
                    .any(|form| form.eq_ignore_ascii_case(&name));
                let mut add = |text: &str, rule| {
                    forms.push(Form {
                        skill,
                        text: fold(text),
                        rule,
                    });
                };
                if !special {
                    add(&name, Rule::Any);
                }
                row.also.iter().for_each(|text| add(text, Rule::Any));
                row.cased.iter().for_each(|text| add(text, Rule::Cased));
                row.strict.iter().for_each(|text| add(text, Rule::Strict));
                let telling = match (area.as_str(), row.broad) {
                    ("soft", _) => Telling::Soft,
                    (_, true) => Telling::Broad,
                    (_, false) => Telling::Hard,
                };
                skills.push(Skill {
                    name,
                    telling,
                    implied: BTreeMap::new(),
                });
                implies.push(row.implies);
            }
        }
        let ids: BTreeMap<String, SkillId> = skills
            .iter()
            .enumerate()
            .map(|(id, skill)| (skill.name.clone(), id))
            .collect();
        let edges: Vec<Vec<SkillId>> = implies
            .iter()
            .map(|names| {
                names
                    .iter()
                    .filter_map(|name| ids.get(name).copied())
                    .collect()
            })
            .collect();
        for (id, skill) in skills.iter_mut().enumerate() {
            skill.implied = reach(id, &edges);
        }
        let automaton = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(forms.iter().map(|form| &form.text))
            .ok();
        Self {
            skills,
            forms,
            automaton,
        }
    }

    /// The skill of that id.
    pub(crate) fn skill(&self, id: SkillId) -> &Skill {
        &self.skills[id]
    }

    /// The skill of that name.
    pub(crate) fn by_name(&self, name: &str) -> Option<SkillId> {
        self.skills.iter().position(|skill| skill.name == name)
    }

    /// The skills a text names, in its order. Of a spelling inside another only the longer counts,
    /// unless it says the shorter too ("monolith to microservices").
    pub(crate) fn find(&self, text: &str) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let folded = fold(text);
        let mut hits: Vec<Hit> = automaton
            .find_overlapping_iter(&folded)
            .filter_map(|found| {
                let form = self.forms.get(found.pattern().as_usize())?;
                let (start, end) = (found.start(), found.end());
                Self::fits(form, text, &folded, start, end).then_some(Hit {
                    skill: form.skill,
                    start,
                    end,
                })
            })
            .collect();
        hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end), hit.skill));
        hits.dedup();
        let mut kept: Vec<Hit> = Vec::new();
        for hit in hits {
            let inside = kept.iter().any(|longer| {
                longer.start <= hit.start
                    && hit.end <= longer.end
                    && (longer.start, longer.end) != (hit.start, hit.end)
                    && !self.skills[longer.skill].implied.contains_key(&hit.skill)
            });
            if !inside {
                kept.push(hit);
            }
        }
        kept
    }

    fn fits(form: &Form, text: &str, folded: &str, start: usize, end: usize) -> bool {
        if !borders(text, start, end) {
            return false;
        }
        match form.rule {
            Rule::Any => true,
            Rule::Cased => folded.get(start..end) == Some(form.text.as_str()),
            Rule::Strict => {
                folded.get(start..end) == Some(form.text.as_str())
                    && stands_in_a_list(text, start, end)
            }
        }
    }
}

/// Hyphens and line ends count as spaces; the length in bytes stays.
fn fold(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '-' | '\n' | '\r' | '\t' => ' ',
            other => other,
        })
        .collect()
}

/// Whether a word begins and ends there. A plural `s` may follow.
fn borders(text: &str, start: usize, end: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else {
        return false;
    };
    let mut back = before.chars().rev();
    let previous = back.next();
    let inside_name = previous == Some('.') && back.next().is_some_and(char::is_alphanumeric);
    if inside_name || previous.is_some_and(|c| c.is_alphanumeric() || "_@#+".contains(c)) {
        return false;
    }
    let plural = end - start >= 3 && after.starts_with('s');
    let rest = if plural { &after[1..] } else { after };
    let mut next = rest.chars();
    match next.next() {
        Some(c) if c.is_alphanumeric() || "+#_@".contains(c) => false,
        Some('.') => !next.next().is_some_and(char::is_alphanumeric),
        Some(_) | None => true,
    }
}

fn reach(from: SkillId, edges: &[Vec<SkillId>]) -> BTreeMap<SkillId, f32> {
    let mut reached: BTreeMap<SkillId, f32> = BTreeMap::new();
    let mut frontier = vec![from];
    for strength in IMPLIED {
        let mut next = Vec::new();
        for id in frontier {
            for &target in edges.get(id).into_iter().flatten() {
                if target != from && !reached.contains_key(&target) {
                    reached.insert(target, strength);
                    next.push(target);
                }
            }
        }
        frontier = next;
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&'static str> {
        let lexicon = lexicon();
        lexicon
            .find(text)
            .iter()
            .map(|hit| lexicon.skill(hit.skill).name.as_str())
            .collect()
    }

    #[test]
    fn the_skill_file_is_sound() {
        let table: Table = toml::from_str(include_str!("../data/skills.toml")).unwrap();
        let all: Vec<&String> = table.values().flat_map(BTreeMap::keys).collect();
        assert!(all.len() > 400);
        for rows in table.values() {
            for (name, row) in rows {
                if let Row::Detailed(row) = row {
                    for implied in &row.implies {
                        assert!(all.contains(&implied), "{name} implies unknown {implied}");
                    }
                }
            }
        }
    }

    #[test]
    fn spellings_and_abbreviations_name_the_same_skill() {
        assert_eq!(
            names("k8s, JS and Postgres"),
            ["Kubernetes", "JavaScript", "PostgreSQL"]
        );
        assert_eq!(
            names("C++, C# and .NET; Node.js"),
            ["C++", "C#", ".NET", "Node.js"]
        );
        assert_eq!(
            names("event-driven back-end"),
            ["Event-driven Architecture", "Backend Development"]
        );
        assert_eq!(names("CI/CD"), ["CI/CD"]);
    }

    #[test]
    fn ordinary_words_are_no_programming_languages() {
        assert!(!names("our go-to-market plan; Go to the office; (Go Sooners!)").contains(&"Go"));
        assert!(!names("react to incidents and excel in rust removal").contains(&"React"));
        assert!(
            !names("We Excel in service and take Spring breaks")
                .iter()
                .any(|n| ["Excel", "Spring"].contains(n))
        );
        assert!(
            !names("R&D, Series C funding")
                .iter()
                .any(|n| ["R", "C"].contains(n))
        );
        assert_eq!(
            names("Fluent in one of Go, Rust or Python"),
            ["Go", "Rust", "Python"]
        );
        assert_eq!(names("Go"), ["Go"]);
    }

    #[test]
    fn evidence_reaches_on_and_grows_weaker() {
        let lexicon = lexicon();
        let next = lexicon.skill(lexicon.by_name("Next.js").unwrap());
        let react = next.implied[&lexicon.by_name("React").unwrap()];
        let script = next.implied[&lexicon.by_name("JavaScript").unwrap()];
        assert!(react > script && script > 0.0);
    }
}
