//! A line read for what it claims: its terms, its clauses, what governs which word, and which
//! words take part of the claim back.

use super::english::Form;
use super::senses::Sense;
use super::terms::terms;
use super::token::{Kind, Token, tokens};
use super::wordbook::{Role, Wordbook};

/// Something that can be looked for: a word, several together, a skill under any of its names.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Term {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// The forms under which it is known.
    pub keys: Vec<String>,
    /// What it means by the thesaurus; of evidence with what follows from that.
    pub senses: Vec<Sense>,
}

/// What a preposition makes of the words behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Relation {
    /// Nothing before it: subject or object.
    None,
    From,
    To,
    By,
    With,
    For,
    Of,
    /// In, at, on, during, within.
    In,
    Before,
    After,
    Since,
    Until,
    Against,
    Under,
    Over,
    Instead,
    Without,
    As,
    Than,
    Between,
}

/// A text with what was read of it.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub tokens: Vec<Token>,
    pub terms: Vec<Term>,
    /// The clause of each token, counted from 0.
    pub clause: Vec<usize>,
    /// What governs each token.
    pub governor: Vec<Relation>,
    /// Which number each token is counted by, as a place in `tokens`.
    pub counted_by: Vec<Option<usize>>,
    /// Whether a token claims something of its own.
    pub content: Vec<bool>,
}

/// Reads a text.
pub(crate) fn read(text: &str, book: &Wordbook, as_evidence: bool) -> Reading {
    let tokens = tokens(text, book);
    let terms = terms(&tokens, book, as_evidence);
    let clause = clauses(&tokens, book);
    let governor = governors(&tokens, &clause);
    let content = contents(&tokens, &terms, book);
    let counted_by = counted(&tokens, &clause, &content, book);
    Reading {
        tokens,
        terms,
        clause,
        governor,
        counted_by,
        content,
    }
}

impl Reading {
    /// The terms that cover a token.
    pub(crate) fn covering(&self, token: usize) -> impl Iterator<Item = &Term> {
        self.terms
            .iter()
            .filter(move |term| (term.first..=term.last).contains(&token))
    }

    /// The keys of the token alone.
    pub(crate) fn keys(&self, token: usize) -> &[String] {
        self.terms
            .iter()
            .find(|term| term.first == token && term.last == token)
            .map_or(&[], |term| term.keys.as_slice())
    }

    /// The tokens of a clause.
    pub(crate) fn in_clause(&self, clause: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.tokens.len()).filter(move |at| self.clause[*at] == clause)
    }
}

/// Where one statement ends and the next begins: at full stops, semicolons, dashes, "but", and
/// where "and" is followed by a verb of the form the clause began with.
fn clauses(tokens: &[Token], book: &Wordbook) -> Vec<usize> {
    let mut clause = Vec::with_capacity(tokens.len());
    let (mut current, mut opening, mut begun) = (0, None::<Form>, false);
    for (at, token) in tokens.iter().enumerate() {
        let breaks = match &token.kind {
            Kind::Mark(mark) => {
                matches!(mark, '.' | ';' | '–' | '!' | '?' | '•' | '|' | ':')
                    && !sticks(tokens, at, book)
                    && !(*mark == '–' && (ranges(tokens, at) || set_apart(tokens, at)))
            }
            Kind::Word => match token.word.as_str() {
                "but" | "although" | "though" | "while" | "whereas" | "however" | "which"
                | "who" => begun,
                "and" | "then" | "or" => {
                    let next = tokens.get(at + 1);
                    let after = tokens.get(at + 2);
                    next.is_some_and(|next| {
                        let forms = book.verb_forms(&next.word);
                        let alike = opening.is_some_and(|form| forms.contains(&form));
                        let goes_on = after.is_some_and(|after| {
                            !after.is_mark(&['.', ',', ';']) && after.word != "of"
                        });
                        alike && goes_on && begun
                    })
                }
                _ => false,
            },
            _ => false,
        };
        // ", trained nurses" in a row of verbs.
        let row = token.is_mark(&[','])
            && begun
            && tokens.get(at + 1).is_some_and(|next| {
                let forms = book.verb_forms(&next.word);
                let sure = forms
                    .iter()
                    .all(|form| *form == Form::Past || *form == Form::Gerund);
                !forms.is_empty()
                    && sure
                    && opening.is_some_and(|form| forms.contains(&form))
                    && tokens
                        .get(at + 2)
                        .is_some_and(|after| after.kind != Kind::Mark(','))
            });
        // ", I prepared the tables": someone else goes on.
        let turn = token.is_mark(&[','])
            && begun
            && tokens.get(at + 1).is_some_and(|next| {
                matches!(
                    next.word.as_str(),
                    "i" | "we" | "he" | "she" | "they" | "it"
                )
            });
        let row = row || turn || begun && another_goes_on(tokens, at, book);
        if breaks || row {
            current += 1;
            (opening, begun) = (None, false);
        }
        clause.push(current);
        if !breaks && !row && token.kind == Kind::Word && !begun {
            let forms = book.verb_forms(&token.word);
            let small = book.role(&token.word).is_some()
                && !matches!(book.role(&token.word), Some(Role::Cause));
            if small && forms.is_empty() {
                continue;
            }
            opening = forms
                .iter()
                .copied()
                .find(|form| matches!(form, Form::Past | Form::Gerund))
                .or_else(|| forms.first().copied());
            begun = true;
        }
    }
    clause
}

