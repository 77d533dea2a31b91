//! A person's own key, with a real database and providers on loopback: it is sealed, goes to its provider
//! and to nobody else, pays for its person's questions only, and nothing stands in for it when it is refused.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/models.rs"]
mod models;
mod support;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use backend::attempt::Attempts;
use backend::cache::Cache;
use backend::db::ledger::{self, Budget, Exhausted};
use backend::db::{model_keys, people};
use backend::desk::{Desk, DeskError, Desks, Keyholder, Question};
use backend::evidence::linkedin::Consents;
use backend::ports::fetch::Fetcher;
use backend::ports::github::GitHub;
use backend::ports::linkedin::{self, LinkedIn};
use backend::ports::models::{
    Model, ModelError, Models, Money, NoModel, Personal, Price, Provider, Purpose, Settings,
};
use backend::ports::press::Press;
use backend::ports::reader::Reader;
use backend::readings::Readings;
use backend::run::Changes;
use backend::vault::Vault;
use backend::{Context, Error, Services, own_key};
use career::Actor;
use career::view::TypedKey;
use chrono::Utc;
use models::{Reply, Stub};
use serde_json::{Value, json};
use sqlx::PgPool;
use support::fresh_pool;
use tempfile::TempDir;
use uuid::Uuid;

const ADAS: &str = "sk-ada-hunter2-7f3e-canary-ada1";
const BOBS: &str = "sk-bob-hunter2-9b1d-canary-bob2";
const INSTANCES: &str = models::KEY;

/// What any provider answers: `{"said": …}`, with what it read and wrote.
fn answering(value: &Value) -> impl Fn(&models::Seen, usize) -> Reply + Send + Sync + use<> {
    let text = value.to_string();
    let value = value.clone();
    move |seen, _| {
        let body = if seen.address.contains(":generateContent") {
            json!({
                "candidates": [{"content": {"parts": [{"text": text}]}, "finishReason": "STOP"}],
                "usageMetadata": {"promptTokenCount": 1000, "candidatesTokenCount": 100},
            })
        } else if seen.address.ends_with("/messages") {
            json!({
                "type": "message", "model": "claude-haiku-4-5", "stop_reason": "tool_use",
                "content": [{"type": "tool_use", "name": "answer", "input": value}],
                "usage": {"input_tokens": 1000, "output_tokens": 100},
            })
        } else {
            let message = json!({"role": "assistant", "content": text});
            json!({
                "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
                "usage": {"prompt_tokens": 1000, "completion_tokens": 100},
            })
        };
        Reply::json(200, &body)
    }
}

/// The key a provider was asked with, in whichever header.
fn keys_of(stub: &Stub) -> Vec<String> {
    let key = |seen: models::Seen| {
        let headers = ["authorization", "x-api-key", "x-goog-api-key"];
        let mut found = headers.iter().filter_map(|name| seen.headers.get(*name));
        found
            .next()
            .unwrap()
            .trim_start_matches("Bearer ")
            .to_owned()
    };
    stub.seen().into_iter().map(key).collect()
}

struct World {
    pool: PgPool,
    changes: Changes,
    ada: Uuid,
    bob: Uuid,
    /// Where everybody's key is taken.
    providers: Stub,
    /// Where the instance's own model is.
    instances: Stub,
    folder: TempDir,
}

