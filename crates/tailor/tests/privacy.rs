//! What identifies a person: nothing of anybody in the fixtures survives, and the way back is exact.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

use career::Profile;

use tailor::privacy::Mask;

const PROFILES: &[&str] = &[
    "jsonresume/complete_alex_reference.json",
    "jsonresume/complete_jane.json",
    "jsonresume/new_grad_maya.json",
    "jsonresume/sample_richard_hendriks.json",
    "jsonresume/thin_jane.json",
    "jsonresume/edge/unicode_names.json",
    "jsonresume/edge/rtl_hebrew.json",
    "jsonresume/edge/html_and_markdown_in_text.json",
    "linkedin-export/ada_complete.zip",
    "linkedin-export/basic_crlf_bom.zip",
    "linkedin-export/nested_macos.zip",
    "resume-text/jonas_de.txt",
    "resume-text/marisol_headings.md",
    "resume-docx/marisol_styled.docx",
    "resume-docx/tables_ru.docx",
    "rendercv/alice_standard.yaml",
    "europass/candidate.xml",
    "reactive-resume/v5_sample.json",
];

fn profile(path: &str) -> Profile {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(path);
    let name = path.rsplit('/').next().unwrap();
    let bytes = std::fs::read(file).unwrap();
    intake::read_evidence(name, &bytes).unwrap().profile
}

fn marisol() -> Profile {
    let json = br#"{"basics": {
        "name": "Marisol Okafor-Lindqvist",
        "email": "marisol.okafor@mail.example",
        "phone": "+44 20 7946 0958",
        "url": "https://marisol.example/cv",
        "location": {"address": "12 Harbour Lane", "postalCode": "E14 9GE", "city": "Lisbon", "countryCode": "PT"},
        "profiles": [{"network": "GitHub", "username": "mokalind", "url": "https://github.com/mokalind"}]
    }, "work": [{"name": "Northwind", "position": "Engineer", "highlights": ["Built things"]}]}"#;
    intake::read_evidence("cv.json", json).unwrap().profile
}

/// A text's spellings that somebody may meet.
fn variants(text: &str) -> Vec<String> {
    vec![
        text.to_owned(),
        text.to_uppercase(),
        text.to_lowercase(),
        text.replace(' ', "\n\u{a0}"),
        format!("({text})"),
        format!("{text}'s"),
        format!("x {text}, y"),
    ]
}

/// What must not be read, written down apart from the code that hides it.
fn personal(profile: &Profile) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for part in &profile.name {
        words.extend(part.text.split([' ', '-']).map(str::to_owned));
    }
    for contact in &profile.contacts {
        words.extend(contact.parts.iter().map(|part| part.text.clone()));
        words.extend(contact.username.iter().map(|user| user.text.clone()));
    }
    let told = |word: &String| {
        word.chars()
            .filter(|letter| letter.is_alphanumeric())
            .count()
            >= 4
    };
    words.retain(told);
    words
}

fn contains_word(text: &str, word: &str) -> bool {
    let fold = |text: &str| {
        text.to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let (text, word) = (fold(text), fold(word));
    text.match_indices(&word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        !inside(before) && !inside(after)
    })
}

#[test]
fn nothing_of_anybody_survives_and_the_way_back_is_exact() {
    for path in PROFILES {
        let profile = profile(path);
        let personal = personal(&profile);
        let mut mask = Mask::of(&profile);
        let facts = profile.facts.iter().map(|fact| fact.quote.clone());
        let spellings = personal.iter().flat_map(|word| variants(word));
        let whole: String = facts.clone().collect::<Vec<_>>().join("\n");
        for text in facts.chain(spellings).chain([whole]) {
            let hidden = mask.hide(&text);
            for word in &personal {
                assert!(!contains_word(&hidden, word), "{path}: {word} in {hidden}");
            }
            assert!(!mask.shows(&hidden), "{path}: {hidden}");
            assert_eq!(mask.restore(&hidden), text, "{path}");
        }
    }
}

/// Numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    fn throw<'a>(&mut self, of: &'a [String]) -> &'a str {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        &of[(self.0 >> 33) as usize % of.len()]
    }
}

