//! An idempotency key is made of its cause, never of a string that somebody chose.
use domain::IdempotencyKey;

fn chosen() -> IdempotencyKey {
    IdempotencyKey("first place".to_owned())
}

fn main() {}
