//! Runs in a real database: one run a request, one outcome a stage, one end a run.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use backend::db::runs::{self, NewRun, RunInput, RunSource, StageOutcome};
use backend::db::sources::NewSource;
use backend::db::{people, sources};
use backend::jobs::RunStage;
use backend::vault::Vault;
use career::{RunState, Stage};
use sqlx::PgPool;
use support::fresh_pool;
use uuid::Uuid;

fn new_run() -> NewRun {
    NewRun {
        request_id: Uuid::now_v7(),
        request: String::new(),
        input: RunInput {
            posting: "canary-posting".into(),
            posting_file: None,
            github: None,
            pages: 1,
            language: career::Tongue::default(),
        },
        posting_file: None,
        sources: vec![RunSource::New(NewSource {
            kind: "json_resume".into(),
            name: "canary-name.json".into(),
            bytes: b"canary-bytes".to_vec(),
            content_hash: "hash".into(),
            fact_count: 3,
        })],
        time_limit: chrono::Duration::seconds(300),
    }
}

fn job(run: Uuid, stage: Stage, attempt: i32) -> RunStage {
    RunStage {
        run,
        stage,
        attempt,
        request: String::new(),
    }
}

async fn jobs(pool: &PgPool) -> i64 {
    let count = "select count(*) from awa.jobs where kind = 'run_stage'";
    sqlx::query_scalar(count).fetch_one(pool).await.unwrap()
}

async fn made() -> (PgPool, Vault, Uuid, Uuid) {
    let (pool, vault) = (fresh_pool().await, Vault::default());
    let person = people::local(&pool).await.unwrap();
    let run = runs::create(&pool, &vault, person, &new_run())
        .await
        .unwrap();
    (pool, vault, person, run)
}

