//! People's photos in a real database: whose they are, how they go and come back, and that no page
//! shows one that is gone.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use backend::db::photos::{self, Kept};
use backend::db::runs::{self, NewRun, Reprint, Reprinted, RunInput, StageOutcome};
use backend::db::{DbError, people};
use backend::vault::Vault;
use career::print::PrintOptions;
use sqlx::PgPool;
use support::fresh_pool;
use uuid::Uuid;

async fn another(pool: &PgPool) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query("insert into people (id, kind) values ($1, 'account')")
        .bind(id)
        .execute(pool)
        .await
        .unwrap();
    id
}

async fn made() -> (PgPool, Vault, Uuid) {
    let pool = fresh_pool().await;
    let person = people::local(&pool).await.unwrap();
    (pool, Vault::default(), person)
}

/// A run that is done.
async fn done_run(pool: &PgPool, vault: &Vault, person: Uuid) -> Uuid {
    let new = NewRun {
        request_id: Uuid::now_v7(),
        request: String::new(),
        input: RunInput {
            posting: "a posting".into(),
            posting_file: None,
            github: None,
            pages: 1,
            language: career::Tongue::default(),
        },
        posting_file: None,
        sources: Vec::new(),
        time_limit: chrono::Duration::seconds(300),
    };
    let run = runs::create(pool, vault, person, &new).await.unwrap();
    sqlx::query("update runs set state = 'done', stage = 'compile' where id = $1")
        .bind(run)
        .execute(pool)
        .await
        .unwrap();
    run
}

#[tokio::test]
async fn a_photo_is_its_person_s_alone_and_the_next_one_takes_its_place() {
    let (pool, vault, person) = made().await;
    let stranger = another(&pool).await;
    assert_eq!(photos::kept(&pool, person).await.unwrap(), None);
    let first = photos::put(&pool, &vault, person, b"first").await.unwrap();
    let of = |owner, id| {
        let (pool, vault) = (pool.clone(), vault.clone());
        async move { photos::bytes(&pool, &vault, owner, id).await.unwrap() }
    };
    assert_eq!(
        of(person, first).await.as_deref(),
        Some(b"first".as_slice())
    );
    assert_eq!(of(stranger, first).await, None);
    assert_eq!(photos::kept(&pool, stranger).await.unwrap(), None);
    assert!(!photos::set_removed(&pool, stranger, true).await.unwrap());
    let second = photos::put(&pool, &vault, person, b"second").await.unwrap();
    assert_eq!(of(person, first).await, None, "the old address is dead");
    assert_eq!(
        of(person, second).await.as_deref(),
        Some(b"second".as_slice())
    );
    let sealed: Vec<u8> = sqlx::query_scalar("select photo_sealed from people where id = $1")
        .bind(person)
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_ne!(sealed, b"second", "it is stored as the vault gives it");
    sqlx::query("delete from people where id = $1")
        .bind(person)
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(of(person, second).await, None, "it goes with the person");
}

#[tokio::test]
async fn a_removed_photo_is_given_to_nobody_comes_back_and_is_deleted_in_the_end() {
    let (pool, vault, person) = made().await;
    let other = another(&pool).await;
    let id = photos::put(&pool, &vault, person, b"mine").await.unwrap();
    photos::put(&pool, &vault, other, b"theirs").await.unwrap();
    assert!(photos::set_removed(&pool, person, true).await.unwrap());
    assert!(
        !photos::set_removed(&pool, person, true).await.unwrap(),
        "once"
    );
    let kept = photos::kept(&pool, person).await.unwrap();
    assert_eq!(kept, Some(Kept { id, removed: true }));
    let given = photos::bytes(&pool, &vault, person, id).await.unwrap();
    assert_eq!(given, None);
    let hour = chrono::Duration::hours(1);
    assert_eq!(photos::forget_removed(&pool, hour).await.unwrap(), 0);
    assert!(photos::set_removed(&pool, person, false).await.unwrap());
    let given = photos::bytes(&pool, &vault, person, id).await.unwrap();
    assert_eq!(given.as_deref(), Some(b"mine".as_slice()));
    assert_eq!(photos::forget_removed(&pool, -hour).await.unwrap(), 0);
    photos::set_removed(&pool, person, true).await.unwrap();
    assert_eq!(photos::forget_removed(&pool, -hour).await.unwrap(), 1);
    assert_eq!(photos::kept(&pool, person).await.unwrap(), None);
    assert!(!photos::set_removed(&pool, person, false).await.unwrap());
    assert!(photos::kept(&pool, other).await.unwrap().is_some());
}

#[tokio::test]
async fn pages_made_with_a_photo_that_is_gone_do_not_become_the_run_s() {
    let (pool, vault, person) = made().await;
    let run = done_run(&pool, &vault, person).await;
    let id = photos::put(&pool, &vault, person, b"mine").await.unwrap();
    let pages = |photo| Reprint {
        outcome: StageOutcome {
            files: vec![("resume.pdf".into(), "application/pdf", b"pages".to_vec())],
            ..StageOutcome::default()
        },
        photo,
        look: Some(PrintOptions::default()),
    };
    let put = |pages: Reprint| {
        let (pool, vault) = (pool.clone(), vault.clone());
        async move { runs::reprint(&pool, &vault, (run, person), &pages).await }
    };
    let stored = || async { runs::file(&pool, &vault, run, "resume.pdf").await.unwrap() };
    photos::set_removed(&pool, person, true).await.unwrap();
    let kept = put(pages(Some(id))).await.unwrap();
    assert_eq!(kept, Reprinted::Outdated);
    assert!(stored().await.is_none());
    assert_eq!(
        runs::look(&pool, &vault, person).await.unwrap(),
        None,
        "nothing of it is kept"
    );
    assert_eq!(put(pages(None)).await.unwrap(), Reprinted::Kept);
    assert!(stored().await.is_some());
    photos::set_removed(&pool, person, false).await.unwrap();
    assert_eq!(put(pages(None)).await.unwrap(), Reprinted::Outdated);
    assert_eq!(put(pages(Some(id))).await.unwrap(), Reprinted::Kept);
    let look = Reprint {
        look: None,
        ..pages(Some(id))
    };
    sqlx::query("update people set look_sealed = null")
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(put(look).await.unwrap(), Reprinted::Kept);
    assert_eq!(
        runs::look(&pool, &vault, person).await.unwrap(),
        None,
        "a photo chooses no look"
    );
}

#[tokio::test]
async fn a_photo_without_bytes_or_an_id_is_no_row_of_ours() {
    let (pool, _, person) = made().await;
    for half in [
        "photo_id = gen_random_uuid()",
        "photo_sealed = '\\x00'",
        "photo_removed_at = now()",
    ] {
        let change = format!("update people set {half} where id = $1");
        let refused = sqlx::query(&change).bind(person).execute(&pool).await;
        let refused: DbError = refused.unwrap_err().into();
        assert!(
            matches!(refused, DbError::Refused(code) if code == "23514"),
            "{half}"
        );
    }
}
