//! Replays what many people do with and without kept answers, and compares money and results:
//! `cargo run --example replay -- fixtures/replay/trace.jsonl [--json]`.
//!
//! `replay --generate` writes the trace: people with profiles of their own, each tailoring for several
//! postings (some of which others want too), trying other lengths, changing a line and tailoring
//! again. The same seed gives the same trace. The model is a stand-in on loopback that answers as its
//! question says and counts tokens by bytes; prices are those of the default model.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use axum::routing::post;
use axum::{Json, Router};
use backend::cache::Cache;
use backend::db::ledger::Budget;
use backend::desk::Desk;
use backend::pipeline::asking::Errand;
use backend::pipeline::{Wanted, generate, model};
use backend::ports::models::{Models, Provider, Settings, Usage, cost};
use career::{ContentHash, Posting, Profile, Tongue};
use chrono::{TimeDelta, Utc};
use intake::PostingHint;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// One thing somebody does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Step {
    /// Who.
    person: u32,
    /// What they do: `tailor`, `again` (another length), `edit` (a line changes, then tailor).
    does: String,
    /// For which posting.
    posting: String,
    /// Pages at most.
    pages: u32,
}

const PEOPLE: u32 = 36;
const PROFILES: [&str; 4] = [
    "jsonresume/complete_alex_reference.json",
    "jsonresume/complete_jane.json",
    "jsonresume/new_grad_maya.json",
    "jsonresume/sample_richard_hendriks.json",
];
/// The more wanted the earlier.
const POSTINGS: [&str; 13] = [
    "jobs/text/jobsync_backend.txt",
    "jobs/text/resume-matcher_frontend-eng.txt",
    "jobs/pages/greenhouse.html",
    "jobs/text/resume-matcher_backend-eng.txt",
    "jobs/pages/lever.html",
    "jobs/text/careerops_ai-platform-llmops.txt",
    "jobs/pages/linkedin_guest.html",
    "jobs/jsonld/graph.html",
    "jobs/text/careerops_agentic-automation.txt",
    "jobs/pages/plain_no_markup.html",
    "jobs/text/careerops_ai-forward-deployed.txt",
    "jobs/jsonld/schemaorg_jsonld.html",
    "jobs/text/careerops_pm-architect-ambiguous.txt",
];

