//! Files that hold far more than a career does: reading them ends, and what comes of them stays small.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use intake::{Evidence, IntakeError, PostingHint, read_evidence, read_posting, to_json_resume};
use support::assert_cited;

fn read(name: &str, text: &str) -> Result<Evidence, IntakeError> {
    read_evidence(name, text.as_bytes())
}

#[test]
fn entries_beyond_those_of_a_long_career_are_left_out_and_said_so_once() {
    let table = format!("Company Name,Title\n{}", "Crust,Baker\n".repeat(3_500));
    let evidence = read("Positions.csv", &table).unwrap();
    assert_cited(&evidence.profile);
    assert_eq!(evidence.profile.entries.len(), 3_000);
    assert_eq!(evidence.notices, ["too_many_items:entries"]);
    assert_eq!(evidence.profile.entries[2_999].id.0, "work-3000");
}

#[test]
fn a_file_of_more_facts_than_anybody_has_is_refused() {
    let row = "Crust,Baker,Rye,Utrecht,Jan 2020,Jan 2021\n";
    let header = "Company Name,Title,Description,Location,Started On,Finished On\n";
    let error = read("Positions.csv", &format!("{header}{}", row.repeat(17_000)));
    assert_eq!(error.unwrap_err().code(), "file_too_much");
}

#[test]
fn columns_beyond_the_first_two_hundred_are_not_looked_at() {
    let wide = |cell: &str| format!("{cell},").repeat(20_000);
    let table = format!(
        "Company Name,{}Title\n{}",
        wide("x"),
        format!("Crust,{}Baker\n", wide("y")).repeat(20)
    );
    let evidence = read("Positions.csv", &table).unwrap();
    assert_eq!(evidence.profile.facts.len(), 20);
}

#[test]
fn answers_whose_rows_share_no_column_are_read_as_far_as_a_table_goes() {
    let rows: Vec<String> = (0..400)
        .map(|row| {
            let cells: Vec<String> = (0..50)
                .map(|cell| format!("\"{row}_{cell}\":\"x\","))
                .collect();
            let cells = cells.concat();
            format!("{{\"Company Name\":\"Crust\",{cells}\"Title\":\"Baker\"}}")
        })
        .collect();
    let document = format!(
        "{{\"elements\":[{{\"snapshotDomain\":\"POSITIONS\",\"snapshotData\":[{}]}}]}}",
        rows.join(",")
    );
    let evidence = read("snapshot.json", &document).unwrap();
    assert_eq!(evidence.profile.entries.len(), 400);
}

#[test]
fn a_forged_place_of_any_length_takes_no_more_time_on_the_way_out() {
    let place = "/a".repeat(400_000);
    let document = format!(
        "{{\"basics\":{{\"name\":\"Ada\"}},\"meta\":{{\"x-llmployable\":{{\"unread\":[{{\
         \"source\":\"resume.json\",\"content\":\"1\",\
         \"locator\":{{\"kind\":\"json_pointer\",\"pointer\":\"{place}\"}}}}]}}}}}}"
    );
    let evidence = read("resume.json", &document).unwrap();
    let written = to_json_resume(&evidence.profile);
    let unread = &written["meta"]["x-llmployable"]["unread"];
    assert_eq!(unread[0]["locator"]["pointer"], place);
}

#[test]
fn endorsements_of_many_skills_are_written_in_the_spelling_of_their_source() {
    let rows: Vec<String> = (0..30_000)
        .map(|number| format!("Skill {number},Bo\n"))
        .collect();
    let rows = rows.concat();
    let table = format!("Skill Name,Endorser First Name\n{rows}");
    let evidence = read("Endorsement_Received_Info.csv", &table).unwrap();
    let written = to_json_resume(&evidence.profile);
    let endorsed = written["meta"]["x-llmployable"]["endorsements"]
        .as_array()
        .unwrap();
    assert_eq!(endorsed.len(), 30_000);
    assert_eq!(endorsed[0]["skill"], "Skill 0");
}

#[test]
fn a_line_of_any_length_is_one_line() {
    let text = format!(
        "Jane\nExperience\n{}\nEducation\n",
        "Baker, ".repeat(100_000)
    );
    let evidence = read("resume.txt", &text).unwrap();
    assert_cited(&evidence.profile);
}

#[test]
fn what_a_deep_page_hides_is_looked_at_once() {
    let page = format!(
        "<html><body><h1>Baker</h1><p>We bake bread at night and sell it in the morning.</p>{}{}",
        "<div class='a b c' style='background:#fff'>".repeat(490),
        "<p hidden>x</p><h1 hidden>y</h1><b style='color:#000'>z</b>".repeat(4_000)
    );
    let hint = PostingHint {
        content_type: Some("text/html".to_owned()),
        url: None,
    };
    let posting = read_posting(page.as_bytes(), hint).unwrap();
    assert_eq!(posting.title.as_deref(), Some("Baker"));
    assert!(!posting.text.contains(['x', 'y']));
}
