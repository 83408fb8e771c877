//! A way to a PostgreSQL server that is cut at a `COMMIT`.
//!
//! It passes every byte on, and reads along just far enough to see messages begin and end.

use std::{
    io::Result,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use tokio::{
    io::{AsyncRead, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::wire::{Message, way_through};

/// Where the way is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Before the server has the commit: it does not happen.
    BeforeTheServerHasIt,
    /// After the server has carried it out, before the client hears of it.
    BeforeTheClientHears,
}

/// A way to a server that is cut at a commit. It is open for as long as the runtime that made it.
#[derive(Debug)]
pub struct CommitProxy {
    url: String,
    cuts: Arc<Cuts>,
}

/// What is to be cut, and what has been.
#[derive(Debug, Default)]
struct Cuts {
    plan: Mutex<Option<Plan>>,
    commits: AtomicU64,
    made: AtomicU64,
}

#[derive(Debug, Clone, Copy)]
struct Plan {
    /// Number of the commit; `None` for every one.
    nth: Option<u64>,
    cut: Cut,
}

impl CommitProxy {
    /// A way to the database at `url` that is not cut.
    pub async fn to(url: &str) -> Self {
        let (listener, server, url) = way_through(url).await;
        let cuts = Arc::<Cuts>::default();
        tokio::spawn(listen(listener, server, Arc::clone(&cuts)));
        Self { url, cuts }
    }

    /// Where the database is found behind it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Cuts the `nth` commit from now on, counted from 1.
    pub fn cut(&self, nth: u64, cut: Cut) {
        self.cuts.follow(Some(Plan { nth: Some(nth), cut }));
    }

    /// Cuts every commit from now on.
    pub fn cut_every(&self, cut: Cut) {
        self.cuts.follow(Some(Plan { nth: None, cut }));
    }

    /// Cuts nothing from now on.
    pub fn cut_nothing(&self) {
        self.cuts.follow(None);
    }

    /// Commits seen since the plan was last changed.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.cuts.commits.load(Ordering::SeqCst)
    }

    /// Cuts made since the plan was last changed.
    #[must_use]
    pub fn cuts(&self) -> u64 {
        self.cuts.made.load(Ordering::SeqCst)
    }
}

impl Cuts {
    fn follow(&self, plan: Option<Plan>) {
        *self.plan.lock().unwrap_or_else(PoisonError::into_inner) = plan;
        self.commits.store(0, Ordering::SeqCst);
        self.made.store(0, Ordering::SeqCst);
    }

    /// A commit goes by; answers whether it is cut.
    fn commit(&self) -> Option<Cut> {
        let number = self.commits.fetch_add(1, Ordering::SeqCst) + 1;
        let plan = *self.plan.lock().unwrap_or_else(PoisonError::into_inner);
        let cut = plan.filter(|it| it.nth.is_none_or(|nth| nth == number))?.cut;
        self.made.fetch_add(1, Ordering::SeqCst);
        Some(cut)
    }
}

async fn listen(listener: TcpListener, server: String, cuts: Arc<Cuts>) {
    while let Ok((client, _)) = listener.accept().await {
        let (server, cuts) = (server.clone(), Arc::clone(&cuts));
        // A session that ends badly is what this is for.
        tokio::spawn(async move { pass(client, &server, &cuts).await.ok() });
    }
}

/// Passes one session on, until either side ends or it is cut: then both ends are closed.
async fn pass(mut client: TcpStream, server: &str, cuts: &Cuts) -> Result<()> {
    let mut server = TcpStream::connect(server).await?;
    // A request is several small messages: each is passed on at once.
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (client_reads, client_writes) = client.split();
    let (server_reads, server_writes) = server.split();
    let cut = AtomicBool::new(false);
    tokio::select! {
        ended = requests(client_reads, server_writes, cuts, &cut) => ended,
        ended = answers(server_reads, client_writes, &cut) => ended,
    }
}

async fn requests(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    cuts: &Cuts,
    cut: &AtomicBool,
) -> Result<()> {
    let mut message = Message::read_untyped(&mut from).await?;
    loop {
        if is_commit(&message) {
            match cuts.commit() {
                Some(Cut::BeforeTheServerHasIt) => return Ok(()),
                Some(Cut::BeforeTheClientHears) => cut.store(true, Ordering::SeqCst),
                None => {}
            }
        }
        to.write_all(&message.bytes).await?;
        message = Message::read(&mut from).await?;
    }
}

/// A client waits for its answer before it asks again: all that comes once the way is cut is the
/// answer to the commit, and its end says that the server has carried it out.
async fn answers(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    cut: &AtomicBool,
) -> Result<()> {
    const READY_FOR_QUERY: u8 = b'Z';
    loop {
        let message = Message::read(&mut from).await?;
        if !cut.load(Ordering::SeqCst) {
            to.write_all(&message.bytes).await?;
        } else if message.kind == Some(READY_FOR_QUERY) {
            return Ok(());
        }
    }
}

fn is_commit(message: &Message) -> bool {
    message.statement().is_some_and(|it| it.trim_ascii().eq_ignore_ascii_case(b"COMMIT"))
}
