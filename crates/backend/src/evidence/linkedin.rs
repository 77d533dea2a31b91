//! A member's own data from LinkedIn as evidence: consent asked for in the browser, then read once
//! and kept like a file that was given.
//!
//! LinkedIn sends the browser back to an address that anybody can make another's browser open. So a
//! consent is known by a state nobody can guess, which holds for ten minutes, for one use, for the
//! person who began and for the browser they began in.

use std::time::{Duration, Instant};

use career::{Action, ContentHash};
use chrono::Utc;
use moka::future::Cache;
use moka::policy::EvictionPolicy;
use secrecy::SecretString;
use thiserror::Error;
use uuid::Uuid;

use super::{add, may};
use crate::ports::linkedin::{Answers, LinkedInError};
use crate::run::UploadedFile;
use crate::{Context, Error, Result};

/// Time for a person to consent.
pub const CONSENT_TIME: Duration = Duration::from_mins(10);
/// Consents under way at once; the oldest give way.
const MAX_CONSENTS: u64 = 1_000;

/// Why a consent came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, strum::EnumIter)]
pub enum Refusal {
    /// No application is configured.
    #[error("LinkedIn is off")]
    Off,
    /// The consent was not begun here, not in this browser, too long ago, or was used already.
    #[error("not a consent that is under way in this browser")]
    State,
    /// The person said no.
    #[error("the person did not consent")]
    Cancelled,
    /// LinkedIn does not let the application ask for this.
    #[error("the application lacks the permission")]
    Scope,
    /// LinkedIn refused for another reason.
    #[error("LinkedIn refused")]
    Refused,
}

impl Refusal {
    /// The message's key.
    pub fn code(self) -> &'static str {
        match self {
            Self::Off => "linkedin_off",
            Self::State => "linkedin_state",
            Self::Cancelled => "linkedin_cancelled",
            Self::Scope => "linkedin_scope",
            Self::Refused => "linkedin_refused",
        }
    }

    /// What LinkedIn's word for it means (RFC 6749, 4.1.2.1, and LinkedIn's own).
    fn told(error: &str) -> Self {
        match error {
            "user_cancelled_login" | "user_cancelled_authorize" | "access_denied" => {
                Self::Cancelled
            }
            "invalid_scope" | "invalid_scope_error" | "unauthorized_scope_error" => Self::Scope,
            _ => Self::Refused,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Invalid {
            code: refusal.code(),
            field: None,
        }
    }
}

impl From<LinkedInError> for Error {
    fn from(error: LinkedInError) -> Self {
        Self::Invalid {
            code: error.code(),
            field: None,
        }
    }
}

/// Consents that are under way.
#[derive(Clone)]
pub struct Consents {
    cache: Cache<String, Consent>,
    time: Duration,
}

#[derive(Clone)]
struct Consent {
    owner: Uuid,
    /// The hash of what only the browser knows that began.
    browser: ContentHash,
    redirect_uri: String,
    /// The cache forgets in its own time; this is the moment that counts.
    begun: Instant,
}

impl Default for Consents {
    fn default() -> Self {
        Self::lasting(CONSENT_TIME)
    }
}

impl Consents {
    /// Consents that hold so long.
    pub fn lasting(time: Duration) -> Self {
        let cache = Cache::builder()
            .max_capacity(MAX_CONSENTS)
            .time_to_live(time)
            .eviction_policy(EvictionPolicy::lru())
            .build();
        Self { cache, time }
    }

    async fn begin(&self, owner: Uuid, redirect_uri: &str) -> Result<(String, String)> {
        let (state, browser) = (unguessable()?, unguessable()?);
        let consent = Consent {
            owner,
            browser: ContentHash::of(browser.as_bytes()),
            redirect_uri: redirect_uri.to_owned(),
            begun: Instant::now(),
        };
        self.cache.insert(state.clone(), consent).await;
        Ok((state, browser))
    }

    /// The address that was given for coming back. Whatever is wrong, the state is used up.
    async fn take(&self, owner: Uuid, state: &str, browser: &str) -> Option<String> {
        let consent = self.cache.remove(state).await?;
        let same = consent.begun.elapsed() < self.time
            && consent.owner == owner
            && consent.browser == ContentHash::of(browser.as_bytes());
        same.then_some(consent.redirect_uri)
    }
}

/// 256 bits, in hexadecimal.
fn unguessable() -> Result<String> {
    let mut bytes = [0; 32];
    let random = rustls::crypto::ring::default_provider().secure_random;
    random
        .fill(&mut bytes)
        .map_err(|_| Error::Internal("the system gives no random numbers".to_owned()))?;
    // The hash of random bytes is as random, and comes as text.
    Ok(ContentHash::of(&bytes).as_str().to_owned())
}

