//! The photo: given, seen small, replaced, removed and put back; and which templates have a place for one.

use career::print::MAX_PHOTO_BYTES;
use career::view::PhotoView;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use uuid::Uuid;
use web_sys::FormData;

use super::field_problem::{FieldProblem, Problem, concerns};
use super::id_form::IdForm;
use crate::api::{GivePhoto, RemovePhoto, RestorePhoto, get_look, remove_photo, restore_photo};
use crate::errors::AppError;
use crate::upload::{self, Progress};
use crate::{browser, text};

/// What is done to the photo.
#[derive(Clone, Copy)]
struct Commands<F> {
    /// The run whose pages show it.
    run: Uuid,
    photo: RwSignal<PhotoView>,
    problem: Problem,
    progress: RwSignal<Progress>,
    /// Called when pages were made anew.
    done: F,
}

impl<F: Fn() + Copy + Send + 'static> Commands<F> {
    /// Takes an answer in, and puts the focus where the hand goes next.
    async fn settle(self, outcome: Result<PhotoView, AppError>, next: &'static str) {
        let refused = outcome.is_err();
        match outcome {
            Ok(photo) => {
                self.problem.set(None);
                self.photo.set(photo);
            }
            Err(mut error) => {
                // Half of it may be done: a photo can be kept though the pages cannot be made.
                if let Ok(Some(look)) = get_look(self.run).await {
                    self.photo.set(look.photo);
                }
                error.field = Some("photo".to_owned());
                if error.status == 413 {
                    "photo_too_large".clone_into(&mut error.code);
                }
                self.problem.set(Some(error));
            }
        }
        self.progress.set(Progress::Idle);
        (self.done)();
        request_animation_frame(move || {
            browser::focus(if refused { "#photo-file" } else { next });
        });
    }

    fn is_free(self) -> bool {
        !self.progress.get_untracked().pending()
    }

    fn give(self, data: FormData, taken: impl Fn() + 'static) {
        spawn_local(async move {
            let outcome = upload::send(GivePhoto::url(), &data, self.progress).await;
            taken();
            self.settle(outcome, "#photo-file").await;
        });
    }

    fn remove(self) {
        if self.is_free() {
            self.progress.set(Progress::Working);
            spawn_local(async move {
                let outcome = remove_photo(self.run).await;
                self.settle(outcome, "#photo .undo button").await;
            });
        }
    }

    fn restore(self) {
        if self.is_free() {
            self.progress.set(Progress::Working);
            spawn_local(async move {
                let outcome = restore_photo(self.run).await;
                self.settle(outcome, "#photo-file").await;
            });
        }
    }
}

fn refusal(code: &str) -> AppError {
    AppError::new(code, Some("photo"), 422)
}