#[test]
fn however_words_are_thrown_together_the_way_back_is_exact() {
    let own = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    let filler = own(&[
        "led",
        "the team",
        "[NAME]",
        "[NAME_2]",
        "[EMAIL_1]",
        "[TEXT_1]",
        "[",
        "]",
        "2019",
        "+",
        "C++",
        "@",
        "https://",
        "🚀",
        "e\u{301}",
        "\u{200b}",
        "ß",
        "İ",
        "1,000,000",
        "王小明",
        "x@y.example",
    ]);
    let apart = own(&[
        " ", ", ", "\n", " - ", "(", ") ", "/", ": ", "\u{a0}", ".\n\n",
    ]);
    for path in PROFILES {
        let profile = profile(path);
        let personal = personal(&profile);
        let mut words: Vec<String> = personal.iter().flat_map(|word| variants(word)).collect();
        words.extend(filler.iter().cloned());
        let mut glued = apart.clone();
        glued.push(String::new());
        let mut mask = Mask::of(&profile);
        let mut dice = Dice(7);
        for round in 0..120 {
            // Words run together may hide a name inside of another: then only the way back is asked of.
            let glue = if round % 2 == 0 { &apart } else { &glued };
            let mut text = String::new();
            for _ in 0..12 {
                text += dice.throw(&words);
                text += dice.throw(glue);
            }
            let hidden = mask.hide(&text);
            assert_eq!(mask.restore(&hidden), text, "{path}");
            if round % 2 == 0 {
                for word in &personal {
                    assert!(!contains_word(&hidden, word), "{path}: {word} in {hidden}");
                }
            }
        }
    }
}

#[test]
fn names_are_hidden_whole_and_in_part_in_any_case() {
    let mut mask = Mask::of(&marisol());
    for (text, hidden) in [
        ("Marisol Okafor-Lindqvist led", "[NAME] led"),
        ("MARISOL led, marisol's way", "[NAME_2] led, [NAME_3]'s way"),
        ("Mrs Lindqvist; Okafor", "Mrs [NAME_4]; [NAME_5]"),
        ("Marisol\n Okafor–Lindqvist", "[NAME_6]"),
        ("MarisolOkafor-Lindqvist", "[NAME_7]"),
        ("Marisolian", "Marisolian"),
    ] {
        assert_eq!(mask.hide(text), hidden);
        assert_eq!(mask.restore(hidden), text);
    }
}

#[test]
fn ways_to_reach_somebody_are_hidden_in_any_spelling() {
    let mut mask = Mask::of(&marisol());
    for (text, hidden) in [
        ("marisol.okafor@mail.example", "[EMAIL_1]"),
        ("020 7946 0958", "[PHONE_2]"),
        ("github.com/mokalind/tool", "[LINK_3]/tool"),
        ("@mokalind", "@[USER_1]"),
        ("in LISBON", "in [PLACE_2]"),
        ("PT in the morning", "PT in the morning"),
        ("jobs@northwind.example", "[EMAIL_2]"),
        ("https://northwind.example/apply now", "[LINK_4] now"),
        ("2019-2023: 1,000,000 users", "2019-2023: 1,000,000 users"),
    ] {
        assert_eq!(mask.hide(text), hidden);
        assert_eq!(mask.restore(hidden), text);
    }
}

#[test]
fn what_looked_like_a_placeholder_before_is_no_way_to_learn_anything() {
    let mut mask = Mask::of(&marisol());
    let hidden = mask.hide("Dear [NAME], write to [EMAIL_1] [1] [x]");
    assert_eq!(hidden, "Dear [TEXT_1], write to [TEXT_2] [1] [x]");
    assert_eq!(
        mask.restore(&hidden),
        "Dear [NAME], write to [EMAIL_1] [1] [x]"
    );
    assert_eq!(
        mask.restore("[NAME_99] [EMAIL_0] [ACME]"),
        "[NAME_99] [EMAIL_0] [ACME]"
    );
    let address = "marisol.okafor@mail.example Marisol Okafor-Lindqvist";
    assert_eq!(mask.restore("[EMAIL] [NAME_1]"), address);
}

#[test]
fn the_same_texts_in_the_same_order_give_the_same_placeholders() {
    let hide = || {
        let mut mask = Mask::of(&marisol());
        [mask.hide("marisol, MARISOL"), mask.hide("Okafor marisol")]
    };
    assert_eq!(hide(), hide());
    assert_eq!(hide()[1], "[NAME_4] [NAME_2]");
}

#[test]
fn a_profile_without_a_name_still_hides_links_and_addresses() {
    let mut mask = Mask::of(&Profile::default());
    assert_eq!(mask.hide("a@b.example"), "[EMAIL_1]");
    assert_eq!(mask.hide(""), "");
    assert!(!format!("{mask:?}").contains("b.example"));
}
