//! The web server: routes, the guards around them, and the accept loop.

mod files;
mod guard;
mod health;
mod linkedin;
mod listen;
mod pages;
mod problem;

use std::time::Duration;

use axum::Router;
use axum::extract::{FromRef, Request};
use axum::http::{Extensions, StatusCode};
use axum::middleware;
use axum::response::Response;
use axum::routing::{any, get, post};
use backend::config::Config;
use backend::{Context, Services};
use career::Actor;
use leptos::config::LeptosOptions;
use tokio_util::sync::CancellationToken;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{
    MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer,
};
use tower_http::services::ServeDir;
use tower_http::timeout::TimeoutLayer;
use uuid::Uuid;

pub use guard::Hosts;
pub use linkedin::CALLBACK as LINKEDIN_CALLBACK;
pub use listen::serve;

/// Bytes of a request at most: ten files of evidence fit.
const MAX_REQUEST_BYTES: usize = 96 * 1024 * 1024;
/// Time until an answer begins. Streams go on after it.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// What handlers share.
#[derive(Clone)]
pub struct Web {
    services: Services,
    person: Uuid,
    leptos: LeptosOptions,
    ending: CancellationToken,
}

impl FromRef<Web> for LeptosOptions {
    fn from_ref(web: &Web) -> Self {
        web.leptos.clone()
    }
}

impl Web {
    /// The web's state: without accounts, everyone is the local person.
    /// Streams end when `ending` does.
    pub fn new(
        services: Services,
        person: Uuid,
        config: &Config,
        ending: CancellationToken,
    ) -> Self {
        let leptos = LeptosOptions::builder()
            .output_name("llmployable")
            .site_root(config.site_root.to_string_lossy().into_owned())
            .site_pkg_dir("pkg")
            .site_addr(config.listen)
            .build();
        Self {
            services,
            person,
            leptos,
            ending,
        }
    }

    /// Who asks, for a use case.
    pub fn context(&self, request: &Extensions) -> Context {
        let request_id = request
            .get::<RequestId>()
            .and_then(|id| id.header_value().to_str().ok())
            .unwrap_or_default()
            .to_owned();
        Context {
            services: self.services.clone(),
            actor: Actor::Person { id: self.person },
            request_id,
        }
    }
}

/// All routes with everything around them.
pub fn router(web: Web, hosts: Hosts) -> Router {
    let site = ServeDir::new(&*web.leptos.site_root)
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false)
        .not_found_service(get(pages::page).with_state(web.clone()));
    let app = pages::routes(Router::new())
        .route("/api/{*name}", any(pages::server_function))
        .route("/runs/{id}/events", get(files::events))
        .route("/runs/{id}/pages/{page}", get(files::page))
        .route("/runs/{id}/resume.pdf", get(files::pdf))
        .route("/runs/{id}/resume.txt", get(files::text))
        .route("/runs/{id}/resume.json", get(files::json))
        .route("/runs/{id}/resume.docx", get(files::docx))
        .route("/runs/{id}/resume.html", get(files::html))
        .route("/runs/{id}/resume.md", get(files::markdown))
        .route("/runs/{id}/resume.tex", get(files::tex))
        .route("/templates/{picture}", get(files::template))
        .route("/runs/{id}/posting", get(files::posting))
        .route("/photo/{id}", get(files::photo))
        .route("/evidence/{id}/pages/{page}", get(files::original))
        .route(linkedin::BEGIN, post(linkedin::begin))
        .route(linkedin::CALLBACK, get(linkedin::callback))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .fallback_service(site)
        .with_state(web);
    // Files of the site are compressed already; streams of events must not wait for a block.
    let compressible = SizeAbove::new(512)
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("application/wasm"))
        .and(NotForContentType::const_new("font/"));
    let compression = CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(compressible);
    // From the inside out: each layer sees what the ones below it answer.
    app.layer(RequestBodyLimitLayer::new(MAX_REQUEST_BYTES))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            ANSWER_LIMIT,
        ))
        .layer(compression)
        .layer(middleware::from_fn_with_state(hosts, guard::own_pages_only))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(middleware::map_response(guard::security_headers))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(middleware::from_fn(log))
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(middleware::map_request(forget_foreign_request_id))
}

/// A request id is ours to give: one from outside could not be trusted in the log.
async fn forget_foreign_request_id(mut request: Request) -> Request {
    request.headers_mut().remove("x-request-id");
    request
}

/// One line a request: what, how it ended, how long until the answer began. No query strings: they
/// may hold what people typed.
async fn log(request: Request, next: middleware::Next) -> Response {
    let id = request.extensions().get::<RequestId>().cloned();
    let id = id
        .as_ref()
        .and_then(|id| id.header_value().to_str().ok())
        .unwrap_or_default();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let span = tracing::info_span!("request", id);
    let began = std::time::Instant::now();
    let response = {
        let answered = problem::REQUEST.scope(id.to_owned(), next.run(request));
        tracing::Instrument::instrument(answered, span.clone()).await
    };
    let status = response.status().as_u16();
    let ms = began.elapsed().as_secs_f64() * 1000.0;
    span.in_scope(|| {
        if status >= 500 {
            tracing::error!(%method, path, status, ms, "answered");
        } else if path.starts_with("/pkg/") || path.starts_with("/health/") {
            tracing::debug!(%method, path, status, ms, "answered");
        } else {
            tracing::info!(%method, path, status, ms, "answered");
        }
    });
    response
}
