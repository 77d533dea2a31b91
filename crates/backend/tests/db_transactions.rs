//! Connections never come back from the pool inside somebody else's transaction.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::time::Duration;

use backend::db;
use support::fresh_options;

#[tokio::test]
async fn j18_cancelling_begin_at_any_moment_poisons_no_connection() {
    let pool = db::open(fresh_options().await, 2);
    for round in 0..2_000_u64 {
        let pool_of_round = pool.clone();
        let doomed = async move {
            let mut transaction = pool_of_round.begin().await?;
            sqlx::query("select 1 / 1")
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await
        };
        // Cut at ever other moments: before, inside and behind `begin`.
        let cut = Duration::from_micros(round % 400);
        let _cut_or_not = tokio::time::timeout(cut, doomed).await;
        let failing = sqlx::query("select 1 / 0").execute(&pool).await;
        let code = failing
            .unwrap_err()
            .into_database_error()
            .unwrap()
            .code()
            .unwrap()
            .into_owned();
        assert_eq!(code, "22012", "round {round}: not the division but {code}");
        let one: i32 = sqlx::query_scalar("select 1")
            .fetch_one(&pool)
            .await
            .unwrap();
        assert_eq!(one, 1);
    }
    let idle = "select count(*) from pg_stat_activity
                where datname = current_database() and state like 'idle in transaction%'";
    let left: i64 = sqlx::query_scalar(idle).fetch_one(&pool).await.unwrap();
    assert_eq!(left, 0, "connections wait inside an open transaction");
}

#[tokio::test]
async fn work_goes_on_to_its_end_when_the_caller_goes_away() {
    let pool = db::open(fresh_options().await, 2);
    sqlx::query("create table witness (id int)")
        .execute(&pool)
        .await
        .unwrap();
    let (pool_of_work, began) = (
        pool.clone(),
        std::sync::Arc::new(tokio::sync::Notify::new()),
    );
    let told = began.clone();
    let work = db::uncancelled(async move {
        let mut transaction = pool_of_work.begin().await?;
        told.notify_one();
        sqlx::query("select pg_sleep(0.2)")
            .execute(&mut *transaction)
            .await?;
        sqlx::query("insert into witness values (1)")
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    });
    // The caller leaves as soon as the work is inside its transaction.
    tokio::select! {
        _ = work => panic!("the caller was to leave first"),
        () = began.notified() => {}
    }
    let count = "select count(*) from witness";
    loop {
        let rows: i64 = sqlx::query_scalar(count).fetch_one(&pool).await.unwrap();
        if rows == 1 {
            break;
        }
        tokio::task::yield_now().await;
    }
}
