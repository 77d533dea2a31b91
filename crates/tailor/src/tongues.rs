//! The languages of a person's evidence, and the language of the résumé that follows from them.

use std::collections::{BTreeMap, HashMap};

use career::tongue::{has_headings, primary, same_language};
use career::{Claim, FactId, Field, Posting, Profile, Tongue};

use crate::language::{of_profile, running_text, sure_of_posting, told, told_among};

/// Which facts are in which language, as far as that can be told.
#[derive(Debug, Default)]
pub(crate) struct Tongues {
    of_fact: HashMap<FactId, &'static str>,
    words: BTreeMap<&'static str, usize>,
}

impl Tongues {
    /// Tells the languages of a profile. `wanted` is one that is looked for even where most of a source
    /// is in another.
    pub(crate) fn of(profile: &Profile, wanted: Option<&str>) -> Self {
        let mut sources: BTreeMap<&str, Vec<&Field>> = BTreeMap::new();
        for field in running_text(profile) {
            if let Some(fact) = profile.facts.get(field.fact()) {
                sources.entry(&fact.source).or_default().push(field);
            }
        }
        // A source is mostly in one language, and long enough to tell which; a line of it need not be.
        let whole: Vec<Option<&'static str>> = sources
            .values()
            .map(|fields| {
                let texts: Vec<&str> = fields.iter().map(|field| field.text.as_str()).collect();
                told(&texts.join(". "))
            })
            .collect();
        let wanted = wanted.map(|tag| primary(tag).to_lowercase());
        let mut known: Vec<&str> = whole.iter().copied().flatten().collect();
        known.extend(wanted.as_deref());
        // What most people with a second language write theirs in.
        known.push("en");
        let mixed = sources
            .values()
            .zip(&whole)
            .filter(|(_, whole)| whole.is_none());
        let lines = mixed.flat_map(|(fields, _)| fields);
        known.extend(lines.filter_map(|field| told(&field.text)));
        known.sort_unstable();
        known.dedup();
        let mut tongues = Self::default();
        for (fields, whole) in sources.values().zip(whole) {
            for field in fields {
                // Between one language there is nothing to tell.
                let own = (known.len() > 1)
                    .then(|| told_among(&field.text, &known, whole))
                    .flatten();
                let Some(language) = own.or(whole) else {
                    continue;
                };
                tongues.of_fact.insert(field.fact().clone(), language);
                *tongues.words.entry(language).or_default() += words(&field.text);
            }
        }
        tongues
    }

    /// Whether a line is known to be in another language than that.
    pub(crate) fn is_foreign(&self, claim: &Claim, language: &str) -> bool {
        let mut known = claim
            .facts()
            .into_iter()
            .filter_map(|fact| self.of_fact.get(fact))
            .peekable();
        known.peek().is_some() && known.all(|tag| !same_language(tag, language))
    }

    /// Whether a fact is known to be in that language.
    pub(crate) fn is_in(&self, fact: &FactId, language: &str) -> bool {
        let known = self.of_fact.get(fact);
        known.is_some_and(|tag| same_language(tag, language))
    }

    /// The language of most words.
    fn most(&self) -> Option<&'static str> {
        let most = self.words.iter().max_by_key(|(_, words)| **words);
        most.map(|(tag, _)| *tag)
    }

    /// Whether about half of the words are in that language, or more; `None` when nothing can be told.
    fn half_in(&self, language: &str) -> Option<bool> {
        let all: usize = self.words.values().sum();
        let own: usize = self
            .words
            .iter()
            .filter(|(tag, _)| same_language(tag, language))
            .map(|(_, words)| words)
            .sum();
        (all > 0).then_some(own * HALF.1 >= all * HALF.0)
    }
}

/// Two of five words are half of what two languages say: the same takes a third fewer words in one than
/// in the other.
const HALF: (usize, usize) = (2, 5);

/// Words as spaces part them; of what is written without spaces, two signs are one.
fn words(text: &str) -> usize {
    let unparted = |c: &char| matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{9fff}');
    text.split_whitespace().count() + text.chars().filter(unparted).count() / 2
}

/// The language of a résumé, and how it came to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The language of headings and dates, and of lines where the evidence has them in it.
    pub language: String,
    /// What a person should know of it.
    pub told: Option<Apart>,
}

