//! What own words must hold.

use uuid::Uuid;

use super::*;
use crate::date::PartialDate;
use crate::fact::Locator;
use crate::merge::{Change, FieldName, anchor, apply, proposals};
use crate::profile::Profile;

const JOB: Uuid = Uuid::from_u128(1);
const OTHER: Uuid = Uuid::from_u128(2);
const LINE: Uuid = Uuid::from_u128(3);

fn job(title: &str, company: &str, start: &str, end: &str) -> Written {
    Written {
        title: title.to_owned(),
        organization: company.to_owned(),
        start: start.to_owned(),
        end: end.to_owned(),
        ..Written::new(SectionKind::Work)
    }
}

fn write(id: Uuid, entry: Written) -> Change {
    Change::Write { id, entry }
}

fn ids(questions: &[Question]) -> Vec<&str> {
    questions
        .iter()
        .map(|question| question.id.split(":f-").next().unwrap())
        .collect()
}

fn today() -> PartialDate {
    PartialDate::month(2026, 11).unwrap()
}

#[test]
fn every_typed_word_is_a_fact_of_the_own_statement() {
    let mut entry = job("Engineer", "Acme", "2020-03", "");
    entry.lines = vec!["Built maps.".to_owned(), "  ".to_owned()];
    entry.summary = "First.\r\n\r\nSecond.".to_owned();
    let profile = with_own_words(Profile::default(), &[write(JOB, entry)]);
    let [entry] = &profile.entries[..] else {
        panic!("{:?}", profile.entries)
    };
    assert_eq!(entry.highlights.len(), 1);
    assert_eq!(entry.summary.len(), 2);
    for field in entry.fields() {
        let fact = profile.facts.get(field.fact()).unwrap();
        assert_eq!(fact.locator, Locator::OwnStatement);
        assert_eq!(profile.facts.words(&field.cite), Some(field.text.as_str()));
    }
}

#[test]
fn a_block_written_again_takes_the_place_of_the_first_and_keeps_what_was_decided_about_it() {
    let first = write(JOB, job("Enginer", "Acme", "2020-03", ""));
    let other = write(OTHER, job("Engineer", "Globex", "2018", "2020-02"));
    let old = anchor_of(JOB, &job("Enginer", "Acme", "2020-03", "")).unwrap();
    let line = Change::AddLine {
        entry: old,
        id: LINE,
        words: "Halved the build's time.".to_owned(),
    };
    let again = write(JOB, job("Engineer", "Acme", "2020-03", ""));
    let changes = [first, other, line, again];
    let profile = with_own_words(Profile::default(), &changes);
    assert_eq!(profile.entries.len(), 2);
    let merged = apply(profile, &changes);
    assert_eq!(
        merged.profile.entries[0].title.as_ref().unwrap().text,
        "Engineer"
    );
    assert_eq!(
        merged.profile.entries[0].highlights[0].text,
        "Halved the build's time."
    );
}

#[test]
fn what_the_person_says_of_themselves_takes_the_place_of_what_sources_say() {
    let old = Change::WriteAbout {
        id: OTHER,
        about: About {
            name: "R. A.".to_owned(),
            email: "old@example.org".to_owned(),
            location: "Lagos".to_owned(),
            ..About::default()
        },
    };
    let from_source = with_own_words(Profile::default(), std::slice::from_ref(&old));
    let new = Change::WriteAbout {
        id: JOB,
        about: About {
            email: "robin@example.org".to_owned(),
            ..About::default()
        },
    };
    let profile = with_own_words(from_source, &[new]);
    let about = about_of(&profile);
    assert_eq!(about.name, "R. A.");
    assert_eq!(about.email, "robin@example.org");
    assert_eq!(about.location, "Lagos");
    assert_eq!(profile.contacts.len(), 2);
}

#[test]
fn a_value_of_ones_own_is_used_and_the_source_s_is_kept_beside_it() {
    let changes = [write(JOB, job("Engineer", "Acme", "2020-03", ""))];
    let profile = with_own_words(Profile::default(), &changes);
    let entry = anchor(&profile.entries[0]).unwrap().clone();
    let fill = |field, words: &str| Change::Fill {
        entry: entry.clone(),
        field,
        id: LINE,
        words: words.to_owned(),
    };
    let fills = [
        fill(FieldName::Start, "2020-05"),
        fill(FieldName::Location, "Lagos"),
    ];
    let merged = apply(profile, &fills);
    let entry = &merged.profile.entries[0];
    assert_eq!(entry.start.as_ref().unwrap().field.text, "2020-05");
    assert_eq!(entry.location.as_ref().unwrap().text, "Lagos");
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(merged.conflicts[0].values[1].text, "2020-03");
}

#[test]
fn a_written_job_like_one_of_a_source_is_proposed_as_the_same() {
    let first = [write(JOB, job("Engineer", "Acme", "2020-03", ""))];
    let source = with_own_words(Profile::default(), &first);
    let second = [write(OTHER, job("Engineer", "Acme GmbH", "2020-03", ""))];
    let both = with_own_words(source, &second);
    assert_eq!(proposals(&both, &second).len(), 1);
}

#[test]
fn questions_ask_for_what_is_lacking_and_end_when_all_is_told_or_passed_over() {
    let nothing = apply(Profile::default(), &[]);
    let all = questions(&nothing, &[], today());
    assert_eq!(
        ids(&all),
        [
            "name",
            "email",
            "work",
            "skills",
            "education",
            "location",
            "languages",
            "summary"
        ]
    );
    let skipped: Vec<Change> = all
        .iter()
        .map(|question| Change::Skip {
            question: question.id.clone(),
        })
        .collect();
    assert_eq!(questions(&nothing, &skipped, today()), []);
}

#[test]
fn questions_about_jobs_follow_what_each_lacks() {
    let mut vague = job("Lead", "Acme", "2024-01", "");
    vague.lines = vec!["Led the team.".to_owned()];
    let mut exact = job("Engineer", "Globex", "2019-01", "2022-06");
    exact.lines = vec!["Cut costs by 40%.".to_owned()];
    let changes = [
        write(JOB, vague),
        write(OTHER, exact),
        write(LINE, job("Intern", "Initech", "", "")),
    ];
    let merged = apply(with_own_words(Profile::default(), &changes), &changes);
    let asked = questions(&merged, &changes, today());
    assert_eq!(
        ids(&asked)[2..6],
        ["dates", "told", "outcome", "gap:2022-07:2023-12"]
    );
    assert_eq!(asked[4].about, "Lead, Acme");
    assert_eq!(asked[4].lines, ["Led the team."]);
    // A line of one's own answers, with a number in it or without.
    let answer = Change::AddLine {
        entry: asked[4].entry.clone().unwrap(),
        id: Uuid::from_u128(9),
        words: "Everyone stayed.".to_owned(),
    };
    let changes: Vec<Change> = changes.into_iter().chain([answer]).collect();
    let merged = apply(with_own_words(Profile::default(), &changes), &changes);
    assert!(!ids(&questions(&merged, &changes, today())).contains(&"outcome"));
}
