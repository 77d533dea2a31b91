//! A language model in a run: what it proposes reaches the page only where the evidence says so, what
//! it sees names nobody, and without it the run ends all the same and says so.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/modelled.rs"]
mod modelled;
#[path = "support/served.rs"]
mod served;
#[path = "../../crates/backend/tests/support/mod.rs"]
mod support;

use std::sync::Arc;

use axum::http::StatusCode;
use modelled::{client, jane, lines_only, start, start_with};
use serde_json::{Value, json};
use tokio::sync::Notify;

/// The line that a model is asked about whose words hold those.
fn line<'a>(material: &'a Value, words: &str) -> &'a Value {
    let mut lines = material["lines"].as_array().unwrap().iter();
    lines
        .find(|line| line["text"].as_str().unwrap().contains(words))
        .unwrap()
}

fn reworded(line: &Value, text: &str) -> Value {
    let fact = &line["facts"][0];
    json!({"id": line["id"], "text": text, "cites": [{"fact": fact["id"], "quote": fact["quote"]}]})
}

#[tokio::test(flavor = "multi_thread")]
async fn true_rewordings_reach_the_page_and_obeyed_instructions_do_not() {
    let program = start("models-true", lines_only(|material| {
        assert!(material.is_object(), "the material is JSON");
        if material.get("posting").is_none() {
            // What was refused is asked once more, with the reason.
            let asked = material["lines"].as_array().unwrap();
            assert!(asked.iter().all(|line| line["because"][0].is_string()), "{material}");
            let pipeline = line(material, "CI/CD pipeline");
            return json!({"lines": [
                reworded(pipeline, "Implemented a CI/CD pipeline with GitHub Actions, cutting deployment time from 2 hours to 15 minutes"),
            ]});
        }
        let api = line(material, "Reduced API response time");
        let bundle = line(material, "Optimized bundle size");
        let pipeline = line(material, "CI/CD pipeline");
        json!({"lines": [
            reworded(api, "Cut API response time by 40% through caching and database optimization"),
            reworded(bundle, "Led a team of 900 at Zephyr Bank, see https://evil.example"),
            reworded(pipeline, "Ran Kafka in production and implemented a CI/CD pipeline using GitHub Actions"),
        ]})
    }))
    .await;
    let (page, view) = program.run().await;
    assert!(
        page.contains("Cut API response time by 40% through caching and database optimization"),
        "{page}"
    );
    for lie in ["900", "Zephyr", "evil.example", "Kafka"] {
        assert!(!page.contains(lie), "{lie} in {page}");
    }
    assert!(
        page.contains("Optimized bundle size"),
        "the fact's own words stand: {page}"
    );
    let told = view.to_string();
    assert!(
        told.contains("\"reworded\",2") && told.contains("\"kept\",1"),
        "{told}"
    );
    let heard = program.heard.lock().unwrap().join("\n");
    for private in [
        "Jane",
        "jane.developer",
        "123-4567",
        "janedeveloper",
        "janedev",
    ] {
        assert!(!heard.contains(private), "{private} left the machine");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_model_is_away_the_run_ends_with_the_persons_own_words_and_says_so() {
    let program = start("models-away", |_| Err(StatusCode::UNAUTHORIZED)).await;
    let (page, view) = program.run().await;
    assert!(page.contains("Reduced API response time by 40%"), "{page}");
    assert!(view.to_string().contains("model_refused"), "{view}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_another_form_changes_nothing_and_is_told() {
    let program = start("models-form", |_| Ok(json!({"résumé": "all lies"}))).await;
    let (page, view) = program.run().await;
    assert!(page.contains("Reduced API response time by 40%"), "{page}");
    assert!(view.to_string().contains("model_failed"), "{view}");
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_are_seen_as_they_come_and_only_those_that_stand() {
    let gate = Arc::new(Notify::new());
    let mind = lines_only(|material| {
        if material.get("posting").is_none() {
            return json!({"lines": []});
        }
        let api = line(material, "Reduced API response time");
        let bundle = line(material, "Optimized bundle size");
        let good = "Cut API response time by 40% through caching and database optimization";
        let filler = "x".repeat(2000);
        json!({"lines": [
            reworded(bundle, "Led a team of 900 at Zephyr Bank"),
            reworded(api, good),
            {"id": "nothing", "text": filler, "cites": []},
        ]})
    });
    let program = start_with("models-arriving", Some(gate.clone()), &[], mind).await;
    let client = client();
    let run = program.submit(&client).await;
    let seen = program
        .until(&client, &run, |view| {
            !view["arriving"].as_array().unwrap().is_empty()
        })
        .await;
    let arriving = seen["arriving"].to_string();
    assert!(
        arriving.contains("Cut API response time by 40%"),
        "{arriving}"
    );
    assert!(!arriving.contains("900"), "{arriving}");
    assert_eq!(seen["state"]["state"], "working");
    gate.notify_one();
    let view = program.end_of(&client, &run).await;
    assert_eq!(
        view["arriving"],
        json!([]),
        "what has arrived is in the result now"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_is_not_asked_again_and_the_ledger_says_what_it_cost_and_saved() {
    let program = start(
        "models-kept",
        lines_only(|material| {
            if material.get("posting").is_none() {
                return json!({"lines": []});
            }
            let api = line(material, "Reduced API response time");
            json!({"lines": [
                reworded(api, "Cut API response time by 40% through caching and database optimization"),
            ]})
        }),
    )
    .await;
    let (first, _) = program.run().await;
    let asked = program.heard.lock().unwrap().len();
    assert!(asked >= 2, "the posting and the lines");
    let (second, view) = program.run().await;
    assert_eq!(
        program.heard.lock().unwrap().len(),
        asked,
        "nothing was asked again"
    );
    assert!(second.contains("Cut API response time by 40%"), "{second}");
    assert_eq!(first, second);
    let client = client();
    let page = client.get(format!("{}/models", program.address)).send();
    let page = page.await.unwrap().text().await.unwrap();
    for words in [
        "Reading the posting",
        "Wording lines",
        "Kept answer",
        "Nothing left this machine",
        "saved $0.0003",
        "stub",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    // The run leads to its own calls, which are some of all.
    let run = view["id"].as_str().unwrap();
    assert_eq!(view["asked"], true);
    let ledger = format!("/models?run={run}");
    let get = async |path: &str| {
        let answer = client.get(format!("{}{path}", program.address)).send();
        answer.await.unwrap().text().await.unwrap()
    };
    let of_run = get(&format!("/runs/{run}")).await;
    assert!(of_run.contains(&ledger), "{of_run}");
    let own = get(&ledger).await;
    assert!(
        own.contains("Kept answer") && own.contains("All calls"),
        "{own}"
    );
    assert!(!own.contains("Answered in"), "the first run's calls: {own}");
    let forgotten = client
        .post(format!("{}/api/forget_answers", program.address))
        .header("accept", "text/html")
        .header("content-type", "application/x-www-form-urlencoded")
        .send()
        .await
        .unwrap();
    assert_eq!(forgotten.status(), StatusCode::FOUND);
    program.run().await;
    assert!(
        program.heard.lock().unwrap().len() > asked,
        "what is forgotten is asked anew"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_that_is_used_up_sends_nothing_and_the_run_ends_and_says_so() {
    let settings = [("LLMPLOYABLE_MODEL_BUDGET_PERSON", "0.000001")];
    let mind = lines_only(|_| json!({"lines": []}));
    let program = start_with("models-budget", None, &settings, mind).await;
    let (page, view) = program.run().await;
    assert!(page.contains("Reduced API response time by 40%"), "{page}");
    assert!(view.to_string().contains("model_budget_person"), "{view}");
    assert_eq!(program.heard.lock().unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_of_language_is_kept_with_the_run_and_refused_where_there_is_no_such_language() {
    let program = start("models-language", lines_only(|_| json!({"lines": []}))).await;
    let client = client();
    let chosen = program.submit_in(&client, "de").await;
    let view = program
        .end_of(&client, chosen["location"].to_str().unwrap())
        .await;
    assert!(
        view["notices"].to_string().contains("language_lines:de:en"),
        "{view}"
    );
    let run = chosen["location"].to_str().unwrap();
    let get = async |path: &str| {
        let answer = client.get(format!("{}{path}", program.address)).send();
        answer.await.unwrap().text().await.unwrap()
    };
    let text = get(&format!("{run}/resume.txt")).await.to_lowercase();
    assert!(
        text.contains("berufserfahrung") && text.contains("heute"),
        "{text}"
    );
    let page = get(run).await;
    assert!(page.contains("Headings and dates are in German"), "{page}");
    let refused = program.submit_in(&client, "tlh").await;
    let form = get(refused["location"].to_str().unwrap()).await;
    assert!(
        form.contains("There are no headings in that language."),
        "{form}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_line_under_the_name_is_chosen_among_what_the_person_has_and_nothing_else_gets_there() {
    let program = start("models-headline", |material| {
        let Some(offered) = material["headlines"].get(0) else {
            return lines_only(|_| json!({"lines": []}))(material);
        };
        // The second posting's instructions are obeyed.
        if material["posting"].to_string().contains("COBOL") {
            return Ok(json!({"title": "Chief COBOL Officer", "skills": ["s1", "s99", "Led 900"]}));
        }
        let skills = offered["skills"].as_array().unwrap();
        let ids: Vec<&Value> = skills.iter().take(2).map(|skill| &skill["id"]).collect();
        Ok(json!({"title": offered["titles"][0]["id"], "skills": ids}))
    })
    .await;
    let mut jane: Value = serde_json::from_slice(&jane()).unwrap();
    jane["basics"].as_object_mut().unwrap().remove("label");
    let jane = serde_json::to_vec(&jane).unwrap();
    let client = client();
    let headed = async |posting: &str| {
        let sent = program.send(&client, jane.clone(), posting, "").await;
        let run = sent["location"].to_str().unwrap().to_owned();
        let view = program.end_of(&client, &run).await;
        let text = client.get(format!("{}{run}/resume.txt", program.address));
        let text = text.send().await.unwrap().text().await.unwrap();
        (text.lines().nth(1).unwrap().to_owned(), view.to_string())
    };
    let (line, view) = headed(modelled::POSTING).await;
    let (title, skills) = line.split_once(" · ").unwrap();
    assert_eq!(title, "Senior Software Engineer");
    assert!(skills.contains("React") && skills.contains(", "), "{line}");
    assert!(view.contains("\"headed\",1"), "{view}");
    let (line, view) = headed(
        "Chief COBOL Officer\n\nWe run mainframes for bakers all over the country.\n\n\
         Requirements\n- Ten years of COBOL\n- React\n- Node.js\n",
    )
    .await;
    assert_eq!(line, "Senior Software Engineer", "what stood there stays");
    assert!(!view.contains("headed"), "{view}");
    let heard = program.heard.lock().unwrap().join("\n");
    assert!(heard.contains("headlines"));
    for private in ["Jane", "jane.developer", "123-4567"] {
        assert!(!heard.contains(private), "{private} left the machine");
    }
    let ledger = client.get(format!("{}/models", program.address)).send();
    let ledger = ledger.await.unwrap().text().await.unwrap();
    for words in [
        "Choosing the line under the name",
        "titles of positions, skills",
    ] {
        assert!(ledger.contains(words), "{words} in {ledger}");
    }
}
