//! Contract: a step is taken once, a coach is heard once, and neither touches the other.

use domain::{PlayerId, TournamentId};
use ports::spi::{NewStep, Recorded};

use crate::{
    Fault, Harness,
    clock::NOW,
    fixtures::{
        ALL, assert_corrupt, assess, assessment, player, raw, register, skill_entry, step,
        take_step,
    },
    waiting::at_once,
};

use Recorded::{New, Replayed};

/// STEP-1: a step that is known stays as it was first taken, whatever comes under its name.
pub async fn equal_step_is_replayed_and_leaves_the_profile_alone(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let cup = TournamentId::of("cup");
    let first = take_step(&harness.units(), &step(cup, id, &[("focus", 655)])).await.unwrap();
    let before = player(harness, id).await;

    let again = take_step(&harness.units(), &step(cup, id, &[("focus", 990)])).await.unwrap();

    assert_eq!((first, again), (vec![New], vec![Replayed]));
    assert_eq!(player(harness, id).await, before);
    assert_eq!(steps(harness, id).await, [(1, 655)]);
}

/// STEP-1: a tournament is one step of a history; its corrections take that step again.
pub async fn other_revision_of_a_known_step_is_replayed(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let mut taken = step(TournamentId::of("cup"), id, &[("focus", 655)]);
    take_step(&harness.units(), &taken).await.unwrap();

    taken = step(taken.tournament, id, &[("focus", 640)]);
    taken.revision = 1;
    assert_eq!(take_step(&harness.units(), &taken).await.unwrap(), [Replayed]);

    let focus = skill_entry(harness, id, "focus").await;
    assert_eq!((focus.level.units(), focus.steps), (655, 1));
    assert_eq!(steps(harness, id).await, [(1, 655)]);
}

/// STEP-2: neither the player's other skills, nor what coaches said, nor other players.
pub async fn step_leaves_all_other_entries_alone(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let units = harness.units();
    for id in &ids {
        let both = step(TournamentId::of("one"), *id, &[("focus", 655), ("stamina", 570)]);
        take_step(&units, &both).await.unwrap();
    }
    let _ = assess(&units, &[assessment("a", ids[0], "focus")]).await.unwrap();
    let _ = assess(&units, &[assessment("b", ids[0], "tactics")]).await.unwrap();
    let (stamina, tactics) = (
        skill_entry(harness, ids[0], "stamina").await,
        skill_entry(harness, ids[0], "tactics").await,
    );
    let heard = skill_entry(harness, ids[0], "focus").await.assessed;
    let other = player(harness, ids[1]).await;

    take_step(&units, &step(TournamentId::of("two"), ids[0], &[("focus", 700)])).await.unwrap();

    let focus = skill_entry(harness, ids[0], "focus").await;
    assert_eq!((focus.level.units(), focus.steps, focus.assessed), (700, 2, heard));
    assert!(heard.is_some());
    assert_eq!(skill_entry(harness, ids[0], "stamina").await, stamina);
    assert_eq!(skill_entry(harness, ids[0], "tactics").await, tactics);
    assert_eq!(player(harness, ids[1]).await, other);
}

/// STEP-2: tournaments and coaches at the same moment; nothing is overwritten.
pub async fn concurrent_steps_and_assessments_lose_nothing(harness: &impl Harness) {
    const EACH: usize = 6;
    let id = register(harness, 1).await[0];
    let party = |n: usize| {
        let units = harness.units();
        async move {
            let key = format!("{n}");
            if n.is_multiple_of(2) {
                take_step(&units, &step(TournamentId::of(&key), id, &[("focus", 655)])).await
            } else {
                assess(&units, &[assessment(&key, id, "focus")]).await
            }
        }
    };

    for answer in at_once((0..2 * EACH).map(party)).await {
        assert_eq!(answer.unwrap(), [New]);
    }

    let focus = skill_entry(harness, id, "focus").await;
    let heard = focus.assessed.unwrap();
    assert_eq!((focus.steps, heard.count, heard.total), (6, 6, 6 * 800));
    assert_eq!(steps(harness, id).await.len(), EACH);
}

/// STEP-3: a lost update comes to light with the next step.
pub async fn taken_step_number_is_refused(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    take_step(&harness.units(), &step(TournamentId::of("one"), id, &[("focus", 655)]))
        .await
        .unwrap();
    harness.plant(Fault::TakenStepNumber(id)).await;
    let before = skill_entry(harness, id, "focus").await;

    let next = step(TournamentId::of("two"), id, &[("focus", 700)]);
    let refusal = take_step(&harness.units(), &next).await;

    assert_corrupt(refusal);
    assert_eq!(skill_entry(harness, id, "focus").await, before);
}

/// STEP-3: nor does a step take the number of one that is known.
pub async fn step_under_the_number_of_another_is_refused(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    take_step(&harness.units(), &step(TournamentId::of("one"), id, &[("focus", 655)]))
        .await
        .unwrap();
    let before = player(harness, id).await;
    let entries = before.profile.iter().map(|(name, it)| (name.clone(), *it)).collect();
    let step = step(TournamentId::of("two"), id, &[("focus", 700)]);

    let refusal =
        raw(harness).await.insert_skill_steps(&[NewStep { step, seq: 1, entries }], NOW).await;

    assert_corrupt(refusal);
    assert_eq!(player(harness, id).await, before);
}

