//! Migrations: each upgrades a filled database, several starters get along, a second start changes
//! nothing.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::path::Path;

use backend::db;
use sqlx::migrate::Migrator;
use sqlx::{Executor, PgPool};
use support::empty_options;

/// Fills the tables as they stand after one migration; a file for every migration.
fn filling(version: i64) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fill/{version:04}.sql"));
    std::fs::read_to_string(&path)
        .unwrap_or_else(|_| panic!("{} must fill what migration {version} made", path.display()))
}

async fn rows(pool: &PgPool, table: &str) -> i64 {
    let count = format!("select count(*) from {table}");
    sqlx::query_scalar(&count).fetch_one(pool).await.unwrap()
}

#[tokio::test]
async fn each_migration_upgrades_a_filled_database_and_loses_no_row() {
    let pool = db::open(empty_options().await, 2);
    awa::migrations::run(&pool).await.unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    let migrator = Migrator::new(folder).await.unwrap();
    for migration in migrator.iter() {
        pool.execute(&*migration.sql).await.unwrap();
        pool.execute(filling(migration.version).as_str())
            .await
            .unwrap();
    }
    for table in [
        "people",
        "sources",
        "runs",
        "run_sources",
        "run_stages",
        "run_files",
        "run_events",
    ] {
        assert!(rows(&pool, table).await > 0, "{table} lost its rows");
    }
}

#[tokio::test]
async fn two_programs_starting_at_once_migrate_once() {
    let options = empty_options().await;
    let (one, two) = (db::open(options.clone(), 2), db::open(options, 2));
    let (first, second) = tokio::join!(db::migrate(&one), db::migrate(&two));
    first.unwrap();
    second.unwrap();
    let applied: i64 = sqlx::query_scalar("select count(*) from _sqlx_migrations")
        .fetch_one(&one)
        .await
        .unwrap();
    db::migrate(&one).await.unwrap();
    let again: i64 = sqlx::query_scalar("select count(*) from _sqlx_migrations")
        .fetch_one(&one)
        .await
        .unwrap();
    assert_eq!(applied, again);
    db::ready(&two).await.unwrap();
}
