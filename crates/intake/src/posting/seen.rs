//! What a page says in its head, its headings and the names of its elements.

use career::text::clean;
use scraper::Html;
use scraper::node::Element;

use super::dom::{self, Tree, elements, label_words};
use super::hidden::{Context, hidden_above};
use super::readable;

/// How many elements named for one thing are read before giving up on it.
const ATTEMPTS: usize = 5;
/// A company's name or a place is never longer.
const MAX_NAME: usize = 80;

const COMPANY: [&str; 6] = [
    "org-name",
    "company-name",
    "companyname",
    "employer-name",
    "job-company",
    "job__company",
];
const LOCATION: [&str; 7] = [
    "companylocation",
    "text-location",
    "topcard__flavor--bullet",
    "job-location",
    "job__location",
    "joblocation",
    "job_location",
];

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The document's title.
    pub(super) title: Option<String>,
    /// The title for sharing.
    pub(super) og_title: Option<String>,
    /// The site's name for sharing.
    pub(super) site_name: Option<String>,
    /// The first main heading, or a second one that is named a title.
    pub(super) heading: Option<String>,
    /// Whether the heading is a main one.
    pub(super) has_main_heading: bool,
    /// The text of an element named for the company.
    pub(super) company: Option<String>,
    /// The text of an element named for the place.
    pub(super) location: Option<String>,
    /// The document's language.
    pub(super) language: Option<String>,
}

impl Seen {
    /// Looks through a page once.
    pub(super) fn of(html: &Html, context: &Context) -> Self {
        let mut seen = Self::default();
        let mut heading = Search::new(context, usize::MAX);
        let mut subheading = Search::new(context, usize::MAX);
        let mut company = Search::new(context, MAX_NAME);
        let mut location = Search::new(context, MAX_NAME);
        for (node, element) in elements(html) {
            match element.name() {
                "html" => seen.language = element.attr("lang").and_then(language_tag),
                "title" if seen.title.is_none() && !is_in_drawing(node) => {
                    seen.title = filled(&dom::raw_text(node));
                }
                "meta" => seen.meta(element),
                "h1" => heading.look(node),
                "h2" if is_headline(node, element) => subheading.look(node),
                "script" | "style" | "link" | "body" | "main" => continue,
                _ => {}
            }
            let names = Names::of(element);
            if names.contain(&COMPANY) {
                company.look(node);
            }
            if names.contain(&LOCATION) || names.are_category_location() {
                location.look(node);
            }
        }
        seen.has_main_heading = heading.found.is_some();
        seen.heading = heading.found.or(subheading.found);
        seen.company = company.found;
        seen.location = location.found;
        seen
    }

    fn meta(&mut self, element: &Element) {
        let content = element.attr("content").and_then(filled);
        match element.attr("property").or_else(|| element.attr("name")) {
            Some("og:title") => self.og_title = content,
            Some("og:site_name") => self.site_name = content,
            _ => {}
        }
    }
}

/// Looks for the first visible element of a kind that has a text of the right length.
struct Search<'a> {
    context: &'a Context,
    longest: usize,
    left: usize,
    found: Option<String>,
}

impl<'a> Search<'a> {
    fn new(context: &'a Context, longest: usize) -> Self {
        Self {
            context,
            longest,
            left: ATTEMPTS,
            found: None,
        }
    }

    fn look(&mut self, node: Tree<'_>) {
        if self.found.is_some() || self.left == 0 || hidden_above(node, self.context) {
            return;
        }
        self.left -= 1;
        self.found = filled(&readable::text_of(node, self.context, true))
            .filter(|text| text.chars().count() <= self.longest);
    }
}

/// An element's class and test id, lower case.
struct Names {
    class: String,
    test: String,
}

impl Names {
    fn of(element: &Element) -> Self {
        let lower = |name: &str| element.attr(name).map(str::to_ascii_lowercase);
        Self {
            class: lower("class").unwrap_or_default(),
            test: lower("data-testid")
                .or_else(|| lower("data-qa"))
                .unwrap_or_default(),
        }
    }

    fn contain(&self, words: &[&str]) -> bool {
        words
            .iter()
            .any(|word| self.class.contains(word) || self.test.contains(word))
    }

    /// Where one class says "category of the posting" and another which.
    fn are_category_location(&self) -> bool {
        self.class.contains("posting-category")
            && self.class.split(' ').any(|class| class == "location")
    }
}

fn is_headline(node: Tree<'_>, element: &Element) -> bool {
    let has = |element: &Element, words: &[&str]| {
        label_words(element)
            .iter()
            .any(|word| words.contains(&word.as_str()))
    };
    let parent = node.parent().and_then(|parent| parent.value().as_element());
    has(element, &["title", "jobtitle"]) || parent.is_some_and(|parent| has(parent, &["headline"]))
}

fn is_in_drawing(node: Tree<'_>) -> bool {
    node.parent()
        .and_then(|parent| parent.value().as_element())
        .is_some_and(|parent| parent.name() == "svg")
}

fn filled(text: &str) -> Option<String> {
    let text = clean(text);
    (!text.is_empty()).then_some(text)
}

fn language_tag(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let fits = (2..=12).contains(&tag.len())
        && tag
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '-');
    fits.then_some(tag)
}