/// ASSESS-1: a retry of one word is not a second word.
pub async fn equal_assessment_is_replayed_and_counts_once(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let word = [assessment("a", id, "focus")];

    assert_eq!(assess(&harness.units(), &word).await.unwrap(), [New]);
    assert_eq!(assess(&harness.units(), &word).await.unwrap(), [Replayed]);

    let focus = skill_entry(harness, id, "focus").await;
    let heard = focus.assessed.unwrap();
    assert_eq!((heard.count, heard.total), (1, 800));
    assert_eq!((focus.level.units(), focus.steps), (600, 0));
}

/// ASSESS-1: two coaches who say the same are two words, and both move the assessed value alone.
pub async fn equal_percentages_of_two_assessments_both_count(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    take_step(&harness.units(), &step(TournamentId::of("cup"), id, &[("focus", 655)]))
        .await
        .unwrap();

    for key in ["a", "b"] {
        let word = [assessment(key, id, "focus")];
        assert_eq!(assess(&harness.units(), &word).await.unwrap(), [New]);
    }

    let focus = skill_entry(harness, id, "focus").await;
    let heard = focus.assessed.unwrap();
    assert_eq!((heard.count, heard.total), (2, 1_600));
    assert_eq!((focus.level.units(), focus.steps), (655, 1));
    assert_eq!(player(harness, id).await.step_seq, 1);
}

/// ASSESS-1: what is new in a batch counts, what is known or comes twice does not count again.
pub async fn batch_of_assessments_counts_what_is_new_in_it(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    assess(&harness.units(), &[assessment("known", ids[0], "focus")]).await.unwrap();
    let batch = [
        assessment("a", ids[1], "focus"),
        assessment("known", ids[0], "focus"),
        assessment("b", ids[0], "focus"),
        assessment("c", ids[0], "tactics"),
        assessment("b", ids[0], "focus"),
        assessment("known", ids[1], "focus"),
    ];

    let recorded = assess(&harness.units(), &batch).await.unwrap();

    assert_eq!(recorded, [New, Replayed, New, New, Replayed, New]);
    assert_eq!(heard(harness, ids[0], "focus").await, (2, 1_600));
    assert_eq!(heard(harness, ids[0], "tactics").await, (1, 800));
    assert_eq!(heard(harness, ids[1], "focus").await, (2, 1_600));
}

/// ASSESS-2: neither what tournaments have taught, nor other skills, nor other players.
pub async fn assessments_leave_all_other_entries_alone(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let units = harness.units();
    for id in &ids {
        let both = step(TournamentId::of("cup"), *id, &[("focus", 655), ("stamina", 570)]);
        take_step(&units, &both).await.unwrap();
    }
    let (stamina, other) =
        (skill_entry(harness, ids[0], "stamina").await, player(harness, ids[1]).await);

    assess(&units, &[assessment("a", ids[0], "focus"), assessment("b", ids[0], "tactics")])
        .await
        .unwrap();

    let focus = skill_entry(harness, ids[0], "focus").await;
    assert_eq!((focus.level.units(), focus.steps), (655, 1));
    assert_eq!(skill_entry(harness, ids[0], "stamina").await, stamina);
    assert_eq!(player(harness, ids[0]).await.step_seq, 1);
    assert_eq!(player(harness, ids[1]).await, other);
}

/// ASSESS-1, LOCK-ORDER: batches over the same players, every second one the other way round, beside
/// tournaments that teach them: nobody waits for ever, and nothing is overwritten.
pub async fn concurrent_batches_in_opposite_order_lose_nothing(harness: &impl Harness) {
    const EACH: usize = 4;
    let ids = register(harness, 3).await;
    let party = |n: usize| {
        let (units, mut ids, key) = (harness.units(), ids.clone(), format!("{n}"));
        async move {
            if n % 3 == 2 {
                return take_step(&units, &step(TournamentId::of(&key), ids[1], &[("focus", 655)]))
                    .await;
            }
            if n.is_multiple_of(3) {
                ids.reverse();
            }
            let batch: Vec<_> = ids.iter().map(|it| assessment(&key, *it, "focus")).collect();
            assess(&units, &batch).await
        }
    };

    for answer in at_once((0..3 * EACH).map(party)).await {
        assert!(answer.unwrap().iter().all(|it| *it == New));
    }

    for id in &ids {
        assert_eq!(heard(harness, *id, "focus").await, (8, 8 * 800));
    }
    assert_eq!(skill_entry(harness, ids[1], "focus").await.steps, 4);
}

/// How often coaches were heard on a skill, and what they have said in sum.
async fn heard(harness: &impl Harness, id: PlayerId, name: &str) -> (u32, i64) {
    let heard = skill_entry(harness, id, name).await.assessed.unwrap();
    (heard.count, heard.total)
}

/// Number and level of `focus` after each step.
async fn steps(harness: &impl Harness, id: PlayerId) -> Vec<(i64, i32)> {
    let steps = harness.store().list_steps(id, 0, ALL).await.unwrap();
    let focus = crate::fixtures::skill("focus");
    steps.iter().map(|it| (it.seq, it.changes[&focus].after.units())).collect()
}
