//! Why LinkedIn's interface gave no data, each with what a person can do about it.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;
use thiserror::Error;

/// A limit that is over by then is worth waiting for; a longer one is the day's.
const SOON: Duration = Duration::from_hours(1);

/// Why nothing was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, strum::EnumIter)]
pub enum LinkedInError {
    /// LinkedIn does not know the application, or not by this secret or address.
    #[error("LinkedIn does not know this application")]
    Client,
    /// The code of a consent is too old, was used, or belongs to another application.
    #[error("the consent is too old or was used before")]
    Code,
    /// The token is expired, withdrawn or none.
    #[error("the access token is expired or withdrawn")]
    Expired,
    /// The member is not one whom LinkedIn gives this, or the application lacks the permission.
    #[error("LinkedIn does not give this member's data to this application")]
    NotCovered,
    /// LinkedIn no longer answers to the version that is asked for.
    #[error("LinkedIn no longer offers this version of its interface")]
    Version,
    /// The limit for requests is used up, until then where LinkedIn says it.
    #[error("LinkedIn's limit for requests is used up")]
    Limited(Option<Duration>),
    /// It does not answer, breaks off, or says that it is in trouble itself.
    #[error("LinkedIn could not be reached")]
    Offline,
    /// It answers with something else than it should.
    #[error("LinkedIn answered with something unexpected")]
    Malformed,
    /// It answers with more than is taken.
    #[error("LinkedIn answered with too much")]
    TooLarge,
    /// There is no data, or LinkedIn has not gathered it yet.
    #[error("LinkedIn has no data of this member yet")]
    Empty,
}

impl LinkedInError {
    /// The message's key.
    pub fn code(self) -> &'static str {
        match self {
            Self::Client => "linkedin_client",
            Self::Code => "linkedin_code",
            Self::Expired => "linkedin_expired",
            Self::NotCovered => "linkedin_not_covered",
            Self::Version => "linkedin_version",
            Self::Limited(Some(wait)) if wait <= SOON => "linkedin_limited",
            Self::Limited(_) => "linkedin_limited_today",
            Self::Offline => "linkedin_offline",
            Self::Malformed => "linkedin_malformed",
            Self::TooLarge => "linkedin_too_large",
            Self::Empty => "linkedin_empty",
        }
    }

    /// Whether asking for anything else would be answered the same way.
    pub(super) fn ends_all(self) -> bool {
        matches!(
            self,
            Self::Expired | Self::NotCovered | Self::Version | Self::Limited(_)
        )
    }
}

/// What went wrong with one request, and after what pause it is worth asking once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) error: LinkedInError,
    pub(super) again_after: Option<Duration>,
}

impl Trouble {
    pub(super) fn lasting(error: LinkedInError) -> Self {
        Self {
            error,
            again_after: None,
        }
    }

    /// Whoever did not answer in time, or at all, will not do so at once.
    pub(super) fn of_transport(error: &reqwest::Error) -> Self {
        let broke_off = !error.is_timeout() && !error.is_connect();
        Self {
            error: LinkedInError::Offline,
            again_after: broke_off.then_some(Duration::ZERO),
        }
    }
}

/// What an answer that is no success means. The body is
/// `{"status", "serviceErrorCode", "code", "message"}`, of which any may be missing.
pub(super) fn meaning(status: StatusCode, wait: Option<Duration>, body: &[u8]) -> Trouble {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let word = |key: &str| {
        let word = body.get(key).and_then(Value::as_str).unwrap_or_default();
        word.to_ascii_lowercase()
    };
    let (code, message) = (word("code"), word("message"));
    let limited = Trouble {
        error: LinkedInError::Limited(wait),
        again_after: wait,
    };
    match status {
        StatusCode::TOO_MANY_REQUESTS => limited,
        // Older parts of the interface tell of a limit this way.
        StatusCode::FORBIDDEN if message.contains("throttle") => limited,
        StatusCode::UNAUTHORIZED => Trouble::lasting(LinkedInError::Expired),
        StatusCode::FORBIDDEN => Trouble::lasting(LinkedInError::NotCovered),
        StatusCode::UPGRADE_REQUIRED => Trouble::lasting(LinkedInError::Version),
        StatusCode::BAD_REQUEST if code.contains("version") => {
            Trouble::lasting(LinkedInError::Version)
        }
        StatusCode::NOT_FOUND if message.contains("no data found") => {
            Trouble::lasting(LinkedInError::Empty)
        }
        status if status.is_server_error() => Trouble {
            error: LinkedInError::Offline,
            again_after: Some(wait.unwrap_or_default()),
        },
        _ => Trouble::lasting(LinkedInError::Malformed),
    }
}

