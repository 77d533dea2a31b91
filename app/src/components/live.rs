//! A run kept up to date while its page is open: server-sent events, and polling where they fail.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use career::RunState;
use career::view::RunView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource, MessageEvent};

use crate::api::get_run;
use crate::browser;

/// How often is asked where events do not come through.
const POLL: Duration = Duration::from_secs(2);
/// How often is asked about a run that has stopped and may be taken up again, here or elsewhere.
const POLL_STOPPED: Duration = Duration::from_secs(5);

/// An open stream; closed when dropped.
struct Stream {
    source: EventSource,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut(Event)>,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onmessage(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

/// The run as it stands now. Opens the stream again when `again` changes (a retry).
pub fn follow(run: RunView, again: impl Fn() -> usize + 'static) -> RwSignal<RunView> {
    let id = run.id;
    let view = RwSignal::new(run);
    Effect::new(move |_| {
        let retried = again() > 0;
        match view.with_untracked(|view| view.state.clone()) {
            RunState::Done => return,
            state if state.is_final() && !retried => {
                poll(id, view);
                return;
            }
            _ => {}
        }
        let stream = StoredValue::new_local(None::<Stream>);
        let close = move || {
            stream.try_update_value(Option::take);
        };
        stream.set_value(open(id, view, close));
        on_cleanup(close);
    });
    view
}

fn open(id: Uuid, view: RwSignal<RunView>, close: impl Fn() + Copy + 'static) -> Option<Stream> {
    // The last news and the end of the stream may both be heard, or either: asking begins once.
    let over = Rc::new(Cell::new(false));
    let ends = move || {
        if !over.replace(true) {
            // Closing drops the handler that asks for it, so it waits until the handler is through.
            set_timeout(close, Duration::ZERO);
            poll(id, view);
        }
    };
    let Ok(source) = EventSource::new(&format!("/runs/{id}/events")) else {
        poll(id, view);
        return None;
    };
    let last = ends.clone();
    let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        if serde_json::from_str(&text).is_ok_and(|run| take(view, run)) {
            last();
        }
    });
    let error = Closure::<dyn FnMut(Event)>::new(move |_| ends());
    source.set_onmessage(Some(message.as_ref().unchecked_ref()));
    source.set_onerror(Some(error.as_ref().unchecked_ref()));
    Some(Stream {
        source,
        _message: message,
        _error: error,
    })
}

/// Takes news unless they are older than what is known; says whether nothing more will come.
fn take(view: RwSignal<RunView>, run: RunView) -> bool {
    let ends = run.state.is_final();
    let newer = view.try_with_untracked(|known| known.revision <= run.revision);
    if newer == Some(true) {
        view.set(run);
    }
    ends
}

/// Asks again and again, as long as there may be news and the page is there.
fn poll(id: Uuid, view: RwSignal<RunView>) {
    // The server ends a stream after the last news: that is no failure, and a page that is gone
    // has no signal any more.
    let delay = match view.try_with_untracked(|view| view.state.clone()) {
        None | Some(RunState::Done) => return,
        Some(state) if state.is_final() => POLL_STOPPED,
        Some(_) => POLL,
    };
    let ask = move || {
        if browser::is_hidden() {
            poll(id, view);
            return;
        }
        spawn_local(async move {
            match get_run(id).await {
                Ok(Some(run)) => {
                    take(view, run);
                    poll(id, view);
                }
                Ok(None) => {}
                Err(_) => poll(id, view),
            }
        });
    };
    set_timeout(ask, delay);
}
