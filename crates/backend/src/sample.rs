//! The sample: a fictional person's evidence, for whoever wants to see first and give later.

use crate::run::UploadedFile;

const BYTES: &[u8] = include_bytes!("../sample/resume.json");

/// Whether a file is the sample's.
pub(crate) fn is_evidence(bytes: &[u8]) -> bool {
    bytes == BYTES
}

/// The sample as if it had been dropped on the form.
pub fn evidence() -> UploadedFile {
    UploadedFile {
        name: "sample-resume.json".to_owned(),
        bytes: BYTES.to_vec(),
    }
}
