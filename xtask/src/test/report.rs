//! Reading how many tests passed out of what the test programs print, and adding it up.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::sh::{self, Done, TaskError};
use crate::test::Part;

/// How many tests passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that passed.
    pub passed: u32,
    /// Those that did not.
    pub failed: u32,
}

/// One part that was run.
#[derive(Debug)]
pub struct Step {
    /// Which part.
    pub part: Part,
    /// How long it took.
    pub time: Duration,
    /// Its counts, or why it failed.
    pub outcome: Done<Counts>,
}

/// What a run of tests ended with: counts are known even when it failed.
#[derive(Debug)]
pub struct Finished {
    /// What was counted.
    pub counts: Counts,
    /// Whether the program ended well.
    pub well: bool,
}

/// Runs a test program with its output on the terminal, and counts along.
pub fn counted(command: &mut Command) -> Done<Finished> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(sh::start(command))?;
    let mut counts = Counts::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let Ok(line) = line else { break };
            let line = String::from_utf8_lossy(&line);
            // Not a macro: a closed terminal must not end the tests in a panic.
            let _ = writeln!(std::io::stdout(), "{line}");
            counts.add(&line);
        }
    }
    let status = child.wait().map_err(sh::start(command))?;
    Ok(Finished {
        counts,
        well: status.success(),
    })
}

impl Finished {
    /// The counts, when all went well.
    pub fn checked(self, what: &str) -> Done<Counts> {
        if self.well && self.counts.failed == 0 {
            return Ok(self.counts);
        }
        let Counts { passed, failed } = self.counts;
        Err(TaskError::Failed(format!(
            "{what}, {passed} passed, {failed} failed"
        )))
    }
}

impl Counts {
    /// Adds what one line says, if it is one of those that sum up.
    fn add(&mut self, line: &str) {
        if let Some(rest) = line.split_once("test result: ").map(|(_, rest)| rest) {
            // Rust: `test result: ok. 3 passed; 0 failed; 0 ignored; …`
            for piece in rest.split(['.', ';']) {
                self.add_piece(piece);
            }
        } else if line.starts_with("  ") {
            // Playwright: `  3 passed (4.0s)`, `  1 failed`, `  1 flaky` on lines of their own.
            self.add_piece(line);
        }
    }

    fn add_piece(&mut self, piece: &str) {
        let mut words = piece.split_whitespace();
        let Some(number) = words.next().and_then(|word| word.parse::<u32>().ok()) else {
            return;
        };
        match words.next() {
            Some("passed") => self.passed += number,
            Some("failed" | "flaky" | "interrupted") => self.failed += number,
            _ => {}
        }
    }
}

/// A line for each part, and the sum.
pub fn print(steps: &[Step]) {
    println!();
    let mut sum = Counts::default();
    for step in steps {
        let part = format!("{:?}", step.part).to_lowercase();
        let seconds = step.time.as_secs_f64();
        let verdict = match &step.outcome {
            // A part without tests of its own counts as one.
            Ok(Counts { passed: 0, .. }) => {
                sum.passed += 1;
                "ok".to_owned()
            }
            Ok(counts) => {
                sum.passed += counts.passed;
                format!("ok, {} passed", counts.passed)
            }
            Err(error) => {
                sum.failed += 1;
                format!("FAILED: {error}")
            }
        };
        println!("{part:<10}{seconds:>8.1} s  {verdict}");
    }
    println!("{} passed, {} failed", sum.passed, sum.failed);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> Counts {
        let mut counts = Counts::default();
        text.lines().for_each(|line| counts.add(line));
        counts
    }

    #[test]
    fn results_of_several_rust_test_programs_add_up() {
        let text = "test a ... ok\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
            test result: FAILED. 2 passed; 1 failed; 0 ignored; finished in 0.1s\n";
        assert_eq!(
            count(text),
            Counts {
                passed: 5,
                failed: 1
            }
        );
    }

    #[test]
    fn a_flaky_journey_counts_as_failed() {
        let text = "Running 4 tests using 1 worker\n  1 flaky\n    a.spec.ts\n  3 passed (4.0s)\n";
        assert_eq!(
            count(text),
            Counts {
                passed: 3,
                failed: 1
            }
        );
    }
}
