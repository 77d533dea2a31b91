//! Small pictures of templates: the sample's first page in each, made when first asked for.

use std::sync::Arc;

use moka::future::Cache;
use typeset::PrintOptions;

use crate::pipeline::{self, press};
use crate::{Error, Result, Services, sample};

/// Pixels to the inch: a picture is some 300 pixels wide.
const DPI: u16 = 36;
/// Pictures kept.
const KEPT: u64 = 200;

/// The pictures there are so far.
#[derive(Debug, Clone)]
pub struct Pictures(Cache<String, Arc<Vec<u8>>>);

impl Default for Pictures {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

/// A template's picture as PNG; `None` where there is no template of that name.
///
/// # Errors
/// When it cannot be made.
pub async fn picture(services: &Services, name: &str) -> Result<Option<Arc<Vec<u8>>>> {
    let known = services.templates.infos();
    if !known.iter().any(|info| info.name == name) {
        return Ok(None);
    }
    let pictures = services.pictures.0.clone();
    let made = pictures.try_get_with(name.to_owned(), async {
        draw(services, name).await.map(Arc::new)
    });
    // Whoever waited for the same picture shares the error.
    made.await
        .map(Some)
        .map_err(|_: Arc<Error>| Error::Unavailable("the press"))
}

async fn draw(services: &Services, name: &str) -> Result<Vec<u8>> {
    let away = |_| Error::Unavailable("the press");
    let sample = sample::evidence();
    let named = [(sample.name.as_str(), sample.bytes.as_slice())];
    let (profile, _) = pipeline::read_evidence(&services.reader, &named)
        .await
        .map_err(away)?;
    let options = tailor::Options {
        page_budget: 2,
        language: None,
        today: pipeline::today(),
    };
    let draft = tailor::baseline(&profile, &options);
    let draft = tailor::verify(draft, &profile)
        .map_err(|error| Error::Internal(error.to_string()))?
        .draft;
    let look = PrintOptions {
        template: name.to_owned(),
        ..PrintOptions::default()
    };
    let job = press::job(&services.templates, &draft, &profile, look)
        .map_err(away)?
        .with_pictures(DPI);
    let made = press::print_job(&services.press, &job, &draft)
        .await
        .map_err(away)?;
    let first = made.printed.png_pages.into_iter().next();
    first.ok_or(Error::Unavailable("the press"))
}
