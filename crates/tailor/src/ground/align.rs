//! Which words of the evidence answer which words of a line.

use super::derive;
use super::english::Form;
use super::evidence::Support;
use super::limiter::{Limit, Limiter, limiters};
use super::reading::{Reading, Term, read};
use super::roles::{deed_named, done_again, work_of_a_post};
use super::senses::{self, Step};
use super::token::{Kind, acronym};
use super::told::{is_told, loses_its_particle, sizes_up, tells_a_deed};
use super::wordbook::Wordbook;

/// A piece of evidence, read.
#[derive(Debug)]
pub(crate) struct Source {
    pub reading: Reading,
    /// Which tokens are cited.
    pub cited: Vec<bool>,
    /// The entry's name or title rather than a statement.
    pub header: bool,
    /// What follows from the kind of entry it is.
    pub implied: bool,
    pub limiters: Vec<Limiter>,
}

impl Source {
    /// The cited numbers that are no dates, in the order of the text.
    pub(crate) fn cited_figures(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.cited.len())
            .filter(|token| self.cited[*token] && self.reading.tokens[*token].is_figure())
    }
}

/// One answer: a token of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link {
    pub source: usize,
    pub token: usize,
    /// The last token of the term it belongs to.
    pub last: usize,
    /// The very word, not one that means it.
    pub exact: bool,
}

/// Reads all that a line may rest on.
pub(crate) fn sources(support: &Support, book: &Wordbook) -> Vec<Source> {
    let told = support
        .statements
        .iter()
        .filter(|statement| !support.header.contains(&statement.text));
    let statements = told.map(|statement| {
        let reading = read(&statement.text, book, true);
        let inside = |start: usize, end: usize| {
            statement
                .cited
                .iter()
                .any(|(from, to)| *from <= start && end <= *to)
        };
        let cited = reading
            .tokens
            .iter()
            .map(|token| inside(token.start, token.end))
            .collect();
        let limiters = limiters(&reading, book);
        Source {
            reading,
            cited,
            header: false,
            implied: false,
            limiters,
        }
    });
    let named = support.header.iter().map(|text| (text, false));
    let implied = support.implied.iter().map(|text| (text, true));
    // What came to an end did not come to its goal where a "not" or a "towards" stands by.
    let finished = support
        .header
        .iter()
        .chain(support.statements.iter().map(|s| &s.text));
    let doubtful = finished.into_iter().any(|text| {
        limiters(&read(text, book, true), book)
            .iter()
            .any(|limiter| !matches!(limiter.kind, Limit::Title | Limit::Number))
    });
    let implied = implied.take(if doubtful { 1 } else { usize::MAX });
    let headers = named.chain(implied).map(|(text, implied)| {
        let reading = read(text, book, true);
        let cited = vec![true; reading.tokens.len()];
        let limiters = if implied {
            Vec::new()
        } else {
            limiters(&reading, book)
        };
        Source {
            reading,
            cited,
            header: true,
            implied,
            limiters,
        }
    });
    statements.chain(headers).collect()
}

/// All answers to each token of a line.
pub(crate) fn candidates(line: &Reading, sources: &[Source], book: &Wordbook) -> Vec<Vec<Link>> {
    let mut found: Vec<Vec<Link>> = vec![Vec::new(); line.tokens.len()];
    for term in &line.terms {
        for (at, source) in sources.iter().enumerate() {
            for theirs in &source.reading.terms {
                if !(theirs.first..=theirs.last).all(|token| source.cited[token])
                    || inside_a_frequency(theirs, source, book)
                {
                    continue;
                }
                let Some(exact) = answer(line, term, source, theirs, book) else {
                    continue;
                };
                for (token, answers) in found.iter_mut().enumerate() {
                    if !(term.first..=term.last).contains(&token) {
                        continue;
                    }
                    // "every two weeks": a number inside a term of several words.
                    if line.tokens[token].kind != Kind::Word && term.last == term.first {
                        continue;
                    }
                    // Words of a longer term answer each other in their order.
                    let step = (token - term.first).min(theirs.last - theirs.first);
                    // An abbreviation of one word stands for as many as it has letters.
                    let short = acronym(&line.tokens[token])
                        .filter(|_| !exact && theirs.first == theirs.last);
                    let spelled_out = short.map_or(0, |short| short.chars().count() - 1);
                    let last = if term.first == term.last {
                        (theirs.last + spelled_out).min(source.reading.tokens.len() - 1)
                    } else {
                        theirs.first + step
                    };
                    let link = Link {
                        source: at,
                        token: theirs.first + step,
                        last,
                        exact,
                    };
                    if !answers.contains(&link) {
                        answers.push(link);
                    }
                }
            }
        }
    }
    written_out(line, sources, &mut found);
    derive::often(line, sources, &mut found);
    found
}

