//! The gate, one kind of claim after the other: what the same evidence lets through and what not.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use tailor::{Evidence, Place, Ruling};

fn judged(section: &str, line: &str, quotes: &[&str]) -> Ruling {
    let highlights: Vec<&str> = quotes.to_vec();
    let document = serde_json::json!({
        "basics": {"name": "Kim", "summary": "Kim drew plans for a bakery before she built ovens."},
        "work": [{"name": "Rye Works", "position": "Teaching assistant", "startDate": "2015-04",
            "endDate": "2018-10", "highlights": highlights}],
        "education": [{"institution": "Guild School", "area": "Baking", "studyType": "Diploma",
            "startDate": "2010-09", "endDate": "2012-06"},
            {"institution": "Open School", "area": "Physics",
            "studyType": "Coursework towards a Bachelor of Science, not completed", "endDate": "2014-06"}],
        "languages": [{"language": "Polish", "fluency": "B1"}],
    });
    let bytes = serde_json::to_vec(&document).unwrap();
    let profile = intake::read_evidence("profile.json", &bytes)
        .unwrap()
        .profile;
    let mut strings = Vec::new();
    flatten(&document, "", &mut strings);
    let quotes: Vec<String> = quotes.iter().map(|quote| (*quote).to_owned()).collect();
    Evidence::new(&profile).with_strings(&strings).judge_quotes(
        &Place::parse(section).unwrap(),
        line,
        &quotes,
        "",
    )
}

fn flatten(value: &serde_json::Value, pointer: &str, strings: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::String(text) => strings.push((pointer.to_owned(), text.clone())),
        serde_json::Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                flatten(item, &format!("{pointer}/{at}"), strings);
            }
        }
        serde_json::Value::Object(fields) => {
            for (name, field) in fields {
                flatten(field, &format!("{pointer}/{name}"), strings);
            }
        }
        _ => {}
    }
}

/// A statement, lines that say no more than it, and lines that do.
type Case = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

fn hold(cases: &[Case]) {
    for (told, stand, refused) in cases {
        for line in *stand {
            let ruling = judged("work[0]", line, &[told]);
            assert!(ruling.is_ok(), "{told} → {line}: {:?}", ruling.objections);
        }
        for line in *refused {
            let ruling = judged("work[0]", line, &[told]);
            assert!(!ruling.is_ok(), "{told} → {line}");
        }
    }
}

#[test]
fn whoever_had_a_part_in_it_or_did_it_comes_along() {
    hold(&[
        (
            "Bakes the bread; the owner decides on prices.",
            &["Bakes bread", "The owner decides on prices"],
            &["Decides on prices", "Bakes the bread and decides on prices"],
        ),
        (
            "Wrote 55 help-desk notes with a designer.",
            &["Wrote 55 help-desk notes together with a designer"],
            &[
                "Wrote 55 help-desk notes",
                "Sole author of 55 help-desk notes",
            ],
        ),
        (
            "Maintained two substations with the grid operator's crew.",
            &["Together with the crew of the grid operator, maintained 2 substations"],
            &["Maintained two substations"],
        ),
        (
            "The wiring plan was drawn by an engineering firm and checked by me.",
            &["Checked the wiring plan drawn up by an engineering firm"],
            &[
                "Drew the wiring plan",
                "Wiring plan checked by an engineering firm",
            ],
        ),
        (
            "My foreman negotiated the contracts, I prepared the price tables.",
            &["Prepared the price tables"],
            &[
                "Negotiated the contracts",
                "Prepared the contracts",
                "My foreman prepared the price tables",
            ],
        ),
        (
            "Reviewed the pipelines that the platform team wrote.",
            &["Reviewed pipelines that the platform team wrote"],
            &["Wrote the pipelines", "Reviewed and built pipelines"],
        ),
        (
            "Budget of CHF 1.2 million, shared with the head of finance.",
            &["Shared a budget of CHF 1.2m with the head of finance"],
            &["Budget of CHF 1.2 million"],
        ),
        (
            "Sent weekly reports to the regional manager.",
            &["Weekly reports sent to the regional manager"],
            &["Regional manager"],
        ),
    ]);
}

#[test]
fn a_part_stays_a_part_and_one_end_of_a_range_is_not_the_range() {
    hold(&[
        (
            "Wrote a worksheet that two of the five parallel classes used.",
            &["A worksheet I wrote was used by 2 of the 5 parallel classes"],
            &["Wrote a worksheet that five parallel classes used"],
        ),
        (
            "Collected €640 for the trip, half of it from a bake sale.",
            &["Collected €640 for the trip, €320 of it from a bake sale"],
            &["Collected €640 for the trip from a bake sale"],
        ),
        (
            "Handled between 30 and 45 calls a day.",
            &["Handled 30–45 calls daily"],
            &["Handled 45 calls a day", "Handled over 45 calls a day"],
        ),
        (
            "Passed the first of three parts of the adviser exam.",
            &[],
            &[
                "Passed the adviser exam",
                "Passed three parts of the adviser exam",
            ],
        ),
        (
            "Stock counts every second week.",
            &["Stock counts every two weeks"],
            &["Stock counts every week"],
        ),
        (
            "Led the stand-up whenever the project manager was away.",
            &["Ran the stand-up when the project manager was away"],
            &["Led the stand-up"],
        ),
    ]);
}

