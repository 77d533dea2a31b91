//! `serve`, `worker` and `migrate`: the services put together, started and ended in order.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use backend::attempt::Attempts;
use backend::cache::{Cache, Distant};
use backend::cluster::Cluster;
use backend::config::Config;
use backend::desk::{Desk, Desks};
use backend::evidence::linkedin::Consents;
use backend::jobs::Workers;
use backend::ports::clock::SystemClock;
use backend::ports::fetch::Fetcher;
use backend::ports::github::GitHub;
use backend::ports::linkedin::{self, LinkedIn};
use backend::ports::models::Models;
use backend::ports::press::Press;
use backend::ports::reader::Reader;
use backend::readings::Readings;
use backend::run::Changes;
use backend::templates::Pictures;
use backend::vault::Vault;
use backend::{Services, db};
use metrics_exporter_prometheus::PrometheusBuilder;
use secrecy::ExposeSecret;
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use typeset::Catalog;

use super::{Failure, ServeArgs, say};
use crate::http::{self, Hosts, Web};

/// Time for stages under way when the program ends; what is not through by then is taken up again
/// at the next start.
const GRACE: Duration = Duration::from_secs(20);

/// Serves the app until the program is told to end.
pub fn serve(mut config: Config, arguments: ServeArgs) -> Result<(), Failure> {
    if let Some(listen) = arguments.listen {
        config.listen = listen;
    }
    let exposed = !config.listen.ip().is_loopback();
    if exposed && !arguments.anyone_who_reaches_it_may_read_everything {
        return Err(Failure::arguments(format!(
            "{} is not a loopback address and there are no accounts yet: add \
             --anyone-who-reaches-it-may-read-everything if that is what you want, or listen on 127.0.0.1.",
            config.listen
        )));
    }
    runtime()?.block_on(async {
        // Bound first: a port that is taken is told before anything else is started.
        let listener = TcpListener::bind(config.listen)
            .await
            .map_err(|error| port_trouble(config.listen, &error))?;
        let listen = listener.local_addr().unwrap_or(config.listen);
        let database = Database::open(&config).await?;
        let (services, person) = services(&config, &database).await?;
        let workers = if arguments.no_worker { None } else { Some(start_workers(&services, &config).await?) };
        let ending = CancellationToken::new();
        let web = Web::new(services.clone(), person, &config, ending.clone());
        let router = http::router(web, Hosts::new(listen, &config.hosts));
        if exposed {
            tracing::warn!(%listen, "everyone who reaches this address reads and changes everything");
        }
        tracing::info!(%listen, "serving");
        say(&format!("LLMployable serves on http://{listen}"));
        let stop = async {
            told_to_end().await;
            ending.cancel();
        };
        http::serve(listener, router, stop).await;
        tracing::info!("ending");
        if let Some(workers) = workers {
            workers.stop(GRACE).await;
        }
        database.close(services.pool).await;
        Ok(())
    })
}

/// Works on runs until the program is told to end.
pub fn worker(config: Config) -> Result<(), Failure> {
    runtime()?.block_on(async {
        let database = Database::open(&config).await?;
        let (services, _) = services(&config, &database).await?;
        let workers = start_workers(&services, &config).await?;
        tracing::info!("working");
        say("LLMployable works on runs");
        told_to_end().await;
        workers.stop(GRACE).await;
        database.close(services.pool).await;
        Ok(())
    })
}

/// Brings the database up to this version.
pub fn migrate(config: Config) -> Result<(), Failure> {
    runtime()?.block_on(async {
        let database = Database::open(&config).await?;
        let pool = db::open(database.options.clone(), 2);
        let migrated = migrated(&pool).await;
        database.close(pool).await;
        migrated?;
        say("The database is up to date.");
        Ok(())
    })
}

/// Makes every kept answer a stranger, for everybody and on every server.
pub fn forget_answers(config: Config) -> Result<(), Failure> {
    runtime()?.block_on(async {
        let database = Database::open(&config).await?;
        let pool = db::open(database.options.clone(), 2);
        let forgotten = async {
            migrated(&pool).await?;
            db::ledger::forget(&pool, None)
                .await
                .map_err(database_trouble)
        };
        let forgotten = forgotten.await;
        database.close(pool).await;
        forgotten?;
        say("Kept answers are forgotten; the next runs ask anew.");
        Ok(())
    })
}

struct Database {
    options: PgConnectOptions,
    cluster: Option<Cluster>,
}

impl Database {
    async fn open(config: &Config) -> Result<Self, Failure> {
        if let Some(url) = &config.database_url {
            let options = PgConnectOptions::from_str(url.expose_secret()).map_err(|_| {
                Failure::arguments("database_url cannot be read; it must be like postgres://user:password@host/database.")
            })?;
            return Ok(Self {
                options,
                cluster: None,
            });
        }
        let folder = config.data_dir.clone();
        let cluster = tokio::task::spawn_blocking(move || Cluster::start(&folder))
            .await
            .map_err(|_| Failure::other("Starting Postgres was interrupted; try again."))?
            .map_err(|error| Failure::other(error.to_string()))?;
        cluster
            .prepare()
            .await
            .map_err(|error| Failure::other(error.to_string()))?;
        tracing::info!(folder = %cluster.data().display(), "private Postgres is up");
        Ok(Self {
            options: cluster.options(),
            cluster: Some(cluster),
        })
    }

