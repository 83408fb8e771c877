//! A receiver on this machine, that answers as it is told to.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use app_service::CloudEvent;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use tokio::{net::TcpListener, sync::mpsc, task::JoinHandle, time::timeout};

use crate::scene::GIVE_UP;

/// What a receiver does with a request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    Status(u16),
    Redirect(String),
    /// Never answers.
    Hang,
}

/// What a receiver was sent.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// A receiver on this machine.
pub(crate) struct Receiver {
    pub(crate) url: String,
    heard: mpsc::UnboundedReceiver<Heard>,
    server: JoinHandle<()>,
}

#[derive(Clone)]
struct Script {
    /// What to answer next; afterwards everything is accepted.
    replies: Arc<Mutex<VecDeque<Reply>>>,
    heard: mpsc::UnboundedSender<Heard>,
}

impl Receiver {
    /// One that answers so, and then accepts everything.
    pub(crate) async fn answering(replies: impl IntoIterator<Item = Reply>) -> Self {
        let (sender, heard) = mpsc::unbounded_channel();
        let replies = Arc::new(Mutex::new(replies.into_iter().collect()));
        let script = Script { replies, heard: sender };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let router = Router::new().route("/hook", post(receive)).with_state(script);
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, heard, server }
    }

    /// What it is sent next.
    pub(crate) async fn next(&mut self) -> Heard {
        timeout(GIVE_UP, self.heard.recv()).await.expect("nothing was delivered").unwrap()
    }

    /// The next `count`.
    pub(crate) async fn take(&mut self, count: usize) -> Vec<Heard> {
        let mut heard = vec![];
        while heard.len() < count {
            heard.push(self.next().await);
        }
        heard
    }

    /// Everything that it was sent besides, by now.
    pub(crate) fn rest(&mut self) -> Vec<Heard> {
        std::iter::from_fn(|| self.heard.try_recv().ok()).collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Script {
    fn replies(&self) -> std::sync::MutexGuard<'_, VecDeque<Reply>> {
        self.replies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Heard {
    pub(crate) fn event(&self) -> CloudEvent {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn id(&self) -> String {
        self.headers["webhook-id"].to_str().unwrap().to_owned()
    }
}

async fn receive(State(script): State<Script>, headers: HeaderMap, body: Bytes) -> Response {
    let reply = script.replies().pop_front();
    let _ = script.heard.send(Heard { headers, body });
    match reply.unwrap_or(Reply::Status(204)) {
        Reply::Status(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Reply::Redirect(to) => (StatusCode::TEMPORARY_REDIRECT, [("location", to)]).into_response(),
        Reply::Hang => std::future::pending().await,
    }
}
