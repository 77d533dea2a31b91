//! How long to wait before the next call, and how a prompt's places are filled.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

/// No pause of our own is longer.
const LONGEST: Duration = Duration::from_secs(20);

/// The pause before the next call: what the server asks for and a little, else one that doubles with
/// every try; by chance shorter or longer, so that those who failed together do not come back
/// together.
pub(super) fn before_next(tries: u32, asked: Option<Duration>, first: Duration) -> Duration {
    let chance = chance();
    if let Some(asked) = asked {
        return asked.saturating_add(first.mul_f64(chance));
    }
    let doubled = first.saturating_mul(1 << tries.saturating_sub(1).min(16));
    doubled.min(LONGEST).mul_f64(0.5 + chance / 2.0)
}

/// A number from 0 to 1 that nobody foresees: the standard library seeds every hasher anew.
fn chance() -> f64 {
    let bits = RandomState::new().build_hasher().finish() >> 11;
    bits as f64 / (1u64 << 53) as f64
}

/// Puts values in the places of a prompt, `{name}`; what a value holds is never a place.
pub(super) fn fill(prompt: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(prompt.len());
    let mut rest = prompt;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let place = after.split_once('}');
        let value = place.and_then(|(name, _)| values.iter().find(|(known, _)| *known == name));
        if let (Some((_, behind)), Some((_, value))) = (place, value) {
            out.push_str(value);
            rest = behind;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_within_bounds_and_never_fall_short_of_what_was_asked() {
        let first = Duration::from_millis(500);
        for tries in 1..40 {
            let full = first * (1 << (tries - 1u32).min(16));
            let full = full.min(LONGEST);
            let pause = before_next(tries, None, first);
            assert!(pause >= full / 2 && pause <= full, "{tries}: {pause:?}");
        }
        let asked = Duration::from_secs(21);
        let pause = before_next(1, Some(asked), first);
        assert!(pause >= asked && pause <= asked + first);
    }

    #[test]
    fn a_value_that_looks_like_a_place_is_none() {
        let filled = fill("{a} {b} {c} {", &[("a", "{b}"), ("b", "x")]);
        assert_eq!(filled, "{b} x {c} {");
    }
}
