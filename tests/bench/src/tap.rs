//! A way to the server on which round trips are counted.

use std::{
    io::Result,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{ReadHalf, WriteHalf},
    },
};

use crate::Failure;

/// A message that asks for nothing: a pool sees by it whether a connection that was given back is
/// still there. Nobody waits for the answer.
const ARE_YOU_THERE: &[u8] = b"S\0\0\0\x04";

/// What is passed on at once.
const BUFFER: usize = 64 << 10;

/// A way to a server, open for as long as the runtime that made it.
pub(crate) struct Tap {
    /// Where the database is found behind it.
    pub(crate) url: String,
    heard: Arc<Heard>,
}

/// What has been said on it.
#[derive(Debug, Default)]
struct Heard {
    round_trips: AtomicU64,
    commits: AtomicU64,
}

impl Tap {
    /// A way to the database at `url`.
    pub(crate) async fn to(url: &str) -> std::result::Result<Self, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let malformed = || format!("{url} is no user@server/database");
        let (user, rest) = url.split_once('@').ok_or_else(malformed)?;
        let (server, database) = rest.split_once('/').ok_or_else(malformed)?;
        let url = format!("{user}@{}/{database}?sslmode=disable", listener.local_addr()?);
        let heard = Arc::<Heard>::default();
        tokio::spawn(listen(listener, server.to_owned(), Arc::clone(&heard)));
        Ok(Self { url, heard })
    }

    /// Round trips so far. One begins when a client asks that has been answered, in however many
    /// messages.
    pub(crate) fn round_trips_total(&self) -> u64 {
        self.heard.round_trips.load(Ordering::SeqCst)
    }

    /// Transactions that have been asked to be committed so far.
    pub(crate) fn commits_total(&self) -> u64 {
        self.heard.commits.load(Ordering::SeqCst)
    }
}

async fn listen(listener: TcpListener, server: String, heard: Arc<Heard>) {
    while let Ok((client, _)) = listener.accept().await {
        let (server, heard) = (server.clone(), Arc::clone(&heard));
        // When one side has gone, the other one hears of it.
        tokio::spawn(async move { pass(client, &server, &heard).await.ok() });
    }
}

async fn pass(mut client: TcpStream, server: &str, heard: &Heard) -> Result<()> {
    let mut server = TcpStream::connect(server).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (client_reads, client_writes) = client.split();
    let (server_reads, server_writes) = server.split();
    let answered = AtomicBool::new(true);
    let asks = |words: &[u8]| {
        if words != ARE_YOU_THERE && answered.swap(false, Ordering::SeqCst) {
            heard.round_trips.fetch_add(1, Ordering::SeqCst);
        }
        heard.commits.fetch_add(is_commit(words).into(), Ordering::SeqCst);
    };
    tokio::select! {
        ended = copy(client_reads, server_writes, asks) => ended,
        ended = copy(server_reads, client_writes, |_: &[u8]| answered.store(true, Ordering::SeqCst)) => ended,
    }
}

async fn copy(mut from: ReadHalf<'_>, mut to: WriteHalf<'_>, heard: impl Fn(&[u8])) -> Result<()> {
    let mut buffer = vec![0; BUFFER];
    loop {
        let length = from.read(&mut buffer).await?;
        if length == 0 {
            return Ok(());
        }
        heard(&buffer[..length]);
        to.write_all(&buffer[..length]).await?;
    }
}

/// A query that stands alone and is `COMMIT`: its letter, its length, its words.
fn is_commit(words: &[u8]) -> bool {
    words.starts_with(b"Q") && words.get(5..).is_some_and(|it| it.starts_with(b"COMMIT"))
}
