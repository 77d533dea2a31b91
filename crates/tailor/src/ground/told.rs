//! What was done, and by which verb: where a word of either side tells a deed.

use super::align::Source;
use super::english::Form;
use super::reading::{Reading, Term};
use super::wordbook::{Role, Wordbook};

/// "Hired out tents" became "Hired tents": the verb alone is another one.
pub(super) fn loses_its_particle(
    line: &Reading,
    term: &Term,
    source: &Source,
    theirs: &Term,
    book: &Wordbook,
) -> bool {
    let of = &source.reading;
    if theirs.first != theirs.last || book.verb_forms(&of.tokens[theirs.first].word).is_empty() {
        return false;
    }
    let particle = of.tokens.get(theirs.first + 1).filter(|next| {
        matches!(
            next.word.as_str(),
            "out" | "off" | "down" | "back" | "away" | "over"
        )
    });
    let Some(particle) = particle else {
        return false;
    };
    let kept = (term.first..line.tokens.len())
        .take(8)
        .any(|at| line.tokens[at].word == particle.word);
    // "rolled out" and "rolled" are told apart where the lists know the two together.
    let known = of.terms.iter().find(|whole| {
        whole.first == theirs.first
            && whole.last == theirs.first + 1
            && whole.keys.iter().any(|key| key.contains(' '))
    });
    !kept
        && known.is_some_and(|whole| {
            !whole
                .keys
                .iter()
                .any(|key| term.keys.iter().any(|mine| book.supports(key, mine)))
        })
}

/// Whether a term of the evidence tells what was done: a verb, or the noun that its clause begins with.
pub(super) fn is_told(of: &Reading, theirs: &Term, book: &Wordbook) -> bool {
    let opens = of
        .in_clause(of.clause[theirs.first])
        .find(|at| of.content[*at])
        .is_none_or(|first| first >= theirs.first);
    let verb = book
        .verb_forms(&of.tokens[theirs.first].word)
        .iter()
        .any(|form| matches!(form, Form::Past | Form::Gerund));
    let behind_to = theirs
        .first
        .checked_sub(1)
        .is_some_and(|before| matches!(of.tokens[before].word.as_str(), "to" | "and" | "or"));
    let carried = theirs.first.checked_sub(1).is_some_and(|before| {
        let keys = of.keys(before);
        book.is_light("[light]", keys) || matches!(of.tokens[before].word.as_str(), "of")
    });
    opens || verb || behind_to || carried
}

/// Whether a term is the verb of its clause. A thesaurus has "appointed" for "nominated" and "accepted"
/// for "received" in one of their senses; what was done is told by the lists.
pub(super) fn tells_a_deed(line: &Reading, term: &Term, book: &Wordbook) -> bool {
    let forms = book.verb_forms(&line.tokens[term.first].word);
    let opens = line
        .in_clause(line.clause[term.first])
        .find(|at| line.content[*at])
        == Some(term.first);
    // "wound" in the middle of a clause is a noun.
    let noun = book.is_noun(&line.tokens[term.first].word);
    let past = forms
        .iter()
        .any(|form| matches!(form, Form::Past | Form::Gerund));
    past && (opens || !noun) || opens && forms.contains(&Form::Base)
}

/// Whether a clause says how much or all of something: then a more general word for what it is
/// said of says more.
pub(super) fn sizes_up(line: &Reading, at: usize, book: &Wordbook) -> bool {
    let clause = line.clause[at];
    line.in_clause(clause).any(|token| {
        let here = &line.tokens[token];
        let measured = here
            .number()
            .is_some_and(|number| number.unit.is_some() && number.date.is_none());
        let all = book.role(&here.word).is_some_and(|role| {
            matches!(role, Role::Negation)
                || matches!(role, Role::Quantifier(strength) if strength <= 3)
        });
        let most = here.word.ends_with("est") || matches!(here.word.as_str(), "first" | "only");
        measured || all || most
    })
}
