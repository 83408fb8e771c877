//! Where deliveries may go.

use url::{Host, Url};

use super::{WebhookError, is_public};

/// Longer ones are refused: an address is told and logged.
const URL_MAX: usize = 2_000;

/// Where deliveries may go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WebhookRules {
    /// Also to addresses that are not on the public internet, and without encryption: for receivers
    /// in one's own network, and for tests.
    pub private_addresses: bool,
}

/// Refuses an address that nothing can, or may, be delivered to, as far as its text says so. What a
/// name stands for is looked at whenever something is sent.
pub fn check_webhook_url(url: &str, rules: WebhookRules) -> Result<Url, WebhookError> {
    if url.len() > URL_MAX {
        return Err(WebhookError::Url("it is longer than 2,000 bytes"));
    }
    let parsed = Url::parse(url).map_err(|_| WebhookError::Url("it is not a URL"))?;
    match parsed.scheme() {
        "https" => {}
        "http" if rules.private_addresses => {}
        _ => return Err(WebhookError::Url("it does not begin with https://")),
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(WebhookError::Url("it has a user name or a password"));
    }
    let address = match parsed.host() {
        None => return Err(WebhookError::Url("it has no host")),
        Some(Host::Domain(_)) => None,
        Some(Host::Ipv4(it)) => Some(it.into()),
        Some(Host::Ipv6(it)) => Some(it.into()),
    };
    if address.is_some_and(|it| !rules.private_addresses && !is_public(it)) {
        return Err(WebhookError::Url("it is not on the public internet"));
    }
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_with_encryption_are_taken_unless_private_ones_are_allowed() {
        let private = [
            "http://example.com/hook",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://0x7f000001/",
            "https://2130706433/",
            "https://169.254.169.254/latest/meta-data",
        ];
        for url in private {
            assert!(check_webhook_url(url, WebhookRules::default()).is_err(), "{url}");
            assert!(check_webhook_url(url, ALLOWING).is_ok(), "{url}");
        }
        assert!(check_webhook_url("https://example.com/hook", WebhookRules::default()).is_ok());
    }

    #[test]
    fn what_is_no_address_is_refused_whatever_the_rules() {
        let long = format!("https://example.com/{}", "a".repeat(URL_MAX));
        for url in ["", "hook", "ftp://example.com", "https://me:secret@example.com", &long] {
            assert!(check_webhook_url(url, ALLOWING).is_err(), "{url}");
        }
    }

    const ALLOWING: WebhookRules = WebhookRules { private_addresses: true };
}
