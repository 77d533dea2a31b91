//! Who does a thing and the thing done: authors write, teachers teach.

use super::align::Source;
use super::english::Form;
use super::reading::{Reading, Term};
use super::token::Kind;
use super::wordbook::Wordbook;

/// "Author of the runbook" who "wrote the runbook": a word for who did that very deed, and no title.
pub(super) fn deed_named(
    line: &Reading,
    term: &Term,
    source: &Source,
    theirs: &Term,
    book: &Wordbook,
) -> bool {
    let of = &source.reading;
    let (mine, verb) = (&line.tokens[term.last], &of.tokens[theirs.first]);
    let next = line.tokens.get(term.last + 1);
    let word = |step: usize| {
        line.tokens
            .get(term.last + step)
            .map_or("", |token| token.word.as_str())
    };
    // "author and maintainer of it"
    let both = word(1) == "and" && book.is_agent(word(2)) && word(3) == "of";
    let about = both || next.is_some_and(|next| next.word == "of");
    let opens = of
        .in_clause(of.clause[theirs.first])
        .find(|at| of.content[*at] && !of.tokens[*at].word.ends_with("ly"))
        == Some(theirs.first);
    let deed = book
        .verb_forms(&verb.word)
        .iter()
        .any(|form| matches!(form, Form::Past | Form::Base | Form::Gerund));
    !source.header
        && about
        && opens
        && deed
        && !book.raises(&mine.word)
        && book.work_of(&mine.word).iter().any(|work| {
            theirs
                .keys
                .iter()
                .any(|key| key == work || book.supports(key, work))
        })
}

/// "Taught at CoderDojo" of its "Teacher": what such a post is, where it is the whole title, raises
/// nobody and takes nothing back; or a role the evidence opens with: "Co-author; …".
pub(super) fn work_of_a_post(
    line: &Reading,
    term: &Term,
    source: &Source,
    theirs: &Term,
    book: &Wordbook,
) -> bool {
    let of = &source.reading;
    let agent = &of.tokens[theirs.last];
    if source.implied || term.first != term.last || theirs.first != theirs.last {
        return false;
    }
    let verb = book
        .verb_forms(&line.tokens[term.first].word)
        .iter()
        .any(|form| matches!(form, Form::Past));
    let jointly = |reading: &Reading, at: usize| {
        at >= 2 && reading.tokens[at - 1].is_mark(&['-']) && reading.tokens[at - 2].word == "co"
    };
    let before = theirs.first - 2 * usize::from(jointly(of, theirs.first));
    let opens = (0..before).all(|at| of.tokens[at].kind != Kind::Word);
    let alone = of
        .tokens
        .get(theirs.last + 1)
        .is_none_or(|next| next.is_mark(&[';', ',', '.']));
    let sole = if source.header {
        of.tokens.len() == theirs.last + 1
    } else {
        alone
    };
    verb && opens
        && sole
        && source.limiters.is_empty()
        && book.is_agent(&agent.word)
        && !book.raises(&agent.word)
        && !book.raises_a_title(&agent.word)
        && jointly(line, term.first) == jointly(of, theirs.first)
        && book
            .work_of(&agent.word)
            .iter()
            .any(|work| term.keys.contains(work))
}

/// "reimplemented" for "rewrote": both say of two verbs that it was done again.
pub(super) fn done_again(mine: &str, other: &str, book: &Wordbook) -> bool {
    let again = |word: &str| word.strip_prefix("re").map(str::to_owned);
    let (Some(mine), Some(other)) = (again(mine), again(other)) else {
        return false;
    };
    !book.verb_forms(&mine).is_empty()
        && !book.verb_forms(&other).is_empty()
        && book.keys(&other, true).iter().any(|evidence| {
            book.keys(&mine, false)
                .iter()
                .any(|key| book.supports(evidence, key) || book.same_deed(evidence, key))
        })
}
