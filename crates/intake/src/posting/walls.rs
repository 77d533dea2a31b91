//! Pages that stand where a posting should be: challenges, log-ins, result lists, notices that
//! the job is gone.

use std::collections::HashMap;
use std::sync::LazyLock;

use career::posting::POSTING_MIN_CHARS;
use regex::Regex;
use scraper::Html;

use super::boilerplate::pattern;
use super::dom::{Step, elements, raw_text, walk};
use super::seen::Seen;
use crate::IntakeError;

/// A wall has little text of its own; a real posting that mentions a captcha has more.
const WALL_CHARS: usize = 700;
/// Cards with more text than this may be the parts of one posting.
const CARD_CHARS: usize = 1_500;
/// A notice that a job is gone is short.
const NOTICE_CHARS: usize = 500;

static CHALLENGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)just a moment|attention required|access (?:to this page has been )?denied|are you (?:a robot|human)|verify(?:ing)? (?:that )?you are (?:a )?human|security check|checking your browser|pardon our interruption",
    )
});
static LOG_IN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:sign ?in|log ?in|login|anmelden|join|create an account|authwall)\b|(?:create an account or sign in|sign in to continue|log in to continue)",
    )
});
static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)no longer (?:available|open|active|accepting|exists?)|(?:position|job|role|vacancy) (?:has been|is|was) (?:filled|closed|removed|expired)|job not found|not accepting applications|stelle ist nicht mehr",
    )
});

/// Refuses a page without structured data that is no posting.
pub(super) fn check(html: &Html, source: &str, seen: &Seen, text: &str) -> Result<(), IntakeError> {
    let length = text.chars().count();
    let title = seen.title.as_deref().unwrap_or_default();
    let heading = seen.heading.as_deref().unwrap_or_default();
    if length < WALL_CHARS {
        let marked = [
            "_cf_chl_opt",
            "challenge-platform",
            "cf-turnstile",
            "px-captcha",
            "h-captcha",
            "datadome",
        ]
        .iter()
        .any(|mark| source.contains(mark));
        if marked || CHALLENGE.is_match(title) || CHALLENGE.is_match(heading) {
            return Err(IntakeError::PostingWall);
        }
        let password = elements(html).any(|(_, element)| {
            element.name() == "input"
                && element
                    .attr("type")
                    .is_some_and(|kind| kind.eq_ignore_ascii_case("password"))
        });
        if LOG_IN.is_match(title) || LOG_IN.is_match(heading) || (password && length < NOTICE_CHARS)
        {
            return Err(IntakeError::PostingWall);
        }
    }
    if length < NOTICE_CHARS && (CLOSED.is_match(text) || CLOSED.is_match(title)) {
        return Err(IntakeError::PostingClosed);
    }
    if lists_jobs(html, seen, length) {
        return Err(IntakeError::PostingList);
    }
    let runs_scripts = elements(html).any(|(node, element)| {
        element.name() == "script" && (element.attr("src").is_some() || raw_text(node).len() > 200)
    });
    if length < POSTING_MIN_CHARS && runs_scripts {
        return Err(IntakeError::PostingNeedsScript);
    }
    Ok(())
}

/// Many cards of one shape without a heading over them, or hardly anything but links.
fn lists_jobs(html: &Html, seen: &Seen, length: usize) -> bool {
    let mut cards: HashMap<&str, usize> = HashMap::new();
    let mut job_links = 0_usize;
    for (_, element) in elements(html) {
        if let Some(class) = element.attr("class") {
            *cards.entry(class).or_default() += 1;
        }
        let link = element.attr("href").filter(|_| element.name() == "a");
        job_links += usize::from(link.is_some_and(|link| link.contains("job")));
    }
    let repeated = |words: &[&str]| {
        cards.iter().any(|(class, count)| {
            let class = class.to_ascii_lowercase();
            *count >= 2 && words.iter().any(|word| class.contains(word))
        })
    };
    let results = repeated(&["beacon", "jobtitle", "job-listing", "search-result"]);
    let small_cards = length < CARD_CHARS && repeated(&["card"]);
    if !seen.has_main_heading && job_links >= 1 && (results || small_cards) {
        return true;
    }
    let (all, linked) = linked_share(html);
    job_links >= 10 && linked * 2 > all
}

/// Characters of text in all and inside links.
fn linked_share(html: &Html) -> (usize, usize) {
    let mut all = 0;
    let mut linked = 0;
    let mut links = 0_usize;
    walk(html.tree.root(), |step| match step {
        Step::Enter(node) => {
            if let Some(text) = node.value().as_text() {
                let length = text.trim().chars().count();
                all += length;
                linked += if links > 0 { length } else { 0 };
            }
            let name = node
                .value()
                .as_element()
                .map_or("", |element| element.name());
            links += usize::from(name == "a");
            !matches!(name, "script" | "style" | "head" | "noscript" | "template")
        }
        Step::Leave(node) => {
            let is_link = node
                .value()
                .as_element()
                .is_some_and(|element| element.name() == "a");
            links = links.saturating_sub(usize::from(is_link));
            true
        }
    });
    (all, linked)
}
