//! The verdict on a line.

mod attached;
mod binding;
mod counted;
mod credit;
mod directions;
mod doers;
mod exchanges;
mod figures;
mod firsthand;
mod frames;
mod free;
mod left_out;
mod limits;
mod means;
mod nouns;
mod others;
mod parts;
mod reach;
mod relations;
mod small;
mod subjects;
mod times;
mod turned;
mod vessels;
mod words;

use serde::{Deserialize, Serialize};

use super::align::{Link, Source, best, candidates, sources};
use super::english::Form;
use super::evidence::Support;
use super::reading::{Reading, read};
use super::token::Kind;
use super::wordbook::{Wordbook, english, of_text};

/// Which rule a line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// It cites nothing.
    NoEvidence,
    /// A quote or span that is not in the profile.
    FalseQuote,
    /// Evidence of another entry.
    WrongEntry,
    /// Characters that show nothing, or letters of another script that look like others.
    HiddenCharacters,
    /// A number that the evidence neither gives nor allows to compute.
    Number,
    /// A number that counts something else in the evidence.
    NumberOfOther,
    /// Another measure or currency.
    Unit,
    /// A date the evidence does not give.
    Date,
    /// A length of time the dates do not give.
    Duration,
    /// A word that only the posting has.
    FromPosting,
    /// A name or technology that the evidence does not have.
    ForeignName,
    /// A claim no cited word supports.
    Unsupported,
    /// A verb that claims more.
    RaisedVerb,
    /// A job title or rank that the evidence does not give.
    RaisedTitle,
    /// Praise or degree.
    Praise,
    /// All where the evidence says some.
    Quantifier,
    /// One became several.
    Grown,
    /// What takes the claim back was left out.
    HedgeDropped,
    /// A "not" was left out, put in or moved.
    Negation,
    /// One thing is said to have brought about another.
    Cause,
    /// The words stand to each other in another way.
    Relation,
    /// It cannot be told: another language than the evidence.
    CannotCheck,
}

impl Code {
    /// Its name in files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoEvidence => "no_evidence",
            Self::FalseQuote => "false_quote",
            Self::WrongEntry => "wrong_entry",
            Self::HiddenCharacters => "hidden_characters",
            Self::Number => "number",
            Self::NumberOfOther => "number_of_other",
            Self::Unit => "unit",
            Self::Date => "date",
            Self::Duration => "duration",
            Self::FromPosting => "from_posting",
            Self::ForeignName => "foreign_name",
            Self::Unsupported => "unsupported",
            Self::RaisedVerb => "raised_verb",
            Self::RaisedTitle => "raised_title",
            Self::Praise => "praise",
            Self::Quantifier => "quantifier",
            Self::Grown => "grown",
            Self::HedgeDropped => "hedge_dropped",
            Self::Negation => "negation",
            Self::Cause => "cause",
            Self::Relation => "relation",
            Self::CannotCheck => "cannot_check",
        }
    }
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// The rule.
    pub code: Code,
    /// In words, with the words it is about.
    pub reason: String,
}

/// The outcome for one line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// Why it is refused; empty when it is not.
    pub objections: Vec<Objection>,
    /// How its numbers follow from the evidence's, where they are not the same.
    pub derived: Vec<String>,
}

impl Ruling {
    /// Whether the line may stand.
    pub fn is_ok(&self) -> bool {
        self.objections.is_empty()
    }
}

/// Judges a line.
pub(crate) fn judge(text: &str, support: &Support) -> Ruling {
    let told: String = support
        .statements
        .iter()
        .flat_map(|statement| [statement.text.as_str(), " "])
        .collect();
    let book = of_text(&format!("{told} {text}"));
    // A translation cannot be checked.
    if book.is_foreign(&told) || book.is_foreign(text) {
        return Ruling::refused(
            Code::CannotCheck,
            "the line is in another language than its evidence",
        );
    }
    if let Some(objection) = hidden(text, support) {
        return Ruling {
            objections: vec![objection],
            derived: Vec::new(),
        };
    }
    let line = read(text, book, false);
    let sources = sources(support, book);
    if sources
        .iter()
        .any(|source| speaks_to_a_reader(source, book))
    {
        return Ruling::refused(
            Code::CannotCheck,
            "the evidence speaks to its reader instead of telling what was done",
        );
    }
    let found = candidates(&line, &sources, book);
    let links = best(&line, &sources, &found);
    let mut case = Case {
        line: &line,
        sources: &sources,
        found: &found,
        links,
        derived_at: Vec::new(),
        support,
        book,
        ruling: Ruling::default(),
    };
    case.numbers();
    case.words();
    case.small_words();
    if case.ruling.objections.is_empty() {
        case.limits();
        case.relations();
        case.credit();
        case.parts();
        case.bindings();
        case.growth();
        case.restrictions();
        case.titles();
    }
    if !(0..line.tokens.len()).any(|at| line.content[at]) {
        case.object(Code::NoEvidence, "the line says nothing");
    }
    case.ruling
}

