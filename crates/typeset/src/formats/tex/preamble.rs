//! What stands before the text: paper, fonts, colours, and the commands the text is made of.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::alphabet::Alphabet;
use super::letters::{Used, escape};
use crate::document::Document;
use crate::formats::{Look, date_at_start, has_serifs, language, title, words};
use crate::job::Job;
use career::print::Paper;

const COMMANDS: &str = include_str!("commands.tex");
const LETTER: &str = include_str!("letter.tex");

pub(super) fn preamble(job: &Job, document: &Document, used: &Used) -> String {
    let look = Look::of(job);
    let (across, down) = look.margins;
    let paper = match job.options.paper {
        Paper::A4 => "a4paper",
        Paper::Letter => "letterpaper",
    };
    let [red, green, blue] = look.accent.0;
    let mut text = String::with_capacity(8 * 1024);
    let _infallible = write!(
        text,
        "% For XeLaTeX, LuaLaTeX or Tectonic; with pdfLaTeX in Latin, Cyrillic and Greek only.\n\
         \\documentclass[10pt,{paper}]{{article}}\n\
         \\usepackage{{iftex}}\n\
         \\usepackage[{paper},hmargin={across}bp,vmargin={down}bp]{{geometry}}\n\
         \\usepackage{{xcolor}}\n\
         \\definecolor{{accent}}{{HTML}}{{{red:02X}{green:02X}{blue:02X}}}\n\
         \\definecolor{{hair}}{{HTML}}{{B9C4C4}}\n\
         \\definecolor{{quiet}}{{HTML}}{{50575C}}\n"
    );
    fonts(&mut text, &look, used);
    let mut name = String::new();
    escape(&mut name, &title(document), false);
    let mut author = String::new();
    if let Some(person) = &document.title {
        escape(&mut author, &words(person), false);
    }
    let _infallible = write!(
        text,
        "\\usepackage[hidelinks]{{hyperref}}\n\
         \\hypersetup{{pdftitle={{{name}}},pdfauthor={{{author}}},pdflang={{{}}}}}\n",
        language(document)
    );
    text.push_str(COMMANDS);
    if document.is_letter() {
        text.push_str(LETTER);
        text.push_str(if date_at_start(document) {
            "\\DateAtStart\n"
        } else {
            "\\DateAtEnd\n"
        });
        text.push_str(if document.right_to_left {
            "\\FarIsLeft\n"
        } else {
            "\\FarIsRight\n"
        });
    }
    text.push_str(if document.right_to_left {
        "\\FromTheRight\n"
    } else {
        "\\FromTheLeft\n"
    });
    text
}

