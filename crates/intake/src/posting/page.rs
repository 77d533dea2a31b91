//! A web page into a posting: what the page says about itself first, what a reader sees second.

use career::posting::POSTING_MIN_CHARS;
use career::text::clean;
use scraper::Html;
use serde_json::{Map, Value};

use super::dom::{self, Tree, elements, label_words};
use super::hidden::{HiddenNames, is_hidden};
use super::{Found, guess, jsonld, microdata, readable, walls};
use crate::IntakeError;

/// A part must hold this share of the page's words to be taken for its content.
const CONTENT_SHARE: f64 = 0.35;

/// Reads a page.
pub(super) fn read(source: &str) -> Result<Found, IntakeError> {
    if dom_depth_hint(source) > MAX_DEPTH {
        return Err(IntakeError::PostingNotText);
    }
    let html = Html::parse_document(source);
    let names = HiddenNames::of(&html);
    let seen = Seen::of(&html, &names);
    let mut found = match structured(&html, &names, &seen) {
        Some(found) => found,
        None => {
            let text = content(&html, &names);
            walls::check(&html, source, &seen, &text)?;
            Found {
                text,
                ..Found::default()
            }
        }
    };
    guess::complete(&mut found, &seen);
    found.language = found.language.or_else(|| seen.language.clone());
    Ok(found)
}

/// The deepest nesting that is parsed; real pages stay below a few hundred, and building the tree
/// takes quadratic time in it.
const MAX_DEPTH: usize = 5_000;

/// How far opening tags outnumber closing ones at most, seen from afar: void elements do not count.
fn dom_depth_hint(source: &str) -> usize {
    const NESTING: [&str; 6] = ["div", "span", "ul", "section", "b", "font"];
    let bytes = source.as_bytes();
    let mut depth = 0_usize;
    let mut deepest = 0;
    for (position, _) in source.match_indices('<') {
        let closing = bytes.get(position + 1) == Some(&b'/');
        let begin = position + 1 + usize::from(closing);
        let end = bytes[begin.min(bytes.len())..]
            .iter()
            .take(10)
            .position(|byte| !byte.is_ascii_alphanumeric())
            .map_or(begin, |length| begin + length);
        let name = source.get(begin..end).unwrap_or_default();
        if NESTING.iter().any(|tag| name.eq_ignore_ascii_case(tag)) {
            depth = if closing {
                depth.saturating_sub(1)
            } else {
                depth + 1
            };
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// What a page says in its head and headings.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) title: Option<String>,
    pub(super) og_title: Option<String>,
    pub(super) site_name: Option<String>,
    pub(super) heading: Option<String>,
    pub(super) company: Option<String>,
    pub(super) location: Option<String>,
    pub(super) language: Option<String>,
}

impl Seen {
    fn of(html: &Html, names: &HiddenNames) -> Self {
        let text = |node: Tree<'_>| {
            let text = clean(&readable::text_of(node, names, true));
            (!text.is_empty()).then_some(text)
        };
        let mut seen = Self::default();
        let mut subheading = None;
        for (node, element) in elements(html) {
            let name = element.name();
            match name {
                "html" => seen.language = element.attr("lang").and_then(language_tag),
                "title" if seen.title.is_none() && !in_svg(node) => {
                    seen.title =
                        Some(clean(&dom::raw_text(node))).filter(|title| !title.is_empty());
                }
                "meta" => {
                    let content =
                        || Some(clean(element.attr("content")?)).filter(|text| !text.is_empty());
                    match element.attr("property").or_else(|| element.attr("name")) {
                        Some("og:title") => seen.og_title = content(),
                        Some("og:site_name") => seen.site_name = content(),
                        _ => {}
                    }
                }
                "h1" if seen.heading.is_none() && !hidden_above(node, names) => {
                    seen.heading = text(node);
                }
                _ => {}
            }
            if matches!(
                name,
                "script" | "style" | "meta" | "link" | "body" | "html" | "main"
            ) {
                continue;
            }
            let label = element
                .attr("class")
                .unwrap_or_default()
                .to_ascii_lowercase();
            let test = element
                .attr("data-testid")
                .or_else(|| element.attr("data-qa"))
                .unwrap_or_default()
                .to_ascii_lowercase();
            let labelled = |words: &[&str]| {
                words
                    .iter()
                    .any(|word| label.contains(word) || test.contains(word))
            };
            let short = |text: String| Some(text).filter(|text| text.chars().count() <= 80);
            if seen.company.is_none()
                && labelled(&[
                    "org-name",
                    "company-name",
                    "companyname",
                    "employer-name",
                    "job-company",
                    "job__company",
                ])
            {
                seen.company = text(node).and_then(short);
            }
            if seen.location.is_none()
                && (labelled(&[
                    "topcard__flavor--bullet",
                    "job-location",
                    "job__location",
                    "joblocation",
                    "job_location",
                ]) || (label.contains("posting-category")
                    && label.split(' ').any(|class| class == "location")))
            {
                seen.location = text(node).and_then(short);
            }
            let is_headline = name == "h2"
                && label_words(element)
                    .iter()
                    .any(|word| word == "title" || word == "jobtitle")
                || (name == "h2"
                    && node
                        .parent()
                        .and_then(|parent| parent.value().as_element())
                        .is_some_and(|parent| {
                            label_words(parent).iter().any(|word| word == "headline")
                        }));
            if subheading.is_none() && is_headline {
                subheading = text(node);
            }
        }
        seen.heading = seen.heading.or(subheading);
        seen
    }
}

fn in_svg(node: Tree<'_>) -> bool {
    node.parent()
        .and_then(|parent| parent.value().as_element())
        .is_some_and(|parent| parent.name() == "svg")
}

fn hidden_above(node: Tree<'_>, names: &HiddenNames) -> bool {
    std::iter::once(node)
        .chain(node.ancestors())
        .filter_map(|node| node.value().as_element())
        .any(|element| is_hidden(element, names))
}

fn language_tag(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let fits = (2..=12).contains(&tag.len())
        && tag
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '-');
    fits.then_some(tag)
}

