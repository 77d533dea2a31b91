//! What others did in the evidence is not told as the person's own deed.

use super::super::align::Source;
use super::super::english::Form;
use super::super::reading::Reading;
use super::super::token::Kind;
use super::super::wordbook::Wordbook;
use super::Case;

/// What somebody else did.
struct Deed {
    /// Who, as words.
    who: Vec<usize>,
    /// The deed and all that it was done to.
    told: Vec<usize>,
}

/// Words that stand between somebody and what that one did.
fn helps(word: &str) -> bool {
    matches!(
        word,
        "had" | "has" | "have" | "will" | "would" | "can" | "could" | "may" | "did" | "does" | "do"
    )
}

/// Whether a word stands before a noun and makes it no verb.
pub(super) fn determines(word: &str) -> bool {
    matches!(
        word,
        "a" | "an" | "the" | "our" | "my" | "their" | "his" | "her" | "its" | "this" | "these"
    )
}

impl Case<'_> {
    /// "the contractor did the migration" became "did the migration"; "the assessment is done by the
    /// head" became "did the assessment".
    pub(super) fn took_anothers_deed(&self, at: usize, source: &Source) -> Option<String> {
        let deeds = self.deeds_of_others(source);
        if deeds.is_empty() {
            return None;
        }
        let line = self.line;
        (0..line.tokens.len()).find_map(|verb| {
            if !self.own_deed(verb) {
                return None;
            }
            let object = (verb + 1..line.tokens.len())
                .take_while(|token| {
                    line.clause[*token] == line.clause[verb]
                        && line.tokens[*token].kind == Kind::Word
                        && line.governor[*token] == line.governor[verb]
                })
                .filter(|token| line.content[*token])
                .last()?;
            let deed = deeds.iter().find(|deed| {
                let theirs = |token: usize| {
                    let exact = self.found[token].iter().any(|link| link.exact);
                    let mut answers = self.found[token]
                        .iter()
                        .filter(|link| link.exact || !exact && self.links[token] == Some(**link))
                        .peekable();
                    answers.peek().is_some()
                        && answers.all(|link| link.source == at && deed.told.contains(&link.token))
                };
                let vague =
                    helps(&line.tokens[verb].word) || self.book.is_vague(&line.tokens[verb].word);
                let deed_too = vague
                    || self.found[verb]
                        .iter()
                        .any(|link| link.source == at && deed.told.contains(&link.token));
                // "do the installation" became "install".
                let only =
                    self.opens(line, verb) && self.found[verb].iter().all(|link| !link.exact);
                (theirs(object) && deed_too || only && theirs(verb))
                    && !deed.who.iter().any(|who| self.names(at, *who))
                    && !self.says_shared(at, &deed.who)
            })?;
            let who = *deed.who.last()?;
            Some(source.reading.tokens[who].surface.clone())
        })
    }

    /// A verb of the line whose doer is whoever speaks.
    fn own_deed(&self, verb: usize) -> bool {
        let line = self.line;
        let token = &line.tokens[verb];
        let tells = token.kind == Kind::Word
            && (!self.book.verb_forms(&token.word).is_empty() || helps(&token.word));
        let before = (0..verb)
            .rev()
            .take_while(|before| line.clause[*before] == line.clause[verb])
            .find(|before| line.content[*before] || line.tokens[*before].kind == Kind::Word);
        let first = before.is_none_or(|before| {
            matches!(
                line.tokens[before].word.as_str(),
                "and" | "then" | "also" | "i"
            )
        });
        tells && first
    }

    /// All that a statement says others did.
    fn deeds_of_others(&self, source: &Source) -> Vec<Deed> {
        if source.header {
            return Vec::new();
        }
        let of = &source.reading;
        let active = (0..of.tokens.len()).filter_map(|verb| {
            let doer = self.somebody_before(of, verb)?;
            let told = (verb..of.tokens.len())
                .take_while(|token| {
                    of.clause[*token] == of.clause[verb]
                        && !matches!(of.tokens[*token].word.as_str(), "i" | "we")
                })
                .collect();
            Some(Deed { who: doer, told })
        });
        let passive = (0..of.tokens.len()).filter_map(|by| {
            let (verb, who) = self.done_by(of, by)?;
            let passive = of.tokens[..verb].iter().rev().take(2).any(|token| {
                matches!(
                    token.word.as_str(),
                    "is" | "are" | "was" | "were" | "been" | "being"
                )
            });
            let told: Vec<usize> = of
                .in_clause(of.clause[verb])
                .take_while(|token| *token <= verb)
                .collect();
            let mine = told
                .iter()
                .any(|token| *token < verb && of.content[*token] && self.is_finite(of, *token));
            (passive && !mine).then_some(Deed { who, told })
        });
        active.chain(passive).collect()
    }

    /// Who did what a verb tells, where it is somebody and stands right before it.
    fn somebody_before(&self, of: &Reading, verb: usize) -> Option<Vec<usize>> {
        let token = &of.tokens[verb];
        if token.kind != Kind::Word {
            return None;
        }
        let clause = of.clause[verb];
        let doer = (0..verb)
            .rev()
            .take_while(|before| of.clause[*before] == clause)
            .find(|before| {
                let word = &of.tokens[*before].word;
                !helps(word) && !Wordbook::is_adverb(word)
            })?;
        // "the head of the laboratory did"
        let mut who = vec![doer];
        let mut from = doer;
        while let Some(before) = from
            .checked_sub(1)
            .filter(|before| of.clause[*before] == clause && of.tokens[*before].kind == Kind::Word)
        {
            let word = of.tokens[before].word.as_str();
            if word == "of" || determines(word) || of.content[before] {
                if of.content[before] {
                    who.push(before);
                }
                from = before;
            } else {
                break;
            }
            let of_it = before > 0 && of.tokens[before - 1].word == "of";
            if determines(word) && !of_it {
                break;
            }
        }
        let first = &of.tokens[from].word;
        let named = determines(first);
        let head = who.iter().copied().find(|at| self.is_someone(of, *at))?;
        let forms = self.book.verb_forms(&token.word);
        let several = self.book.singular(&of.tokens[doer].word) != of.tokens[doer].word;
        let tells = forms.contains(&Form::Past)
            || helps(&token.word)
            || forms.contains(&Form::Third) && !self.book.is_noun(&token.word)
            || forms.contains(&Form::Third)
                && of
                    .tokens
                    .get(verb + 1)
                    .is_some_and(|next| determines(&next.word));
        let tells =
            tells || several && forms.contains(&Form::Base) && !self.book.is_noun(&token.word);
        // "a colleague wrote", "colleagues wrote"; "team led" needs its article.
        let whole = named || several;
        let relative = from.checked_sub(1).is_some_and(|at| {
            of.clause[at] == clause
                && matches!(
                    of.tokens[at].word.as_str(),
                    "with" | "for" | "to" | "by" | "of" | "from"
                )
        });
        (tells && whole && !relative && who.contains(&head)).then_some(who)
    }
}
