//! No answer of the database is a whole field: what a statement reads fits a page.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use app_service::{FinalizeOptions, Guerdon, Outcome, Settings, VerifyOptions};
use domain::TournamentId;
use sea_orm_adapter::SeaOrmStore;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

use crate::{
    databases::on_both,
    season::{actor, announced},
};

on_both!(no_answer_is_a_whole_field);

/// Several pages of verification, and many chunks.
const FIELD: u32 = 2_600;
/// The largest page of verification.
const PAGE: u64 = 1_000;
/// Participants paid at once, each of whom is read with a few things.
const CHUNK: u32 = 100;
const ROWS_MAX: u64 = 400;

async fn no_answer_is_a_whole_field(store: SeaOrmStore) {
    let longest = Longest::default();
    let _listening = tracing::subscriber::set_default(longest.clone());

    let (guerdon, cup) = announced(&store, FIELD).await;
    let settings = Settings { chunk_size: CHUNK, ..Settings::default() };
    let guerdon = guerdon.with_settings(settings);
    let _registered_and_submitted = longest.take();
    pay(&guerdon, cup).await;
    export(&guerdon, cup).await;
    let of_a_chunk = longest.take();
    let verified = guerdon.verify(VerifyOptions::default()).await.unwrap();
    let of_verification = longest.take();

    assert_eq!(verified.outcome, Outcome::Held);
    assert!((u64::from(CHUNK)..=ROWS_MAX).contains(&of_a_chunk), "{of_a_chunk} rows");
    assert!((1..=PAGE).contains(&of_verification), "{of_verification} rows");
}

async fn pay(guerdon: &Guerdon, cup: TournamentId) {
    let preview = guerdon.preview(cup, 1).await.unwrap();
    let options =
        FinalizeOptions { expected_plan: Some(preview.plan_hash), ..FinalizeOptions::default() };
    let paid = guerdon.finalize(cup, options, &actor()).await.unwrap();
    assert_eq!(paid.applied, u64::from(FIELD));
}

async fn export(guerdon: &Guerdon, cup: TournamentId) {
    let (mut player, mut award) = (None, None);
    for _ in 0..FIELD.div_ceil(CHUNK) {
        let players = guerdon.players(player, CHUNK).await.unwrap();
        let awards = guerdon.awards(cup, award, CHUNK).await.unwrap();
        player = players.last().map(|it| it.id);
        award = awards.last().map(|it| it.player);
        assert_eq!((player, players.len()), (award, awards.len()));
    }
}

/// Hears of every statement, and remembers the longest answer.
#[derive(Clone, Default)]
struct Longest(Arc<AtomicU64>);

impl Longest {
    fn take(&self) -> u64 {
        self.0.swap(0, Ordering::Relaxed)
    }
}

/// What the adapter says of a statement.
#[derive(Default)]
struct Statement {
    read: bool,
    rows: u64,
}

impl Visit for Statement {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "rows" {
            self.rows = value;
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.read |= field.name() == "message" && format!("{value:?}") == "read";
    }
}

impl Subscriber for Longest {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "guerdon::sql"
    }

    fn event(&self, event: &Event<'_>) {
        let mut statement = Statement::default();
        event.record(&mut statement);
        if statement.read {
            self.0.fetch_max(statement.rows, Ordering::Relaxed);
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
