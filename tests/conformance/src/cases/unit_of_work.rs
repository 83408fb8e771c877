//! Contract: all or nothing, whatever happens on the way.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use domain::{BadgeType, LockOrder, NewBadge, PlayerId, TournamentId};
use ports::{StoreError, UnitsOfWork, spi::Recorded};
use tokio::task::yield_now;

use crate::{
    Harness,
    clock::NOW,
    fixtures::{
        ALL, applied, assert_corrupt, frozen, mark, next, outcomes, post, raw, register, step, xp,
        xp_entry,
    },
    waiting::{finishes, for_polls, waits},
};

/// UOW-1: not one of the writes before the commit, every one of them after it.
pub async fn writes_become_visible_with_the_commit(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    let tx = raw(harness).await;
    write_everything(&*tx, cup, &ids).await.unwrap();

    let before = Paid::read(harness, cup, &ids).await;
    tx.commit().await.unwrap();
    let after = Paid::read(harness, cup, &ids).await;

    assert_eq!(before, Paid::NOTHING);
    assert_eq!(after, Paid { awards: 2, entries: 2, xp: 20, badges: 2, steps: 2 });
}

/// UOW-1: whoever reads while others commit sees a whole chunk or nothing of it.
pub async fn readers_never_see_half_a_commit(harness: &impl Harness) {
    let ids = register(harness, 8).await;
    let done = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn({
        let (units, ids, done) = (harness.units(), ids.clone(), Arc::clone(&done));
        async move {
            for round in 0..20 {
                let cup = TournamentId::of(&format!("cup-{round}"));
                let entries: Vec<_> = ids.iter().map(|it| xp_entry(cup, *it, 1)).collect();
                post(&units, &entries).await.unwrap();
            }
            done.store(true, Ordering::Release);
        }
    });

    while !done.load(Ordering::Acquire) && !writer.is_finished() {
        let seen = xp(harness, &ids).await;
        assert!(seen.iter().all(|it| *it == seen[0]), "half a commit: {seen:?}");
        yield_now().await;
    }

    finishes(writer).await.unwrap();
    assert_eq!(xp(harness, &ids).await, [20; 8]);
}

/// UOW-2: every table is as it was, and the next one has every lock at once.
pub async fn rollback_leaves_no_trace_and_no_lock(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    let tx = raw(harness).await;
    write_everything(&*tx, cup, &ids).await.unwrap();

    tx.rollback().await.unwrap();

    assert_eq!(Paid::read(harness, cup, &ids).await, Paid::NOTHING);
    finishes(lock_everything(harness.units(), cup, ids)).await;
}

/// UOW-2: dropping is rolling back, whoever waits.
pub async fn dropped_transaction_leaves_no_trace_and_no_lock(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    let tx = raw(harness).await;
    write_everything(&*tx, cup, &ids).await.unwrap();

    let next = waits(lock_everything(harness.units(), cup, ids.clone())).await;
    drop(tx);

    next.goes_on().await;
    assert_eq!(Paid::read(harness, cup, &ids).await, Paid::NOTHING);
}

/// UOW-3: dropped after its first poll, after its second, and so on to its end.
pub async fn cancelled_work_is_as_if_it_had_never_begun(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    let store = harness.store();

    for polls in 1.. {
        let work = async {
            let tx = store.begin().await.unwrap();
            yield_now().await;
            write_everything(&*tx, cup, &ids).await.unwrap();
        };
        let ended = for_polls(polls, work).await;

        finishes(lock_everything(harness.units(), cup, ids.clone())).await;
        assert_eq!(Paid::read(harness, cup, &ids).await, Paid::NOTHING, "after {polls} polls");
        if ended.is_some() {
            break;
        }
    }
}

/// UOW-3: who gives up waiting neither gets the lock later nor keeps it from others.
pub async fn whoever_gives_up_waiting_holds_nothing(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    let mut holder = harness.units().begin().await.unwrap();
    let _locked = holder.lock_tournament(cup).await.unwrap();

    let impatient = waits(lock_everything(harness.units(), cup, ids.clone())).await;
    impatient.gives_up().await;
    holder.commit().await.unwrap();

    finishes(lock_everything(harness.units(), cup, ids)).await;
}

/// UOW-4: what was written before the refusal is lost with it.
pub async fn commit_after_a_refusal_is_refused_and_writes_nothing(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let (cup, paid) = (TournamentId::of("cup"), TournamentId::of("paid"));
    post(&harness.units(), &[xp_entry(paid, ids[0], 100)]).await.unwrap();
    let mut uow = harness.units().begin().await.unwrap();
    let players = uow.lock_players(&LockOrder::of(ids.clone())).await.unwrap();

    players.post_entries(&[xp_entry(cup, ids[1], 10)]).await.unwrap();
    assert_corrupt(players.post_entries(&[xp_entry(paid, ids[0], 999)]).await);
    let commit = uow.commit().await;

    assert!(commit.is_err(), "committed after a refusal");
    assert_eq!(xp(harness, &ids).await, [100, 0]);
    finishes(post(&harness.units(), &[xp_entry(cup, ids[1], 10)])).await.unwrap();
}

