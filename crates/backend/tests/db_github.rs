//! GitHub accounts as kept sources, in a real database and against a server on loopback: answers
//! outlive the program, a source keeps its id when it is read anew, and what was kept stays when
//! GitHub is away.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use backend::attempt::Attempts;
use backend::cache::Cache;
use backend::db::github::StoredAnswers;
use backend::db::ledger::Budget;
use backend::db::people;
use backend::desk::{Desk, Desks};
use backend::evidence;
use backend::evidence::linkedin::Consents;
use backend::pipeline::github::for_run;
use backend::ports::clock::Clock;
use backend::ports::fetch::Fetcher;
use backend::ports::github::{Answers, GitHub, Kept};
use backend::ports::linkedin::{self, LinkedIn};
use backend::ports::models::NoModel;
use backend::ports::press::Press;
use backend::ports::reader::Reader;
use backend::readings::Readings;
use backend::run::Changes;
use backend::vault::Vault;
use backend::{Context, Services, source};
use career::Actor;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use support::fresh_pool;
use uuid::Uuid;

/// A small account that can change, or be away.
#[derive(Debug, Default)]
struct World {
    stars: u64,
    more: bool,
    away: bool,
}

type Shared = Arc<Mutex<World>>;

async fn answer(
    State(world): State<Shared>,
    OriginalUri(uri): OriginalUri,
) -> (StatusCode, String) {
    let world = world.lock().unwrap();
    if world.away {
        return (StatusCode::BAD_GATEWAY, "<html>Unicorn!</html>".to_owned());
    }
    let repository = |name: &str| {
        json!({
            "name": name,
            "full_name": format!("octo/{name}"),
            "html_url": format!("https://github.com/octo/{name}"),
            "owner": {"login": "octo"},
            "description": format!("What {name} does for people"),
            "stargazers_count": world.stars,
        })
    };
    let mut repositories = vec![repository("tidepool")];
    if world.more {
        repositories.push(repository("gate"));
    }
    let body = match uri.path().to_lowercase().as_str() {
        "/users/octo" => json!({
            "login": "octo",
            "html_url": "https://github.com/octo",
            "name": "Octo Example",
        }),
        "/users/octo/repos" => Value::Array(repositories),
        path if path.ends_with("/languages") => json!({"Rust": 10}),
        _ => return (StatusCode::NOT_FOUND, "{}".to_owned()),
    };
    (StatusCode::OK, body.to_string())
}

#[derive(Debug)]
struct Movable(Mutex<DateTime<Utc>>);

impl Clock for Movable {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

struct Scene {
    world: Shared,
    clock: Arc<Movable>,
    context: Context,
    owner: Uuid,
}

impl Scene {
    async fn new() -> Self {
        let world = Shared::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer).with_state(world.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let pool = fresh_pool().await;
        let owner = people::local(&pool).await.unwrap();
        let clock = Arc::new(Movable(Mutex::new(Utc::now())));
        let github = GitHub::new(&format!("http://{address}"), None).unwrap();
        // Accounts are read without a child: there is no program that could be one.
        let nowhere = std::path::PathBuf::from("/nonexistent");
        let linkedin = linkedin::Settings {
            api: String::new(),
            oauth: String::new(),
            client: None,
            scope: String::new(),
        };
        let linkedin = LinkedIn::new(linkedin, linkedin::Limits::default()).unwrap();
        let services = Services {
            linkedin: Arc::new(linkedin),
            consents: Consents::default(),
            changes: Changes::listen(&pool).await.unwrap(),
            pool,
            vault: Vault::default(),
            press: Arc::new(Press::new(1).unwrap()),
            templates: Arc::default(),
            pictures: backend::templates::Pictures::default(),
            reader: Arc::new(Reader::of(nowhere, 1, Duration::from_secs(1))),
            readings: Readings::default(),
            fetcher: Arc::new(Fetcher::new(false)),
            github: Arc::new(github.with_clock(clock.clone())),
            attempts: Attempts::default(),
            desks: Desks::new(Desk::new(
                Arc::new(NoModel),
                Cache::default(),
                None,
                Budget::default(),
            )),
            run_limit: Duration::from_mins(1),
        };
        let context = Context {
            services,
            actor: Actor::Person { id: owner },
            request_id: String::new(),
        };
        Self {
            world,
            clock,
            context,
            owner,
        }
    }

    fn later(&self) {
        *self.clock.0.lock().unwrap() += TimeDelta::hours(2);
    }

