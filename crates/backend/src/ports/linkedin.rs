//! LinkedIn's member data portability interface: a member's consent (OAuth 2.0, authorization code)
//! and the data that LinkedIn must hand to members in the EEA and Switzerland (`memberSnapshotData`).
//!
//! A token lives as long as one walk through the data: it is in no field, no log and no address.

mod answers;
mod error;
mod walk;

use std::time::Duration;

use chrono::Utc;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

pub use answers::Answers;
pub use error::LinkedInError;

use self::walk::Walk;
use super::body;

/// The domains that a résumé can use, the one that tells whether a token is any good first. The others
/// (messages, contacts, advertising, purchases …) are never asked for.
pub const DOMAINS: [&str; 19] = [
    "PROFILE",
    "PROFILE_SUMMARY",
    "POSITIONS",
    "EDUCATION",
    "SKILLS",
    "ENDORSEMENTS",
    "RECOMMENDATIONS",
    "PROJECTS",
    "CERTIFICATIONS",
    "LANGUAGES",
    "HONORS",
    "PUBLICATIONS",
    "PATENTS",
    "VOLUNTEERING_EXPERIENCES",
    "ORGANIZATIONS",
    "COURSES",
    "TEST_SCORES",
    "EMAIL_ADDRESSES",
    "PHONE_NUMBERS",
];

/// Bytes of the token endpoint's answer at most.
const MAX_TOKEN_ANSWER: usize = 64 * 1024;

/// Where LinkedIn is and as which application it is asked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address of its interface.
    pub api: String,
    /// The address of its OAuth endpoints.
    pub oauth: String,
    /// The application's name for itself; nobody can consent without one.
    pub client: Option<Client>,
    /// The permission that is asked for.
    pub scope: String,
}

/// An application that is registered with LinkedIn.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: SecretString,
}

/// How much is taken and how long it may take. A browser waits for the whole.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Time for one request.
    pub request: Duration,
    /// Time for all of them.
    pub whole: Duration,
    /// A pause that is waited for when LinkedIn asks for it.
    pub wait: Duration,
    /// Pages of one domain.
    pub pages: u32,
    /// Bytes of one page.
    pub page_bytes: usize,
    /// Bytes of all of them.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            request: Duration::from_secs(8),
            whole: Duration::from_secs(16),
            wait: Duration::from_secs(5),
            pages: 50,
            page_bytes: 8 * 1024 * 1024,
            bytes: 16 * 1024 * 1024,
        }
    }
}

/// The client.
#[derive(Debug)]
pub struct LinkedIn {
    settings: Settings,
    limits: Limits,
    client: reqwest::Client,
}

#[derive(Deserialize)]
struct Token {
    access_token: SecretString,
}

