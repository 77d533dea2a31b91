//! A private Postgres for one test program, and a fresh migrated database for each test.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use backend::cluster::Cluster;
use backend::db;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Executor, PgPool};
use tokio::sync::OnceCell;

/// The cluster of this test program and the database others are copied from.
struct Server {
    cluster: Cluster,
    _janitor: Janitor,
}

static SERVER: OnceCell<Server> = OnceCell::const_new();
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A short path that another user can reach, made anew.
pub fn fresh_folder(name: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("ll-{name}-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// Whoever clears up behind a test, and the pipe whose end tells it to begin.
pub struct Janitor {
    _child: Child,
}

/// Stops the cluster and clears its folder when this program ends, however it ends: the janitor
/// waits for the end of its standard input, which only we hold open.
pub fn janitor(folder: &Path) -> Janitor {
    let script = "cat >/dev/null; pid=$(head -n 1 \"$0/postgres/data/postmaster.pid\" 2>/dev/null); \
                  [ -n \"$pid\" ] && kill -QUIT \"$pid\"; \
                  while [ -n \"$pid\" ] && kill -0 \"$pid\" 2>/dev/null; do :; done; rm -rf \"$0\"";
    let child = Command::new("sh")
        .args(["-c", script])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    Janitor { _child: child }
}

async fn server() -> &'static Server {
    SERVER
        .get_or_init(|| async {
            let folder = fresh_folder("pg");
            let janitor = janitor(&folder);
            let cluster = tokio::task::spawn_blocking(move || Cluster::start(&folder))
                .await
                .unwrap()
                .expect("tests need Postgres: cargo xtask test installs it");
            cluster.prepare().await.unwrap();
            // Migrated once; each test gets a copy.
            let pool = db::open(cluster.options(), 2);
            db::migrate(&pool).await.unwrap();
            pool.close().await;
            Server {
                cluster,
                _janitor: janitor,
            }
        })
        .await
}

/// Options of a fresh database with the whole schema.
pub async fn fresh_options() -> PgConnectOptions {
    let server = server().await;
    let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let mut admin = server
        .cluster
        .options()
        .database("postgres")
        .connect()
        .await
        .unwrap();
    let create = format!("create database {name} template llmployable");
    admin.execute(create.as_str()).await.unwrap();
    server.cluster.options().database(&name)
}

/// Options of a fresh database without any schema.
pub async fn empty_options() -> PgConnectOptions {
    let server = server().await;
    let name = format!("empty_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let mut admin = server
        .cluster
        .options()
        .database("postgres")
        .connect()
        .await
        .unwrap();
    admin
        .execute(format!("create database {name}").as_str())
        .await
        .unwrap();
    server.cluster.options().database(&name)
}

/// A pool on a fresh database, opened as the program opens it.
pub async fn fresh_pool() -> PgPool {
    db::open(fresh_options().await, 4)
}
