//! To which classes a word belongs: people, light verbs, words for which way a figure went and how
//! far a thing came.

use super::super::senses::{self, Class};
use super::Wordbook;

impl Wordbook {
    /// Whether a word stands in a section of a list.
    fn is(&self, class: &str, word: &str) -> bool {
        self.classes
            .get(class)
            .is_some_and(|known| known.contains(word))
    }

    /// Whether any of those words stands in a section of the list of directions.
    pub(crate) fn goes(&self, section: &str, keys: &[String]) -> bool {
        self.directions
            .get(section)
            .is_some_and(|known| keys.iter().any(|key| known.contains(key)))
    }

    /// What an entry of a section is or was, whatever it says; or what only when it has ended.
    pub(crate) fn implied(&self, section: &str, ended: bool) -> String {
        let of = if ended {
            &self.implied_by_end
        } else {
            &self.implied_by
        };
        of.get(section)
            .map_or_else(String::new, |words| words.join(" "))
    }

    /// Whether a word raises the title it stands before.
    pub(crate) fn raises_a_title(&self, word: &str) -> bool {
        self.is("title-ranks[before]", word)
    }

    /// Whether a word is a post that raises who has it.
    pub(crate) fn raises(&self, word: &str) -> bool {
        self.is("title-ranks[posts]", word)
    }

    /// Whether a word is a form of another.
    pub(crate) fn is_form(&self, word: &str, lemma: &str) -> bool {
        let spelled = self.irregular.spelled(word);
        self.irregular
            .verb_forms(word)
            .iter()
            .any(|(form, _)| form == lemma)
            || self.irregular.lemmas(word).iter().any(|form| form == lemma)
            || self
                .irregular
                .lemmas(&spelled)
                .iter()
                .any(|form| form == lemma || *form == self.irregular.spelled(lemma))
    }

    /// Whether a word before "of" makes a part of what stands behind it.
    pub(crate) fn is_partitive(&self, word: &str) -> bool {
        self.is("parts[partitive]", word)
    }

    /// Whether a word names an undertaking that is founded: a company, a club.
    pub(crate) fn is_enterprise(&self, word: &str) -> bool {
        self.is("parts[enterprises]", &self.irregular.singular(word))
    }

    /// Whether who has what the word names has not yet what stands before it: an examination, a course.
    pub(crate) fn falls_short(&self, word: &str) -> bool {
        self.is("parts[short of]", word)
    }

    /// Whether a word names a part of the day, the week or the year.
    pub(crate) fn is_time(&self, word: &str) -> bool {
        self.is("parts[times]", word) || self.is("parts[times]", &self.irregular.singular(word))
    }

    /// Whether a word before a preposition only carries what stands behind it.
    pub(crate) fn is_carrier(&self, word: &str) -> bool {
        let one = self.irregular.singular(word);
        self.is("parts[carriers]", word) || self.is("parts[carriers]", &one)
    }

    /// Whether any of those words is a verb of a section of the list of light verbs.
    pub(crate) fn is_light(&self, section: &str, keys: &[String]) -> bool {
        keys.iter()
            .any(|key| self.is(&format!("light-verbs{section}"), key))
    }

    /// Whether a noun of a section of its list only names what a figure beside it measures.
    pub(crate) fn is_vessel(&self, section: &str, word: &str) -> bool {
        self.is(&format!("vessels[{section}]"), word)
    }

    /// Whether who says that they did the one to a thing has said that they did the other.
    pub(crate) fn same_deed(&self, evidence: &str, line: &str) -> bool {
        let vague = |key: &str| self.is("light-verbs[vague]", key);
        let (Some(from), Some(to)) = (self.deeds.get(evidence), self.deeds.get(line)) else {
            return false;
        };
        (!vague(evidence) || vague(line))
            && from
                .iter()
                .filter(|(_, sure)| *sure)
                .any(|(group, _)| to.iter().any(|(other, _)| other == group))
    }

    /// Whether a verb stands in a line of the list of kinds of deeds.
    pub(crate) fn names_a_kind(&self, key: &str) -> bool {
        self.kinds.contains_key(key)
    }

