//! Which model is asked, where, as whom and how much at a time.

use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::prices::{Money, Price, cost};
use super::request::Usage;

/// Whose interface is spoken.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::Display, strum::EnumIter,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Provider {
    /// Google's Gemini.
    Gemini,
    /// OpenAI, and every server that speaks its chat completions: vLLM, llama.cpp, LM Studio,
    /// OpenRouter.
    OpenAi,
    /// Ollama.
    Ollama,
    /// Anthropic.
    Anthropic,
}

impl Provider {
    /// Where it is when nothing else is said.
    pub fn base_url(self) -> &'static str {
        match self {
            Self::Gemini => "https://generativelanguage.googleapis.com/v1beta",
            Self::OpenAi => "https://api.openai.com/v1",
            Self::Ollama => "http://127.0.0.1:11434",
            Self::Anthropic => "https://api.anthropic.com/v1",
        }
    }

    /// Those that people may bring a key of their own for: they are where they are, so that nobody can
    /// name an address that this program then asks.
    pub const PERSONAL: [Self; 3] = [Self::Gemini, Self::OpenAi, Self::Anthropic];

    /// One of those by its name.
    pub fn of_personal(name: &str) -> Option<Self> {
        let mut all = Self::PERSONAL.into_iter();
        all.find(|provider| provider.to_string() == name)
    }

    /// The model that is asked when none is named; a server of one's own has its own.
    pub fn model(self) -> Option<&'static str> {
        match self {
            Self::Gemini => Some("gemini-2.5-flash"),
            Self::OpenAi => Some("gpt-4.1-mini"),
            Self::Ollama => None,
            Self::Anthropic => Some("claude-haiku-4-5"),
        }
    }
}

/// A configured model.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whose interface.
    pub provider: Provider,
    /// The model's name there.
    pub name: String,
    /// Where it is, without a slash at the end.
    pub base_url: String,
    /// As whom it is asked.
    pub key: Option<SecretString>,
    /// How freely it writes, 0 to 2.
    pub temperature: f32,
    /// Tokens of one answer at most.
    pub max_output_tokens: u32,
    /// How long one call may take.
    pub call_timeout: Duration,
    /// Calls begun within a minute at most.
    pub calls_per_minute: u32,
    /// Calls at once at most.
    pub concurrent_calls: u32,
    /// What its tokens cost, where the list does not say or says otherwise.
    pub price: Option<Price>,
}

impl Settings {
    /// A provider's model with everything else as it is by default.
    pub fn of(provider: Provider, name: &str) -> Self {
        Self {
            provider,
            name: name.to_owned(),
            base_url: provider.base_url().to_owned(),
            key: None,
            temperature: 0.2,
            max_output_tokens: 8192,
            call_timeout: Duration::from_mins(1),
            calls_per_minute: 60,
            concurrent_calls: 4,
            price: None,
        }
    }
}

impl Settings {
    /// What so many tokens cost, where that is known. `named` is the model as it names itself.
    pub fn cost(&self, named: Option<&str>, usage: Usage) -> Option<Money> {
        if let Some(price) = self.price {
            return Some(price.of(usage));
        }
        // A model on one's own machine costs no tokens.
        if self.provider == Provider::Ollama {
            return None;
        }
        named
            .and_then(|named| cost(named, usage))
            .or_else(|| cost(&self.name, usage))
    }
}

/// How people with a key of their own are served.
#[derive(Debug, Clone)]
pub struct Personal {
    /// The limits of their calls; whose interface, which model and what price is theirs.
    pub limits: Settings,
    /// What stands in for every provider, on this machine; for tests of this program only.
    pub stand_in: Option<String>,
}

impl Personal {
    /// A person's model. It is asked where its provider is, whoever else is configured.
    pub fn settings(&self, provider: Provider, name: &str, key: SecretString) -> Settings {
        let base_url = match &self.stand_in {
            None => provider.base_url().to_owned(),
            Some(address) => {
                let url = provider.base_url();
                let version = url.rsplit('/').next().unwrap_or_default();
                format!("{address}/{version}")
            }
        };
        Settings {
            provider,
            name: name.to_owned(),
            base_url,
            key: Some(key),
            price: None,
            ..self.limits.clone()
        }
    }
}

/// Whether that can be the name of a model: it becomes part of an address.
pub fn is_model_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/@".contains(&byte);
    !name.is_empty()
        && name.len() <= 200
        && name.bytes().all(plain)
        && !name
            .split('/')
            .any(|part| part.is_empty() || part == "." || part == "..")
}

#[cfg(test)]
mod tests {
    use super::is_model_name;

    #[test]
    fn a_model_s_name_cannot_lead_an_address_elsewhere() {
        for good in [
            "gemini-2.5-flash",
            "models/gemini-2.5-flash",
            "google/gemini-2.0-flash-exp:free",
            "llama3.1:8b",
        ] {
            assert!(is_model_name(good), "{good}");
        }
        for bad in ["", "a b", "../x", "a//b", "a?b", "a#b", "a/..", "é", "a%2e"] {
            assert!(!is_model_name(bad), "{bad}");
        }
    }
}