/// ", a designer drew the map": a comma behind which somebody else is told of.
fn another_goes_on(tokens: &[Token], at: usize, book: &Wordbook) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let determined = matches!(
        word(at + 1),
        "a" | "an" | "the" | "our" | "my" | "another" | "one" | "his" | "her" | "their"
    );
    tokens[at].is_mark(&[','])
        && determined
        && (at + 2..at + 5).any(|who| {
            let named = (at + 2..=who).all(|at| {
                tokens.get(at).is_some_and(|token| {
                    token.kind == Kind::Word && book.role(&token.word).is_none()
                })
            });
            let deed = book.verb_forms(word(who + 1)) == [Form::Past]
                && !matches!(word(who + 2), "by" | "at" | "in" | "on" | "with" | "from");
            named && book.is_person(word(who)) && deed
        })
}

/// "the till – usually between £1,500 and £2,000 – at the end": dashes for commas.
fn set_apart(tokens: &[Token], at: usize) -> bool {
    let spaced = |at: usize| {
        tokens[at].is_mark(&['–'])
            && at > 0
            && tokens[at - 1].end < tokens[at].start
            && tokens
                .get(at + 1)
                .is_some_and(|next| next.start > tokens[at].end)
    };
    let stops = |at: &usize| tokens[*at].is_mark(&['.', ';', '!', '?', '•', '|']);
    let dashes = (0..at)
        .rev()
        .take_while(|at| !stops(at))
        .chain((at + 1..tokens.len()).take_while(|at| !stops(at)))
        .filter(|at| spaced(*at))
        .count();
    let small = tokens.get(at + 1).is_some_and(|next| {
        next.surface
            .chars()
            .next()
            .is_some_and(|c| !c.is_uppercase())
    });
    spaced(at) && dashes == 1 && small
}

/// "30–45"
fn ranges(tokens: &[Token], at: usize) -> bool {
    let number = |token: Option<&Token>| token.is_some_and(|token| token.number().is_some());
    number(at.checked_sub(1).and_then(|before| tokens.get(before))) && number(tokens.get(at + 1))
}

/// A point inside an abbreviation (`approx.`, `e.g.`) ends nothing.
fn sticks(tokens: &[Token], at: usize, book: &Wordbook) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else {
        return true;
    };
    let next = tokens.get(at + 1);
    let touching = next.is_some_and(|next| next.start == tokens[at].end);
    let point = tokens[at].is_mark(&['.']);
    let goes_on_small = next.is_some_and(|next| {
        next.surface
            .chars()
            .next()
            .is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
    });
    // "approx. £310,000"
    let amount = next.is_some_and(|next| next.kind == Kind::PartOfNumber)
        && book.hedge(&before.word).is_some();
    point
        && (book.before_a_name(&before.word) && next.is_some()
            || touching
            || amount
            || (goes_on_small && before.surface.chars().count() <= 6))
}

