//! The line under the name that a model chooses: out of what may stand there, and of nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use career::{
    Analysis, Cite, Claim, ClaimId, Cut, Draft, Edit, FindingCode, Gate, Match, Piece, Posting,
    Profile, Slot,
};
use common::{options, posting_of};
use serde_json::{Value, json};
use tailor::{
    EvidenceGate, Headline, analyze, ask_headline, generate, headline_of, match_profile,
    put_headline, verify,
};

const POSTING: &str = "Chief Quality Officer\n\nWe build software for bakers all over the country.\n\n\
    Requirements\n- Playwright\n- CI/CD\n- Manual testing\n- Rust\n- Kafka\n- SQL\n";

struct World {
    profile: Profile,
    posting: Posting,
    analysis: Analysis,
    matches: Vec<Match>,
    draft: Draft,
}

fn world(change: impl FnOnce(&mut Value)) -> World {
    let mut resume = json!({
        "basics": {"name": "Sam Lee", "email": "sam@example.org"},
        "work": [
            {"name": "Brotwerk", "position": "Test Engineer", "startDate": "2021-03",
             "highlights": ["Automated regression tests of the tills with Playwright in CI/CD"]},
            {"name": "Kornhaus", "position": "Software Tester", "startDate": "2018-01",
             "endDate": "2021-02", "highlights": ["Tested the shop by hand before each release"]},
            {"name": "Mehl & Co", "position": "Head of Quality", "startDate": "2015-01",
             "endDate": "2017-12"},
        ],
        "skills": [
            {"name": "Testing", "keywords": ["Playwright", "Manual testing", "CI/CD", "Gardening"]},
            {"name": "Currently learning", "keywords": ["Rust"]},
            {"name": "Kafka", "level": "Beginner"},
            {"name": "SQL", "level": "Advanced"},
        ],
    });
    change(&mut resume);
    let bytes = serde_json::to_vec(&resume).unwrap();
    let profile = intake::read_evidence("cv.json", &bytes).unwrap().profile;
    let posting = posting_of(POSTING);
    let analysis = analyze(&posting);
    let matches = match_profile(&profile, &analysis, options().today);
    let draft = generate(&profile, &analysis, &matches, &options());
    World {
        profile,
        posting,
        analysis,
        matches,
        draft,
    }
}

impl World {
    fn why(&self) -> (&Analysis, &[Match]) {
        (&self.analysis, &self.matches)
    }

    /// What a model is offered.
    fn offered(&self) -> Option<Value> {
        let (draft, profile) = (&self.draft, &self.profile);
        let prompt = ask_headline(draft, profile, &self.posting, &self.analysis, &self.matches)?;
        assert_eq!(prompt.version, "headline 1");
        Some(prompt.material(&[&prompt.items[0]]))
    }

    /// The id under which words are offered.
    fn id(&self, words: &str) -> Value {
        let offered = self.offered().unwrap();
        let of = |list: &str| offered["headlines"][0][list].as_array().unwrap().clone();
        let mut all = of("titles").into_iter().chain(of("skills"));
        let found = all.find(|one| one["title"] == words || one["skill"] == words);
        found.unwrap()["id"].clone()
    }

    fn chosen(&self, answer: &Value) -> Option<Headline> {
        headline_of(answer, &self.draft, &self.profile, self.why())
    }

    /// The line under the name once an answer was followed.
    fn headed(&self, answer: &Value) -> (Draft, Claim) {
        let mut draft = self.draft.clone();
        let headline = self.chosen(answer).unwrap();
        put_headline(&mut draft, &headline, &self.profile, self.why()).unwrap();
        let head = draft.resume.head.iter();
        let lines: Vec<&Claim> = head.filter(|claim| claim.slot == Slot::Headline).collect();
        assert_eq!(lines.len(), 1);
        let line = lines[0].clone();
        (draft, line)
    }

    fn words(&self, words: &str) -> Cite {
        let all = self
            .profile
            .skills
            .iter()
            .flat_map(|group| group.name.iter().chain(&group.keywords));
        let titles = self
            .profile
            .entries
            .iter()
            .flat_map(|entry| entry.title.iter().chain(&entry.highlights));
        let mut all = all.chain(titles);
        all.find(|field| field.text == words).unwrap().cite.clone()
    }
}

#[test]
fn what_may_stand_there_is_offered_without_employers_earlier_titles_and_what_is_only_begun() {
    let world = world(|_| {});
    let offered = world.offered().unwrap();
    let words = |list: &str, name: &str| {
        let list = offered["headlines"][0][list].as_array().unwrap().iter();
        let mut words: Vec<String> = list
            .map(|one| one[name].as_str().unwrap().to_owned())
            .collect();
        words.sort_unstable();
        words
    };
    // An earlier title would say that the person is now what they were then.
    assert_eq!(words("titles", "title"), ["Test Engineer"]);
    assert_eq!(
        words("skills", "skill"),
        ["CI/CD", "Manual testing", "Playwright", "SQL"]
    );
    let told = offered.to_string();
    for private in ["Sam", "sam@example.org", "Brotwerk", "2021", "tills"] {
        assert!(!told.contains(private), "{private} in {told}");
    }
}

