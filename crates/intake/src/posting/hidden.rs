//! What a page hides from its readers: it never enters a posting.

use std::collections::{HashMap, HashSet};

use career::HiddenReason;
use ego_tree::NodeId;
use scraper::node::Element;
use scraper::{Html, Node};

use super::dom::{self, Tree};
use super::style::{Color, Style, blends};

/// Style sheets longer than this are not searched.
const MAX_STYLE: usize = 400_000;
/// Rules that name more than a class or an id.
const MAX_RULES: usize = 60;
/// What a page without a colour of its own is drawn on.
const PAPER: Color = [255, 255, 255];

/// What must be known about a whole page to judge its elements: what its own style sheet does to
/// classes and ids, which elements readers do not see and why, and which hold its heading or main
/// part. Every element is judged once, after the one it stands in: a page may have a million.
#[derive(Debug, Default)]
pub(super) struct Context {
    classes: HashMap<String, Style>,
    ids: HashMap<String, Style>,
    rules: Vec<Rule>,
    unseen: HashMap<NodeId, HiddenReason>,
    /// Those, and what stands in them.
    concealed: HashSet<NodeId>,
    holders: HashSet<NodeId>,
}

/// A selector of one element by several names, `p.note.extra`.
#[derive(Debug)]
struct Rule {
    tag: Option<String>,
    classes: Vec<String>,
    id: Option<String>,
    style: Style,
}

impl Rule {
    fn fits(&self, element: &Element) -> bool {
        self.tag.as_deref().is_none_or(|tag| tag == element.name())
            && self.id.as_deref().is_none_or(|id| element.id() == Some(id))
            && self
                .classes
                .iter()
                .all(|class| element.classes().any(|own| own == class))
    }
}

impl Context {
    /// Reads the page's `<style>` elements; rules inside `@media` and the like hold only
    /// sometimes and are left out.
    pub(super) fn of(html: &Html) -> Self {
        let mut context = Self::default();
        let mut foreign_styles = false;
        for (node, element) in dom::elements(html) {
            if matches!(element.name(), "h1" | "main" | "article") {
                for above in std::iter::once(node).chain(node.ancestors()) {
                    if !context.holders.insert(above.id()) {
                        break;
                    }
                }
            }
            foreign_styles |= element.name() == "link"
                && element
                    .attr("rel")
                    .is_some_and(|rel| rel.to_ascii_lowercase().contains("stylesheet"));
            if element.name() == "style" {
                let css = dom::raw_text(node);
                if css.len() <= MAX_STYLE {
                    context.read(&css);
                }
            }
        }
        context.judge(html, foreign_styles);
        context
    }

    /// Whether an element is or holds a main heading, a main part or an article.
    pub(super) fn holds_content(&self, node: Tree<'_>) -> bool {
        self.holders.contains(&node.id())
    }

