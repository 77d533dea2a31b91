//! The language of a résumé: the posting's where the evidence has it, the person's choice always, and
//! lines in it where the same stands there in several.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use career::{Draft, Posting, Profile, Slot, Tongue};
use common::{options, posting_of, profile};
use serde_json::{Value, json};
use tailor::{
    Chosen, Options, analyze, ask_summary, choose_language, generate, join_evidence, match_profile,
    verify,
};

const GERMAN: &str = "Backend-Entwickler (m/w/d)\n\nWir suchen Verstärkung für unser Team in Köln und bauen \
    Software für Bäckereien im ganzen Land.\n\nDein Profil\n- Mehrjährige Erfahrung mit PostgreSQL\n\
    - Sicherer Umgang mit Kubernetes\n- Freude an automatisierten Tests\n";
const ENGLISH: &str = "Backend engineer\n\nWe build software for bakers all over the country and look for \
    somebody who joins our team.\n\nRequirements\n- Several years of experience with PostgreSQL\n\
    - Confident handling of Kubernetes\n- Automated tests\n";

fn read(name: &str, resume: &Value) -> Profile {
    let bytes = serde_json::to_vec(resume).unwrap();
    intake::read_evidence(name, &bytes).unwrap().profile
}

fn of(file: &str, summary: &str, position: &str, lines: &[&str]) -> Profile {
    named("Kim Sommer", file, summary, position, lines)
}

fn named(name: &str, file: &str, summary: &str, position: &str, lines: &[&str]) -> Profile {
    read(
        file,
        &json!({
            "basics": {"name": name, "email": "kim@example.org", "summary": summary},
            "work": [{"name": "Brotwerk GmbH", "position": position, "startDate": "2019-03",
                      "highlights": lines}],
        }),
    )
}

fn german() -> Profile {
    named(
        "Kim S.",
        "lebenslauf.json",
        "Ich entwickle seit acht Jahren Software für den Handel und arbeite gern mit Menschen zusammen.",
        "Softwareentwicklerin",
        &[
            "Umzug der Datenbank auf PostgreSQL geplant und mit drei Kolleginnen durchgeführt",
            "Betrieb der Dienste auf Kubernetes für alle Filialen aufgebaut",
        ],
    )
}

fn english() -> Profile {
    of(
        "resume.json",
        "I have been developing software for retailers for eight years and like to work with people.",
        "Software developer",
        &[
            "Planned the move of the database to PostgreSQL and did it with three colleagues",
            "Built up the operation of the services on Kubernetes for all shops",
        ],
    )
}

fn chosen(profile: &Profile, posting: &str, wanted: &str) -> Chosen {
    choose_language(profile, &posting_of(posting), &wanted.parse().unwrap())
}

fn language_and_code(chosen: &Chosen) -> (&str, Option<String>) {
    let code = chosen.told.as_ref().map(tailor::Apart::code);
    (&chosen.language, code)
}

#[test]
fn as_the_posting_is_its_language_where_the_evidence_is_in_it_and_else_the_evidences_which_is_told()
{
    for (evidence, posting, language, code) in [
        (german(), GERMAN, "de", None),
        (english(), ENGLISH, "en", None),
        (english(), GERMAN, "en", Some("language_posting:de:en")),
        (german(), ENGLISH, "de", Some("language_posting:en:de")),
    ] {
        let chosen = chosen(&evidence, posting, "posting");
        let expected = (language, code.map(str::to_owned));
        assert_eq!(language_and_code(&chosen), expected);
    }
}

#[test]
fn a_choice_is_followed_and_what_it_cannot_change_is_told() {
    let english = english();
    for (wanted, code) in [
        ("en", None),
        ("de", Some("language_lines:de:en")),
        ("pt-BR", Some("language_lines:pt-BR:en")),
    ] {
        let chosen = chosen(&english, GERMAN, wanted);
        let expected = (wanted, code.map(str::to_owned));
        assert_eq!(language_and_code(&chosen), expected);
    }
}

#[test]
fn where_nobody_can_tell_headings_are_the_postings_and_a_posting_that_says_nothing_changes_nothing()
{
    let thin = read(
        "thin.json",
        &json!({"basics": {"name": "Kim"}, "work": [{"name": "Brotwerk", "position": "CTO"}]}),
    );
    assert_eq!(chosen(&thin, GERMAN, "").language, "de");
    assert_eq!(chosen(&thin, ENGLISH, "").language, "en");
    assert_eq!(chosen(&thin, ENGLISH, "").told, None);
    let unsure = chosen(&german(), "PostgreSQL\n- Kubernetes\n- CI/CD", "");
    assert_eq!(language_and_code(&unsure), ("de", None));
}

#[test]
fn half_of_the_words_are_enough_and_a_few_are_not() {
    let mostly = |lines: &[&str]| {
        let mut lines: Vec<&str> = lines.to_vec();
        lines.push("Die Kasse für alle Filialen neu geschrieben und in Betrieb genommen");
        of("mixed.json", "", "Developer", &lines)
    };
    let few = mostly(&[
        "Planned the move of the database to PostgreSQL and did it with three colleagues",
        "Built up the operation of the services on Kubernetes for all shops",
        "Wrote the till's software anew and trained those who work with it every day",
    ]);
    assert_eq!(chosen(&few, GERMAN, "").language, "en");
    let both = join_evidence(
        vec![english(), german()],
        &posting_of(GERMAN),
        &Tongue::Posting,
    );
    assert_eq!(chosen(&both, GERMAN, "").language, "de");
}

