//! English words back to their dictionary forms, by the rules of spelling and lists of exceptions.

use std::collections::{HashMap, HashSet};

use super::senses;

/// What a verb's form can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Form {
    /// As it stands in a dictionary.
    Base,
    /// With an `s`.
    Third,
    /// Past or past participle.
    Past,
    /// With `ing`.
    Gerund,
}

/// Irregular forms and spellings.
#[derive(Debug, Default)]
pub(crate) struct Irregular {
    /// Form to lemmas with what it is.
    verbs: HashMap<String, Vec<(String, Form)>>,
    /// Plural to singular.
    plurals: HashMap<String, String>,
    /// Nouns whose `s` belongs to them.
    invariant: HashSet<String>,
    /// British to American.
    spelling: HashMap<String, String>,
    /// A verb in another spelling, and the one the lists use.
    same_verb: Vec<(String, String)>,
    /// Forms that are rarely the dictionary form they look like: `found`, `saw`.
    never_itself: Vec<String>,
    /// Words that look as if a rule of spelling held for them.
    spelling_kept: HashSet<String>,
}

const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];

impl Irregular {
    /// Reads the lists; see the files under `data/en` for their forms.
    pub(crate) fn read(verbs: &str, plurals: &str, spelling: &str) -> Self {
        let mut lists = Self::default();
        let mut section = "";
        for line in lines(verbs) {
            if line.starts_with('[') {
                section = line;
                continue;
            }
            let mut words = line.split_whitespace();
            let Some(lemma) = words.next() else { continue };
            match section {
                "[spelling]" => {
                    for other in words {
                        lists.same_verb.push((other.to_owned(), lemma.to_owned()));
                    }
                    continue;
                }
                "[ambiguous]" => {
                    lists.never_itself.push(lemma.to_owned());
                    continue;
                }
                _ => {}
            }
            let last = words.clone().count().saturating_sub(1);
            for (position, word) in words.enumerate() {
                let form = if position == last && position >= 1 && word.ends_with("ing") {
                    Form::Gerund
                } else {
                    Form::Past
                };
                for word in word.split('/') {
                    let known = lists.verbs.entry(word.to_owned()).or_default();
                    known.push((lemma.to_owned(), form));
                }
            }
        }
        let mut section = "";
        for line in lines(plurals) {
            if line.starts_with('[') {
                section = line;
                continue;
            }
            let forms: Vec<&str> = line.split('=').map(str::trim).collect();
            if let [singular, plurals @ ..] = forms.as_slice() {
                for plural in plurals {
                    lists
                        .plurals
                        .insert((*plural).to_owned(), (*singular).to_owned());
                }
            }
            if section == "[singular-s]" || section == "[invariant]" {
                lists.invariant.extend(listed(line));
            }
        }
        section = "";
        for line in lines(spelling) {
            if line.starts_with('[') {
                section = line;
                continue;
            }
            if section.starts_with("[keep") {
                lists.spelling_kept.extend(listed(line));
            } else if let (Some((british, american)), "" | "[pairs]") =
                (line.split_once('='), section)
            {
                lists
                    .spelling
                    .insert(british.trim().to_owned(), american.trim().to_owned());
            }
        }
        for (other, lemma) in std::mem::take(&mut lists.same_verb) {
            let spelled = lists.spelled(&lemma);
            lists.spelling.insert(other, spelled);
        }
        lists
    }

