//! The target `analyze`: what it does and what must hold is in `fuzz/src/tailoring.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::tailoring::analyze(data));
