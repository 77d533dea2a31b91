//! The desk where models are asked, with a real ledger: budgets hold whatever asks at once, every
//! call is written down, the same is not paid for twice, and Redis may be there, gone or full.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/models.rs"]
mod models;
mod support;

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use backend::cache::{Cache, Distant};
use backend::db::ledger::{self, Budget, Exhausted, Purse};
use backend::db::people;
use backend::desk::{Desk, DeskError, Kept, Question};
use backend::ports::clock::SystemClock;
use backend::ports::models::{
    Limits, ModelError, Models, Money, Price, Provider, Purpose, Settings,
};
use backend::vault::Vault;
use chrono::Utc;
use models::{Moving, Reply, Stub, models_within};
use secrecy::SecretString;
use serde_json::{Value, json};
use sqlx::PgPool;
use support::{fresh_folder, fresh_pool};
use uuid::Uuid;

fn micro(micro_dollars: u64) -> Money {
    Money { micro_dollars }
}

/// Answers `{"said": …}`, 1000 tokens read and 100 written.
fn answering(value: &Value) -> Reply {
    Reply::json(
        200,
        &json!({
            "model": "test-model",
            "choices": [{"index": 0, "finish_reason": "stop",
                "message": {"role": "assistant", "content": value.to_string()}}],
            "usage": {"prompt_tokens": 1000, "completion_tokens": 100},
        }),
    )
}

/// A dollar for a million tokens read, ten for as many written: the answer above costs 2000.
fn priced(stub: &Stub) -> Settings {
    Settings {
        price: Some(Price::flat(1.0, 10.0)),
        ..stub.settings(Provider::OpenAi)
    }
}

fn desk_of(stub: &Stub, pool: &PgPool, cache: Cache, budget: Budget) -> Desk {
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    let model = Models::new().unwrap().open(Some(&priced(stub)));
    Desk::new(model, cache, Some(pool.clone()), budget)
}

fn question(owner: Uuid, words: &str) -> Question {
    Question {
        owner,
        run: None,
        purpose: Purpose::Rewrite,
        version: "reword 1".to_owned(),
        system: "You word lines anew.".to_owned(),
        user: words.to_owned(),
        schema: json!({"type": "object", "properties": {"said": {"type": "string"}}, "required": ["said"]}),
        fields: vec!["bullets"],
        deadline: Utc::now() + Duration::from_mins(1),
        listener: None,
    }
}

