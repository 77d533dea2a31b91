//! Pages whose code the browser fetches when it comes to them: the start loads without it.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use super::evidence::EvidencePage;
use super::help::HelpPage;
use super::interview::InterviewPage;
use super::models::ModelsPage;
use super::run::RunPage;
use super::runs::RunsPage;
use super::source::SourcePage;
use super::write::WritePage;

/// The page of a run.
#[derive(Debug)]
pub struct RunRoute;

#[lazy_route]
impl LazyRoute for RunRoute {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let RunRoute = this;
        view! { <RunPage /> }.into_any()
    }
}

/// The list of runs.
#[derive(Debug)]
pub struct RunsRoute;

#[lazy_route]
impl LazyRoute for RunsRoute {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let RunsRoute = this;
        view! { <RunsPage /> }.into_any()
    }
}

/// All evidence.
#[derive(Debug)]
pub struct EvidenceRoute;

#[lazy_route]
impl LazyRoute for EvidenceRoute {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let EvidenceRoute = this;
        view! { <EvidencePage /> }.into_any()
    }
}

/// One source.
#[derive(Debug)]
pub struct SourceRoute;

#[lazy_route]
impl LazyRoute for SourceRoute {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let SourceRoute = this;
        view! { <SourcePage /> }.into_any()
    }
}

/// A block of a career, written by hand.
#[derive(Debug)]
pub struct WriteRoute;

#[lazy_route]
impl LazyRoute for WriteRoute {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let WriteRoute = this;
        view! { <WritePage /> }.into_any()
    }
}

/// Questions for what the evidence lacks.
#[derive(Debug)]
pub struct InterviewRoute;

#[lazy_route]
impl LazyRoute for InterviewRoute {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let InterviewRoute = this;
        view! { <InterviewPage /> }.into_any()
    }
}

/// What models were asked.
#[derive(Debug)]
pub struct ModelsRoute;

#[lazy_route]
impl LazyRoute for ModelsRoute {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let ModelsRoute = this;
        view! { <ModelsPage /> }.into_any()
    }
}

/// What the check proves.
#[derive(Debug)]
pub struct HelpRoute;

#[lazy_route]
impl LazyRoute for HelpRoute {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let HelpRoute = this;
        view! { <HelpPage /> }.into_any()
    }
}