/// Numbers that look like chance and are always the same (Knuth's linear congruence).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// What people do, in the order of the days: who applies tailors, looks, tries another length, mends
/// a line of the evidence and tailors again, and goes on to the next posting.
fn trace() -> Vec<Step> {
    let mut chance = Chance(20_261_128);
    let mut by_person: Vec<Vec<Step>> = Vec::new();
    for person in 0..PEOPLE {
        let mut steps = Vec::new();
        let step = |does: &str, posting: &str, pages| Step {
            person,
            does: does.to_owned(),
            posting: posting.to_owned(),
            pages,
        };
        for _ in 0..2 + chance.below(4) {
            // Twice by chance, the smaller number counts: the first postings are wanted by many.
            let choices = [chance.below(13), chance.below(13)];
            let place = choices.into_iter().min().unwrap_or_default();
            let posting = POSTINGS[usize::try_from(place).unwrap_or_default()];
            let pages = 1 + u32::from(chance.below(3) == 0);
            steps.push(step("tailor", posting, pages));
            for _ in 0..chance.below(3) {
                steps.push(step("again", posting, 1 + u32::from(chance.below(2) == 0)));
            }
            for _ in 0..=chance.below(2) {
                steps.push(step("edit", posting, pages));
            }
        }
        by_person.push(steps);
    }
    // All at once, a step each.
    let longest = by_person.iter().map(Vec::len).max().unwrap_or_default();
    let mut trace = Vec::new();
    for at in 0..longest {
        trace.extend(by_person.iter().filter_map(|steps| steps.get(at).cloned()));
    }
    trace
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// A person's profile after so many edits: a known one under a name of their own, without some of its
/// lines, with the edited ones changed.
fn profile_of(person: u32, edits: u32) -> Outcome<Profile> {
    let file = fixtures().join(PROFILES[person as usize % PROFILES.len()]);
    let mut resume: Value = serde_json::from_slice(&fs::read(file)?)?;
    resume["basics"]["name"] = json!(format!("Person {person} Example"));
    resume["basics"]["email"] = json!(format!("person{person}@example.org"));
    let mut chance = Chance(u64::from(person) + 7);
    let works = resume["work"].as_array_mut().into_iter().flatten();
    let mut lines: Vec<&mut Value> = Vec::new();
    for work in works {
        let Some(highlights) = work["highlights"].as_array_mut() else {
            continue;
        };
        if highlights.len() > 2 {
            let left_out = usize::try_from(chance.below(highlights.len() as u64))?;
            highlights.remove(left_out);
        }
        lines.extend(highlights.iter_mut());
    }
    let count = lines.len().max(1);
    for edit in 0..edits as usize {
        if let Some(line) = lines.get_mut(edit % count) {
            let words = line
                .as_str()
                .unwrap_or_default()
                .trim_end_matches('.')
                .to_owned();
            **line = json!(format!("{words}, in {} weeks", 3 + edit));
        }
    }
    let bytes = serde_json::to_vec(&resume)?;
    Ok(intake::read_evidence("resume.json", &bytes)?.profile)
}

fn posting_of(name: &str) -> Outcome<Posting> {
    let bytes = fs::read(fixtures().join(name))?;
    Ok(intake::read_posting(&bytes, PostingHint::default())?)
}

/// Other first words that claim no more.
const VERBS: [(&str, [&str; 3]); 5] = [
    ("Reduced", ["Cut", "Lowered", "Decreased"]),
    ("Built", ["Made", "Created", "Constructed"]),
    ("Developed", ["Built", "Created", "Made"]),
    ("Implemented", ["Put in place", "Introduced", "Realised"]),
    ("Improved", ["Bettered", "Enhanced", "Raised"]),
];

/// Answers as the question says: which words it takes depends on the line and the posting, so that an
/// answer to another question shows.
fn think(material: &Value) -> Value {
    if let Some(posting) = material["postings"].get(0) {
        let text = posting["text"].as_str().unwrap_or_default();
        let lines = text.lines().filter(|line| line.starts_with("- "));
        let told: Vec<Value> = lines
            .map(|line| json!({"quote": line.trim_start_matches("- "), "kind": "must"}))
            .collect();
        return json!({"requirements": told});
    }
    if material.get("summaries").is_some() {
        let facts = material["summaries"][0]["facts"].as_array();
        let sentences: Vec<Value> = facts
            .into_iter()
            .flatten()
            .take(2)
            .map(|fact| json!({"text": fact["quote"], "cites": [{"fact": fact["id"], "quote": fact["quote"]}]}))
            .collect();
        return json!({"sentences": sentences});
    }
    if let Some(offered) = material["headlines"].get(0) {
        let skills = offered["skills"].as_array().into_iter().flatten().take(3);
        let ids: Vec<&Value> = skills.map(|skill| &skill["id"]).collect();
        return json!({"title": offered["titles"][0]["id"], "skills": ids});
    }
    let wishes = material["posting"].to_string();
    let lines = material["lines"].as_array().into_iter().flatten();
    let lines: Vec<Value> = lines
        .filter_map(|line| {
            let text = line["text"].as_str()?;
            let (verb, others) = VERBS.iter().find(|(verb, _)| text.starts_with(verb))?;
            let hash = ContentHash::of(format!("{wishes} {text}").as_bytes());
            let choice = usize::from(hash.as_str().as_bytes()[0]) % others.len();
            let text = text.replacen(verb, others[choice], 1);
            let facts = line["facts"].as_array()?;
            let cites: Vec<Value> = facts
                .iter()
                .map(|fact| json!({"fact": fact["id"], "quote": fact["quote"]}))
                .collect();
            Some(json!({"id": line["id"], "text": text, "cites": cites}))
        })
        .collect();
    json!({"lines": lines})
}

async fn answer(Json(question): Json<Value>) -> Json<Value> {
    let material = question["messages"][1]["content"]
        .as_str()
        .unwrap_or_default();
    let material: Value = serde_json::from_str(material).unwrap_or_default();
    let told = think(&material).to_string();
    let message = json!({"role": "assistant", "content": told});
    Json(json!({
        "model": "stand-in",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": question.to_string().len() / 4, "completion_tokens": told.len() / 4},
    }))
}

async fn settings() -> Outcome<Settings> {
    let router = Router::new().route("/v1/chat/completions", post(answer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    let per_million = |input, output| {
        let usage = Usage {
            input,
            output,
            ..Usage::default()
        };
        cost("gemini-2.5-flash", usage).map(|money| money.micro_dollars as f64 / 1e6)
    };
    let known = "the default model has a price";
    let price = backend::ports::models::Price::flat(
        per_million(1_000_000, 0).ok_or(known)?,
        per_million(0, 1_000_000).ok_or(known)?,
    );
    Ok(Settings {
        base_url: format!("http://{address}/v1"),
        price: Some(price),
        calls_per_minute: 10_000,
        ..Settings::of(Provider::OpenAi, "stand-in")
    })
}

fn desk(models: &Models, settings: &Settings) -> Desk {
    let model = models.open(Some(settings));
    Desk::new(model, Cache::default(), None, Budget::default())
}

/// What one step gives: everything that stands in the draft.
async fn step(desk: &Desk, owner: Uuid, profile: &Profile, posting: &Posting, pages: u32) -> Value {
    let errand = Errand {
        desk,
        owner,
        run: None,
        deadline: Utc::now() + TimeDelta::minutes(3),
    };
    let built_in = tailor::analyze(posting);
    let (analysis, ..) = model::read(errand, posting, built_in).await;
    let wanted = Wanted {
        pages,
        language: Tongue::default(),
    };
    let generated = generate(profile, posting, &analysis, &wanted);
    let why = (&analysis, generated.matches.as_slice());
    let improved = model::improve(errand, generated.draft, profile, posting, why, None).await;
    let lines: Vec<&str> = improved
        .draft
        .resume
        .claims()
        .map(|(_, claim)| claim.text.as_str())
        .collect();
    json!({"lines": lines, "notice": improved.notice, "requirements": analysis.requirements.len()})
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--generate") {
        for step in trace() {
            println!("{}", serde_json::to_string(&step)?);
        }
        return Ok(());
    }
    let file = arguments
        .iter()
        .find(|argument| !argument.starts_with("--"))
        .ok_or("give the trace, or --generate")?;
    let steps: Vec<Step> = fs::read_to_string(file)?
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    if steps != trace() {
        return Err("the trace is not what the generator writes; write it anew".into());
    }
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    let models = Models::new()?;
    let settings = settings().await?;
    let keeping = desk(&models, &settings);
    let mut postings: BTreeMap<&str, Posting> = BTreeMap::new();
    let mut edits: BTreeMap<u32, u32> = BTreeMap::new();
    let (mut without, mut wrong) = (0, 0);
    for one in &steps {
        if !postings.contains_key(one.posting.as_str()) {
            postings.insert(&one.posting, posting_of(&one.posting)?);
        }
        let edited = edits.entry(one.person).or_default();
        *edited += u32::from(one.does == "edit");
        let profile = profile_of(one.person, *edited)?;
        let posting = &postings[one.posting.as_str()];
        let owner = Uuid::from_u128(u128::from(one.person) + 1);
        let kept = step(&keeping, owner, &profile, posting, one.pages).await;
        // Nothing is kept between the steps here: what it gives is right by definition.
        let fresh_desk = desk(&models, &settings);
        let fresh = step(&fresh_desk, owner, &profile, posting, one.pages).await;
        without += fresh_desk.spent().1.micro_dollars;
        wrong += u32::from(kept != fresh);
    }
    let (calls, with) = keeping.spent();
    let saved = 100.0 * (1.0 - with.micro_dollars as f64 / (without as f64).max(1.0));
    let looked: serde_json::Map<String, Value> = keeping
        .looked()
        .into_iter()
        .map(|(purpose, (found, missed))| (purpose.to_owned(), json!([found, found + missed])))
        .collect();
    let told = json!({
        "steps": steps.len(), "people": PEOPLE, "calls": calls, "cost_micro": with.micro_dollars,
        "cost_without_micro": without, "saved_percent": saved, "wrong": wrong, "looked": looked,
    });
    println!("{told}");
    Ok(())
}
