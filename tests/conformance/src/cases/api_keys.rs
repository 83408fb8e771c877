//! Contract: a key is what it was given out as, until somebody takes it back.

use std::{sync::Arc, time::Duration};

use domain::{Hash256, Hasher};
use ports::{
    Role,
    spi::{ApiKeyRecord, ApiKeys, KeyRotation, Recorded},
};
use uuid::Uuid;

use crate::{Harness, clock::NOW, fixtures::ALL};

use Recorded::{New, Replayed};

const MINUTE: Duration = Duration::from_mins(1);

/// KEY-1: neither an id nor a prefix is given out twice.
pub async fn known_key_is_replayed_and_stays_as_it_is(harness: &impl Harness) {
    let keys = harness.store().api_keys();
    let first = key(1);
    let same_id = ApiKeyRecord { role: Role::Admin, prefix: "other".into(), ..key(1) };
    let same_prefix = ApiKeyRecord { role: Role::Admin, prefix: first.prefix.clone(), ..key(2) };

    let mut answers = vec![];
    for it in [&first, &same_id, &same_prefix] {
        answers.push(keys.insert(it).await.unwrap());
    }

    assert_eq!(answers, [New, Replayed, Replayed]);
    assert_eq!(keys.list(None, ALL).await.unwrap(), [first]);
}

/// KEY-2: every field of it, and nothing for a prefix that is not there.
pub async fn key_is_found_by_its_prefix_as_it_was_recorded(harness: &impl Harness) {
    let keys = harness.store().api_keys();
    let full = ApiKeyRecord {
        previous: Some((secret("before"), NOW + MINUTE)),
        expires_at: Some(NOW + 2 * MINUTE),
        revoked_at: Some(NOW),
        last_used_at: Some(NOW - MINUTE),
        name: "scores' \"importer\"; µ".into(),
        ..key(7)
    };
    keys.insert(&full).await.unwrap();

    assert_eq!(keys.find(&full.prefix).await.unwrap(), Some(full));
    for absent in ["", "none", "%", "' OR 1=1 --"] {
        assert_eq!(keys.find(absent).await.unwrap(), None, "{absent}");
    }
}

/// KEY-2: in whatever order they came.
pub async fn pages_of_keys_make_the_whole(harness: &impl Harness) {
    let keys = harness.store().api_keys();
    for number in [3, 1, 7, 5, 2, 6, 4] {
        keys.insert(&key(number)).await.unwrap();
    }

    let (mut listed, mut after) = (vec![], None);
    loop {
        let page = keys.list(after, 3).await.unwrap();
        let Some(last) = page.last() else { break };
        assert!(page.len() <= 3);
        after = Some(last.id);
        listed.extend(page);
    }

    assert_eq!(listed, (1..8).map(key).collect::<Vec<_>>());
}

/// KEY-3: whoever revokes it again changes nothing, and others are not touched.
pub async fn key_is_revoked_once(harness: &impl Harness) {
    let keys = with_keys(harness, 2).await;
    let prefix = key(1).prefix;

    let first = keys.revoke(&prefix, NOW).await.unwrap();
    let second = keys.revoke(&prefix, NOW + MINUTE).await.unwrap();
    let absent = keys.revoke("none", NOW).await.unwrap();

    let revoked = ApiKeyRecord { revoked_at: Some(NOW), ..key(1) };
    assert_eq!((first.as_ref(), second.as_ref()), (Some(&revoked), Some(&revoked)));
    assert_eq!(absent, None);
    assert_eq!(keys.list(None, ALL).await.unwrap(), [revoked, key(2)]);
}

/// KEY-4: the one before is kept, and only that one.
pub async fn new_secret_takes_the_place_of_the_one_it_names(harness: &impl Harness) {
    let keys = with_keys(harness, 2).await;

    let first = keys.rotate(&rotation(1, "secret 1", "second")).await.unwrap();
    let second = keys.rotate(&rotation(1, "second", "third")).await.unwrap();

    let rotated = |to, from| ApiKeyRecord {
        secret: secret(to),
        previous: Some((secret(from), NOW + MINUTE)),
        ..key(1)
    };
    assert_eq!(first, Some(rotated("second", "secret 1")));
    assert_eq!(second, Some(rotated("third", "second")));
    assert_eq!(keys.list(None, ALL).await.unwrap(), [rotated("third", "second"), key(2)]);
}

/// KEY-4: a key that was revoked does not come back to life, and of two who rotate at once one has.
pub async fn secret_is_not_replaced_behind_a_back(harness: &impl Harness) {
    let keys = with_keys(harness, 2).await;
    keys.revoke(&key(2).prefix, NOW).await.unwrap();

    let stale = keys.rotate(&rotation(1, "another", "second")).await.unwrap();
    let revoked = keys.rotate(&rotation(2, "secret 2", "second")).await.unwrap();
    let absent = keys.rotate(&rotation(3, "secret 3", "second")).await.unwrap();

    assert_eq!((stale, revoked, absent), (None, None, None));
    let known = ApiKeyRecord { revoked_at: Some(NOW), ..key(2) };
    assert_eq!(keys.list(None, ALL).await.unwrap(), [key(1), known]);
}

/// KEY-5: written down when it is news, and never turned back.
pub async fn last_use_moves_forward_only_when_it_is_old(harness: &impl Harness) {
    let keys = with_keys(harness, 2).await;
    let prefix = key(1).prefix;
    let uses = [(0, true), (30, false), (60, false), (61, true), (10, false)];

    for (seconds, is_news) in uses {
        let at = NOW + Duration::from_secs(seconds);
        let touched = keys.touch(&prefix, at, at - MINUTE).await.unwrap();

        assert_eq!(touched, is_news, "after {seconds} seconds");
    }
    let backwards = keys.touch(&prefix, NOW, NOW + 9 * MINUTE).await.unwrap();
    let absent = keys.touch("none", NOW, NOW).await.unwrap();

    assert_eq!((backwards, absent), (false, false));
    let first = ApiKeyRecord { last_used_at: Some(NOW + Duration::from_secs(61)), ..key(1) };
    assert_eq!(keys.list(None, ALL).await.unwrap(), [first, key(2)]);
}

async fn with_keys(harness: &impl Harness, count: u128) -> Arc<dyn ApiKeys> {
    let keys = harness.store().api_keys();
    for number in 1..=count {
        keys.insert(&key(number)).await.unwrap();
    }
    keys
}

fn key(number: u128) -> ApiKeyRecord {
    ApiKeyRecord {
        id: Uuid::from_u128(number),
        prefix: format!("prefix{number}"),
        name: format!("key {number}"),
        role: Role::Operator,
        secret: secret(&format!("secret {number}")),
        previous: None,
        created_by: "somebody".to_owned(),
        created_at: NOW,
        expires_at: None,
        revoked_at: None,
        last_used_at: None,
    }
}

fn rotation(number: u128, from: &str, to: &str) -> KeyRotation {
    let prefix = key(number).prefix;
    KeyRotation { prefix, from: secret(from), to: secret(to), until: NOW + MINUTE }
}

fn secret(text: &str) -> Hash256 {
    let mut hasher = Hasher::new("test");
    hasher.bytes(text.as_bytes());
    hasher.finish()
}
