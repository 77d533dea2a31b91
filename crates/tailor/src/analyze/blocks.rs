//! A posting's text as bullets, lines and paragraphs; hard-wrapped lines are one paragraph.

/// A piece of the text without its bullet mark and surrounding space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    pub kind: BlockKind,
    pub start: usize,
    pub end: usize,
    /// Whether an empty line (or the text's beginning) stands before it.
    pub after_gap: bool,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    Bullet,
    /// One line on its own.
    Line,
    /// Several wrapped lines, or one of several sentences.
    Paragraph,
}

struct Line<'a> {
    start: usize,
    text: &'a str,
}

impl Line<'_> {
    fn trimmed(&self) -> (usize, usize) {
        let lead = self.text.len() - self.text.trim_start().len();
        let start = self.start + lead;
        (start, start + self.text.trim().len())
    }
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
    fn width(&self) -> usize {
        self.text.trim_end().chars().count()
    }
}

/// The blocks of a text, in order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut offset = 0;
    let lines: Vec<Line<'_>> = text
        .split_inclusive('\n')
        .map(|line| {
            let start = offset;
            offset += line.len();
            Line { start, text: line }
        })
        .collect();
    let mut blocks = Vec::new();
    let mut position = 0;
    let mut gap = true;
    while let Some(line) = lines.get(position) {
        if line.is_blank() {
            gap = true;
            position += 1;
            continue;
        }
        if let Some(mark) = bullet_mark(line.text) {
            let mut last = position;
            while lines
                .get(last + 1)
                .is_some_and(|next| continues(&lines[last], next))
            {
                last += 1;
            }
            let (start, _) = line.trimmed();
            let (_, end) = lines[last].trimmed();
            let body = start + mark;
            let lead = text[body..end].len() - text[body..end].trim_start().len();
            if body + lead < end {
                blocks.push(Block {
                    kind: BlockKind::Bullet,
                    start: body + lead,
                    end,
                    after_gap: gap,
                });
            }
            position = last + 1;
        } else {
            let count = lines[position..]
                .iter()
                .take_while(|line| !line.is_blank() && bullet_mark(line.text).is_none())
                .count();
            let run = &lines[position..position + count];
            if count > 1 && is_wrapped(run) {
                let (start, _) = run[0].trimmed();
                let (_, end) = run[count - 1].trimmed();
                blocks.push(Block {
                    kind: BlockKind::Paragraph,
                    start,
                    end,
                    after_gap: gap,
                });
            } else {
                for (number, line) in run.iter().enumerate() {
                    let (start, end) = line.trimmed();
                    blocks.push(Block {
                        kind: BlockKind::Line,
                        start,
                        end,
                        after_gap: gap && number == 0,
                    });
                }
            }
            position += count;
        }
        gap = false;
    }
    blocks
}

/// The length in bytes of the bullet mark a line begins with, once trimmed.
fn bullet_mark(line: &str) -> Option<usize> {
    let line = line.trim();
    for mark in [
        "- ", "* ", "• ", "– ", "· ", "▪ ", "◦ ", "● ", "‣ ", "•\t", "✓ ", "✔ ",
    ] {
        if line.starts_with(mark) {
            return Some(mark.len());
        }
    }
    if line.starts_with('•') {
        return Some('•'.len_utf8());
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    ((1..=2).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")))
        .then_some(digits + 2)
}

fn continues(bullet: &Line<'_>, next: &Line<'_>) -> bool {
    if next.is_blank() || bullet_mark(next.text).is_some() {
        return false;
    }
    let indented = next.text.starts_with("  ") || next.text.starts_with('\t');
    let lower = next
        .text
        .trim()
        .chars()
        .next()
        .is_some_and(char::is_lowercase);
    lower || (indented && bullet.width() >= 40)
}

/// Lines are wrapped when nearly every one ends where the next word would not have fitted.
fn is_wrapped(run: &[Line<'_>]) -> bool {
    let width = run.iter().map(Line::width).max().unwrap_or_default();
    if !(50..=140).contains(&width) {
        return false;
    }
    let full = run
        .windows(2)
        .filter(|pair| {
            let word = pair[1].text.split_whitespace().next().unwrap_or_default();
            pair[0].width() + 1 + word.chars().count() + 4 > width
        })
        .count();
    let lower = run
        .windows(2)
        .filter(|pair| {
            pair[1]
                .text
                .trim()
                .chars()
                .next()
                .is_some_and(char::is_lowercase)
        })
        .count();
    let joints = run.len() - 1;
    full == joints && (joints >= 2 || lower >= 1) || (lower * 2 > joints && full * 3 >= joints * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        blocks(text)
            .into_iter()
            .map(|b| &text[b.start..b.end])
            .collect()
    }

    #[test]
    fn wrapped_lines_are_one_paragraph_and_lists_are_not() {
        let wrapped = "We are looking for a Senior Backend Engineer to join our platform team. You\nwill design and build high-throughput Python services using FastAPI and the\nDjango REST Framework.\n";
        assert_eq!(blocks(wrapped).len(), 1);
        let list = "4+ years with Linux in production\nFluent in one of Go, Rust or Python\nWritten and spoken English; Dutch is not required\n";
        assert_eq!(texts(list).len(), 3);
    }

    #[test]
    fn bullets_lose_their_marks_and_keep_their_continuation() {
        assert_eq!(
            texts(
                "- Own the pipeline\n• Deep\n1. First\n- Experience with long things that\n  wrap onto a second line\n"
            ),
            [
                "Own the pipeline",
                "Deep",
                "First",
                "Experience with long things that\n  wrap onto a second line"
            ]
        );
    }
}
