//! Joins the style sheets into one and takes out what only people read.
//!
//! The styles are plain modern CSS, so nothing has to be compiled: `@import "file.css";` lines are
//! replaced by their files, comments and needless white space go.

use std::path::Path;

use crate::error::SiteError;

/// How deep imports may nest before it can only be a circle.
const DEEPEST: usize = 8;

/// The sheet and everything it imports, as one small text. An address from the root is a file of
/// the public folder: so a sheet that was not joined finds its parts too.
pub fn bundle(sheet: &Path, public: &Path) -> Result<String, SiteError> {
    Ok(minify(&join(sheet, public, 0)?))
}

fn join(sheet: &Path, public: &Path, depth: usize) -> Result<String, SiteError> {
    let text = std::fs::read_to_string(sheet).map_err(SiteError::at(sheet))?;
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        if !line.trim_start().starts_with("@import") {
            joined.push_str(line);
            joined.push('\n');
            continue;
        }
        let (import, layer) = imported(line).unwrap_or((line, None));
        let file = match import.strip_prefix('/') {
            Some(part) => public.join(part),
            None => sheet.with_file_name(import),
        };
        if depth == DEEPEST || !file.is_file() {
            return Err(SiteError::Import {
                path: sheet.to_owned(),
                import: import.to_owned(),
            });
        }
        let content = join(&file, public, depth + 1)?;
        if let Some(layer) = layer {
            joined.extend(["@layer ", layer, " {\n", &content, "}\n"]);
        } else {
            joined.push_str(&content);
        }
    }
    Ok(joined)
}

/// The file a line imports and the layer it belongs to: `@import "file.css" layer(name);`.
fn imported(line: &str) -> Option<(&str, Option<&str>)> {
    let rest = line.trim().strip_prefix("@import")?.trim();
    let rest = rest.strip_suffix(';')?.trim().strip_prefix('"')?;
    let (file, rest) = rest.split_once('"')?;
    let rest = rest.trim();
    if rest.is_empty() {
        return Some((file, None));
    }
    let layer = rest.strip_prefix("layer(")?.strip_suffix(')')?;
    Some((file, Some(layer)))
}

/// Drops comments, and white space that separates nothing. Strings stay as they are.
fn minify(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut gap = false;
    while let Some(letter) = rest.next() {
        match letter {
            '/' if rest.peek() == Some(&'*') => {
                rest.next();
                let mut last = ' ';
                for letter in rest.by_ref() {
                    if last == '*' && letter == '/' {
                        break;
                    }
                    last = letter;
                }
                gap = true;
            }
            _ if letter.is_whitespace() => gap = true,
            _ => {
                // Around these, and only these, white space never means anything.
                let free = |letter: char| matches!(letter, '{' | '}' | ';' | ',');
                let after_free = out.chars().next_back().is_none_or(free);
                if gap && !after_free && !free(letter) {
                    out.push(' ');
                }
                gap = false;
                if letter == '}' && out.ends_with(';') {
                    out.pop();
                }
                out.push(letter);
                if matches!(letter, '"' | '\'') {
                    copy_string(letter, &mut rest, &mut out);
                }
            }
        }
    }
    out
}

fn copy_string(quote: char, rest: &mut impl Iterator<Item = char>, out: &mut String) {
    let mut escaped = false;
    for letter in rest {
        out.push(letter);
        if letter == quote && !escaped {
            return;
        }
        escaped = letter == '\\' && !escaped;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_needless_space_go() {
        let text = "/* why */\na ,\n b > c {\n  color : red ;\n  margin: 0 auto;\n}\n";
        assert_eq!(minify(text), "a,b > c{color : red;margin: 0 auto}");
    }

    #[test]
    fn space_that_means_something_stays() {
        let text = "a :hover { width: calc(1px + 2px); }";
        assert_eq!(minify(text), "a :hover{width: calc(1px + 2px)}");
    }

    #[test]
    fn strings_are_left_alone() {
        let text = r#"q::before { content: "/*  \" ; */  x" ; }"#;
        assert_eq!(minify(text), r#"q::before{content: "/*  \" ; */  x"}"#);
    }

    #[test]
    fn an_import_is_a_quoted_file_with_or_without_a_layer() {
        let plain = Some(("tokens.css", None));
        assert_eq!(imported("  @import \"tokens.css\";"), plain);
        let layered = Some(("base.css", Some("base")));
        assert_eq!(imported("@import \"base.css\" layer(base);"), layered);
        assert_eq!(imported("@import url(x.css);"), None);
    }
}
