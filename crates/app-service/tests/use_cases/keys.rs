//! Keys of the HTTP interface: what they are worth, from when on and until when.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use app_service::{
    Actor, ApiKeyState, ApiSecret, Clock, Guerdon, GuerdonError, IssuedApiKey, NewApiKey, Role,
    StoreError, Timestamp,
};
use memory_adapter::MemoryStore;
use ports::spi::{MockApiKeys, MockStore, Store};

const MINUTE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn a_key_is_worth_its_role_to_whoever_has_its_secret() {
    let (guerdon, _) = on(MemoryStore::new());

    for role in Role::ALL {
        let issued = issue(&guerdon, role, None).await;
        let holder = guerdon.holder_of(&issued.secret).await.unwrap().unwrap();

        assert_eq!((holder.id, holder.role), (issued.key.id, role));
    }
}

#[tokio::test]
async fn nobody_else_holds_a_key() {
    let (guerdon, _) = on(MemoryStore::new());
    let (mine, yours) =
        (issue(&guerdon, Role::Admin, None).await, issue(&guerdon, Role::Viewer, None).await);
    let whole = mine.secret.reveal();

    let mixed = whole.replace(&mine.key.prefix, &yours.key.prefix);
    let unknown = whole.replace(&mine.key.prefix, "AAAAAAAA");
    let last = if whole.ends_with('0') { "1" } else { "0" };
    let off_by_one = format!("{}{last}", &whole[..whole.len() - 1]);

    for text in [mixed, unknown, off_by_one] {
        assert_eq!(holder(&guerdon, &text).await, None, "{text}");
    }
}

/// Nor does any view, nor the debug form of anything.
#[tokio::test]
async fn a_store_never_hears_of_a_secret() {
    let store = MemoryStore::new();
    let (guerdon, _) = on(store.clone());

    let issued = issue(&guerdon, Role::Admin, None).await;

    let whole = issued.secret.reveal();
    let secret = whole.rsplit_once('_').unwrap().1;
    let stored = store.api_keys().list(None, 10).await.unwrap();
    let shown = guerdon.api_keys(None, 10).await.unwrap();
    let told =
        format!("{stored:?} {shown:?} {issued:?} {}", serde_json::to_string(&shown).unwrap());
    assert!(told.contains(&issued.key.prefix), "{told}");
    assert!(!told.contains(secret), "{told}");
}

#[tokio::test]
async fn a_key_is_worthless_from_the_moment_of_its_end() {
    let (guerdon, clock) = on(MemoryStore::new());
    let issued = issue(&guerdon, Role::Viewer, Some(clock.now() + MINUTE)).await;

    let before = guerdon.holder_of(&issued.secret).await.unwrap();
    clock.advance(MINUTE);
    let after = guerdon.holder_of(&issued.secret).await.unwrap();

    assert!(before.is_some());
    assert_eq!(after, None);
    assert_eq!(states(&guerdon).await, [ApiKeyState::Expired]);
}

#[tokio::test]
async fn a_key_that_is_taken_back_is_worthless_at_once_and_for_good() {
    let (guerdon, clock) = on(MemoryStore::new());
    let issued = issue(&guerdon, Role::Admin, None).await;

    let first = guerdon.revoke_api_key(&issued.key.prefix).await.unwrap();
    let held = guerdon.holder_of(&issued.secret).await.unwrap();
    clock.advance(MINUTE);
    let second = guerdon.revoke_api_key(&issued.key.prefix).await.unwrap();
    let rotated = guerdon.rotate_api_key(&issued.key.prefix, MINUTE).await;

    assert_eq!(held, None);
    assert_eq!(first, second, "the first moment stays");
    assert!(matches!(rotated, Err(GuerdonError::ApiKeyChanged { .. })), "{rotated:?}");
    assert_eq!(states(&guerdon).await, [ApiKeyState::Revoked]);
}

