//! How the lists of kinds of deeds and of words that speak to a reader are read.

use super::super::english::lines;
use super::Wordbook;
use super::lists::words;

impl Wordbook {
    /// `verb, verb`: one kind of deed a line.
    pub(super) fn kinds(&mut self, text: &str) {
        for (group, line) in lines(text).enumerate() {
            for word in words(line) {
                let key = self.key(word);
                self.phrase(&key);
                if let Some(first) = word.split(' ').next() {
                    let first = self.irregular.spelled(first);
                    self.verbs.insert(first);
                }
                self.kinds.entry(key).or_default().push(group);
            }
        }
    }

    pub(super) fn addressing(&mut self, text: &str) {
        let mut always = true;
        for line in lines(text) {
            if line.starts_with('[') {
                always = line == "[always]";
                continue;
            }
            self.addresses
                .extend(words(line).map(|word| (word.to_owned(), always)));
        }
    }
}
