//! What a page hides from its readers: it never enters a posting.

use std::collections::HashSet;

use ego_tree::NodeId;
use scraper::Html;
use scraper::node::Element;

use super::dom::{self, Tree};

/// Style sheets longer than this are not searched.
const MAX_STYLE: usize = 400_000;

/// What must be known about a whole page to judge its elements: classes and ids that its own
/// style sheet hides, and which elements hold its heading or main part.
#[derive(Debug, Default)]
pub(super) struct Context {
    classes: HashSet<String>,
    ids: HashSet<String>,
    holders: HashSet<NodeId>,
}

impl Context {
    /// Reads the page's `<style>` elements; rules inside `@media` and the like hold only
    /// sometimes and are left out.
    pub(super) fn of(html: &Html) -> Self {
        let mut names = Self::default();
        for (node, element) in dom::elements(html) {
            if matches!(element.name(), "h1" | "main" | "article") {
                for above in std::iter::once(node).chain(node.ancestors()) {
                    if !names.holders.insert(above.id()) {
                        break;
                    }
                }
            }
            if element.name() == "style" {
                let css = dom::raw_text(node);
                if css.len() <= MAX_STYLE {
                    names.read(&css);
                }
            }
        }
        names
    }

    /// Whether an element is or holds a main heading, a main part or an article.
    pub(super) fn holds_content(&self, node: Tree<'_>) -> bool {
        self.holders.contains(&node.id())
    }

    fn read(&mut self, css: &str) {
        let mut depth = 0_usize;
        let mut selector = String::new();
        let mut body = String::new();
        for character in css.chars() {
            match character {
                '{' => {
                    depth += 1;
                    body.clear();
                }
                '}' => {
                    if depth == 1 && hides(&body) {
                        self.add(&selector);
                    }
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        selector.clear();
                        body.clear();
                    }
                }
                _ if depth == 0 => selector.push(character),
                _ => body.push(character),
            }
        }
    }

    fn add(&mut self, selector: &str) {
        for part in selector.split(',').map(str::trim) {
            let simple = |name: &str| {
                !name.is_empty()
                    && name
                        .chars()
                        .all(|character| character.is_alphanumeric() || "-_".contains(character))
            };
            if let Some(name) = part.strip_prefix('.').filter(|name| simple(name)) {
                self.classes.insert(name.to_owned());
            } else if let Some(name) = part.strip_prefix('#').filter(|name| simple(name)) {
                self.ids.insert(name.to_owned());
            }
        }
    }
}

/// Whether a reader of the page does not see the element.
pub(super) fn is_hidden(element: &Element, names: &Context) -> bool {
    element.attr("hidden").is_some()
        || element
            .attr("aria-hidden")
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || element.attr("style").is_some_and(hides)
        || element.classes().any(|class| {
            matches!(
                class,
                "sr-only" | "visually-hidden" | "screen-reader-text" | "d-none"
            ) || names.classes.contains(class)
        })
        || element.id().is_some_and(|id| names.ids.contains(id))
}

/// Whether an element or one it stands in is hidden.
pub(super) fn hidden_above(node: Tree<'_>, names: &Context) -> bool {
    std::iter::once(node)
        .chain(node.ancestors())
        .filter_map(|node| node.value().as_element())
        .any(|element| is_hidden(element, names))
}

/// Whether declarations make what they apply to invisible.
fn hides(declarations: &str) -> bool {
    let mut color = None;
    let mut background = None;
    for declaration in declarations.split(';') {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        let name = name.trim().to_ascii_lowercase();
        let value = value
            .to_ascii_lowercase()
            .replace("!important", "")
            .replace(char::is_whitespace, "");
        let hides = match name.as_str() {
            "display" => value == "none",
            "visibility" => value == "hidden" || value == "collapse",
            "opacity" => number(&value).is_some_and(|opacity| opacity < 0.05),
            "font-size" => number(&value).is_some_and(|size| size < 2.0 && !relative(&value)),
            "left" | "right" | "top" | "margin-left" | "margin-top" | "text-indent" => {
                number(&value).is_some_and(|offset| offset <= -500.0)
            }
            "clip" => value.starts_with("rect(0") || value.starts_with("rect(1px"),
            "clip-path" => value.starts_with("inset(50%") || value.starts_with("inset(100%"),
            "transform" => value.contains("scale(0)"),
            "color" => {
                color = Some(plain_color(&value));
                value == "transparent"
            }
            "background" | "background-color" => {
                background = Some(plain_color(&value));
                false
            }
            _ => false,
        };
        if hides {
            return true;
        }
    }
    color.is_some() && color == background
}

fn number(value: &str) -> Option<f32> {
    let digits: String = value
        .chars()
        .take_while(|character| character.is_ascii_digit() || "-.".contains(*character))
        .collect();
    digits.parse().ok()
}

/// `1em` is not small, `0em` is.
fn relative(value: &str) -> bool {
    (value.ends_with("em") || value.ends_with('%') || value.ends_with("vw"))
        && number(value).is_some_and(|size| size > 0.1)
}

fn plain_color(value: &str) -> String {
    match value {
        "white" | "#ffffff" | "rgb(255,255,255)" => "#fff".to_owned(),
        "black" | "#000000" | "rgb(0,0,0)" => "#000".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_ways_of_hiding_and_nothing_else() {
        for style in [
            "display: none",
            "color:red; visibility:hidden",
            "font-size:0",
            "font-size: 0.1px",
            "position:absolute; left:-9999px",
            "opacity:0",
            "color:#fff;background:white",
        ] {
            assert!(hides(style), "{style}");
        }
        for style in [
            "display:block",
            "font-size:1em",
            "font-size:14px",
            "left:-5px",
            "color:#fff",
        ] {
            assert!(!hides(style), "{style}");
        }
    }

    #[test]
    fn a_rule_that_holds_only_on_paper_hides_nothing() {
        let mut names = Context::default();
        names.read(".a{display:none} @media print{.b{display:none}} .c p{display:none}");
        assert!(names.classes.contains("a"));
        assert_eq!(names.classes.len(), 1);
    }
}
