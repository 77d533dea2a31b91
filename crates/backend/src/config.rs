//! Configuration: defaults, then a file, then the environment; typed, and checked at the start
//! with all mistakes told at once and no secret among them.

mod keys;
mod model;
mod reader;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use figment::value::Dict;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use self::keys::KEYS;
use self::reader::Reader;
use crate::db::ledger::Budget;
use crate::ports::{linkedin, models};

/// What the program is used for: sets the defaults of logging and what is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// One's own machine.
    Dev,
    /// A rehearsal.
    Staging,
    /// For real.
    Prod,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

/// The whole configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// What the program is used for.
    pub purpose: Purpose,
    /// Where the private Postgres and everything else kept on disk lives.
    pub data_dir: PathBuf,
    /// The database, when it is not the private one.
    pub database_url: Option<SecretString>,
    /// Connections at most.
    pub database_connections: u32,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Where the built site (wasm, styles, static files) is.
    pub site_root: PathBuf,
    /// Host names the server answers to besides the loopback ones, `name` or `name:port`.
    pub hosts: Vec<String>,
    /// How the log is written.
    pub log_format: LogFormat,
    /// What is logged (`tracing` directives).
    pub log_filter: String,
    /// Jobs at once.
    pub workers: u32,
    /// How long a run may take.
    pub run_limit: Duration,
    /// The address of GitHub's REST API.
    pub github_api: String,
    /// A token for it.
    pub github_token: Option<SecretString>,
    /// Where LinkedIn is, and as which application it is asked.
    pub linkedin: linkedin::Settings,
    /// The language model, when there is one.
    pub model: Option<models::Settings>,
    /// How people with keys of their own are served; nobody is where it is forbidden.
    pub personal: Option<models::Personal>,
    /// The file of the keys that secrets in the database are sealed with.
    pub seal_key_file: PathBuf,
    /// What may be spent on models in a day.
    pub budget: Budget,
    /// A Redis that servers share kept answers in.
    pub redis_url: Option<SecretString>,
    /// Where figures for Prometheus are served; nowhere without it.
    pub metrics_listen: Option<SocketAddr>,
    /// Lets postings be fetched from private addresses, for tests of this program only.
    pub fetch_private: bool,
}

/// All that is wrong with the configuration.
#[derive(Debug, Error)]
#[error("the configuration has {} mistake(s):\n{}", .0.len(), .0.join("\n"))]
pub struct ConfigError(pub Vec<String>);

/// The queue tells of each of its migrations and of every pause: as much as a fault is worth.
const LOG_FILTER: &str = "info,awa=warn,awa_model=warn,awa_worker=warn";

impl Config {
    /// Reads defaults, the file and the environment (`LLMPLOYABLE_…`, `DATABASE_URL`,
    /// `GEMINI_API_KEY` and its like).
    ///
    /// # Errors
    /// Every mistake found, by name; values of secrets are never told.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let named = file
            .map(Path::to_path_buf)
            .or_else(|| std::env::var_os("LLMPLOYABLE_CONFIG").map(PathBuf::from));
        if let Some(named) = &named
            && !named.is_file()
        {
            return Err(ConfigError(vec![format!(
                "config: there is no file {}",
                named.display()
            )]));
        }
        let path = named.unwrap_or_else(|| PathBuf::from("llmployable.toml"));
        let figment = Figment::from(Serialized::default("purpose", "dev"))
            .merge(Toml::file(path))
            .merge(Env::raw().only(&["DATABASE_URL"]))
            .merge(Env::raw().only(&model::KEYS_OF_PROVIDERS))
            .merge(Env::prefixed("LLMPLOYABLE_").ignore(&["config"]));
        Self::from_figment(&figment)
    }

    fn from_figment(figment: &Figment) -> Result<Self, ConfigError> {
        let dict: Dict = figment.extract().map_err(|error| {
            ConfigError(vec![format!("the file cannot be read: {}", error.kind)])
        })?;
        let mut reader = Reader::new(dict);
        let purpose = reader.one_of(
            "purpose",
            &[
                ("dev", Purpose::Dev),
                ("staging", Purpose::Staging),
                ("prod", Purpose::Prod),
            ],
            Purpose::Dev,
        );
        let log_default = if purpose == Purpose::Dev {
            LogFormat::Pretty
        } else {
            LogFormat::Json
        };
        let data_dir = reader
            .text("data_dir")
            .map_or_else(default_data_dir, PathBuf::from);
        let limits = reader.model_limits();
        let config = Self {
            purpose,
            seal_key_file: reader
                .text("seal_key_file")
                .map_or_else(|| data_dir.join("seal.key"), PathBuf::from),
            data_dir,
            database_url: reader.database_url(),
            database_connections: reader.number("database_connections", 2, 200, 12),
            listen: reader.listen(),
            site_root: reader
                .text("site_root")
                .map_or_else(default_site_root, PathBuf::from),
            hosts: reader.list("hosts"),
            log_format: reader.one_of(
                "log_format",
                &[("pretty", LogFormat::Pretty), ("json", LogFormat::Json)],
                log_default,
            ),
            log_filter: reader
                .text("log_filter")
                .unwrap_or_else(|| LOG_FILTER.to_owned()),
            workers: reader.number("workers", 1, 64, 4),
            run_limit: Duration::from_secs(reader.number("run_limit_seconds", 10, 300, 300).into()),
            github_api: reader.github_api(),
            github_token: reader.text("github_token").map(SecretString::from),
            linkedin: reader.linkedin(),
            model: reader.model(&limits),
            personal: reader.personal(&limits),
            budget: reader.budget(),
            redis_url: reader.redis_url(),
            metrics_listen: reader.metrics_listen(),
            fetch_private: reader.one_of(
                "fetch_private",
                &[("true", true), ("false", false)],
                false,
            ),
        };
        let stand_in = |personal: &models::Personal| personal.stand_in.is_some();
        for (set, name) in [
            (config.fetch_private, "fetch_private"),
            (
                config.personal.as_ref().is_some_and(stand_in),
                "model_personal_stand_in",
            ),
        ] {
            if set && purpose == Purpose::Prod {
                reader
                    .mistakes
                    .push(format!("{name}: must not be set in prod"));
            }
        }
        reader.unknown();
        if reader.mistakes.is_empty() {
            Ok(config)
        } else {
            Err(ConfigError(reader.mistakes))
        }
    }
}

