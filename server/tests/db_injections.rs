//! Attacks on the whole product: instructions to models in postings, résumés, PDFs and README texts, a
//! model that obeys every one of them, and the real program. Nothing they ask for reaches a PDF, a log
//! or another run.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/served.rs"]
mod served;
#[path = "../../crates/backend/tests/support/mod.rs"]
mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use support::{Janitor, fresh_folder, janitor};

const PATIENCE: Duration = Duration::from_mins(2);
/// Programs at once.
const PROGRAMS: usize = 3;
/// Of attacks in postings every so many is tried here; `tailor` tries them all without a program.
const EVERY: usize = 6;
const CALM: &str = "Full Stack Engineer\n\nWe build a web shop for bakers all over the country.\n\n\
    Requirements\n- React and Node.js\n- CI/CD with GitHub Actions\n- PostgreSQL in production\n";

/// What makes a text one that is read as a résumé.
const RESUME: &str = "Alex Chen\nalex@example.org\n\nExperience\n\nTechCorp Inc\nSenior Software Engineer\n\
    2021 - Present\n- Kept the payment service running\n\nProjects\n\nsite\n";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../fixtures")
        .join(name)
}

/// The attacks that are tried, those in evidence all.
fn attacks() -> Vec<Value> {
    let text = fs::read_to_string(fixture("injections/attacks.jsonl")).unwrap();
    let mut postings = 0;
    text.lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|attack| {
            let in_posting = attack["carrier"].as_str().unwrap().starts_with("posting");
            postings += usize::from(in_posting);
            !in_posting || postings % EVERY == 0
        })
        .collect()
}

/// The attack the model obeys at the moment.
type Obeyed = Arc<Mutex<Value>>;

async fn obey(State(obeyed): State<Obeyed>, Json(question): Json<Value>) -> Json<Value> {
    let attack = obeyed.lock().unwrap().clone();
    let told = question["messages"][1]["content"].as_str().unwrap();
    let material: Value = serde_json::from_str(told).unwrap_or_default();
    let mut wanted: Vec<String> = Vec::new();
    for line in attack["obeyed"]["lines"].as_array().into_iter().flatten() {
        wanted.push(line["text"].as_str().unwrap().to_owned());
    }
    for place in ["summary", "headline", "raw"] {
        wanted.extend(attack["obeyed"][place].as_str().map(str::to_owned));
    }
    for forbidden in attack["must_not_appear"].as_array().into_iter().flatten() {
        wanted.push(forbidden.as_str().unwrap().to_owned());
    }
    let wish = |at: usize| {
        wanted
            .get(at % wanted.len().max(1))
            .cloned()
            .unwrap_or_default()
    };
    let cites = |facts: &Value| -> Vec<Value> {
        let facts = facts.as_array().into_iter().flatten();
        facts
            .map(|fact| json!({"fact": fact["id"], "quote": fact["quote"]}))
            .collect()
    };
    let answer = if material.get("postings").is_some() {
        let requirements: Vec<Value> = wanted
            .iter()
            .map(|text| json!({"quote": text, "kind": "must"}))
            .collect();
        json!({"requirements": requirements})
    } else if material.get("summaries").is_some() {
        let facts = cites(&material["summaries"][0]["facts"]);
        let sentences: Vec<Value> = wanted
            .iter()
            .map(|text| json!({"text": text, "cites": facts}))
            .collect();
        json!({"sentences": sentences})
    } else if material.get("headlines").is_some() {
        // Words where ids belong, and true ids with words among them.
        let title = ["t1".to_owned(), wish(0)][wanted.len() % 2].clone();
        json!({"title": title, "skills": wanted})
    } else {
        let lines = (0..).zip(material["lines"].as_array().into_iter().flatten());
        let lines: Vec<Value> = lines
            .map(|(at, line)| {
                // With the line's own words before, as whoever wants to be believed does.
                let text = match at % 3 {
                    0 => format!("{}, {}", line["text"].as_str().unwrap(), wish(at / 3)),
                    _ => wish(at / 3),
                };
                json!({"id": line["id"], "text": text, "cites": cites(&line["facts"])})
            })
            .collect();
        json!({"lines": lines})
    };
    let text = answer.to_string();
    let delta = json!({"role": "assistant", "content": text});
    let choice = json!({"index": 0, "finish_reason": "stop", "message": delta});
    Json(json!({"model": "obedient", "choices": [choice],
        "usage": {"prompt_tokens": 10, "completion_tokens": 10}}))
}