impl LinkedIn {
    /// A client of LinkedIn at those addresses. It follows no redirect: nothing of what it sends is
    /// for anybody else.
    ///
    /// # Errors
    /// When the HTTP client cannot be made (no TLS provider).
    pub fn new(settings: Settings, limits: Limits) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .connect_timeout(limits.request.min(Duration::from_secs(4)))
            .timeout(limits.request)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("llmployable/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self {
            settings,
            limits,
            client,
        })
    }

    /// Whether members can consent here: an application is configured.
    pub fn is_on(&self) -> bool {
        self.settings.client.is_some()
    }

    /// Where members consent, scheme and host only: what a page's form may lead to.
    pub fn consents_at(&self) -> Option<String> {
        self.settings.client.as_ref()?;
        let origin = Url::parse(&self.settings.oauth).ok()?.origin();
        Some(origin.ascii_serialization())
    }

    /// Where a browser is sent to consent; `None` when no application is configured.
    pub fn authorize_url(&self, state: &str, redirect_uri: &str) -> Option<String> {
        let client = self.settings.client.as_ref()?;
        let mut url = Url::parse(&format!("{}/authorization", self.settings.oauth)).ok()?;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &client.id)
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("state", state)
            .append_pair("scope", &self.settings.scope);
        Some(url.into())
    }

    /// Exchanges the code of a consent for a token.
    ///
    /// # Errors
    /// One of [`LinkedInError`].
    pub async fn exchange(
        &self,
        code: &SecretString,
        redirect_uri: &str,
    ) -> Result<SecretString, LinkedInError> {
        let client = self.settings.client.as_ref().ok_or(LinkedInError::Client)?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.expose_secret()),
            ("redirect_uri", redirect_uri),
            ("client_id", client.id.as_str()),
            ("client_secret", client.secret.expose_secret()),
        ];
        // A code is good for one use: it is not tried again.
        let url = format!("{}/accessToken", self.settings.oauth);
        let answer = self.client.post(url).form(&form).send().await;
        let answer = answer.map_err(|_| LinkedInError::Offline)?;
        let status = answer.status();
        let wait = walk::retry_after(answer.headers(), Utc::now());
        let bytes = body::read(answer, MAX_TOKEN_ANSWER, MAX_TOKEN_ANSWER).await;
        if !status.is_success() {
            let bytes = bytes.unwrap_or_default();
            return Err(error::refusal_of_code(status, wait, &bytes));
        }
        let bytes = bytes.map_err(|_| LinkedInError::Offline)?;
        let token: Token = serde_json::from_slice(&bytes).map_err(|_| LinkedInError::Malformed)?;
        checked_token(token.access_token.expose_secret()).ok_or(LinkedInError::Malformed)
    }

    /// Reads all of a member's data that a résumé can use. What cannot be read is told in the answers;
    /// the rest stays.
    ///
    /// # Errors
    /// One of [`LinkedInError`] when nothing at all was read.
    pub async fn snapshot(&self, token: &SecretString) -> Result<Answers, LinkedInError> {
        Walk::new(self, token).all().await
    }
}

/// A token out of text somebody gave; `None` when it cannot be one (RFC 6750, 2.1).
pub fn checked_token(text: &str) -> Option<SecretString> {
    let token = text.trim();
    let fits =
        (1..=4_096).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| SecretString::from(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linkedin(client: Option<Client>) -> LinkedIn {
        let _already_set = rustls::crypto::ring::default_provider().install_default();
        let settings = Settings {
            api: "https://api.example".to_owned(),
            oauth: "https://www.example/oauth/v2".to_owned(),
            client,
            scope: "r_dma_portability_self_serve".to_owned(),
        };
        LinkedIn::new(settings, Limits::default()).unwrap()
    }

    #[test]
    fn consent_is_asked_for_with_everything_escaped_and_no_secret() {
        let client = Client {
            id: "a&b".to_owned(),
            secret: SecretString::from("hunter2"),
        };
        let linkedin = linkedin(Some(client));
        let url = linkedin.authorize_url("s t", "http://127.0.0.1:3000/evidence/linkedin/callback");
        assert_eq!(
            url.as_deref(),
            Some(
                "https://www.example/oauth/v2/authorization?response_type=code&client_id=a%26b\
                 &redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fevidence%2Flinkedin%2Fcallback\
                 &state=s+t&scope=r_dma_portability_self_serve"
            )
        );
        assert_eq!(
            linkedin.consents_at().as_deref(),
            Some("https://www.example")
        );
        assert!(!format!("{linkedin:?}").contains("hunter2"));
    }

    #[test]
    fn without_an_application_nobody_can_consent() {
        let linkedin = linkedin(None);
        assert!(!linkedin.is_on());
        assert_eq!(linkedin.authorize_url("s", "http://x"), None);
        assert_eq!(linkedin.consents_at(), None);
    }

    #[test]
    fn only_what_can_stand_in_a_header_is_a_token() {
        assert!(checked_token(" AQX-1_~+/=\n").is_some());
        for none in [
            "",
            " \n",
            "two words",
            "smörgås",
            "a\nb",
            &"x".repeat(4_097),
        ] {
            assert!(checked_token(none).is_none(), "{none:?}");
        }
    }
}