fn default_data_dir() -> PathBuf {
    let home = || std::env::var_os("HOME").map(PathBuf::from);
    let base = std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| home().map(|home| home.join(".local/share")))
        .unwrap_or_else(std::env::temp_dir);
    base.join("llmployable")
}

fn default_site_root() -> PathBuf {
    std::env::var_os("LEPTOS_SITE_ROOT").map_or_else(|| "target/site".into(), PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(toml: &str) -> Result<Config, ConfigError> {
        Config::from_figment(&Figment::from(Toml::string(toml)))
    }

    #[test]
    fn nothing_given_listens_on_loopback_only() {
        let config = read("").unwrap();
        assert!(config.listen.ip().is_loopback());
        assert!(!config.fetch_private);
    }

    #[test]
    fn all_mistakes_are_told_at_once_and_no_secret_among_them() {
        let toml =
            "listen = 'x'\nworkers = 900\ncolour = 'red'\ndatabase_url = 'mysql://u:hunter2@h'";
        let error = read(toml).unwrap_err().to_string();
        for name in ["listen", "workers", "colour", "database_url"] {
            assert!(error.contains(name), "{name} in {error}");
        }
        assert!(!error.contains("hunter2"));
    }

    #[test]
    fn a_number_out_of_the_environment_counts_as_one_out_of_the_file() {
        let read = |workers: u64| {
            let given = Serialized::default("workers", workers);
            Config::from_figment(&Figment::from(given))
        };
        assert_eq!(read(7).unwrap().workers, 7);
        assert!(read(900).unwrap_err().to_string().contains("workers"));
    }

    #[test]
    fn a_token_is_not_sent_in_the_clear() {
        let with = |api: &str| read(&format!("github_api = '{api}'\ngithub_token = 'hunter2'"));
        assert!(with("http://127.0.0.1:9").is_ok() && with("https://git.example/api/v3").is_ok());
        let error = with("http://git.example/api/v3").unwrap_err().to_string();
        assert!(error.contains("github_api") && !error.contains("hunter2"));
        assert!(read("github_api = 'http://git.example/api/v3'").is_ok());
    }

    #[test]
    fn linkedin_is_off_until_an_application_is_named_with_its_secret() {
        assert!(read("").unwrap().linkedin.client.is_none());
        let both = "linkedin_client_id = 'app'\nlinkedin_client_secret = 'hunter2'";
        let linkedin = read(both).unwrap().linkedin;
        assert_eq!(linkedin.client.as_ref().unwrap().id, "app");
        assert_eq!(linkedin.scope, "r_dma_portability_self_serve");
        assert!(!format!("{linkedin:?}").contains("hunter2"));
        for one in [
            "linkedin_client_id = 'app'",
            "linkedin_client_secret = 'hunter2'",
        ] {
            let error = read(one).unwrap_err().to_string();
            assert!(error.contains("linkedin_client_"), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn secrets_go_over_an_open_wire_on_this_machine_only() {
        for good in [
            "https://api.linkedin.com/",
            "http://127.0.0.1:9",
            "http://localhost:9",
            "http://[::1]:9",
        ] {
            let config = read(&format!("linkedin_api = '{good}'")).unwrap();
            assert_eq!(config.linkedin.api, good.trim_end_matches('/'));
        }
        for bad in [
            "http://api.linkedin.com",
            "api.linkedin.com",
            "ftp://x.example",
            "http://localhost.example",
            "https://user@x.example",
            "https://x.example/?a=b",
        ] {
            let error = read(&format!("linkedin_oauth = '{bad}'")).unwrap_err();
            assert!(error.to_string().contains("linkedin_oauth"), "{bad}");
        }
    }

    #[test]
    fn private_addresses_are_refused_in_prod() {
        assert!(read("purpose = 'prod'\nfetch_private = true").is_err());
        assert!(read("fetch_private = true").unwrap().fetch_private);
    }
}
