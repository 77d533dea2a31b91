//! Text in XML 1.0.

/// Writes formatted text to the end of a string, which cannot fail.
macro_rules! push {
    ($to:expr, $($argument:tt)*) => {{
        use std::fmt::Write as _;
        let _infallible = write!($to, $($argument)*);
    }};
}
pub(super) use push;

/// The text for an element or an attribute. Characters that XML 1.0 cannot hold are left out.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t'
            | '\n'
            | '\r'
            | '\u{20}'..='\u{d7ff}'
            | '\u{e000}'..='\u{fffd}'
            | '\u{10000}'.. => {
                escaped.push(character);
            }
            _ => {}
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out_and_what_it_means_is_named() {
        assert_eq!(
            escape("a\u{0}\u{b}\u{ffff}<b> & \"c'"),
            "a&lt;b&gt; &amp; &quot;c&apos;"
        );
    }
}
