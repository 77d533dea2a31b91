//! Asking what addresses a name has: the network's own name service, or a test's.

use std::fmt;
use std::io;
use std::net::SocketAddr;

use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Whoever knows the addresses of names.
pub trait Names: fmt::Debug + Send + Sync {
    /// All addresses of a name, each with the port.
    fn look_up<'a>(
        &'a self,
        name: &'a str,
        port: u16,
    ) -> BoxFuture<'a, io::Result<Vec<SocketAddr>>>;
}

/// The machine's own name service.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemNames;

impl Names for SystemNames {
    fn look_up<'a>(
        &'a self,
        name: &'a str,
        port: u16,
    ) -> BoxFuture<'a, io::Result<Vec<SocketAddr>>> {
        Box::pin(async move { Ok(tokio::net::lookup_host((name, port)).await?.collect()) })
    }
}

/// What a client is given instead of a name service: the addresses that were checked, whatever it
/// asks for. A second question could have another answer.
#[derive(Debug)]
pub(super) struct Checked(pub(super) Vec<SocketAddr>);

impl Resolve for Checked {
    fn resolve(&self, _name: Name) -> Resolving {
        let addresses: Addrs = Box::new(self.0.clone().into_iter());
        Box::pin(std::future::ready(Ok(addresses)))
    }
}
