//! Where one applies, off a page's links.

use std::sync::LazyLock;

use regex::Regex;
use scraper::Html;

use super::boilerplate::pattern;
use super::dom::elements;
use super::hidden::Context;
use super::{is_web_address, readable};

/// Links that are looked at.
const MAX_LINKS: usize = 2_000;
/// Longer texts are no label of a button.
const MAX_LABEL: usize = 60;

static APPLY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:easy )?apply(?: now| here| online| today| on company (?:web)?site)?(?: for (?:this|the) (?:job|position|role))?|(?:jetzt |online |hier )?bewerben|je postule|postuler(?: maintenant)?|(?:solicitar|inscribirme|aplicar)(?: ahora)?|solliciteer(?: nu| direct)?|candidati(?: ora)?)\W*$",
    )
});

/// The target of the first link that says so, as it is written.
pub(super) fn link(html: &Html, context: &Context) -> Option<String> {
    elements(html)
        .filter(|(_, element)| element.name() == "a")
        .take(MAX_LINKS)
        .find_map(|(node, element)| {
            let target = element.attr("href")?.trim();
            let short = node.descendants().take(20).count() < 20;
            let label = short.then(|| readable::text_of(node, context, true))?;
            let fits = label.len() <= MAX_LABEL && APPLY.is_match(label.trim());
            let leads = target.starts_with("http") || target.starts_with('/');
            (fits && leads).then(|| target.to_owned())
        })
}

/// A link as an address, given the page it stands on; a path without a page leads nowhere.
pub(super) fn absolute(target: &str, page: Option<&str>) -> Option<String> {
    let whole = if target.starts_with("http") {
        target.to_owned()
    } else {
        let (scheme, rest) = page?.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next()?;
        match target.strip_prefix("//") {
            Some(other) => format!("{scheme}://{other}"),
            None => format!("{scheme}://{host}{target}"),
        }
    };
    is_web_address(&whole).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_that_says_apply_is_found_whatever_its_language() {
        for (page, expected) in [
            (
                "<a href=/jobs>All jobs</a><a href=/apply>Apply for this job</a>",
                Some("/apply"),
            ),
            (
                "<a href=https://x.example/a><span>Jetzt bewerben!</span></a>",
                Some("https://x.example/a"),
            ),
            ("<a href=javascript:go()>Apply</a>", None),
            ("<a href=/blog>How we apply maths</a>", None),
        ] {
            let html = Html::parse_document(page);
            assert_eq!(
                link(&html, &Context::of(&html)).as_deref(),
                expected,
                "{page}"
            );
        }
    }

    #[test]
    fn a_path_needs_the_page_it_stands_on() {
        let page = Some("https://jobs.example/a/b?c=d");
        assert_eq!(
            absolute("/apply", page).as_deref(),
            Some("https://jobs.example/apply")
        );
        assert_eq!(
            absolute("//x.example/a", page).as_deref(),
            Some("https://x.example/a")
        );
        assert_eq!(
            absolute("https://x.example/", None).as_deref(),
            Some("https://x.example/")
        );
        assert_eq!(absolute("/apply", None), None);
    }
}
