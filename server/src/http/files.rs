//! What a run made, as files, and its progress as a stream of events.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use backend::run::CAPTURED_POSTING;
use futures::StreamExt;
use uuid::Uuid;

use super::{Web, problem};

/// A page's picture.
pub(super) async fn page(
    State(web): State<Web>,
    Path((id, page)): Path<(String, String)>,
    extensions: Extensions,
) -> Response {
    let number = page
        .strip_suffix(".svg")
        .and_then(|number| number.parse::<u32>().ok());
    match number {
        Some(number) => send(&web, &extensions, &id, &format!("page-{number}.svg"), None).await,
        None => problem::answer(StatusCode::NOT_FOUND, "not_found"),
    }
}

/// The bytes the posting was read of. Never shown, only saved: they are a stranger's.
pub(super) async fn posting(
    State(web): State<Web>,
    Path(id): Path<String>,
    extensions: Extensions,
) -> Response {
    send(&web, &extensions, &id, CAPTURED_POSTING, Some("posting")).await
}

/// A page of an original that was given as evidence.
pub(super) async fn original(
    State(web): State<Web>,
    Path((id, page)): Path<(String, String)>,
    extensions: Extensions,
) -> Response {
    let page = page
        .strip_suffix(".svg")
        .and_then(|number| number.parse::<u32>().ok());
    let (Ok(id), Some(page)) = (id.parse::<Uuid>(), page) else {
        return problem::answer(StatusCode::NOT_FOUND, "not_found");
    };
    match backend::evidence::original::picture(&web.context(&extensions), id, page).await {
        Ok(Some(picture)) => sealed("image/svg+xml", Body::from(picture), None),
        Ok(None) => problem::answer(StatusCode::NOT_FOUND, "not_found"),
        Err(error) => problem::of(&error),
    }
}

/// The person's own photo.
pub(super) async fn photo(
    State(web): State<Web>,
    Path(id): Path<String>,
    extensions: Extensions,
) -> Response {
    let Ok(id) = id.parse::<Uuid>() else {
        return problem::answer(StatusCode::NOT_FOUND, "not_found");
    };
    match backend::photo::picture(&web.context(&extensions), id).await {
        Ok(Some((media_type, bytes))) => sealed(media_type, Body::from(bytes), None),
        Ok(None) => problem::answer(StatusCode::NOT_FOUND, "not_found"),
        Err(error) => problem::of(&error),
    }
}

/// The document.
pub(super) async fn pdf(
    State(web): State<Web>,
    Path(id): Path<String>,
    extensions: Extensions,
) -> Response {
    send(&web, &extensions, &id, "resume.pdf", Some("resume.pdf")).await
}

/// The document as plain text.
pub(super) async fn text(
    State(web): State<Web>,
    Path(id): Path<String>,
    extensions: Extensions,
) -> Response {
    send(&web, &extensions, &id, "resume.txt", Some("resume.txt")).await
}

/// The document as JSON Resume.
pub(super) async fn json(
    State(web): State<Web>,
    Path(id): Path<String>,
    extensions: Extensions,
) -> Response {
    send(&web, &extensions, &id, "resume.json", Some("resume.json")).await
}

/// The document for Word.
pub(super) async fn docx(
    State(web): State<Web>,
    Path(id): Path<String>,
    extensions: Extensions,
) -> Response {
    send(&web, &extensions, &id, "resume.docx", Some("resume.docx")).await
}

/// The document as a page of the web, to be saved.
pub(super) async fn html(
    State(web): State<Web>,
    Path(id): Path<String>,
    extensions: Extensions,
) -> Response {
    send(&web, &extensions, &id, "resume.html", Some("resume.html")).await
}

/// The document as Markdown.
pub(super) async fn markdown(
    State(web): State<Web>,
    Path(id): Path<String>,
    extensions: Extensions,
) -> Response {
    send(&web, &extensions, &id, "resume.md", Some("resume.md")).await
}

/// The document as LaTeX source.
pub(super) async fn tex(
    State(web): State<Web>,
    Path(id): Path<String>,
    extensions: Extensions,
) -> Response {
    send(&web, &extensions, &id, "resume.tex", Some("resume.tex")).await
}

/// A small picture of a template. It shows the sample, so that anyone may keep it.
pub(super) async fn template(State(web): State<Web>, Path(picture): Path<String>) -> Response {
    let Some(name) = picture.strip_suffix(".png") else {
        return problem::answer(StatusCode::NOT_FOUND, "not_found");
    };
    match backend::templates::picture(&web.services, name).await {
        Ok(Some(bytes)) => {
            let mut response = sealed("image/png", Body::from(bytes.to_vec()), None);
            response.headers_mut().insert(
                header::CACHE_CONTROL,
                HeaderValue::from_static("public, max-age=3600"),
            );
            response
        }
        Ok(None) => problem::answer(StatusCode::NOT_FOUND, "not_found"),
        Err(error) => problem::of(&error),
    }
}

async fn send(
    web: &Web,
    extensions: &Extensions,
    id: &str,
    name: &str,
    download: Option<&str>,
) -> Response {
    let Ok(id) = id.parse::<Uuid>() else {
        return problem::answer(StatusCode::NOT_FOUND, "not_found");
    };
    match backend::run::file(&web.context(extensions), id, name).await {
        Ok(Some((media_type, bytes))) => sealed(&media_type, Body::from(bytes), download),
        Ok(None) => problem::answer(StatusCode::NOT_FOUND, "not_found"),
        Err(error) => problem::of(&error),
    }
}

/// A private file that runs nothing and loads nothing, even when it is opened by itself.
fn sealed(media_type: &str, body: Body, download: Option<&str>) -> Response {
    let mut headers = HeaderMap::new();
    let media_type = HeaderValue::from_str(media_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, media_type);
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; sandbox",
        ),
    );
    if let Some(name) = download
        && let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
    {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    (headers, body).into_response()
}

/// The run's views as they change; ends with the run.
pub(super) async fn events(
    State(web): State<Web>,
    Path(id): Path<String>,
    extensions: Extensions,
) -> Response {
    let Ok(id) = id.parse::<Uuid>() else {
        return problem::answer(StatusCode::NOT_FOUND, "not_found");
    };
    match backend::run::watch(&web.context(&extensions), id).await {
        Ok(views) => {
            let ending = web.ending.clone().cancelled_owned();
            let events = views.take_until(ending).filter_map(|view| async move {
                let event = Event::default()
                    .id(view.revision.to_string())
                    .json_data(&view)
                    .ok()?;
                Some(Ok::<Event, Infallible>(event))
            });
            let alive = KeepAlive::new().interval(Duration::from_secs(15));
            let mut response = Sse::new(events).keep_alive(alive).into_response();
            // A proxy must pass each event on at once.
            response
                .headers_mut()
                .insert("x-accel-buffering", HeaderValue::from_static("no"));
            response
        }
        Err(error) => problem::of(&error),
    }
}
