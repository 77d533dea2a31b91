//! Glyphs into segments: runs of words on one baseline with no wide gap between them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::direction;

use super::document::DrawnPage;
use super::glyphs::{Glyph, Mark};

/// A gap this wide (in font sizes) without a space character ends a segment.
const BARE_GAP: f32 = 0.8;
/// The same where the source put space characters.
const SPACED_GAP: f32 = 1.2;
/// A gap this wide is a space between words.
const WORD_GAP: f32 = 0.16;
/// The same where the width of letters is unknown.
const GUESSED_GAP: f32 = 0.55;

/// How many runs begin at the left edge of a column at least.
const EDGE: usize = 5;
/// A gap this wide parts a column from the one before it.
const COLUMN_GAP: f32 = 0.5;

/// A stretch of one look inside a segment; `start..end` are bytes of its text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// Words that stand together.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// From 1.
    pub(super) page: u32,
    pub(super) left: f32,
    pub(super) right: f32,
    /// The baseline from the page's top.
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    /// A small shape was drawn right before it, as browsers draw bullets.
    pub(super) marked: bool,
    /// An icon stands before it.
    pub(super) icon: bool,
    /// Red, green and blue of its first letter.
    pub(super) color: [u8; 3],
    /// How far it was moved to the left to stand under its like; `left` and `right` say where it is
    /// read, this where it is.
    pub(super) shift: f32,
}

impl Segment {
    pub(super) fn top(&self) -> f32 {
        self.y - self.size * 0.8
    }

    pub(super) fn bottom(&self) -> f32 {
        self.y + self.size * 0.25
    }

    /// Bold from the first to the last letter.
    pub(super) fn all_bold(&self) -> bool {
        !self.pieces.is_empty() && self.pieces.iter().all(|piece| piece.bold)
    }
}

/// The segments of a page in the order they were drawn.
pub(super) fn of_page(page: &DrawnPage, number: u32) -> Vec<Segment> {
    let mut segments = of_glyphs(&page.drawn.glyphs, number);
    for segment in &mut segments {
        segment.marked = page.drawn.marks.iter().any(|mark| is_before(mark, segment));
    }
    segments
}

fn is_before(mark: &Mark, segment: &Segment) -> bool {
    let gap = segment.left - mark.x;
    (0.3 * segment.size..2.2 * segment.size).contains(&gap)
        && mark.size < 0.75 * segment.size
        && mark.y > segment.y - segment.size * 0.85
        && mark.y < segment.y + segment.size * 0.15
}

/// The segments of some glyphs.
pub(super) fn of_glyphs(glyphs: &[Glyph], page: u32) -> Vec<Segment> {
    let mut runs: Vec<Run> = Vec::new();
    for glyph in glyphs {
        let fits = runs.last().is_some_and(|run| run.takes(glyph));
        if !fits {
            runs.push(Run::default());
        }
        if let Some(run) = runs.last_mut() {
            run.push(glyph);
        }
    }
    runs.retain(|run| !run.letters.is_empty());
    let mut icon = false;
    let mut whole: Vec<Run> = Vec::new();
    for mut run in runs {
        if run.is_icon() {
            icon = true;
            continue;
        }
        run.after_icon = std::mem::take(&mut icon);
        whole.push(run);
    }
    merge(&mut whole);
    let edges = edges(&whole);
    whole
        .into_iter()
        .flat_map(|run| run.cut_at(&edges))
        .filter_map(|run| run.segment(page))
        .collect()
}

/// Where many runs of a page begin: the left edges of its columns.
fn edges(runs: &[Run]) -> Vec<f32> {
    let mut lefts: Vec<f32> = runs.iter().map(Run::left).collect();
    lefts.sort_by(f32::total_cmp);
    let mut edges = Vec::new();
    let mut at = 0;
    while at < lefts.len() {
        let alike = lefts[at..]
            .iter()
            .take_while(|left| **left - lefts[at] < 0.6)
            .count();
        if alike >= EDGE {
            edges.push(lefts[at] + 0.3);
        }
        at += alike;
    }
    edges
}

