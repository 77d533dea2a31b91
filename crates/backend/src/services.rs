//! What use cases work with, and who asks.

use std::sync::Arc;
use std::time::Duration;

use career::Actor;
use sqlx::PgPool;
use typeset::Catalog;
use uuid::Uuid;

use crate::attempt::Attempts;
use crate::desk::Desks;
use crate::evidence::linkedin::Consents;
use crate::ports::fetch::Fetcher;
use crate::ports::github::GitHub;
use crate::ports::linkedin::LinkedIn;
use crate::ports::press::Press;
use crate::ports::reader::Reader;
use crate::readings::Readings;
use crate::run::Changes;
use crate::templates::Pictures;
use crate::vault::Vault;

/// Everything a use case or a job may need. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// The database.
    pub pool: PgPool,
    /// The door of personal data.
    pub vault: Vault,
    /// Compiles pages, in a child process.
    pub press: Arc<Press>,
    /// The templates there are.
    pub templates: Arc<Catalog>,
    /// Small pictures of them.
    pub pictures: Pictures,
    /// Reads files, in a child process.
    pub reader: Arc<Reader>,
    /// What sources say.
    pub readings: Readings,
    /// Fetches postings.
    pub fetcher: Arc<Fetcher>,
    /// Reads GitHub accounts.
    pub github: Arc<GitHub>,
    /// Reads members' own data from LinkedIn.
    pub linkedin: Arc<LinkedIn>,
    /// Consents to that which are under way.
    pub consents: Consents,
    /// Tells which runs changed.
    pub changes: Changes,
    /// Forms that were refused, so that nothing typed is lost.
    pub attempts: Attempts,
    /// Where language models are asked, if there is one for whoever asks.
    pub desks: Desks,
    /// How long a run may take.
    pub run_limit: Duration,
}

/// Who asks, with what, under which request id.
#[derive(Clone)]
pub struct Context {
    /// The services.
    pub services: Services,
    /// Who.
    pub actor: Actor,
    /// The request, as in the log and the response header.
    pub request_id: String,
}

impl Context {
    /// The person who asks.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when it is not a person: nothing is anybody's then.
    pub fn person(&self) -> crate::Result<Uuid> {
        self.actor.person().ok_or(crate::Error::NotFound)
    }
}
