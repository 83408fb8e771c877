//! A way to a PostgreSQL server that keeps what it is asked.

use std::{
    io::Result,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncWriteExt, copy},
    net::{TcpListener, TcpStream},
};

use crate::wire::{Message, way_through};

/// A way to a server on which the text of every statement is kept, in the order in which they came.
/// What was prepared is kept once for each connection, however often it runs. It is open for as long
/// as the runtime that made it.
#[derive(Debug)]
pub struct StatementTap {
    url: String,
    kept: Arc<Mutex<Vec<String>>>,
}

impl StatementTap {
    /// A way to the database at `url`.
    pub async fn to(url: &str) -> Self {
        let (listener, server, url) = way_through(url).await;
        let kept = Arc::<Mutex<Vec<String>>>::default();
        tokio::spawn(listen(listener, server, Arc::clone(&kept)));
        Self { url, kept }
    }

    /// Where the database is found behind it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What has been asked since this was last called.
    #[must_use]
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn listen(listener: TcpListener, server: String, kept: Arc<Mutex<Vec<String>>>) {
    while let Ok((client, _)) = listener.accept().await {
        let (server, kept) = (server.clone(), Arc::clone(&kept));
        // A session ends when either side does.
        tokio::spawn(async move { pass(client, &server, &kept).await.ok() });
    }
}

async fn pass(mut client: TcpStream, server: &str, kept: &Mutex<Vec<String>>) -> Result<()> {
    let mut server = TcpStream::connect(server).await?;
    // A request is several small messages: each is passed on at once.
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut asked, mut answered) = client.split();
    let (mut answers, mut requests) = server.split();
    let keep = async {
        let mut message = Message::read_untyped(&mut asked).await?;
        loop {
            if let Some(text) = message.statement() {
                let text = String::from_utf8_lossy(text).into_owned();
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(text);
            }
            requests.write_all(&message.bytes).await?;
            message = Message::read(&mut asked).await?;
        }
    };
    tokio::select! {
        ended = keep => ended,
        ended = copy(&mut answers, &mut answered) => ended.map(drop),
    }
}