#[test]
fn a_choice_becomes_a_line_of_copied_words_that_the_gate_admits_again() {
    let world = world(|_| {});
    let answer = json!({
        "title": world.id("Test Engineer"),
        "skills": [world.id("Playwright"), world.id("CI/CD"), world.id("Manual testing"), world.id("SQL")],
    });
    let (draft, line) = world.headed(&answer);
    assert_eq!(
        line.text,
        "Test Engineer · Playwright, CI/CD, Manual testing"
    );
    assert_eq!(line.edit(&world.profile.facts), Edit::Joined);
    let cut = Cut::Line {
        claim: line.id.clone(),
    };
    let times = draft.cut_order.iter().filter(|other| **other == cut);
    assert_eq!(times.count(), 1);
    let verified = verify(draft, &world.profile).unwrap();
    assert!(verified.findings.is_empty(), "{:?}", verified.findings);
}

#[test]
fn who_has_no_title_now_gets_a_line_behind_the_name() {
    let world = world(|resume| resume["work"][0]["endDate"] = json!("2024-05"));
    let before = world.draft.resume.head.iter();
    assert!(before.clone().all(|claim| claim.slot != Slot::Headline));
    let answer = json!({"title": world.id("Test Engineer"), "skills": [world.id("Playwright")]});
    let (draft, line) = world.headed(&answer);
    assert_eq!(draft.resume.head[1], line);
    assert_eq!(draft.resume.head[0].slot, Slot::Name);
    assert!(verify(draft, &world.profile).unwrap().findings.is_empty());
}

#[test]
fn an_answer_that_names_what_was_not_offered_changes_nothing() {
    let world = world(|_| {});
    let (title, skill) = (world.id("Test Engineer"), world.id("Playwright"));
    for answer in [
        json!({"title": "t99", "skills": [skill]}),
        json!({"title": "t0", "skills": []}),
        json!({"title": "t-1", "skills": []}),
        json!({"title": "Chief Quality Officer", "skills": [skill]}),
        json!({"title": "Test Engineer", "skills": []}),
        json!({"title": "", "skills": []}),
        json!({"title": skill, "skills": []}),
        json!({"title": title, "skills": [title]}),
        json!({"title": title, "skills": ["s99"]}),
        json!({"title": title, "skills": [skill, "Led 900 people"]}),
        json!({"title": title, "skills": "s1"}),
        json!({"title": title}),
        json!({"title": 1, "skills": [1]}),
        json!(null),
        json!("Chief Quality Officer"),
    ] {
        assert_eq!(world.chosen(&answer), None, "{answer}");
    }
    let same_twice = json!({"title": title, "skills": [skill, skill]});
    let headline = world.chosen(&same_twice).unwrap();
    let mut draft = world.draft.clone();
    let refused = put_headline(&mut draft, &headline, &world.profile, world.why());
    assert_eq!(refused.unwrap_err()[0].code, FindingCode::Torn);
    assert_eq!(draft, world.draft);
}

#[test]
fn what_a_person_says_of_themselves_is_neither_asked_about_nor_replaced() {
    let world = world(|resume| resume["basics"]["label"] = json!("I break tills for a living"));
    assert_eq!(world.offered(), None);
    assert_eq!(world.chosen(&json!({"title": "t1", "skills": []})), None);
    let forged = Headline {
        title: world.words("Test Engineer"),
        skills: Vec::new(),
    };
    let mut draft = world.draft.clone();
    put_headline(&mut draft, &forged, &world.profile, world.why()).unwrap();
    assert_eq!(draft, world.draft);
}

#[test]
fn forged_lines_under_the_name_are_refused() {
    let world = world(|_| {});
    let codes = |pieces: Vec<Piece>| -> Vec<FindingCode> {
        let facts = &world.profile.facts;
        let id = ClaimId("headline".to_owned());
        let claim = Claim::compose(id, Slot::Headline, None, pieces, facts, "en").unwrap();
        let gate = EvidenceGate::new(&world.profile);
        let findings = gate.judge(&claim, facts).into_iter();
        findings.map(|finding| finding.code).collect()
    };
    let cited = |words: &str| Piece::Cited {
        cite: world.words(words),
    };
    let glue = |text: &str| Piece::Glue {
        text: text.to_owned(),
    };
    let line = |title: &str, skills: &[&str]| {
        let mut pieces = vec![cited(title)];
        for (skill, between) in skills
            .iter()
            .zip(std::iter::once(" · ").chain(std::iter::repeat(", ")))
        {
            pieces.extend([glue(between), cited(skill)]);
        }
        pieces
    };
    assert!(codes(line("Test Engineer", &["Playwright", "SQL"])).is_empty());
    let (foreign, torn) = (FindingCode::WrongEntry, FindingCode::Torn);
    let bullet = "Tested the shop by hand before each release";
    for (pieces, code) in [
        (line("Head of Quality", &["Playwright"]), foreign),
        (line("Head of Quality", &[]), foreign),
        (line("Playwright", &["SQL"]), foreign),
        (line("Test Engineer", &["Software Tester"]), foreign),
        (line("Test Engineer", &["Rust"]), foreign),
        (line("Test Engineer", &["Kafka"]), foreign),
        (line("Test Engineer", &[bullet]), foreign),
        (line("Test Engineer", &["SQL", "SQL"]), torn),
        (
            line(
                "Test Engineer",
                &["Playwright", "SQL", "CI/CD", "Manual testing"],
            ),
            torn,
        ),
        (vec![cited("Test Engineer"), glue(", "), cited("SQL")], torn),
        (
            vec![cited("Test Engineer"), glue(" "), cited("Software Tester")],
            torn,
        ),
        (vec![cited("Test Engineer"), cited("SQL")], torn),
        (vec![cited("Test Engineer"), glue(" · ")], torn),
    ] {
        assert_eq!(codes(pieces.clone()), [code], "{pieces:?}");
    }
}
