//! Looks names up, and answers only addresses that may be connected to.

use std::{io, net::SocketAddr};

use app_service::{WebhookRules, is_public};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::lookup_host;

/// Looks names up for a client, which connects to what it is answered and to nothing else: a name
/// that stands for another address a moment later gains nothing by it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CheckedNames(pub(crate) WebhookRules);

impl Resolve for CheckedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let rules = self.0;
        Box::pin(async move {
            let found = lookup_host((name.as_str(), 0)).await?;
            let allowed = found.filter(|it| rules.private_addresses || is_public(it.ip()));
            let allowed: Vec<SocketAddr> = allowed.collect();
            if allowed.is_empty() {
                let reason = "the name stands for no address on the public internet";
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, reason).into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn name_of_a_private_address_is_looked_up_only_where_those_are_allowed() {
        for private_addresses in [false, true] {
            let names = CheckedNames(WebhookRules { private_addresses });

            let found = names.resolve("localhost".parse().unwrap()).await;

            assert_eq!(found.is_ok(), private_addresses);
        }
    }
}
