//! The pages of the app and its server functions, each with who asks in its context.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list};

use super::Web;
use super::guard::policy;

/// Adds every page the app knows.
pub(super) fn routes(router: Router<Web>) -> Router<Web> {
    let listed = generate_route_list(app::App);
    router.leptos_routes_with_handler(listed, page)
}

/// Renders the app for an address; one it does not know renders "not found". The page is sent whole:
/// it must be readable where no script runs, and its status follows from what was found.
pub(super) async fn page(State(web): State<Web>, request: Request<Body>) -> Response {
    let context = web.context(request.extensions());
    let options = web.leptos.clone();
    let linkedin = web.services.linkedin.consents_at();
    let render = leptos_axum::render_app_async_with_context(
        move || {
            provide_context(context.clone());
            allow_own_inline_scripts(linkedin.as_deref());
        },
        move || app::shell(options.clone()),
    );
    render(request).await.into_response()
}

/// The page's own inline scripts carry a nonce; the answer's policy names it.
fn allow_own_inline_scripts(forms_lead_to: Option<&str>) {
    if let (Some(nonce), Some(options)) = (use_nonce(), use_context::<ResponseOptions>()) {
        let policy = policy(Some(&nonce), forms_lead_to);
        options.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// Runs a server function.
pub(super) async fn server_function(State(web): State<Web>, request: Request<Body>) -> Response {
    let context = web.context(request.extensions());
    leptos_axum::handle_server_fns_with_context(move || provide_context(context.clone()), request)
        .await
        .into_response()
}
