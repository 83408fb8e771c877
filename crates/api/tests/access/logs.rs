//! What a log says of whoever came, with everything switched on.

use std::{
    io,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use app_service::Role;
use axum::http::Method;
use tracing_subscriber::fmt::MakeWriter;

use crate::{
    door::{Door, READ, bearer},
    issuer::Issuer,
    signers::Signer,
};

#[tokio::test]
async fn no_secret_and_no_token_is_in_the_log() {
    let issuer = Issuer::with(Signer::ed25519("one"));
    let door = Door::with(issuer.access().await);
    let key = door.key(Role::Admin).await;
    let wrong = format!("Bearer grd_{}_{}", key.key.prefix, "x".repeat(43));
    let token = format!("Bearer {}", issuer.token());

    let mut told = vec![];
    for authorization in [bearer(&key), wrong.clone(), token.clone(), format!("{token}x")] {
        let answer = door.ask(Method::GET, READ, &[&authorization]).await;
        told.push(format!("{:?} {}", answer.headers, answer.body));
    }
    door.guerdon.rotate_api_key(&key.key.prefix, std::time::Duration::ZERO).await.unwrap();

    let (log, told) = (LOG.text(), told.join("\n"));
    assert!(log.contains(&key.key.prefix), "the log says who was refused: {log}");
    for secret in [bearer(&key), wrong, token] {
        let end = secret.rsplit(['_', '.']).next().unwrap();
        assert!(!log.contains(end) && !told.contains(end), "{end} is in {log} or in {told}");
    }
}

/// The log of all tests here. It is switched on before the first of them asks for anything: what was asked
/// for in the same moment could go unheard for ever.
pub(crate) static LOG: LazyLock<Log> = LazyLock::new(|| {
    let log = Log::default();
    let everything = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE);
    let subscriber = everything.with_writer(log.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).expect("it is the first one");
    log
});

/// A log in memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        String::from_utf8(bytes).expect("it is text")
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
