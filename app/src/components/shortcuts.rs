//! Keys that work on every page, and where the focus goes when the page changes.

use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, KeyboardEvent};

use super::help::HELP_ID;
use crate::browser;

/// Listens; shows nothing.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let navigate = use_navigate();
    let going = StoredValue::new(false);
    let pathname = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = pathname.get();
        if before.is_some_and(|before| before != path) {
            browser::focus("#content");
        }
        path
    });
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let handle = window_event_listener(ev::keydown, move |event| {
            if ignored(&event) {
                return;
            }
            let after_g = going.get_value();
            going.set_value(event.key() == "g");
            match event.key().as_str() {
                "s" if after_g => navigate("/", leptos_router::NavigateOptions::default()),
                "e" if after_g => navigate("/evidence", leptos_router::NavigateOptions::default()),
                "r" if after_g => navigate("/runs", leptos_router::NavigateOptions::default()),
                "?" => show_help(),
                "/" if browser::focus("[data-find]") => event.prevent_default(),
                _ => {}
            }
        });
        on_cleanup(move || handle.remove());
    });
}

/// Keys that belong to something else: text, a dialog, the browser.
fn ignored(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let in_text = target.is_some_and(|element| browser::takes_text(&element));
    in_text
        || browser::is_in_dialog(event)
        || event.ctrl_key()
        || event.meta_key()
        || event.alt_key()
}

fn show_help() {
    let dialog = document().get_element_by_id(HELP_ID);
    if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) {
        let _ = dialog.show_modal();
    }
}
