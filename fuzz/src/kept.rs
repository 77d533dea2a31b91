//! Tries kept inputs again, for the ordinary tests of intake and tailor.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A target and its name.
pub type Target = (&'static str, fn(&[u8]));

/// Gives every target its inputs; which one it was is told when one fails.
pub fn try_again(targets: &[Target]) {
    let mut work = Vec::new();
    for (name, target) in targets {
        for folder in ["corpus", "findings"] {
            work.extend(files(folder, name).map(|path| (path, target)));
        }
    }
    assert!(!work.is_empty(), "nothing was kept");
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((path, target)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let _named = Named(path);
                    target(&fs::read(path).expect("a kept input can be read"));
                }
            });
        }
    });
}

fn files(folder: &str, target: &str) -> impl Iterator<Item = PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    // A target may have nothing there.
    let listed = fs::read_dir(root.join(folder).join(target)).into_iter();
    listed.flatten().flatten().map(|entry| entry.path())
}

/// Says which input it was when a try ends in a panic.
struct Named<'a>(&'a Path);

impl Drop for Named<'_> {
    #[expect(clippy::print_stderr, reason = "the output of a test that failed")]
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("with {}", self.0.display());
        }
    }
}