#[test]
fn figures_and_times_stay_with_what_they_are_said_of() {
    hold(&[
        (
            "Costs fell by 12% while prices rose by 3%.",
            &["Costs went down by 12% while prices went up by 3%"],
            &[
                "Costs fell by 3%",
                "Costs rose by 12% while prices fell by 3%",
            ],
        ),
        (
            "Under 2% of callbacks in 2018; 5% in 2017.",
            &["Callbacks below 2% in 2018"],
            &["Under 2% of callbacks in 2017"],
        ),
        (
            "Deputy chair of the council (2018–2020), member since 2014.",
            &[],
            &["Deputy chair of the council since 2014"],
        ),
        (
            "Finished the roof two weeks before the deadline.",
            &["Finished the roof 14 days ahead of the deadline"],
            &[
                "Finished the roof in two weeks",
                "Finished the roof two weeks after the deadline",
            ],
        ),
        (
            "Kept food waste below 4% for eight months.",
            &["For 8 months, kept food waste under 4%"],
            &["Kept food waste below 4% for more than eight months"],
        ),
        (
            "Trained 36 volunteers in 4 workshops.",
            &["Trained an average of 9 volunteers per workshop in 4 workshops"],
            &["Trained 36 volunteers per workshop"],
        ),
        (
            "Audited 12 shops in Ghent and 7 in Bruges.",
            &["Audited 19 shops in Ghent and Bruges"],
            &["Audited 12 shops in Bruges and 7 in Ghent"],
        ),
    ]);
}

#[test]
fn ratios_shares_and_products_are_computed() {
    hold(&[
        (
            "Reduced waiting time from 40 minutes to 10 minutes.",
            &[
                "Cut waiting time to a quarter",
                "Reduced waiting time by three quarters",
                "Lowered the wait by half an hour",
            ],
            &["Cut waiting time to a third", "Cut waiting time by half"],
        ),
        (
            "Grew the list from 1,200 to 3,000 subscribers.",
            &[
                "More than doubled the list",
                "Grew the list to two and a half times its size",
                "Added 1,800 subscribers to the list",
            ],
            &["Tripled the list", "Grew the list by 250%"],
        ),
        (
            "Reduced latency by 73% compared to the baseline.",
            &["Brought latency down to 27% of the baseline"],
            &["Brought latency down to 73% of the baseline"],
        ),
        (
            "Managed a budget of €480,000 a year, 15% of it for training.",
            &["Managed a yearly budget of €480,000, of which €72,000 was for training"],
            &["Managed a budget of €72,000 a year"],
        ),
        (
            "Passed 18 of 20 inspections.",
            &["Passed 90% of inspections (18 of 20)"],
            &["Passed 95% of inspections", "Passed all 20 inspections"],
        ),
    ]);
}

#[test]
fn a_complement_is_no_object_and_an_occasion_no_deed() {
    hold(&[
        (
            "Reviewed each pull request of the two junior developers.",
            &["Reviewed all pull requests of the two junior developers"],
            &["Reviewed the two junior developers"],
        ),
        (
            "Tested the bridge before the opening.",
            &["Tested the bridge before it opened"],
            &["Opened the bridge"],
        ),
        (
            "The audit found no major and three minor issues.",
            &["The audit found three minor issues and no major ones"],
            &["The audit found no minor issues"],
        ),
        (
            "Was offered the post of deputy head but declined.",
            &[],
            &["Was offered the post of deputy head"],
        ),
    ]);
}

#[test]
fn verbs_that_claim_the_same_of_a_thing_may_take_each_others_place() {
    hold(&[
        (
            "Monitored noise levels near the site.",
            &["Tracked noise levels near the site"],
            &["Reduced noise levels near the site"],
        ),
        (
            "Wrote a guide for the night shift.",
            &[
                "Produced a guide for the night shift",
                "Author of a guide for the night shift",
            ],
            &["Managed the night shift"],
        ),
        (
            "Attended negotiations with two suppliers.",
            &[],
            &["Held negotiations with two suppliers"],
        ),
        (
            "Kept a petty cash of CHF 1,800.",
            &["Handled a petty cash of CHF 1,800"],
            &["Audited a petty cash of CHF 1,800"],
        ),
    ]);
}

#[test]
fn an_entry_implies_what_kind_it_is_and_no_more() {
    let stands = |section: &str, line: &str, quotes: &[&str]| {
        let ruling = judged(section, line, quotes);
        assert!(ruling.is_ok(), "{line}: {:?}", ruling.objections);
    };
    let refused = |section: &str, line: &str, quotes: &[&str]| {
        assert!(!judged(section, line, quotes).is_ok(), "{line}");
    };
    stands(
        "work[0]",
        "Employed as a teaching assistant at Rye Works",
        &["Teaching assistant", "Rye Works"],
    );
    refused(
        "work[0]",
        "Taught at Rye Works",
        &["Teaching assistant", "Rye Works"],
    );
    refused(
        "work[0]",
        "Teaching assistant since 2015",
        &["Teaching assistant", "2015-04"],
    );
    stands(
        "education[0]",
        "Diploma in Baking, completed in June 2012",
        &["Diploma", "Baking", "2012-06"],
    );
    let towards = "Coursework towards a Bachelor of Science, not completed";
    refused(
        "education[1]",
        "Completed a Bachelor of Science in Physics",
        &[towards, "Physics"],
    );
    stands(
        "languages[0]",
        "Intermediate Polish (B1)",
        &["Polish", "B1"],
    );
    refused("languages[0]", "Fluent Polish", &["Polish", "B1"]);
    stands(
        "work[0]",
        "Drew plans for a bakery before building ovens",
        &["Kim drew plans for a bakery before she built ovens."],
    );
}