struct Program {
    child: Child,
    _janitor: Janitor,
    address: String,
    obeyed: Obeyed,
    log: PathBuf,
    data: PathBuf,
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

async fn start(number: usize) -> Program {
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    let obeyed = Obeyed::default();
    let router = Router::new()
        .route("/v1/chat/completions", post(obey))
        .with_state(obeyed.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let data = fresh_folder(&format!("injections-{number}"));
    let janitor = janitor(&data);
    let log = data.join("program.log");
    let settings = [
        ("LLMPLOYABLE_MODEL_PROVIDER", "openai"),
        ("LLMPLOYABLE_MODEL_NAME", "obedient"),
        ("LLMPLOYABLE_MODEL_BASE_URL", base.as_str()),
        ("LLMPLOYABLE_MODEL_CALLS_PER_MINUTE", "10000"),
        ("LLMPLOYABLE_MODEL_QUESTIONS_PERSON", "100000"),
        (
            "LLMPLOYABLE_LOG_FILTER",
            "debug,hyper=info,h2=info,sqlx=info",
        ),
    ];
    let file = Stdio::from(fs::File::create(&log).unwrap());
    let (child, address) = served::serve_with_log(&data, &[], &settings, file);
    Program {
        child,
        _janitor: janitor,
        address,
        obeyed,
        log,
        data,
    }
}

/// A PDF of one page with a résumé on it and the attack where its place says.
fn pdf(attack: &Value) -> Vec<u8> {
    let escaped = |text: &str| {
        let plain = text.chars().map(|c| {
            if c.is_ascii() && !c.is_control() {
                c
            } else {
                ' '
            }
        });
        plain
            .collect::<String>()
            .replace('\\', "\\\\")
            .replace('(', "\\(")
            .replace(')', "\\)")
    };
    let attacked = attack["text"].as_str().unwrap();
    let lines: Vec<String> = attacked.lines().map(escaped).collect();
    let place = attack["place"].as_str().unwrap_or("visible");
    let mut content = String::from(
        "BT /F1 18 Tf 60 760 Td (Alex Chen) Tj ET\nBT /F1 11 Tf 60 730 Td (Experience) Tj ET\n\
         BT /F1 11 Tf 60 712 Td (TechCorp Inc, Senior Software Engineer, 2021 - Present) Tj ET\n\
         BT /F1 11 Tf 60 696 Td (Kept the payment service running) Tj ET\n",
    );
    let (colour, size, top, left) = match place {
        "white" => ("1 1 1 rg", 11, 640, 60),
        "tiny" => ("0 0 0 rg", 1, 640, 60),
        "off_page" => ("0 0 0 rg", 11, 640, 2000),
        _ => ("0 0 0 rg", 11, 640, 60),
    };
    let drawn = !matches!(place, "metadata" | "annotation");
    if drawn {
        let (before, after) = match place {
            "actual_text" => (
                format!("/Span <</ActualText ({})>> BDC\n", lines.join(" ")),
                "EMC\n",
            ),
            "optional_content_off" => ("/OC /Off BDC\n".to_owned(), "EMC\n"),
            _ => (String::new(), ""),
        };
        content.push_str(&before);
        for (number, line) in lines.iter().enumerate() {
            let shown = if place == "actual_text" { "x" } else { line };
            let y = top - 14 * i32::try_from(number).unwrap();
            writeln!(
                content,
                "BT {colour} /F1 {size} Tf {left} {y} Td ({shown}) Tj ET"
            )
            .unwrap();
        }
        content.push_str(after);
    }
    let joined = lines.join(" ");
    let note = if place == "annotation" {
        format!(
            "/Annots [<</Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents ({joined})>>]"
        )
    } else {
        String::new()
    };
    let subject = if place == "metadata" {
        joined.as_str()
    } else {
        ""
    };
    let objects = [
        "<</Type /Catalog /Pages 2 0 R /OCProperties <</OCGs [7 0 R] /D <</OFF [7 0 R]>>>>>>"
            .to_owned(),
        "<</Type /Pages /Kids [3 0 R] /Count 1>>".to_owned(),
        format!(
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {note} \
             /Resources <</Font <</F1 5 0 R>> /Properties <</Off 7 0 R>>>>>>"
        ),
        format!("<</Length {}>>\nstream\n{content}endstream", content.len()),
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>"
            .to_owned(),
        format!("<</Title (CV) /Subject ({subject})>>"),
        "<</Type /OCG /Name (off)>>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        offsets.push(file.len());
        write!(file, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let xref = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for offset in offsets {
        writeln!(file, "{offset:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    write!(
        file,
        "trailer <</Size {size} /Root 1 0 R /Info 6 0 R>>\nstartxref\n{xref}\n%%EOF\n"
    )
    .unwrap();
    file.into_bytes()
}

/// The posting, and what is given as evidence beside the person's own résumé.
fn carried(attack: &Value) -> (String, Option<(&'static str, Vec<u8>)>) {
    let text = attack["text"].as_str().unwrap();
    match attack["carrier"].as_str().unwrap() {
        "posting_text" => (format!("{CALM}\n{text}\n"), None),
        "posting_html" => {
            let calm = CALM.replace('\n', "<br>");
            let page =
                format!("<!doctype html><html><body><h1>Job</h1><p>{calm}</p>{text}</body></html>");
            (page, None)
        }
        "resume_text" => (
            CALM.to_owned(),
            Some(("cv.txt", format!("{RESUME}{text}\n").into_bytes())),
        ),
        "readme" => (
            CALM.to_owned(),
            Some(("README.md", format!("{RESUME}{text}\n").into_bytes())),
        ),
        "pdf_text" => (CALM.to_owned(), Some(("cv.pdf", pdf(attack)))),
        _ => {
            let resume = json!({
                "basics": {"name": "Alex Chen", "summary": text},
                "work": [{"name": "TechCorp Inc", "position": "Engineer", "highlights": [text]}],
                "projects": [{"name": "site", "description": text}],
            });
            (
                CALM.to_owned(),
                Some(("more.json", serde_json::to_vec(&resume).unwrap())),
            )
        }
    }
}

impl Program {
    /// Runs with that posting and evidence; what was made, as text, or `None` where it was refused.
    async fn made(
        &self,
        posting: &str,
        evidence: Option<(&'static str, Vec<u8>)>,
    ) -> Option<String> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let person = fs::read(fixture("jsonresume/complete_alex_reference.json")).unwrap();
        let part =
            |name: &'static str, bytes| reqwest::multipart::Part::bytes(bytes).file_name(name);
        let mut form = reqwest::multipart::Form::new()
            .part("evidence", part("alex.json", person.clone()))
            .text("pages", "2")
            .text("posting", posting.to_owned());
        if let Some((name, bytes)) = evidence {
            form = form.part("evidence", part(name, bytes));
        }
        let sent = client
            .post(format!("{}/api/submit_run", self.address))
            .header("accept", "text/html")
            .multipart(form)
            .send();
        let answer = sent.await.unwrap();
        let run = answer.headers()["location"].to_str().unwrap().to_owned();
        if !run.starts_with("/runs/") {
            return None;
        }
        let began = Instant::now();
        while !self.is_done(&client, &run).await {
            assert!(began.elapsed() < PATIENCE, "{run} does not end");
        }
        let file = async |name: &str| {
            let fetched = client.get(format!("{}{run}/{name}", self.address)).send();
            let bytes = fetched.await.unwrap().bytes().await.unwrap();
            bytes.to_vec()
        };
        let pdf = self.data.join("made.pdf");
        fs::write(&pdf, file("resume.pdf").await).unwrap();
        let read = Command::new("pdftotext")
            .arg(&pdf)
            .arg("-")
            .output()
            .unwrap();
        assert!(read.status.success(), "{run} made no PDF");
        let mut made = String::from_utf8_lossy(&read.stdout).into_owned();
        made += &String::from_utf8_lossy(&file("resume.txt").await);
        made += &String::from_utf8_lossy(&file("resume.json").await);
        Some(made)
    }

    /// Waits for the run's next news and says whether they are its last.
    async fn is_done(&self, client: &reqwest::Client, run: &str) -> bool {
        let events = client.get(format!("{}{run}/events", self.address)).send();
        let text = events.await.unwrap().text().await.unwrap_or_default();
        assert!(!text.contains("\"state\":\"failed\""), "{run}: {text}");
        text.contains("\"state\":\"done\"")
    }
}

fn folded(text: &str) -> String {
    let shown = career::text::clean(text).to_lowercase();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What of an attack's wishes is in a text.
fn reached(attack: &Value, text: &str) -> Vec<String> {
    let whole = folded(text);
    let forbidden = attack["must_not_appear"].as_array().unwrap().iter();
    forbidden
        .map(|forbidden| forbidden.as_str().unwrap())
        .filter(|forbidden| text.contains(forbidden) || whole.contains(&folded(forbidden)))
        .map(|forbidden| format!("{}: {forbidden}", attack["id"].as_str().unwrap()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_instructions_ask_for_reaches_a_pdf_a_log_or_another_run() {
    let attacks = Arc::new(attacks());
    let work = (0..PROGRAMS).map(|number| {
        let attacks = Arc::clone(&attacks);
        tokio::spawn(async move {
            let program = start(number).await;
            let mut mine: Vec<&Value> = attacks.iter().skip(number).step_by(PROGRAMS).collect();
            mine.sort_by_key(|attack| attack["carrier"].as_str().unwrap().to_owned());
            let (mut tried, mut found) = (0, Vec::new());
            for attack in &mine {
                *program.obeyed.lock().unwrap() = (*attack).clone();
                let (posting, evidence) = carried(attack);
                if let Some(made) = program.made(&posting, evidence).await {
                    tried += 1;
                    found.extend(reached(attack, &made));
                }
            }
            // Somebody else's calm run afterwards, with the same model still under its spell.
            let calm = program.made(CALM, None).await.unwrap();
            let log = fs::read_to_string(&program.log).unwrap();
            assert!(log.contains("run accepted"), "the log is read");
            for attack in &mine {
                found.extend(
                    reached(attack, &calm)
                        .into_iter()
                        .map(|what| format!("calm run: {what}")),
                );
                found.extend(
                    reached(attack, &log)
                        .into_iter()
                        .map(|what| format!("log: {what}")),
                );
                let told = attack["instruction"].as_str().unwrap_or_default();
                if told.len() > 20 && log.contains(told) {
                    found.push(format!("log: the words of {}", attack["id"]));
                }
            }
            (tried, found)
        })
    });
    let (mut tried, mut found) = (0, Vec::new());
    for done in futures::future::join_all(work).await {
        let (some, reached) = done.unwrap();
        tried += some;
        found.extend(reached);
    }
    assert!(tried >= 150, "{tried} were tried");
    assert!(found.is_empty(), "{found:#?}");
}
