//! Somebody who issues tokens, with the keys in a file.

use std::{io::Write, time::Duration};

use api::{Access, JwksSource, JwtAlgorithm, JwtSettings, JwtVerifier};
use app_service::SystemClock;
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::signers::Signer;

pub(crate) const ISSUER: &str = "https://issuer.example";
pub(crate) const AUDIENCE: &str = "guerdon";

/// The end of the year 2100: no test runs for so long.
pub(crate) const FAR: i64 = 4_133_980_799;

/// Somebody who issues tokens.
pub(crate) struct Issuer {
    pub(crate) signer: Signer,
    keys: NamedTempFile,
}

impl Issuer {
    pub(crate) fn with(signer: Signer) -> Self {
        let keys = json!({ "keys": [signer.public()] });
        Self { signer, keys: file(&keys) }
    }

    /// The same, and the set holds these, too.
    pub(crate) fn beside(self, others: &[Value]) -> Self {
        let mut keys = vec![self.signer.public()];
        keys.extend_from_slice(others);
        Self { keys: file(&json!({ "keys": keys })), ..self }
    }

    /// A token as it should be, of an operator.
    pub(crate) fn token(&self) -> String {
        self.signer.sign(&claims())
    }

    pub(crate) fn settings(&self) -> JwtSettings {
        settings(JwksSource::File(self.keys.path().to_owned()))
    }

    /// Whoever has a token of this issuer is let in.
    pub(crate) async fn access(&self) -> Access {
        access(self.settings()).await
    }
}

pub(crate) async fn access(settings: JwtSettings) -> Access {
    let verifier = JwtVerifier::open(settings, SystemClock::shared()).await.expect("it has keys");
    Access::keys_and_tokens(verifier)
}

pub(crate) fn settings(jwks: JwksSource) -> JwtSettings {
    JwtSettings {
        jwks,
        issuer: ISSUER.to_owned(),
        audience: vec![AUDIENCE.to_owned()],
        algorithms: JwtAlgorithm::ALL.to_vec(),
        role_claim: "role".to_owned(),
        leeway: Duration::from_secs(30),
    }
}

/// What a good token says.
pub(crate) fn claims() -> Value {
    json!({ "iss": ISSUER, "aud": AUDIENCE, "sub": "ada", "exp": FAR, "nbf": 0, "role": "operator" })
}

fn file(keys: &Value) -> NamedTempFile {
    let mut file = NamedTempFile::new().expect("a file");
    file.write_all(keys.to_string().as_bytes()).expect("it can be written");
    file
}