/// A consent that was begun.
pub struct Begun {
    /// Where the browser goes.
    pub url: String,
    /// What the browser must show when it comes back, and nobody else may know.
    pub browser: String,
}

/// Begins: `redirect_uri` is where LinkedIn sends the browser back to.
///
/// # Errors
/// [`Refusal::Off`] when no application is configured.
pub async fn begin(context: &Context, redirect_uri: &str) -> Result<Begun> {
    let owner = may(context, Action::Create)?;
    let linkedin = &context.services.linkedin;
    if !linkedin.is_on() {
        return Err(Refusal::Off.into());
    }
    let (state, browser) = context.services.consents.begin(owner, redirect_uri).await?;
    let url = linkedin.authorize_url(&state, redirect_uri);
    let url = url.ok_or(Refusal::Off)?;
    Ok(Begun { url, browser })
}

/// What the browser brings back.
#[derive(Default)]
pub struct Answer {
    /// The consent's state.
    pub state: Option<String>,
    /// LinkedIn's code, when the person consented.
    pub code: Option<SecretString>,
    /// LinkedIn's word for why not.
    pub error: Option<String>,
    /// What the browser was given when it began.
    pub browser: Option<String>,
}

/// Finishes: reads the data and keeps it as a source; gives its id. The same data again is the source
/// that is there already. LinkedIn is asked for nothing unless the consent is one of this browser's.
///
/// # Errors
/// [`Error::Invalid`] with the message; nothing is kept then.
pub async fn finish(context: &Context, answer: Answer) -> Result<Uuid> {
    let owner = may(context, Action::Create)?;
    let services = &context.services;
    if !services.linkedin.is_on() {
        return Err(Refusal::Off.into());
    }
    let (state, browser) = answer.state.zip(answer.browser).ok_or(Refusal::State)?;
    let consent = services.consents.take(owner, &state, &browser).await;
    let redirect_uri = consent.ok_or(Refusal::State)?;
    if let Some(error) = answer.error {
        return Err(Refusal::told(&error).into());
    }
    let code = answer.code.ok_or(Refusal::Refused)?;
    let token = services.linkedin.exchange(&code, &redirect_uri).await?;
    let answers = services.linkedin.snapshot(&token).await?;
    drop(token);
    for (domain, error) in answers.missed() {
        tracing::warn!(domain, code = error.code(), "not read from LinkedIn");
    }
    let ids = add(context, vec![file(&answers)]).await;
    let ids = ids.map_err(|error| match error.code() {
        // Rows there were, but none with words in them.
        "export_empty" => LinkedInError::Empty.into(),
        _ => error,
    })?;
    ids.first().copied().ok_or(Error::NotFound)
}

/// The answers as a file that was given.
pub fn file(answers: &Answers) -> UploadedFile {
    UploadedFile {
        name: format!("LinkedIn ({})", Utc::now().format("%Y-%m-%d")),
        bytes: answers.document(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACK: &str = "http://127.0.0.1:3000/evidence/linkedin/callback";

    #[tokio::test]
    async fn a_consent_is_for_one_use_one_person_and_one_browser() {
        let consents = Consents::default();
        let (me, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let (state, browser) = consents.begin(me, BACK).await.unwrap();
        assert_eq!((state.len(), browser.len()), (64, 64));
        assert_ne!(state, browser);
        assert_eq!(consents.take(me, "guess", &browser).await, None);
        let taken = consents.take(me, &state, &browser).await;
        assert_eq!(taken.as_deref(), Some(BACK));
        assert_eq!(consents.take(me, &state, &browser).await, None, "used");

        let (state, browser) = consents.begin(me, BACK).await.unwrap();
        assert_eq!(consents.take(other, &state, &browser).await, None);
        let (state, _) = consents.begin(me, BACK).await.unwrap();
        assert_eq!(consents.take(me, &state, "another browser").await, None);
        assert_eq!(consents.take(me, &state, &browser).await, None, "spent");
    }

    #[tokio::test]
    async fn a_consent_that_took_too_long_is_none() {
        let consents = Consents::lasting(Duration::ZERO);
        let me = Uuid::from_u128(1);
        let (state, browser) = consents.begin(me, BACK).await.unwrap();
        assert_eq!(consents.take(me, &state, &browser).await, None);
    }

    #[test]
    fn linkedin_s_words_for_no_have_their_meaning() {
        for (error, expected) in [
            ("user_cancelled_login", Refusal::Cancelled),
            ("user_cancelled_authorize", Refusal::Cancelled),
            ("access_denied", Refusal::Cancelled),
            ("unauthorized_scope_error", Refusal::Scope),
            ("invalid_scope", Refusal::Scope),
            ("server_error", Refusal::Refused),
            ("<script>", Refusal::Refused),
        ] {
            assert_eq!(Refusal::told(error), expected, "{error}");
        }
    }
}