/// Whether a term is only part of how often something is done: "week" of "every second week".
fn inside_a_frequency(term: &Term, source: &Source, book: &Wordbook) -> bool {
    let of = &source.reading;
    source.reading.terms.iter().any(|whole| {
        whole.first <= term.first
            && term.last <= whole.last
            && whole.last - whole.first > term.last - term.first
            && !whole.keys.is_empty()
            && (whole.first..=whole.last).any(|at| {
                book.unit(&of.tokens[at].word)
                    .is_some_and(|unit| matches!(unit.dimension.as_str(), "time" | "calendar"))
            })
            && matches!(
                of.tokens[whole.first].word.as_str(),
                "every" | "each" | "once" | "twice" | "thrice"
            )
    })
}

fn answer(
    line: &Reading,
    term: &Term,
    source: &Source,
    theirs: &Term,
    book: &Wordbook,
) -> Option<bool> {
    let surface = |reading: &Reading, term: &Term| {
        (term.first..=term.last)
            .map(|at| reading.tokens[at].word.clone())
            .collect::<String>()
    };
    if surface(line, term) == surface(&source.reading, theirs) {
        return Some(true);
    }
    if work_of_a_post(line, term, source, theirs, book) {
        return Some(false);
    }
    if loses_its_particle(line, term, source, theirs, book) {
        return None;
    }
    // "in the following quarter" cuts nothing into quarters.
    let tells = book
        .verb_forms(&line.tokens[term.first].word)
        .iter()
        .any(|form| matches!(form, Form::Past | Form::Gerund));
    if tells
        && theirs.first == theirs.last
        && book.is_time(&source.reading.tokens[theirs.first].word)
    {
        return None;
    }
    let (mine, other) = (
        &line.tokens[term.last].word,
        &source.reading.tokens[theirs.last].word,
    );
    if source.header && !source.implied {
        // A title names a post, it does not tell of deeds: "Founding Engineer" founded nothing.
        let forms = book.verb_forms(&line.tokens[term.first].word);
        let opens = line.tokens[..term.first]
            .iter()
            .all(|token| token.kind != Kind::Word);
        let told = forms
            .iter()
            .any(|form| matches!(form, Form::Gerund | Form::Base));
        // "Design" may be a noun as well, "Manage" tells what is done.
        let noun = book.is_noun(&line.tokens[term.first].word) && !forms.contains(&Form::Gerund);
        if forms.contains(&Form::Past) || (opens && told && !noun) {
            return None;
        }
        // But "software engineer" is in software engineering.
        if book.is_agent(other) && !book.is_agent(mine) {
            let work = book.work_of(other);
            return work
                .iter()
                .any(|verb| term.keys.contains(verb))
                .then_some(false);
        }
    }
    if source.implied {
        // Nothing is concluded from what nobody wrote.
        return (term.first == term.last && book.is_form(mine, other)).then_some(false);
    }
    let same = term.keys.iter().any(|key| theirs.keys.contains(key));
    // Who does a thing is not the thing: "test lead" is not what led tests.
    let agent = book.is_agent(&line.tokens[term.last].word)
        != book.is_agent(&source.reading.tokens[theirs.last].word);
    // A title names a post, it does not tell of deeds: "Founding Engineer" founded nothing.
    let deed = source.header
        && !source.implied
        && book
            .verb_forms(&line.tokens[term.first].word)
            .iter()
            .any(|form| matches!(form, Form::Past | Form::Gerund));
    if deed {
        return None;
    }
    // Of two names for somebody one may be made of a verb and the other not: "co-worker", "colleague".
    let people = book.is_person(mine) && book.is_person(other);
    if same && (!agent || people) {
        return Some(false);
    }
    // A deed is not answered by a word that claims nothing: "in Uganda" is no inspection.
    let claims =
        |reading: &Reading, term: &Term| (term.first..=term.last).any(|at| reading.content[at]);
    let told = book
        .verb_forms(&line.tokens[term.first].word)
        .iter()
        .any(|form| matches!(form, Form::Past | Form::Gerund));
    if told && claims(line, term) && !claims(&source.reading, theirs) {
        return None;
    }
    let supported = theirs
        .keys
        .iter()
        .any(|evidence| term.keys.iter().any(|key| book.supports(evidence, key)));
    if supported && (!agent || people) {
        return Some(false);
    }
    // Of titles and things nothing is said by what verbs have in common.
    let deed = !source.header
        && (term.first == term.last || term.keys.iter().any(|key| key.contains(' ')))
        && !book.verb_forms(&line.tokens[term.first].word).is_empty()
        && !book
            .verb_forms(&source.reading.tokens[theirs.first].word)
            .is_empty()
        && theirs
            .keys
            .iter()
            .any(|evidence| term.keys.iter().any(|key| book.same_deed(evidence, key)));
    // "took orders" placed none: a noun inside a clause is not what was done in it.
    let told_there = !tells_a_deed(line, term, book) || is_told(&source.reading, theirs, book);
    if !agent && deed && told_there && !outranks(line, term, source, theirs, book) {
        return Some(false);
    }
    let single = term.first == term.last && theirs.first == theirs.last;
    if !agent && single && done_again(mine, other, book) {
        return Some(false);
    }
    if !agent && by_meaning(line, term, source, theirs, book) {
        return Some(false);
    }
    // "Permanent member" is no member only: two words written as one are no name of a deed.
    let one_name = term.first == term.last || term.keys.iter().any(|key| key.contains(' '));
    let of_deed = agent && one_name && deed_named(line, term, source, theirs, book);
    (of_deed || initials(line, term, source, theirs)).then_some(false)
}

