//! Reads settings one by one and gathers what is wrong with them.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use figment::value::{Dict, Value};
use secrecy::SecretString;
use url::{Host, Url};

use super::keys::KEYS;
use super::model;
use crate::ports::linkedin;

/// What was given, and what was found wrong with it.
pub(super) struct Reader {
    dict: Dict,
    pub(super) mistakes: Vec<String>,
}

impl Reader {
    pub(super) fn new(mut dict: Dict) -> Self {
        model::flatten(&mut dict);
        Self {
            dict,
            mistakes: Vec::new(),
        }
    }

    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        match self.dict.get(key)? {
            Value::String(_, text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Num(_, number) => number
                .to_i128()
                .map(|number| number.to_string())
                // The environment's numbers have no sign.
                .or_else(|| number.to_u128().map(|number| number.to_string()))
                .or_else(|| number.to_f64().map(|number| number.to_string())),
            Value::Bool(_, yes) => Some(yes.to_string()),
            Value::Empty(..) => None,
            _ => {
                self.mistakes.push(format!("{key}: must be a single value"));
                None
            }
        }
    }

    pub(super) fn one_of<T: Copy>(&mut self, key: &str, names: &[(&str, T)], default: T) -> T {
        let Some(text) = self.text(key) else {
            return default;
        };
        if let Some((_, value)) = names.iter().find(|(name, _)| *name == text) {
            return *value;
        }
        let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        self.mistakes
            .push(format!("{key}: must be {}", names.join(" or ")));
        default
    }

    pub(super) fn number(&mut self, key: &str, low: u32, high: u32, default: u32) -> u32 {
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

    pub(super) fn list(&mut self, key: &str) -> Vec<String> {
        if let Some(Value::Array(_, values)) = self.dict.get(key) {
            return values
                .iter()
                .filter_map(|value| value.as_str().map(str::to_owned))
                .collect();
        }
        let text = self.text(key).unwrap_or_default();
        text.split(',')
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect()
    }

    pub(super) fn listen(&mut self) -> SocketAddr {
        let default = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 3000);
        let Some(text) = self.text("listen") else {
            return default;
        };
        text.parse().unwrap_or_else(|_| {
            self.mistakes
                .push("listen: must be an address and a port, 127.0.0.1:3000".to_owned());
            default
        })
    }

    pub(super) fn database_url(&mut self) -> Option<SecretString> {
        let text = self.text("database_url")?;
        if !(text.starts_with("postgres://") || text.starts_with("postgresql://")) {
            self.mistakes
                .push("database_url: must begin with postgres://".to_owned());
        }
        Some(SecretString::from(text))
    }

    pub(super) fn redis_url(&mut self) -> Option<SecretString> {
        let text = self.text("redis_url")?;
        let known = ["redis://", "redis+unix://"];
        if !known.iter().any(|scheme| text.starts_with(scheme)) {
            self.mistakes
                .push("redis_url: must begin with redis://".to_owned());
        }
        Some(SecretString::from(text))
    }

    pub(super) fn metrics_listen(&mut self) -> Option<SocketAddr> {
        let address = self.text("metrics_listen")?.parse().ok();
        if address.is_none() {
            self.mistakes
                .push("metrics_listen: must be an address and a port, 127.0.0.1:9464".to_owned());
        }
        address
    }

    pub(super) fn github_api(&mut self) -> String {
        let text = self
            .text("github_api")
            .unwrap_or_else(|| "https://api.github.com".to_owned());
        if !(text.starts_with("https://") || text.starts_with("http://")) {
            self.mistakes
                .push("github_api: must begin with https://".to_owned());
        }
        let secret = self.text("github_token").is_some();
        if secret && text.starts_with("http://") && !is_loopback(&text) {
            self.mistakes
                .push("github_api: must begin with https:// where github_token is sent".to_owned());
        }
        text.trim_end_matches('/').to_owned()
    }

    pub(super) fn linkedin(&mut self) -> linkedin::Settings {
        let id = self.text("linkedin_client_id");
        let secret = self.text("linkedin_client_secret");
        if id.is_some() != secret.is_some() {
            self.mistakes.push(
                "linkedin_client_id and linkedin_client_secret: must be set together".to_owned(),
            );
        }
        let client = id.zip(secret).map(|(id, secret)| linkedin::Client {
            id,
            secret: SecretString::from(secret),
        });
        let own = "r_dma_portability_self_serve";
        let others = "r_dma_portability_3rd_party";
        linkedin::Settings {
            api: self.address_of_secrets("linkedin_api", "https://api.linkedin.com"),
            oauth: self.address_of_secrets("linkedin_oauth", "https://www.linkedin.com/oauth/v2"),
            client,
            scope: self
                .one_of("linkedin_scope", &[(own, own), (others, others)], own)
                .to_owned(),
        }
    }

    /// An address that tokens and secrets are sent to: in the clear only on this machine.
    pub(super) fn address_of_secrets(&mut self, key: &str, default: &str) -> String {
        let text = self.text(key).unwrap_or_else(|| default.to_owned());
        let url = Url::parse(&text).ok();
        let safe = url.as_ref().is_some_and(|url| match url.host() {
            Some(Host::Ipv4(address)) if address.is_loopback() => true,
            Some(Host::Ipv6(address)) if address.is_loopback() => true,
            Some(Host::Domain("localhost")) => true,
            Some(_) => url.scheme() == "https",
            None => false,
        });
        let plain = url.is_some_and(|url| url.query().is_none() && url.username().is_empty());
        if !(safe && plain) {
            self.mistakes.push(format!(
                "{key}: must be an address that begins with https://"
            ));
        }
        text.trim_end_matches('/').to_owned()
    }

    pub(super) fn unknown(&mut self) {
        let known = |name: &str| {
            KEYS.iter().any(|(key, _)| *key == name) || model::is_key_of_provider(name)
        };
        for name in self.dict.keys().filter(|name| !known(name)) {
            self.mistakes
                .push(format!("{name}: is not a setting of this program"));
        }
    }
}

pub(super) fn is_loopback(url: &str) -> bool {
    let host = Url::parse(url)
        .ok()
        .and_then(|url| url.host().map(|host| host.to_owned()));
    match host {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
