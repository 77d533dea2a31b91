//! What to look for in a profile: skills, years, languages, degrees, ranks.

use career::Term;
use unicode_segmentation::UnicodeSegmentation;

use crate::data::people;
use crate::lexicon::lexicon;

/// The terms a requirement's words hold, each once, in their order.
pub(super) fn terms_of(words: &str) -> Vec<Term> {
    let lexicon = lexicon();
    let mut terms: Vec<Term> = Vec::new();
    let mut add = |term: Term| {
        if !terms.contains(&term) {
            terms.push(term);
        }
    };
    for hit in lexicon.find(words) {
        add(Term::Skill {
            name: lexicon.skill(hit.skill).name.clone(),
        });
    }
    if let Some(at_least) = years_in(words) {
        add(Term::Years { at_least });
    }
    for name in spoken_in(words) {
        add(Term::Language {
            name: name.to_owned(),
        });
    }
    if let Some(level) = degree_asked(words) {
        add(Term::Degree {
            level: level.to_owned(),
        });
    }
    if let Some(level) = rank_of_work(words) {
        add(Term::Seniority {
            level: level.to_owned(),
        });
    }
    terms
}

const NUMBERS: [(&str, u8); 12] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("twelve", 12),
    ("fifteen", 15),
];
const YEARS: [&str; 14] = [
    "year", "years", "years'", "yrs", "yr", "jahre", "jahren", "jahr", "ans", "années", "años",
    "jaar", "anni", "anos",
];

/// The years of experience asked for: `4+ years`, `3-5 years`, `at least five years`. Ages and
/// what lies in the past are none.
fn years_in(words: &str) -> Option<u8> {
    let lower = words.to_lowercase();
    let tokens: Vec<&str> = lower.unicode_words().collect();
    let position = tokens.iter().position(|token| YEARS.contains(token))?;
    let after = tokens.get(position + 1).copied().unwrap_or_default();
    if ["old", "ago", "age"].contains(&after)
        || after == "of" && tokens.get(position + 2) == Some(&"age")
    {
        return None;
    }
    let read = |token: &str| {
        token
            .parse::<u8>()
            .ok()
            .or_else(|| {
                NUMBERS
                    .iter()
                    .find(|(name, _)| *name == token)
                    .map(|(_, value)| *value)
            })
            .filter(|years| (1..=40).contains(years))
    };
    let back = |steps: usize| {
        position
            .checked_sub(steps)
            .and_then(|at| tokens.get(at).copied())
    };
    let last = back(1).and_then(|token| match token {
        "more" | "plus" | "full" => back(2).and_then(|token| {
            if token == "or" {
                back(3).and_then(read)
            } else {
                read(token)
            }
        }),
        token => read(token),
    })?;
    // "3-5 years", "3 to 5 years": the lower bound is what is asked for.
    let lower_bound = back(2).and_then(|token| match token {
        "to" | "or" | "bis" | "à" | "a" => back(3).and_then(read),
        token => read(token),
    });
    Some(lower_bound.filter(|low| *low < last).unwrap_or(last))
}

/// The spoken languages named, by their English names.
pub(crate) fn spoken_in(words: &str) -> Vec<&'static str> {
    let lower = words.to_lowercase();
    let tokens: Vec<&str> = lower.unicode_words().collect();
    people()
        .spoken
        .iter()
        .filter(|(_, names)| names.iter().any(|name| tokens.contains(&name.as_str())))
        .map(|(english, _)| english.as_str())
        .collect()
}

/// The lowest degree that will do.
fn degree_asked(words: &str) -> Option<&'static str> {
    let lower = format!(" {} ", words.to_lowercase().replace('’', "'"));
    let degrees = &people().degrees;
    let names = |list: &[String]| list.iter().any(|name| holds(&lower, name));
    if names(&degrees.bachelor) {
        Some("bachelor")
    } else if names(&degrees.master) {
        Some("master")
    } else if names(&degrees.doctorate) {
        Some("doctorate")
    } else {
        None
    }
}