/// A draft as the pipeline makes it.
fn drafted(sources: Vec<Profile>, posting: &Posting, wanted: &str) -> (Profile, Draft) {
    let wanted = wanted.parse().unwrap();
    let whole = join_evidence(sources, posting, &wanted);
    let analysis = analyze(posting);
    let matches = match_profile(&whole, &analysis, options().today);
    let options = Options {
        language: Some(choose_language(&whole, posting, &wanted).language),
        ..options()
    };
    let draft = generate(&whole, &analysis, &matches, &options);
    (whole, draft)
}

fn texts(draft: &Draft, slot: Slot) -> Vec<&str> {
    let claims = draft.resume.claims().map(|(_, claim)| claim);
    let of_slot = claims.filter(|claim| claim.slot == slot);
    of_slot.map(|claim| claim.text.as_str()).collect()
}

#[test]
fn what_two_sources_say_is_taken_from_the_one_in_the_resumes_language() {
    for (posting, wanted, sentence, dates) in [
        (GERMAN, "", "Ich entwickle", "03/2019 – heute"),
        (ENGLISH, "", "I have been", "Mar 2019 – Present"),
        (GERMAN, "en", "I have been", "Mar 2019 – Present"),
        (ENGLISH, "de", "Ich entwickle", "03/2019 – heute"),
    ] {
        for sources in [vec![english(), german()], vec![german(), english()]] {
            let first = sources[0].name[0].text.clone();
            let (whole, draft) = drafted(sources, &posting_of(posting), wanted);
            let summary = texts(&draft, Slot::Sentence);
            assert!(summary[0].starts_with(sentence), "{summary:?}");
            assert_eq!(texts(&draft, Slot::Dates)[0], dates);
            assert_eq!(texts(&draft, Slot::Name), [first.as_str()], "as given");
            assert!(verify(draft, &whole).unwrap().findings.is_empty());
        }
    }
}

/// One position in two languages, as it is where a person has said that two are one.
fn bilingual() -> Profile {
    of(
        "both.json",
        "",
        "Developer",
        &[
            "Planned the move of the database to PostgreSQL and did it with three colleagues",
            "Umzug der Datenbank auf PostgreSQL geplant und mit drei Kolleginnen durchgeführt",
            "Wrote the software of the tills anew together with those who work with it",
            "Die Software der Kassen gemeinsam mit denen, die damit arbeiten, neu geschrieben",
        ],
    )
}

#[test]
fn of_lines_that_answer_the_same_the_one_in_the_resumes_language_stands_first_and_longest() {
    for (wanted, first, second) in [("de", "Umzug", "Planned"), ("en", "Planned", "Umzug")] {
        // Neither posting makes its own language win by being written in it.
        for posting in [GERMAN, ENGLISH] {
            let (_, draft) = drafted(vec![bilingual()], &posting_of(posting), wanted);
            let bullets = texts(&draft, Slot::Bullet);
            assert!(bullets[0].starts_with(first), "{wanted}: {bullets:?}");
            let rest: Vec<bool> = bullets
                .iter()
                .filter(|text| text.contains("oftware"))
                .map(|text| text.starts_with("Die"))
                .collect();
            assert_eq!(rest, [wanted == "de", wanted != "de"], "{bullets:?}");
            let gone = |words: &str| {
                draft.cut_order.iter().position(|cut| {
                    let career::Cut::Line { claim } = cut else {
                        return false;
                    };
                    let mut claims = draft.resume.claims();
                    let text = claims.find(|(_, line)| line.id == *claim);
                    text.is_some_and(|(_, line)| line.text.starts_with(words))
                })
            };
            assert!(gone(second) < gone(first), "{wanted}");
        }
    }
}

#[test]
fn a_line_that_answers_more_stands_first_whatever_its_language() {
    let mixed = of(
        "mixed.json",
        "",
        "Developer",
        &[
            "Die Kasse für alle Filialen neu geschrieben und in Betrieb genommen",
            "Planned the move of the database to PostgreSQL and Kubernetes with three colleagues",
            "Den Umzug der Buchhaltung in das neue Gebäude vorbereitet und begleitet",
        ],
    );
    let (_, draft) = drafted(vec![mixed], &posting_of(GERMAN), "de");
    let bullets = texts(&draft, Slot::Bullet);
    assert!(bullets[0].starts_with("Planned"), "{bullets:?}");
}

#[test]
fn a_model_is_told_the_language_only_where_the_facts_have_it_and_then_only_those() {
    let without_summary = |mut draft: Draft| {
        let sections = &mut draft.resume.sections;
        sections.retain(|section| section.kind != career::SectionKind::Summary);
        draft
    };
    let posting = posting_of(GERMAN);
    let analysis = analyze(&posting);
    let told = |profile: Profile, wanted: &str| {
        let (whole, draft) = drafted(vec![profile], &posting, wanted);
        let draft = without_summary(draft);
        let prompt = ask_summary(&draft, &whole, &posting, &analysis).unwrap();
        let language = prompt.ground["language"].clone();
        (language, prompt.items[0].content["facts"].to_string())
    };
    let (language, facts) = told(bilingual(), "de");
    assert_eq!(language, "de");
    assert!(
        facts.contains("Umzug") && !facts.contains("Planned"),
        "{facts}"
    );
    let (language, facts) = told(english(), "de");
    assert!(language.is_null() && facts.contains("Planned"), "{facts}");
}

#[test]
fn people_who_write_one_language_are_told_to_write_that_one() {
    for (path, language) in [
        ("jsonresume/complete_jane.json", "en"),
        ("jsonresume/complete_alex_reference.json", "en"),
        ("jsonresume/new_grad_maya.json", "en"),
        ("jsonresume/sample_richard_hendriks.json", "en"),
        ("linkedin-export/ada_complete.zip", "en"),
    ] {
        let chosen = chosen(&profile(path), GERMAN, "");
        assert_eq!(chosen.language, language, "{path}");
    }
}