fn relation(word: &str) -> Option<Relation> {
    Some(match word {
        "from" => Relation::From,
        "to" | "into" | "onto" | "towards" => Relation::To,
        "by" => Relation::By,
        "with" | "using" | "via" | "alongside" => Relation::With,
        "for" => Relation::For,
        "of" => Relation::Of,
        "in" | "at" | "on" | "during" | "within" | "inside" => Relation::In,
        "before" | "prior" | "ahead" => Relation::Before,
        "after" | "following" => Relation::After,
        "since" => Relation::Since,
        "until" | "till" => Relation::Until,
        "against" => Relation::Against,
        "under" | "below" => Relation::Under,
        "over" | "above" => Relation::Over,
        "instead" | "rather" => Relation::Instead,
        "without" => Relation::Without,
        "as" => Relation::As,
        "than" => Relation::Than,
        "between" | "among" => Relation::Between,
        _ => return None,
    })
}

fn governors(tokens: &[Token], clause: &[usize]) -> Vec<Relation> {
    let mut governors = Vec::with_capacity(tokens.len());
    let (mut current, mut last) = (Relation::None, None);
    // "Together with the council, organised a fair": what stands in front ends at its comma.
    let mut in_front = false;
    for (at, token) in tokens.iter().enumerate() {
        if last != Some(clause[at]) {
            current = Relation::None;
            last = Some(clause[at]);
            in_front = relation(&token.word).is_some()
                || matches!(token.word.as_str(), "together" | "jointly");
        }
        if in_front && token.is_mark(&[',']) {
            current = Relation::None;
            in_front = false;
        }
        // "by 4 points (6% to 2%)": what stands in brackets belongs to no preposition before them.
        if token.is_mark(&['(']) {
            current = Relation::None;
        }
        // "told customers about late deliveries"; "about 30" is no preposition.
        let topic = matches!(
            token.word.as_str(),
            "about" | "regarding" | "concerning" | "along" | "across" | "throughout"
        ) && token.kind == Kind::Word
            && tokens
                .get(at + 1)
                .is_some_and(|next| next.kind == Kind::Word);
        if topic && current == Relation::None {
            current = Relation::In;
        }
        if let Some(relation) = relation(&token.word).filter(|_| token.kind == Kind::Word) {
            // "instead of X": what counts is the first.
            let more_than = relation == Relation::Than
                && at > 0
                && matches!(
                    tokens[at - 1].word.as_str(),
                    "more" | "less" | "fewer" | "greater" | "higher" | "lower"
                );
            let bound = matches!(relation, Relation::Over | Relation::Under)
                && tokens
                    .get(at + 1)
                    .is_some_and(|next| next.number().is_some() || next.kind == Kind::PartOfNumber);
            if more_than || bound {
                governors.push(current);
                continue;
            }
            let kept = relation == Relation::Of
                && matches!(current, Relation::Instead)
                && at > 0
                && tokens[at - 1].word == "instead";
            if !kept {
                current = relation;
            }
        }
        governors.push(current);
    }
    governors
}