/// Joins runs that were drawn apart and stand together (every word for itself, small capitals).
fn merge(runs: &mut Vec<Run>) {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by(|a, b| {
        let (one, other) = (&runs[*a], &runs[*b]);
        (one.y, one.left())
            .partial_cmp(&(other.y, other.left()))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    // Only neighbours in height can be one line, so each run looks a little way ahead.
    let mut into: Vec<Option<usize>> = vec![None; runs.len()];
    for (position, &at) in order.iter().enumerate() {
        for &next in order[position + 1..].iter().take(60) {
            if runs[next].y - runs[at].y > 0.3 * runs[at].size() {
                break;
            }
            let (first, second) = if runs[next].left() >= runs[at].left() {
                (at, next)
            } else {
                (next, at)
            };
            let gap = runs[second].left() - runs[first].right();
            let size = runs[first].size().max(runs[second].size());
            let close = gap > -0.35 * size && gap < BARE_GAP * size && !runs[second].after_icon;
            if close && into[second].is_none() {
                into[second] = Some(first);
            }
        }
    }
    let mut heads: Vec<usize> = (0..runs.len()).filter(|at| into[*at].is_none()).collect();
    let mut follower: Vec<Option<usize>> = vec![None; runs.len()];
    for (second, first) in into.iter().enumerate() {
        if let Some(first) = first {
            if follower[*first].is_none() {
                follower[*first] = Some(second);
            } else {
                heads.push(second);
            }
        }
    }
    heads.sort_unstable();
    let mut taken: Vec<Option<Run>> = std::mem::take(runs).into_iter().map(Some).collect();
    for head in heads {
        let Some(mut run) = taken[head].take() else {
            continue;
        };
        let mut at = head;
        while let Some(next) = follower[at] {
            if let Some(more) = taken[next].take() {
                run.letters.extend(more.letters);
            }
            at = next;
        }
        runs.push(run);
    }
    runs.extend(taken.into_iter().flatten());
}

/// A character that has a look and a place, or a space.
#[derive(Debug, Clone)]
struct Letter {
    text: String,
    left: f32,
    right: f32,
    size: f32,
    bold: bool,
    italic: bool,
    color: [u8; 3],
    /// The font does not tell how wide it is.
    guessed: bool,
}

#[derive(Debug, Clone, Default)]
struct Run {
    letters: Vec<Letter>,
    y: f32,
    /// A space character came after the last letter.
    space: bool,
    after_icon: bool,
}

impl Run {
    fn left(&self) -> f32 {
        self.letters.first().map_or(0.0, |letter| letter.left)
    }

    fn right(&self) -> f32 {
        self.letters.last().map_or(0.0, |letter| letter.right)
    }

    fn size(&self) -> f32 {
        self.letters
            .iter()
            .map(|letter| letter.size)
            .fold(0.0, f32::max)
    }

    /// Whether a glyph continues this run.
    fn takes(&self, glyph: &Glyph) -> bool {
        let Some(last) = self.letters.last() else {
            return true;
        };
        if glyph.text.chars().all(char::is_whitespace) {
            return true;
        }
        let size = last.size.max(glyph.size);
        let gap = glyph.x - last.right;
        let widest = if self.space { SPACED_GAP } else { BARE_GAP };
        // An unknown character inside a word is a letter, one that stands apart is an icon.
        let inside = gap < 0.1 * size && (is_unknown(&glyph.text) || is_unknown(&last.text));
        let icon = is_icon(&glyph.text) != is_icon(&last.text) && !inside;
        !icon && (glyph.y - self.y).abs() < 0.3 * size && gap < widest * size && gap > -0.6 * size
    }

    fn push(&mut self, glyph: &Glyph) {
        if glyph.text.chars().all(char::is_whitespace) {
            self.space = !self.letters.is_empty();
            return;
        }
        if self.letters.is_empty() {
            self.y = glyph.y;
        }
        if std::mem::take(&mut self.space)
            && let Some(last) = self.letters.last()
            && glyph.x - last.right > 0.02 * glyph.size
        {
            let space = Letter {
                text: " ".to_owned(),
                left: last.right,
                ..last.clone()
            };
            self.letters.push(space);
        }
        self.letters.push(Letter {
            text: plain(&glyph.text),
            left: glyph.x,
            right: glyph.x + glyph.width,
            size: glyph.size,
            bold: glyph.bold,
            italic: glyph.italic,
            color: glyph.color,
            guessed: glyph.guessed,
        });
    }

    /// Two columns can stand closer than words of large gaps: where a column begins, a run is cut.
    fn cut_at(mut self, edges: &[f32]) -> Vec<Self> {
        let size = self.size();
        let cut = (1..self.letters.len()).find(|at| {
            let letter = &self.letters[*at];
            let last = self.letters[..*at]
                .iter()
                .rev()
                .find(|letter| letter.text != " ");
            letter.text != " "
                && last.is_some_and(|last| letter.left - last.right > COLUMN_GAP * size)
                && edges.iter().any(|edge| (edge - letter.left).abs() < 0.9)
        });
        let Some(at) = cut else {
            return vec![self];
        };
        let rest = Self {
            letters: self.letters.split_off(at),
            y: self.y,
            space: self.space,
            after_icon: false,
        };
        while self.letters.last().is_some_and(|letter| letter.text == " ") {
            self.letters.pop();
        }
        let mut parts = vec![self];
        parts.extend(rest.cut_at(edges));
        parts
    }

    fn is_icon(&self) -> bool {
        self.letters.len() <= 2 && self.letters.iter().all(|letter| is_icon(&letter.text))
    }

    /// The gap that separates words here: letterspaced headings need a wider one.
    fn word_gap(&self) -> f32 {
        let mut gaps: Vec<f32> = self
            .letters
            .windows(2)
            .filter(|pair| pair[0].text != " " && pair[1].text != " ")
            .map(|pair| (pair[1].left - pair[0].right) / pair[0].size.max(0.1))
            .collect();
        if self.letters.iter().any(|letter| letter.guessed) {
            return GUESSED_GAP;
        }
        if gaps.len() < 3 {
            return WORD_GAP;
        }
        gaps.sort_by(f32::total_cmp);
        let usual = gaps[gaps.len() / 2];
        if usual > 0.1 {
            usual * 1.7
        } else {
            WORD_GAP.max(usual + 0.12)
        }
    }

    fn segment(self, page: u32) -> Option<Segment> {
        let gap = self.word_gap();
        let mut text = String::new();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut before: Option<&Letter> = None;
        for letter in &self.letters {
            let mark = |text: &str| text.chars().all(is_combining_mark);
            let apart = before.is_some_and(|last| {
                letter.left - last.right > gap * last.size
                    && !mark(&letter.text)
                    && !(mark(&last.text) && direction::is_right_to_left(&letter.text))
            });
            if (apart || letter.text == " ") && !text.ends_with(' ') && !text.is_empty() {
                text.push(' ');
            }
            before = Some(letter);
            if letter.text == " " {
                continue;
            }
            let start = text.len();
            push_letter(&mut text, &letter.text);
            match pieces.last_mut() {
                Some(piece) if piece.bold == letter.bold && piece.italic == letter.italic => {
                    piece.end = text.len();
                }
                _ => pieces.push(Piece {
                    start: start.min(text.len()),
                    end: text.len(),
                    bold: letter.bold,
                    italic: letter.italic,
                }),
            }
        }
        let trimmed = text.trim_end().len();
        text.truncate(trimmed);
        // A soft hyphen that shows inside a line is a hyphen; only at the end it may be none.
        while let Some(at) = text.find('\u{ad}').filter(|at| at + 2 < text.len()) {
            text.replace_range(at..at + 2, "-");
            for piece in &mut pieces {
                piece.start -= usize::from(piece.start > at);
                piece.end -= usize::from(piece.end > at);
            }
        }
        let trimmed = text.len();
        for piece in &mut pieces {
            piece.end = piece.end.min(trimmed);
        }
        let (left, right, size) = (self.left(), self.right(), self.usual_size());
        (!text.is_empty()).then_some(Segment {
            page,
            left,
            right,
            y: self.y,
            size,
            text,
            pieces,
            marked: false,
            icon: self.after_icon,
            color: self.letters.first().map_or([0; 3], |letter| letter.color),
            shift: 0.0,
        })
    }

    fn usual_size(&self) -> f32 {
        let mut sizes: Vec<f32> = self.letters.iter().map(|letter| letter.size).collect();
        sizes.sort_by(f32::total_cmp);
        sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
    }
}

/// Puts a letter behind a text; an accent that was drawn on its own joins the letter before or
/// after it.
fn push_letter(text: &mut String, letter: &str) {
    let accent = text.chars().next_back().and_then(combining);
    match (accent, letter.chars().next()) {
        (Some(mark), Some(base)) if base.is_alphabetic() => {
            text.pop();
            text.extend([base, mark].into_iter().nfc());
            text.push_str(&letter[base.len_utf8()..]);
        }
        _ => text.push_str(letter),
    }
}

/// The combining form of an accent that has a place of its own.
fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '\u{b4}' => '\u{301}',
        '\u{a8}' => '\u{308}',
        '\u{2c6}' => '\u{302}',
        '\u{2dc}' => '\u{303}',
        '\u{b8}' => '\u{327}',
        '\u{2c7}' => '\u{30c}',
        '\u{2da}' => '\u{30a}',
        _ => return None,
    })
}

