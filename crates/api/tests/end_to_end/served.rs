//! A service on a socket of this machine, and what the scenarios ask of it.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use api::{Limits, Service};
use app_service::{Guerdon, Store};
use client::{
    Client,
    wire::{
        AnnounceRequest, Distribution, FinalizeRequest, NewPlayer, OnDuplicate, OnGap, PlacedRow,
        RegisterRequest, Results, SubmitRequest,
    },
};
use memory_adapter::MemoryStore;
use sea_orm_adapter::SeaOrmStore;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use test_databases::{SqliteDatabase, fresh_sqlite};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

pub(crate) const PLAYERS: [&str; 4] = ["ada", "grace", "edsger", "barbara"];

/// A service, the way to it, and its database. It stops when this goes away.
pub(crate) struct Served {
    pub(crate) client: Client,
    http: reqwest::Client,
    url: String,
    _stop: oneshot::Sender<()>,
    _server: JoinHandle<std::io::Result<()>>,
    _database: Option<SqliteDatabase>,
}

impl Served {
    pub(crate) async fn in_memory() -> Self {
        Self::on(MemoryStore::new().shared(), None).await
    }

    pub(crate) async fn on_sqlite() -> Self {
        let database = fresh_sqlite().await;
        let store = SeaOrmStore::connect(database.url()).await.expect("the database opens");
        Self::on(Arc::new(store), Some(database)).await
    }

    async fn on(store: Arc<dyn Store>, database: Option<SqliteDatabase>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let (stop, stopped) = oneshot::channel();
        let service = Service::new(Guerdon::new(store));
        let stopped = async { drop(stopped.await) };
        let server = tokio::spawn(api::serve(listener, service, Limits::default(), stopped));
        let http = client::connections().no_proxy().build().expect("there is a client");
        let client = Client::over(http.clone(), &url);
        Self { client, http, url, _stop: stop, _server: server, _database: database }
    }

    /// The players are registered, and `cup` is announced and has their results, in order.
    pub(crate) async fn with_results(self) -> Self {
        let named = |it: &&str| NewPlayer { key: (*it).to_owned(), name: it.to_uppercase() };
        let players = RegisterRequest { players: PLAYERS.iter().map(named).collect() };
        self.client.register_players(&key(), &players).await.expect("players register");
        self.announced("cup").await;
        self.submitted("cup", &PLAYERS).await;
        self
    }

    pub(crate) async fn announced(&self, cup: &str) {
        let cup = AnnounceRequest { key: cup.to_owned(), name: cup.to_owned(), policy: None };
        self.client.announce_tournament(&key(), &cup).await.expect("it is announced");
    }

    pub(crate) async fn submitted(&self, cup: &str, order: &[&str]) {
        let results = SubmitRequest {
            results: placements(order),
            on_duplicate: OnDuplicate::Refuse,
            on_gap: OnGap::Refuse,
        };
        self.client.submit_results(cup, &key(), &results).await.expect("the results are in");
    }

    pub(crate) async fn finalized(&self, cup: &str) -> Distribution {
        let paid = self.client.finalize(cup, &key(), &FinalizeRequest::default()).await;
        paid.expect("it is paid").body
    }

    /// Asks without the client, and expects exactly what the type says: no field more, none less.
    pub(crate) async fn shape<T: Serialize + DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.http.get(format!("{}{path}", self.url)).send().await;
        same_shape(path, answer.expect("there is an answer")).await
    }

    /// The same of a request that changes something.
    pub(crate) async fn posted<T: Serialize + DeserializeOwned>(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> T {
        let request = self.http.post(format!("{}{path}", self.url)).json(body);
        let request = request.header("Idempotency-Key", key());
        let with =
            |it: reqwest::RequestBuilder, (name, value): &(&str, &str)| it.header(*name, *value);
        let answer = headers.iter().fold(request, with).send().await;
        same_shape(path, answer.expect("there is an answer")).await
    }
}

async fn same_shape<T: Serialize + DeserializeOwned>(path: &str, answer: reqwest::Response) -> T {
    let said: Value = answer.json().await.expect("it is JSON");
    let read: T = serde_json::from_value(said.clone())
        .unwrap_or_else(|error| panic!("{path}: {error} in {said}"));
    let kept = serde_json::to_value(&read).expect("it can be written");
    assert_eq!(kept, said, "{path} says what its type does not");
    read
}

/// Results by placement, best first.
pub(crate) fn placements(order: &[&str]) -> Results {
    let row = |(placement, player): (u32, &&str)| PlacedRow {
        player: (*player).to_owned(),
        placement: Some(placement),
        without: None,
        team: None,
        tie_break: None,
    };
    Results::Placements((1..).zip(order).map(row).collect())
}

/// A key that no other request has.
pub(crate) fn key() -> String {
    static REQUESTS: AtomicU64 = AtomicU64::new(0);
    format!("request-{}", REQUESTS.fetch_add(1, Ordering::Relaxed))
}