    /// Whether two verbs, each by any of its keys, tell one kind of deed.
    pub(crate) fn one_kind(&self, evidence: &[String], line: &[String]) -> bool {
        let groups = |keys: &[String]| -> Vec<usize> {
            let known = keys.iter().filter_map(|key| self.kinds.get(key));
            known.flatten().copied().collect()
        };
        let told = groups(evidence);
        groups(line).iter().any(|group| told.contains(group))
    }

    /// Whether a verb claims a larger say in the work than another, or it cannot be told.
    pub(crate) fn outranks(&self, line: &[String], evidence: &[String]) -> bool {
        match (self.rank(line), self.rank(evidence)) {
            (Some(mine), Some(other)) => mine > other,
            (Some(mine), None) => mine > 3,
            (None, Some(other)) => other <= 2,
            (None, None) => false,
        }
    }

    /// What words before a number make of it.
    pub(crate) fn bound(&self, words: &str) -> Option<&'static str> {
        ["about", "over", "at least", "under", "nearly", "up to"]
            .into_iter()
            .find(|kind| self.is(&format!("bounds[{kind}]"), words))
    }

    /// Whether a word looks like a hedge and says more.
    pub(crate) fn on_the_far_side(&self, word: &str) -> bool {
        self.is("bounds[far side]", word)
    }

    fn has_status(&self, section: &str, word: &str) -> bool {
        self.is(&format!("status{section}"), word)
    }

    /// Whether a word says that a thing is not there yet, or not in earnest.
    pub(crate) fn is_status(&self, word: &str) -> bool {
        self.has_status("[status]", word)
    }

    /// Whether a word says, behind a "not", what a thing did not come to.
    pub(crate) fn is_finished(&self, word: &str) -> bool {
        self.has_status("[finished]", word)
    }

    /// Whether a word says, behind a "but", that a thing was taken back.
    pub(crate) fn is_undone(&self, word: &str) -> bool {
        self.has_status("[undone]", word)
    }

    /// Whether a word speaks to a reader: always, or only where it is called.
    pub(crate) fn addresses(&self, word: &str) -> Option<bool> {
        self.addresses.get(word).copied()
    }

    /// Whether a word is a noun as often as anything else.
    pub(crate) fn is_noun(&self, word: &str) -> bool {
        senses::is_noun(word) || senses::is_noun(&self.singular(word))
    }

    /// Whether a word may be an adjective.
    pub(crate) fn is_adjective(word: &str) -> bool {
        !senses::senses(word, &[Class::Adjective]).is_empty()
    }

    /// Whether a word is known as an adverb and not as a noun.
    pub(crate) fn is_adverb(word: &str) -> bool {
        !senses::senses(word, &[Class::Adverb]).is_empty() && !senses::is_noun(word)
    }

    /// Whether a word names a person or a body of persons.
    pub(crate) fn is_person(&self, word: &str) -> bool {
        let one = self.irregular.singular(word);
        self.is_agent(word)
            || [word, one.as_str()]
                .iter()
                .any(|word| self.bodies.contains(*word) || senses::is_person(word))
    }

    /// Whether a verb's form has so many meanings that nothing exact follows from it.
    pub(crate) fn is_vague(&self, word: &str) -> bool {
        self.keys(word, false)
            .iter()
            .any(|key| self.is("light-verbs[vague]", key) || self.is("light-verbs[light]", key))
    }

    /// Whether a word names those that work is done for or dealt with.
    pub(crate) fn is_counterpart(&self, word: &str) -> bool {
        self.counterparts.contains(word)
            || self.counterparts.contains(&self.irregular.singular(word))
    }

    /// Whether a word stands before a name, with a point that ends no sentence.
    pub(crate) fn before_a_name(&self, word: &str) -> bool {
        self.addressed.contains(word)
    }

    /// Whether a word says that others had a part.
    pub(crate) fn says_jointly(&self, word: &str) -> bool {
        self.jointly.contains(word)
    }

    /// Whether a word names a measure or a multiple.
    pub(crate) fn measures(&self, word: &str) -> bool {
        self.unit(word).is_some() || self.scale(word).is_some()
    }
}
