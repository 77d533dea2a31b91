//! `llmployable import`: evidence as one profile, written as a JSON Resume, with every fact and its
//! place.

use std::path::{Path, PathBuf};

use backend::config::Config;
use backend::pipeline;
use backend::ports::github::GitHub;
use career::Profile;
use clap::Args;

use super::tailor::{read_file, reader, stage_failure, to_json, write};
use super::{Failure, say};

/// What to read and where to write.
#[derive(Args)]
pub struct ImportArgs {
    /// Evidence: PDF, DOCX, text, Markdown, a LinkedIn export, JSON Resume, Reactive Resume, RenderCV
    /// or Europass files.
    #[arg(value_name = "FILE", required_unless_present = "github")]
    files: Vec<PathBuf>,
    /// A GitHub account as evidence.
    #[arg(long, value_name = "USER")]
    github: Option<String>,
    /// Where the profile goes, as a JSON Resume; what is there is overwritten.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Where the facts go, as JSON: words, source and place of each.
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
}

/// Reads it and prints one line with what it gave.
pub fn run(arguments: &ImportArgs, config: Option<&Path>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::other(format!("The program could not start: {error}.")))?;
    let (profile, notices) = runtime.block_on(read(arguments, config))?;
    write(&arguments.out, &to_json(&intake::to_json_resume(&profile))?)?;
    if let Some(path) = &arguments.facts {
        write(path, &to_json(&profile.facts)?)?;
    }
    say(&format!(
        "{} facts, {} entries, {} not understood, {} notices",
        profile.facts.len(),
        profile.entries.len(),
        profile.unread.len(),
        notices.len()
    ));
    Ok(())
}

async fn read(
    arguments: &ImportArgs,
    config: Option<&Path>,
) -> Result<(Profile, Vec<String>), Failure> {
    let mut files = Vec::new();
    for path in &arguments.files {
        let name = path.file_name().unwrap_or(path.as_os_str());
        files.push((name.to_string_lossy().into_owned(), read_file(path)?));
    }
    let reader = reader()?;
    let named: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let read = pipeline::read_evidence(&reader, &named).await;
    let (mut profile, mut notices) = read.map_err(stage_failure)?;
    if let Some(user) = &arguments.github {
        let account = account(user, config, &mut notices).await?;
        profile.append(account);
    }
    Ok((profile, notices))
}

/// What an account says. Here it was asked for by name, so that its failure is one.
async fn account(
    user: &str,
    config: Option<&Path>,
    notices: &mut Vec<String>,
) -> Result<Profile, Failure> {
    let config = Config::load(config).map_err(|error| Failure::arguments(error.to_string()))?;
    let github = GitHub::new(&config.github_api, config.github_token.clone())
        .map_err(|_| Failure::other("The HTTP client could not be made; reinstall llmployable."))?;
    pipeline::read_github(&github, user, notices)
        .await
        .ok_or_else(|| {
            let why = match notices.last().map(String::as_str) {
                Some("github_not_found") => "there is no account of that name; check the spelling",
                Some("github_user_invalid") => "that is no GitHub user name; check the spelling",
                Some("github_rate_limited") => {
                    "its limit for requests is used up; wait an hour or set github_token"
                }
                _ => "it could not be reached; try again when you are online",
            };
            Failure::input(format!("GitHub was not read: {why}."))
        })
}
