//! What style declarations do to the words they apply to: hide them, or colour them.

use career::HiddenReason;

/// A colour, opaque.
pub(super) type Color = [u8; 3];

/// Colours this close cannot be told apart.
const NEAR: u8 = 12;

/// What some declarations say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// How they hide what they apply to.
    pub(super) hides: Option<HiddenReason>,
    /// The colour of letters.
    pub(super) color: Option<Color>,
    /// The colour behind them.
    pub(super) background: Option<Color>,
}

impl Style {
    /// Reads declarations, `display: none; color: red`.
    pub(super) fn of(declarations: &str) -> Self {
        let mut style = Self::default();
        let mut cuts_off = false;
        let mut has_no_size = false;
        for declaration in declarations.split(';') {
            let Some((name, value)) = declaration.split_once(':') else {
                continue;
            };
            let name = name.trim().to_ascii_lowercase();
            let value = value
                .to_ascii_lowercase()
                .replace("!important", "")
                .replace(char::is_whitespace, "");
            match name.as_str() {
                "overflow" | "overflow-x" | "overflow-y" => {
                    cuts_off |= value == "hidden" || value == "clip";
                }
                "height" | "width" | "max-height" | "max-width" => {
                    has_no_size |=
                        number(&value).is_some_and(|size| size.abs() < 1.5) && !value.contains('%');
                }
                "color" => match color(&value) {
                    Some(color) => style.color = Some(color),
                    None if is_transparent(&value) => {
                        style.hides = style.hides.or(Some(HiddenReason::SameColor));
                    }
                    None => {}
                },
                "background" | "background-color" => {
                    style.background = color(&value).or(style.background);
                }
                _ => style.hides = style.hides.or(hides(&name, &value)),
            }
        }
        if cuts_off && has_no_size {
            style.hides = style.hides.or(Some(HiddenReason::OffScreen));
        }
        if let (Some(color), Some(background)) = (style.color, style.background)
            && blends(color, background)
        {
            style.hides = style.hides.or(Some(HiddenReason::SameColor));
        }
        style
    }
}

/// Whether letters in one colour are lost on the other.
pub(super) fn blends(color: Color, background: Color) -> bool {
    color
        .iter()
        .zip(background)
        .all(|(one, other)| one.abs_diff(other) <= NEAR)
}

fn hides(name: &str, value: &str) -> Option<HiddenReason> {
    let (hidden, why) = match name {
        "display" => (value == "none", HiddenReason::NotShown),
        "visibility" => (
            value == "hidden" || value == "collapse",
            HiddenReason::NotShown,
        ),
        "content-visibility" => (value == "hidden", HiddenReason::NotShown),
        "opacity" => (
            number(value).is_some_and(|opacity| opacity < 0.05),
            HiddenReason::NotShown,
        ),
        "filter" => (
            value.contains("opacity(0)") || value.contains("opacity(0%)"),
            HiddenReason::NotShown,
        ),
        "font-size" | "font" | "zoom" => (is_tiny(name, value), HiddenReason::TinyText),
        "-webkit-text-fill-color" => (is_transparent(value), HiddenReason::SameColor),
        "left" | "right" | "top" | "bottom" | "margin" | "margin-left" | "margin-top"
        | "margin-right" | "margin-bottom" | "text-indent" | "inset" => {
            (is_far(value), HiddenReason::OffScreen)
        }
        "transform" | "translate" | "scale" => (
            value.contains("scale(0)")
                || value.contains("scale(0,")
                || name == "scale" && number(value) == Some(0.0)
                || (value.contains("translate") || name == "translate") && is_far_inside(value),
            HiddenReason::OffScreen,
        ),
        "clip" => (
            value.starts_with("rect(0") || value.starts_with("rect(1px"),
            HiddenReason::OffScreen,
        ),
        "clip-path" => (
            value.starts_with("inset(50%")
                || value.starts_with("inset(100%")
                || value.starts_with("circle(0"),
            HiddenReason::OffScreen,
        ),
        _ => (false, HiddenReason::NotShown),
    };
    hidden.then_some(why)
}

fn number(value: &str) -> Option<f32> {
    let digits: String = value
        .chars()
        .take_while(|character| character.is_ascii_digit() || "-.".contains(*character))
        .collect();
    digits.parse().ok()
}

/// Letters under two pixels; `1em` is not small, `0em` is.
fn is_tiny(name: &str, value: &str) -> bool {
    // In the short form the size is the first number with a unit: `font:0/0a`.
    let value = if name == "font" {
        value.trim_start_matches(|character: char| !character.is_ascii_digit())
    } else {
        value
    };
    let Some(size) = number(value) else {
        return false;
    };
    let relative = ["em", "%", "vw", "vh"]
        .iter()
        .any(|unit| value.contains(unit));
    match name {
        "zoom" => size < 0.05,
        // A bare number above zero is a weight, not a size.
        "font" => size == 0.0 || (value.contains("px") && size < 2.0),
        _ if relative => size <= 0.1,
        _ => size < 2.0,
    }
}