/// Why lines and what was wanted are in two languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Apart {
    /// The posting's language is not taken: the evidence is in another.
    Posting {
        /// The posting's.
        posting: String,
        /// The evidence's, which is the résumé's.
        evidence: String,
    },
    /// The person's choice is taken for headings and dates; most lines are in another language.
    Lines {
        /// The chosen one.
        chosen: String,
        /// The evidence's.
        evidence: String,
    },
}

impl Apart {
    /// As a message code with what belongs into the message, `language_posting:de:en`.
    pub fn code(&self) -> String {
        match self {
            Self::Posting { posting, evidence } => format!("language_posting:{posting}:{evidence}"),
            Self::Lines { chosen, evidence } => format!("language_lines:{chosen}:{evidence}"),
        }
    }
}

/// The language of a résumé. A person's choice is followed. As the posting is the posting's language
/// where at least half of what can be shown is in it, or where nobody can tell and there are headings in
/// it; else the evidence's: no line is translated, and headings in another language than all that stands
/// under them help nobody.
pub fn choose_language(profile: &Profile, posting: &Posting, wanted: &Tongue) -> Chosen {
    let wish = Wish::of(posting, wanted);
    let tongues = Tongues::of(profile, wish.language.as_deref());
    choose(&tongues, wish).unwrap_or_else(|| Chosen {
        language: of_profile(profile),
        told: None,
    })
}

/// The language that is wished for, where one is.
struct Wish {
    language: Option<String>,
    by_person: bool,
}

impl Wish {
    fn of(posting: &Posting, wanted: &Tongue) -> Self {
        let (language, by_person) = match wanted {
            Tongue::Tag(tag) => (Some(tag.clone()), true),
            Tongue::Posting => (sure_of_posting(posting), false),
        };
        Self {
            language,
            by_person,
        }
    }
}

/// `None` where nothing is wished for and nothing can be told.
fn choose(tongues: &Tongues, wish: Wish) -> Option<Chosen> {
    let by_person = wish.by_person;
    let Some(language) = wish.language else {
        return tongues.most().map(|language| Chosen {
            language: language.to_owned(),
            told: None,
        });
    };
    let most = tongues.most().unwrap_or("en").to_owned();
    Some(match tongues.half_in(&language) {
        Some(true) => Chosen {
            language,
            told: None,
        },
        None => Chosen {
            language: if by_person || has_headings(&language) {
                language
            } else {
                "en".to_owned()
            },
            told: None,
        },
        Some(false) if by_person => Chosen {
            language: language.clone(),
            told: Some(Apart::Lines {
                chosen: language,
                evidence: most,
            }),
        },
        Some(false) => Chosen {
            language: most.clone(),
            told: Some(Apart::Posting {
                posting: language,
                evidence: most,
            }),
        },
    })
}

/// The profiles of several sources as one, those that are mostly in the résumé's language first: where
/// two of them have a summary, a headline or a title of the same job, it is taken from there.
pub fn join_evidence(sources: Vec<Profile>, posting: &Posting, wanted: &Tongue) -> Profile {
    let join = |sources: &[Profile]| {
        let mut whole: Option<Profile> = None;
        for source in sources {
            match &mut whole {
                Some(whole) => whole.append(source.clone()),
                None => whole = Some(source.clone()),
            }
        }
        whole.unwrap_or_default()
    };
    if sources.len() < 2 {
        return join(&sources);
    }
    let wish = Wish::of(posting, wanted);
    // Of all they say, also of what only the first of them shows.
    let mut all = Tongues::default();
    for source in &sources {
        for (language, words) in Tongues::of(source, wish.language.as_deref()).words {
            *all.words.entry(language).or_default() += words;
        }
    }
    let Some(Chosen { language, .. }) = choose(&all, wish) else {
        return join(&sources);
    };
    let is_foreign = |source: &Profile| {
        let tongues = Tongues::of(source, Some(&language));
        tongues.half_in(&language) == Some(false)
    };
    let given = join(&sources);
    let (other, own): (Vec<Profile>, Vec<Profile>) = sources.into_iter().partition(is_foreign);
    Profile {
        // Who somebody is does not depend on a language: the first that was given says it.
        name: given.name,
        contacts: given.contacts,
        ..join(&[own, other].concat())
    }
}
