//! Looks through a page for what its readers do not see.

use career::{HiddenPassage, HiddenReason};
use scraper::Node;
use scraper::node::Element;

use super::boilerplate::is_furniture;
use super::dom::{Step, Tree, raw_text, walk};
use super::hidden::{Context, why_hidden};
use super::instruct::{instructs, note, passage};
use super::unseen;

/// Fewer words are a label: "Skip to content", "opens in a new window".
const FEW_WORDS: usize = 6;
/// Bytes of one hidden element that are looked at, and of all of them.
const MAX_ONE: usize = 20_000;
const MAX_ALL: usize = 1_000_000;

/// Attributes whose text a model may be shown and a reader is not.
const ATTRIBUTES: [&str; 7] = [
    "alt",
    "title",
    "aria-label",
    "aria-description",
    "content",
    "placeholder",
    "data-description",
];

/// Adds what is hidden in a page. Comments and attributes count only when they are told to a
/// model: pages are full of harmless ones.
pub(super) fn passages(root: Tree<'_>, context: &Context, hidden: &mut Vec<HiddenPassage>) {
    let mut left = MAX_ALL;
    // Pieces of furniture that are open: menus and dialogs wait hidden until they are called.
    let mut open = 0_usize;
    walk(root, |step| match step {
        Step::Enter(node) => match node.value() {
            Node::Text(text) => {
                unseen::look(text, hidden);
                true
            }
            Node::Comment(comment) => {
                look_at(comment, HiddenReason::Comment, &mut left, hidden);
                true
            }
            Node::Element(element) => {
                let waits = is_furniture(node, element, context);
                let inside = enter(node, element, context, &mut left, hidden, waits || open > 0);
                open += usize::from(waits && inside);
                inside
            }
            _ => true,
        },
        Step::Leave(node) => {
            let element = node.value().as_element();
            let waits = element.is_some_and(|element| is_furniture(node, element, context));
            open = open.saturating_sub(usize::from(waits));
            true
        }
    });
}

/// Looks at an element; says whether to look inside.
fn enter(
    node: Tree<'_>,
    element: &Element,
    context: &Context,
    left: &mut usize,
    hidden: &mut Vec<HiddenPassage>,
    waits: bool,
) -> bool {
    for name in ATTRIBUTES {
        if let Some(text) = element.attr(name) {
            look_at(text, HiddenReason::Attribute, left, hidden);
        }
    }
    match element.name() {
        "script" | "style" | "svg" | "math" => return false,
        "noscript" | "template" => {
            look_at(&raw_text(node), HiddenReason::NotShown, left, hidden);
            return true;
        }
        _ => {}
    }
    let Some(why) = why_hidden(node, context) else {
        return true;
    };
    let text = words_below(node, left);
    unseen::look(&text, hidden);
    let told = instructs(&text);
    // What only some readers hear is an ordinary help for them, unless it tells a model something.
    let helps = why == HiddenReason::AriaHidden;
    if told || (!waits && !helps && text.split_whitespace().count() >= FEW_WORDS) {
        note(hidden, passage(why, &text));
    }
    false
}

/// A text that counts only when it is told to a model.
fn look_at(text: &str, why: HiddenReason, left: &mut usize, hidden: &mut Vec<HiddenPassage>) {
    if text.len() < 12 || text.len() > *left {
        return;
    }
    *left -= text.len();
    if instructs(text) {
        note(hidden, passage(why, text));
    }
}

/// The words of a hidden element, scripts and styles left out.
fn words_below(root: Tree<'_>, left: &mut usize) -> String {
    let mut words = String::new();
    walk(root, |step| {
        if let Step::Enter(node) = step {
            match node.value() {
                Node::Text(text) if words.len() < MAX_ONE.min(*left) => {
                    words.push_str(text);
                    words.push(' ');
                }
                Node::Element(element) => {
                    return !matches!(element.name(), "script" | "style" | "svg" | "math");
                }
                _ => {}
            }
        }
        true
    });
    *left = left.saturating_sub(words.len());
    words
}