    /// One spelling for British and American.
    pub(crate) fn spelled(&self, word: &str) -> String {
        if let Some(american) = self.spelling.get(word) {
            return american.clone();
        }
        if !word.is_ascii() || word.len() < 5 || self.spelling_kept.contains(word) {
            return word.to_owned();
        }
        for (british, american) in [
            ("isation", "ization"),
            ("isations", "izations"),
            ("ising", "izing"),
            ("ised", "ized"),
            ("ises", "izes"),
            ("ise", "ize"),
            ("iser", "izer"),
            ("isers", "izers"),
            ("ysing", "yzing"),
            ("ysed", "yzed"),
            ("yse", "yze"),
            ("ogue", "og"),
            ("ogues", "ogs"),
            ("elling", "eling"),
            ("elled", "eled"),
            ("elling", "eling"),
            ("our", "or"),
            ("ours", "ors"),
            ("oured", "ored"),
            ("ouring", "oring"),
        ] {
            let Some(stem) = word.strip_suffix(british) else {
                continue;
            };
            let whole = format!("{stem}ise");
            let kept = |form: &str| self.spelling_kept.contains(form);
            // A short word ends like that for reasons of its own: rise, our, four, hour.
            if stem.len() < 3 || (british.contains("is") && kept(&whole)) {
                return word.to_owned();
            }
            return format!("{stem}{american}");
        }
        if let Some(stem) = word.strip_suffix("tre") {
            return format!("{stem}ter");
        }
        word.to_owned()
    }

    /// The dictionary forms a word may have, itself among them.
    pub(crate) fn lemmas(&self, word: &str) -> Vec<String> {
        let mut found = Vec::new();
        if !self.never_itself.iter().any(|form| form == word) {
            found.push(word.to_owned());
        }
        let mut add = |lemma: String| {
            if lemma.len() > 1 && !found.contains(&lemma) {
                found.push(lemma);
            }
        };
        for (lemma, _) in self.verbs.get(word).into_iter().flatten() {
            add(lemma.clone());
        }
        if let Some(singular) = self.plurals.get(word) {
            add(singular.clone());
        }
        // "menus", "taxis": the rules take the ending for part of the word.
        if let Some(stem) = word.strip_suffix('s')
            && stem.ends_with(['u', 'i'])
            && senses::is_noun(stem)
            && !senses::is_noun(word)
        {
            add(stem.to_owned());
        }
        if word.is_ascii() && !self.invariant.contains(word) {
            for (lemma, _) in regular(word) {
                add(lemma);
            }
        }
        found
    }

    /// A noun in the singular, by its spelling; itself when it is no plural.
    pub(crate) fn singular(&self, word: &str) -> String {
        if let Some(singular) = self.plurals.get(word) {
            return singular.clone();
        }
        if self.invariant.contains(word)
            || !word.is_ascii()
            || word.ends_with("ss")
            || word.ends_with("us")
            || word.ends_with("is")
            || word.len() < 4
        {
            return word.to_owned();
        }
        if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
            return format!("{stem}y");
        }
        for end in ["ches", "shes", "sses", "xes", "zes"] {
            if word.ends_with(end) {
                return word[..word.len() - 2].to_owned();
            }
        }
        word.strip_suffix('s').unwrap_or(word).to_owned()
    }

    /// The verbs a word may be a form of, and which.
    pub(crate) fn verb_forms(&self, word: &str) -> Vec<(String, Form)> {
        let mut found: Vec<(String, Form)> = self.verbs.get(word).cloned().unwrap_or_default();
        if word.is_ascii() {
            found.extend(regular(word));
        }
        found.push((word.to_owned(), Form::Base));
        found
    }
}

/// The words of a line, without the notes in brackets behind them.
fn listed(line: &str) -> impl Iterator<Item = String> {
    line.split(',').filter_map(|word| {
        let word = word.split('(').next()?.trim();
        (!word.is_empty()).then(|| word.to_owned())
    })
}

/// The lines of a list without comments and blank ones.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
}

