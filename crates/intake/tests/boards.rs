//! Board answers against what a person would read on the posting's page.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use career::{Amount, PartialDate, PayUnit, Posting, Salary};
use intake::boards::{address_of, read_answer};
use intake::{IntakeError, PostingHint, read_posting};
use support::bytes;

const UUID: &str = "11111111-2222-3333-4444-555555555555";

fn ask(url: &str, fixture: &str) -> Result<Posting, IntakeError> {
    let address = address_of(url).unwrap_or_else(|| panic!("{url} is no board's"));
    let bytes = bytes(&format!("jobs/boards/{fixture}"));
    read_answer(&address, url, &bytes, Some("application/json"))
}

fn pages() -> [(String, &'static str); 10] {
    [
        (
            "https://boards.greenhouse.io/larkspur/jobs/4242".into(),
            "greenhouse_job.json",
        ),
        (
            format!("https://jobs.lever.co/larkspurcartography/{UUID}"),
            "lever_list.json",
        ),
        (
            format!("https://jobs.ashbyhq.com/Larkspur%20Cartography/{UUID}"),
            "ashby_list.json",
        ),
        (
            "https://apply.workable.com/larkspur/j/AB12CD34EF/".into(),
            "workable_widget.json",
        ),
        (
            "https://jobs.smartrecruiters.com/Larkspur/743999000000001-platform-engineer".into(),
            "smartrecruiters_posting.json",
        ),
        (
            "https://larkspur.recruitee.com/o/platform-engineer".into(),
            "recruitee_offer.json",
        ),
        (
            "https://larkspur.jobs.personio.de/job/4242".into(),
            "personio.xml",
        ),
        (
            "https://larkspur.teamtailor.com/jobs/4242-platform-engineer".into(),
            "teamtailor_feed.json",
        ),
        (
            "https://larkspur.wd5.myworkdayjobs.com/en-US/Careers/job/Utrecht/Platform-Engineer_JR4242"
                .into(),
            "workday_job.json",
        ),
        (
            "https://ab.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/4242"
                .into(),
            "oracle_details.json",
        ),
    ]
}

#[test]
fn every_board_gives_the_posting_that_was_asked_for() {
    for (url, fixture) in pages() {
        let posting = ask(&url, fixture).unwrap_or_else(|error| panic!("{fixture}: {error}"));
        assert_eq!(posting.url.as_deref(), Some(url.as_str()), "{fixture}");
        assert_eq!(
            posting.title.as_deref(),
            Some("Platform Engineer"),
            "{fixture}"
        );
        assert_eq!(
            posting.date_posted,
            PartialDate::parse("2026-01-12"),
            "{fixture}"
        );
        assert!(
            posting.location.as_deref().unwrap().starts_with("Utrecht"),
            "{fixture}: {:?}",
            posting.location
        );
        assert_eq!(posting.remote, Some(false), "{fixture}");
        for line in [
            "- Own the build and release pipeline",
            "- Cut the median CI time",
            "- 4+ years with Linux in production",
            "- Fluent in one of Go, Rust or Python",
        ] {
            let times = posting.text.lines().filter(|text| *text == line).count();
            assert_eq!(times, 1, "{fixture}: {line}\n{}", posting.text);
        }
        assert!(!posting.text.contains("Walk"), "{fixture}: another posting");
    }
}

#[test]
fn employers_are_named_as_they_spell_themselves() {
    for (url, fixture) in pages() {
        let company = ask(&url, fixture).unwrap().company;
        let expected = match fixture {
            "personio.xml" => Some("Larkspur Cartography & Sons"),
            // These boards know only a short name; the text has the long one.
            "lever_list.json" | "ashby_list.json" => Some("Larkspur Cartography"),
            "oracle_details.json" => None,
            _ => Some("Larkspur Cartography Ltd"),
        };
        assert_eq!(company.as_deref(), expected, "{fixture}");
    }
}

#[test]
fn pay_is_read_where_a_board_has_a_field_for_it() {
    let expected = Salary {
        min: Amount::whole(68_000),
        max: Amount::whole(82_000),
        currency: Some("EUR".into()),
        unit: Some(PayUnit::Year),
        raw: None,
    };
    for (url, fixture) in pages() {
        let salary = ask(&url, fixture).unwrap().salary;
        let has_field = [
            "greenhouse_job.json",
            "lever_list.json",
            "ashby_list.json",
            "recruitee_offer.json",
            "teamtailor_feed.json",
        ]
        .contains(&fixture);
        assert_eq!(salary, has_field.then(|| expected.clone()), "{fixture}");
    }
}

#[test]
fn a_posting_open_in_several_places_names_them_all() {
    let (url, fixture) = &pages()[3];
    assert_eq!(
        ask(url, fixture).unwrap().location.as_deref(),
        Some("Utrecht, Netherlands; Rome, Italy")
    );
    let (url, fixture) = &pages()[6];
    assert_eq!(
        ask(url, fixture).unwrap().location.as_deref(),
        Some("Utrecht; Rome")
    );
}

#[test]
fn a_posting_that_its_board_no_longer_lists_is_closed() {
    for (url, fixture) in [
        (
            "https://jobs.ashbyhq.com/x/99999999-2222-3333-4444-555555555555",
            "ashby_list.json",
        ),
        ("https://larkspur.jobs.personio.de/job/1", "personio.xml"),
        (
            "https://larkspur.teamtailor.com/jobs/1-x",
            "teamtailor_feed.json",
        ),
    ] {
        assert_eq!(ask(url, fixture), Err(IntakeError::PostingClosed), "{url}");
    }
}

#[test]
fn an_answer_without_a_wish_is_its_only_posting_or_a_list() {
    for (fixture, expected) in [
        ("greenhouse_docs_0.json", Err(IntakeError::PostingList)),
        ("greenhouse_docs_1.json", Ok("Vault Designer")),
        ("greenhouse_job.json", Ok("Platform Engineer")),
        ("lever_list.json", Err(IntakeError::PostingList)),
        ("ashby_list.json", Err(IntakeError::PostingList)),
        ("workable_widget.json", Err(IntakeError::PostingList)),
        ("smartrecruiters_posting.json", Ok("Platform Engineer")),
        ("recruitee_offer.json", Ok("Platform Engineer")),
        ("personio.xml", Err(IntakeError::PostingList)),
        ("teamtailor_feed.json", Err(IntakeError::PostingList)),
        ("workday_job.json", Ok("Platform Engineer")),
        ("workday_search.json", Err(IntakeError::PostingList)),
        ("oracle_details.json", Ok("Platform Engineer")),
    ] {
        let bytes = bytes(&format!("jobs/boards/{fixture}"));
        let posting = read_posting(&bytes, PostingHint::default());
        let title = posting.map(|posting| posting.title.unwrap());
        assert_eq!(title, expected.map(str::to_owned), "{fixture}");
    }
}

#[test]
fn a_page_address_beside_the_bytes_chooses_out_of_a_list() {
    let bytes = bytes("jobs/boards/lever_list.json");
    let hint = PostingHint {
        content_type: None,
        url: Some(format!("https://jobs.lever.co/larkspurcartography/{UUID}")),
    };
    let posting = read_posting(&bytes, hint).unwrap();
    assert_eq!(posting.title.as_deref(), Some("Platform Engineer"));
    assert_eq!(posting.employment_type.as_deref(), Some("Full-time"));
}

#[test]
fn an_answer_of_another_kind_is_refused_and_never_taken_for_text() {
    let address = address_of("https://larkspur.jobs.personio.de/job/4242").unwrap();
    let deep = format!("<workzag-jobs>{}", "<a>".repeat(200_000));
    let brackets = "[".repeat(200_000);
    for answer in [
        "<html><body>Sorry, come back later, we are cleaning up here today.</body></html>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><workzag-jobs><position><id>4242</id><name>&e;</name></position></workzag-jobs>",
        "{\"error\": \"not found\"}",
        "null",
        "not data at all, although long enough to be the text of a posting",
        &deep,
        &brackets,
    ] {
        let read = read_answer(&address, "https://x.example/", answer.as_bytes(), None);
        assert_eq!(read, Err(IntakeError::PostingNotText), "{answer:.60}");
    }
}
