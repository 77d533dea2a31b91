//! All evidence: what was given, what it comes to, and what is to be decided.

use career::view::EvidenceView;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use uuid::Uuid;

use crate::api::{
    Decide, RestoreSource, get_evidence, refresh_source, remove_source, restore_source,
    undo_decision,
};
use crate::components::about::AboutBlock;
use crate::components::add_evidence::AddEvidenceForm;
use crate::components::add_github::AddGithubForm;
use crate::components::conflicts::Conflicts;
use crate::components::decisions::Decisions;
use crate::components::failure::{Failure, Loading};
use crate::components::own_words::OwnWords;
use crate::components::proposals::Proposals;
use crate::components::query::{Command, in_place, query_with};
use crate::components::read_linkedin::{ReadLinkedin, concerns_linkedin};
use crate::components::record::Record;
use crate::components::sources_table::SourcesTable;
use crate::components::undo_bar::UndoBar;
use crate::text;

/// What can be done on the page.
#[derive(Clone, Copy)]
struct Commands {
    remove: Command,
    restore: Command,
    undo: Command,
    refresh: Command,
    decider: ServerAction<Decide>,
}

impl Commands {
    fn new() -> Self {
        let navigate = use_navigate();
        let back = navigate.clone();
        let show = navigate.clone();
        let address = query_with();
        Self {
            remove: Command::new(move |id: &Uuid| {
                let (id, navigate) = (*id, navigate.clone());
                async move {
                    let outcome = remove_source(id).await;
                    outcome.inspect(|()| navigate(&address("removed", &id.to_string()), in_place()))
                }
            }),
            restore: Command::new(move |id: &Uuid| {
                let (id, back) = (*id, back.clone());
                async move {
                    let outcome = restore_source(id).await;
                    outcome.inspect(|()| back(&address("removed", ""), in_place()))
                }
            }),
            undo: Command::new(|id: &Uuid| undo_decision(*id)),
            refresh: Command::new(move |id: &Uuid| {
                let (id, show) = (*id, show.clone());
                async move {
                    let outcome = refresh_source(id).await;
                    // What it says now, and whether something was left out.
                    outcome.inspect(|()| {
                        show(&format!("/evidence/{id}"), NavigateOptions::default());
                    })
                }
            }),
            decider: ServerAction::new(),
        }
    }

    /// Changes whenever the server's state did.
    fn version(self) -> (usize, usize, usize, usize, usize) {
        (
            self.remove.version().get(),
            self.restore.version().get(),
            self.undo.version().get(),
            self.refresh.version().get(),
            self.decider.version().get(),
        )
    }

    /// The last refusal, in words.
    fn refused(self) -> Option<String> {
        let outcomes = [
            self.remove.value().get(),
            self.restore.value().get(),
            self.undo.value().get(),
            self.refresh.value().get(),
            self.decider.value().get(),
        ];
        let mut refused = outcomes.into_iter().flatten().filter_map(Result::err);
        refused.next().map(|error| error.message())
    }
}

/// Sources, decisions, the record.
#[component]
pub fn EvidencePage() -> impl IntoView {
    let commands = Commands::new();
    let added = RwSignal::new(0);
    let given = Resource::new(
        move || (commands.version(), added.get()),
        |_| get_evidence(),
    );
    let query = use_query_map();
    let asked = move |key: &'static str| query.with(|query| query.get(key));
    let removed = Memo::new(move |_| asked("removed").and_then(|id| Uuid::parse_str(&id).ok()));
    let refused = untrack(|| asked("refused"));
    let github = untrack(|| asked("github"));
    let at_linkedin = refused.clone().filter(|code| concerns_linkedin(code));
    let refused = refused.filter(|code| !concerns_linkedin(code));
    view! {
        <Title text=text::title_evidence() />
        <div class="list-page evidence-page">
            <h1>{text::evidence_page_heading()}</h1>
            <p class="quiet">{text::evidence_page_lead()}</p>
            <p class="problem" role="alert">
                {move || commands.refused()}
            </p>
            {move || {
                removed
                    .get()
                    .map(|id| {
                        view! {
                            <UndoBar id restore=commands.restore action=RestoreSource::url() words=text::source_removed() />
                        }
                    })
            }}
            <AddEvidenceForm refused added />
            <AddGithubForm refused=github />
            <Transition fallback=Loading>
                {move || {
                    let refused = at_linkedin.clone();
                    Suspend::new(async move {
                        match given.await {
                            Ok(given) => {
                                view! {
                                    <ReadLinkedin offered=given.linkedin refused />
                                    <Given given commands />
                                }
                                    .into_any()
                            }
                            Err(error) => view! { <Failure error /> }.into_any(),
                        }
                    })
                }}
            </Transition>
        </div>
    }
    .into_any()
}

/// What there is, or what to do first.
#[component]
fn Given(
    /// All evidence.
    given: EvidenceView,
    /// What can be done.
    commands: Commands,
) -> impl IntoView {
    let decider = commands.decider;
    if given.sources.is_empty() && given.decisions.is_empty() {
        return view! {
            <section class="empty">
                <h2>{text::evidence_empty_heading()}</h2>
                <p>{text::evidence_empty()}</p>
            </section>
            <OwnWords groups=given.groups questions=given.questions />
        }
        .into_any();
    }
    view! {
        <SourcesTable sources=given.sources unreadable=given.unreadable remove=commands.remove refresh=commands.refresh />
        <Proposals pairs=given.proposals decider />
        <Conflicts conflicts=given.conflicts decider />
        <OwnWords groups=given.groups questions=given.questions />
        <AboutBlock about=given.about />
        <Record entries=given.record decider />
        <Decisions decisions=given.decisions undo=commands.undo />
    }
    .into_any()
}