/// Whether every bracket that opens closes, and nothing stands there that ends or comments out code.
fn balanced(text: &str) -> bool {
    let mut open = Vec::new();
    for character in text.chars() {
        match character {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' if open.pop() != Some(character) => return false,
            _ => {}
        }
    }
    open.is_empty() && !text.trim_end().ends_with("--") && !text.contains("</")
}

/// Whether a cited statement gives orders. Its words stay the person's own; what a model makes of them
/// is not looked at.
fn speaks_to_a_reader(source: &Source, book: &Wordbook) -> bool {
    let of = &source.reading;
    // "Let's Encrypt" is a name, "let teams practise" a deed.
    let permits = |at: usize| {
        let next = of.tokens.get(at + 1);
        of.tokens[at].word.starts_with("let")
            && next.is_some_and(|next| {
                !matches!(
                    next.word.as_str(),
                    "me" | "us" | "the" | "it" | "him" | "her" | "this"
                )
            })
            && (at == 0
                || next.is_some_and(|next| {
                    next.surface.chars().next().is_some_and(char::is_uppercase)
                }))
    };
    let called = |at: usize| {
        let opens = of.in_clause(of.clause[at]).next() == Some(at);
        let next = of.tokens.get(at + 1);
        let marked = next.is_none_or(|next| !matches!(next.kind, Kind::Word) || next.word == "you");
        // Whoever is called by name is asked in the same breath.
        let asked = of.tokens.iter().any(|token| {
            matches!(
                token.word.as_str(),
                "you" | "your" | "must" | "should" | "reading"
            )
        });
        (opens && marked) || asked
    };
    !source.header
        && (0..of.tokens.len()).filter(|at| !permits(*at)).any(|at| {
            english()
                .addresses(&of.tokens[at].word)
                .is_some_and(|always| always || !book.knows_grammar() || called(at))
        })
}

/// Characters that hide what a line says.
fn hidden(text: &str, support: &Support) -> Option<Objection> {
    let known = |c: char| {
        support
            .statements
            .iter()
            .any(|statement| statement.text.contains(c))
    };
    let object = |reason: String| {
        Some(Objection {
            code: Code::HiddenCharacters,
            reason,
        })
    };
    if let Some(c) = text.chars().find(|c| {
        (career::text::is_invisible(*c)
            || matches!(
                c,
                '\u{200d}'
                    | '\u{2028}'
                    | '\u{2029}'
                    | '\u{180e}'
                    | '\u{fe0f}'
                    | '\u{115f}'
                    | '\u{3164}'
            ))
            && !known(*c)
    }) {
        return object(format!(
            "the line holds U+{:04X}, which shows nothing",
            u32::from(c)
        ));
    }
    if !balanced(text) {
        return object("the line's brackets do not close, or it ends in code".to_owned());
    }
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let scripts: std::collections::HashSet<unicode_script::Script> = word
            .chars()
            .filter(|c| c.is_alphabetic())
            .map(|c| unicode_script::UnicodeScript::script(&c))
            .filter(|script| {
                !matches!(
                    script,
                    unicode_script::Script::Common | unicode_script::Script::Inherited
                )
            })
            .collect();
        let mixed = scripts.len() > 1
            && scripts.contains(&unicode_script::Script::Latin)
            && scripts.iter().any(|script| {
                matches!(
                    script,
                    unicode_script::Script::Cyrillic
                        | unicode_script::Script::Greek
                        | unicode_script::Script::Armenian
                        | unicode_script::Script::Cherokee
                        | unicode_script::Script::Coptic
                )
            });
        if mixed
            && !support
                .statements
                .iter()
                .any(|statement| statement.text.contains(word))
        {
            return object(format!("“{word}” mixes letters of several scripts"));
        }
    }
    None
}

struct Case<'a> {
    line: &'a Reading,
    sources: &'a [Source],
    found: &'a [Vec<Link>],
    links: Vec<Option<Link>>,
    /// Numbers of the line that were computed.
    derived_at: Vec<usize>,
    support: &'a Support,
    book: &'a Wordbook,
    ruling: Ruling,
}

impl Case<'_> {
    fn object(&mut self, code: Code, reason: &str) {
        let objection = Objection {
            code,
            reason: reason.to_owned(),
        };
        if !self.ruling.objections.contains(&objection) {
            self.ruling.objections.push(objection);
        }
    }

    fn is_finite(&self, reading: &Reading, at: usize) -> bool {
        let token = &reading.tokens[at];
        token.kind == Kind::Word
            && self.book.verb_forms(&token.word).contains(&Form::Past)
            && reading.content[at]
    }
}
