//! LinkedIn's member data portability interface as a real server on loopback: every page, every refusal
//! it documents, and everything that can break on the way.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/linkedin.rs"]
mod stub;

use std::time::Duration;

use backend::ports::linkedin::{Client, DOMAINS, Limits, LinkedIn, LinkedInError, Settings};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use stub::{Reply, Stub};

/// Long enough for any answer on loopback; what never answers is given up then.
const QUICK: Duration = Duration::from_secs(2);
const BACK: &str = "http://127.0.0.1:3000/evidence/linkedin/callback";

fn client_with(stub: &Stub, limits: Limits) -> LinkedIn {
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    let settings = Settings {
        api: stub.url(),
        oauth: format!("{}/oauth/v2", stub.url()),
        client: Some(Client {
            id: "app".to_owned(),
            secret: SecretString::from("hunter2"),
        }),
        scope: "r_dma_portability_self_serve".to_owned(),
    };
    LinkedIn::new(settings, limits).unwrap()
}

fn client(stub: &Stub) -> LinkedIn {
    client_with(stub, Limits::default())
}

fn token() -> SecretString {
    SecretString::from("AQX-example_token")
}

fn skills(names: &[&str], next: Option<&str>) -> Reply {
    let rows: Vec<_> = names.iter().map(|name| json!({"Name": name})).collect();
    let links: Vec<_> = next
        .iter()
        .map(|href| json!({"type": "application/json", "rel": "next", "href": href}))
        .collect();
    Reply::page(&json!({
        "paging": {"start": 0, "count": 10, "links": links, "total": 9},
        "elements": [{"snapshotDomain": "SKILLS", "snapshotData": rows}],
    }))
}

#[tokio::test]
async fn every_domain_and_every_page_is_read_as_the_member() {
    let stub = Stub::with_member().await;
    let answers = client(&stub).snapshot(&token()).await.unwrap();
    assert!(answers.missed().is_empty(), "{answers:?}");
    assert_eq!(answers.rows("SKILLS"), 4, "three pages");
    for domain in DOMAINS {
        assert!(answers.rows(domain) > 0, "{domain}");
    }
    let asked = stub.asked();
    assert_eq!(asked.len(), DOMAINS.len() + 2);
    for asked in &asked {
        assert_eq!(asked.query["q"], "criteria");
        assert_eq!(asked.headers["linkedin-version"], "202312");
        assert_eq!(asked.headers["x-restli-protocol-version"], "2.0.0");
        assert_eq!(asked.headers["authorization"], "Bearer AQX-example_token");
        assert!(!asked.query.values().any(|value| value.contains("AQX")));
    }
    let evidence = intake::read_evidence("LinkedIn", &answers.document()).unwrap();
    assert_eq!(evidence.kind, intake::SourceKind::LinkedinSnapshot);
    assert!(evidence.profile.facts.len() > 50);
    let again = client(&stub).snapshot(&token()).await.unwrap();
    assert_eq!(again.document(), answers.document(), "byte for byte");
}

#[tokio::test]
async fn a_domain_without_data_is_no_trouble() {
    let stub = Stub::empty().await;
    stub.set("SKILLS", 0, skills(&["Rust"], None));
    let answers = client(&stub).snapshot(&token()).await.unwrap();
    assert!(answers.missed().is_empty(), "{answers:?}");
    assert_eq!(answers.rows("SKILLS"), 1);
    assert_eq!(stub.asked().len(), DOMAINS.len());
}

#[tokio::test]
async fn no_data_at_all_is_told_as_that() {
    let stub = Stub::empty().await;
    let error = client(&stub).snapshot(&token()).await.unwrap_err();
    assert_eq!(error, LinkedInError::Empty);
}

#[tokio::test]
async fn a_refusal_that_holds_for_all_has_its_reason_and_is_not_asked_for_again() {
    let hour = Duration::from_hours(1);
    for (reply, expected) in [
        (Reply::refusal("expired"), LinkedInError::Expired),
        (Reply::refusal("revoked"), LinkedInError::Expired),
        (Reply::refusal("invalid"), LinkedInError::Expired),
        (Reply::refusal("not_covered"), LinkedInError::NotCovered),
        (Reply::refusal("version_gone"), LinkedInError::Version),
        (Reply::refusal("version_missing"), LinkedInError::Version),
        (Reply::refusal("throttled"), LinkedInError::Limited(None)),
        (
            Reply::refusal("old_throttled"),
            LinkedInError::Limited(None),
        ),
        (
            Reply::refusal("throttled").with("retry-after", "3600"),
            LinkedInError::Limited(Some(hour)),
        ),
    ] {
        let stub = Stub::with_member().await;
        stub.set("PROFILE", 0, reply);
        let error = client(&stub).snapshot(&token()).await.unwrap_err();
        assert_eq!(error, expected);
        assert_eq!(stub.asked().len(), 1, "{expected:?}");
    }
}

