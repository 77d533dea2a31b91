//! What English words mean for each other: which may replace which, which claims less, which are
//! hedges, praise, small words. All of it is data, under `data/en`.

mod lists;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::english::{Form, Irregular};
use super::limiter::Limit;

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
    verbs: HashSet<String>,
    ranks: HashMap<String, u8>,
    hedges: HashMap<String, Limit>,
    opposites: HashMap<String, String>,
    intensifiers: HashSet<String>,
    roles: HashMap<String, Role>,
    units: HashMap<String, Unit>,
    scales: HashMap<String, f64>,
}

/// The lists for English.
pub(crate) fn english() -> &'static Wordbook {
    static BOOK: OnceLock<Wordbook> = OnceLock::new();
    BOOK.get_or_init(Wordbook::read)
}

impl Wordbook {
    /// The dictionary forms of a word in lower case, and those of its family; as evidence, those
    /// too that say less than it does.
    pub(crate) fn keys(&self, word: &str, as_evidence: bool) -> Vec<String> {
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
