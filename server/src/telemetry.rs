//! The log: one line an event, for people or as JSON, on standard error.

use backend::config::{Config, LogFormat};
use tracing_subscriber::EnvFilter;

/// Starts logging. A filter that cannot be read falls back to `info` and says so.
pub fn start(config: &Config) {
    let (filter, unreadable) = match EnvFilter::try_new(&config.log_filter) {
        Ok(filter) => (filter, false),
        Err(_) => (EnvFilter::new("info"), true),
    };
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let started = match config.log_format {
        LogFormat::Pretty => builder.with_target(false).try_init(),
        LogFormat::Json => builder
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .try_init(),
    };
    if started.is_ok() && unreadable {
        tracing::warn!("log_filter cannot be read; logging at info");
    }
}