/// Whether the thesaurus answers where the lists do not. It is not asked about what they grade:
/// degrees, amounts, ranks, titles, names.
fn by_meaning(
    line: &Reading,
    term: &Term,
    source: &Source,
    theirs: &Term,
    book: &Wordbook,
) -> bool {
    if source.header || term.senses.is_empty() || theirs.senses.is_empty() {
        return false;
    }
    if tells_a_deed(line, term, book) {
        return false;
    }
    let Some(step) = senses::answers(&term.senses, &theirs.senses) else {
        return false;
    };
    let graded = |reading: &Reading, term: &Term| {
        (term.first..=term.last).any(|at| {
            let word = &reading.tokens[at].word;
            book.is_agent(word)
                || book.is_intensifier(word)
                || book.measures(word)
                || book.is_time(word)
                || (term.first == term.last && book.role(word).is_some())
        }) || term.keys.iter().any(|key| {
            book.hedge(key).is_some() || book.is_intensifier(key) || book.role(key).is_some()
        })
    };
    if graded(line, term) || graded(&source.reading, theirs) {
        return false;
    }
    if step == Step::General && sizes_up(line, term.first, book) {
        return false;
    }
    // What the lists let stand only the other way round says more.
    let raised = term.keys.iter().any(|mine| {
        theirs
            .keys
            .iter()
            .any(|other| book.supports(mine, other) && !book.supports(other, mine))
    });
    !raised && !outranks(line, term, source, theirs, book)
}

/// Whether a verb claims a larger say in the work than the evidence's, or it cannot be told.
fn outranks(line: &Reading, term: &Term, source: &Source, theirs: &Term, book: &Wordbook) -> bool {
    let rank = |reading: &Reading, term: &Term| {
        let mut keys = term.keys.clone();
        keys.push(
            (term.first..=term.last)
                .map(|at| reading.tokens[at].word.as_str())
                .collect::<Vec<_>>()
                .join(" "),
        );
        book.rank(&keys)
    };
    match (rank(line, term), rank(&source.reading, theirs)) {
        (Some(mine), Some(other)) => mine > other,
        (Some(mine), None) => mine > 3,
        (None, Some(other)) => other <= 2,
        (None, None) => false,
    }
}

