//! Something that happens, and relays that tell of it.

use std::{sync::Arc, time::Duration};

use app_service::{
    Actor, DeliveryState, DeliveryView, FinalizeOptions, Guerdon, NewWebhook, Store, SubmitOptions,
    WebhookRules, WebhookWithSecret,
    domain::{
        Assessment, AssessmentId, Finish, NewPlayer, NewTournament, Placement, PlayerId,
        RankedEntry, RankedList, Results, SkillName, Tenths, TournamentId,
    },
};
use memory_adapter::MemoryStore;
use relay::{Relay, RelaySettings, RetryPlan};
use tokio::{sync::oneshot, task::JoinHandle, time::timeout};
use uuid::Uuid;

/// How long a test waits for what must come.
pub(crate) const GIVE_UP: Duration = Duration::from_secs(30);

/// Receivers are on this machine.
pub(crate) const RULES: WebhookRules = WebhookRules { private_addresses: true };

/// A relay at work.
pub(crate) struct Running {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// Rewards in memory.
pub(crate) fn in_memory() -> Guerdon {
    Guerdon::new(MemoryStore::new().shared())
}

/// Rewards in a store, as another process has them.
pub(crate) fn on(store: Arc<dyn Store>) -> Guerdon {
    Guerdon::new(store)
}

/// Quick ones, so that a test need not wait.
pub(crate) fn settings() -> RelaySettings {
    RelaySettings {
        pause: Duration::from_millis(5),
        rules: RULES,
        timeout: Duration::from_secs(20),
        retries: RetryPlan {
            first: Duration::from_millis(1),
            factor: 1,
            longest: Duration::from_millis(1),
            attempts_max: 4,
        },
        ..RelaySettings::default()
    }
}

impl Running {
    pub(crate) fn start(guerdon: &Guerdon, settings: RelaySettings) -> Self {
        let relay = Relay::new(guerdon.clone(), settings).unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let run = async move {
            let told = async {
                let _ = stopped.await;
            };
            relay.run(told).await;
        };
        Self { stop, task: tokio::spawn(run) }
    }

    /// Ends what is under way.
    pub(crate) async fn stop(self) {
        let _ = self.stop.send(());
        self.task.await.unwrap();
    }

    /// Ends nothing.
    pub(crate) async fn kill(self) {
        self.task.abort();
        assert!(self.task.await.unwrap_err().is_cancelled());
    }
}

/// A webhook for everything, or for events of one type.
pub(crate) async fn webhook(guerdon: &Guerdon, url: &str, types: &[&str]) -> WebhookWithSecret {
    let event_types = types.iter().map(ToString::to_string).collect();
    let new = NewWebhook { url: url.to_owned(), event_types, ..NewWebhook::default() };
    guerdon.create_webhook(new, RULES).await.unwrap()
}

/// So many events: each of one player, who is registered for it.
pub(crate) async fn happen(guerdon: &Guerdon, count: u32) {
    let players: Vec<_> = (0..count).map(|it| NewPlayer::new(key(it), key(it))).collect();
    guerdon.register_players(&players).await.unwrap();
    let assessment = |it: &NewPlayer| Assessment {
        id: AssessmentId::of("first"),
        player: it.id,
        skill: SkillName::new("focus").unwrap(),
        percentage: Tenths::new(725),
        assessor: "coach".to_owned(),
    };
    let all: Vec<_> = players.iter().map(assessment).collect();
    guerdon.assess_all(&all).await.unwrap();
}

/// A tournament of so many players that is paid.
pub(crate) async fn pay(guerdon: &Guerdon, size: u32) -> TournamentId {
    let players: Vec<_> = (0..size).map(|it| NewPlayer::new(key(it), key(it))).collect();
    guerdon.register_players(&players).await.unwrap();
    let (cup, actor) = (NewTournament::new("cup", "Cup"), Actor::new("relay"));
    let id = cup.id;
    guerdon.create_tournament(cup).await.unwrap();
    let finish = |rank| Finish::Marked(Placement::new(rank).unwrap());
    let entry = |rank| RankedEntry::new(PlayerId::of(&key(rank - 1)), finish(rank));
    let results = Results::Ranked(RankedList::Placements((1..=size).map(entry).collect()));
    guerdon.submit_results(id, &results, SubmitOptions::default(), &actor).await.unwrap();
    let paid = guerdon.finalize(id, FinalizeOptions::default(), &actor).await.unwrap();
    assert_eq!(paid.applied, u64::from(size));
    id
}

/// What became of everything that was to be delivered to a webhook.
pub(crate) async fn deliveries(guerdon: &Guerdon, webhook: Uuid) -> Vec<DeliveryView> {
    guerdon.deliveries(webhook, None, 0, 1_000).await.unwrap()
}

/// Waits until nothing is pending any more, and answers what has become of everything.
pub(crate) async fn ended(guerdon: &Guerdon, webhook: Uuid) -> Vec<DeliveryView> {
    let ended = async {
        loop {
            let all = deliveries(guerdon, webhook).await;
            if !all.is_empty() && all.iter().all(|it| it.state != DeliveryState::Pending) {
                break all;
            }
            tokio::task::yield_now().await;
        }
    };
    timeout(GIVE_UP, ended).await.expect("something is pending for ever")
}

fn key(number: u32) -> String {
    format!("player-{number}")
}
