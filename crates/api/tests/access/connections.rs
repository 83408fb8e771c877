//! Connections that do not end by themselves: of a service that is told to stop, and of whoever sends
//! letter by letter.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, LazyLock},
    time::Duration,
};

use api::{Access, Limits, Service, serve};
use app_service::Guerdon;
use memory_adapter::MemoryStore;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::timeout,
};

use crate::logs::LOG;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn a_service_without_callers_stops_at_once() {
    let running = Running::start(PATIENCE).await;

    assert!(running.stop().await.is_ok());
}

#[tokio::test]
async fn whoever_is_being_answered_is_answered() {
    let running = Running::start(PATIENCE).await;
    let mut caller = running.caller_within_a_request().await;

    let served = running.told_to_stop();
    caller.write_all(b"}").await.unwrap();
    let mut answer = String::new();
    caller.read_to_string(&mut answer).await.unwrap();

    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    assert!(ended(served).await.is_ok());
}

/// Whoever never ends to ask does not keep it alive.
#[tokio::test]
async fn whoever_never_ends_to_ask_is_left_after_a_while() {
    let running = Running::start(Duration::from_millis(50)).await;
    let _caller = running.caller_within_a_request().await;

    assert!(running.stop().await.is_ok());
}

/// Slowly enough, one machine could hold every connection of a service.
#[tokio::test]
async fn whoever_says_nothing_or_next_to_nothing_is_hung_up_on() {
    let limits = Limits { head: Duration::from_millis(50), ..Limits::default() };
    let running = Running::within(limits).await;

    for said in ["", "G", "GET /livez HTTP/1.1\r\nhost: x\r\nx-slow: "] {
        let mut caller = TcpStream::connect(running.address).await.unwrap();
        caller.write_all(said.as_bytes()).await.unwrap();
        let mut told = vec![];
        let ended = timeout(PATIENCE, caller.read_to_end(&mut told)).await;
        assert!(ended.is_ok(), "after {said:?}");
        assert!(told.is_empty() || told.starts_with(b"HTTP/1.1 408"), "{told:?}");
    }
    assert!(running.stop().await.is_ok());
}

/// A service that listens.
struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<io::Result<()>>,
}

impl Running {
    async fn start(patience: Duration) -> Self {
        Self::within(Limits { timeout: PATIENCE, shutdown: patience, ..Limits::default() }).await
    }

    async fn within(limits: Limits) -> Self {
        LazyLock::force(&LOG);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("it is bound");
        let guerdon = Guerdon::new(Arc::new(MemoryStore::new()));
        let service = Service::new(guerdon, Access::development());
        let (stop, told) = oneshot::channel();
        let told = async move { told.await.unwrap_or_default() };
        let served = tokio::spawn(serve(listener, service, limits, told));
        Self { address, stop, served }
    }

    /// Somebody whose request the service waits for: it has said that it wants the body.
    async fn caller_within_a_request(&self) -> TcpStream {
        let mut caller = TcpStream::connect(self.address).await.expect("it listens");
        let head = "POST /v1/tournaments/x/finalize HTTP/1.1\r\nhost: x\r\nidempotency-key: one\r\n\
                    content-length: 2\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n";
        caller.write_all(head.as_bytes()).await.expect("it reads");
        let mut told = [0; 25];
        caller.read_exact(&mut told).await.expect("it answers");
        assert_eq!(&told, b"HTTP/1.1 100 Continue\r\n\r\n");
        caller.write_all(b"{").await.expect("it reads");
        caller
    }

    fn told_to_stop(self) -> JoinHandle<io::Result<()>> {
        self.stop.send(()).expect("it runs");
        self.served
    }

    async fn stop(self) -> io::Result<()> {
        ended(self.told_to_stop()).await
    }
}

async fn ended(served: JoinHandle<io::Result<()>>) -> io::Result<()> {
    timeout(PATIENCE, served).await.expect("it stops").expect("it does not panic")
}
