//! Python packages for measuring with other people's readers, in a folder of their own.

use std::path::PathBuf;
use std::process::Command;

use crate::project::Project;
use crate::sh::{self, Done, TaskError};

/// What reads our files back.
const PACKAGES: [&str; 3] = [
    "pypdf==7.1.1",
    "pdfminer.six==20260107",
    "python-docx==1.2.0",
];

/// The Python that has them; made where it is missing.
pub fn ensure(project: &Project) -> Done<PathBuf> {
    let folder = project.tools().join("readers");
    let python = folder.join("bin/python");
    let marker = folder.join("complete");
    if std::fs::read_to_string(&marker).is_ok_and(|said| said == PACKAGES.join("\n")) {
        return Ok(python);
    }
    let Some(own) = sh::find("python3") else {
        return Err(TaskError::Missing(
            "Python is needed to read files back: install python3 with venv.".to_owned(),
        ));
    };
    sh::say("Installing the readers (pypdf, pdfminer.six, python-docx)");
    sh::run(Command::new(own).args(["-m", "venv"]).arg(&folder))?;
    sh::run(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet"])
            .args(PACKAGES),
    )?;
    std::fs::write(&marker, PACKAGES.join("\n")).map_err(sh::at(&marker))?;
    Ok(python)
}
