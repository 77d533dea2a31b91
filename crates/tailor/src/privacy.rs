//! What identifies the person, out of texts before a model sees them and back into what it says:
//! name, e-mail, telephone, address, links and user names become placeholders such as `[NAME]`.
//!
//! Every spelling that is met gets a placeholder of its own, so that the way back is exact. The same
//! profile and the same texts in the same order give the same placeholders.

mod fold;
mod reach;
mod tokens;

use career::Profile;

use self::fold::{Folded, is_boundary};
use self::tokens::{Token, tokens};

/// The kinds of what is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Name,
    Email,
    Phone,
    Place,
    Link,
    User,
    /// What looked like a placeholder before.
    Text,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Name => "NAME",
            Self::Email => "EMAIL",
            Self::Phone => "PHONE",
            Self::Place => "PLACE",
            Self::Link => "LINK",
            Self::User => "USER",
            Self::Text => "TEXT",
        }
    }
}

/// Hides what identifies one person, and puts it back.
#[derive(Clone)]
pub struct Mask {
    tokens: Vec<Token>,
    /// Telephone numbers, as digits.
    phones: Vec<String>,
    /// What was hidden: its kind, its number within the kind, its words.
    hidden: Vec<(Kind, usize, String)>,
}

// What it knows is what must not be shown.
impl std::fmt::Debug for Mask {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hidden = self.hidden.len();
        write!(formatter, "Mask {{ hidden: {hidden} }}")
    }
}

impl Mask {
    /// The mask of that person.
    pub fn of(profile: &Profile) -> Self {
        let found = tokens(profile);
        let mut mask = Self {
            tokens: found.tokens,
            phones: found.phones,
            hidden: Vec::new(),
        };
        // As the profile spells them they come first, so that `[NAME]` is the name.
        for (kind, words) in found.spelled {
            mask.placeholder(kind, &words);
        }
        mask
    }

    /// The text with placeholders.
    pub fn hide(&mut self, text: &str) -> String {
        let folded = Folded::of(text);
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        let mut copied = 0;
        while at < folded.len() {
            let Some((kind, end)) = self.find(text, &folded, at) else {
                at += 1;
                continue;
            };
            let (from, to) = (folded.start(at), folded.end(end - 1));
            out.push_str(&text[copied..from]);
            out.push_str(&self.placeholder(kind, &text[from..to]));
            copied = to;
            at = end;
        }
        out.push_str(&text[copied..]);
        out
    }

    /// What begins here and must be hidden: its kind, and the letter behind it.
    fn find(&self, text: &str, folded: &Folded, at: usize) -> Option<(Kind, usize)> {
        let rest = &text[folded.start(at)..];
        if let Some((length, ..)) = reach::placeholder(rest) {
            return Some((Kind::Text, folded.position(folded.start(at) + length)));
        }
        let begins = is_boundary(folded, at);
        if begins {
            if let Some((kind, length)) = reach::link_or_email(rest) {
                return Some((kind, folded.position(folded.start(at) + length)));
            }
            if let Some(length) = reach::phone(rest, &self.phones) {
                return Some((Kind::Phone, folded.position(folded.start(at) + length)));
            }
        }
        // The longest comes first.
        self.tokens.iter().find_map(|token| {
            let end = folded.matches(at, &token.letters)?;
            let apart = token.within_words || (begins && is_boundary(folded, end));
            apart.then_some((token.kind, end))
        })
    }

    fn placeholder(&mut self, kind: Kind, words: &str) -> String {
        let same = |entry: &&(Kind, usize, String)| entry.0 == kind;
        let mut known = self.hidden.iter().filter(same);
        if let Some((_, number, _)) = known.find(|(_, _, other)| other == words) {
            return write(kind, *number);
        }
        let number = self.hidden.iter().filter(same).count() + 1;
        self.hidden.push((kind, number, words.to_owned()));
        write(kind, number)
    }

    /// The text with the words in place of their placeholders. What was never hidden stays as it is.
    pub fn restore(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find('[') {
            out.push_str(&rest[..start]);
            rest = &rest[start..];
            let (length, word, number) = reach::placeholder(rest).unwrap_or((1, "", 0));
            let mut hidden = self.hidden.iter();
            let words = hidden.find(|(kind, known, _)| kind.word() == word && *known == number);
            out.push_str(words.map_or(&rest[..length], |(_, _, words)| words));
            rest = &rest[length..];
        }
        out.push_str(rest);
        out
    }

    /// Whether a text still holds something of the person: asked once more before it goes out.
    pub fn shows(&self, text: &str) -> bool {
        let folded = Folded::of(text);
        (0..folded.len()).any(|at| {
            self.find(text, &folded, at)
                .is_some_and(|(kind, _)| kind != Kind::Text)
        })
    }
}

/// `[NAME]` for the first, `[NAME_2]` for the next spelling; ways to reach somebody count from 1.
fn write(kind: Kind, number: usize) -> String {
    match (kind, number) {
        (Kind::Name, 1) => "[NAME]".to_owned(),
        (kind, number) => format!("[{}_{number}]", kind.word()),
    }
}
