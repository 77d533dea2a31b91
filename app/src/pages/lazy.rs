//! Pages whose code the browser fetches when it comes to them: the start loads without it.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use super::run::RunPage;
use super::runs::RunsPage;

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
