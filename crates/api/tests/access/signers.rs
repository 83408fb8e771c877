//! Keys that sign tokens. Those of RSA are in the repository, because the library makes none; they sign
//! nothing but tests.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use ring::{
    rand::SystemRandom,
    rsa::{KeyPair as RsaKeyPair, PublicKeyComponents},
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
        RSA_PKCS1_SHA256,
    },
};
use serde_json::{Value, json};

const RSA: &[u8] = include_bytes!("signers/rsa.der");
const OTHER_RSA: &[u8] = include_bytes!("signers/other_rsa.der");

/// A key that signs, with its name.
pub(crate) struct Signer {
    pub(crate) kid: String,
    key: Key,
}

enum Key {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Signer {
    pub(crate) fn rsa(kid: &str) -> Self {
        Self::of(kid, Key::Rsa(RsaKeyPair::from_pkcs8(RSA).expect("it is a key")))
    }

    pub(crate) fn other_rsa(kid: &str) -> Self {
        Self::of(kid, Key::Rsa(RsaKeyPair::from_pkcs8(OTHER_RSA).expect("it is a key")))
    }

    pub(crate) fn p256(kid: &str) -> Self {
        let (how, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let key = EcdsaKeyPair::generate_pkcs8(how, &random).expect("a key");
        let key = EcdsaKeyPair::from_pkcs8(how, key.as_ref(), &random).expect("it is a key");
        Self::of(kid, Key::P256(key))
    }

    pub(crate) fn ed25519(kid: &str) -> Self {
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("a key");
        let key = Ed25519KeyPair::from_pkcs8(key.as_ref()).expect("it is a key");
        Self::of(kid, Key::Ed25519(key))
    }

    fn of(kid: &str, key: Key) -> Self {
        Self { kid: kid.to_owned(), key }
    }

    pub(crate) fn algorithm(&self) -> &'static str {
        match self.key {
            Key::Rsa(_) => "RS256",
            Key::P256(_) => "ES256",
            Key::Ed25519(_) => "EdDSA",
        }
    }

    /// A token of these claims.
    pub(crate) fn sign(&self, claims: &Value) -> String {
        self.sign_with(&self.header(), claims)
    }

    /// A token with this header, whatever it says.
    pub(crate) fn sign_with(&self, header: &Value, claims: &Value) -> String {
        let message =
            format!("{}.{}", base64url(header.to_string()), base64url(claims.to_string()));
        let signature = base64url(self.signature(message.as_bytes()));
        format!("{message}.{signature}")
    }

    pub(crate) fn header(&self) -> Value {
        json!({ "alg": self.algorithm(), "kid": self.kid, "typ": "JWT" })
    }

    /// The public part, as a set of keys has it.
    pub(crate) fn public(&self) -> Value {
        let mut key = match &self.key {
            Key::Rsa(pair) => {
                let PublicKeyComponents { n, e } =
                    PublicKeyComponents::<Vec<u8>>::from(pair.public());
                json!({ "kty": "RSA", "n": base64url(n), "e": base64url(e) })
            }
            Key::P256(pair) => {
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                json!({ "kty": "EC", "crv": "P-256", "x": base64url(x), "y": base64url(y) })
            }
            Key::Ed25519(pair) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "x": base64url(pair.public_key()) })
            }
        };
        (key["kid"], key["use"]) = (json!(self.kid), json!("sig"));
        key
    }

    fn signature(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.key {
            Key::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).expect("it signs");
                signature
            }
            Key::P256(pair) => pair.sign(&random, message).expect("it signs").as_ref().to_vec(),
            Key::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }
}

pub(crate) fn base64url(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn decoded(text: &str) -> Vec<u8> {
    BASE64_URL_SAFE_NO_PAD.decode(text).expect("it is base64url")
}