/// The fonts of both kinds of engine.
fn fonts(text: &mut String, look: &Look<'_>, used: &Used) {
    let serifs = has_serifs(look.family);
    let (latin_modern, bold, family) = if serifs {
        ("lmroman10-regular.otf", "lmroman10-bold.otf", "\\rmdefault")
    } else {
        ("lmsans10-regular.otf", "lmsans10-bold.otf", "\\sfdefault")
    };
    text.push_str(
        "% A letter no font has is an error, not a gap.\n\\tracinglostchars=3\n\\makeatletter\n",
    );
    // Outside of the condition: what is skipped must not hold conditions of its own.
    text.push_str(include_str!("fonts.tex"));
    text.push_str("\\ifPDFTeX\n\\IfFileExists{cmap.sty}{\\usepackage{cmap}}{}\n");
    text.push_str("\\usepackage[utf8]{inputenc}\n");
    for (alphabet, encoding, file) in [
        (Alphabet::Greek, "LGR", "lgrenc.def"),
        (Alphabet::Cyrillic, "T2A", "t2aenc.def"),
    ] {
        if used.0.contains_key(&alphabet) {
            let name = alphabet.name();
            let class = if serifs { "cmr" } else { "cmss" };
            let _infallible = writeln!(
                text,
                "\\IfFileExists{{{file}}}{{\\usepackage[{encoding}]{{fontenc}}}}%\n  \
                 {{\\PackageError{{resume}}{{pdfLaTeX has no {name} letters here: install \
                 texlive-lang-{} or use XeLaTeX}}{{}}}}\n\
                 \\newcommand\\in{name}[1]{{{{\\fontencoding{{{encoding}}}\
                 \\fontfamily{{{class}}}\\selectfont #1}}}}",
                name.to_lowercase()
            );
        }
    }
    text.push_str("\\usepackage[T1]{fontenc}\n\\usepackage{textcomp}\n");
    text.push_str("\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}\n");
    let _infallible = writeln!(text, "\\renewcommand\\familydefault{{{family}}}");
    for alphabet in used.0.keys() {
        let name = alphabet.name();
        match alphabet {
            Alphabet::Main | Alphabet::Greek | Alphabet::Cyrillic => {}
            Alphabet::Other => text.push_str("\\renewcommand\\inOther[2]{#2}\n"),
            _ => {
                let _infallible = writeln!(
                    text,
                    "\\PackageError{{resume}}{{pdfLaTeX cannot set {name}: use XeLaTeX, LuaLaTeX \
                     or Tectonic}}{{}}\\newcommand\\in{name}[1]{{#1}}"
                );
            }
        }
    }
    text.push_str(
        "\\else\n\\usepackage{fontspec}\n\\defaultfontfeatures[\\rmfamily,\\sffamily]{}\n",
    );
    let none = BTreeSet::new();
    let codes = |alphabet| codes(used.0.get(&alphabet).unwrap_or(&none));
    let family: String = look
        .family
        .chars()
        .filter(|character| character.is_ascii_alphanumeric() || *character == ' ')
        .collect();
    let _infallible = writeln!(
        text,
        "\\MainFont{{{family},{latin_modern},DejaVu Sans,Noto Sans,Arial}}{{{bold}}}{{{}}}",
        codes(Alphabet::Main)
    );
    for alphabet in used.0.keys() {
        match alphabet {
            Alphabet::Main => {}
            Alphabet::Other => {
                for code in codes(*alphabet).split(',') {
                    let _infallible = writeln!(text, "\\SignFont{{{code}}}");
                }
            }
            _ => {
                let _infallible = writeln!(
                    text,
                    "\\ScriptFont{{{}}}{{{}}}{{{}}}{{{}}}",
                    alphabet.name(),
                    features(*alphabet),
                    families(*alphabet, &family, serifs),
                    codes(*alphabet)
                );
            }
        }
    }
    if used.0.contains_key(&Alphabet::Han) {
        text.push_str("\\let\\@closed\\inHan\n\\renewcommand\\inHan[1]{\\@closed{\\@loose{#1}}}\n");
    }
    text.push_str("\\fi\n\\makeatother\n");
}

fn codes(characters: &BTreeSet<char>) -> String {
    let codes: Vec<String> = characters
        .iter()
        .map(|character| format!("{:04X}", u32::from(*character)))
        .collect();
    codes.join(",")
}

/// What fontspec is told of a script, where its letters need to be shaped.
fn features(alphabet: Alphabet) -> String {
    match alphabet {
        Alphabet::Han | Alphabet::Hangul | Alphabet::Greek | Alphabet::Cyrillic => String::new(),
        _ => format!("Script={}", alphabet.name()),
    }
}

/// Fonts of a script as systems bring them; the first that has all its letters is used.
fn families(alphabet: Alphabet, family: &str, serifs: bool) -> String {
    match alphabet {
        Alphabet::Han => "Noto Sans CJK SC,Noto Sans CJK JP,Source Han Sans SC,Source Han Sans,\
             Noto Serif CJK SC,WenQuanYi Zen Hei,Microsoft YaHei,Yu Gothic,PingFang SC,\
             Hiragino Sans,Droid Sans Fallback,FandolHei-Regular.otf,Arial Unicode MS"
            .to_owned(),
        Alphabet::Hangul => "Noto Sans CJK KR,Source Han Sans K,Noto Sans KR,Malgun Gothic,\
             Apple SD Gothic Neo,NanumGothic,UnDotum,Droid Sans Fallback,Arial Unicode MS"
            .to_owned(),
        Alphabet::Greek | Alphabet::Cyrillic => {
            let others = if serifs {
                "DejaVu Serif,Noto Serif,Liberation Serif,FreeSerif,Times New Roman"
            } else {
                "DejaVu Sans,Noto Sans,Liberation Sans,FreeSans,Arial"
            };
            format!("{family},{others}")
        }
        _ => {
            let name = alphabet.name();
            format!(
                "Noto Sans {name},Noto Serif {name},Noto Naskh {name},DejaVu Sans,FreeSans,\
                 FreeSerif,Arial,Arial Unicode MS"
            )
        }
    }
}
