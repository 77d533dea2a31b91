//! Sends a form with files to a server function and tells how far it is; `fetch` cannot.

use js_sys::Promise;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, ProgressEvent, XmlHttpRequest};

use crate::errors::AppError;

/// How far a form is: not under way, on its way in percent, or arrived and being worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Progress {
    /// Nothing is under way.
    #[default]
    Idle,
    /// So many percent are sent.
    Sending(u8),
    /// All is sent; the server works on it.
    Working,
}

impl Progress {
    /// Whether something is under way.
    pub fn pending(self) -> bool {
        self != Self::Idle
    }

    fn of(sent: f64, total: f64) -> Self {
        if total <= 0.0 || sent >= total {
            Self::Working
        } else {
            Self::Sending((sent / total * 100.0) as u8)
        }
    }
}

/// Sends a form and gives the server function's answer; `progress` is idle again when it is here.
///
/// # Errors
/// What the server function answers, or that the server is away.
pub async fn send<T: DeserializeOwned>(
    url: &str,
    form: &FormData,
    progress: RwSignal<Progress>,
) -> Result<T, AppError> {
    progress.set(Progress::Sending(0));
    let outcome = exchange(url, form, progress).await;
    progress.set(Progress::Idle);
    let (status, text) = outcome.ok_or_else(|| AppError::new("offline", None, 503))?;
    if (200..300).contains(&status) {
        return serde_json::from_str(&text).map_err(|_| AppError::new("internal", None, 500));
    }
    // A proxy's or the size limit's answer is not one of ours.
    let refusal = serde_json::from_str::<AppError>(&text);
    Err(refusal.unwrap_or_else(|_| match status {
        413 => AppError::new("evidence_too_large", Some("evidence"), 413),
        _ => AppError::new("internal", None, status),
    }))
}

/// Status and text of the answer; `None` when there is none.
async fn exchange(
    url: &str,
    form: &FormData,
    progress: RwSignal<Progress>,
) -> Option<(u16, String)> {
    let request = XmlHttpRequest::new().ok()?;
    request.open_with_async("POST", url, true).ok()?;
    request
        .set_request_header("Accept", "application/json")
        .ok()?;
    let moved = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        progress.set(Progress::of(event.loaded(), event.total()));
    });
    let upload = request.upload().ok()?;
    upload.set_onprogress(Some(moved.as_ref().unchecked_ref()));
    let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_form_data(Some(form)).ok()?;
    JsFuture::from(ended).await.ok()?;
    upload.set_onprogress(None);
    request.set_onloadend(None);
    let status = request.status().ok().filter(|status| *status != 0)?;
    let text = request.response_text().ok().flatten().unwrap_or_default();
    Some((status, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_without_a_known_length_counts_as_sent() {
        assert_eq!(Progress::of(0.0, 0.0), Progress::Working);
        assert_eq!(Progress::of(1.0, 4.0), Progress::Sending(25));
        assert_eq!(Progress::of(4.0, 4.0), Progress::Working);
    }
}
