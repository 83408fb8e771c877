//! `kill -9` of a relay between sending an event and writing down that it has arrived.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use app_service::{
    DeliveryState, Guerdon, NewWebhook, WebhookRules,
    domain::{Assessment, AssessmentId, NewPlayer, SkillName, Tenths},
};
use sea_orm_adapter::SeaOrmStore;
use uuid::Uuid;

/// How long the test waits for what must come.
const GIVE_UP: Duration = Duration::from_mins(1);

#[test]
fn event_of_a_relay_that_is_killed_is_delivered_again_with_the_same_id() {
    let directory = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}?mode=rwc", directory.path().join("guerdon.db").display());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (guerdon, webhook) = runtime.block_on(told_of(&database, address));
    let requests = accepting(listener);

    let mut doomed = Relay::start(&database);
    let (unanswered, first) = next(&requests);
    doomed.0.kill().unwrap();
    doomed.0.wait().unwrap();
    let mut successor = Relay::start(&database);
    let (mut answered, second) = next(&requests);
    answered.write_all(b"HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n").unwrap();
    let exit = successor.stop();

    drop(unanswered);
    assert_eq!(first, second);
    assert!(exit, "a relay that is told to stop records what has arrived");
    let all = runtime.block_on(guerdon.deliveries(webhook, None, 0, 9)).unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].state, &all[0].event_id.to_string()), (DeliveryState::Delivered, &second));
}

/// A relay process. It goes away with this value.
struct Relay(Child);

impl Relay {
    fn start(database: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guerdon"));
        command.args([
            "--database-url",
            database,
            "serve",
            "--roles",
            "relay",
            "--allow-private-addresses",
        ]);
        Self(command.args(["--webhook-timeout", "2s", "--webhook-grace", "0s"]).spawn().unwrap())
    }

    /// Tells it to stop, and answers whether it did so in peace.
    fn stop(&mut self) -> bool {
        let told = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status();
        assert!(told.unwrap().success());
        self.0.wait().unwrap().success()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A webhook at `address`, and one event for it.
async fn told_of(database: &str, address: String) -> (Guerdon, Uuid) {
    let store = SeaOrmStore::connect(database).await.unwrap();
    store.migrate().await.unwrap();
    let guerdon = Guerdon::new(Arc::new(store));
    let new = NewWebhook { url: address, ..NewWebhook::default() };
    let rules = WebhookRules { private_addresses: true };
    let webhook = guerdon.create_webhook(new, rules).await.unwrap().webhook.id;
    let ada = NewPlayer::new("ada", "Ada");
    let player = ada.id;
    guerdon.register_players(&[ada]).await.unwrap();
    let assessment = Assessment {
        id: AssessmentId::of("camp"),
        player,
        skill: SkillName::new("focus").unwrap(),
        percentage: Tenths::new(725),
        assessor: "eva".to_owned(),
    };
    let _ = guerdon.assess(assessment).await.unwrap();
    (guerdon, webhook)
}

type Request = (TcpStream, String);

/// Every request as it comes in, with the id of its event, and without an answer.
fn accepting(listener: TcpListener) -> mpsc::Receiver<Request> {
    let (sender, requests) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            let id = read(&stream);
            if sender.send((stream, id)).is_err() {
                return;
            }
        }
    });
    requests
}

fn next(requests: &mpsc::Receiver<Request>) -> Request {
    requests.recv_timeout(GIVE_UP).expect("nothing was delivered")
}

/// Reads a request whole, and answers its `webhook-id`.
fn read(stream: &TcpStream) -> String {
    let (mut reader, mut id, mut length) = (BufReader::new(stream), String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end().to_ascii_lowercase();
        match line.split_once(": ") {
            Some(("webhook-id", value)) => value.clone_into(&mut id),
            Some(("content-length", value)) => length = value.parse().unwrap(),
            None if line.is_empty() => break,
            _ => {}
        }
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
    id
}
