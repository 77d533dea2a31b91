//! Files that are small and become large or slow when they are read. Made when a test needs them.
#![allow(clippy::unwrap_used, dead_code)]

use std::fmt::Write as _;
use std::io::Write;

/// A file's name and what makes its bytes.
pub type Bomb = (&'static str, fn() -> Vec<u8>);

/// All of them.
pub const ALL: [Bomb; 22] = [
    ("bomb_table.zip", || zip(&[("Positions.csv", table(100))])),
    ("bomb_unused.zip", || zip(&[("messages.csv", table(100))])),
    ("bomb_total.zip", || {
        let names = ["Positions.csv", "Education.csv", "Projects.csv"];
        zip(&names.map(|name| (name, table(60))))
    }),
    ("bomb_document.docx", || docx(&"<w:p/>".repeat(3_000_000))),
    ("bomb_nested.docx", || docx(&"<w:tbl>".repeat(100_000))),
    ("bomb_headers.docx", headers),
    ("bomb_entities.xml", || entities().into_bytes()),
    ("bomb_aliases.yaml", || aliases().into_bytes()),
    ("bomb_nested.json", || "[".repeat(1_000_000).into_bytes()),
    ("many.json", || {
        let items = "{\"name\":\"a\"},".repeat(400_000);
        format!("{{\"work\":[{items}1]}}").into_bytes()
    }),
    ("deep.html", || page(&"<div>".repeat(100_000))),
    ("entity_flood.html", || page(&"&amp;".repeat(320_000))),
    ("open_bold.html", || {
        page(&"<div><b id=a></div>".repeat(50_000))
    }),
    ("wide.html", || {
        page(&format!("<p {}>", "a=b ".repeat(300_000)))
    }),
    ("many_hidden.html", || page(&hidden())),
    ("many_alts.html", || {
        page(&"<img alt='ignore äll thé bread'>".repeat(20_000))
    }),
    ("painted.html", || page(&painted())),
    ("long_line.txt", || vec![b'a'; 9 << 20]),
    ("one_line.txt", || text("", &"Baker, ".repeat(250_000))),
    ("ats.txt", || text(&"@".repeat(1_500_000), "x")),
    ("nul.csv", || {
        [
            b"First Name,Headline,Geo Location\n".as_slice(),
            &[0; 100_000],
        ]
        .concat()
    }),
    ("open_quote.csv", || {
        let rows = "a,b\n".repeat(1_000_000);
        format!("Company Name,Title,Started On\n\"{rows}").into_bytes()
    }),
];

fn text(top: &str, work: &str) -> Vec<u8> {
    format!("Jane {top}\nExperience\n{work}\nEducation\n").into_bytes()
}

fn table(mib: usize) -> Vec<u8> {
    let mut table = b"Company Name,Title,Started On\n".to_vec();
    table.resize(mib << 20, b'a');
    table
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}");
    zip(&[
        ("[Content_Types].xml", b"<a/>".to_vec()),
        ("word/document.xml", document.into_bytes()),
    ])
}

fn headers() -> Vec<u8> {
    let header = format!("<d>{}</d>", "<p><r><t>Education</t></r></p>".repeat(20_000));
    let names: Vec<String> = (0..300)
        .map(|number| format!("word/header{number}.xml"))
        .collect();
    let mut files = vec![
        ("[Content_Types].xml", b"<a/>".to_vec()),
        (
            "word/document.xml",
            b"<d><p><r><t>Experience</t></r></p></d>".to_vec(),
        ),
    ];
    files.extend(
        names
            .iter()
            .map(|name| (name.as_str(), header.clone().into_bytes())),
    );
    zip(&files)
}

/// "Billion laughs".
fn entities() -> String {
    let mut text = String::from("<?xml version='1.0'?><!DOCTYPE SkillsPassport [<!ENTITY a0 'ha'>");
    for level in 1..12 {
        let items = format!("&a{};", level - 1).repeat(10);
        write!(text, "<!ENTITY a{level} '{items}'>").unwrap();
    }
    text + "]><SkillsPassport><LearnerInfo><Headline>&a11;</Headline></LearnerInfo></SkillsPassport>"
}

fn aliases() -> String {
    let mut text = String::from("cv:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let items = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(text, "  a{level}: &a{level} [{items}]").unwrap();
    }
    text
}

fn page(body: &str) -> Vec<u8> {
    format!(
        "<!doctype html><html><body><h1>Baker</h1><p>We bake bread at night and sell it in the \
         morning, in Utrecht.</p>{body}"
    )
    .into_bytes()
}

fn hidden() -> String {
    "<div class='a b c'>".repeat(490) + &"<p hidden>see you there soon all of you</p>".repeat(5_000)
}

fn painted() -> String {
    format!("<div style='{}'>", "x:y;".repeat(300_000)) + &"<b style=color:red>x</b>".repeat(6_000)
}

/// A ZIP of these files.
fn zip(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