/// What the page says in a form made for programs.
fn structured(html: &Html, names: &HiddenNames, seen: &Seen) -> Option<Found> {
    let postings = jsonld::find(html);
    if let Some(posting) = choose(&postings, seen) {
        let mut found = jsonld::read(posting);
        if found.text.chars().count() < POSTING_MIN_CHARS {
            found.text = content(html, names);
        }
        return Some(found);
    }
    microdata::find(html, names).filter(|found| found.text.chars().count() >= POSTING_MIN_CHARS)
}

/// The posting the page is about: the one its heading names, else the first.
fn choose<'a>(postings: &'a [Map<String, Value>], seen: &Seen) -> Option<&'a Map<String, Value>> {
    let heading = seen.heading.as_deref().unwrap_or_default();
    postings
        .iter()
        .find(|posting| {
            posting
                .get("title")
                .and_then(Value::as_str)
                .is_some_and(|title| clean(title) == heading)
        })
        .or_else(|| postings.first())
}

/// The readable text of the part that holds the posting.
fn content(html: &Html, names: &HiddenNames) -> String {
    let body = dom::find(html, |element| element.name() == "body");
    let Some(body) = body else {
        return String::new();
    };
    let all = readable::text_of(body, names, false);
    let least = (all.chars().count() as f64 * CONTENT_SHARE) as usize;
    let least = least.max(POSTING_MIN_CHARS);
    for rank in 0..3 {
        let best = elements(html)
            .filter(|(_, element)| {
                let label = element.attr("role").unwrap_or_default();
                match rank {
                    0 => element.name() == "main" || label == "main",
                    1 => element.name() == "article",
                    _ => names_posting(&label_words(element)),
                }
            })
            .filter(|(node, _)| !hidden_above(*node, names))
            .take(40)
            .map(|(node, _)| readable::text_of(node, names, false))
            .max_by_key(String::len);
        if let Some(text) = best.filter(|text| text.chars().count() >= least) {
            return text;
        }
    }
    all
}

fn names_posting(words: &[String]) -> bool {
    words.iter().any(|word| {
        matches!(
            word.as_str(),
            "jobdescription" | "jobad" | "posting" | "vacancy" | "stellenanzeige"
        )
    }) || (words.iter().any(|word| word == "job")
        && words.iter().any(|word| {
            matches!(
                word.as_str(),
                "description" | "details" | "content" | "body" | "post"
            )
        }))
}