/// What the token endpoint's refusal means (RFC 6749, 5.2).
pub(super) fn refusal_of_code(
    status: StatusCode,
    wait: Option<Duration>,
    body: &[u8],
) -> LinkedInError {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    match body.get("error").and_then(Value::as_str) {
        Some(
            "invalid_client" | "invalid_client_id" | "unauthorized_client" | "invalid_redirect_uri",
        ) => LinkedInError::Client,
        Some("invalid_request" | "invalid_grant" | "access_denied") => LinkedInError::Code,
        _ => match meaning(status, wait, b"").error {
            LinkedInError::Expired | LinkedInError::NotCovered => LinkedInError::Client,
            other => other,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_says_whether_it_is_worth_waiting_for() {
        let code = |seconds| LinkedInError::Limited(Some(Duration::from_secs(seconds))).code();
        assert_eq!(code(60), "linkedin_limited");
        assert_eq!(code(40_000), "linkedin_limited_today");
        assert_eq!(
            LinkedInError::Limited(None).code(),
            "linkedin_limited_today"
        );
    }

    #[test]
    fn every_documented_error_body_has_its_meaning() {
        let lasting = |error| (error, None);
        for (status, body, expected) in [
            (
                401,
                r#"{"status":401,"serviceErrorCode":65600,"code":"INVALID_ACCESS_TOKEN","message":"Invalid access token"}"#,
                lasting(LinkedInError::Expired),
            ),
            (
                401,
                r#"{"status":401,"serviceErrorCode":65601,"code":"REVOKED_ACCESS_TOKEN","message":"The token used in the request has been revoked by the user"}"#,
                lasting(LinkedInError::Expired),
            ),
            (
                401,
                r#"{"message":"Empty oauth2_access_token","serviceErrorCode":401,"status":401}"#,
                lasting(LinkedInError::Expired),
            ),
            (
                403,
                r#"{"status":403,"serviceErrorCode":100,"code":"ACCESS_DENIED","message":"Not enough permissions to access: memberSnapshotData.FINDER-criteria.20231201"}"#,
                lasting(LinkedInError::NotCovered),
            ),
            (
                403,
                r#"{"status":403,"serviceErrorCode":0,"message":"Throttle limit for calls to this resource is reached."}"#,
                lasting(LinkedInError::Limited(None)),
            ),
            (
                426,
                r#"{"status":426,"code":"NONEXISTENT_VERSION","message":"Requested version 20990101 is not active"}"#,
                lasting(LinkedInError::Version),
            ),
            (
                400,
                r#"{"status":400,"code":"VERSION_MISSING","message":"A version must be present."}"#,
                lasting(LinkedInError::Version),
            ),
            (
                400,
                r#"{"status":400,"message":"EVENTS domain is not supported"}"#,
                lasting(LinkedInError::Malformed),
            ),
            (
                404,
                r#"{"message":"No data found for this domain and memberId.","status":404}"#,
                lasting(LinkedInError::Empty),
            ),
            (
                404,
                "<html>Not here</html>",
                lasting(LinkedInError::Malformed),
            ),
            (
                503,
                "<html>Sorry</html>",
                (LinkedInError::Offline, Some(Duration::ZERO)),
            ),
            (304, "", lasting(LinkedInError::Malformed)),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            let found = meaning(status, None, body.as_bytes());
            assert_eq!((found.error, found.again_after), expected, "{body}");
        }
    }
}
