//! An idempotency key is made of its cause, never of a string that somebody chose.
use domain::IdempotencyKey;

fn chosen() -> [IdempotencyKey; 2] {
    [IdempotencyKey("first place".to_owned()), IdempotencyKey::from("first place")]
}

fn main() {}
