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

/// Another maker of documents, to be measured beside. (RenderCV fetches packages while it renders.)
const PEERS: [&str; 1] = ["weasyprint==63.1"];

/// The Python that reads files back; made where it is missing.
pub fn ensure(project: &Project) -> Done<PathBuf> {
    made(project, "readers", &PACKAGES)
}

/// The other maker's program; installed where it is missing.
pub fn weasyprint(project: &Project) -> Done<PathBuf> {
    let python = made(project, "peers", &PEERS)?;
    Ok(python.with_file_name("weasyprint"))
}

fn made(project: &Project, name: &str, packages: &[&str]) -> Done<PathBuf> {
    let folder = project.tools().join(name);
    let python = folder.join("bin/python");
    let marker = folder.join("complete");
    if std::fs::read_to_string(&marker).is_ok_and(|said| said == packages.join("\n")) {
        return Ok(python);
    }
    let Some(own) = sh::find("python3") else {
        return Err(TaskError::Missing(
            "Python is needed to read files back: install python3 with venv.".to_owned(),
        ));
    };
    sh::say(&format!("Installing {}", packages.join(", ")));
    sh::run(Command::new(own).args(["-m", "venv"]).arg(&folder))?;
    sh::run(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet"])
            .args(packages),
    )?;
    std::fs::write(&marker, packages.join("\n")).map_err(sh::at(&marker))?;
    Ok(python)
}
