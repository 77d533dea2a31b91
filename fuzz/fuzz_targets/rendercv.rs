//! The target `rendercv`: what it does and what must hold is in `fuzz/src/readers.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::readers::rendercv(data));
