//! A person's own key in the program: given and tried by plain forms, used by runs, told of when it is
//! refused; and in no page, no log and no dump of the database.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/modelled.rs"]
mod modelled;
#[path = "support/served.rs"]
mod served;
#[path = "../../crates/backend/tests/support/mod.rs"]
mod support;

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use axum::http::StatusCode;
use modelled::{Program, client, lines_only, start_with};
use serde_json::json;

const KEY: &str = "sk-hunter2-of-a-person-canary-9z9z";

/// Posts a form as a browser without a script does; gives the address it is sent to.
async fn post(program: &Program, to: &str, form: &[(&str, &str)]) -> String {
    let body = form
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("&");
    let answer = client()
        .post(format!("{}/api/{to}", program.address))
        .header("accept", "text/html")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::FOUND, "{to}");
    let to = answer.headers()["location"].to_str().unwrap().to_owned();
    assert!(!to.contains("hunter2"), "{to}");
    to
}

async fn page(program: &Program, path: &str) -> String {
    let page = client().get(format!("{}{path}", program.address)).send();
    let page = page.await.unwrap().text().await.unwrap();
    assert!(
        !page.contains("hunter2") && !page.contains("canary"),
        "a key on a page"
    );
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_own_key_serves_their_runs_and_shows_nowhere() {
    let settings = [
        ("LLMPLOYABLE_MODEL_KEY", "instances-own"),
        ("LLMPLOYABLE_MODEL_BUDGET_INSTANCE", "0"),
        ("LLMPLOYABLE_LOG_FILTER", "trace"),
    ];
    let mind = lines_only(|_| json!({"lines": []}));
    let program = start_with("own-key", None, &settings, mind).await;
    let models = page(&program, "/models").await;
    assert!(models.contains("You have given none"), "{models}");
    let form = [("provider", "openai"), ("model", ""), ("key", KEY)];
    let refused = post(
        &program,
        "keep_key",
        &[("provider", "openai"), ("key", "hunter2")],
    )
    .await;
    assert!(
        refused.contains("own_refused=own_key_unusable"),
        "{refused}"
    );
    assert!(
        page(&program, &refused)
            .await
            .contains("This cannot be a key")
    );
    let kept = post(&program, "keep_key", &form).await;
    let models = page(&program, &kept).await;
    for words in [
        "Your key is kept",
        "ends in 9z9z",
        "gpt-4.1-mini",
        "Delete the key that ends in 9z9z",
    ] {
        assert!(models.contains(words), "{words} in {models}");
    }
    assert!(
        page(&program, "/")
            .await
            .contains("will be asked with your own key")
    );

    let (_, view) = program.run().await;
    assert!(
        !view.to_string().contains("model_"),
        "the instance's budget is no matter: {view}"
    );
    let bearer = format!("Bearer {KEY}");
    let keys = std::mem::take(&mut *program.keys.lock().unwrap());
    assert!(
        keys.len() >= 2 && keys.iter().all(|key| *key == bearer),
        "{}",
        keys.len()
    );
    assert!(page(&program, "/models").await.contains("your key"));

    program.refused.lock().unwrap().push(bearer.clone());
    let tried = post(&program, "try_key", &[]).await;
    assert!(
        page(&program, &tried)
            .await
            .contains("The provider refused your key")
    );
    post(&program, "forget_answers", &[]).await;
    let (text, view) = program.run().await;
    assert!(text.contains("Reduced API response time by 40%"), "{text}");
    let told = view["notices"].to_string();
    assert_eq!(
        told.matches("model_own_refused").count(),
        1,
        "told once: {view}"
    );
    let run = format!("/runs/{}", view["id"].as_str().unwrap());
    let run = page(&program, &run).await;
    assert!(
        run.contains("Your key was refused") && run.contains("/models#own-key-title"),
        "{run}"
    );
    let keys = program.keys.lock().unwrap().clone();
    assert!(
        keys.iter().all(|key| *key == bearer),
        "nobody else's key was tried instead"
    );

    let data = program.log.parent().unwrap();
    let sealed = data.join("seal.key");
    let mode = std::fs::metadata(&sealed).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let doctor = Command::new(env!("CARGO_BIN_EXE_llmployable"))
        .arg("doctor")
        .env("LLMPLOYABLE_DATA_DIR", data)
        .output()
        .unwrap();
    let doctor = String::from_utf8(doctor.stdout).unwrap();
    let told = format!("the key file {} is private, 1 key", sealed.display());
    assert!(doctor.contains(&told), "{doctor}");
    std::fs::set_permissions(&sealed, std::fs::Permissions::from_mode(0o640)).unwrap();
    let doctor = Command::new(env!("CARGO_BIN_EXE_llmployable"))
        .arg("doctor")
        .env("LLMPLOYABLE_DATA_DIR", data)
        .output()
        .unwrap();
    assert!(!doctor.status.success());
    assert!(
        String::from_utf8(doctor.stdout)
            .unwrap()
            .contains("mode 0640")
    );

    let removed = post(&program, "remove_key", &[]).await;
    let models = page(&program, &removed).await;
    assert!(models.contains("Your key is deleted") && models.contains("You have given none"));
    let log = std::fs::read_to_string(&program.log).unwrap();
    assert!(log.len() > 10_000, "much was written down");
    for part in ["canary", "hunter2"] {
        let found = log.lines().find(|line| line.contains(part));
        assert_eq!(found, None, "{part} in the log");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_keys_are_switched_off_none_is_taken() {
    let settings = [("LLMPLOYABLE_MODEL_PERSONAL_KEYS", "false")];
    let mind = lines_only(|_| json!({"lines": []}));
    let program = start_with("own-key-off", None, &settings, mind).await;
    let models = page(&program, "/models").await;
    assert!(models.contains("switched off here") && !models.contains("own-key-form"));
    let form = [("provider", "openai"), ("model", ""), ("key", KEY)];
    let refused = post(&program, "keep_key", &form).await;
    assert!(
        refused.contains("own_refused=own_key_forbidden"),
        "{refused}"
    );
    assert!(!program.log.parent().unwrap().join("seal.key").exists());
}