async fn world() -> (PgPool, Uuid, Stub) {
    let pool = fresh_pool().await;
    let owner = people::local(&pool).await.unwrap();
    let stub = Stub::telling(vec![answering(&json!({"said": "yes"}))]).await;
    (pool, owner, stub)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_stands_in_the_ledger_with_what_it_cost_and_holds_no_word_of_it() {
    let (pool, owner, stub) = world().await;
    let desk = desk_of(&stub, &pool, Cache::default(), Budget::default());
    let told = desk.ask(question(owner, "sekrit-lines")).await.unwrap();
    assert_eq!(told.value, json!({"said": "yes"}));
    assert_eq!(told.cost, Some(micro(2000)));
    let calls = ledger::calls(&pool, owner, None, 10).await.unwrap();
    let [call] = calls.as_slice() else {
        panic!("one call: {calls:?}")
    };
    assert_eq!(call.host, stub.address.to_string());
    assert_eq!(call.tokens, Some((1000, 100)));
    assert_eq!(call.cost, Some(micro(2000)));
    assert_eq!(
        (call.purpose.as_str(), call.outcome.as_str()),
        ("rewrite", "answered")
    );
    assert_eq!(call.fields, ["bullets"]);
    assert!(call.bytes_out > 0 && call.bytes_in > 0 && !call.cached);
    let row: String = sqlx::query_scalar("select row_to_json(model_calls)::text from model_calls")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(!row.contains("sekrit") && !row.contains("yes"), "{row}");
    let day = Utc::now().date_naive();
    let claimed = ledger::claimed(&pool, day, owner).await.unwrap();
    assert_eq!(
        claimed,
        (micro(2000), micro(2000)),
        "the claim became the cost"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_refuses_before_anything_is_sent_and_says_whose_it_is() {
    let (pool, owner, stub) = world().await;
    for (budget, whose) in [
        (
            Budget {
                person: Some(micro(10)),
                ..Budget::default()
            },
            Exhausted::Person,
        ),
        (
            Budget {
                instance: Some(micro(10)),
                ..Budget::default()
            },
            Exhausted::Instance,
        ),
        (
            Budget {
                questions: Some(0),
                ..Budget::default()
            },
            Exhausted::Person,
        ),
    ] {
        let desk = desk_of(&stub, &pool, Cache::default(), budget);
        let refused = desk.ask(question(owner, "x")).await;
        assert_eq!(refused, Err(DeskError::Budget(whose)));
    }
    assert_eq!(stub.count(), 0);
    let day = Utc::now().date_naive();
    let claimed = ledger::claimed(&pool, day, owner).await.unwrap();
    assert_eq!(claimed, (micro(0), micro(0)), "a refusal claims nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn claims_made_at_once_never_go_beyond_the_budget() {
    let (pool, owner, _) = world().await;
    let budget = Budget {
        person: Some(micro(1000)),
        instance: Some(micro(5000)),
        questions: Some(1000),
    };
    let day = Utc::now().date_naive();
    let claims = (0..40).map(|_| {
        let pool = pool.clone();
        tokio::spawn(async move {
            ledger::claim(&pool, day, owner, micro(70), budget, Purse::Instance).await
        })
    });
    let outcomes = futures::future::join_all(claims).await;
    let granted = outcomes
        .into_iter()
        .filter(|outcome| matches!(outcome, Ok(Ok(Ok(())))))
        .count();
    assert_eq!(granted, 14, "14 times 70 is the most that 1000 holds");
    let claimed = ledger::claimed(&pool, day, owner).await.unwrap();
    assert_eq!(claimed, (micro(980), micro(980)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_asked_at_once_is_one_call_and_one_cost() {
    let (pool, owner, stub) = world().await;
    let desk = desk_of(&stub, &pool, Cache::default(), Budget::default());
    let asked = (0..20).map(|_| desk.ask(question(owner, "the same")));
    for told in futures::future::join_all(asked).await {
        assert_eq!(told.unwrap().value, json!({"said": "yes"}));
    }
    assert_eq!(stub.count(), 1);
    assert_eq!(
        ledger::calls(&pool, owner, None, 50).await.unwrap().len(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_whose_asker_went_away_is_noted_all_the_same() {
    let (pool, owner, _) = world().await;
    let (reached, waits) = (
        Arc::new(tokio::sync::Notify::new()),
        Arc::new(std::sync::Barrier::new(2)),
    );
    let (told, gate) = (reached.clone(), waits.clone());
    let stub = Stub::start(move |_, _| {
        told.notify_one();
        tokio::task::block_in_place(|| gate.wait());
        answering(&json!({"said": "late"}))
    })
    .await;
    let desk = desk_of(&stub, &pool, Cache::default(), Budget::default());
    let asking = desk.clone();
    let asker = tokio::spawn(async move { asking.ask(question(owner, "x")).await });
    reached.notified().await;
    asker.abort();
    drop(asker.await);
    tokio::task::spawn_blocking(move || waits.wait())
        .await
        .unwrap();
    let began = Instant::now();
    while ledger::calls(&pool, owner, None, 5)
        .await
        .unwrap()
        .is_empty()
    {
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "the call was never noted"
        );
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_refused_is_not_tried_again_at_once_and_a_blocked_question_neither() {
    let (pool, owner, stub) = world().await;
    stub.now(|_, _| Reply::json(401, &json!({"error": {"message": "no"}})));
    let desk = desk_of(&stub, &pool, Cache::default(), Budget::default());
    for words in ["one", "another"] {
        let refused = desk.ask(question(owner, words)).await;
        assert_eq!(refused, Err(DeskError::Model(ModelError::KeyRefused)));
    }
    assert_eq!(stub.count(), 1, "the second was not sent");
    let day = Utc::now().date_naive();
    let claimed = ledger::claimed(&pool, day, owner).await.unwrap();
    assert_eq!(claimed.0, micro(0), "a refusal costs nothing");

    stub.now(|_, _| {
        Reply::json(
            200,
            &json!({"choices": [{"index": 0, "finish_reason": "content_filter",
                "message": {"role": "assistant", "content": ""}}]}),
        )
    });
    let desk = desk_of(&stub, &pool, Cache::default(), Budget::default());
    let before = stub.count();
    for _ in 0..3 {
        let refused = desk.ask(question(owner, "blocked")).await;
        assert!(
            matches!(refused, Err(DeskError::Model(ModelError::Blocked { .. }))),
            "{refused:?}"
        );
    }
    assert_eq!(stub.count(), before + 1);
    assert!(desk.ask(question(owner, "other words")).await.is_err());
    assert_eq!(stub.count(), before + 2, "another question is asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_ledger_that_can_be_written_nothing_is_sent() {
    let (pool, owner, stub) = world().await;
    let desk = desk_of(&stub, &pool, Cache::default(), Budget::default());
    pool.close().await;
    assert_eq!(
        desk.ask(question(owner, "x")).await,
        Err(DeskError::NoLedger)
    );
    assert_eq!(stub.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn forgotten_answers_are_strangers_the_persons_own_or_everybodys() {
    let (pool, owner, stub) = world().await;
    let desk = desk_of(&stub, &pool, Cache::default(), Budget::default());
    let other = Uuid::now_v7();
    sqlx::query("insert into people (id, kind) values ($1, 'account')")
        .bind(other)
        .execute(&pool)
        .await
        .unwrap();
    let shelf = async |owner, shared| {
        desk.shelf(owner, None, Purpose::Rewrite, "reword 1", shared)
            .await
    };
    let (input, kept) = (
        json!({"line": "a"}),
        Kept {
            value: json!("b"),
            cost: None,
        },
    );
    shelf(owner, false).await.put(&input, &kept).await;
    shelf(other, false).await.put(&input, &kept).await;
    shelf(owner, true).await.put(&input, &kept).await;
    ledger::forget(&pool, Some(owner)).await.unwrap();
    assert_eq!(shelf(owner, false).await.get(&input).await, None);
    assert!(shelf(other, false).await.get(&input).await.is_some());
    assert!(shelf(other, true).await.get(&input).await.is_some());
    ledger::forget(&pool, None).await.unwrap();
    assert_eq!(shelf(other, false).await.get(&input).await, None);
    assert_eq!(shelf(other, true).await.get(&input).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breaker_opens_lets_one_through_and_closes_and_nothing_is_sent_in_between() {
    let (pool, owner, stub) = world().await;
    stub.now(|_, _| Reply::json(503, &json!({"error": {"message": "overloaded"}})));
    let clock = Moving::start();
    let limits = Limits {
        tries: 1,
        failures: 3,
        rest: Duration::from_secs(30),
        ..Limits::default()
    };
    let model = models_within(&clock, limits).open(Some(&priced(&stub)));
    let desk = Desk::new(
        model,
        Cache::default(),
        Some(pool.clone()),
        Budget::default(),
    );
    let ask = async |words: &str| {
        let deadline = backend::ports::clock::Clock::now(&*clock) + Duration::from_mins(1);
        let question = Question {
            deadline,
            ..question(owner, words)
        };
        desk.ask(question).await
    };
    for number in 0..3 {
        assert!(ask(&format!("down {number}")).await.is_err());
    }
    assert_eq!(stub.count(), 3);
    let open = ask("open").await;
    assert!(
        matches!(open, Err(DeskError::Model(ModelError::Resting { .. }))),
        "{open:?}"
    );
    assert_eq!(stub.count(), 3, "an open breaker sends nothing");
    clock.forward(Duration::from_secs(31));
    assert!(ask("half open, still down").await.is_err());
    assert_eq!(stub.count(), 4, "one is let through");
    assert!(ask("open again").await.is_err());
    assert_eq!(stub.count(), 4);
    clock.forward(Duration::from_secs(61));
    stub.now(|_, _| answering(&json!({"said": "yes"})));
    assert!(ask("half open, up").await.is_ok());
    assert!(ask("closed").await.is_ok());
    assert_eq!(stub.count(), 6);
}

/// A Redis of this test's own.
struct Redis {
    child: Child,
    url: SecretString,
}

impl Redis {
    fn start() -> Self {
        let folder = fresh_folder("redis");
        let socket = folder.join("redis.sock");
        let child = Command::new("redis-server")
            .args([
                "--port",
                "0",
                "--save",
                "",
                "--appendonly",
                "no",
                "--unixsocket",
            ])
            .arg(&socket)
            .arg("--dir")
            .arg(&folder)
            .stdout(Stdio::null())
            .spawn()
            .expect("tests need redis-server: cargo xtask test installs it");
        let began = Instant::now();
        while std::os::unix::net::UnixStream::connect(&socket).is_err() {
            assert!(
                began.elapsed() < Duration::from_secs(30),
                "Redis does not start"
            );
            std::thread::yield_now();
        }
        let url = SecretString::from(format!("redis+unix://{}", socket.display()));
        Self { child, url }
    }

    fn kill(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }

    /// A cache of another server: nothing is near, everything is in Redis.
    fn cache(&self) -> Cache {
        let distant = Distant::open(&self.url, Vault::default(), Arc::new(SystemClock));
        Cache::new(Some(distant.unwrap()))
    }

    fn tell(&self, words: &[&str]) -> String {
        let socket = secrecy::ExposeSecret::expose_secret(&self.url).to_owned();
        let socket = socket.trim_start_matches("redis+unix://").to_owned();
        let output = Command::new("redis-cli")
            .args(["-s", &socket])
            .args(words)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}

async fn put_and_get(desk: &Desk, owner: Uuid, name: &str) -> Option<Kept> {
    let shelf = desk
        .shelf(owner, None, Purpose::Rewrite, "reword 1", false)
        .await;
    let kept = Kept {
        value: json!(name),
        cost: Some(micro(7)),
    };
    shelf.put(&json!({"line": name}), &kept).await;
    shelf.get(&json!({"line": name})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_server_keeps_in_redis_another_finds_until_redis_is_gone_and_then_all_goes_on() {
    let (pool, owner, stub) = world().await;
    let mut redis = Redis::start();
    let one = desk_of(&stub, &pool, redis.cache(), Budget::default());
    assert!(put_and_get(&one, owner, "a").await.is_some());
    let other = desk_of(&stub, &pool, redis.cache(), Budget::default());
    let shelf = other
        .shelf(owner, None, Purpose::Rewrite, "reword 1", false)
        .await;
    let found = shelf.get(&json!({"line": "a"})).await.unwrap();
    assert_eq!((found.value, found.cost), (json!("a"), Some(micro(7))));
    assert!(redis.tell(&["keys", "*"]).contains("llmployable:answer:1:"));

    redis.kill();
    let began = Instant::now();
    assert!(
        put_and_get(&one, owner, "b").await.is_some(),
        "near is still there"
    );
    assert_eq!(shelf.get(&json!({"line": "b"})).await, None);
    for number in 0..50 {
        assert!(
            put_and_get(&one, owner, &format!("c{number}"))
                .await
                .is_some()
        );
    }
    assert!(
        began.elapsed() < Duration::from_secs(20),
        "a Redis that is gone holds nobody up"
    );
    assert!(one.ask(question(owner, "x")).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redis_that_is_full_or_holds_something_else_is_one_that_knows_nothing() {
    let (pool, owner, stub) = world().await;
    let redis = Redis::start();
    let one = desk_of(&stub, &pool, redis.cache(), Budget::default());
    assert!(put_and_get(&one, owner, "a").await.is_some());
    let key = redis.tell(&["keys", "*"]).trim().to_owned();
    redis.tell(&["del", &key]);
    redis.tell(&["rpush", &key, "a list"]);
    let other = desk_of(&stub, &pool, redis.cache(), Budget::default());
    let shelf = other
        .shelf(owner, None, Purpose::Rewrite, "reword 1", false)
        .await;
    assert_eq!(shelf.get(&json!({"line": "a"})).await, None, "a wrong type");
    redis.tell(&["del", &key]);
    redis.tell(&["set", &key, "not sealed"]);
    let third = desk_of(&stub, &pool, redis.cache(), Budget::default());
    let shelf = third
        .shelf(owner, None, Purpose::Rewrite, "reword 1", false)
        .await;
    assert_eq!(
        shelf.get(&json!({"line": "a"})).await,
        None,
        "another content"
    );
    redis.tell(&["config", "set", "maxmemory", "1"]);
    assert!(
        put_and_get(&one, owner, "b").await.is_some(),
        "full, and near all the same"
    );
}
