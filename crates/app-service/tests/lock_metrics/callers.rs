//! Every use case takes its locks under its own name.

use app_service::{FinalizeOptions, LockRow, Recorded, Settings};
use domain::{NewPlayer, NewTournament};
use ports::TransientCause;

use crate::scene::{Scene, cup, me, row, word};

/// A field that fits one chunk: all in one unit of work, and its awards are nobody else's to claim.
#[tokio::test]
async fn a_small_finalize_takes_every_lock_once_in_its_own_name() {
    let scene = Scene::new().await;

    let paid = scene.guerdon.finalize(cup(), FinalizeOptions::default(), &me()).await;

    assert_eq!(paid.unwrap().applied, 3);
    let report = scene.report().await;
    assert_eq!(
        taken(&report.rows),
        [
            ("players", "finalize", 1, 3),
            ("tournament", "finalize", 1, 1),
            ("transaction", "finalize", 1, 0),
        ]
    );
    let times = |kind| {
        let row = row(&report, kind, "finalize");
        (row.wait.max_ms, row.hold.max_ms)
    };
    assert_eq!(times("transaction"), (1.0, 54_500.0));
    assert_eq!(times("tournament"), (500.0, 54_000.0));
    assert_eq!(times("players"), (4_000.0, 50_000.0));
}

/// A field of two chunks: freezing, both chunks, two looks that find nothing left, and closing.
#[tokio::test]
async fn a_large_finalize_freezes_applies_and_closes() {
    let scene = Scene::new().await;
    let guerdon = scene.guerdon.clone();
    let guerdon = guerdon.with_settings(Settings { chunk_size: 2, ..Settings::default() });

    let paid = guerdon.finalize(cup(), FinalizeOptions::default(), &me()).await;

    assert_eq!(paid.unwrap().applied, 3);
    assert_eq!(
        taken(&scene.report().await.rows),
        [
            ("awards", "apply", 4, 3),
            ("awards", "close", 1, 0),
            ("players", "apply", 2, 3),
            ("tournament", "close", 1, 1),
            ("tournament", "finalize", 1, 1),
            ("tournament shared", "apply", 4, 4),
            ("transaction", "apply", 4, 0),
            ("transaction", "close", 1, 0),
            ("transaction", "finalize", 1, 0),
        ]
    );
}

#[tokio::test]
async fn everything_else_takes_its_locks_in_its_own_name_too() {
    let scene = Scene::new().await;

    scene.guerdon.register_players(&[NewPlayer::new("barbara", "Barbara")]).await.unwrap();
    scene.guerdon.create_tournament(NewTournament::new("shield", "Shield")).await.unwrap();
    assert_eq!(scene.guerdon.assess(word("ada")).await.unwrap(), Recorded::New);
    scene.guerdon.cancel(cup(), &me()).await.unwrap();

    assert_eq!(
        taken(&scene.report().await.rows),
        [
            ("players", "assess", 1, 1),
            ("tournament", "announce", 1, 1),
            ("tournament", "end", 1, 1),
            ("transaction", "announce", 1, 0),
            ("transaction", "assess", 1, 0),
            ("transaction", "end", 1, 0),
            ("transaction", "register", 1, 0),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn retries_and_deadlocks_are_counted_by_caller_and_cause() {
    let scene = Scene::new().await;
    scene.steps.lose("select_players_for_update", TransientCause::Deadlock);
    scene.steps.lose("select_players_for_update", TransientCause::LockTimeout);
    scene.steps.lose("begin", TransientCause::Busy);

    scene.guerdon.assess(word("ada")).await.unwrap();

    let report = scene.report().await;
    let retries: Vec<_> =
        report.retries.iter().map(|it| (it.caller.as_str(), it.cause.as_str(), it.total)).collect();
    assert_eq!(
        retries,
        [("assess", "database busy", 1), ("assess", "deadlock", 1), ("assess", "lock timeout", 1)]
    );
    assert_eq!(report.deadlocks_total, 1);
    assert!(report.exceeded.contains(&"1 deadlock(s): 0 are allowed".to_owned()), "{report:?}");
}

fn taken(rows: &[LockRow]) -> Vec<(&str, &str, u64, u64)> {
    rows.iter().map(|it| (&*it.kind, &*it.caller, it.taken_total, it.rows_total)).collect()
}
