//! Decisions about a profile in a real database: each stands once, in order, and can be taken back.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use backend::db::{changes, people};
use backend::vault::Vault;
use career::FactId;
use career::merge::Change;
use support::fresh_pool;
use uuid::Uuid;

fn leave_out(entry: &str) -> Change {
    Change::LeaveOut {
        entry: FactId(entry.to_owned()),
    }
}

#[tokio::test]
async fn a_decision_stands_once_in_its_order_until_it_is_taken_back() {
    let (pool, vault) = (fresh_pool().await, Vault::default());
    let person = people::local(&pool).await.unwrap();
    let first = changes::add(&pool, &vault, person, &leave_out("f-1"))
        .await
        .unwrap();
    changes::add(&pool, &vault, person, &leave_out("f-2"))
        .await
        .unwrap();
    let again = changes::add(&pool, &vault, person, &leave_out("f-1"))
        .await
        .unwrap();
    assert_eq!(first, again);
    let standing = async || {
        let all = changes::standing(&pool, &vault, person).await.unwrap();
        all.into_iter()
            .map(|decided| decided.change)
            .collect::<Vec<_>>()
    };
    assert_eq!(standing().await, [leave_out("f-1"), leave_out("f-2")]);
    assert!(
        changes::set_undone(&pool, person, first, true)
            .await
            .unwrap()
    );
    assert_eq!(standing().await, [leave_out("f-2")]);
    assert!(
        changes::set_undone(&pool, person, first, false)
            .await
            .unwrap()
    );
    assert_eq!(standing().await, [leave_out("f-1"), leave_out("f-2")]);
}

#[tokio::test]
async fn nobody_takes_back_what_another_decided() {
    let (pool, vault) = (fresh_pool().await, Vault::default());
    let person = people::local(&pool).await.unwrap();
    let id = changes::add(&pool, &vault, person, &leave_out("f-1"))
        .await
        .unwrap();
    let stranger = Uuid::now_v7();
    assert!(
        !changes::set_undone(&pool, stranger, id, true)
            .await
            .unwrap()
    );
    assert!(
        changes::standing(&pool, &vault, stranger)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        changes::standing(&pool, &vault, person)
            .await
            .unwrap()
            .len(),
        1
    );
}
