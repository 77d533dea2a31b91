//! What words mean by WordNet, distilled into two texts under `data/en/wordnet` that are read where
//! they lie. It answers for vocabulary that the lists written by hand do not know; where they
//! know better, they are asked first (`align`).

use std::sync::OnceLock;

const WORDS: &str = include_str!("../../data/en/wordnet/senses.txt");
const SYNSETS: &str = include_str!("../../data/en/wordnet/synsets.txt");

const PEOPLE: &str = include_str!("../../data/en/wordnet/people.txt");

/// The class of a word in one of its senses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Noun,
    Verb,
    Adjective,
    Adverb,
}

/// How one meaning comes from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// It is the same.
    Same,
    /// The same in another word class.
    Kin,
    /// The more general one.
    General,
}

/// A meaning of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sense {
    synset: usize,
    /// How it comes from what the word means itself.
    pub step: Step,
    /// In what class the word has it.
    pub class: Class,
}

/// The senses in which a word is mostly used, of some classes.
pub(crate) fn senses(word: &str, classes: &[Class]) -> Vec<Sense> {
    let Some((_, row)) = row(WORDS, word).and_then(|row| row.split_once('\t')) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for part in row.split(';') {
        let class = match part.as_bytes().first() {
            Some(b'n') => Class::Noun,
            Some(b'v') => Class::Verb,
            Some(b'a') => Class::Adjective,
            _ => Class::Adverb,
        };
        if classes.contains(&class) {
            found.extend(numbers(&part[1..]).map(|synset| Sense {
                synset,
                step: Step::Same,
                class,
            }));
        }
    }
    found
}

/// The senses with what follows from them.
pub(crate) fn implied(senses: &[Sense]) -> Vec<Sense> {
    let mut found = senses.to_vec();
    for sense in senses {
        let Some(row) = synset(sense.synset) else {
            continue;
        };
        for part in row.split(' ').filter(|part| !part.is_empty()) {
            let step = if part.starts_with('h') {
                Step::General
            } else {
                Step::Kin
            };
            found.extend(numbers(&part[1..]).map(|synset| Sense {
                synset,
                step,
                class: sense.class,
            }));
        }
    }
    found
}

/// How what a line says follows from what evidence means, by the surest way there is.
pub(crate) fn answers(line: &[Sense], evidence: &[Sense]) -> Option<Step> {
    line.iter()
        .flat_map(|mine| {
            evidence
                .iter()
                .filter(|theirs| theirs.synset == mine.synset)
                .map(|theirs| theirs.step)
        })
        .min()
}

/// Whether a word is known as a noun.
pub(crate) fn is_noun(word: &str) -> bool {
    is_person(word) || !senses(word, &[Class::Noun]).is_empty()
}

/// Whether a word names first of all a person, or a body of persons.
pub(crate) fn is_person(word: &str) -> bool {
    row(PEOPLE, word).is_some()
}

/// The line of a word in a sorted list.
fn row(list: &'static str, word: &str) -> Option<&'static str> {
    let bytes = list.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let back = bytes[low..middle].iter().rposition(|byte| *byte == b'\n');
        let start = back.map_or(low, |at| low + at + 1);
        let length = bytes[start..].iter().position(|byte| *byte == b'\n')?;
        let row = list.get(start..start + length)?;
        let name = row.split('\t').next().unwrap_or(row);
        match name.as_bytes().cmp(word.as_bytes()) {
            std::cmp::Ordering::Equal => return Some(row),
            std::cmp::Ordering::Less => low = start + length + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

fn synset(number: usize) -> Option<&'static str> {
    static STARTS: OnceLock<Vec<usize>> = OnceLock::new();
    let starts = STARTS.get_or_init(|| {
        let ends = SYNSETS.match_indices('\n').map(|(at, _)| at + 1);
        std::iter::once(0).chain(ends).collect()
    });
    let (start, end) = (*starts.get(number)?, *starts.get(number + 1)?);
    SYNSETS.get(start..end - 1)
}

fn numbers(list: &str) -> impl Iterator<Item = usize> {
    list.split(' ')
        .filter_map(|number| usize::from_str_radix(number, 36).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Class; 4] = [Class::Noun, Class::Verb, Class::Adjective, Class::Adverb];

    fn step(evidence: &str, line: &str) -> Option<Step> {
        answers(&senses(line, &ALL), &implied(&senses(evidence, &ALL)))
    }

    #[test]
    fn every_word_is_found_and_leads_to_synsets_that_exist() {
        let mut words = 0;
        for line in WORDS.lines() {
            let name = line.split('\t').next().unwrap();
            words += 1;
            // All of them would take long.
            if words % 50 != 0 {
                continue;
            }
            let found = senses(name, &ALL);
            assert!(!found.is_empty(), "{name}");
            for sense in found {
                assert!(synset(sense.synset).is_some(), "{name}");
            }
        }
        assert!(words > 50_000);
        assert_eq!(senses("no such word", &ALL), []);
        assert!(!senses(WORDS.split('\t').next().unwrap(), &ALL).is_empty());
    }

    #[test]
    fn synonyms_relatives_and_what_is_more_general_follow_and_nothing_else() {
        assert_eq!(step("violate", "breach"), Some(Step::Same));
        assert_eq!(step("violate", "violation"), Some(Step::Kin));
        assert_eq!(step("whisper", "speak"), Some(Step::General));
        for (evidence, line) in [
            ("speak", "whisper"),
            ("oak", "beech"),
            ("rise", "fall"),
            ("teacher", "teach"),
            ("increase", "decrease"),
        ] {
            assert_eq!(step(evidence, line), None, "{evidence}: {line}");
        }
    }
}
