//! How the lists under `data/en` are read; each says its form in its first lines.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::super::english::{Irregular, lines};
use super::super::limiter::Limit;
use super::{Role, Unit, Wordbook, is_acronym};

impl Wordbook {
    pub(super) fn read() -> Self {
        let mut book = Self {
            irregular: Irregular::read(
                include_str!("../../../data/en/verb-forms.txt"),
                include_str!("../../../data/en/plurals.txt"),
                include_str!("../../../data/en/spelling.txt"),
            ),
            ..Self::default()
        };
        let mut names = Vec::new();
        let mut links = Vec::new();
        book.thesaurus(
            include_str!("../../../data/en/verbs.txt"),
            true,
            &mut names,
            &mut links,
        );
        for list in [
            include_str!("../../../data/en/nouns.txt"),
            include_str!("../../../data/en/adjectives.txt"),
            include_str!("../../../data/en/adverbs.txt"),
        ] {
            book.thesaurus(list, false, &mut names, &mut links);
        }
        book.thesaurus(
            include_str!("../../../data/en/terms.txt"),
            false,
            &mut names,
            &mut links,
        );
        book.thesaurus(
            include_str!("../../../data/en/hedges.txt"),
            false,
            &mut names,
            &mut links,
        );
        for line in lines(include_str!("../../../data/en/intensifiers.txt")) {
            for word in words(line).map(str::to_lowercase) {
                book.phrase(&word);
                book.intensifiers.insert(word);
            }
        }
        book.abbreviations(
            include_str!("../../../data/en/abbreviations.txt"),
            &mut names,
            &mut links,
        );
        book.link(&names, &links);
        book.families(include_str!("../../../data/en/families.txt"));
        book.ranks(include_str!("../../../data/en/verb-ranks.txt"));
        book.small_words(include_str!("../../../data/en/small-words.txt"));
        book.units(include_str!("../../../data/en/units.txt"));
        book.classes.extend(sections(
            "title-ranks",
            include_str!("../../../data/en/title-ranks.txt"),
        ));
        book.deeds(include_str!("../../../data/en/deeds.txt"));
        book.classes.extend(sections(
            "bounds",
            include_str!("../../../data/en/bounds.txt"),
        ));
        book.classes.extend(sections(
            "vessels",
            include_str!("../../../data/en/vessels.txt"),
        ));
        book.classes.extend(sections(
            "light-verbs",
            include_str!("../../../data/en/light-verbs.txt"),
        ));
        // Verbs of several words are looked up by their keys.
        let beginning = book
            .classes
            .get_mut("light-verbs[beginning]")
            .map(std::mem::take);
        let beginning: HashSet<String> = beginning
            .into_iter()
            .flatten()
            .map(|verb| book.key(&verb))
            .collect();
        book.classes
            .insert("light-verbs[beginning]".to_owned(), beginning);
        book.classes.extend(sections(
            "parts",
            include_str!("../../../data/en/parts.txt"),
        ));
        book.kinds(include_str!("../../../data/en/frames.txt"));
        book.directions(include_str!("../../../data/en/directions.txt"));
        book.implied_words(include_str!("../../../data/en/implied.txt"));
        book.people(include_str!("../../../data/en/people.txt"));
        book.classes.extend(sections(
            "status",
            include_str!("../../../data/en/status.txt"),
        ));
        book.addressing(include_str!("../../../data/en/addresses.txt"));
        book
    }

    /// `verb, verb > weaker`: nothing follows from what follows.
    fn deeds(&mut self, text: &str) {
        for (group, line) in lines(text).enumerate() {
            let (same, weaker) = line.split_once('>').unwrap_or((line, ""));
            for (list, sure) in [(same, true), (weaker, false)] {
                for word in words(list) {
                    let key = self.key(word);
                    self.phrase(&key);
                    if let Some(first) = word.split(' ').next() {
                        let first = self.irregular.spelled(first);
                        self.verbs.insert(first);
                    }
                    self.deeds.entry(key).or_default().push((group, sure));
                }
            }
        }
    }

    fn directions(&mut self, text: &str) {
        let mut section = "";
        for line in lines(text) {
            if line.starts_with('[') {
                section = line;
                continue;
            }
            let keys: Vec<String> = words(line).map(|word| self.key(word)).collect();
            for key in &keys {
                self.phrase(key);
            }
            self.directions
                .entry(section.to_owned())
                .or_default()
                .extend(keys);
        }
    }

    fn implied_words(&mut self, text: &str) {
        let mut ended = false;
        for line in lines(text) {
            if line.starts_with('[') {
                ended = line == "[ended]";
                continue;
            }
            if let Some((section, list)) = line.split_once(':') {
                let of = if ended {
                    &mut self.implied_by_end
                } else {
                    &mut self.implied_by
                };
                let known = of.entry(section.trim().to_owned()).or_default();
                known.extend(words(list).map(str::to_owned));
            }
        }
    }

