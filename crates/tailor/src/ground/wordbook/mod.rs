//! What words mean for each other: which may replace which, which claims less, which are hedges,
//! praise, small words. All of it is data, a folder a language under `data`.

mod classes;
mod kinds;
mod lists;
mod others;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::english::{Form, Irregular};
use super::limiter::Limit;
use super::senses::Class;

/// What a word of grammar does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Role {
    /// Says that one thing brought about another.
    Cause,
    /// Says that something is not so.
    Negation,
    /// All, most, some, one: by strength.
    Quantifier(u8),
    /// Any other word that carries no claim of its own.
    Plain,
}

/// A number's measure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unit {
    /// What is measured: only numbers of one dimension can be compared.
    pub dimension: String,
    /// How many of the base it is.
    pub factor: f64,
}

/// The word lists.
#[derive(Debug, Default)]
pub(crate) struct Wordbook {
    irregular: Irregular,
    groups_of: HashMap<String, Vec<usize>>,
    implied: Vec<Vec<usize>>,
    /// Longer terms by their first word.
    phrases: HashMap<String, Vec<Vec<String>>>,
    families: HashMap<String, Vec<String>>,
    /// Verb to a noun that says less than the verb does.
    one_way: HashMap<String, Vec<String>>,
    /// Who does it, and what they do.
    agents: HashMap<String, Vec<String>>,
    /// Words of lists in sections, by the list's name and the section.
    classes: HashMap<String, HashSet<String>>,
    /// Which way a figure went: the section of its list and the words.
    directions: HashMap<String, HashSet<String>>,
    /// What an entry says without words, by its section; and what only when it has ended.
    implied_by: HashMap<String, Vec<String>>,
    implied_by_end: HashMap<String, Vec<String>>,
    /// Verbs that claim the same of the same thing: their groups, and whether they say as much as any.
    deeds: HashMap<String, Vec<(usize, bool)>>,
    /// Verbs of one kind of deed: their groups.
    kinds: HashMap<String, Vec<usize>>,
    /// Words that speak to a reader: always, or where it is called.
    addresses: HashMap<String, bool>,
    bodies: HashSet<String>,
    counterparts: HashSet<String>,
    jointly: HashSet<String>,
    addressed: HashSet<String>,
    verbs: HashSet<String>,
    ranks: HashMap<String, u8>,
    hedges: HashMap<String, Limit>,
    opposites: HashMap<String, String>,
    intensifiers: HashSet<String>,
    roles: HashMap<String, Role>,
    units: HashMap<String, Unit>,
    scales: HashMap<String, f64>,
    /// Number words and names of months of other languages than English.
    numbers: HashMap<String, f64>,
    months: HashMap<String, u8>,
    /// Cuts words of other languages than English down to their stems.
    stemmer: Option<Algorithm>,
}

/// The lists for English.
pub(crate) fn english() -> &'static Wordbook {
    static BOOK: OnceLock<Wordbook> = OnceLock::new();
    BOOK.get_or_init(Wordbook::read)
}

/// The lists for the language that a text has most small words of; English when none has more.
pub(crate) fn of_text(text: &str) -> &'static Wordbook {
    let words = folded(text);
    let mut best = (english(), english().small_words_in(&words));
    for book in others() {
        let counted = book.small_words_in(&words);
        if counted > best.1 {
            best = (book, counted);
        }
    }
    best.0
}

fn folded(text: &str) -> Vec<String> {
    // "AI" and "IT" are no small words of any language, nor is the end of an address.
    text.split_whitespace()
        .filter(|word| !word.contains("://") && !word.contains('@'))
        .flat_map(|word| word.split(|c: char| !c.is_alphabetic() && c != '\''))
        .filter(|word| !word.is_empty() && !is_acronym(word))
        .map(str::to_lowercase)
        .collect()
}

fn others() -> &'static [Wordbook] {
    static BOOKS: OnceLock<Vec<Wordbook>> = OnceLock::new();
    BOOKS.get_or_init(others::others)
}

/// Endings of nouns for who does a thing, by which a stem would make the deed of the doer.
const DOERS: [&str; 22] = [
    "er", "erin", "ern", "erinnen", "or", "ora", "ores", "oras", "ore", "ori", "rice", "eur",
    "eurs", "euse", "euses", "trice", "trices", "ista", "iste", "istin", "aar", "ant",
];

/// Endings of verbs for what is to come, by which a stem would make it done.
const TO_COME: [&str; 24] = [
    "ré", "rás", "rá", "remos", "rán", "ría", "rían", "rò", "rai", "rà", "remo", "ranno", "rei",
    "rebbe", "rão", "ria", "riam", "ras", "rons", "ront", "rais", "rait", "raient", "rez",
];
/// Stems that small jobs and large ones have in common.
const JOINING: [&str; 6] = ["administr", "grund", "fuhr", "leit", "doctor", "doutor"];

