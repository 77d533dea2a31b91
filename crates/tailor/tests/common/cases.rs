//! Statements with lines that say no more than they do, and lines that do.

use tailor::{Evidence, Place, Ruling};

/// Judges a line under a post whose one statement it cites.
pub fn judged(line: &str, told: &str) -> Ruling {
    let document = serde_json::json!({
        "basics": {"name": "Kim"},
        "work": [{"name": "Rye Works", "position": "Engineer", "startDate": "2015-04", "highlights": [told]}],
    });
    let bytes = serde_json::to_vec(&document).unwrap();
    let profile = intake::read_evidence("profile.json", &bytes)
        .unwrap()
        .profile;
    let strings = [
        ("/work/0/name".to_owned(), "Rye Works".to_owned()),
        ("/work/0/position".to_owned(), "Engineer".to_owned()),
        ("/work/0/highlights/0".to_owned(), told.to_owned()),
    ];
    Evidence::new(&profile).with_strings(&strings).judge_quotes(
        &Place::parse("work[0]").unwrap(),
        line,
        &[told.to_owned()],
        "",
    )
}

/// A statement with lines: those that say no more than it, and those that do.
pub fn hold(cases: &str) {
    let mut told = "";
    for line in cases.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let Some((mark, text)) = line.split_once(' ') else {
            continue;
        };
        match mark {
            "=" => told = text,
            "+" => {
                let ruling = judged(text, told);
                assert!(ruling.is_ok(), "{told} → {text}: {:?}", ruling.objections);
            }
            _ => assert!(!judged(text, told).is_ok(), "{told} → {text}"),
        }
    }
}
