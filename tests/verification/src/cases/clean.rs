//! Nothing is broken, and nothing is reported.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use app_service::{CheckListener, CheckReport, Invariant, Outcome, VerifyOptions, VerifyReport};
use races::Arena;

use crate::{
    Sabotage, Saboteur,
    scene::{Scene, assess_all, check, red},
};

/// Verifications that must find nothing while others write.
const VERIFICATIONS_MIN: u32 = 3;

/// A season without a fault is green, and every check has looked at something.
pub async fn all_invariants_hold_on_a_season(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;

    let report = scene.verify().await;

    assert_eq!((red(&report), report.outcome), (vec![], Outcome::Held));
    for it in &report.checks {
        let has_rows = it.invariant != Invariant::R06 || saboteur.has_schema();
        assert_eq!(it.rows_checked > 0, has_rows, "{it:?}");
    }
}

/// Nothing is there, so nothing is wrong.
pub async fn all_invariants_hold_on_an_empty_store(saboteur: &impl Saboteur) {
    let arena = Arena::new(saboteur, 0, 1).await;

    let report = arena.guerdon.verify(VerifyOptions::default()).await.expect("it reports");

    assert_eq!((red(&report), report.outcome), (vec![], Outcome::Held));
}

/// Whoever verifies beside four workers sees only what is so between two commits.
pub async fn all_invariants_hold_while_rewards_are_distributed(saboteur: &impl Saboteur) {
    let arena = Arena::new(saboteur, 60, 4).await;
    let tournaments = arena.tournaments(6).await;
    let done = Arc::new(AtomicBool::new(false));
    let writers = tokio::spawn(finalize_all(arena.clone(), tournaments, Arc::clone(&done)));

    let mut verifications = 0;
    while !done.load(Ordering::Acquire) || verifications < VERIFICATIONS_MIN {
        let report = arena.guerdon.verify(VerifyOptions::default()).await.expect("it reports");
        assert_eq!(red(&report), [], "{report:#?}");
        verifications += 1;
    }

    writers.await.expect("the writers do not panic");
    let report = arena.guerdon.verify(VerifyOptions::default()).await.expect("it reports");
    assert_eq!(check(&report, Invariant::R01).rows_checked, 60 * 6);
}

/// Somebody who listens hears of each invariant once.
pub async fn every_invariant_is_heard_of_once(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    let heard = Arc::new(Mutex::new(vec![]));
    let listener = {
        let heard = Arc::clone(&heard);
        CheckListener::new(move |it| heard.lock().expect("nobody panics").push(it.invariant))
    };

    let report = scene.arena.guerdon.verify_aloud(VerifyOptions::default(), &listener).await;

    let mut heard = heard.lock().expect("nobody panics").clone();
    heard.sort_unstable();
    assert_eq!(heard, Invariant::ALL);
    let reported = report.expect("it reports").checks;
    assert_eq!(reported.iter().map(|it| it.invariant).collect::<Vec<_>>(), Invariant::ALL);
}

/// How many checks run at the same time changes nothing of what they find.
pub async fn checks_at_the_same_time_find_what_each_finds_alone(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::BalanceOffByOne(scene.winner())).await;
    let at_once = |checks_at_once| VerifyOptions { checks_at_once, ..VerifyOptions::default() };

    let alone = scene.verify_with(at_once(1)).await;
    let together = scene.verify_with(at_once(4)).await;

    assert_eq!(red(&together), [Invariant::R03]);
    assert_eq!(untimed(together), untimed(alone));
}

fn untimed(report: VerifyReport) -> Vec<CheckReport> {
    report.checks.into_iter().map(|it| CheckReport { duration_ms: 0, ..it }).collect()
}

async fn finalize_all(arena: Arena, tournaments: Vec<domain::TournamentId>, done: Arc<AtomicBool>) {
    let coach = assess_all(arena.clone(), arena.players.clone());
    let finalize = tournaments.into_iter().map(|it| arena.clone().finalize(it));
    let finalized = async {
        for finalize in finalize {
            let _ = finalize.await.expect("it is paid");
        }
    };
    tokio::join!(finalized, coach);
    done.store(true, Ordering::Release);
}