/// Private-use characters are icons, but for the bullets of word processors' symbol fonts.
fn is_icon(text: &str) -> bool {
    is_unknown(text)
        || !text.is_empty()
        && text.chars().all(|character| {
            matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}')
        })
        && symbol(text).is_none()
}

fn is_unknown(text: &str) -> bool {
    text == "\u{fffd}"
}

fn symbol(text: &str) -> Option<&'static str> {
    Some(match text {
        "\u{f0b7}" => "•",
        "\u{f0a7}" => "▪",
        "\u{f0d8}" => "➢",
        "\u{f0fc}" => "✓",
        "\u{f02d}" => "-",
        _ => return None,
    })
}

/// The characters a reader means: ligatures and look-alike radicals in their plain form.
fn plain(text: &str) -> String {
    if let Some(symbol) = symbol(text) {
        return symbol.to_owned();
    }
    text.chars()
        .flat_map(|character| match character {
            '\u{fb00}'..='\u{fb06}' | '\u{2e80}'..='\u{2fdf}' => {
                character.nfkc().collect::<Vec<char>>()
            }
            // Forms of letters by their place in a word; the line is turned around as a whole later.
            '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => character
                .nfkc()
                .collect::<Vec<char>>()
                .into_iter()
                .rev()
                .collect(),
            '\u{2010}' | '\u{2011}' => vec!['-'],
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                Vec::new()
            }
            '\0' => Vec::new(),
            other => vec![other],
        })
        .nfc()
        .collect()
}
