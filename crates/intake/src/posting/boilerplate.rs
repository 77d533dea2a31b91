//! What surrounds a posting on a page and is not part of it.

use std::sync::LazyLock;

use regex::Regex;
use scraper::node::Element;

use super::dom::{Tree, label_words};
use super::hidden::Context;

/// A heading has few parts.
const HEADING_NODES: usize = 40;

/// A pattern written in this crate.
#[expect(
    clippy::expect_used,
    reason = "patterns are constants; every one is used by a test"
)]
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is valid")
}

static OTHER_JOBS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:view |see )?(?:similar|related|recommended|more|other|latest|featured)\s+(?:jobs?|positions|openings|vacancies|opportunities|roles|searches)(?:\s+(?:at|for|from|in|near|like|you)\b.{0,60})?|(?:people|candidates) also (?:viewed|applied).{0,20}|(?:jobs )?you (?:may|might) (?:also )?(?:like|be interested in)|jobs you (?:may|might) .{0,20}|(?:ähnliche|weitere|andere) (?:jobs|stellen|stellenangebote)|offres similaires|empleos similares)\s*:?$",
    )
});

/// Elements that never hold words of the posting.
pub(super) fn is_dropped_tag(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "math"
            | "canvas"
            | "iframe"
            | "object"
            | "embed"
            | "audio"
            | "video"
            | "picture"
            | "img"
            | "map"
            | "head"
            | "nav"
            | "aside"
            | "button"
            | "input"
            | "select"
            | "textarea"
            | "dialog"
            | "datalist"
            | "progress"
            | "meter"
    )
}

/// Whether an element is the page's furniture: its own header and footer, forms, consent
/// banners, dialogs, lists of other jobs.
///
/// Some sites wrap the whole page into a form or a "modal": what holds the main heading or the
/// main part is not furniture.
pub(super) fn is_furniture(node: Tree<'_>, element: &Element, context: &Context) -> bool {
    match element.name() {
        "html" | "body" | "main" | "article" => return false,
        "header" | "footer" => return !inside_content(node),
        "form" => return !context.holds_content(node),
        _ => {}
    }
    let role = element.attr("role").unwrap_or_default();
    if matches!(
        role.to_ascii_lowercase().as_str(),
        "navigation" | "contentinfo" | "dialog" | "alertdialog" | "complementary" | "search"
    ) {
        return true;
    }
    let words = label_words(element);
    let has = |word: &str| words.iter().any(|label| label == word);
    let furniture = [
        "cookie",
        "cookies",
        "cookiebanner",
        "consent",
        "gdpr",
        "onetrust",
        "breadcrumb",
        "breadcrumbs",
        "modal",
        "popup",
        "newsletter",
        "sidebar",
        "advert",
        "ads",
        "skiplink",
        "skip",
    ]
    .iter()
    .any(|word| has(word));
    let others = ["similar", "related", "recommended", "suggested"]
        .iter()
        .any(|word| has(word))
        && [
            "job",
            "jobs",
            "positions",
            "openings",
            "postings",
            "vacancies",
            "searches",
        ]
        .iter()
        .any(|word| has(word));
    (furniture || others) && !context.holds_content(node)
}

fn inside_content(node: Tree<'_>) -> bool {
    node.ancestors().any(|ancestor| {
        ancestor
            .value()
            .as_element()
            .is_some_and(|element| matches!(element.name(), "main" | "article"))
    })
}

/// Whether a heading announces other jobs: what follows it is not this one.
pub(super) fn announces_other_jobs(node: Tree<'_>, element: &Element) -> bool {
    if !matches!(
        element.name(),
        "h2" | "h3" | "h4" | "h5" | "h6" | "strong" | "b"
    ) {
        return false;
    }
    let text: String = node
        .descendants()
        .take(HEADING_NODES)
        .filter_map(|below| below.value().as_text().map(|text| text.to_string()))
        .collect();
    text.len() < 200 && OTHER_JOBS.is_match(&career::text::clean(&text))
}
