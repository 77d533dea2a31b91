//! What is chosen on a result's page. It lives in the address, so that it survives a reload and can
//! be sent to someone.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

use super::query::in_place;

/// What goes to an address.
type Go = Box<dyn Fn(&str) + Send + Sync>;

/// The chosen line or requirement, the pane in front, and the line pointed at.
#[derive(Clone, Copy)]
pub struct Choice {
    query: Memo<ParamsMap>,
    pointed: RwSignal<Option<String>>,
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
            pointed: RwSignal::new(None),
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

    /// The line whose evidence is shown: the one pointed at, else the chosen one.
    pub fn shown_line(self) -> Option<String> {
        self.pointed.get().or_else(|| self.get("line"))
    }

    /// Whether this line was chosen, not only pointed at.
    pub fn is_line(self, id: &str) -> bool {
        self.query.with(|query| query.get_str("line") == Some(id))
    }

    /// The chosen requirement.
    pub fn requirement(self) -> Option<String> {
        self.get("requirement")
    }

    /// Points at a line, or at none.
    pub fn point(self, id: Option<&str>) {
        self.pointed.set(id.map(str::to_owned));
    }

    /// Chooses a line; chosen again, it is let go.
    pub fn choose_line(self, id: &str) {
        let id = (!self.is_line(id)).then_some(id);
        self.point(id);
        self.change(&[("line", id), ("requirement", None)]);
    }

    /// Chooses a line and brings the pages to the front.
    pub fn show_line(self, id: &str) {
        self.change(&[("line", Some(id)), ("requirement", None), ("pane", None)]);
    }

    /// Chooses a requirement; chosen again, it is let go.
    pub fn choose_requirement(self, id: &str) {
        let same = self
            .query
            .with_untracked(|query| query.get_str("requirement") == Some(id));
        self.point(None);
        self.change(&[("line", None), ("requirement", (!same).then_some(id))]);
    }

    /// Lets everything go; the pane stays.
    pub fn clear(self) {
        self.point(None);
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
