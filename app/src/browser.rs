//! What pages need of the browser itself. Called from effects and event handlers only: none of it
//! runs while the server renders.

use std::collections::BTreeMap;

use js_sys::{Array, Date, Function, Object, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DataTransfer, Element, Event, FileList, FormData, HtmlElement, HtmlFormElement,
    HtmlInputElement, SubmitEvent,
};

/// Puts the focus on the first element that fits the selector; says whether there is one.
pub fn focus(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    element.focus().is_ok()
}

/// Moves the focus from one element of the page that fits the selector to the next or previous.
pub fn focus_neighbour(selector: &str, step: i32) {
    let (Ok(all), Some(active)) = (
        document().query_selector_all(selector),
        document().active_element(),
    ) else {
        return;
    };
    let position =
        (0..all.length()).find(|index: &u32| all.item(*index).as_ref() == Some(active.as_ref()));
    let next = position.and_then(|position: u32| position.checked_add_signed(step));
    let element = next.and_then(|next| all.item(next));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Whether nobody can see the page: it lies behind another tab.
pub fn is_hidden() -> bool {
    document().hidden()
}

/// Whether the event happens inside an open dialog, which then has the first word.
pub fn is_in_dialog(event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest("dialog").ok().flatten().is_some())
}

/// Whether keys pressed there are text.
pub fn takes_text(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// What stands in a form's fields: names and values, in order; files are left out.
pub fn fields(form: &HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = FormData::new_with_form(form) else {
        return Vec::new();
    };
    let Ok(Some(pairs)) = js_sys::try_iter(&data) else {
        return Vec::new();
    };
    let field = |pair: JsValue| {
        let pair: Array = pair.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    pairs.filter_map(Result::ok).filter_map(field).collect()
}

/// What stands in a form's fields called `typed[NAME]`.
pub fn typed(form: &HtmlFormElement) -> BTreeMap<String, String> {
    let field = |(name, value): (String, String)| {
        let name = name.strip_prefix("typed[")?.strip_suffix(']')?.to_owned();
        Some((name, value))
    };
    fields(form).into_iter().filter_map(field).collect()
}

/// The value of the button that sent a form, where it has one.
pub fn submitter_value(event: &SubmitEvent) -> Option<String> {
    let button = event.submitter()?;
    button
        .get_attribute("value")
        .filter(|value| !value.is_empty())
}

/// Names and sizes of chosen files.
pub fn file_names(files: Option<FileList>) -> Vec<(String, i64)> {
    let Some(files) = files else {
        return Vec::new();
    };
    (0..files.length())
        .filter_map(|index| files.get(index))
        .map(|file| (file.name(), file.size() as i64))
        .collect()
}

/// Takes one file out of an input's choice.
pub fn drop_file(input: &HtmlInputElement, position: usize) {
    let (Some(files), Ok(kept)) = (input.files(), DataTransfer::new()) else {
        return;
    };
    for index in (0..files.length()).filter(|index| *index as usize != position) {
        if let Some(file) = files.get(index) {
            let _ = kept.items().add_with_file(&file);
        }
    }
    input.set_files(kept.files().as_ref());
}

/// Adds dropped files to an input's choice.
pub fn add_files(input: &HtmlInputElement, dropped: &FileList) {
    let Ok(all) = DataTransfer::new() else { return };
    for files in [input.files().as_ref(), Some(dropped)]
        .into_iter()
        .flatten()
    {
        for file in (0..files.length()).filter_map(|index| files.get(index)) {
            let _ = all.items().add_with_file(&file);
        }
    }
    input.set_files(all.files().as_ref());
}

/// Gives the form an id of its own, once: sent again after a lost answer, it makes no second run.
pub fn mark_request(form: &HtmlFormElement) {
    let input = form.query_selector("[name=request_id]").ok().flatten();
    let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    let Ok(crypto) = window().crypto() else {
        return;
    };
    if input.value().is_empty() {
        input.set_value(&crypto.random_uuid());
    }
}

/// A moment as people say it ("3 minutes ago") and in full, in their language and zone.
pub fn moment(iso: &str) -> Option<(String, String)> {
    let date = Date::new(&JsValue::from_str(iso));
    let age = ((Date::now() - date.get_time()) / 1000.0) as i64;
    if date.get_time().is_nan() {
        return None;
    }
    let full = date.to_locale_string("default", &JsValue::UNDEFINED).into();
    let (unit, seconds) = [("day", 86_400), ("hour", 3_600), ("minute", 60)]
        .into_iter()
        .find(|(_, seconds)| age.abs() >= *seconds)?;
    Some((relative(-(age / seconds), unit)?, full))
}

fn relative(value: i64, unit: &str) -> Option<String> {
    // By way of reflection: the binding of the same name is a large one for a single call.
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &"RelativeTimeFormat".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let options = Object::new();
    Reflect::set(&options, &"numeric".into(), &"auto".into()).ok()?;
    let arguments = Array::of2(
        &document().document_element()?.get_attribute("lang")?.into(),
        &options,
    );
    let formatter = Reflect::construct(&class, &arguments).ok()?;
    let format: Function = Reflect::get(&formatter, &"format".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let value = JsValue::from_f64(value as f64);
    format
        .call2(&formatter, &value, &unit.into())
        .ok()?
        .as_string()
}

/// Whether a form carries a file of that name.
pub fn has_file(data: &FormData, name: &str) -> bool {
    let file = data.get(name).dyn_into::<web_sys::File>();
    file.is_ok_and(|file| file.size() > 0.0)
}
