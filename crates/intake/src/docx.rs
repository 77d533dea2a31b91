//! Word processor documents (DOCX) into lines with their looks, and by these into a profile.
//!
//! Read are the page headers, where people put their contacts, and then the text; paragraphs of
//! tables and text boxes in their order. What Word keeps twice for older versions of itself is read
//! once.

use std::collections::HashMap;

use career::fact::Locator;

use crate::IntakeError;
use crate::collect::Collector;
use crate::evidence::{Evidence, SourceKind};
use crate::resume_text::{self, Line, Link};
use crate::xml::{self, Child, Element};
use crate::zipped::Container;

const DOCUMENT: &str = "word/document.xml";
/// Page headers that are read: a document has three for each of its parts.
const MAX_HEADERS: usize = 30;
/// Lines that are kept, gaps and all; of more no résumé is made.
const MAX_LINES: usize = 60_000;

/// Whether a container is such a document.
pub(crate) fn is_docx(container: &Container<'_>) -> bool {
    container.has(DOCUMENT) && container.has("[Content_Types].xml")
}

/// Reads a document.
pub(crate) fn read(
    source: &str,
    bytes: &[u8],
    container: Container<'_>,
) -> Result<Evidence, IntakeError> {
    let (lines, links, hidden) = lines(container)?;
    if !resume_text::is_resume(&lines) {
        return Err(IntakeError::NoSections);
    }
    let mut collector = Collector::new(source, bytes);
    if !hidden.trim().is_empty() {
        collector.notices.push("hidden_text:document".to_owned());
        collector.keep_unread(Locator::Line { number: 0 }, hidden);
    }
    resume_text::finish(collector, &lines, &links, SourceKind::Docx)
}

/// The text of a document that is no résumé, items with `- ` before them; and what it holds but
/// does not show.
///
/// # Errors
/// When it cannot be opened.
pub(crate) fn text(container: Container<'_>) -> Result<(String, String), IntakeError> {
    let (lines, _, hidden) = lines(container)?;
    let mut text = String::new();
    for line in lines {
        if line.bullet && !line.is_gap() {
            text.push_str("- ");
        }
        if line.level.is_some() {
            text.push('\n');
        }
        text.push_str(&line.text);
        text.push('\n');
    }
    Ok((text, hidden))
}

/// The words of a document, one line a paragraph: for whoever wants to know what arrives of a file
/// of their own.
///
/// # Errors
/// When it is no such document or cannot be opened.
pub fn read_back_docx(bytes: &[u8]) -> Result<Vec<String>, IntakeError> {
    let container = Container::open(bytes)?;
    if !is_docx(&container) {
        return Err(IntakeError::UnknownKind);
    }
    let (lines, _, _) = lines(container)?;
    Ok(lines.into_iter().map(|line| line.text).collect())
}

/// All lines, where the links in them lead, and the text that is not shown.
fn lines(mut container: Container<'_>) -> Result<(Vec<Line>, Vec<Link>, String), IntakeError> {
    let mut hidden = String::new();
    let styles = match container.text("word/styles.xml")? {
        Some(text) => Styles::of(&xml::parse(&text)?),
        None => Styles::default(),
    };
    let is_header = |path: &str| path.starts_with("word/header");
    let mut paths = container.paths(is_header);
    paths.truncate(MAX_HEADERS);
    paths.push(DOCUMENT.to_owned());
    let mut lines = Vec::new();
    let mut links: Vec<Link> = Vec::new();
    for path in paths {
        let Some(text) = container.text(&path)? else {
            continue;
        };
        let targets = targets(&mut container, &path)?;
        let root = xml::parse(&text)?;
        let before = lines.len();
        collect(&root, &styles, &mut lines);
        unseen(&root, &mut hidden);
        gap(&mut lines);
        for (at, line) in lines.iter_mut().enumerate().skip(before) {
            line.number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let found = line.links.iter().filter_map(|id| targets.get(id).cloned());
            links.extend(found.map(|target| (line.number, target)));
        }
    }
    Ok((lines, links, hidden))
}

