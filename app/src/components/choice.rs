//! What is chosen on a result's page. It lives in the address, so that it survives a reload and can
//! be sent to someone.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

use super::query::in_place;

/// What goes to an address.
type Go = Box<dyn Fn(&str) + Send + Sync>;

/// The chosen line or requirement, the pane in front, and the line looked at.
#[derive(Clone, Copy)]
pub struct Choice {
    query: Memo<ParamsMap>,
    focused: RwSignal<Option<String>>,
    hovered: RwSignal<Option<String>>,
    /// Something was closed under the mouse: what lies beneath was not pointed at.
    still: RwSignal<bool>,
    go: StoredValue<Go>,
}

impl Choice {
    /// What the address says.
    pub fn from_address() -> Self {
        let navigate = use_navigate();
        let go: Go = Box::new(move |address: &str| {
            navigate(address, in_place());
        });
        Self {
            query: use_query_map(),
            focused: RwSignal::new(None),
            hovered: RwSignal::new(None),
            still: RwSignal::new(false),
            go: StoredValue::new(go),
        }
    }

    fn get(self, key: &str) -> Option<String> {
        self.query.with(|query| query.get(key))
    }

    /// The pane in front where there is room for one only.
    pub fn pane(self) -> String {
        self.get("pane").unwrap_or_else(|| "pages".to_owned())
    }

    /// The address of the same choice with another pane in front.
    pub fn pane_address(self, pane: &str) -> String {
        self.address(&[("pane", Some(pane))])
    }

    /// The line whose evidence is shown: the one that has the focus, else the chosen one, else the
    /// one under the mouse. A chosen line stays while the mouse goes elsewhere.
    pub fn shown_line(self) -> Option<String> {
        let focused = self.focused.get();
        let chosen = focused.or_else(|| self.get("line"));
        chosen.or_else(|| self.hovered.get())
    }

    /// Whether this line was chosen, not only pointed at.
    pub fn is_line(self, id: &str) -> bool {
        self.query.with(|query| query.get_str("line") == Some(id))
    }

    /// The chosen requirement.
    pub fn requirement(self) -> Option<String> {
        self.get("requirement")
    }

    /// A line is under the mouse, or none.
    pub fn hover(self, id: Option<&str>) {
        if id.is_none() || !self.still.get_untracked() {
            self.hovered.set(id.map(str::to_owned));
        }
    }

    /// The mouse was moved by so much: from now on it points at things again.
    pub fn mouse_moved(self, x: i32, y: i32) {
        // A browser tells of a move as well when only the page has changed under the mouse.
        if (x, y) != (0, 0) && self.still.get_untracked() {
            self.still.set(false);
        }
    }

    /// A line has the focus, or none.
    pub fn focus(self, id: Option<&str>) {
        self.focused.set(id.map(str::to_owned));
    }

    /// Looks at nothing but what is chosen.
    fn look_away(self) {
        self.hover(None);
        self.focus(None);
    }

    /// Chooses a line; chosen again, it is let go.
    pub fn choose_line(self, id: &str) {
        let id = (!self.is_line(id)).then_some(id);
        self.look_away();
        self.change(&[("line", id), ("requirement", None)]);
    }

    /// Chooses a line and brings the pages to the front.
    pub fn show_line(self, id: &str) {
        self.look_away();
        self.change(&[("line", Some(id)), ("requirement", None), ("pane", None)]);
    }

    /// Chooses a requirement; chosen again, it is let go.
    pub fn choose_requirement(self, id: &str) {
        let same = self
            .query
            .with_untracked(|query| query.get_str("requirement") == Some(id));
        self.look_away();
        self.change(&[("line", None), ("requirement", (!same).then_some(id))]);
    }

    /// Lets everything go; the pane stays.
    pub fn clear(self) {
        self.look_away();
        self.still.set(true);
        let chosen = |query: &ParamsMap| {
            query.get_str("line").is_some() || query.get_str("requirement").is_some()
        };
        if self.query.with_untracked(chosen) {
            self.change(&[("line", None), ("requirement", None)]);
        }
    }

    fn change(self, changes: &[(&'static str, Option<&str>)]) {
        let address = untrack(|| self.address(changes));
        self.go.with_value(|go| go(&address));
    }

    fn address(self, changes: &[(&'static str, Option<&str>)]) -> String {
        let mut query = self.query.get();
        for (key, value) in changes {
            query.remove(key);
            if let Some(value) = value {
                query.insert(*key, (*value).to_owned());
            }
        }
        let query = query.to_query_string();
        // An empty query would keep the one that is there.
        if query.is_empty() {
            "?".to_owned()
        } else {
            query
        }
    }
}