    /// What the one kept account says now, read as a file is.
    async fn evidence(&self, id: Uuid) -> intake::Evidence {
        let services = &self.context.services;
        let bytes = backend::db::sources::bytes(&services.pool, &services.vault, id);
        intake::read_evidence("any", &bytes.await.unwrap()).unwrap()
    }
}

#[tokio::test]
async fn an_answer_is_kept_for_one_person_and_replaced_and_forgotten() {
    let pool = fresh_pool().await;
    let owner = people::local(&pool).await.unwrap();
    let answers = StoredAnswers::of(&pool, &Vault::default(), owner);
    let kept = |body: Value, minutes: i64| Kept {
        read_at: DateTime::from_timestamp(1_768_500_000 + minutes * 60, 0).unwrap(),
        etag: Some("W/\"a\"".to_owned()),
        more: true,
        body: Some(body),
    };
    answers.put("k", &kept(json!(1), 0)).await;
    answers.put("k", &kept(json!(2), 5)).await;
    answers.put("old", &kept(json!(3), 0)).await;
    assert_eq!(answers.get("k").await, Some(kept(json!(2), 5)));
    let other = StoredAnswers::of(&pool, &Vault::default(), Uuid::now_v7());
    assert_eq!(other.get("k").await, None);
    let border = kept(json!(0), 1).read_at;
    answers.forget_before(border).await.unwrap();
    assert_eq!(answers.get("old").await, None);
    assert!(answers.get("k").await.is_some());
}

#[tokio::test]
async fn an_account_read_anew_keeps_its_id_and_what_was_decided_about_it() {
    let scene = Scene::new().await;
    let context = &scene.context;
    let id = evidence::github::add(context, "@Octo").await.unwrap();
    let listed = source::list(context).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (listed[0].name.as_str(), listed[0].kind.as_str()),
        ("github.com/octo", "github")
    );
    let before = scene.evidence(id).await.profile;
    let anchor = career::merge::anchor(&before.entries[0]).unwrap().clone();
    {
        let mut world = scene.world.lock().unwrap();
        world.stars = 7;
        world.more = true;
    }
    scene.later();
    evidence::github::refresh(context, id).await.unwrap();
    let after = scene.evidence(id).await.profile;
    assert_eq!(after.entries.len(), 2);
    assert!(
        after
            .entries
            .iter()
            .any(|entry| career::merge::anchor(entry) == Some(&anchor))
    );
    assert!(
        after
            .facts
            .iter()
            .any(|fact| fact.quote == "\"stargazers_count\":7")
    );
    // Named again, or taken away and named again, it is the same source.
    source::remove(context, id).await.unwrap();
    assert_eq!(evidence::github::add(context, "octo").await.unwrap(), id);
    let listed = source::list(context).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].facts, i64::try_from(after.facts.len()).unwrap());
}

#[tokio::test]
async fn when_github_is_away_nothing_that_is_kept_is_lost() {
    let scene = Scene::new().await;
    let context = &scene.context;
    let id = evidence::github::add(context, "octo").await.unwrap();
    let before = scene.evidence(id).await;
    assert_eq!(before.notices, Vec::<String>::new());
    scene.world.lock().unwrap().away = true;
    scene.later();
    // Out of answers that are kept.
    evidence::github::refresh(context, id).await.unwrap();
    let stale = scene.evidence(id).await;
    assert_eq!(stale.profile, before.profile);
    assert!(
        stale.notices[0].starts_with("github_stale:"),
        "{:?}",
        stale.notices
    );
    // Without them, out of the source itself.
    let services = &context.services;
    let answers = StoredAnswers::of(&services.pool, &services.vault, scene.owner);
    answers
        .forget_before(Utc::now() + TimeDelta::days(1))
        .await
        .unwrap();
    let error = evidence::github::refresh(context, id).await.unwrap_err();
    assert_eq!(error.code(), "github_offline");
    let run = for_run(services, scene.owner, "octo")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(run.source, id);
    assert_eq!(run.evidence.profile, before.profile);
    assert!(run.evidence.notices[0].starts_with("github_stale:"));
    let nobody = for_run(services, scene.owner, "nobody")
        .await
        .unwrap()
        .unwrap_err();
    assert_eq!(nobody.code(), "github_offline");
}

#[tokio::test]
async fn nobody_reads_a_source_anew_that_is_not_theirs_or_no_account() {
    let scene = Scene::new().await;
    let id = evidence::github::add(&scene.context, "octo").await.unwrap();
    let mut stranger = scene.context.clone();
    stranger.actor = Actor::Person { id: Uuid::now_v7() };
    for (context, id) in [(&stranger, id), (&scene.context, Uuid::now_v7())] {
        let error = evidence::github::refresh(context, id).await.unwrap_err();
        assert_eq!(error.code(), "not_found");
    }
    for (name, code) in [
        (" ", "github_user_missing"),
        ("not--a-name", "github_user_invalid"),
        ("nobody", "github_not_found"),
    ] {
        let error = evidence::github::add(&scene.context, name)
            .await
            .unwrap_err();
        assert_eq!((error.code(), error.field()), (code, Some("github")));
    }
}