/// How high the degree is that a text names: 1 bachelor, 2 master, 3 doctorate.
pub(crate) fn degree_step(words: &str) -> Option<u8> {
    let lower = format!(" {} ", words.to_lowercase().replace('’', "'"));
    let degrees = &people().degrees;
    let names = |list: &[String]| list.iter().any(|name| holds(&lower, name));
    if names(&degrees.doctorate) {
        Some(3)
    } else if names(&degrees.master) || lower.trim() == "master" {
        Some(2)
    } else if names(&degrees.bachelor) {
        Some(1)
    } else {
        None
    }
}

/// The rank a title names, the highest of several.
pub(crate) fn rank_in(title: &str) -> Option<&'static str> {
    let lower = format!(" {} ", title.to_lowercase());
    people()
        .ranks
        .iter()
        .filter(|(_, rank)| rank.words.iter().any(|word| holds(&lower, word)))
        .max_by_key(|(name, rank)| (rank.step, std::cmp::Reverse(name.as_str())))
        .map(|(name, _)| name.as_str())
}

/// A rank followed by a line of work within a few words: `Senior Backend Engineer`. "Senior
/// mentors" ask for nobody's rank.
fn rank_of_work(words: &str) -> Option<&'static str> {
    let tokens: Vec<&str> = words.unicode_words().collect();
    (0..tokens.len()).find_map(|from| {
        let pair = tokens[from..tokens.len().min(from + 2)].join("-");
        let rank = rank_in(tokens[from])
            .or_else(|| rank_in(&pair).filter(|_| rank_in(tokens[from + 1]).is_none()))
            .filter(|rank| !["intern", "manager", "director"].contains(rank))?;
        let near = tokens[from + 1..tokens.len().min(from + 4)]
            .join(" ")
            .to_lowercase();
        let works = near.split(' ').any(|word| {
            [
                "engineer",
                "developer",
                "designer",
                "manager",
                "analyst",
                "scientist",
                "architect",
                "consultant",
                "nurse",
                "accountant",
                "programmer",
            ]
            .contains(&word)
        });
        works.then_some(rank)
    })
}

/// Whether both texts name the same line of work.
pub(crate) fn same_field(one: &str, other: &str) -> bool {
    let (one, other) = (
        format!(" {} ", one.to_lowercase()),
        format!(" {} ", other.to_lowercase()),
    );
    people().fields.values().any(|words| {
        let names = |text: &str| words.iter().any(|word| holds(text, word));
        names(&one) && names(&other)
    })
}

/// Whether a text names any line of work.
pub(crate) fn names_field(text: &str) -> bool {
    let padded = format!(" {} ", text.to_lowercase());
    people()
        .fields
        .values()
        .flatten()
        .any(|word| holds(&padded, word))
}

/// Contains the words with borders on both sides; an `s`, `ing` or `er` may follow.
fn holds(padded: &str, word: &str) -> bool {
    padded.match_indices(word).any(|(at, _)| {
        let before = padded[..at].chars().next_back();
        let rest = &padded[at + word.len()..];
        let rest = ["ing", "s"]
            .iter()
            .find_map(|ending| rest.strip_prefix(ending))
            .unwrap_or(rest);
        before.is_none_or(|c| !c.is_alphanumeric())
            && rest.chars().next().is_none_or(|c| !c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_in_the_forms_postings_use() {
        for (words, years) in [
            ("4+ years with Linux", Some(4)),
            ("at least five years of experience", Some(5)),
            ("3-5 years in sales", Some(3)),
            ("3 to 5 years in sales", Some(3)),
            ("3–5 years", Some(3)),
            ("two or more years", Some(2)),
            ("Minumum 3 years experience as a software engineer", Some(3)),
            ("mindestens 3 Jahre Berufserfahrung", Some(3)),
            ("at least 18 years old", None),
            ("over the years", None),
        ] {
            assert_eq!(years_in(words), years, "{words}");
        }
    }

    #[test]
    fn degrees_ranks_and_languages_are_read() {
        assert_eq!(
            degree_asked("Bachelor's or Master's degree"),
            Some("bachelor")
        );
        assert_eq!(degree_asked("technical mastery"), None);
        assert_eq!(degree_step("Master of Science"), Some(2));
        assert_eq!(rank_in("Senior Staff Engineer"), Some("staff"));
        assert_eq!(
            rank_of_work("a Senior Backend Engineer to own"),
            Some("senior")
        );
        assert_eq!(rank_of_work("learning from senior mentors"), None);
        assert_eq!(spoken_in("Written and spoken English"), ["English"]);
    }
}