#[tokio::test]
async fn both_secrets_count_until_the_grace_is_over() {
    let (guerdon, clock) = on(MemoryStore::new());
    let old = issue(&guerdon, Role::Operator, None).await;

    let new = guerdon.rotate_api_key(&old.key.prefix, MINUTE).await.unwrap();
    let within = [&old, &new].map(|it| it.secret.clone());
    let mut holders = vec![];
    for secret in &within {
        holders.push(guerdon.holder_of(secret).await.unwrap().map(|it| it.id));
    }
    clock.advance(MINUTE);

    assert_eq!(holders, [Some(old.key.id); 2], "whoever holds it is who it was");
    assert_eq!(guerdon.holder_of(&old.secret).await.unwrap(), None);
    assert!(guerdon.holder_of(&new.secret).await.unwrap().is_some());
}

#[tokio::test]
async fn a_second_rotation_ends_the_first_secret_at_once() {
    let (guerdon, _) = on(MemoryStore::new());
    let first = issue(&guerdon, Role::Operator, None).await;
    let second = guerdon.rotate_api_key(&first.key.prefix, MINUTE).await.unwrap();

    let third = guerdon.rotate_api_key(&first.key.prefix, MINUTE).await.unwrap();

    assert_eq!(guerdon.holder_of(&first.secret).await.unwrap(), None);
    assert!(guerdon.holder_of(&second.secret).await.unwrap().is_some());
    assert!(guerdon.holder_of(&third.secret).await.unwrap().is_some());
}

#[tokio::test]
async fn the_use_of_a_key_is_noted_once_a_minute() {
    let store = MemoryStore::new();
    let (guerdon, clock) = on(store.clone());
    let issued = issue(&guerdon, Role::Viewer, None).await;
    let first = clock.now();

    let mut noted = vec![];
    for seconds in [0, 59, 2] {
        clock.advance(Duration::from_secs(seconds));
        guerdon.holder_of(&issued.secret).await.unwrap();
        noted.push(store.api_keys().list(None, 1).await.unwrap()[0].last_used_at.unwrap());
    }

    assert_eq!(noted, [first, first, first + Duration::from_secs(61)]);
}

/// A database that takes no writes for a while still knows who somebody is.
#[tokio::test]
async fn a_use_that_cannot_be_noted_keeps_nobody_out() {
    let inner = MemoryStore::new();
    let (guerdon, _) = on(inner.clone());
    let issued = issue(&guerdon, Role::Viewer, None).await;
    let known = inner.api_keys().find(&issued.key.prefix).await.unwrap().unwrap();
    let mut store = MockStore::new();
    store.expect_api_keys().returning(move || {
        let (mut keys, known) = (MockApiKeys::new(), known.clone());
        keys.expect_find().returning(move |_| Ok(Some(known.clone())));
        keys.expect_touch().returning(|_, _, _| {
            Err(StoreError::Unusable { during: "a test", source: "read-only".into() })
        });
        Arc::new(keys)
    });
    let (read_only, _) = on(store);

    assert!(read_only.holder_of(&issued.secret).await.unwrap().is_some());
}

#[tokio::test]
async fn a_key_that_is_not_there_is_named_by_its_prefix_only() {
    let (guerdon, _) = on(MemoryStore::new());
    let whole = "grd_AAAAAAAA_".to_owned() + &"x".repeat(43);

    let refused = guerdon.revoke_api_key(&whole).await.unwrap_err();

    assert!(!refused.to_string().contains("xx"), "{refused}");
}

async fn issue(guerdon: &Guerdon, role: Role, expires_at: Option<Timestamp>) -> IssuedApiKey {
    let new = NewApiKey { name: "importer".to_owned(), role, expires_at };
    guerdon.create_api_key(new, &Actor::new("test")).await.unwrap()
}

async fn holder(guerdon: &Guerdon, text: &str) -> Option<app_service::KeyHolder> {
    guerdon.holder_of(&ApiSecret::parse(text).unwrap()).await.unwrap()
}

async fn states(guerdon: &Guerdon) -> Vec<ApiKeyState> {
    let keys = guerdon.api_keys(None, 10).await.unwrap();
    keys.iter().map(|it| it.state).collect()
}

fn on(store: impl Store) -> (Guerdon, Arc<MovedClock>) {
    let clock = Arc::new(MovedClock(Mutex::new(Timestamp::UNIX_EPOCH)));
    (Guerdon::new(Arc::new(store)).with_clock(clock.clone()), clock)
}

/// A clock that stands until somebody moves it.
#[derive(Debug)]
struct MovedClock(Mutex<Timestamp>);

impl MovedClock {
    fn advance(&self, by: Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
}