impl Wordbook {
    /// Whether these are the lists for English, which know the forms of words and what they do.
    pub(crate) fn knows_grammar(&self) -> bool {
        self.stemmer.is_none()
    }

    fn small_words_in(&self, words: &[String]) -> usize {
        words
            .iter()
            .filter(|word| self.roles.contains_key(*word))
            .count()
    }

    /// Whether a text has more small words of another language than of this one.
    pub(crate) fn is_foreign(&self, text: &str) -> bool {
        let words = folded(text);
        let other = of_text(text);
        !std::ptr::eq(self, other) && other.small_words_in(&words) > self.small_words_in(&words) + 1
    }

    /// The stem of a word that names no one by what they do.
    fn stem(&self, word: &str) -> Option<String> {
        let kept = DOERS.iter().chain(&TO_COME).any(|end| word.ends_with(end));
        let algorithm = self.stemmer.filter(|_| !kept && word.chars().count() > 3)?;
        let stem = Stemmer::create(algorithm).stem(word).into_owned();
        (!JOINING.contains(&stem.as_str())).then(|| format!("~{stem}"))
    }

    /// The value of a number word of another language than English.
    pub(crate) fn number_word(&self, word: &str) -> Option<f64> {
        self.numbers.get(word).copied()
    }

    /// The month of that name in another language than English.
    pub(crate) fn month(&self, word: &str) -> Option<u8> {
        self.months.get(word).copied()
    }

    /// The dictionary forms of a word in lower case, and those of its family; as evidence, those
    /// too that say less than it does.
    pub(crate) fn keys(&self, word: &str, as_evidence: bool) -> Vec<String> {
        if self.stemmer.is_some() {
            let mut keys = vec![word.to_owned()];
            keys.extend(self.stem(word));
            return keys;
        }
        let mut keys = self.irregular.lemmas(word);
        keys.extend(self.irregular.lemmas(&self.irregular.spelled(word)));
        let spelled: Vec<String> = keys.iter().map(|key| self.irregular.spelled(key)).collect();
        keys.extend(spelled);
        let family: Vec<String> = keys
            .iter()
            .flat_map(|key| self.families.get(key).into_iter().flatten().cloned())
            .collect();
        if as_evidence {
            let less: Vec<String> = keys
                .iter()
                .flat_map(|key| self.one_way.get(key).into_iter().flatten().cloned())
                .collect();
            keys.extend(less);
        }
        keys.extend(family);
        // "worked directly", "direct work".
        let times = [
            "daily",
            "hourly",
            "weekly",
            "monthly",
            "yearly",
            "quarterly",
        ];
        let adjective = word
            .strip_suffix("ily")
            .map(|stem| format!("{stem}y"))
            .or_else(|| word.strip_suffix("ly").map(str::to_owned))
            .filter(|stem| stem.len() > 3 && !times.contains(&word));
        keys.extend(adjective);
        let plain = self.opposites.get(word).map(|plain| format!("not {plain}"));
        keys.extend(plain);
        keys.sort();
        keys.dedup();
        keys
    }

    /// Terms of several words that begin with one of the keys.
    pub(crate) fn phrases(&self, first: &str) -> &[Vec<String>] {
        self.phrases.get(first).map_or(&[], Vec::as_slice)
    }

    /// Whether who says `evidence` has said `line`.
    pub(crate) fn supports(&self, evidence: &str, line: &str) -> bool {
        if evidence == line {
            return true;
        }
        let (Some(from), Some(to)) = (self.groups_of.get(evidence), self.groups_of.get(line))
        else {
            return false;
        };
        from.iter().any(|group| {
            self.implied[*group]
                .iter()
                .any(|reached| to.contains(reached))
        })
    }

    /// The forms a word takes of verbs that are known.
    pub(crate) fn verb_forms(&self, word: &str) -> Vec<Form> {
        let mut forms: Vec<Form> = self
            .irregular
            .verb_forms(word)
            .into_iter()
            .filter(|(lemma, _)| {
                self.verbs.contains(lemma) || self.verbs.contains(&self.irregular.spelled(lemma))
            })
            .map(|(_, form)| form)
            .collect();
        forms.sort();
        forms.dedup();
        forms
    }

    /// What to look a word up under in the thesaurus, and as a word of what class: "planned" is a
    /// form of a verb, "plans" of a verb or a noun.
    pub(crate) fn written(&self, word: &str) -> Vec<(String, Vec<Class>)> {
        if self.stemmer.is_some() {
            return Vec::new();
        }
        let all = vec![Class::Noun, Class::Verb, Class::Adjective, Class::Adverb];
        let mut found = vec![(word.to_owned(), all.clone())];
        let spelled = self.irregular.spelled(word);
        let one = self.irregular.singular(word);
        if one != word {
            found.push((one, vec![Class::Noun]));
        }
        let mut forms = self.irregular.verb_forms(word);
        if spelled != word {
            forms.extend(self.irregular.verb_forms(&spelled));
            found.push((self.irregular.singular(&spelled), all));
        }
        for (lemma, form) in forms {
            if form != Form::Base && !found.iter().any(|(known, _)| *known == lemma) {
                found.push((lemma, vec![Class::Verb]));
            }
        }
        found
    }