    fn people(&mut self, text: &str) {
        let mut section = "";
        for line in lines(text) {
            if line.starts_with('[') {
                section = line;
                continue;
            }
            let list = match section {
                "[counterparts]" => &mut self.counterparts,
                "[jointly]" => &mut self.jointly,
                "[forms-of-address]" => &mut self.addressed,
                _ => &mut self.bodies,
            };
            list.extend(words(line).map(str::to_owned));
        }
    }

    /// `word, word > weaker, weaker`, and sections that a line in brackets opens.
    pub(super) fn thesaurus<'a>(
        &mut self,
        text: &'a str,
        verbs: bool,
        names: &mut Vec<Vec<&'a str>>,
        links: &mut Vec<Vec<&'a str>>,
    ) {
        let mut section = "";
        for line in lines(text) {
            if let Some(name) = line.strip_prefix('[') {
                section = name.trim_end_matches(']').trim();
                continue;
            }
            if section == "opposites" {
                if let Some((word, plain)) = line.split_once('=') {
                    let plain = plain.trim().trim_start_matches("not ").trim();
                    self.phrase(&format!("not {plain}"));
                    self.opposites
                        .insert(word.trim().to_lowercase(), plain.to_lowercase());
                }
                continue;
            }
            let (same, weaker) = line.split_once('>').unwrap_or((line, ""));
            let same: Vec<&str> = words(same).collect();
            // Further marks name what is weaker still.
            let weaker = weaker.split('>').flat_map(words);
            let limit = match section {
                "number" => Some(Limit::Number),
                "deed" => Some(Limit::Deed),
                "whole" => Some(Limit::Whole),
                "title" => Some(Limit::Title),
                _ => None,
            };
            if let Some(limit) = limit {
                for word in &same {
                    let word = self.key(word);
                    self.hedges.entry(word).or_insert(limit);
                }
            }
            if verbs {
                let first = |term: &&str| {
                    term.split(' ')
                        .next()
                        .map(|word| self.irregular.spelled(word))
                };
                let known: Vec<String> = same.iter().filter_map(first).collect();
                self.verbs.extend(known);
            }
            names.push(same);
            links.push(weaker.collect());
        }
    }

    fn abbreviations<'a>(
        &mut self,
        text: &'a str,
        names: &mut Vec<Vec<&'a str>>,
        links: &mut Vec<Vec<&'a str>>,
    ) {
        for line in lines(text) {
            // Each long form stands for the short one; of each other they say nothing.
            let Some((short, long)) = line.split_once('=') else {
                continue;
            };
            for long in words(long) {
                let mut same: Vec<&str> = words(short).collect();
                same.push(long);
                names.push(same);
                links.push(Vec::new());
            }
        }
        self.phrases.shrink_to_fit();
    }

    pub(super) fn link(&mut self, names: &[Vec<&str>], links: &[Vec<&str>]) {
        for (group, words) in names.iter().enumerate() {
            for word in words {
                let word = self.key(word);
                self.phrase(&word);
                let of = self.groups_of.entry(word).or_default();
                if !of.contains(&group) {
                    of.push(group);
                }
            }
        }
        let mut direct: Vec<Vec<usize>> = Vec::new();
        for weaker in links {
            let mut to = Vec::new();
            for word in weaker {
                to.extend(
                    self.groups_of
                        .get(&self.key(word))
                        .into_iter()
                        .flatten()
                        .copied(),
                );
            }
            direct.push(to);
        }
        // What follows from what follows: two steps are sure, long chains drift.
        self.implied = (0..names.len())
            .map(|group| {
                let mut reached = BTreeSet::from([group]);
                let mut front = vec![group];
                for _ in 0..3 {
                    let next: Vec<usize> = front
                        .iter()
                        .flat_map(|group| direct[*group].iter().copied())
                        .filter(|group| reached.insert(*group))
                        .collect();
                    front = next;
                }
                reached.into_iter().collect()
            })
            .collect();
    }

    pub(super) fn phrase(&mut self, term: &str) {
        let words: Vec<String> = term
            .split([' ', '-'])
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        if words.len() > 1 {
            let known = self.phrases.entry(words[0].clone()).or_default();
            if !known.contains(&words) {
                known.push(words);
            }
        }
    }

    fn families(&mut self, text: &str) {
        let mut section = "";
        for line in lines(text) {
            if line.starts_with('[') {
                section = line;
                continue;
            }
            let Some((verb, nouns)) = line.split_once(':') else {
                continue;
            };
            for noun in words(nouns) {
                let noun = self.key(noun);
                let verb = self.key(verb.trim());
                if section == "[agents]" {
                    self.agents.entry(noun).or_default().push(verb);
                } else if section == "[one-way]" {
                    self.one_way.entry(verb).or_default().push(noun);
                } else {
                    self.families
                        .entry(noun.clone())
                        .or_default()
                        .push(verb.clone());
                    self.families.entry(verb).or_default().push(noun);
                }
            }
        }
    }

    fn ranks(&mut self, text: &str) {
        for line in lines(text) {
            let Some((rank, verbs)) = line.split_once(' ') else {
                continue;
            };
            let Ok(rank) = rank.trim_end_matches(':').parse() else {
                continue;
            };
            for verb in words(verbs) {
                let verb = self.key(verb);
                self.ranks.insert(verb, rank);
            }
        }
    }

    pub(super) fn small_words(&mut self, text: &str) {
        let (mut section, mut strength) = (String::new(), 0);
        for line in lines(text) {
            if line.starts_with('[') {
                section = line.trim_matches(['[', ']']).trim().to_lowercase();
                strength = 0;
                continue;
            }
            strength += 1;
            let role = match section.as_str() {
                "cause" => Role::Cause,
                "negation" => Role::Negation,
                "quantifiers" => Role::Quantifier(strength),
                _ => Role::Plain,
            };
            for word in words(line) {
                let word = word.to_lowercase();
                self.phrase(&word);
                self.roles.entry(word).or_insert(role);
            }
        }
    }

    pub(super) fn units(&mut self, text: &str) {
        let mut section = String::new();
        for line in lines(text) {
            if line.starts_with('[') {
                line.trim_matches(['[', ']'])
                    .trim()
                    .clone_into(&mut section);
                continue;
            }
            let Some((names, meaning)) = line.split_once('=') else {
                continue;
            };
            let mut parts = meaning.rsplitn(2, ',').map(str::trim);
            let (factor, canonical) = (
                parts.next().unwrap_or_default(),
                parts.next().unwrap_or_default(),
            );
            let number = match factor.split_once('/') {
                Some((over, under)) => over
                    .parse::<f64>()
                    .ok()
                    .zip(under.parse::<f64>().ok())
                    .map(|(over, under)| over / under),
                None => factor.parse::<f64>().ok(),
            };
            for name in words(names).map(|name| name.split('(').next().unwrap_or_default().trim()) {
                match (section.as_str(), number) {
                    ("count", Some(number)) => {
                        self.scales.insert(name.to_owned(), number);
                    }
                    ("count" | "counted-words" | "multiples", _) => {}
                    ("share", _) => {
                        // A share is measured in its own sign; a point is none.
                        let dimension = match factor.strip_prefix("point ") {
                            Some(_) => "percentage point",
                            None if matches!(canonical, "percent" | "per mille") => canonical,
                            None => continue,
                        };
                        let factor = factor
                            .strip_prefix("point ")
                            .and_then(|factor| factor.parse().ok());
                        let unit = Unit {
                            dimension: dimension.to_owned(),
                            factor: factor.unwrap_or(1.0),
                        };
                        self.units.insert(name.to_owned(), unit);
                    }
                    (_, Some(factor)) => {
                        let unit = Unit {
                            dimension: section.clone(),
                            factor,
                        };
                        self.unit_named(name, unit);
                    }
                    // A measure that cannot be converted, like each currency.
                    (_, None) => {
                        let known = if section == "currency" && factor.len() == 3 {
                            factor
                        } else {
                            canonical
                        };
                        let unit = Unit {
                            dimension: format!("{section}:{known}"),
                            factor: 1.0,
                        };
                        self.unit_named(name, unit);
                    }
                }
            }
        }
    }

    fn unit_named(&mut self, name: &str, unit: Unit) {
        if name.contains(' ') {
            self.units.insert(name.to_lowercase(), unit.clone());
        }
        self.units.insert(name.to_owned(), unit);
    }

    /// The form in which a term is looked up: lower case unless it is an abbreviation in capitals,
    /// one spelling.
    pub(super) fn key(&self, term: &str) -> String {
        let term = term.trim();
        if is_acronym(term) {
            return term.to_owned();
        }
        let lower = term.to_lowercase();
        let words: Vec<String> = lower
            .split([' ', '-'])
            .map(|word| self.irregular.spelled(word))
            .collect();
        words.join(" ")
    }
}

pub(super) fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
}

/// The words of a list by its name and the sections that lines in brackets open.
fn sections(name: &str, text: &str) -> HashMap<String, HashSet<String>> {
    let mut found: HashMap<String, HashSet<String>> = HashMap::new();
    let mut section = "";
    for line in lines(text) {
        if line.starts_with('[') {
            section = line;
            continue;
        }
        let known = found.entry(format!("{name}{section}")).or_default();
        known.extend(words(line).map(str::to_owned));
    }
    found
}
