//! LinkedIn on loopback: its interface and its token endpoint, with answers written after the
//! published schema, and every way they can go wrong.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::stream;
use serde_json::Value;

/// How a request is answered.
#[derive(Clone)]
pub enum Reply {
    /// With that status, these headers and this body.
    Says(u16, Vec<(&'static str, String)>, String),
    /// With a page whose connection breaks in the middle.
    BreaksOff(String),
    /// Not at all.
    Silent,
    /// With one thing after the other; the last one stays.
    InTurn(Vec<Reply>),
}

impl Reply {
    /// A body with success.
    pub fn page(body: &Value) -> Self {
        Self::Says(200, Vec::new(), body.to_string())
    }

    /// A refusal out of the fixtures.
    pub fn refusal(name: &str) -> Self {
        let refusal = &fixture("refusals.json")[name];
        let status = u16::try_from(refusal["status"].as_u64().unwrap()).unwrap();
        Self::Says(status, Vec::new(), refusal["body"].to_string())
    }

    /// The same with a header.
    pub fn with(self, name: &'static str, value: &str) -> Self {
        match self {
            Self::Says(status, mut headers, body) => {
                headers.push((name, value.to_owned()));
                Self::Says(status, headers, body)
            }
            other => other,
        }
    }
}

/// A fixture of the folder.
pub fn fixture(name: &str) -> Value {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures");
    let nested = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");
    let read = [folder, nested].into_iter().find_map(|folder| {
        std::fs::read_to_string(format!("{folder}/linkedin-snapshot/{name}")).ok()
    });
    serde_json::from_str(&read.unwrap()).unwrap()
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: Method,
    pub path: String,
    pub query: HashMap<String, String>,
    pub headers: HashMap<String, String>,
    pub body: String,
}

impl Asked {
    /// A field of the form in its body.
    pub fn form(&self, name: &str) -> Option<String> {
        pairs(&self.body).remove(name)
    }
}

fn pairs(text: &str) -> HashMap<String, String> {
    let url = reqwest::Url::parse(&format!("http://x/?{text}")).unwrap();
    url.query_pairs().into_owned().collect()
}

/// The stand-in.
#[derive(Clone)]
pub struct Stub {
    pub address: SocketAddr,
    replies: Arc<Mutex<HashMap<String, Reply>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Stub {
    /// One that knows nobody: every domain is empty.
    pub async fn empty() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stub = Self {
            address: listener.local_addr().unwrap(),
            replies: Arc::default(),
            asked: Arc::default(),
        };
        let router = Router::new().fallback(answer).with_state(stub.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        stub
    }

    /// One that knows the member of the fixtures, and gives a token for any code.
    pub async fn with_member() -> Self {
        let stub = Self::empty().await;
        let member = fixture("member.json");
        for (domain, pages) in member.as_object().unwrap() {
            for (start, page) in pages.as_array().unwrap().iter().enumerate() {
                stub.set(domain, start, Reply::page(page));
            }
        }
        stub.set_token(Reply::refusal("token"));
        stub
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers a page of a domain so.
    pub fn set(&self, domain: &str, start: usize, reply: Reply) {
        let mut replies = self.replies.lock().unwrap();
        replies.insert(format!("{domain}/{start}"), reply);
    }

    /// Answers the token endpoint so.
    pub fn set_token(&self, reply: Reply) {
        self.replies
            .lock()
            .unwrap()
            .insert("token".to_owned(), reply);
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// How often a domain was asked for.
    pub fn times(&self, domain: &str) -> usize {
        let asked = self.asked();
        let domains = asked.iter().filter_map(|asked| asked.query.get("domain"));
        domains.filter(|asked| *asked == domain).count()
    }

    fn reply(&self, asked: &Asked) -> Reply {
        let key = match (asked.path.as_str(), &asked.method) {
            ("/oauth/v2/accessToken", &Method::POST) => "token".to_owned(),
            ("/rest/memberSnapshotData", &Method::GET) => {
                let query = |name: &str| asked.query.get(name).cloned().unwrap_or_default();
                format!("{}/{}", query("domain"), query("start"))
            }
            _ => return Reply::Says(404, Vec::new(), "<html>Not here</html>".to_owned()),
        };
        let mut replies = self.replies.lock().unwrap();
        match replies.get_mut(&key) {
            Some(Reply::InTurn(turns)) if turns.len() > 1 => turns.remove(0),
            Some(Reply::InTurn(turns)) => turns[0].clone(),
            Some(reply) => reply.clone(),
            None => Reply::refusal("no_data"),
        }
    }
}

async fn answer(State(stub): State<Stub>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let headers = parts.headers.iter();
    let asked = Asked {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: pairs(parts.uri.query().unwrap_or_default()),
        headers: headers
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect(),
        body: String::from_utf8(body.to_vec()).unwrap(),
    };
    let reply = stub.reply(&asked);
    stub.asked.lock().unwrap().push(asked);
    match reply {
        Reply::Says(status, headers, body) => {
            let mut response = (StatusCode::from_u16(status).unwrap(), body).into_response();
            for (name, value) in headers {
                let name: header::HeaderName = name.parse().unwrap();
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            response
        }
        Reply::BreaksOff(body) => {
            let parts: [Result<Bytes, io::Error>; 2] = [
                Ok(Bytes::from(body)),
                Err(io::ErrorKind::ConnectionReset.into()),
            ];
            Body::from_stream(stream::iter(parts)).into_response()
        }
        Reply::Silent | Reply::InTurn(_) => std::future::pending().await,
    }
}
