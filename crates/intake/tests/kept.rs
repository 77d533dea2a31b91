//! What fuzzing kept (`fuzz/corpus`) and what it once found (`fuzz/findings`), tried again.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../../../fuzz/src/kept.rs"]
mod kept;
#[path = "../../../fuzz/src/readers.rs"]
mod readers;

#[test]
fn no_kept_input_brings_a_reader_down() {
    kept::try_again(&readers::TARGETS);
}