/// `CI` for "continuous integration", `JMLR` for "Journal of Machine Learning Research".
fn initials(line: &Reading, term: &Term, source: &Source, theirs: &Term) -> bool {
    if term.first != term.last || theirs.first != theirs.last {
        return false;
    }
    spells(line, term.first, &source.reading, theirs.first).is_some()
}

/// Where the words end that an abbreviation stands for, which begin at a place of another text.
fn spells(short: &Reading, at: usize, long: &Reading, from: usize) -> Option<usize> {
    let letters: Vec<char> = acronym(&short.tokens[at])?.chars().collect();
    let sure = letters.len() >= 2 && letters.iter().all(char::is_ascii_uppercase);
    if !sure || !*long.content.get(from)? {
        return None;
    }
    let (mut left, mut last) = (letters.as_slice(), None);
    for (place, token) in long.tokens.iter().enumerate().skip(from) {
        let Some(letter) = left.first() else { break };
        if token.is_mark(&['-']) || (token.kind == Kind::Word && !long.content[place]) {
            continue;
        }
        let mut inside = token.word.chars().map(|c| c.to_ascii_uppercase());
        if token.kind != Kind::Word || inside.next() != Some(*letter) {
            return None;
        }
        left = &left[1..];
        // "healthcare" gives an H and a C.
        let compound = token.word.chars().count() > 7
            && left.len() + 1 < letters.len() + 1
            && left.len() > 1
            && inside.clone().skip(3).any(|c| Some(&c) == left.first());
        let next = long.tokens[place + 1..]
            .iter()
            .find(|next| next.kind == Kind::Word);
        let fits = next.is_some_and(|next| {
            next.word.chars().next().map(|c| c.to_ascii_uppercase()) == left.first().copied()
        });
        if compound && !fits {
            left = &left[1..];
        }
        last = Some(place);
    }
    last.filter(|_| left.is_empty())
}

/// Three letters or more of the evidence written out in the line: "chief technology officer" for
/// `CTO`. Two letters stand for too much.
fn written_out(line: &Reading, sources: &[Source], found: &mut [Vec<Link>]) {
    for (at, source) in sources.iter().enumerate() {
        for (token, short) in source.reading.tokens.iter().enumerate() {
            let long_enough = acronym(short).is_some_and(|short| short.len() >= 3);
            if short.kind != Kind::Word || !long_enough || !source.cited[token] {
                continue;
            }
            for from in 0..line.tokens.len() {
                let Some(last) = spells(&source.reading, token, line, from) else {
                    continue;
                };
                let link = Link {
                    source: at,
                    token,
                    last: token,
                    exact: false,
                };
                for (place, answers) in found.iter_mut().enumerate() {
                    if (from..=last).contains(&place)
                        && line.tokens[place].kind == Kind::Word
                        && !answers.contains(&link)
                    {
                        answers.push(link);
                    }
                }
            }
        }
    }
}

/// The best answer to each token: from the clause that answers most of the token's own clause.
pub(crate) fn best(line: &Reading, sources: &[Source], found: &[Vec<Link>]) -> Vec<Option<Link>> {
    let mut best = Vec::with_capacity(found.len());
    for (at, links) in found.iter().enumerate() {
        let clause = line.clause[at];
        let score = |link: &Link| {
            let of = &sources[link.source].reading;
            let answered = line
                .in_clause(clause)
                .filter(|token| line.content[*token])
                .filter(|token| {
                    found[*token].iter().any(|other| {
                        other.source == link.source
                            && of.clause[other.token] == of.clause[link.token]
                    })
                })
                .count();
            let near = line
                .in_clause(clause)
                .filter(|token| line.content[*token] && token.abs_diff(at) == 1)
                .filter(|token| {
                    found[*token].iter().any(|other| {
                        other.source == link.source && other.token.abs_diff(link.token) == 1
                    })
                })
                .count();
            (!sources[link.source].header, answered, near, link.exact)
        };
        // No small word for one that claims something.
        let told = |link: &&Link| {
            let of = &sources[link.source].reading;
            link.token != link.last || of.content[link.token] || !line.content[at]
        };
        let told_at_all = links.iter().any(|link| told(&link));
        let fitting = links.iter().filter(|link| !told_at_all || told(link));
        best.push(fitting.copied().max_by_key(score));
    }
    best
}
