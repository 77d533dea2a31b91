//! The sample: a fictional person's evidence, for whoever wants to see first and give later.

use crate::run::UploadedFile;

/// The sample as if it had been dropped on the form.
pub fn evidence() -> UploadedFile {
    UploadedFile {
        name: "sample-resume.json".to_owned(),
        bytes: include_bytes!("../sample/resume.json").to_vec(),
    }
}