#[tokio::test]
async fn a_short_wait_is_waited_for_and_a_long_one_is_not() {
    let stub = Stub::with_member().await;
    let throttled = || Reply::refusal("throttled").with("retry-after", "0");
    stub.set(
        "SKILLS",
        0,
        Reply::InTurn(vec![throttled(), throttled(), skills(&["Rust"], None)]),
    );
    let answers = client(&stub).snapshot(&token()).await.unwrap();
    assert!(answers.missed().is_empty(), "{answers:?}");
    assert_eq!(stub.times("SKILLS"), 3);

    let stub = Stub::with_member().await;
    stub.set("PHONE_NUMBERS", 0, throttled().with("retry-after", "6"));
    let answers = client(&stub).snapshot(&token()).await.unwrap();
    let six = LinkedInError::Limited(Some(Duration::from_secs(6)));
    assert_eq!(answers.missed(), [("PHONE_NUMBERS", six)]);
    assert_eq!(stub.times("PHONE_NUMBERS"), 1);
}

#[tokio::test]
async fn a_domain_in_trouble_is_told_and_the_others_stay() {
    let cut = Reply::BreaksOff(r#"{"elements": [{"snapshotDomain": "SKILLS", "#.to_owned());
    let busy = || Reply::Says(503, Vec::new(), "<html>Sorry</html>".to_owned());
    let says = |status, body: &str| Reply::Says(status, Vec::new(), body.to_owned());
    let evil = Stub::empty().await;
    let moved = says(302, "").with("location", &format!("{}/steal", evil.url()));
    for (name, reply, expected, times) in [
        ("500", Reply::refusal("internal"), LinkedInError::Offline, 3),
        ("503", busy(), LinkedInError::Offline, 3),
        (
            "503, later",
            busy().with("retry-after", "60"),
            LinkedInError::Offline,
            1,
        ),
        ("cut off", cut, LinkedInError::Offline, 3),
        (
            "no JSON",
            says(200, "{\"elements\": ["),
            LinkedInError::Malformed,
            1,
        ),
        ("no text", says(200, ""), LinkedInError::Malformed, 1),
        ("a list", says(200, "[]"), LinkedInError::Malformed, 1),
        ("no elements", says(200, "{}"), LinkedInError::Malformed, 1),
        (
            "no domain",
            says(200, r#"{"elements": [{"snapshotData": []}]}"#),
            LinkedInError::Malformed,
            1,
        ),
        (
            "no rows",
            says(
                200,
                r#"{"elements": [{"snapshotDomain": "SKILLS", "snapshotData": "x"}]}"#,
            ),
            LinkedInError::Malformed,
            1,
        ),
        (
            "another 404",
            says(404, "<html>"),
            LinkedInError::Malformed,
            1,
        ),
        (
            "not supported",
            Reply::refusal("not_supported"),
            LinkedInError::Malformed,
            1,
        ),
        ("not modified", says(304, ""), LinkedInError::Malformed, 1),
        ("elsewhere", moved, LinkedInError::Malformed, 1),
    ] {
        let stub = Stub::with_member().await;
        stub.set("SKILLS", 0, reply);
        let answers = client(&stub).snapshot(&token()).await.unwrap();
        assert_eq!(answers.missed(), [("SKILLS", expected)], "{name}");
        assert_eq!(stub.times("SKILLS"), times, "{name}");
        assert_eq!(answers.rows("POSITIONS"), 2, "{name}");
        let evidence = intake::read_evidence("LinkedIn", &answers.document()).unwrap();
        let notice = "linkedin_not_read:skills".to_owned();
        assert!(evidence.notices.contains(&notice), "{name}");
    }
    assert!(evil.asked().is_empty(), "no redirect is followed");
}

#[tokio::test]
async fn a_breakdown_that_is_over_at_once_is_not_even_told() {
    let stub = Stub::with_member().await;
    let cut = Reply::BreaksOff("{\"elem".to_owned());
    let turns = vec![cut, Reply::refusal("internal"), skills(&["Rust"], None)];
    stub.set("SKILLS", 0, Reply::InTurn(turns));
    let answers = client(&stub).snapshot(&token()).await.unwrap();
    assert!(answers.missed().is_empty(), "{answers:?}");
    assert_eq!(answers.rows("SKILLS"), 1);
}

#[tokio::test]
async fn who_does_not_answer_in_time_is_not_waited_for() {
    let quick = Limits {
        request: QUICK,
        ..Limits::default()
    };
    let stub = Stub::with_member().await;
    stub.set("COURSES", 0, Reply::Silent);
    let answers = client_with(&stub, quick).snapshot(&token()).await.unwrap();
    assert_eq!(answers.missed(), [("COURSES", LinkedInError::Offline)]);
    assert_eq!(stub.times("COURSES"), 1);
    assert_eq!(answers.rows("SKILLS"), 4);

    // The whole has a limit of its own, whatever each request may take.
    let whole = Limits {
        whole: QUICK,
        ..Limits::default()
    };
    let stub = Stub::empty().await;
    for domain in DOMAINS {
        stub.set(domain, 0, Reply::Silent);
    }
    let error = client_with(&stub, whole).snapshot(&token()).await;
    assert_eq!(error.unwrap_err(), LinkedInError::Offline);
}

#[tokio::test]
async fn nobody_there_is_offline() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut stub = Stub::empty().await;
    stub.address = listener.local_addr().unwrap();
    drop(listener);
    let linkedin = client(&stub);
    let error = linkedin.snapshot(&token()).await.unwrap_err();
    assert_eq!(error, LinkedInError::Offline);
    let code = SecretString::from("code");
    let error = linkedin.exchange(&code, BACK).await.unwrap_err();
    assert_eq!(error, LinkedInError::Offline);
}

#[tokio::test]
async fn what_came_before_a_token_ended_is_kept() {
    let stub = Stub::with_member().await;
    stub.set("PHONE_NUMBERS", 0, Reply::refusal("expired"));
    let answers = client(&stub).snapshot(&token()).await.unwrap();
    assert_eq!(answers.rows("PROFILE"), 1);
    let ended = ("PHONE_NUMBERS", LinkedInError::Expired);
    assert!(answers.missed().contains(&ended), "{answers:?}");
}

#[tokio::test]
async fn pages_before_a_trouble_are_kept_and_the_domain_is_told() {
    for reply in [
        Reply::refusal("internal"),
        Reply::Says(200, Vec::new(), "<html>".to_owned()),
    ] {
        let stub = Stub::with_member().await;
        stub.set("SKILLS", 1, reply);
        let answers = client(&stub).snapshot(&token()).await.unwrap();
        assert_eq!(answers.rows("SKILLS"), 2, "the first page");
        assert_eq!(answers.missed()[0].0, "SKILLS");
    }
    // The end of the data may be told this way; it is no trouble.
    let stub = Stub::with_member().await;
    stub.set("SKILLS", 2, Reply::refusal("no_data"));
    let answers = client(&stub).snapshot(&token()).await.unwrap();
    assert_eq!(answers.rows("SKILLS"), 3);
    assert!(answers.missed().is_empty());
}

#[tokio::test]
async fn a_link_to_the_next_page_leads_to_no_other_host_and_not_in_circles() {
    let evil = Stub::empty().await;
    let stub = Stub::with_member().await;
    let href = format!("{}/rest/memberSnapshotData?start=5&count=7", evil.url());
    stub.set("SKILLS", 0, skills(&["Rust"], Some(&href)));
    stub.set("SKILLS", 5, skills(&["SQL"], None));
    let answers = client(&stub).snapshot(&token()).await.unwrap();
    assert_eq!(answers.rows("SKILLS"), 2);
    assert!(answers.missed().is_empty());
    assert!(evil.asked().is_empty());
    let asked = stub.asked();
    let second = asked
        .iter()
        .find(|asked| asked.query["start"] == "5")
        .unwrap();
    assert_eq!(second.query["count"], "7");

    let circle = "/rest/memberSnapshotData?start=0";
    stub.set("SKILLS", 0, skills(&["Rust"], Some(circle)));
    let answers = client(&stub).snapshot(&token()).await.unwrap();
    assert_eq!(answers.rows("SKILLS"), 1);
    assert_eq!(answers.missed(), [("SKILLS", LinkedInError::Malformed)]);
}

#[tokio::test]
async fn endless_pages_and_huge_ones_are_cut_short() {
    let stub = Stub::with_member().await;
    for start in 0..5 {
        let next = format!("/rest/memberSnapshotData?start={}", start + 1);
        stub.set("SKILLS", start, skills(&["Rust"], Some(&next)));
    }
    let limits = Limits {
        pages: 3,
        page_bytes: 4_000,
        ..Limits::default()
    };
    let answers = client_with(&stub, limits).snapshot(&token()).await.unwrap();
    assert_eq!(answers.rows("SKILLS"), 3);
    assert_eq!(answers.missed(), [("SKILLS", LinkedInError::TooLarge)]);

    let huge = "x".repeat(5_000);
    stub.set("SKILLS", 0, skills(&[&huge], None));
    let answers = client_with(&stub, limits).snapshot(&token()).await.unwrap();
    assert_eq!(answers.rows("SKILLS"), 0);
    assert_eq!(answers.missed(), [("SKILLS", LinkedInError::TooLarge)]);
    assert_eq!(answers.rows("POSITIONS"), 2);

    let limits = Limits {
        bytes: 2_000,
        ..Limits::default()
    };
    let answers = client_with(&stub, limits).snapshot(&token()).await.unwrap();
    assert_eq!(answers.rows("PROFILE"), 1);
    let all = answers.missed().iter();
    assert!(all.clone().count() > 3, "{answers:?}");
    assert!(
        all.clone()
            .all(|(_, error)| *error == LinkedInError::TooLarge)
    );
}

#[tokio::test]
async fn a_code_becomes_a_token_and_the_secret_is_in_no_address() {
    let stub = Stub::with_member().await;
    let code = SecretString::from("AQT code&1");
    let token = client(&stub).exchange(&code, BACK).await.unwrap();
    assert_eq!(token.expose_secret(), "AQX-example_token");
    let asked = &stub.asked()[0];
    assert_eq!(asked.path, "/oauth/v2/accessToken");
    assert!(asked.query.is_empty());
    for (name, value) in [
        ("grant_type", "authorization_code"),
        ("code", "AQT code&1"),
        ("redirect_uri", BACK),
        ("client_id", "app"),
        ("client_secret", "hunter2"),
    ] {
        assert_eq!(asked.form(name).as_deref(), Some(value));
    }
}

#[tokio::test]
async fn every_refusal_of_a_code_has_its_reason_and_a_code_is_tried_once() {
    let says = |status, body: &str| Reply::Says(status, Vec::new(), body.to_owned());
    let evil = Stub::empty().await;
    for (reply, expected) in [
        (Reply::refusal("code_stale"), LinkedInError::Code),
        (Reply::refusal("client_unknown"), LinkedInError::Client),
        (Reply::refusal("redirect_unknown"), LinkedInError::Client),
        (Reply::refusal("expired"), LinkedInError::Client),
        (Reply::refusal("throttled"), LinkedInError::Limited(None)),
        (Reply::refusal("internal"), LinkedInError::Offline),
        (says(400, "<html>"), LinkedInError::Malformed),
        (says(200, "<html>"), LinkedInError::Malformed),
        (says(200, r#"{"expires_in": 1}"#), LinkedInError::Malformed),
        (
            says(200, r#"{"access_token": "two words"}"#),
            LinkedInError::Malformed,
        ),
        (
            says(307, "").with("location", &evil.url()),
            LinkedInError::Malformed,
        ),
        (
            Reply::BreaksOff(r#"{"access_"#.to_owned()),
            LinkedInError::Offline,
        ),
        (Reply::Silent, LinkedInError::Offline),
    ] {
        let stub = Stub::empty().await;
        stub.set_token(reply);
        let quick = Limits {
            request: QUICK,
            ..Limits::default()
        };
        let code = SecretString::from("code");
        let error = client_with(&stub, quick).exchange(&code, BACK).await;
        assert_eq!(error.unwrap_err(), expected);
        assert_eq!(stub.asked().len(), 1, "{expected:?}");
    }
    assert!(evil.asked().is_empty());
}