/// UOW-4: a refusal that only the store notices counts as much as one of the database.
pub async fn commit_after_a_refused_mark_is_refused(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids[..1]).await;
    let mut uow = harness.units().begin().await.unwrap();
    mark(&mut uow, cup, &next(None, 1), &applied()).await;
    uow.commit().await.unwrap();

    let tx = raw(harness).await;
    let _ = tx.insert_players(&[crate::fixtures::new_player(7)], NOW).await.unwrap();
    assert_corrupt(tx.update_awards(cup, &outcomes(&ids[..1], &applied()), NOW).await);

    assert!(tx.commit().await.is_err(), "committed after a refusal");
    let seventh = [crate::fixtures::new_player(7).id];
    assert_eq!(harness.store().find_unregistered(&seventh).await.unwrap(), seventh);
}

/// ERR-1: whoever hears nothing of a commit runs again and finds out: paid once, either way.
pub async fn commit_whose_answer_is_lost_is_found_out_by_running_again(harness: &impl Harness) {
    let id = register(harness, 1).await[0];

    for polls in 1.. {
        let entry = [xp_entry(TournamentId::of(&format!("cup-{polls}")), id, 10)];
        let mut uow = harness.units().begin().await.unwrap();
        let players = uow.lock_players(&LockOrder::of([id])).await.unwrap();
        players.post_entries(&entry).await.unwrap();
        let answer = for_polls(polls, uow.commit()).await;

        let again = finishes(post(&harness.units(), &entry)).await.unwrap();
        assert_eq!(xp(harness, &[id]).await, [10 * i64::try_from(polls).unwrap()]);
        if let Some(answer) = answer {
            answer.unwrap();
            assert_eq!(again, [Recorded::Replayed], "the commit said Ok and was not durable");
            break;
        }
    }
}

/// ERR-1: where an answer can be lost on the wire, silence is never taken for consent.
///
/// A store in the same process always answers: there, `Ok` must be the truth.
pub async fn commit_without_an_answer_is_unknown(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let entry = [xp_entry(TournamentId::of("cup"), id, 10)];

    let Some(mute) = harness.unanswering().await else {
        post(&harness.units(), &entry).await.unwrap();
        assert_eq!(xp(harness, &[id]).await, [10]);
        return;
    };
    let units = UnitsOfWork::new(mute).with_retries(ports::RetryPolicy::NEVER);
    let answer = finishes(post(&units, &entry)).await;

    assert!(matches!(answer, Err(StoreError::CommitUnknown { .. })), "{answer:?}");
    finishes(post(&harness.units(), &entry)).await.unwrap();
    assert_eq!(xp(harness, &[id]).await, [10]);
}

/// What a tournament has paid, as others see it.
#[derive(Debug, PartialEq, Eq)]
struct Paid {
    awards: u64,
    entries: usize,
    xp: i64,
    badges: usize,
    steps: usize,
}

impl Paid {
    const NOTHING: Self = Self { awards: 0, entries: 0, xp: 0, badges: 0, steps: 0 };

    async fn read(harness: &impl Harness, cup: TournamentId, ids: &[PlayerId]) -> Self {
        let store = harness.store();
        Self {
            awards: store.award_totals(cup).await.unwrap().applied,
            entries: store.find_entries(cup, ids).await.unwrap().len(),
            xp: xp(harness, ids).await.iter().sum(),
            badges: store.find_badges(ids).await.unwrap().len(),
            steps: store.find_steps(cup, ids).await.unwrap().len(),
        }
    }
}

/// Takes every lock and writes to every table, yielding in between, so that a store which never
/// waits can be interrupted, too.
async fn write_everything(
    tx: &dyn ports::spi::Transaction,
    cup: TournamentId,
    ids: &[PlayerId],
) -> Result<(), StoreError> {
    let badge = |player: &PlayerId| NewBadge::new(*player, cup, BadgeType::TournamentParticipant);
    let entries: Vec<_> = ids.iter().map(|it| xp_entry(cup, *it, 10)).collect();
    let badges: Vec<_> = ids.iter().map(badge).collect();
    let steps: Vec<_> = ids.iter().map(|it| first_step(cup, *it)).collect();
    tx.select_tournament_for_update(cup).await?;
    yield_now().await;
    tx.select_awards_for_update(cup, &next(None, ALL)).await?;
    yield_now().await;
    tx.select_players_for_update(&LockOrder::of(ids.iter().copied())).await?;
    yield_now().await;
    tx.insert_ledger_entries(&entries, NOW).await?;
    yield_now().await;
    tx.insert_badges(&badges, NOW).await?;
    yield_now().await;
    tx.insert_skill_steps(&steps, NOW).await?;
    yield_now().await;
    tx.update_awards(cup, &outcomes(ids, &applied()), NOW).await?;
    yield_now().await;
    Ok(())
}

fn first_step(cup: TournamentId, id: PlayerId) -> ports::spi::NewStep {
    let step = step(cup, id, &[("focus", 655)]);
    let level =
        |it: &domain::LevelChange| domain::SkillEntry { level: it.after, steps: 1, assessed: None };
    let entries = step.changes.iter().map(|(name, it)| (name.clone(), level(it))).collect();
    ports::spi::NewStep { step, seq: 1, entries }
}

/// Has every lock that [`write_everything`] takes, and lets go.
async fn lock_everything(units: UnitsOfWork, cup: TournamentId, ids: Vec<PlayerId>) {
    let mut uow = units.begin().await.unwrap();
    let tournament = uow.lock_tournament(cup).await.unwrap();
    let awards = tournament.claim_awards(&next(None, ALL)).await.unwrap();
    assert_eq!(awards.as_slice().len(), ids.len(), "a claim survived");
    let _players = awards.lock_players().await.unwrap();
    uow.rollback().await.unwrap();
}
