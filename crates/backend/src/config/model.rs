//! The settings of the language model. Nothing is asked unless a provider is named.

use std::time::Duration;

use figment::value::{Dict, Value};
use secrecy::SecretString;
use url::Url;

use super::reader::{Reader, is_loopback};
use crate::db::ledger::Budget;
use crate::ports::models::{Money, Personal, Price, Provider, Settings, is_model_name};

/// Where providers' own programs look for the key.
pub(super) const KEYS_OF_PROVIDERS: [&str; 3] =
    ["GEMINI_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY"];

pub(super) fn is_key_of_provider(name: &str) -> bool {
    KEYS_OF_PROVIDERS
        .iter()
        .any(|key| key.eq_ignore_ascii_case(name))
}

/// `[model]` with `name` is `model_name`; what stands there outright goes before.
pub(super) fn flatten(dict: &mut Dict) {
    if let Some(Value::Dict(_, table)) = dict.get("model").cloned() {
        dict.remove("model");
        for (name, value) in table {
            dict.entry(format!("model_{name}")).or_insert(value);
        }
    }
}

impl Reader {
    /// The limits of calls, whoever is asked and whose key is used. Read even when there is no
    /// provider: a mistake is one before it is needed.
    pub(super) fn model_limits(&mut self) -> Settings {
        let usual = Settings::of(Provider::Gemini, "");
        let seconds = self.number("model_timeout_seconds", 1, 300, 60);
        Settings {
            temperature: self.decimal("model_temperature", 0.0, 2.0, usual.temperature),
            max_output_tokens: self.number(
                "model_max_output_tokens",
                256,
                65_536,
                usual.max_output_tokens,
            ),
            call_timeout: Duration::from_secs(seconds.into()),
            calls_per_minute: self.number(
                "model_calls_per_minute",
                1,
                10_000,
                usual.calls_per_minute,
            ),
            concurrent_calls: self.number("model_concurrent_calls", 1, 100, usual.concurrent_calls),
            ..usual
        }
    }

    /// How people with keys of their own are served; `None` where they are not.
    pub(super) fn personal(&mut self, limits: &Settings) -> Option<Personal> {
        let stand_in = self.text("model_personal_stand_in");
        if stand_in
            .as_ref()
            .is_some_and(|address| !is_loopback(address))
        {
            self.mistakes
                .push("model_personal_stand_in: must be an address of this machine".to_owned());
        }
        let allowed = self.one_of(
            "model_personal_keys",
            &[("true", true), ("false", false)],
            true,
        );
        allowed.then(|| Personal {
            limits: limits.clone(),
            stand_in: stand_in.map(|address| address.trim_end_matches('/').to_owned()),
        })
    }

    pub(super) fn model(&mut self, limits: &Settings) -> Option<Settings> {
        let provider = self.one_of(
            "model_provider",
            &[
                ("none", None),
                ("gemini", Some(Provider::Gemini)),
                ("openai", Some(Provider::OpenAi)),
                ("ollama", Some(Provider::Ollama)),
                ("anthropic", Some(Provider::Anthropic)),
            ],
            None,
        );
        let known = provider.unwrap_or(Provider::Gemini);
        let price = self.model_price();
        let key = self.model_key(provider);
        let base_url = self.model_base_url(known, key.is_some());
        let name = self.model_name(provider, base_url == known.base_url());
        let provider = provider?;
        let needs_key = match provider {
            Provider::Gemini | Provider::Anthropic => true,
            Provider::OpenAi => base_url == provider.base_url(),
            Provider::Ollama => false,
        };
        if needs_key && key.is_none() {
            self.mistakes
                .push(format!("model_key: is needed to ask {provider}"));
        }
        Some(Settings {
            provider,
            name,
            base_url,
            key,
            price,
            ..limits.clone()
        })
    }

    /// What may be spent in a day, in dollars; `none` is without limit.
    pub(super) fn budget(&mut self) -> Budget {
        let person = self.dollars("model_budget_person", Some(1.0));
        let instance = self.dollars("model_budget_instance", Some(20.0));
        let questions = self.number("model_questions_person", 1, 100_000, 300);
        Budget {
            person,
            instance,
            questions: Some(questions),
        }
    }

