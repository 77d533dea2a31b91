//! Walking a parsed page without recursion: a hundred thousand nested elements are no reason to
//! run out of stack.

use ego_tree::NodeRef;
use scraper::node::Element;
use scraper::{Html, Node};

pub(super) type Tree<'a> = NodeRef<'a, Node>;

/// Where a walk stands.
pub(super) enum Step<'a> {
    /// Before the children of a node.
    Enter(Tree<'a>),
    /// After them; only for nodes that were entered.
    Leave(Tree<'a>),
}

/// Visits a node and what is below it in document order. What `visit` answers to an
/// [`Step::Enter`] decides whether the node's children are visited and it is left.
pub(super) fn walk<'a>(root: Tree<'a>, mut visit: impl FnMut(Step<'a>) -> bool) {
    let mut node = root;
    loop {
        if visit(Step::Enter(node)) {
            if let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            visit(Step::Leave(node));
        }
        loop {
            if node.id() == root.id() {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else {
                return;
            };
            visit(Step::Leave(parent));
            node = parent;
        }
    }
}

/// All elements of a page in document order.
pub(super) fn elements(html: &Html) -> impl Iterator<Item = (Tree<'_>, &Element)> {
    html.tree
        .root()
        .descendants()
        .filter_map(|node| Some((node, node.value().as_element()?)))
}

/// The first element that fits.
pub(super) fn find(html: &Html, mut fits: impl FnMut(&Element) -> bool) -> Option<Tree<'_>> {
    elements(html)
        .find(|(_, element)| fits(element))
        .map(|(node, _)| node)
}

/// The text of a script or another element whose content is raw.
pub(super) fn raw_text(node: Tree<'_>) -> String {
    node.children()
        .filter_map(|child| child.value().as_text().map(|text| text.to_string()))
        .collect()
}

/// The words of class and id, lower case, split at everything that is no letter or digit.
pub(super) fn label_words(element: &Element) -> Vec<String> {
    let class = element.attr("class").unwrap_or_default();
    let id = element.attr("id").unwrap_or_default();
    format!("{class} {id}")
        .to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
