//! The words on screen. All of them come from `messages/en.json`, by way of the build script.

pub use messages::*;

/// What the build script made of the messages.
#[allow(
    clippy::if_same_then_else,
    clippy::match_same_arms,
    clippy::useless_conversion
)]
mod messages {
    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

/// The posting of the sample, ready to be sent.
pub const SAMPLE_POSTING: &str = include_str!("../messages/sample_posting.txt");

/// What to tell about an error's code; something honest for a code nobody wrote a message for.
pub fn error_or_generic(code: &str) -> &'static str {
    error(code).unwrap_or_else(error_generic)
}

/// The same, with what stands behind the code (`code:until`) in its place.
pub fn error_words(told: &str) -> String {
    match told.split_once(':') {
        Some(("github_rate_limited", until)) => error_github_rate_limited_until(&moment(until)),
        Some((code, _)) => error_or_generic(code).to_owned(),
        None => error_or_generic(told).to_owned(),
    }
}

/// A time as RFC 3339 writes it, in UTC, for the middle of a sentence.
fn moment(time: &str) -> String {
    let minutes = time.get(..16).unwrap_or(time);
    format!("{} UTC", minutes.replace('T', " "))
}

/// What to tell about a notice: a code, or a code and a place in a source (`code:place`).
pub fn notice_words(notice_code: &str) -> String {
    let (code, place) = notice_code.split_once(':').unwrap_or((notice_code, ""));
    match code {
        "wrong_type" => notice_wrong_type(place),
        "too_many_items" => notice_too_many_items(place),
        "too_many_rows" => notice_too_many_rows(place),
        "github_stale" => notice_github_stale(&moment(place)),
        "github_partly_limited" => notice_github_partly_limited(&moment(place)),
        "github_rate_limited" if !place.is_empty() => {
            notice_github_rate_limited_until(&moment(place))
        }
        "linkedin_not_read" => notice_linkedin_not_read(place),
        "language_posting" | "language_lines" => {
            let (wanted, evidence) = place.split_once(':').unwrap_or((place, ""));
            let (wanted, evidence) = (language_words(wanted), language_words(evidence));
            if code == "language_posting" {
                notice_language_posting(wanted, evidence)
            } else {
                notice_language_lines(wanted, evidence)
            }
        }
        _ => notice(code)
            .unwrap_or_else(|| error_or_generic(code))
            .to_owned(),
    }
}

/// What a language is called, whatever its region; its tag where nobody wrote a name.
fn language_words(tag: &str) -> &str {
    language(career::tongue::primary(tag)).unwrap_or(tag)
}

/// How many there are, as messages count.
pub fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// A time in words: milliseconds while they say something, then seconds.
pub fn duration(ms: f64) -> String {
    let ms = ms.round() as i64;
    if ms < 1000 {
        time_ms(&ms.to_string())
    } else {
        let tenths = (ms + 50) / 100;
        time_s(&format!("{}.{}", tenths / 10, tenths % 10))
    }
}

/// Millionths of a dollar as dollars, with as many digits as say something.
pub fn dollars(micro: i64) -> String {
    if micro > 0 && micro < 100 {
        return less_than_dollars("$0.0001");
    }
    if micro % 10_000 == 0 || micro >= 100_000 {
        let cents = (micro + 5_000) / 10_000;
        return format!("${}.{:02}", cents / 100, cents % 100);
    }
    let parts = (micro + 50) / 100;
    format!("${}.{:04}", parts / 10_000, parts % 10_000)
}

/// Bytes as kilobytes with one digit behind the point.
pub fn kilobytes(bytes: i64) -> String {
    let tenths = (bytes + 50) / 100;
    size_kb(&format!("{}.{}", tenths / 10, tenths % 10))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use backend::evidence::linkedin::Refusal;
    use backend::ports::fetch::FetchError;
    use backend::ports::github::GitHubError;
    use backend::ports::linkedin::LinkedInError;
    use backend::ports::reader::ReadError;
    use intake::IntakeError;
    use strum::IntoEnumIterator as _;
    use typeset::PhotoFault;

    use super::{error, notice};

    #[test]
    fn every_refusal_of_a_file_a_page_or_an_account_has_words_of_its_own() {
        let codes = IntakeError::iter()
            .map(|error| error.code())
            .chain(ReadError::iter().map(|error| error.code()))
            .chain(FetchError::iter().map(FetchError::code))
            .chain(GitHubError::iter().map(GitHubError::code))
            .chain(LinkedInError::iter().map(LinkedInError::code))
            .chain([LinkedInError::Limited(Some(std::time::Duration::ZERO)).code()])
            .chain(Refusal::iter().map(Refusal::code))
            .chain(PhotoFault::iter().map(PhotoFault::code));
        for code in codes {
            assert!(error(code).is_some(), "no message for {code}");
        }
    }

    #[test]
    fn every_reason_to_go_on_without_github_is_told() {
        for code in GitHubError::iter().map(GitHubError::code) {
            assert!(
                notice(code).or(error(code)).is_some(),
                "no notice for {code}"
            );
        }
    }
}
