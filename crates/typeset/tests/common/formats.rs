//! The other formats read again: what words a reader of each meets, in order.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr
)]

use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use scraper::{Html, Selector};
use typeset::{Document, PrintJob, PrintOptions};
use unicode_normalization::UnicodeNormalization as _;

use super::draft_of;

/// Every fixture of JSON Resume and RenderCV that has something to print, whole.
pub fn jobs() -> Vec<(String, PrintJob)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in ["jsonresume", "jsonresume/edge", "rendercv"] {
        let entries = std::fs::read_dir(root.join(folder)).unwrap();
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.sort();
    let jobs: Vec<(String, PrintJob)> = files
        .into_iter()
        .filter(|path| path.is_file())
        .filter_map(|path| {
            let name = path.file_name()?.to_string_lossy().into_owned();
            let evidence = intake::read_evidence(&name, &std::fs::read(&path).ok()?).ok()?;
            let language = if name.contains("hebrew") { "he" } else { "en" };
            let draft = draft_of(&evidence.profile, language, 10);
            let job = PrintJob::new(&draft, &evidence.profile.facts, PrintOptions::default());
            Some((name, job.ok()?))
        })
        .collect();
    assert!(jobs.len() > 8, "{}", jobs.len());
    jobs
}

/// That headings and lines stand in the text, whole and in order.
pub fn assert_lines_in_order(name: &str, document: &Document, text: &str) {
    assert_folded_in_order(name, document, text, str::to_owned);
}

/// The same, but for what `fold` makes of the lines.
pub fn assert_folded_in_order(
    name: &str,
    document: &Document,
    text: &str,
    fold: impl Fn(&str) -> String,
) {
    let mut from = 0;
    let head = document.head.iter().map(|line| line.text.as_str());
    let body = document.sections.iter().flat_map(|section| {
        let lines = section
            .blocks
            .iter()
            .flat_map(|block| block.header.iter().chain(&block.lines))
            .map(|line| line.text.as_str());
        std::iter::once(section.heading.as_str()).chain(lines)
    });
    let letter = document.letter.iter().flat_map(|part| &part.lines);
    let letter = letter.map(|line| line.text.as_str());
    for wanted in head.chain(body).chain(letter) {
        let wanted = fold(wanted);
        match text[from..].find(&wanted) {
            Some(place) => from += place + wanted.len(),
            None => panic!(
                "{name}: {wanted:?} is not in the rest:\n{}",
                text[from..].chars().take(400).collect::<String>()
            ),
        }
    }
}

/// A file of a DOCX.
pub fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// The names of all files of a DOCX.
pub fn part_names(docx: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let names = archive.file_names();
    names.map(|name| name.unwrap().into_owned()).collect()
}

/// The paragraphs of a DOCX with their styles.
pub fn paragraphs(docx: &[u8]) -> Vec<(String, String)> {
    let xml = part(docx, "word/document.xml");
    let tree = roxmltree::Document::parse(&xml).unwrap();
    let all = tree.descendants();
    all.filter(|node| node.has_tag_name((WORD, "p")))
        .map(|paragraph| {
            let style = paragraph
                .descendants()
                .find(|node| node.has_tag_name((WORD, "pStyle")))
                .and_then(|node| node.attribute((WORD, "val")));
            let text = paragraph
                .descendants()
                .filter(|node| node.has_tag_name((WORD, "t")))
                .filter_map(|node| node.text());
            (style.unwrap_or_default().to_owned(), text.collect())
        })
        .collect()
}

pub const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The words of a DOCX, a line to a paragraph.
pub fn docx_text(docx: &[u8]) -> String {
    let lines: Vec<String> = paragraphs(docx).into_iter().map(|(_, text)| text).collect();
    lines.join("\n")
}

/// The words in the body of a page.
pub fn html_text(page: &str) -> String {
    let page = Html::parse_document(page);
    let body = Selector::parse("body").unwrap();
    page.select(&body).flat_map(|body| body.text()).collect()
}

/// The words of our own Markdown: without its marks and links, escapes undone.
pub fn markdown_text(markdown: &str) -> String {
    markdown.lines().map(markdown_line).collect()
}

fn markdown_line(line: &str) -> String {
    let line = line.trim_start_matches('#').trim_start_matches("- ");
    let line = line.replace("**", "");
    let mut text = String::new();
    let mut rest = line.as_str();
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        match character {
            '\\' => {
                let literal = rest.chars().next().expect("an escape has its character");
                assert!(literal.is_ascii_punctuation(), "{literal:?} in {line}");
                text.push(literal);
                rest = &rest[literal.len_utf8()..];
            }
            '[' => {}
            ']' => {
                let end = rest.find(">)").expect("a link's address");
                assert!(rest.starts_with("(<"), "{line}");
                rest = &rest[end + 2..];
            }
            _ => text.push(character),
        }
    }
    text.push('\n');
    text
}

