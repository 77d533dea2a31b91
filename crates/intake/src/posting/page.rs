//! A web page into a posting: what the page says about itself first, what a reader sees second.

use career::posting::POSTING_MIN_CHARS;
use career::text::clean;
use scraper::Html;
use scraper::node::Element;
use serde_json::{Map, Value};

use super::dom::{self, Tree, elements, label_words};
use super::hidden::{Context, hidden_above};
use super::seen::Seen;
use super::{Found, apply, guess, jsonld, microdata, readable, scan, tangle, walls};
use crate::IntakeError;

/// A part must hold this share of the page's words to be taken for its content.
const CONTENT_SHARE: f64 = 0.35;
/// How many parts are looked at.
const MAX_CANDIDATES: usize = 20;

/// Reads a page.
pub(super) fn read(source: &str) -> Result<Found, IntakeError> {
    let html = tangle::parse(source, true).ok_or(IntakeError::PostingTangled)?;
    let names = Context::of(&html);
    let seen = Seen::of(&html, &names);
    let mut found = if let Some(found) = structured(&html, &names, &seen)? {
        found
    } else {
        let text = content(&html, &names);
        walls::check(&html, source, &seen, &text)?;
        Found {
            text,
            ..Found::default()
        }
    };
    found.apply_url = apply::link(&html, &names).or(found.apply_url);
    scan::passages(html.tree.root(), &names, &mut found.hidden);
    guess::complete(&mut found, &seen);
    found.language = found.language.or_else(|| seen.language.clone());
    Ok(found)
}

/// What the page says in a form made for programs.
fn structured(html: &Html, names: &Context, seen: &Seen) -> Result<Option<Found>, IntakeError> {
    let postings = jsonld::find(html);
    if let Some(posting) = choose(&postings, seen)? {
        let mut found = jsonld::read(posting);
        if found.text.chars().count() < POSTING_MIN_CHARS {
            found.text = content(html, names);
        }
        return Ok(Some(found));
    }
    let marked = microdata::find(html, names);
    Ok(marked.filter(|found| found.text.chars().count() >= POSTING_MIN_CHARS))
}

/// The posting the page is about: the one its heading or title names, else the only one. Several
/// that the page names none of are a list.
fn choose<'a>(
    postings: &'a [Map<String, Value>],
    seen: &Seen,
) -> Result<Option<&'a Map<String, Value>>, IntakeError> {
    let title = |posting: &Map<String, Value>| {
        clean(
            posting
                .get("title")
                .and_then(Value::as_str)
                .unwrap_or_default(),
        )
    };
    let heading = seen.heading.as_deref().unwrap_or_default();
    let named = postings.iter().find(|posting| title(posting) == heading);
    let entitled = || {
        let titles = [&seen.title, &seen.og_title];
        postings.iter().find(|posting| {
            let own = title(posting);
            let names =
                |title: &&Option<String>| title.as_ref().is_some_and(|title| title.contains(&own));
            !own.is_empty() && titles.iter().any(names)
        })
    };
    if let Some(posting) = named.or_else(entitled) {
        return Ok(Some(posting));
    }
    let Some(first) = postings.first() else {
        return Ok(None);
    };
    if postings.iter().any(|other| title(other) != title(first)) {
        return Err(IntakeError::PostingList);
    }
    Ok(Some(first))
}

/// The readable text of the part that holds the posting.
fn content(html: &Html, names: &Context) -> String {
    let body = dom::find(html, |element| element.name() == "body");
    let Some(body) = body else {
        return String::new();
    };
    let all = readable::text_of(body, names, false);
    let least = (all.chars().count() as f64 * CONTENT_SHARE) as usize;
    let least = least.max(POSTING_MIN_CHARS);
    for fits in [is_main, is_article, is_named_posting] {
        let best = outermost(html, fits)
            .into_iter()
            .filter(|node| !hidden_above(*node, names))
            .map(|node| readable::text_of(node, names, false))
            .max_by_key(String::len);
        if let Some(text) = best.filter(|text| text.chars().count() >= least) {
            return text;
        }
    }
    all
}

/// The first elements that fit and do not stand inside another that does.
fn outermost(html: &Html, fits: fn(&Element) -> bool) -> Vec<Tree<'_>> {
    let mut chosen: Vec<Tree<'_>> = Vec::new();
    for (node, element) in elements(html) {
        if chosen.len() < MAX_CANDIDATES
            && fits(element)
            && !node.ancestors().any(|above| chosen.contains(&above))
        {
            chosen.push(node);
        }
    }
    chosen
}

fn is_main(element: &Element) -> bool {
    element.name() == "main" || element.attr("role") == Some("main")
}

fn is_article(element: &Element) -> bool {
    element.name() == "article"
}

fn is_named_posting(element: &Element) -> bool {
    names_posting(&label_words(element))
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