    fn dollars(&mut self, key: &str, default: Option<f32>) -> Option<Money> {
        let dollars = match self.text(key) {
            Some(text) if text == "none" => None,
            _ => Some(self.decimal(key, 0.0, 100_000.0, default.unwrap_or_default())),
        };
        dollars.map(|dollars| Money {
            micro_dollars: (f64::from(dollars) * 1_000_000.0).round() as u64,
        })
    }

    /// Dollars per million tokens, where the list of prices does not know the model.
    fn model_price(&mut self) -> Option<Price> {
        let given = ["model_price_input", "model_price_output"].map(|key| {
            self.text(key)
                .map(|_| f64::from(self.decimal(key, 0.0, 10_000.0, 0.0)))
        });
        match given {
            [None, None] => None,
            [Some(input), Some(output)] => Some(Price::flat(input, output)),
            _ => {
                self.mistakes.push(
                    "model_price_input: goes with model_price_output, and neither alone".to_owned(),
                );
                None
            }
        }
    }

    fn model_key(&mut self, provider: Option<Provider>) -> Option<SecretString> {
        let usual = match provider {
            Some(Provider::Gemini) => Some("gemini_api_key"),
            Some(Provider::OpenAi) => Some("openai_api_key"),
            Some(Provider::Anthropic) => Some("anthropic_api_key"),
            Some(Provider::Ollama) | None => None,
        };
        let own = self.text("model_key");
        let key = own.or_else(|| usual.and_then(|name| self.text(name)))?;
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            self.mistakes
                .push("model_key: holds a character that no key has".to_owned());
        }
        Some(SecretString::from(key))
    }

    fn model_base_url(&mut self, provider: Provider, with_key: bool) -> String {
        let text = self.text("model_base_url");
        let text = text.unwrap_or_else(|| provider.base_url().to_owned());
        let url = Url::parse(&text).ok();
        let plain = url.is_some_and(|url| {
            matches!(url.scheme(), "https" | "http")
                && url.has_host()
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none()
        });
        if !plain {
            self.mistakes
                .push("model_base_url: must be an address that begins with https://".to_owned());
        } else if with_key && !text.starts_with("https://") && !is_loopback(&text) {
            self.mistakes
                .push("model_base_url: must begin with https:// where a key is sent".to_owned());
        }
        text.trim_end_matches('/').to_owned()
    }

    fn model_name(&mut self, provider: Option<Provider>, at_home: bool) -> String {
        let usual = provider.and_then(Provider::model).filter(|_| at_home);
        match self.text("model_name") {
            Some(name) if is_model_name(&name) => name,
            Some(_) => {
                self.mistakes
                    .push("model_name: holds what no model's name has".to_owned());
                String::new()
            }
            None => {
                if provider.is_some() && usual.is_none() {
                    self.mistakes
                        .push("model_name: is needed, since that server has its own".to_owned());
                }
                usual.unwrap_or_default().to_owned()
            }
        }
    }

    fn decimal(&mut self, key: &str, low: f32, high: f32, default: f32) -> f32 {
        let Some(text) = self.text(key) else {
            return default;
        };
        match text.parse() {
            Ok(number) if (low..=high).contains(&number) => number,
            _ => {
                self.mistakes
                    .push(format!("{key}: must be a number from {low} to {high}"));
                default
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use figment::Figment;
    use figment::providers::{Format, Toml};
    use secrecy::ExposeSecret;

    use super::super::{Config, ConfigError};
    use super::*;

    fn read(toml: &str) -> Result<Option<Settings>, ConfigError> {
        Config::from_figment(&Figment::from(Toml::string(toml))).map(|config| config.model)
    }

    #[test]
    fn without_a_provider_there_is_no_model_whatever_keys_lie_about() {
        assert!(read("").unwrap().is_none());
        assert!(read("gemini_api_key = 'hunter2'").unwrap().is_none());
        assert!(
            read("model_provider = 'none'\nmodel_key = 'x'")
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn a_provider_and_its_key_are_enough_and_the_key_is_not_shown() {
        for (provider, usual) in [
            ("gemini", "gemini_api_key"),
            ("openai", "openai_api_key"),
            ("anthropic", "anthropic_api_key"),
        ] {
            let toml = format!("model_provider = '{provider}'\n{usual} = 'hunter2'");
            let model = read(&toml).unwrap().unwrap();
            assert_eq!(model.provider.to_string(), provider);
            assert!(!model.name.is_empty());
            assert_eq!(model.key.as_ref().unwrap().expose_secret(), "hunter2");
            assert!(!format!("{model:?}").contains("hunter2"));
        }
        let own = "model_provider = 'gemini'\ngemini_api_key = 'a'\nmodel_key = 'b'";
        let model = read(own).unwrap().unwrap();
        assert_eq!(model.key.unwrap().expose_secret(), "b");
    }

    #[test]
    fn a_key_of_another_provider_is_not_taken() {
        let error = read("model_provider = 'anthropic'\nopenai_api_key = 'hunter2'").unwrap_err();
        assert!(error.to_string().contains("model_key"));
    }

    #[test]
    fn servers_of_one_s_own_need_a_name_and_no_key() {
        let toml = "[model]\nprovider = 'openai'\nbase_url = 'http://gpu:8000/v1/'\nname = 'qwen3'";
        let model = read(toml).unwrap().unwrap();
        assert_eq!(model.base_url, "http://gpu:8000/v1");
        assert!(model.key.is_none());
        let error = read("model_provider = 'ollama'").unwrap_err().to_string();
        assert!(error.contains("model_name"), "{error}");
        assert!(read("model_provider = 'ollama'\nmodel_name = 'llama3.1:8b'").is_ok());
    }

    #[test]
    fn keys_of_people_s_own_are_taken_unless_that_is_forbidden_and_go_to_their_provider() {
        let read = |toml: &str| Config::from_figment(&Figment::from(Toml::string(toml)));
        let elsewhere = "[model]\nprovider = 'openai'\nbase_url = 'http://gpu:8000/v1/'\nname = 'qwen3'\n\
                         price_input = 1\nprice_output = 1\ntemperature = 1\n";
        let personal = read(elsewhere).unwrap().personal.unwrap();
        for provider in Provider::PERSONAL {
            let settings = personal.settings(provider, "m", SecretString::from("hunter2"));
            assert_eq!(settings.base_url, provider.base_url());
            assert_eq!(
                (settings.price.is_none(), settings.temperature),
                (true, 1.0)
            );
            assert!(!format!("{settings:?}").contains("hunter2"));
        }
        let forbidden = format!("{elsewhere}personal_keys = false");
        assert!(read(&forbidden).unwrap().personal.is_none());
        let stand_in = |address: &str| {
            read(&format!("model_personal_stand_in = '{address}'"))
                .map(|config| config.personal.unwrap())
        };
        let settings = stand_in("http://127.0.0.1:9/").unwrap().settings(
            Provider::Anthropic,
            "m",
            SecretString::from("k"),
        );
        assert_eq!(settings.base_url, "http://127.0.0.1:9/v1");
        for bad in ["https://api.example", "http://10.0.0.1", "x"] {
            let error = stand_in(bad).unwrap_err().to_string();
            assert!(error.contains("model_personal_stand_in"), "{error}");
        }
        let prod = "purpose = 'prod'\nmodel_personal_stand_in = 'http://127.0.0.1:9'";
        assert!(read(prod).is_err());
    }

    #[test]
    fn all_mistakes_of_a_model_are_told_at_once_and_its_key_is_not() {
        let toml = "[model]\nprovider = 'openai'\nname = 'a b'\nbase_url = 'http://gpu.example'\n\
                    key = 'hunter2'\ntemperature = 3\nmax_output_tokens = 1\ntimeout_seconds = 0\n\
                    calls_per_minute = 0\nconcurrent_calls = 0\ncolour = 1";
        let error = read(toml).unwrap_err().to_string();
        for name in [
            "name",
            "base_url",
            "temperature",
            "max_output_tokens",
            "timeout_seconds",
            "calls_per_minute",
            "concurrent_calls",
            "colour",
        ] {
            assert!(
                error.contains(&format!("model_{name}:")),
                "{name} in {error}"
            );
        }
        assert!(!error.contains("hunter2"));
    }
}