/// What of a text LaTeX is given: composed letters, without what only asks a font for something.
pub fn tex_fold(text: &str) -> String {
    let ignorable = |character: &char| {
        matches!(character,
            '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200c}' | '\u{200d}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
    };
    text.chars()
        .filter(|character| !ignorable(character))
        .nfc()
        .collect()
}

/// The words of our own LaTeX. Anything active that is not ours ends the test.
pub fn tex_text(source: &str) -> String {
    let (_, body) = source.split_once("\\begin{document}\n").expect("a body");
    let (body, after) = body.split_once("\\end{document}\n").expect("an end");
    assert_eq!(after, "");
    let mut text = String::new();
    let mut rest = body;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        match character {
            '\\' => rest = tex_command(rest, &mut text),
            '{' | '}' => {}
            '$' | '&' | '#' | '^' | '_' | '~' | '%' | '"' | '<' | '>' | '|' | '`' | '\'' => {
                panic!("{character:?} is active before {rest:.80}")
            }
            _ => text.push(character),
        }
    }
    text
}

fn tex_command<'a>(rest: &'a str, text: &mut String) -> &'a str {
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters == 0 {
        let literal = rest.chars().next().expect("a command has a name");
        assert!("{}$&#%_".contains(literal), "\\{literal}");
        text.push(literal);
        return &rest[literal.len_utf8()..];
    }
    let (name, rest) = rest.split_at(letters);
    let argument = |rest: &'a str| -> (&'a str, &'a str) {
        let inner = rest.strip_prefix('{').expect("an argument");
        let mut depth = 1;
        let mut escaped = false;
        for (at, byte) in inner.bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return (&inner[..at], &inner[at + 1..]);
            }
        }
        panic!("an argument without end: {rest:.80}");
    };
    let literal = match name {
        "textbackslash" => "\\",
        "textasciicircum" => "^",
        "textasciitilde" => "~",
        "textless" => "<",
        "textgreater" => ">",
        "textbar" => "|",
        "textquotedbl" => "\"",
        "textquotesingle" => "'",
        "textasciigrave" => "`",
        "allowbreak" | "Letter" => "",
        "Dot" => " · ",
        "inOther" => {
            // Its code; the sign itself follows.
            let (code, rest) = argument(rest);
            assert!(code.bytes().all(|byte| byte.is_ascii_hexdigit()));
            return rest;
        }
        "href" => {
            let (address, rest) = argument(rest);
            assert!(
                address.starts_with("https://") || address.starts_with("mailto:"),
                "{address}"
            );
            assert!(!address.contains(['{', '}', '$', '^', '~']), "{address}");
            return rest;
        }
        "Mirror" => {
            let (written, rest) = argument(rest);
            let (_drawn, rest) = argument(rest);
            text.push_str(&tex_text(&format!(
                "\\begin{{document}}\n{written}\\end{{document}}\n"
            )));
            return rest;
        }
        "Name" | "Headline" | "Contacts" | "Heading" | "Entry" | "Text" | "Item" | "textbf"
        | "RL" | "LR" | "Recipient" | "Date" | "Subject" | "Paragraph" | "Signature"
        | "Enclosures" => return rest,
        _ if name.starts_with("in") && name.len() > 3 && rest.starts_with('{') => {
            assert!(name.as_bytes()[2].is_ascii_uppercase(), "\\{name}");
            return rest;
        }
        _ => panic!("\\{name} is not ours"),
    };
    text.push_str(literal);
    match rest.strip_prefix("{}") {
        Some(rest) => rest,
        None => panic!("\\{name} without its end"),
    }
}

/// Compiles as a person would who was sent the file: what the engine said, and the PDF if there is
/// one. `None` where there is no such engine.
pub fn compiled(engine: &str, source: &str) -> Option<(String, Option<Vec<u8>>)> {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    let run = RUNS.fetch_add(1, Ordering::Relaxed);
    let folder =
        std::env::temp_dir().join(format!("typeset-{engine}-{}-{run}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("resume.tex"), source).unwrap();
    let outcome = Command::new(engine)
        .args([
            "-no-shell-escape",
            "-interaction=nonstopmode",
            "-halt-on-error",
            "resume.tex",
        ])
        .current_dir(&folder)
        .envs([
            ("openin_any", "p"),
            ("openout_any", "p"),
            ("MKTEXPK", "0"),
            ("MKTEXTFM", "0"),
        ])
        .stdin(Stdio::null())
        .output();
    let pdf = std::fs::read(folder.join("resume.pdf")).ok();
    std::fs::remove_dir_all(&folder).unwrap();
    match outcome {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            Some((said, pdf.filter(|_| output.status.success())))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("SKIPPED: {engine} is not installed");
            None
        }
        Err(error) => panic!("{error}"),
    }
}
