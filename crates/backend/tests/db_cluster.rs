//! The private Postgres: kept between starts, shared by programs, taken over after a crash.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use backend::cluster::Cluster;
use backend::db;
use sqlx::Executor;
use support::{fresh_folder, janitor};

async fn start(folder: &std::path::Path) -> Cluster {
    let folder = folder.to_path_buf();
    let cluster = tokio::task::spawn_blocking(move || Cluster::start(&folder))
        .await
        .unwrap();
    let cluster = cluster.unwrap();
    cluster.prepare().await.unwrap();
    cluster
}

async fn reachable(cluster: &Cluster) -> bool {
    db::open(cluster.options(), 1).acquire().await.is_ok()
}

#[tokio::test]
async fn what_is_written_is_there_at_the_next_start() {
    let folder = fresh_folder("keep");
    let _janitor = janitor(&folder);
    let cluster = start(&folder).await;
    let pool = db::open(cluster.options(), 1);
    pool.execute("create table witness (id int); insert into witness values (7)")
        .await
        .unwrap();
    pool.close().await;
    cluster.stop().unwrap();
    assert!(!reachable(&cluster).await, "stopped means stopped");
    let again = start(&folder).await;
    let pool = db::open(again.options(), 1);
    let kept: i32 = sqlx::query_scalar("select id from witness")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(kept, 7);
    again.stop().unwrap();
}

#[tokio::test]
async fn the_last_program_to_leave_stops_it_and_nobody_before() {
    let folder = fresh_folder("share");
    let _janitor = janitor(&folder);
    let (one, two) = (start(&folder).await, start(&folder).await);
    one.stop().unwrap();
    assert!(reachable(&two).await, "the other program still uses it");
    two.stop().unwrap();
    assert!(!reachable(&two).await);
}

#[tokio::test]
async fn a_cluster_whose_program_is_gone_is_taken_over_and_stopped() {
    let folder = fresh_folder("crash");
    let _janitor = janitor(&folder);
    // Dropped without stopping: as after kill -9, Postgres runs on and the locks are free.
    drop(start(&folder).await);
    let next = start(&folder).await;
    assert!(reachable(&next).await);
    next.stop().unwrap();
    assert!(!reachable(&next).await);
}
