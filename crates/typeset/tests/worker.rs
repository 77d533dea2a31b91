//! The child's whole loop on one thread. Alone in its file: it takes the process's thread pool.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::io::Cursor;

use common::{bullets, pdftotext};
use typeset::worker::{self, MAX_RESPONSE};
use typeset::{PrintJob, PrintOptions};

#[test]
fn one_thread_alone_prints_job_after_job() {
    let (draft, facts) = bullets(&["Wrote the compiler in one thread"], 1);
    let job = PrintJob::new(&draft, &facts, PrintOptions::default()).unwrap();
    let request = worker::encode_request(&job).unwrap();
    let mut output = Vec::new();
    worker::run(Cursor::new(request.repeat(3)), &mut output).unwrap();
    let mut output = Cursor::new(output);
    for _ in 0..3 {
        let frame = worker::read_frame(&mut output, MAX_RESPONSE)
            .unwrap()
            .unwrap();
        let printed = worker::decode_response(&frame).unwrap().unwrap();
        assert!(pdftotext(&printed.pdf).contains("Wrote the compiler"));
    }
    assert!(
        worker::read_frame(&mut output, MAX_RESPONSE)
            .unwrap()
            .is_none()
    );
}