/// The photo's part of the panel.
#[component]
pub fn PhotoPanel(
    /// The run.
    id: Uuid,
    /// The template that is chosen.
    template: RwSignal<String>,
    /// The templates with a place for a photo.
    places: StoredValue<Vec<String>>,
    /// How it stands with the photo.
    photo: RwSignal<PhotoView>,
    /// Whether pages are being made in another look.
    pending: RwSignal<bool>,
    /// Why the form was refused without a script.
    refused: Option<String>,
    /// Called when pages were made anew.
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let commands = Commands {
        run: id,
        photo,
        problem: RwSignal::new(refused.as_deref().map(refusal)),
        progress: RwSignal::new(Progress::Idle),
        done,
    };
    let has_place = move || places.with_value(|places| places.contains(&template.get()));
    let in_use = Memo::new(move |_| photo.get().in_use());
    let removed = Memo::new(move |_| photo.with(|photo| photo.kept.is_some() && photo.removed));
    let working = move || pending.get() || commands.progress.get().pending();
    // What the pages show may be older than what is kept.
    let behind = move || {
        let PhotoView { on_pages, .. } = photo.get();
        let behind = on_pages != in_use.get() && has_place() && !working();
        behind.then(|| match in_use.get() {
            Some(_) => text::photo_not_on_pages(),
            None => text::photo_still_on_pages(),
        })
    };
    let small = move || {
        let photo = in_use.get()?;
        let address = format!("/photo/{photo}");
        Some(
            view! { <img class="photo-small" src=address alt=text::photo_alt() width="80" height="100" /> },
        )
    };
    let without_place = move || {
        let names = places.with_value(|places| places.join(", "));
        let words = if names.is_empty() {
            text::photo_no_place(&template.get())
        } else {
            text::photo_other_places(&template.get(), &names)
        };
        view! {
            <p>
                {words}
                {move || in_use.get().map(|_| [" ", text::photo_left_off()].concat())}
            </p>
        }
    };
    view! {
        <fieldset class="photo" id="photo" aria-busy=move || working().to_string()>
            <legend>{text::photo_legend()}</legend>
            <div class="photo-row">
                {small}
                <div class="photo-forms">
                    <Show when=has_place fallback=without_place>
                        <GiveForm commands in_use />
                    </Show>
                    <FieldProblem problem=commands.problem field="photo" id="photo-problem" />
                    <Show when=move || in_use.get().is_some()>
                        <IdForm
                            action=RemovePhoto::url()
                            id
                            send=move || commands.remove()
                            class="button small"
                            words=text::photo_remove()
                        />
                    </Show>
                </div>
            </div>
            <Show when=move || removed.get()>
                <div class="undo" role="status">
                    <p>{text::photo_removed()}</p>
                    <IdForm
                        action=RestorePhoto::url()
                        id
                        send=move || commands.restore()
                        class="button small"
                        words=text::photo_restore()
                    />
                </div>
            </Show>
            <p class="notice" role="status" hidden=move || behind().is_none()>
                {behind}
            </p>
            <p class="hint" role="status">
                {move || match commands.progress.get() {
                    Progress::Idle => String::new(),
                    Progress::Sending(percent) => text::photo_sending(&percent.to_string()),
                    Progress::Working => text::look_working().to_owned(),
                }}
            </p>
            <p class="hint">{text::photo_customs()}</p>
        </fieldset>
    }
    .into_any()
}

/// Takes a file: at once where a script runs, else by a button.
#[component]
fn GiveForm<F: Fn() + Copy + Send + Sync + 'static>(
    /// What is done with it.
    commands: Commands<F>,
    /// The photo there is.
    in_use: Memo<Option<Uuid>>,
) -> impl IntoView {
    let form = NodeRef::<leptos::html::Form>::new();
    let input = NodeRef::<leptos::html::Input>::new();
    let problem = commands.problem;
    let refused = untrack(|| concerns(problem, "photo"));
    let send = move || {
        let (Some(form), Some(input)) = (form.get_untracked(), input.get_untracked()) else {
            return;
        };
        if !commands.is_free() {
            return;
        }
        let chosen = browser::file_names(input.files());
        let limit = i64::try_from(MAX_PHOTO_BYTES).unwrap_or(i64::MAX);
        let refused = match chosen.first() {
            None => Some("photo_missing"),
            Some((_, bytes)) if *bytes > limit => Some("photo_too_large"),
            Some(_) => None,
        };
        if let Some(code) = refused {
            problem.set(Some(refusal(code)));
            let _ = input.focus();
        } else if let Ok(data) = FormData::new_with_form(&form) {
            commands.give(data, move || form.reset());
        }
    };
    let button = format!(
        r#"<button class="button small">{}</button>"#,
        text::photo_use()
    );
    view! {
        <form
            method="post"
            enctype="multipart/form-data"
            action=GivePhoto::url()
            class="photo-give"
            node_ref=form
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                send();
            }
        >
            <input type="hidden" name="id" value=commands.run.to_string() />
            <label for="photo-file">
                {move || match in_use.get() {
                    Some(_) => text::photo_another(),
                    None => text::photo_choose(),
                }}
            </label>
            <input
                type="file"
                id="photo-file"
                name="photo"
                accept=".png,.jpg,.jpeg,image/png,image/jpeg"
                aria-describedby="photo-hint photo-problem"
                aria-invalid=move || concerns(problem, "photo").then_some("true")
                autofocus=refused
                node_ref=input
                on:change=move |_| send()
            />
            <p class="hint" id="photo-hint">
                {text::photo_kinds()}
            </p>
            <noscript inner_html=button></noscript>
        </form>
    }
    .into_any()
}