    fn read(&mut self, css: &str) {
        let mut depth = 0_usize;
        let mut selector = String::new();
        let mut body = String::new();
        for character in without_comments(css).chars() {
            match character {
                '{' => {
                    depth += 1;
                    body.clear();
                }
                '}' => {
                    if depth == 1 {
                        self.add(&selector, Style::of(&body));
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

    fn add(&mut self, selector: &str, style: Style) {
        if style == Style::default() {
            return;
        }
        for part in selector.split(',').map(str::trim) {
            let Some(rule) = parse_selector(part, style) else {
                continue;
            };
            match (&rule.tag, rule.classes.as_slice(), &rule.id) {
                (None, [class], None) => {
                    merge(self.classes.entry(class.clone()).or_default(), style);
                }
                (None, [], Some(id)) => merge(self.ids.entry(id.clone()).or_default(), style),
                // A tag alone paints the page; it hides nothing that people were meant to read.
                (Some(_), [], None) if style.hides.is_some() => {}
                _ if self.rules.len() < MAX_RULES => self.rules.push(rule),
                _ => {}
            }
        }
    }

    /// What applies to an element: its class, its id, and last its own attribute.
    fn style(&self, element: &Element) -> Style {
        let mut whole = Style::default();
        for rule in self.rules.iter().filter(|rule| rule.fits(element)) {
            merge(&mut whole, rule.style);
        }
        for class in element.classes() {
            if let Some(style) = self.classes.get(class) {
                merge(&mut whole, *style);
            }
        }
        if let Some(style) = element.id().and_then(|id| self.ids.get(id)) {
            merge(&mut whole, *style);
        }
        for (name, property) in [("color", "color"), ("bgcolor", "background")] {
            if let Some(value) = element.attr(name) {
                merge(&mut whole, Style::of(&format!("{property}:{value}")));
            }
        }
        if let Some(own) = element.attr("style") {
            merge(&mut whole, Style::of(own));
        }
        whole
    }

    /// Finds what readers do not see. Letters are lost when they have the colour of what is behind
    /// them, there or further up. Where style sheets of other files may paint the page, only what the
    /// page itself says counts.
    fn judge(&mut self, html: &Html, foreign_styles: bool) {
        let paper = (!foreign_styles).then_some(PAPER);
        let mut painted: HashMap<NodeId, Color> = HashMap::new();
        for node in html.tree.root().descendants() {
            let above = node.parent().map(|parent| parent.id());
            let background = above.and_then(|above| painted.get(&above).copied());
            let mut is_concealed = above.is_some_and(|above| self.concealed.contains(&above));
            let behind = match node.value() {
                Node::Element(element) => {
                    let style = self.style(element);
                    let behind = style.background.or(background);
                    let is_blended = style
                        .color
                        .zip(behind.or(paper))
                        .is_some_and(|(color, behind)| blends(color, behind));
                    if let Some(why) = why_unseen(element, style.hides, is_blended) {
                        self.unseen.insert(node.id(), why);
                        is_concealed = true;
                    }
                    behind
                }
                Node::Document | Node::Fragment => background,
                _ => continue,
            };
            if let Some(color) = behind {
                painted.insert(node.id(), color);
            }
            if is_concealed {
                self.concealed.insert(node.id());
            }
        }
    }
}

fn merge(whole: &mut Style, more: Style) {
    whole.hides = more.hides.or(whole.hides);
    whole.color = more.color.or(whole.color);
    whole.background = more.background.or(whole.background);
}

fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    kept.push_str(rest);
    kept
}

/// One element by its own names; selectors that look at what is around it are left out.
fn parse_selector(selector: &str, style: Style) -> Option<Rule> {
    let is_part =
        |character: char| character.is_alphanumeric() || matches!(character, '-' | '_' | '.' | '#');
    if selector.is_empty() || selector.len() > 200 || !selector.chars().all(is_part) {
        return None;
    }
    let mut rule = Rule {
        tag: None,
        classes: Vec::new(),
        id: None,
        style,
    };
    let mut kind = 't';
    for part in selector.split_inclusive(['.', '#']) {
        let name = part.trim_end_matches(['.', '#']);
        if !name.is_empty() {
            match kind {
                '.' => rule.classes.push(name.to_owned()),
                '#' => rule.id = Some(name.to_owned()),
                _ => rule.tag = Some(name.to_ascii_lowercase()),
            }
        }
        kind = part.chars().next_back().unwrap_or('t');
    }
    Some(rule)
}

/// Why an element is not seen, by its own attributes and what its style comes to.
fn why_unseen(
    element: &Element,
    hides: Option<HiddenReason>,
    is_blended: bool,
) -> Option<HiddenReason> {
    if element.attr("hidden").is_some() {
        return Some(HiddenReason::NotShown);
    }
    if hides.is_some() {
        return hides;
    }
    if is_blended {
        return Some(HiddenReason::SameColor);
    }
    let for_nobody = element
        .attr("aria-hidden")
        .is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let for_listeners = element
        .classes()
        .any(|class| matches!(class, "sr-only" | "visually-hidden" | "screen-reader-text"));
    if for_nobody || for_listeners {
        return Some(HiddenReason::AriaHidden);
    }
    element
        .classes()
        .any(|class| class == "d-none")
        .then_some(HiddenReason::NotShown)
}

/// Why a reader of the page does not see an element of it.
pub(super) fn why_hidden(node: Tree<'_>, context: &Context) -> Option<HiddenReason> {
    context.unseen.get(&node.id()).copied()
}

/// Whether an element or one it stands in is hidden.
pub(super) fn hidden_above(node: Tree<'_>, context: &Context) -> bool {
    context.concealed.contains(&node.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(page: &str) -> Option<HiddenReason> {
        let html = Html::parse_document(page);
        let context = Context::of(&html);
        let node = dom::find(&html, |element| element.id() == Some("x")).unwrap();
        why_hidden(node, &context)
    }

    #[test]
    fn a_rule_that_holds_only_on_paper_hides_nothing() {
        let mut context = Context::default();
        context.read(".a{display:none} @media print{.b{display:none}} .c p{display:none}");
        assert!(context.classes.contains_key("a"));
        assert_eq!(context.classes.len(), 1);
    }

    #[test]
    fn letters_are_lost_on_the_background_of_what_they_stand_in() {
        use HiddenReason::SameColor;
        for (page, expected) in [
            ("<p id=x style='color:white'>a", Some(SameColor)),
            ("<p id=x><font color=#FFFFFE id=x>a", None),
            ("<font color=#FFFFFE id=x>a", Some(SameColor)),
            (
                "<body style='background:#003'><p id=x style='color:white'>a",
                None,
            ),
            (
                "<div style='background:#003'><p><span id=x style='color:#000033'>a",
                Some(SameColor),
            ),
            (
                "<link rel=stylesheet href=a.css><p id=x style='color:white'>a",
                None,
            ),
            (
                "<style>.w{color:#fff} .v{background:#fff}</style><p id=x class='w v'>a",
                Some(SameColor),
            ),
            ("<p id=x style='color:#111'>a", None),
        ] {
            assert_eq!(why(page), expected, "{page}");
        }
    }

    #[test]
    fn rules_with_several_names_hide_what_has_them_all() {
        let css =
            "<style>/* .n{} */ p.a.b{display:none} div#x{opacity:0} section{display:none}</style>";
        for (page, expected) in [
            ("<p id=x class='b a'>", Some(HiddenReason::NotShown)),
            ("<p id=x class='a'>", None),
            ("<div id=x>", Some(HiddenReason::NotShown)),
            ("<section id=x>", None),
            ("<p id=x aria-hidden=true>", Some(HiddenReason::AriaHidden)),
        ] {
            assert_eq!(why(&format!("{css}{page}")), expected, "{page}");
        }
    }
}