/// A position that no screen shows.
fn is_far(value: &str) -> bool {
    let Some(offset) = number(value) else {
        return false;
    };
    if value.contains("em") {
        offset <= -30.0
    } else if value.contains('%') || value.contains("vw") || value.contains("vh") {
        offset <= -100.0
    } else {
        offset <= -500.0
    }
}

fn is_far_inside(value: &str) -> bool {
    value.split(['(', ',', ')']).any(is_far)
}

fn is_transparent(value: &str) -> bool {
    value == "transparent"
        || alpha(value).is_some_and(|alpha| alpha < 0.05)
        || (value.len() == 9 && value.starts_with('#') && value.ends_with("00"))
        || (value.len() == 5 && value.starts_with('#') && value.ends_with('0'))
}

/// The fourth number of `rgba(…)` or what follows the slash.
fn alpha(value: &str) -> Option<f32> {
    let inside = value.split_once('(')?.1.trim_end_matches(')');
    let alpha = inside
        .split_once('/')
        .map(|(_, alpha)| alpha)
        .or_else(|| inside.split(',').nth(3))?;
    number(alpha)
}

/// A colour by name, in digits or as `rgb(…)`; `None` for what is not opaque or not known.
fn color(value: &str) -> Option<Color> {
    if is_transparent(value) {
        return None;
    }
    if let Some(digits) = value.strip_prefix('#') {
        let digits = digits.get(
            ..digits
                .find(|c: char| !c.is_ascii_hexdigit())
                .unwrap_or(digits.len()),
        )?;
        let at = |from: usize, to: usize| u8::from_str_radix(digits.get(from..to)?, 16).ok();
        return match digits.len() {
            3 | 4 => Some([at(0, 1)? * 17, at(1, 2)? * 17, at(2, 3)? * 17]),
            6 | 8 => Some([at(0, 2)?, at(2, 4)?, at(4, 6)?]),
            _ => None,
        };
    }
    if value.starts_with("rgb") {
        let inside = value.split_once('(')?.1;
        let mut parts = inside
            .split([',', '/', ')'])
            .map(|part| number(part).map(|part| part.clamp(0.0, 255.0) as u8));
        return Some([parts.next()??, parts.next()??, parts.next()??]);
    }
    Some(match value {
        "white" => [255, 255, 255],
        "snow" => [255, 250, 250],
        "ivory" => [255, 255, 240],
        "whitesmoke" => [245, 245, 245],
        "black" => [0, 0, 0],
        "red" => [255, 0, 0],
        "green" => [0, 128, 0],
        "blue" => [0, 0, 255],
        "gray" | "grey" => [128, 128, 128],
        "yellow" => [255, 255, 0],
        "navy" => [0, 0, 128],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_ways_of_hiding_and_nothing_else() {
        use HiddenReason::{NotShown, OffScreen, SameColor, TinyText};
        for (style, why) in [
            ("display: none", NotShown),
            ("color:red; visibility:hidden", NotShown),
            ("opacity:0", NotShown),
            ("font-size:0", TinyText),
            ("font-size: 0.1px", TinyText),
            ("font:0/0 a", TinyText),
            ("position:absolute; left:-9999px", OffScreen),
            ("left:-200vw", OffScreen),
            ("text-indent:-100em", OffScreen),
            ("transform: translateX(-9999px)", OffScreen),
            ("height:0;overflow:hidden", OffScreen),
            ("width:1px;height:1px;overflow:hidden", OffScreen),
            ("color:#fff;background:white", SameColor),
            (
                "color:rgb(255, 255, 255);background-color:#fefefe",
                SameColor,
            ),
            ("color:transparent", SameColor),
            ("color: rgba(0,0,0,0)", SameColor),
            ("color:#00000000", SameColor),
        ] {
            assert_eq!(Style::of(style).hides, Some(why), "{style}");
        }
        for style in [
            "display:block",
            "font-size:1em",
            "font-size:14px",
            "font-size:90%",
            "font: 700 14px sans-serif",
            "left:-5px",
            "margin-left:-15px",
            "color:#fff",
            "color:#fff;background:#003",
            "height:0",
            "overflow:hidden;width:100%",
            "transform: translateY(-50%)",
            "color",
            "",
        ] {
            assert_eq!(Style::of(style).hides, None, "{style}");
        }
    }
}
