//! `llmployable doctor`: what is found, what is missing, what is wrong.

use std::path::Path;

use backend::cluster::Binaries;
use backend::config::{Config, KEYS};
use backend::vault::KeyFile;

use super::{Failure, say};

/// Prints a line a finding; fails when something the program cannot do without is missing.
pub fn run(file: Option<&Path>) -> Result<(), Failure> {
    let mut wrong = 0;
    let config = match Config::load(file) {
        Ok(config) => {
            say("ok       configuration");
            Some(config)
        }
        Err(error) => {
            wrong += 1;
            say(&format!("wrong    {error}"));
            None
        }
    };
    let own_database = config
        .as_ref()
        .is_none_or(|config| config.database_url.is_none());
    match (Binaries::find(), own_database) {
        (Some(found), _) => say(&format!(
            "ok       Postgres {} in {}",
            found
                .major()
                .unwrap_or_else(|| "of unknown version".to_owned()),
            found.folder().display()
        )),
        (None, true) => {
            wrong += 1;
            say(
                "missing  Postgres: install it (Debian: apt-get install postgresql) or set DATABASE_URL",
            );
        }
        (None, false) => say("ok       database_url is set; no local Postgres is needed"),
    }
    if let Some(config) = &config {
        let site = config.site_root.join("pkg");
        if site.is_dir() {
            say(&format!(
                "ok       the built site is in {}",
                config.site_root.display()
            ));
        } else {
            say(&format!(
                "missing  the built site ({}): pages work, but only as plain forms; run cargo xtask run",
                config.site_root.display()
            ));
        }
        say(&format!(
            "ok       data folder {}",
            config.data_dir.display()
        ));
        say(&format!("ok       listens on {}", config.listen));
        match &config.linkedin.client {
            None => say("ok       LinkedIn is off: no linkedin_client_id is set"),
            Some(_) => say(&format!(
                "ok       LinkedIn is on; register http://{}{} as its redirect address",
                config.listen,
                crate::http::LINKEDIN_CALLBACK
            )),
        }
        let path = config.seal_key_file.display();
        match KeyFile::look(&config.seal_key_file) {
            KeyFile::Absent => say(&format!(
                "ok       the key file {path} will be made when something is sealed"
            )),
            KeyFile::Private(keys) => say(&format!(
                "ok       the key file {path} is private, {keys} key{}; keep it with your backups, apart from the database",
                if keys == 1 { "" } else { "s" }
            )),
            KeyFile::Open(mode) => {
                wrong += 1;
                say(&format!(
                    "wrong    the key file {path} may be read by others (mode {mode:04o}): chmod 600 it"
                ));
            }
            KeyFile::Broken(error) => {
                wrong += 1;
                say(&format!("wrong    {error}"));
            }
        }
        say(match &config.personal {
            Some(_) => "ok       people may give keys of their own for models",
            None => "ok       people may not give keys of their own for models",
        });
        match &config.model {
            None => say("ok       no language model is configured: the built-in tailor does all"),
            Some(model) => say(&format!(
                "ok       language model {} of {} at {}, {}",
                model.name,
                model.provider,
                model.base_url,
                if model.key.is_some() {
                    "with a key"
                } else {
                    "without a key"
                }
            )),
        }
    }
    say("\nSettings (file, or environment as LLMPLOYABLE_NAME):");
    for (name, meaning) in KEYS {
        say(&format!("  {name:<24} {meaning}"));
    }
    if wrong == 0 {
        Ok(())
    } else {
        Err(Failure::other(format!(
            "{wrong} thing(s) need attention, as listed above."
        )))
    }
}