    /// The same for several words: a verb changes its first, a noun its last.
    pub(crate) fn written_together(&self, words: &[&str]) -> Vec<(String, Vec<Class>)> {
        let ([first, behind @ ..], [before @ .., last], true) =
            (words, words, self.stemmer.is_none())
        else {
            return Vec::new();
        };
        let mut found = vec![(words.join(" "), vec![Class::Noun, Class::Verb])];
        let one = self.irregular.singular(last);
        if one != *last {
            let term = format!("{} {one}", before.join(" "));
            found.push((term, vec![Class::Noun]));
        }
        for (lemma, form) in self.irregular.verb_forms(first) {
            if form != Form::Base {
                let term = format!("{lemma} {}", behind.join(" "));
                found.push((term, vec![Class::Verb]));
            }
        }
        found
    }

    /// A noun in the singular.
    pub(crate) fn singular(&self, word: &str) -> String {
        self.irregular.singular(word)
    }

    /// How much of a say in the work a verb claims, from 1 (looked on) to 6 (founded it).
    pub(crate) fn rank(&self, keys: &[String]) -> Option<u8> {
        keys.iter()
            .filter_map(|key| self.ranks.get(key))
            .min()
            .copied()
    }

    /// Whether a word names someone by what they do.
    pub(crate) fn is_agent(&self, word: &str) -> bool {
        let spelled = self.irregular.spelled(word);
        let one = self.irregular.singular(&spelled);
        self.agents.contains_key(&spelled) || self.agents.contains_key(&one)
    }

    /// The verbs of what someone named by what they do does, and their nouns.
    pub(crate) fn work_of(&self, agent: &str) -> Vec<String> {
        let one = self.irregular.singular(&self.irregular.spelled(agent));
        let verbs = self.agents.get(&one).cloned().unwrap_or_default();
        let nouns: Vec<String> = verbs
            .iter()
            .flat_map(|verb| {
                [self.families.get(verb), self.one_way.get(verb)]
                    .into_iter()
                    .flatten()
                    .flatten()
                    .cloned()
            })
            .collect();
        verbs.into_iter().chain(nouns).collect()
    }

    /// What a small word does; `None` for a word that claims something.
    pub(crate) fn role(&self, term: &str) -> Option<Role> {
        self.roles.get(term).copied()
    }

    /// What a term takes back.
    pub(crate) fn hedge(&self, term: &str) -> Option<Limit> {
        self.hedges.get(term).copied()
    }

    /// Whether a term praises or intensifies.
    pub(crate) fn is_intensifier(&self, term: &str) -> bool {
        self.intensifiers.contains(term)
    }

    /// A measure by its name or sign.
    pub(crate) fn unit(&self, name: &str) -> Option<&Unit> {
        self.units
            .get(name)
            .or_else(|| self.units.get(&name.to_lowercase()))
    }

    /// How much a word multiplies the number before it by.
    pub(crate) fn scale(&self, name: &str) -> Option<f64> {
        self.scales
            .get(name)
            .or_else(|| self.scales.get(&name.to_lowercase()))
            .copied()
    }
}

/// Whether a term is written in capitals, as abbreviations are.
pub(crate) fn is_acronym(term: &str) -> bool {
    let capitals = term.chars().filter(char::is_ascii_uppercase).count();
    capitals > 1 && !term.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_list_takes_a_word_for_its_opposite_or_for_more_than_it_says() {
        let book = english();
        for (one, other) in [
            ("rise", "fall"),
            ("increase", "decrease"),
            ("grow", "drop"),
            ("raise", "reduce"),
            ("double", "drop"),
            ("buy", "sell"),
            ("send", "receive"),
            ("teach", "learn"),
            ("accept", "decline"),
            ("approve", "reject"),
            ("open", "close"),
            ("start", "stop"),
            ("win", "lose"),
        ] {
            for (evidence, line) in [(one, other), (other, one)] {
                assert!(!book.supports(evidence, line), "{evidence}: {line}");
                assert!(!book.same_deed(evidence, line), "{evidence}: {line}");
            }
        }
        for (evidence, line) in [
            ("help", "lead"),
            ("test", "approve"),
            ("review", "write"),
            ("maintain", "build"),
            ("observe", "perform"),
            ("take", "teach"),
            ("use", "build"),
        ] {
            assert!(!book.supports(evidence, line), "{evidence}: {line}");
            assert!(!book.same_deed(evidence, line), "{evidence}: {line}");
        }
    }

    #[test]
    fn a_bound_is_known_by_all_its_words() {
        let book = english();
        assert_eq!(book.bound("just under"), Some("nearly"));
        assert_eq!(book.bound("under"), Some("under"));
        assert_eq!(book.bound("at least"), Some("at least"));
        assert_eq!(book.bound("at"), None);
    }
}