/// What the rules give: candidates, some of which are no words.
fn regular(word: &str) -> Vec<(String, Form)> {
    let mut found = Vec::new();
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        found.push((format!("{stem}y"), Form::Third));
        found.push((format!("{stem}ie"), Form::Third));
    } else if let Some(stem) = word.strip_suffix("es").filter(|stem| stem.len() > 1) {
        let sibilant = ["s", "x", "z", "ch", "sh", "o"]
            .iter()
            .any(|end| stem.ends_with(end));
        if sibilant {
            found.push((stem.to_owned(), Form::Third));
        }
        found.push((format!("{stem}e"), Form::Third));
    } else if let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 1)
        && !stem.ends_with(['s', 'u', 'i'])
    {
        found.push((stem.to_owned(), Form::Third));
    }
    if let Some(stem) = word.strip_suffix("ied").filter(|stem| stem.len() > 1) {
        found.push((format!("{stem}y"), Form::Past));
        found.push((format!("{stem}ie"), Form::Past));
    } else if let Some(stem) = word.strip_suffix("ed").filter(|stem| stem.len() > 1) {
        found.extend(unsuffixed(stem).map(|lemma| (lemma, Form::Past)));
    }
    if let Some(stem) = word.strip_suffix("ying").filter(|stem| stem.len() == 1) {
        found.push((format!("{stem}ie"), Form::Gerund));
    } else if let Some(stem) = word.strip_suffix("ing").filter(|stem| stem.len() > 1) {
        found.extend(unsuffixed(stem).map(|lemma| (lemma, Form::Gerund)));
    }
    found
}

/// What may have stood before `ed` or `ing`.
fn unsuffixed(stem: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = stem.chars().collect();
    let vowel = |at: usize| {
        letters
            .get(at)
            .is_some_and(|c| VOWELS.contains(c) || (*c == 'y' && at > 0))
    };
    let count = letters.len();
    let mut found = Vec::new();
    let has_vowel = (0..count).any(vowel);
    if !has_vowel {
        return found.into_iter();
    }
    let doubled = count >= 3 && letters[count - 1] == letters[count - 2] && !vowel(count - 1);
    // One syllable that ends consonant, vowel, consonant would have been doubled.
    let syllables = (0..count)
        .filter(|at| vowel(*at) && !(*at > 0 && vowel(at - 1)))
        .count();
    let would_double = count >= 3
        && syllables == 1
        && !vowel(count - 1)
        && vowel(count - 2)
        && !vowel(count - 3)
        && !['w', 'x', 'y'].contains(&letters[count - 1]);
    if doubled {
        found.push(letters[..count - 1].iter().collect());
    }
    if !would_double {
        found.push(stem.to_owned());
    }
    if !doubled || letters[count - 1] == 's' || letters[count - 1] == 'l' {
        found.push(format!("{stem}e"));
    }
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_back_to_their_dictionary_forms() {
        let lists = Irregular::read(
            "run ran run\nbuild built built",
            "criterion = criteria\n[singular-s]\nnews, bus, process",
            "",
        );
        let has = |word: &str, lemma: &str| lists.lemmas(word).iter().any(|found| found == lemma);
        for (word, lemma) in [
            ("planned", "plan"),
            ("planning", "plan"),
            ("caring", "care"),
            ("cared", "care"),
            ("studies", "study"),
            ("built", "build"),
            ("ran", "run"),
            ("processes", "process"),
            ("houses", "house"),
            ("criteria", "criterion"),
            ("assessed", "assess"),
            ("travelled", "travel"),
            ("visited", "visit"),
            ("tying", "tie"),
            ("released", "release"),
        ] {
            assert!(has(word, lemma), "{word}: {:?}", lists.lemmas(word));
        }
        for (word, lemma) in [
            ("caring", "car"),
            ("news", "new"),
            ("process", "proces"),
            ("bus", "bu"),
        ] {
            assert!(!has(word, lemma), "{word}: {:?}", lists.lemmas(word));
        }
    }

    #[test]
    fn british_and_american_spelling_are_one() {
        let lists = Irregular::read("", "", "programme = program\n[keep-ise]\nadvise, exercise");
        for (one, other) in [
            ("digitisation", "digitization"),
            ("organised", "organized"),
            ("catalogue", "catalog"),
            ("centre", "center"),
            ("programme", "program"),
            ("analysed", "analyzed"),
            ("labour", "labor"),
        ] {
            assert_eq!(lists.spelled(one), lists.spelled(other), "{one}");
        }
        assert_eq!(lists.spelled("advised"), "advised");
        assert_eq!(lists.spelled("hour"), "hour");
    }
}
