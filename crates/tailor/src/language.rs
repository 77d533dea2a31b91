//! The language a text is written in: told only when it is sure.

use career::{Posting, Profile};
use whatlang::Lang;

/// A posting's language: its text's where that is sure, else what its source says, else English.
pub(crate) fn of_posting(posting: &Posting) -> String {
    told(&posting.text)
        .map(str::to_owned)
        .or_else(|| posting.language.clone())
        .unwrap_or_else(|| "en".to_owned())
}

/// The language a person writes about their own career in; English unless clearly another.
pub(crate) fn of_profile(profile: &Profile) -> String {
    let mut text = String::new();
    let entries = profile.entries.iter().flat_map(|entry| {
        entry
            .title
            .iter()
            .chain(&entry.summary)
            .chain(&entry.highlights)
    });
    for field in profile
        .summary
        .iter()
        .chain(&profile.headline)
        .chain(entries)
    {
        text.push_str(&field.text);
        text.push_str(". ");
    }
    told(&text).unwrap_or("en").to_owned()
}

/// The language of a text by its tag, where it is sure.
pub fn told(text: &str) -> Option<&'static str> {
    let info = whatlang::detect(text)?;
    // Latin-script texts of a few words are told apart by chance only.
    let own_script = matches!(
        info.lang(),
        Lang::Heb | Lang::Jpn | Lang::Kor | Lang::Ell | Lang::Tha | Lang::Cmn
    );
    let enough = text.chars().filter(|c| c.is_alphabetic()).count() >= 60;
    ((own_script || enough) && (info.is_reliable() || info.confidence() > 0.95))
        .then(|| tag(info.lang()))
        .flatten()
}

fn tag(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Heb => "he",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Ell => "el",
        Lang::Ara => "ar",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Cmn => "zh",
        Lang::Hin => "hi",
        Lang::Tha => "th",
        Lang::Vie => "vi",
        Lang::Ron => "ro",
        Lang::Hun => "hu",
        _ => return None,
    })
}
