//! Files that were damaged in every way: each reader ends, and none panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use intake::{read_evidence, to_json_resume};
use support::{assert_cited, bytes, files};

/// A generator of the same numbers every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit.max(1)
    }
}

fn damage(numbers: &mut Numbers, original: &[u8]) -> Vec<u8> {
    let mut damaged = original.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(damaged.len());
        let end = (at + numbers.below(40)).min(damaged.len());
        match numbers.below(5) {
            0 => damaged.truncate(at),
            1 => {
                damaged.drain(at..end);
            }
            2 => {
                let part = damaged[at..end].to_vec();
                let to = numbers.below(damaged.len());
                damaged.splice(to..to, part);
            }
            3 => {
                let odd = [0, 10, 34, 60, 91, 123, 195, 226, 255];
                if let Some(byte) = damaged.get_mut(at) {
                    *byte = odd[numbers.below(odd.len())];
                }
            }
            _ => {
                let odd = [
                    "\u{202e}", "}", "&x;", "- ", "\n\n", "*a", "2020–", "ß", "]]>", "0",
                ];
                damaged.splice(at..at, odd[numbers.below(odd.len())].bytes());
            }
        }
    }
    damaged
}

#[test]
fn no_damaged_file_makes_a_reader_panic_or_cite_what_is_not_there() {
    let mut names = Vec::new();
    for (folder, end) in [
        ("jsonresume", "jane.json"),
        ("reactive-resume", "sample.json"),
        ("rendercv", ".yaml"),
        ("europass", ".xml"),
        ("linkedin-snapshot", ".json"),
        ("resume-text", ".txt"),
        ("resume-text", ".md"),
        ("resume-docx", ".docx"),
        ("linkedin-export", "macos.zip"),
        ("linkedin-export/ada_csv", ".csv"),
    ] {
        names.extend(files(folder, end));
    }
    let mut numbers = Numbers(7);
    for name in names {
        let original = bytes(&name);
        for _ in 0..60 {
            let damaged = damage(&mut numbers, &original);
            if let Ok(evidence) = read_evidence(&name, &damaged) {
                assert_cited(&evidence.profile);
                let written = to_json_resume(&evidence.profile).to_string();
                assert!(
                    read_evidence("again.json", written.as_bytes()).is_ok(),
                    "{name}"
                );
            }
        }
    }
}