#[tokio::test]
async fn the_same_form_sent_by_many_at_once_is_one_run_with_one_job() {
    let (pool, vault) = (fresh_pool().await, Vault::default());
    let person = people::local(&pool).await.unwrap();
    let new = new_run();
    let asked = (0..20).map(|_| runs::create(&pool, &vault, person, &new));
    let ids: Vec<Uuid> = futures::future::join_all(asked)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(jobs(&pool).await, 1);
    assert_eq!(
        sources::list(&pool, &vault, person, "")
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_run_that_cannot_be_stored_leaves_no_job() {
    let (pool, vault) = (fresh_pool().await, Vault::default());
    let person = people::local(&pool).await.unwrap();
    let mut new = new_run();
    new.sources.push(RunSource::Kept(Uuid::now_v7()));
    assert!(runs::create(&pool, &vault, person, &new).await.is_err());
    assert_eq!(jobs(&pool).await, 0);
    assert!(
        runs::list(&pool, &vault, person, 10)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_stage_finishes_once_and_brings_the_next_job() {
    let (pool, vault, _, run) = made().await;
    let first = StageOutcome {
        output: b"first".to_vec(),
        ..StageOutcome::default()
    };
    let late = StageOutcome {
        output: b"late".to_vec(),
        ..StageOutcome::default()
    };
    let at = (Stage::Scrape, 1);
    assert!(
        runs::finish_stage(&pool, &vault, &job(run, at.0, at.1), &first)
            .await
            .unwrap()
    );
    assert!(
        !runs::finish_stage(&pool, &vault, &job(run, at.0, at.1), &late)
            .await
            .unwrap()
    );
    let kept = runs::output(&pool, &vault, run, Stage::Scrape)
        .await
        .unwrap();
    assert_eq!(kept.as_deref(), Some(&b"first"[..]));
    assert_eq!(jobs(&pool).await, 2);
}

#[tokio::test]
async fn a_worker_of_an_earlier_attempt_cannot_write() {
    let (pool, vault, _, run) = made().await;
    assert!(runs::cancel(&pool, run).await.unwrap());
    assert!(
        runs::retry(&pool, run, chrono::Duration::seconds(60), "")
            .await
            .unwrap()
    );
    let stale = (Stage::Scrape, 1);
    let outcome = StageOutcome::default();
    assert!(
        !runs::finish_stage(&pool, &vault, &job(run, stale.0, stale.1), &outcome)
            .await
            .unwrap()
    );
    assert!(!runs::fail(&pool, run, stale, "late").await.unwrap());
    assert!(
        runs::finish_stage(&pool, &vault, &job(run, Stage::Scrape, 2), &outcome)
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn j07_cancelling_and_finishing_at_once_never_both_happen() {
    let (pool, vault) = (fresh_pool().await, Vault::default());
    let person = people::local(&pool).await.unwrap();
    for _ in 0..100 {
        let run = runs::create(&pool, &vault, person, &new_run())
            .await
            .unwrap();
        for stage in &Stage::ALL[..4] {
            let outcome = StageOutcome::default();
            assert!(
                runs::finish_stage(&pool, &vault, &job(run, *stage, 1), &outcome)
                    .await
                    .unwrap()
            );
        }
        let last = StageOutcome::default();
        let compile = job(run, Stage::Compile, 1);
        let (finished, cancelled) = tokio::join!(
            runs::finish_stage(&pool, &vault, &compile, &last),
            runs::cancel(&pool, run)
        );
        let (finished, cancelled) = (finished.unwrap(), cancelled.unwrap());
        assert!(
            finished != cancelled,
            "finished {finished}, cancelled {cancelled}"
        );
        let state = runs::get(&pool, &vault, run).await.unwrap().unwrap().state;
        let expected = if finished {
            RunState::Done
        } else {
            RunState::Cancelled {
                stage: Stage::Compile,
            }
        };
        assert_eq!(state, expected);
    }
}

#[tokio::test]
async fn a_run_past_its_time_is_given_up_wherever_its_job_is() {
    let (pool, vault) = (fresh_pool().await, Vault::default());
    let person = people::local(&pool).await.unwrap();
    let new = NewRun {
        time_limit: chrono::Duration::seconds(-1),
        ..new_run()
    };
    let run = runs::create(&pool, &vault, person, &new).await.unwrap();
    assert_eq!(runs::expire(&pool).await.unwrap(), 1);
    assert_eq!(runs::expire(&pool).await.unwrap(), 0);
    let state = runs::get(&pool, &vault, run).await.unwrap().unwrap().state;
    assert_eq!(
        state,
        RunState::Failed {
            stage: Stage::Scrape,
            reason: "timed_out".into()
        }
    );
}

#[tokio::test]
async fn every_change_is_an_event_with_the_next_revision() {
    let (pool, vault, _, run) = made().await;
    runs::finish_stage(
        &pool,
        &vault,
        &job(run, Stage::Scrape, 1),
        &StageOutcome::default(),
    )
    .await
    .unwrap();
    runs::cancel(&pool, run).await.unwrap();
    let events: Vec<(i64, String)> =
        sqlx::query_as("select revision, kind from run_events where run_id = $1 order by revision")
            .bind(run)
            .fetch_all(&pool)
            .await
            .unwrap();
    let expected = [(1, "created"), (2, "stage_finished"), (3, "cancelled")];
    assert!(
        events
            .iter()
            .map(|(n, kind)| (*n, kind.as_str()))
            .eq(expected),
        "{events:?}"
    );
}

#[tokio::test]
async fn removed_evidence_leaves_the_list_and_comes_back_when_given_again() {
    let (pool, vault, person, run) = made().await;
    let listed = sources::list(&pool, &vault, person, "").await.unwrap();
    assert_eq!(listed[0].name, "canary-name.json");
    assert!(
        sources::set_removed(&pool, person, listed[0].id, true)
            .await
            .unwrap()
    );
    assert!(
        sources::list(&pool, &vault, person, "")
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(sources::of_run(&pool, &vault, run).await.unwrap().len(), 1);
    runs::create(&pool, &vault, person, &new_run())
        .await
        .unwrap();
    let again = sources::list(&pool, &vault, person, "").await.unwrap();
    assert_eq!(again[0].id, listed[0].id);
}

#[tokio::test]
async fn only_the_owner_s_sources_count_as_theirs() {
    let (pool, vault, person, _) = made().await;
    let id = sources::list(&pool, &vault, person, "").await.unwrap()[0].id;
    let stranger = Uuid::now_v7();
    assert!(
        sources::owned(&pool, stranger, &[id])
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        !sources::set_removed(&pool, stranger, id, true)
            .await
            .unwrap()
    );
    assert_eq!(sources::owned(&pool, person, &[id]).await.unwrap(), [id]);
}

#[tokio::test]
async fn evidence_chosen_from_the_list_and_given_again_counts_once() {
    let (pool, vault, person, _) = made().await;
    let kept = sources::list(&pool, &vault, person, "").await.unwrap()[0].id;
    let mut new = new_run();
    new.sources.insert(0, RunSource::Kept(kept));
    let run = runs::create(&pool, &vault, person, &new).await.unwrap();
    assert_eq!(sources::of_run(&pool, &vault, run).await.unwrap().len(), 1);
}
