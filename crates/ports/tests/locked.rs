//! What a lock refuses before the store hears of it, and what it adds to a write.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Accounts, Assessment, AssessmentId, Award, AwardState, BadgeType, Baseline, Cause, Currency,
    Evidence, LevelChange, LockOrder, MatchRecord, NewBadge, NewEntry, NewTournament, Outcome,
    Paid, PlannedAward, Player, PlayerEvent, PlayerId, Progress, Reward, SkillName, SkillProfile,
    SkillStep, TenThousandths, Tenths, Tournament, TournamentId, TournamentStatus,
};
use ports::{
    Actor, AdvanceError, CorruptPlayer, StoreError, UnitOfWork, UnitsOfWork,
    spi::{
        AwardOutcome, Claim, ClaimScope, ClaimStates, LockedPlayer, MockStore, MockTransaction,
        Recorded, ToldProgress, TournamentEvent, Verdict,
    },
};

#[tokio::test]
async fn marks_that_do_not_match_the_claim_are_refused() {
    let (first, second) = two_players();
    let all = [applied(first), applied(second)];
    let wrong = [
        vec![all[1].clone(), all[0].clone()],
        vec![all[0].clone()],
        vec![all[0].clone(), all[0].clone()],
        vec![all[0].clone(), all[1].clone(), all[1].clone()],
    ];

    for outcomes in wrong {
        let mut uow = begin(claiming(first, second)).await;
        let tournament = uow.share_tournament(cup()).await.unwrap();
        let awards = tournament.claim_awards(&everything()).await.unwrap();

        assert_invalid(awards.mark(&outcomes).await);
    }
}

#[tokio::test]
async fn marks_in_the_order_of_the_claim_reach_the_store() {
    let (first, second) = two_players();
    let outcomes = [applied(first), applied(second)];
    let expected = outcomes.clone();
    let mut tx = claiming(first, second);
    tx.expect_update_awards()
        .withf(move |id, outcomes, _| *id == cup() && outcomes == expected)
        .times(1)
        .returning(|_, _, _| Ok(()));
    let mut uow = begin(tx).await;
    let tournament = uow.share_tournament(cup()).await.unwrap();
    let awards = tournament.claim_awards(&everything()).await.unwrap();

    awards.mark(&outcomes).await.unwrap();
}

#[tokio::test]
async fn players_of_a_claim_are_locked_in_ascending_order() {
    let (first, second) = two_players();
    let mut tx = claiming(first, second);
    tx.expect_select_players_for_update()
        .withf(move |order| order.as_slice() == [first, second])
        .times(1)
        .returning(|_| Ok(vec![]));
    let mut uow = begin(tx).await;
    let tournament = uow.share_tournament(cup()).await.unwrap();
    let awards = tournament.claim_awards(&everything()).await.unwrap();

    let players = awards.lock_players().await.unwrap();

    assert!(players.get(first).is_none(), "who is not registered is not there");
}

#[tokio::test]
async fn belongings_of_players_who_are_not_locked_are_not_written() {
    let (locked, other) = two_players();
    let mut uow =
        begin(locking(vec![LockedPlayer { id: locked, state: Ok(player(locked)) }])).await;
    let players = uow.lock_players(&LockOrder::of([locked])).await.unwrap();

    assert_invalid(players.post_entries(&[entry(locked), entry(other)]).await);
    assert_invalid(players.award_badges(&[badge(locked), badge(other)]).await);
    assert_invalid(players.record_steps(&[step(locked), step(other)]).await);
    assert_invalid(players.assess(&[assessment(other)]).await);
    let told = |player| {
        let event = PlayerEvent::assessed([&assessment(player)]).remove(0);
        ToldProgress { progress: Progress::default(), event }
    };
    assert_invalid(players.save_progress(&[told(locked), told(other)]).await);
    assert_invalid(players.tell(&[told(locked).event, told(other).event]).await);
}

#[tokio::test]
async fn belongings_that_cannot_be_read_are_not_written() {
    let (broken, _) = two_players();
    let state =
        CorruptPlayer { player: broken, table: "skill_profiles", rule: "no profile".into() };
    let mut uow = begin(locking(vec![LockedPlayer { id: broken, state: Err(state) }])).await;
    let players = uow.lock_players(&LockOrder::of([broken])).await.unwrap();

    let posted = players.post_entries(&[entry(broken)]).await;
    let stepped = players.record_steps(&[step(broken)]).await;

    for refused in [posted, stepped] {
        let blames_the_row =
            matches!(refused, Err(StoreError::Corrupt { table, .. }) if table == "skill_profiles");
        assert!(blames_the_row, "the caller is not at fault: {refused:?}");
    }
}

#[tokio::test]
async fn step_is_numbered_and_carries_the_entries_it_leaves() {
    let (id, _) = two_players();
    let mut tx = locking(vec![LockedPlayer { id, state: Ok(player(id)) }]);
    tx.expect_insert_skill_steps()
        .withf(|steps, _| {
            let entry = steps[0].entries[&focus()];
            (steps[0].seq, entry.level, entry.steps) == (8, Tenths::new(655), 1)
        })
        .times(1)
        .returning(|_, _| Ok(vec![Recorded::New]));
    let mut uow = begin(tx).await;
    let players = uow.lock_players(&LockOrder::of([id])).await.unwrap();

    assert_eq!(players.record_steps(&[step(id)]).await.unwrap(), [Recorded::New]);
}

