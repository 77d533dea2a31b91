//! What fuzzing kept (`fuzz/corpus`) and what it once found (`fuzz/findings`), tried again.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../../../fuzz/src/kept.rs"]
mod kept;
#[path = "../../../fuzz/src/tailoring.rs"]
mod tailoring;

#[test]
fn no_kept_input_brings_the_tailor_down() {
    kept::try_again(&tailoring::TARGETS);
}
