//! State that lives in the address: the same page with one thing changed.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use crate::errors::AppError;

/// Something done to one thing, by its id.
pub type Command = Action<Uuid, Result<(), AppError>>;

/// Gives the address of this page with one value of the query changed; an empty value removes it.
pub fn query_with() -> impl Fn(&'static str, &str) -> String + Copy + Send + Sync {
    let query = use_query_map();
    move |key, value| {
        let mut query = query.get_untracked();
        query.remove(key);
        if !value.is_empty() {
            query.insert(key, value.to_owned());
        }
        let address = query.to_query_string();
        if address.is_empty() {
            "?".to_owned()
        } else {
            address
        }
    }
}

/// Going to another address of the same page: no step back, nothing scrolls.
pub fn in_place() -> NavigateOptions {
    NavigateOptions {
        replace: true,
        scroll: false,
        ..NavigateOptions::default()
    }
}
