//! The names of all settings, with what they are for.

/// The names that are understood, with what they are for; `doctor` prints them.
pub const KEYS: [(&str, &str); 40] = [
    ("purpose", "dev, staging or prod (default dev)"),
    (
        "data_dir",
        "folder for the private Postgres (default: the user's data folder)",
    ),
    (
        "seal_key_file",
        "file of the keys that secrets in the database are sealed with (default seal.key in data_dir)",
    ),
    (
        "database_url",
        "a Postgres to use instead of the private one (also DATABASE_URL)",
    ),
    (
        "database_connections",
        "connections at most, 2 to 200 (default 12)",
    ),
    ("listen", "address and port (default 127.0.0.1:3000)"),
    (
        "site_root",
        "folder of the built site (default target/site)",
    ),
    (
        "hosts",
        "further host names to answer to, separated by commas",
    ),
    (
        "log_format",
        "pretty or json (default pretty in dev, else json)",
    ),
    (
        "log_filter",
        "what is logged (default info, the queue at warn)",
    ),
    ("workers", "jobs at once, 1 to 64 (default 4)"),
    (
        "run_limit_seconds",
        "time for one run, 10 to 300 (default 300)",
    ),
    (
        "github_api",
        "GitHub's REST API (default https://api.github.com; GitHub Enterprise: https://HOST/api/v3)",
    ),
    (
        "github_token",
        "a token for it: more requests, and work in others' repositories in full",
    ),
    (
        "linkedin_client_id",
        "the LinkedIn application members consent to; without one LinkedIn is off",
    ),
    ("linkedin_client_secret", "its secret"),
    (
        "linkedin_scope",
        "its permission: r_dma_portability_self_serve (default) or r_dma_portability_3rd_party",
    ),
    (
        "linkedin_api",
        "LinkedIn's interface (default https://api.linkedin.com)",
    ),
    (
        "linkedin_oauth",
        "where members consent (default https://www.linkedin.com/oauth/v2)",
    ),
    (
        "model_provider",
        "the language model's interface: gemini, openai (and all that speak it), ollama, anthropic or none (default none)",
    ),
    (
        "model_name",
        "which model (default by provider; a server of your own needs it named)",
    ),
    (
        "model_base_url",
        "where it is asked (default the provider's own; Ollama: http://127.0.0.1:11434)",
    ),
    (
        "model_key",
        "its key (also GEMINI_API_KEY, OPENAI_API_KEY or ANTHROPIC_API_KEY, by provider)",
    ),
    (
        "model_temperature",
        "how freely it writes, 0 to 2 (default 0.2)",
    ),
    (
        "model_max_output_tokens",
        "tokens of one answer at most, 256 to 65536 (default 8192)",
    ),
    (
        "model_timeout_seconds",
        "time for one call, 1 to 300 (default 60)",
    ),
    (
        "model_calls_per_minute",
        "calls begun within a minute, 1 to 10000 (default 60)",
    ),
    (
        "model_concurrent_calls",
        "calls at once, 1 to 100 (default 4)",
    ),
    (
        "model_price_input",
        "dollars for a million tokens read, where the list of prices does not know the model",
    ),
    ("model_price_output", "dollars for a million tokens written"),
    (
        "model_budget_person",
        "dollars that one person's questions may cost in a day, or none for no limit (default 1)",
    ),
    (
        "model_budget_instance",
        "dollars that all questions may cost in a day, or none for no limit (default 20)",
    ),
    (
        "model_questions_person",
        "questions of one person in a day, 1 to 100000 (default 300)",
    ),
    (
        "model_personal_keys",
        "true lets people give keys of their own, asked at their provider and at their cost (default true)",
    ),
    (
        "model_personal_stand_in",
        "an address of this machine that stands in for every provider, for tests (refused in prod)",
    ),
    (
        "model",
        "all of these as a table of the file: [model] with provider, name, key and so on",
    ),
    (
        "redis_url",
        "a Redis that several servers keep answers of the model in, redis://host:6379/0 (default none)",
    ),
    (
        "metrics_listen",
        "address and port for Prometheus, never open to the world (default none)",
    ),
    (
        "fetch_private",
        "true lets postings come from private addresses (refused in prod)",
    ),
    (
        "config",
        "the configuration file (default llmployable.toml in the current folder)",
    ),
];
