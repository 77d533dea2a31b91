//! `llmployable import`: evidence as one profile, written as a JSON Resume, with every fact and its
//! place.

use std::path::{Path, PathBuf};

use backend::config::Config;
use backend::evidence;
use backend::pipeline;
use backend::pipeline::github::Unread;
use backend::ports::github::{FRESH, GitHub, GitHubError, InMemory};
use backend::ports::linkedin::{self, LinkedIn, LinkedInError};
use career::Profile;
use clap::Args;

use super::tailor::{read_file, read_stdin, reader, stage_failure, to_json, write};
use super::{Failure, say};

/// What to read and where to write.
#[derive(Args)]
pub struct ImportArgs {
    /// Evidence: PDF, DOCX, text, Markdown, a LinkedIn export, JSON Resume, Reactive Resume, RenderCV
    /// or Europass files.
    #[arg(value_name = "FILE", required_unless_present_any = ["github", "linkedin_token_file"])]
    files: Vec<PathBuf>,
    /// A GitHub account as evidence.
    #[arg(long, value_name = "USER")]
    github: Option<String>,
    /// A member's own data from LinkedIn as evidence, with the access token in this file; - is standard
    /// input.
    #[arg(long, value_name = "FILE")]
    linkedin_token_file: Option<PathBuf>,
    /// Where the profile goes, as a JSON Resume; what is there is overwritten.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Where the facts go, as JSON: words, source and place of each.
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
}

/// Reads it and prints one line with what it gave.
pub fn run(arguments: &ImportArgs, config: Option<&Path>) -> Result<(), Failure> {
    // One TLS provider for all clients; set before the first of them is made.
    let _already_set = rustls::crypto::ring::default_provider().install_default();
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
    if let Some(path) = &arguments.linkedin_token_file {
        files.push(member_data(path, config).await?);
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
    let read = pipeline::github::read(&github, user, &InMemory::default(), FRESH).await;
    let (_, evidence) =
        read.map_err(|error| Failure::input(format!("GitHub was not read: {}.", why(&error))))?;
    notices.extend(evidence.notices);
    Ok(evidence.profile)
}

fn why(error: &Unread) -> String {
    let Unread::GitHub(error) = error else {
        return "its answer describes no account; check the spelling".to_owned();
    };
    match error {
        GitHubError::Name => "that is no GitHub user name; check the spelling".to_owned(),
        GitHubError::NotFound => "there is no account of that name; check the spelling".to_owned(),
        GitHubError::TokenRefused => "it refuses the token; check github_token".to_owned(),
        GitHubError::Forbidden => "it does not show this account; try another".to_owned(),
        GitHubError::RateLimited { .. } => match error.until() {
            Some(until) => format!(
                "its limit for requests is used up; try again after {until} or set github_token"
            ),
            None => {
                "its limit for requests is used up; wait an hour or set github_token".to_owned()
            }
        },
        GitHubError::Offline => "it could not be reached; try again when you are online".to_owned(),
        GitHubError::Slow => "it took too long to answer; try again in a moment".to_owned(),
        GitHubError::Garbled => {
            "its answer could not be understood; try again in a moment".to_owned()
        }
    }
}

/// A member's own data as LinkedIn gives it for a token, as a file.
async fn member_data(path: &Path, config: Option<&Path>) -> Result<(String, Vec<u8>), Failure> {
    let config = Config::load(config).map_err(|error| Failure::arguments(error.to_string()))?;
    let bytes = if path == Path::new("-") {
        read_stdin()?
    } else {
        read_file(path)?
    };
    let text = std::str::from_utf8(&bytes).ok();
    let token = text.and_then(linkedin::checked_token).ok_or_else(|| {
        Failure::input(
            "There is no LinkedIn access token in that file; it holds the token and nothing else.",
        )
    })?;
    let linkedin = LinkedIn::new(config.linkedin, linkedin::Limits::default())
        .map_err(|_| Failure::other("The HTTP client could not be made; reinstall llmployable."))?;
    let answers = linkedin.snapshot(&token).await.map_err(linkedin_failure)?;
    let file = evidence::linkedin::file(&answers);
    Ok((file.name, file.bytes))
}

/// What a person must change is unusable input; what time heals is a failure.
fn linkedin_failure(error: LinkedInError) -> Failure {
    let (input, why) = match error {
        LinkedInError::Expired | LinkedInError::Code | LinkedInError::Client => (
            true,
            "the access token is expired, withdrawn or not one; make a new one".to_owned(),
        ),
        LinkedInError::NotCovered => (
            true,
            "the token lacks the permission r_dma_portability_self_serve, or the member is not in the \
             EEA or Switzerland; give the data export instead"
                .to_owned(),
        ),
        LinkedInError::Empty => (
            true,
            "it has no data of this member yet; after the first consent that takes a few minutes"
                .to_owned(),
        ),
        LinkedInError::Limited(Some(wait)) => (
            false,
            format!(
                "its limit for requests is used up; try again in {} minutes",
                wait.as_secs().div_ceil(60).max(1)
            ),
        ),
        LinkedInError::Limited(None) => (
            false,
            "its limit for requests is used up; try again after midnight UTC".to_owned(),
        ),
        LinkedInError::Version => (
            false,
            "it no longer offers this version of its interface; update llmployable".to_owned(),
        ),
        LinkedInError::Offline => (
            false,
            "it could not be reached; try again when you are online".to_owned(),
        ),
        LinkedInError::Malformed | LinkedInError::TooLarge => (
            false,
            "it answered with something unexpected; try again later or give the data export instead"
                .to_owned(),
        ),
    };
    let sentence = format!("LinkedIn was not read: {why}.");
    if input {
        Failure::input(sentence)
    } else {
        Failure::stage(sentence)
    }
}
