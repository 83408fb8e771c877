//! How signatures of tokens are verified: by the library that TLS uses, in the three ways that are
//! allowed. Nothing here signs, and nothing here knows a shared secret.

use jsonwebtoken::{
    Algorithm, AlgorithmFamily, DecodingKey, DecodingKeyKind,
    crypto::{CryptoProvider, JwtVerifier, KeyUtils},
    errors::{ErrorKind, Result},
    signature::{Error, Verifier},
};
use ring::{
    error::Unspecified,
    signature::{
        ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
        UnparsedPublicKey,
    },
};

use super::settings::JwtAlgorithm;

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| Err(ErrorKind::UnsupportedAlgorithm.into()),
    verifier_factory: |algorithm, key| verifier(*algorithm, key),
    key_utils: KeyUtils::new_unimplemented(),
};

/// A key with the one algorithm that it is used with.
struct Signed {
    algorithm: JwtAlgorithm,
    key: DecodingKey,
}

/// Makes the token library verify like this, in all of the process. A program around that has made
/// its own choice before keeps it.
pub(super) fn install() {
    let _ = PROVIDER.install_default();
}

fn verifier(algorithm: Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    let algorithm = JwtAlgorithm::named(algorithm).ok_or(ErrorKind::UnsupportedAlgorithm)?;
    let family = match algorithm {
        JwtAlgorithm::Rs256 => AlgorithmFamily::Rsa,
        JwtAlgorithm::Es256 => AlgorithmFamily::Ec,
        JwtAlgorithm::EdDsa => AlgorithmFamily::Ed,
    };
    if key.family() != family {
        return Err(ErrorKind::InvalidKeyFormat.into());
    }
    Ok(Box::new(Signed { algorithm, key: key.clone() }))
}

impl Verifier<Vec<u8>> for Signed {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), Error> {
        use DecodingKeyKind::{RsaModulusExponent, SecretOrDer};
        let verified = match (self.algorithm, self.key.kind()) {
            (JwtAlgorithm::Rs256, RsaModulusExponent { n, e }) => RsaPublicKeyComponents { n, e }
                .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature),
            (JwtAlgorithm::Es256, SecretOrDer(point)) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature)
            }
            (JwtAlgorithm::EdDsa, SecretOrDer(point)) => {
                UnparsedPublicKey::new(&ED25519, point).verify(message, signature)
            }
            _ => Err(Unspecified),
        };
        verified.map_err(|_| Error::new())
    }
}

impl JwtVerifier for Signed {
    fn algorithm(&self) -> Algorithm {
        self.algorithm.of_library()
    }
}
