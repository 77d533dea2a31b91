//! The browser's entry: takes over the page the server sent.
#![recursion_limit = "256"]

/// Called by the page's script once the code has loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_lazy(app::App);
}
