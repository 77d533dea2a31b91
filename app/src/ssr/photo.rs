//! The server's half of the photo's forms.

use career::print::MAX_PHOTO_BYTES;
use career::view::PhotoView;
use server_fn::codec::MultipartData;
use uuid::Uuid;

use super::{answer, context, is_form_post, refuse};
use crate::errors::AppError;

/// What the form that gives a photo holds.
#[derive(Default)]
struct Given {
    run: Uuid,
    file: Vec<u8>,
}

/// Takes a photo and puts it on the run's pages.
pub async fn give(data: MultipartData) -> Result<PhotoView, AppError> {
    let mut given = Given::default();
    let outcome = match read(data, &mut given).await {
        Ok(()) => answer(backend::photo::give(&context(), given.run, &given.file).await),
        Err(error) => Err(refuse(error)),
    };
    shown(given.run, outcome)
}

/// Takes the photo off the run's pages.
pub async fn remove(run: Uuid) -> Result<PhotoView, AppError> {
    shown(run, answer(backend::photo::remove(&context(), run).await))
}

/// Puts it back.
pub async fn restore(run: Uuid) -> Result<PhotoView, AppError> {
    shown(run, answer(backend::photo::restore(&context(), run).await))
}

/// Where no script runs, the run's page says how it went.
fn shown(run: Uuid, outcome: Result<PhotoView, AppError>) -> Result<PhotoView, AppError> {
    if !is_form_post() {
        return outcome;
    }
    let query = match &outcome {
        Ok(_) => "photo=shown".to_owned(),
        Err(error) => format!("refused={}", error.code),
    };
    leptos_axum::redirect(&format!("/runs/{run}?{query}#photo"));
    Ok(outcome.unwrap_or_default())
}

async fn read(data: MultipartData, given: &mut Given) -> Result<(), AppError> {
    let too_large = || AppError::new("photo_too_large", Some("photo"), 413);
    let Some(mut form) = data.into_inner() else {
        return Ok(());
    };
    while let Some(mut field) = form.next_field().await.map_err(|_| too_large())? {
        match field.name() {
            Some("id") => {
                let text = field.text().await.map_err(|_| too_large())?;
                given.run = Uuid::parse_str(&text).unwrap_or_default();
            }
            Some("photo") => {
                // Read to its end, so that the browser hears the answer; kept up to the limit.
                while let Some(part) = field.chunk().await.map_err(|_| too_large())? {
                    if given.file.len() <= MAX_PHOTO_BYTES {
                        given.file.extend_from_slice(&part);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}