#[tokio::test]
async fn arrows_that_the_machine_does_not_have_never_reach_the_store() {
    let actor = Actor::new("test");
    let close = |mut uow: UnitOfWork| {
        let actor = actor.clone();
        async move { uow.lock_tournament(cup()).await.unwrap().mark_distributed(&actor).await }
    };

    for status in [TournamentStatus::Scheduled, TournamentStatus::Archived] {
        let answer = close(begin(holding(status)).await).await;
        assert!(matches!(answer, Err(AdvanceError::Illegal(_))), "{answer:?}");
    }

    let mut uow = begin(holding(TournamentStatus::Completed)).await;
    let tournament = uow.lock_tournament(cup()).await.unwrap();
    let answer = tournament.plan_awards(&[award(two_players().0).planned]).await;
    assert!(matches!(answer, Err(AdvanceError::Illegal(_))), "{answer:?}");
}

#[tokio::test]
async fn change_carries_its_number_and_where_it_came_from() {
    let mut tx = holding(TournamentStatus::Completed);
    tx.expect_update_tournament()
        .withf(|change| {
            change.seq == 3
                && change.from == TournamentStatus::Completed
                && change.to == TournamentStatus::RewardsDistributed
                && change.event == TournamentEvent::RewardsDistributed
                && change.actor.as_str() == "test"
        })
        .times(1)
        .returning(|_| Ok(false));
    let mut uow = begin(tx).await;
    let tournament = uow.lock_tournament(cup()).await.unwrap();

    let closed = tournament.mark_distributed(&Actor::new("test")).await.unwrap();

    assert!(!closed, "the store's answer is the answer");
}

async fn begin(tx: MockTransaction) -> UnitOfWork {
    let mut store = MockStore::new();
    store.expect_begin().times(1).return_once(move || Ok(Box::new(tx)));
    UnitsOfWork::new(Arc::new(store)).begin().await.expect("a unit of work")
}

/// A transaction over one tournament. Nothing else is expected: any further call panics.
fn holding(status: TournamentStatus) -> MockTransaction {
    let mut tx = MockTransaction::new();
    tx.expect_select_tournament_for_update().returning(move |_| Ok(Some(tournament(status))));
    tx
}

/// A transaction in which the awards of two players are claimed.
fn claiming(first: PlayerId, second: PlayerId) -> MockTransaction {
    let mut tx = MockTransaction::new();
    tx.expect_select_tournament_for_share()
        .returning(|_| Ok(Some(tournament(TournamentStatus::Completed))));
    tx.expect_select_awards_for_update()
        .returning(move |_, _| Ok(vec![award(first), award(second)]));
    tx
}

/// A transaction in which locking players finds `players`.
fn locking(players: Vec<LockedPlayer>) -> MockTransaction {
    let mut tx = MockTransaction::new();
    tx.expect_select_players_for_update().returning(move |_| Ok(players.clone()));
    tx
}

#[track_caller]
fn assert_invalid<T: std::fmt::Debug>(answer: Result<T, StoreError>) {
    match answer {
        Err(StoreError::Invalid { .. }) => {}
        other => panic!("not refused as invalid: {other:?}"),
    }
}

fn cup() -> TournamentId {
    TournamentId::of("cup")
}

fn tournament(status: TournamentStatus) -> Tournament {
    let NewTournament { id, key, name, policy } = NewTournament::new("cup", "Cup");
    Tournament {
        id,
        key,
        name,
        status,
        change_seq: 2,
        policy,
        revision: 0,
        results_hash: None,
        field_size: 2,
        plan_hash: None,
    }
}

fn two_players() -> (PlayerId, PlayerId) {
    let (one, two) = (PlayerId::of("one"), PlayerId::of("two"));
    (one.min(two), one.max(two))
}

fn player(id: PlayerId) -> Player {
    Player {
        id,
        baseline: Baseline::default(),
        progress: Progress::default(),
        accounts: Accounts::default(),
        profile: SkillProfile::default(),
        step_seq: 7,
    }
}

fn evidence() -> Evidence {
    Evidence {
        outcome: Outcome::Unplaced,
        field_size: 2,
        opponent_factor: TenThousandths::ONE,
        match_modifier: TenThousandths::ZERO,
        record: MatchRecord::default(),
        measured: None,
    }
}

fn award(player: PlayerId) -> Award {
    let evidence = evidence();
    let planned = PlannedAward { player, team: None, evidence, reward: Reward::default() };
    Award { revision: 0, planned, state: AwardState::Pending, paid: None }
}

fn everything() -> Claim {
    let scope = ClaimScope::Next { after: None, limit: 10 };
    Claim { scope, states: ClaimStates::Pending }
}

fn applied(player: PlayerId) -> AwardOutcome {
    let paid = Paid { revision: 0, xp: 1, credits: 0 };
    AwardOutcome { player, verdict: Verdict::Applied(paid) }
}

fn entry(player: PlayerId) -> NewEntry {
    NewEntry::new(player, Currency::Xp, 1, Cause::Award { tournament: cup(), revision: 0 })
}

fn badge(player: PlayerId) -> NewBadge {
    NewBadge::new(player, cup(), BadgeType::Champion)
}

fn focus() -> SkillName {
    SkillName::new("focus").expect("a skill name")
}

fn step(player: PlayerId) -> SkillStep {
    let change = LevelChange { before: Tenths::new(600), after: Tenths::new(655) };
    let changes = BTreeMap::from([(focus(), change)]);
    let progress = Progress { tournaments: 1, ..Progress::default() };
    SkillStep { player, tournament: cup(), revision: 0, evidence: evidence(), changes, progress }
}

fn assessment(player: PlayerId) -> Assessment {
    Assessment {
        id: AssessmentId::of("a"),
        player,
        skill: focus(),
        percentage: Tenths::new(800),
        assessor: "coach".into(),
    }
}
