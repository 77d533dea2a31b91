//! Section headings in the résumé's language, from `data/headings.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use career::SectionKind;

type Table = HashMap<String, HashMap<String, String>>;

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../data/headings.toml")).unwrap_or_default());

/// The heading of a section in a language (BCP 47 tag), in English where it is not known.
pub(crate) fn heading(language: &str, kind: SectionKind) -> &'static str {
    let subtag = primary_subtag(language);
    let named = |language: &str| TABLE.get(language)?.get(kind.as_str()).map(String::as_str);
    named(&subtag)
        .or_else(|| named("en"))
        .unwrap_or_else(|| kind.as_str())
}

/// The languages that have headings, by primary subtag, sorted.
pub fn languages() -> Vec<&'static str> {
    let mut languages: Vec<&str> = TABLE.keys().map(String::as_str).collect();
    languages.sort_unstable();
    languages
}

/// `pt` of `pt-BR`, in lower case.
pub(crate) fn primary_subtag(language: &str) -> String {
    language
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [SectionKind; 12] = [
        SectionKind::Summary,
        SectionKind::Work,
        SectionKind::Projects,
        SectionKind::Skills,
        SectionKind::Education,
        SectionKind::Volunteer,
        SectionKind::Certificates,
        SectionKind::Publications,
        SectionKind::Awards,
        SectionKind::Languages,
        SectionKind::Interests,
        SectionKind::References,
    ];

    #[test]
    fn every_language_names_every_section() {
        assert!(TABLE.len() >= 20);
        for (language, names) in TABLE.iter() {
            for kind in KINDS {
                assert!(names.contains_key(kind.as_str()), "{language} {kind:?}");
            }
            assert_eq!(names.len(), KINDS.len(), "{language}");
        }
    }

    #[test]
    fn what_a_person_may_choose_are_the_languages_that_have_headings() {
        let mut named: Vec<&str> = career::tongue::TONGUES
            .iter()
            .map(|(tag, _)| *tag)
            .collect();
        named.sort_unstable();
        assert_eq!(languages(), named);
    }

    #[test]
    fn regions_use_their_language_and_unknown_languages_english() {
        assert_eq!(heading("pt-BR", SectionKind::Skills), "Competências");
        assert_eq!(heading("tlh", SectionKind::Skills), "Skills");
        assert_eq!(heading("", SectionKind::Work), "Experience");
    }
}