/// The words of runs that are formatted as hidden.
fn unseen(element: &Element, out: &mut String) {
    for child in element.elements() {
        if child.name == "r" && is_hidden(child) {
            for words in child.elements().filter(|part| part.name == "t") {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(&words.text());
            }
        } else {
            unseen(child, out);
        }
    }
}

fn is_hidden(run: &Element) -> bool {
    let looks = run.child("rPr").and_then(|looks| looks.child("vanish"));
    looks.is_some_and(|vanish| !matches!(vanish.attribute("val"), Some("0" | "false")))
}

/// Where the links of a part of the document lead, by their ids.
fn targets(
    container: &mut Container<'_>,
    path: &str,
) -> Result<HashMap<String, String>, IntakeError> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some(text) = container.text(&format!("word/_rels/{name}.rels"))? else {
        return Ok(HashMap::new());
    };
    let root = xml::parse(&text)?;
    let link = |relation: &Element| {
        let kind = relation.attribute("Type")?;
        let target = relation.attribute("Target")?.trim();
        kind.ends_with("/hyperlink").then_some(())?;
        Some((relation.attribute("Id")?.to_owned(), target.to_owned()))
    };
    Ok(root.elements().filter_map(link).collect())
}

/// What the names of styles mean.
#[derive(Default)]
struct Styles {
    levels: HashMap<String, u8>,
    bullets: HashMap<String, bool>,
}

impl Styles {
    /// The built-in names are the same in every language, ids are not.
    fn of(root: &Element) -> Self {
        let mut styles = Self::default();
        for style in root.elements().filter(|element| element.name == "style") {
            let id = style.attribute("styleId").unwrap_or_default().to_owned();
            let name = style.child("name").and_then(|name| name.attribute("val"));
            let name = name.unwrap_or_default().to_lowercase();
            let outline = style
                .child("pPr")
                .and_then(|looks| looks.child("outlineLvl"))
                .and_then(|level| level.attribute("val")?.parse::<u8>().ok());
            let level = match name.as_str() {
                "title" => Some(1),
                name => name
                    .strip_prefix("heading ")
                    .and_then(|level| level.parse::<u8>().ok())
                    // The title of a page stands above its headings.
                    .map(|level| level.saturating_add(1))
                    .or_else(|| outline.map(|level| level.saturating_add(2))),
            };
            if let Some(level) = level.filter(|level| *level < 8) {
                styles.levels.insert(id.clone(), level);
            }
            let numbered = style
                .child("pPr")
                .is_some_and(|looks| looks.child("numPr").is_some());
            styles
                .bullets
                .insert(id, numbered || name.starts_with("list bullet"));
        }
        styles
    }
}

fn gap(lines: &mut Vec<Line>) {
    lines.push(Line::default());
}

fn collect(element: &Element, styles: &Styles, lines: &mut Vec<Line>) {
    for child in element.elements() {
        if lines.len() > MAX_LINES {
            return;
        }
        match child.name.as_str() {
            "p" => paragraph(child, styles, lines),
            "Fallback" | "del" | "moveFrom" => {}
            "tr" => row(child, styles, lines),
            "tbl" => {
                collect(child, styles, lines);
                gap(lines);
            }
            _ => collect(child, styles, lines),
        }
    }
}