    async fn close(self, pool: PgPool) {
        pool.close().await;
        let Some(cluster) = self.cluster else { return };
        let stopped = tokio::task::spawn_blocking(move || cluster.stop()).await;
        if let Ok(Err(error)) = stopped {
            tracing::warn!(%error, "the private Postgres did not stop");
        }
    }
}

async fn services(config: &Config, database: &Database) -> Result<(Services, uuid::Uuid), Failure> {
    let pool = db::open(database.options.clone(), config.database_connections);
    migrated(&pool).await?;
    let person = db::people::local(&pool).await.map_err(database_trouble)?;
    if let Some(address) = config.metrics_listen {
        let exporter = PrometheusBuilder::new().with_http_listener(address);
        exporter.install().map_err(|_| {
            Failure::arguments(format!("metrics_listen: {address} cannot be listened on."))
        })?;
    }
    let press = Press::new(config.workers.min(2) as usize).map_err(|error| {
        Failure::other(format!(
            "The program that makes pages is not to be found: {error}."
        ))
    })?;
    let reader = Reader::new(config.workers.min(2) as usize).map_err(|error| {
        Failure::other(format!(
            "The program that reads files is not to be found: {error}."
        ))
    })?;
    let github = GitHub::new(&config.github_api, config.github_token.clone())
        .map_err(|_| Failure::other("The HTTP client could not be made; reinstall llmployable."))?;
    let linkedin = LinkedIn::new(config.linkedin.clone(), linkedin::Limits::default())
        .map_err(|_| Failure::other("The HTTP client could not be made; reinstall llmployable."))?;
    let models = Models::new()
        .map_err(|_| Failure::other("The HTTP client could not be made; reinstall llmployable."))?;
    let vault = Vault::with_keys(config.seal_key_file.clone());
    let distant = match &config.redis_url {
        Some(url) => Some(
            Distant::open(url, vault.clone(), Arc::new(SystemClock))
                .map_err(|error| Failure::arguments(format!("{error}.")))?,
        ),
        None => None,
    };
    let model = models.open(config.model.as_ref());
    let desk = Desk::new(
        model,
        Cache::new(distant),
        Some(pool.clone()),
        config.budget,
    );
    let mut desks = Desks::new(desk);
    if let Some(personal) = config.personal.clone() {
        desks = desks.with_personal(personal, models, vault.clone(), pool.clone());
    }
    let services = Services {
        changes: Changes::listen(&pool).await.map_err(database_trouble)?,
        pool,
        vault,
        press: Arc::new(press),
        templates: Arc::new(templates(config)),
        pictures: Pictures::default(),
        reader: Arc::new(reader),
        readings: Readings::default(),
        fetcher: Arc::new(Fetcher::new(config.fetch_private)),
        github: Arc::new(github),
        linkedin: Arc::new(linkedin),
        consents: Consents::default(),
        attempts: Attempts::default(),
        desks,
        run_limit: config.run_limit,
    };
    Ok((services, person))
}

/// Our templates, and those of the data folder that can be used.
fn templates(config: &Config) -> Catalog {
    let mut catalog = Catalog::built_in();
    let folder = config.data_dir.join("templates");
    if folder.is_dir() {
        match backend::templates::add_folder(&mut catalog, &folder) {
            Ok(added) => {
                for problem in added.problems {
                    tracing::warn!(problem, "a template was left out");
                }
            }
            Err(error) => tracing::warn!(%error, "the folder with templates cannot be read"),
        }
    }
    catalog
}

async fn start_workers(services: &Services, config: &Config) -> Result<Workers, Failure> {
    Workers::start(services.clone(), config.workers)
        .await
        .map_err(database_trouble)
}

async fn migrated(pool: &PgPool) -> Result<(), Failure> {
    db::migrate(pool).await.map_err(|error| {
        Failure::other(format!(
            "The database could not be brought up to date: {error}."
        ))
    })
}

fn database_trouble(error: db::DbError) -> Failure {
    Failure::other(format!(
        "The database cannot be used: {error}; check DATABASE_URL or the log."
    ))
}

fn port_trouble(listen: SocketAddr, error: &std::io::Error) -> Failure {
    match error.kind() {
        ErrorKind::AddrInUse => Failure::other(format!(
            "Port {} is taken; end the other program or choose another with --listen 127.0.0.1:PORT.",
            listen.port()
        )),
        kind => Failure::other(format!("{listen} cannot be listened on: {kind}.")),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    // One TLS provider for all clients; set before the first of them is made.
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::other(format!("The program could not start: {error}.")))
}

/// Returns at the first SIGINT or SIGTERM; the second ends the program at once.
async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::terminate()),
    ) else {
        tracing::error!("signals cannot be received; end the program with SIGKILL");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        std::process::exit(130);
    });
}