impl World {
    async fn new() -> Self {
        let _already_set = rustls::crypto::ring::default_provider().install_default();
        let pool = fresh_pool().await;
        let ada = people::local(&pool).await.unwrap();
        let bob = Uuid::now_v7();
        sqlx::query("insert into people (id, kind) values ($1, 'account')")
            .bind(bob)
            .execute(&pool)
            .await
            .unwrap();
        let said = json!({"said": "yes"});
        Self {
            changes: Changes::listen(&pool).await.unwrap(),
            pool,
            ada,
            bob,
            providers: Stub::start(answering(&said)).await,
            instances: Stub::start(answering(&said)).await,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn vault(&self) -> Vault {
        Vault::with_keys(self.folder.path().join("seal.key"))
    }

    /// The desks of a server with that instance's model, budget and vault.
    fn desks_with(&self, model: Arc<dyn Model>, budget: Budget, vault: Vault) -> Desks {
        let desk = Desk::new(model, Cache::default(), Some(self.pool.clone()), budget);
        let how = Personal {
            limits: Settings::of(Provider::Gemini, ""),
            stand_in: Some(format!("http://{}", self.providers.address)),
        };
        let models = Models::new().unwrap();
        Desks::new(desk).with_personal(how, models, vault, self.pool.clone())
    }

    fn instances_model(&self) -> Arc<dyn Model> {
        let settings = Settings {
            price: Some(Price::flat(1.0, 10.0)),
            ..self.instances.settings(Provider::OpenAi)
        };
        Models::new().unwrap().open(Some(&settings))
    }

    fn desks(&self) -> Desks {
        self.desks_with(self.instances_model(), Budget::default(), self.vault())
    }

    /// Use cases as that person meets them.
    fn context(&self, id: Uuid, desks: Desks, vault: Vault) -> Context {
        let nowhere = Path::new("/nowhere").to_owned();
        let linkedin = linkedin::Settings {
            api: String::new(),
            oauth: String::new(),
            client: None,
            scope: String::new(),
        };
        let services = Services {
            changes: self.changes.clone(),
            pool: self.pool.clone(),
            vault,
            press: Arc::new(Press::new(1).unwrap()),
            templates: Arc::default(),
            pictures: backend::templates::Pictures::default(),
            reader: Arc::new(Reader::of(nowhere, 1, Duration::from_secs(1))),
            readings: Readings::default(),
            fetcher: Arc::new(Fetcher::new(false)),
            github: Arc::new(GitHub::new("http://127.0.0.1:9", None).unwrap()),
            linkedin: Arc::new(LinkedIn::new(linkedin, linkedin::Limits::default()).unwrap()),
            consents: Consents::default(),
            attempts: Attempts::default(),
            desks,
            run_limit: Duration::from_mins(1),
        };
        Context {
            services,
            actor: Actor::Person { id },
            request_id: String::new(),
        }
    }

    fn of(&self, id: Uuid) -> Context {
        self.context(id, self.desks(), self.vault())
    }

    async fn claimed(&self, whose: Uuid) -> (u64, u64) {
        let day = Utc::now().date_naive();
        let (person, instance) = ledger::claimed(&self.pool, day, whose).await.unwrap();
        (person.micro_dollars, instance.micro_dollars)
    }
}

async fn keep(context: &Context, provider: &str, key: &str) {
    own_key::keep(context, provider, "", TypedKey(key.to_owned()))
        .await
        .unwrap();
}

async fn ask(context: &Context, words: &str) -> Result<Value, DeskError> {
    let owner = context.person().unwrap();
    let seat = context.services.desks.of(owner).await.unwrap();
    let told = seat.desk.ask(question(owner, words)).await;
    told.map(|told| told.value.clone())
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

#[tokio::test(flavor = "multi_thread")]
async fn a_key_stands_nowhere_in_plain_and_leaves_with_its_person() {
    let world = World::new().await;
    let bob = world.of(world.bob);
    keep(&bob, "openai", BOBS).await;
    assert!(ask(&bob, "x").await.is_ok());
    let columns: String = sqlx::query_scalar(
        "select string_agg(t::text || encode(key_sealed, 'escape') || encode(key_sealed, 'base64'), '')
         from model_keys as t",
    )
    .fetch_one(&world.pool)
    .await
    .unwrap();
    let hex = |text: &str| {
        let bytes = text.bytes().map(|byte| format!("{byte:02x}"));
        bytes.collect::<Vec<_>>().concat()
    };
    for part in [
        "canary",
        "hunter2",
        "sk-bob",
        &hex("canary"),
        &hex("sk-bob"),
    ] {
        assert!(!columns.contains(part), "{part} in {columns}");
    }
    assert!(columns.contains("bob2"), "the last four are to be seen");
    for table in ["model_calls", "model_days", "people"] {
        let text = format!("select coalesce(string_agg(t::text, ''), '') from {table} as t");
        let rows: String = sqlx::query_scalar(&text)
            .fetch_one(&world.pool)
            .await
            .unwrap();
        assert!(!rows.contains("canary"), "{rows}");
    }
    let kept = model_keys::kept(&world.pool, world.bob).await.unwrap();
    let kept = kept.unwrap();
    let opened = kept.open(&world.vault()).unwrap();
    let seat = bob.services.desks.of(world.bob).await.unwrap();
    let shown = format!(
        "{kept:?} {opened:?} {seat:?} {:?} {:?}",
        bob.services.desks,
        TypedKey(BOBS.to_owned())
    );
    assert!(!shown.contains("canary"), "{shown}");

    sqlx::query("delete from model_calls")
        .execute(&world.pool)
        .await
        .unwrap();
    sqlx::query("delete from model_days")
        .execute(&world.pool)
        .await
        .unwrap();
    sqlx::query("delete from people where id = $1")
        .bind(world.bob)
        .execute(&world.pool)
        .await
        .unwrap();
    assert_eq!(
        model_keys::kept(&world.pool, world.bob).await.unwrap(),
        None
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_provider_gets_the_key_in_its_own_header_and_the_instance_pays_nothing() {
    let world = World::new().await;
    let context = world.of(world.ada);
    for (provider, header, path) in [
        (
            "gemini",
            "x-goog-api-key",
            "/v1beta/models/gemini-2.5-flash:generateContent",
        ),
        ("openai", "authorization", "/v1/chat/completions"),
        ("anthropic", "x-api-key", "/v1/messages"),
    ] {
        keep(&context, provider, ADAS).await;
        let told = ask(&context, provider).await;
        assert_eq!(told.unwrap(), json!({"said": "yes"}), "{provider}");
        let seen = world.providers.seen().pop().unwrap();
        assert_eq!(seen.address, path);
        assert_eq!(seen.headers[header].trim_start_matches("Bearer "), ADAS);
        assert!(!seen.body.to_string().contains("canary"));
        let call = ledger::calls(&world.pool, world.ada, None, 1)
            .await
            .unwrap();
        assert!(call[0].own_key && call[0].cost.is_some(), "{call:?}");
    }
    assert_eq!(world.instances.count(), 0);
    let (person, instance) = world.claimed(world.ada).await;
    assert!(person > 0, "the person's own budget counts");
    assert_eq!(instance, 0, "the instance's does not");
    let estimate = context.services.desks.of(world.ada).await.unwrap().desk;
    let estimate = estimate.estimate(world.ada).await.unwrap().unwrap();
    assert!(estimate.own_key && estimate.likely.is_some());
    assert_eq!(estimate.model, "claude-haiku-4-5");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_persons_budget_and_questions_hold_and_the_instances_budget_is_no_matter() {
    let world = World::new().await;
    let context = world.of(world.ada);
    keep(&context, "openai", ADAS).await;
    let micro = |micro_dollars| Some(Money { micro_dollars });
    let asked = async |budget| {
        let desks = world.desks_with(world.instances_model(), budget, world.vault());
        let desk = desks.of(world.ada).await.unwrap().desk;
        desk.ask(question(world.ada, "x")).await.map(drop)
    };
    let spent = Budget {
        instance: micro(0),
        ..Budget::default()
    };
    assert_eq!(asked(spent).await, Ok(()));
    let person = Budget {
        person: micro(1),
        ..Budget::default()
    };
    let questions = Budget {
        questions: Some(1),
        ..Budget::default()
    };
    for budget in [person, questions] {
        let refused = asked(budget).await;
        assert_eq!(refused, Err(DeskError::Budget(Exhausted::Person)));
    }
    assert_eq!(world.providers.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_key_is_told_and_the_instances_model_does_not_stand_in() {
    let world = World::new().await;
    let context = world.of(world.ada);
    keep(&context, "openai", ADAS).await;
    for status in [401, 403] {
        world
            .providers
            .now(move |_, _| Reply::json(status, &json!({"error": {"message": "no"}})));
        assert_eq!(own_key::check(&context).await.unwrap(), "refused");
        let refused = ask(&context, "x").await;
        assert_eq!(refused, Err(DeskError::Model(ModelError::KeyRefused)));
    }
    assert_eq!(world.instances.count(), 0);
    assert_eq!(
        world.claimed(world.ada).await,
        (0, 0),
        "a refusal costs nothing"
    );
    let view = backend::ledger::overview(&context, None).await.unwrap();
    let kept = view.own.kept.unwrap();
    assert!(kept.refused.is_some() && !kept.lost);
    assert_eq!(kept.last_four, "ada1");
    assert!(
        !serde_json::to_string(&view.calls)
            .unwrap()
            .contains("canary")
    );

    world.providers.now(answering(&json!({"word": "yes"})));
    assert_eq!(own_key::check(&context).await.unwrap(), "ok");
    let view = backend::ledger::overview(&context, None).await.unwrap();
    assert_eq!(view.own.kept.unwrap().refused, None, "it is taken again");
    world
        .providers
        .now(|_, _| Reply::json(404, &json!({"error": {"message": "no such model"}})));
    assert_eq!(own_key::check(&context).await.unwrap(), "unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_asked_for_with_somebody_elses_key() {
    let world = World::new().await;
    let desks = world.desks();
    let ada = world.context(world.ada, desks.clone(), world.vault());
    let bob = world.context(world.bob, desks.clone(), world.vault());
    keep(&ada, "openai", ADAS).await;
    assert!(ask(&ada, "same words").await.is_ok());
    assert!(ask(&bob, "same words").await.is_ok());
    assert_eq!(keys_of(&world.providers), [ADAS]);
    assert_eq!(
        keys_of(&world.instances),
        [INSTANCES],
        "who has none uses the instance's"
    );
    keep(&bob, "openai", BOBS).await;
    let both = (0..20).map(|number| {
        let context = if number % 2 == 0 { &ada } else { &bob };
        async move { ask(context, &format!("words {number}")).await }
    });
    for told in futures::future::join_all(both).await {
        assert!(told.is_ok());
    }
    for seen in world.providers.seen() {
        let words = seen.body["messages"][1]["content"].as_str().unwrap();
        let Some(number) = words.strip_prefix("words ") else {
            continue;
        };
        let whose = if number.parse::<u32>().unwrap() % 2 == 0 {
            ADAS
        } else {
            BOBS
        };
        assert_eq!(seen.headers["authorization"], format!("Bearer {whose}"));
    }
    // Even a mistake of ours would not spend it.
    let adas = desks.of(world.ada).await.unwrap().desk;
    assert!(matches!(adas.holder(), Keyholder::Person { owner, .. } if owner == world.ada));
    let before = world.providers.count();
    assert!(adas.ask(question(world.bob, "mine")).await.is_err());
    assert_eq!(world.providers.count(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replaced_key_is_used_at_once_and_a_removed_one_never_again_on_any_server() {
    let world = World::new().await;
    let (here, there) = (world.of(world.ada), world.of(world.ada));
    keep(&here, "openai", ADAS).await;
    assert!(ask(&here, "1").await.is_ok() && ask(&there, "2").await.is_ok());
    keep(&here, "openai", BOBS).await;
    assert!(ask(&here, "3").await.is_ok() && ask(&there, "4").await.is_ok());
    assert_eq!(keys_of(&world.providers), [ADAS, ADAS, BOBS, BOBS]);
    own_key::remove(&here).await.unwrap();
    assert!(ask(&here, "5").await.is_ok() && ask(&there, "6").await.is_ok());
    assert_eq!(world.providers.count(), 4);
    assert_eq!(world.instances.count(), 2);
    let none = own_key::check(&here).await;
    assert!(matches!(none, Err(Error::NotFound)), "{none:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_cannot_be_opened_any_more_is_told_and_the_rest_goes_on() {
    let world = World::new().await;
    keep(&world.of(world.ada), "openai", ADAS).await;
    let elsewhere = tempfile::tempdir().unwrap();
    for other in [false, true] {
        let vault = Vault::with_keys(elsewhere.path().join("seal.key"));
        if other {
            // A key file there is, but another.
            let desks = world.desks_with(Arc::new(NoModel), Budget::default(), vault.clone());
            let bob = world.context(world.bob, desks, vault.clone());
            keep(&bob, "openai", BOBS).await;
        }
        let desks = world.desks_with(world.instances_model(), Budget::default(), vault.clone());
        let ada = world.context(world.ada, desks, vault);
        let seat = ada.services.desks.of(world.ada).await.unwrap();
        assert!(seat.key_lost);
        assert_eq!(seat.desk.holder(), Keyholder::Instance);
        assert!(ask(&ada, &format!("x {other}")).await.is_ok());
        let view = backend::ledger::overview(&ada, None).await.unwrap();
        assert!(view.own.kept.unwrap().lost);
        assert_eq!(own_key::check(&ada).await.unwrap(), "lost");
    }
    assert_eq!(world.providers.count(), 0);
    // A row that somebody else's key was copied into, or whose provider was changed.
    let spoil = async |change: &str| {
        keep(&world.of(world.ada), "openai", ADAS).await;
        keep(&world.of(world.bob), "openai", BOBS).await;
        sqlx::query(change).execute(&world.pool).await.unwrap();
        world.desks().of(world.ada).await.unwrap().key_lost
    };
    assert!(
        spoil(
            "update model_keys as a set key_sealed = b.key_sealed from model_keys as b
             where a.owner_id <> b.owner_id"
        )
        .await
    );
    assert!(spoil("update model_keys set provider = 'gemini'").await);
    assert!(
        spoil(
            "update model_keys set key_sealed = '\\x00'::bytea || 'openai sk-evil-sk-evil'::bytea"
        )
        .await
    );
    assert_eq!(world.providers.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_key_is_refused_at_its_field_and_nothing_is_kept() {
    let world = World::new().await;
    let context = world.of(world.ada);
    let refused = async |provider: &str, model: &str, key: &str| {
        let key = TypedKey(key.to_owned());
        let error = own_key::keep(&context, provider, model, key)
            .await
            .unwrap_err();
        assert!(!format!("{error:?} {error}").contains("hunter2"));
        (error.code(), error.field())
    };
    let typed = ("own_key_unusable", Some("key"));
    assert_eq!(refused("openai", "", "hunter2").await, typed);
    assert_eq!(refused("openai", "", &"hunter2".repeat(100)).await, typed);
    assert_eq!(
        refused("openai", "", "hunter2 hunter2 hunter2").await,
        typed
    );
    assert_eq!(refused("openai", "", "hunter2hunter2hunter2é").await, typed);
    assert_eq!(
        refused("openai", "", "  ").await,
        ("own_key_missing", Some("key"))
    );
    let model = ("own_key_model", Some("model"));
    assert_eq!(refused("openai", "a b", ADAS).await, model);
    assert_eq!(
        refused("openai", ADAS, ADAS).await,
        model,
        "a key in the wrong field"
    );
    let provider = ("own_key_provider", Some("provider"));
    for other in ["ollama", "http://10.0.0.1", ""] {
        assert_eq!(refused(other, "", ADAS).await, provider);
    }
    let desks = Desks::new(Desk::new(
        Arc::new(NoModel),
        Cache::default(),
        Some(world.pool.clone()),
        Budget::default(),
    ));
    let off = world.context(world.ada, desks, world.vault());
    let refused = own_key::keep(&off, "openai", "", TypedKey(ADAS.to_owned())).await;
    assert_eq!(refused.unwrap_err().code(), "own_key_forbidden");
    let no_vault = world.context(world.ada, world.desks(), Vault::default());
    let refused = own_key::keep(&no_vault, "openai", "", TypedKey(ADAS.to_owned())).await;
    assert_eq!(refused.unwrap_err().code(), "own_key_not_sealed");
    assert_eq!(
        model_keys::kept(&world.pool, world.ada).await.unwrap(),
        None
    );
    keep(&context, "openai", &format!(" {ADAS}\n")).await;
    let kept = model_keys::kept(&world.pool, world.ada)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (kept.model.as_str(), kept.last_four.as_str()),
        ("gpt-4.1-mini", "ada1")
    );
    // Where keys are switched off later, the one that is kept is not used and can be removed.
    assert!(ask(&off, "x").await.is_err());
    assert_eq!(world.providers.count(), 0);
    own_key::remove(&off).await.unwrap();
    assert_eq!(
        model_keys::kept(&world.pool, world.ada).await.unwrap(),
        None
    );
}