/// A row of a table. Dates beside a text stand at the end of its first line, a name beside one line
/// is its label; of columns with much text the wider one is read first.
fn row(element: &Element, styles: &Styles, lines: &mut Vec<Line>) {
    let mut cells: Vec<(u32, Vec<Line>)> = Vec::new();
    for child in element.elements() {
        if child.name != "tc" {
            collect(child, styles, lines);
            continue;
        }
        let mut inside = Vec::new();
        collect(child, styles, &mut inside);
        let width = child
            .child("tcPr")
            .and_then(|looks| looks.child("tcW"))
            .and_then(|width| width.attribute("w")?.parse().ok())
            .unwrap_or_default();
        if inside.iter().any(|line| !line.is_gap()) {
            cells.push((width, inside));
        }
    }
    let filled = |lines: &[Line]| lines.iter().filter(|line| !line.is_gap()).count();
    if let [(_, one), (_, other)] = cells.as_mut_slice()
        && filled(one) == 1
        && let Some(label) = one.iter().find(|line| !line.is_gap())
        && let Some(first) = other.iter().position(|line| !line.is_gap())
    {
        let dated = crate::pdf::range_of(&label.text).is_some();
        let alone = filled(other) == 1 && !label.text.contains('\t');
        if dated && !other[first].text.contains('\t') {
            other[first].text = format!("{}\t{}", other[first].text, label.text);
            lines.append(other);
            return;
        }
        if alone && label.level.is_none() && label.text.chars().count() < 40 {
            let mark = if label.text.ends_with([':', '：']) {
                " "
            } else {
                ": "
            };
            other[first].text = format!("{}{mark}{}", label.text, other[first].text);
            other[first].bold = false;
            lines.append(other);
            return;
        }
    }
    if cells.iter().all(|(_, lines)| filled(lines) > 3) {
        cells.sort_by_key(|(width, _)| std::cmp::Reverse(*width));
    }
    for (_, mut inside) in cells {
        lines.append(&mut inside);
    }
}

/// Text of one paragraph; a line break in it begins another line of the same looks.
fn paragraph(element: &Element, styles: &Styles, lines: &mut Vec<Line>) {
    let looks = element.child("pPr");
    let style = looks
        .and_then(|looks| looks.child("pStyle"))
        .and_then(|style| style.attribute("val"))
        .unwrap_or_default();
    let numbered = looks.is_some_and(|looks| looks.child("numPr").is_some());
    let level = styles.levels.get(style).copied();
    let bullet = numbered || styles.bullets.get(style).copied().unwrap_or_default();
    let mut text = Runs {
        text: String::new(),
        bold: true,
        links: Vec::new(),
    };
    runs(element, &mut text);
    let mut links = text.links;
    for part in text.text.split('\n') {
        let words = part.trim();
        let length = if level.is_some() {
            0
        } else {
            resume_text::bullet_length(words)
        };
        lines.push(Line {
            text: words[length..].to_owned(),
            number: 0,
            level,
            bullet: level.is_none() && (bullet || length > 0),
            bold: text.bold && !words.is_empty(),
            links: std::mem::take(&mut links),
        });
    }
    // Text boxes hang on a run and hold paragraphs of their own.
    boxes(element, styles, lines);
}

struct Runs {
    text: String,
    bold: bool,
    links: Vec<String>,
}

fn runs(element: &Element, out: &mut Runs) {
    for child in element.elements() {
        match child.name.as_str() {
            "t" => out.text.push_str(&child.text()),
            "tab" | "ptab" => out.text.push('\t'),
            "br" | "cr" => out.text.push('\n'),
            "hyperlink" => {
                out.links.extend(child.attribute("id").map(str::to_owned));
                runs(child, out);
            }
            "noBreakHyphen" => out.text.push('\u{2011}'),
            "r" if is_hidden(child) => {}
            "r" => {
                let bold = child.child("rPr").and_then(|looks| looks.child("b"));
                let is_bold =
                    bold.is_some_and(|bold| !matches!(bold.attribute("val"), Some("0" | "false")));
                let before = out.text.len();
                runs(child, out);
                out.bold &= is_bold || out.text[before..].trim().is_empty();
            }
            "pPr" | "rPr" | "Fallback" | "txbxContent" | "del" | "moveFrom" | "instrText"
            | "delText" => {}
            _ => runs(child, out),
        }
    }
}

fn boxes(element: &Element, styles: &Styles, lines: &mut Vec<Line>) {
    for child in &element.children {
        let Child::Element(child) = child else {
            continue;
        };
        match child.name.as_str() {
            "txbxContent" => collect(child, styles, lines),
            "Fallback" => {}
            _ => boxes(child, styles, lines),
        }
    }
}
