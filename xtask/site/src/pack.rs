//! Copies static files and writes compressed twins, so that the server compresses nothing while it answers.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::SiteError;
use crate::{create_dir, write};

/// Kinds of file that shrink; images and fonts are compressed already.
const TEXT_LIKE: [&str; 9] = [
    "wasm",
    "js",
    "css",
    "svg",
    "json",
    "html",
    "txt",
    "webmanifest",
    "ico",
];

/// Copies a folder's content, keeping its shape; a folder that does not exist is empty.
pub fn copy(from: &Path, to: &Path) -> Result<(), SiteError> {
    if !from.is_dir() {
        return Ok(());
    }
    create_dir(to)?;
    for entry in fs::read_dir(from).map_err(SiteError::at(from))? {
        let entry = entry.map_err(SiteError::at(from))?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).map_err(SiteError::at(&target))?;
        }
    }
    Ok(())
}

/// Every file under a folder, in a stable order.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, SiteError> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).map_err(SiteError::at(&folder))? {
            let path = entry.map_err(SiteError::at(&folder))?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Writes `.br` and `.gz` beside every file that shrinks.
pub fn compress(folder: &Path) -> Result<(), SiteError> {
    for file in files(folder)? {
        let kind = file.extension().and_then(|kind| kind.to_str());
        if !kind.is_some_and(|kind| TEXT_LIKE.contains(&kind)) {
            continue;
        }
        let bytes = fs::read(&file).map_err(SiteError::at(&file))?;
        write(
            &beside(&file, "br"),
            &brotli(&bytes).map_err(SiteError::at(&file))?,
        )?;
        write(
            &beside(&file, "gz"),
            &gzip(&bytes).map_err(SiteError::at(&file))?,
        )?;
    }
    Ok(())
}

/// Says what a browser will fetch, and how heavy it is.
pub fn report(pkg: &Path) -> Result<(), SiteError> {
    for file in files(pkg)? {
        if file
            .extension()
            .is_some_and(|kind| kind == "br" || kind == "gz")
        {
            continue;
        }
        let compressed = match size(&beside(&file, "br")) {
            Some(bytes) => format!(", {:.1} kB brotli", bytes as f64 / 1000.0),
            None => String::new(),
        };
        let name = file.file_name().unwrap_or_default().display();
        let plain = size(&file).unwrap_or_default() as f64 / 1000.0;
        println!("  {name}: {plain:.1} kB{compressed}");
    }
    Ok(())
}

fn size(file: &Path) -> Option<u64> {
    fs::metadata(file).ok().map(|data| data.len())
}

fn beside(file: &Path, kind: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(kind);
    name.into()
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    // The best quality and the largest window every browser reads.
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 22);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}
