//! The language a text is written in: told only when it is sure.

use career::{Field, Posting, Profile};
use whatlang::{Detector, Info, Lang};

/// A posting's language: its text's where that is sure, else what its source says, else English.
pub(crate) fn of_posting(posting: &Posting) -> String {
    sure_of_posting(posting).unwrap_or_else(|| "en".to_owned())
}

/// The same where it is known.
pub(crate) fn sure_of_posting(posting: &Posting) -> Option<String> {
    told(&posting.text)
        .map(str::to_owned)
        .or_else(|| posting.language.clone())
}

/// The language a person writes about their own career in; English unless clearly another.
pub(crate) fn of_profile(profile: &Profile) -> String {
    let mut text = String::new();
    for field in running_text(profile) {
        text.push_str(&field.text);
        text.push_str(". ");
    }
    told(&text).unwrap_or("en").to_owned()
}

/// What a person says of themselves in sentences, and what they call their entries: names of skills and
/// employers are the same in every language.
pub(crate) fn running_text(profile: &Profile) -> impl Iterator<Item = &Field> {
    let entries = profile.entries.iter().flat_map(|entry| {
        entry
            .title
            .iter()
            .chain(&entry.summary)
            .chain(&entry.highlights)
    });
    let own = profile.summary.iter().chain(&profile.headline);
    own.chain(entries)
}

/// The language of a short text that can only be in one of those, out of a source that is mostly in
/// `usual`; `None` where it is too short to say so.
pub(crate) fn told_among(
    text: &str,
    languages: &[&str],
    usual: Option<&str>,
) -> Option<&'static str> {
    let letters = letters(text);
    if letters < SHORT {
        return None;
    }
    let known = |lang: &Lang| tag(*lang).is_some_and(|tag| languages.contains(&tag));
    let list: Vec<Lang> = Lang::all().iter().copied().filter(known).collect();
    let info = Detector::with_allowlist(list).detect(text)?;
    let told = is_sure(&info).then(|| tag(info.lang())).flatten();
    told.filter(|told| letters >= SHORT * 2 || usual.is_none_or(|usual| usual == *told))
}

/// Letters that tell a few known languages apart; twice as many where the source is in another.
const SHORT: usize = 20;
/// Letters that tell all languages of one script apart.
const LONG: usize = 60;

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

fn is_sure(info: &Info) -> bool {
    info.is_reliable() || info.confidence() > 0.95
}

/// The language of a text by its tag, where it is sure.
pub fn told(text: &str) -> Option<&'static str> {
    let info = whatlang::detect(text)?;
    // Latin-script texts of a few words are told apart by chance only.
    let own_script = matches!(
        info.lang(),
        Lang::Heb | Lang::Jpn | Lang::Kor | Lang::Ell | Lang::Tha | Lang::Cmn
    );
    let enough = letters(text) >= LONG;
    ((own_script || enough) && is_sure(&info))
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