fn contents(tokens: &[Token], terms: &[Term], book: &Wordbook) -> Vec<bool> {
    let inside = |end: usize| {
        tokens
            .iter()
            .any(|token| token.start == end && token.is_mark(&['-']))
    };
    let mut content: Vec<bool> = tokens
        .iter()
        .map(|token| match &token.kind {
            Kind::Word => {
                // "German-to-Swedish": the small word inside stays one.
                book.role(&token.word).is_none() || (token.joined && !inside(token.end))
            }
            Kind::Number(_) => true,
            Kind::PartOfNumber | Kind::Mark(_) => false,
        })
        .collect();
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    for at in 0..tokens.len() {
        if tokens[at].kind != Kind::Word {
            continue;
        }
        let opens = at == 0 || !matches!(tokens[at - 1].kind, Kind::Word | Kind::Number(_));
        match word(at) {
            // "Following a failure", but "the following quarter".
            "following" if opens || !determined(tokens, at) => content[at] = false,
            "prior" if word(at + 1) == "to" => content[at] = false,
            "ahead" if word(at + 1) == "of" => content[at] = false,
            // "Complete nine calls a week": at the beginning it is what is done.
            "complete" if opens => content[at] = true,
            _ => {}
        }
    }
    // "class A", "Part I": a letter that stands behind a noun is no article.
    for at in 1..tokens.len() {
        let letter =
            matches!(tokens[at].surface.as_str(), "A" | "I") && tokens[at].kind == Kind::Word;
        let behind = tokens[at - 1].kind == Kind::Word && content[at - 1];
        let ends = tokens
            .get(at + 1)
            .is_none_or(|next| next.kind != Kind::Word);
        if letter && behind && ends {
            content[at] = true;
        }
    }
    // A small phrase ("as well as", "such as") says nothing, whatever its words are.
    for term in terms.iter().filter(|term| term.last > term.first) {
        let small = term
            .keys
            .iter()
            .any(|key| key.contains(' ') && book.role(key).is_some());
        if small {
            content[term.first..=term.last].fill(false);
        }
    }
    content
}

/// Words behind which nothing is counted any more.
const ENDS_A_COUNT: [&str; 7] = [
    "across",
    "throughout",
    "around",
    "near",
    "plus",
    "minus",
    "compared",
];

/// Whether a word is not counted by the number before it, though it claims something: "3 promoted
/// to senior roles" counts no promotion.
fn ends_a_count(tokens: &[Token], at: usize, number: Option<usize>, book: &Wordbook) -> bool {
    let word = &tokens[at].word;
    let beside = number.is_some_and(|number| {
        let between = &tokens[number + 1..at];
        between.iter().all(|token| token.kind == Kind::PartOfNumber)
    });
    // "46 components used by three teams"
    let participle = number.is_some()
        && book.verb_forms(word).contains(&Form::Past)
        && tokens.get(at + 1).is_some_and(|next| next.word == "by");
    ENDS_A_COUNT.contains(&word.as_str())
        || participle
        || (beside && book.verb_forms(word) == [Form::Past])
}

/// Which number counts a token: the nearest before it with nothing but adjectives and nouns between.
fn counted(
    tokens: &[Token],
    clause: &[usize],
    content: &[bool],
    book: &Wordbook,
) -> Vec<Option<usize>> {
    let mut counted = vec![None; tokens.len()];
    let mut current = None;
    let mut last = None;
    for (at, token) in tokens.iter().enumerate() {
        if last != Some(clause[at]) {
            current = None;
            last = Some(clause[at]);
        }
        match &token.kind {
            // "64 half-day workshops", "six 300 W panels": the measure only describes what is counted.
            Kind::Number(number)
                if number.unit.is_some()
                    && number.date.is_none()
                    && current.is_some_and(|count: usize| {
                        count + 1 == at
                            && tokens[count].number().is_some_and(|it| it.unit.is_none())
                    }) => {}
            Kind::Number(number) if number.date.is_none() => current = Some(at),
            Kind::PartOfNumber | Kind::Mark('-') => {}
            Kind::Number(_) | Kind::Mark(_) => current = None,
            Kind::Word if content[at] && !ends_a_count(tokens, at, current, book) => {
                counted[at] = current;
            }
            Kind::Word => {
                // Articles inside ("3 of the 5") and small words end what is counted.
                if !matches!(token.word.as_str(), "new" | "other" | "different") {
                    current = None;
                }
            }
        }
    }
    counted
}

/// Whether an article or the like stands right before a word.
fn determined(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        matches!(
            tokens[before].word.as_str(),
            "the"
                | "a"
                | "an"
                | "this"
                | "that"
                | "these"
                | "those"
                | "each"
                | "its"
                | "their"
                | "no"
        )
    })
}
