//! The lists of other languages than English, which know fewer classes of words.

use rust_stemmers::Algorithm;

use super::super::english::lines;
use super::Wordbook;
use super::lists::words;

impl Wordbook {
    /// The lists for another language than English. Words are compared by their stems; of verbs only
    /// the forms are known that a list names.
    fn read_other(files: &[&str; 7], algorithm: Algorithm) -> Self {
        let [small, hedges, numbers, months, units, terms, praise] = files;
        let mut book = Self {
            stemmer: Some(algorithm),
            ..Self::default()
        };
        let (mut names, mut links) = (Vec::new(), Vec::new());
        book.thesaurus(terms, false, &mut names, &mut links);
        book.thesaurus(hedges, false, &mut names, &mut links);
        book.link(&names, &links);
        for word in lines(praise).flat_map(words).map(str::to_lowercase) {
            book.phrase(&word);
            book.intensifiers.insert(word);
        }
        book.small_words(small);
        book.units(include_str!("../../../data/en/units.txt"));
        for (names, unit) in lines(units).filter_map(|line| line.split_once('=')) {
            if let Some(unit) = book.units.get(unit.trim()).cloned() {
                for name in words(names) {
                    book.units.insert(name.to_owned(), unit.clone());
                }
            }
        }
        for (word, value) in lines(numbers).filter_map(|line| line.split_once('=')) {
            if let Ok(value) = value.trim().parse() {
                book.numbers.insert(word.trim().to_owned(), value);
            }
        }
        for (names, month) in lines(months).filter_map(|line| line.split_once('=')) {
            if let Ok(month) = month.trim().parse() {
                book.months
                    .extend(words(names).map(|name| (name.to_owned(), month)));
            }
        }
        book
    }
}

/// The lists for every other language.
pub(super) fn others() -> Vec<Wordbook> {
    macro_rules! files {
        ($folder:literal) => {
            [
                include_str!(concat!("../../../data/", $folder, "/small-words.txt")),
                include_str!(concat!("../../../data/", $folder, "/hedges.txt")),
                include_str!(concat!("../../../data/", $folder, "/numbers.txt")),
                include_str!(concat!("../../../data/", $folder, "/months.txt")),
                include_str!(concat!("../../../data/", $folder, "/units.txt")),
                include_str!(concat!("../../../data/", $folder, "/terms.txt")),
                include_str!(concat!("../../../data/", $folder, "/praise.txt")),
            ]
        };
    }
    vec![
        Wordbook::read_other(&files!("de"), Algorithm::German),
        Wordbook::read_other(&files!("es"), Algorithm::Spanish),
        Wordbook::read_other(&files!("fr"), Algorithm::French),
        Wordbook::read_other(&files!("it"), Algorithm::Italian),
        Wordbook::read_other(&files!("nl"), Algorithm::Dutch),
        Wordbook::read_other(&files!("pt"), Algorithm::Portuguese),
    ]
}
