//! The document around every page, and the routes.

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{Lazy, SsrMode, path};

use crate::components::header::Header;
use crate::components::shortcuts::Shortcuts;
use crate::pages::{
    EvidenceRoute, HelpRoute, InterviewRoute, MissingPage, ModelsRoute, RunRoute, RunsRoute,
    SourceRoute, StartPage, WriteRoute,
};
use crate::text;

/// The document the server sends.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let style = format!("/{}/{}.css", options.site_pkg_dir, options.output_name);
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, minimum-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.ico" sizes="32x32" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link
                    rel="preload"
                    href="/fonts/source-sans-3-latin-400-normal.woff2"
                    r#as="font"
                    type="font/woff2"
                    crossorigin="anonymous"
                />
                <link rel="stylesheet" href=style />
                <AutoReload options=options.clone() />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Every page.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|page: String| [&page, " · ", text::product()].concat() />
        <Router>
            <a class="skip-link" href="#content" rel="external">
                {text::skip_link()}
            </a>
            <Header />
            <main id="content" tabindex="-1">
                <Routes fallback=MissingPage>
                    <Route path=path!("/") view=StartPage ssr=SsrMode::Async />
                    <Route path=path!("/evidence") view={Lazy::<EvidenceRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/evidence/interview") view={Lazy::<InterviewRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/evidence/write") view={Lazy::<WriteRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/evidence/write/:id") view={Lazy::<WriteRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/evidence/:id") view={Lazy::<SourceRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/help") view={Lazy::<HelpRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/models") view={Lazy::<ModelsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/runs") view={Lazy::<RunsRoute>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/runs/:id") view={Lazy::<RunRoute>::new()} ssr=SsrMode::Async />
                </Routes>
            </main>
            <Shortcuts />
        </Router>
    }
    .into_any()
}
