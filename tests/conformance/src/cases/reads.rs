//! Contract: reads see what is committed, wait for nobody, and come in pages.

use std::{fmt::Debug, pin::Pin};

use domain::{
    AwardState, BadgeType, Competitor, Currency, LockOrder, NewBadge, NewTournament, PlayerId,
    Tournament, TournamentId,
};
use ports::{
    StoreError,
    spi::{AwardRecord, AwardTotals, BadgeRecord, LedgerEntry, PlayerRecord, StepRecord, Store},
};

use crate::{
    Harness,
    clock::{NOW, StandingClock},
    fixtures::{
        ALL, actor, announced, applied, award, frozen, in_progress, mark_and_commit, new_player,
        next, post, register, step, take_step, xp_entry,
    },
    waiting::finishes,
};

/// READ-1: with every lock held and every table written, a reader sees the state before, at once.
pub async fn reads_neither_wait_for_locks_nor_see_open_writes(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    let before = Snapshot::read(&*harness.store(), cup, &ids).await.unwrap();
    let mut uow = harness.units().begin().await.unwrap();
    let tournament = uow.lock_tournament(cup).await.unwrap();
    let awards = tournament.claim_awards(&next(None, 2)).await.unwrap();
    let players = awards.lock_players().await.unwrap();
    pay(&players, cup, &ids).await.unwrap();
    awards.mark(&crate::fixtures::outcomes(&ids, &applied())).await.unwrap();
    assert!(tournament.mark_distributed(&actor()).await.unwrap());

    let during = finishes(Snapshot::read(&*harness.store(), cup, &ids)).await.unwrap();
    uow.commit().await.unwrap();
    let after = Snapshot::read(&*harness.store(), cup, &ids).await.unwrap();

    assert_eq!(during, before);
    assert_all_changed(&before, &after);
}

/// READ-1: a unit of work that registers and announces shows nobody before its time either.
pub async fn reads_do_not_see_rows_that_are_not_committed(harness: &impl Harness) {
    let (newcomer, cup) = (new_player(0), NewTournament::new("cup", "Cup"));
    let tx = crate::fixtures::raw(harness).await;
    let _ = tx.insert_players(std::slice::from_ref(&newcomer), NOW).await.unwrap();
    let _ = tx.insert_tournament(&cup, NOW).await.unwrap();

    let store = harness.store();
    let players = finishes(store.list_players(None, ALL)).await.unwrap();
    let unregistered = finishes(store.find_unregistered(&[newcomer.id])).await.unwrap();
    let tournaments = finishes(store.list_tournaments(None, ALL)).await.unwrap();
    drop(tx);

    assert_eq!((players.len(), tournaments.len()), (0, 0));
    assert_eq!(unregistered, [newcomer.id]);
}

/// READ-1: every column of what was committed reads back as it was written.
pub async fn what_was_committed_reads_back_whole(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let cup = frozen(harness, "cup", &[id]).await;
    let units = harness.units().with_clock(StandingClock::shared());
    let entry = xp_entry(cup, id, 500);
    let badge = NewBadge::new(id, cup, BadgeType::Champion);
    let taken = step(cup, id, &[("focus", 655), ("stamina", 570)]);
    post(&units, std::slice::from_ref(&entry)).await.unwrap();
    award(&units, &[badge]).await.unwrap();
    take_step(&units, &taken).await.unwrap();
    mark_and_commit(&units, cup, &next(None, 1), &applied()).await;

    let seen = Snapshot::read(&*harness.store(), cup, &[id]).await.unwrap();

    assert_eq!(seen.tournaments[0].name, "cup");
    assert_eq!(seen.tournaments[0].policy, NewTournament::new("cup", "cup").policy);
    assert_eq!((&*seen.players[0].key, &*seen.players[0].name), ("player-00", "Player 0"));
    assert_eq!(
        (&seen.awards[0].award.state, seen.awards[0].applied_at),
        (&AwardState::Applied, Some(NOW))
    );
    assert_eq!(
        seen.entries,
        [LedgerEntry {
            player: id,
            currency: Currency::Xp,
            seq: 1,
            amount: 500,
            balance_after: 500,
            cause: entry.cause,
            idempotency_key: entry.key.as_str().to_owned(),
            recorded_at: NOW,
        }]
    );
    let badge = BadgeRecord {
        player: id,
        tournament: cup,
        badge: badge.badge,
        once_in_a_life: false,
        earned_at: NOW,
        revoked: None,
    };
    assert_eq!(seen.badges, [badge]);
    let step = StepRecord {
        player: id,
        seq: 1,
        tournament: cup,
        revision: 0,
        evidence: taken.evidence,
        changes: taken.changes,
        progress: taken.progress,
        taken_at: NOW,
    };
    assert_eq!(seen.steps, [step]);
}

/// READ-1: an award of the plan is read as it was frozen, by everybody who asks.
pub async fn awards_add_up_by_state(harness: &impl Harness) {
    let ids = register(harness, 4).await;
    let cup = frozen(harness, "cup", &ids).await;
    mark_and_commit(&harness.units(), cup, &next(None, 2), &applied()).await;
    mark_and_commit(&harness.units(), cup, &next(None, 1), &crate::fixtures::failed()).await;
    let store = harness.store();

    let awards = store.list_awards(cup, None, ALL).await.unwrap();
    let totals = store.award_totals(cup).await.unwrap();

    let paid = awards.iter().filter_map(|it| it.award.paid).map(|it| (it.xp, it.credits));
    assert_eq!((totals.pending, totals.applied, totals.failed), (1, 2, 1));
    assert_eq!(paid.collect::<Vec<_>>(), [(500, 100), (500, 100)]);
    assert_eq!((totals.xp_paid, totals.credits_paid), (1_000, 200));
    assert_eq!(store.find_award(cup, ids[3]).await.unwrap().as_ref(), awards.get(3));
}

/// READ-2: players and tournaments, each once, ascending.
pub async fn pages_of_players_and_tournaments_make_the_whole(harness: &impl Harness) {
    let ids = register(harness, 5).await;
    let mut cups = Vec::new();
    for key in ["a", "b", "c", "d", "e"] {
        cups.push(announced(harness, key).await);
    }
    cups.sort_unstable();
    let store = harness.store();

    let players = pages(|after| store.list_players(after, 2), |it| it.id).await;
    let tournaments = pages(|after| store.list_tournaments(after, 2), |it| it.id).await;

    assert_eq!(players.iter().map(|it| it.id).collect::<Vec<_>>(), ids);
    assert_eq!(players, store.list_players(None, ALL).await.unwrap());
    assert_eq!(tournaments.iter().map(|it| it.id).collect::<Vec<_>>(), cups);
    assert_eq!(tournaments, store.list_tournaments(None, ALL).await.unwrap());
}

/// READ-2: the field and the awards of one tournament, and nobody else's.
pub async fn pages_of_field_and_awards_make_the_whole(harness: &impl Harness) {
    let ids = register(harness, 6).await;
    let cup = frozen(harness, "cup", &ids[..5]).await;
    frozen(harness, "other", &ids).await;
    let store = harness.store();

    let field = pages(|after| store.list_field(cup, after, 2), |it| it.standing.player).await;
    let awards =
        pages(|after| store.list_awards(cup, after, 2), |it| it.award.planned.player).await;

    assert_eq!(field.iter().map(|it| it.standing.player).collect::<Vec<_>>(), ids[..5]);
    assert_eq!(field, store.list_field(cup, None, ALL).await.unwrap());
    assert_eq!(awards.iter().map(|it| it.award.planned.player).collect::<Vec<_>>(), ids[..5]);
    assert_eq!(awards, store.list_awards(cup, None, ALL).await.unwrap());
}

/// READ-2: one account's entries and one player's steps, by number.
pub async fn pages_of_ledger_and_steps_make_the_whole(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    for n in 0..5 {
        let cup = TournamentId::of(&format!("cup-{n}"));
        let credit = crate::fixtures::entry(cup, ids[0], Currency::Credit, 1);
        let mine = [xp_entry(cup, ids[0], 10), credit];
        post(&harness.units(), &mine).await.unwrap();
        post(&harness.units(), &[xp_entry(cup, ids[1], 20)]).await.unwrap();
        take_step(&harness.units(), &step(cup, ids[0], &[("focus", 600 + n)])).await.unwrap();
    }
    let store = harness.store();

    let ledger =
        |after: Option<i64>| store.list_ledger(ids[0], Currency::Xp, after.unwrap_or(0), 2);
    let ledger = pages(ledger, |it| it.seq).await;
    let steps = |after: Option<i64>| store.list_steps(ids[0], after.unwrap_or(0), 2);
    let steps = pages(steps, |it| it.seq).await;

    assert_eq!(
        ledger.iter().map(|it| (it.seq, it.amount)).collect::<Vec<_>>(),
        [(1, 10), (2, 10), (3, 10), (4, 10), (5, 10)]
    );
    assert_eq!(steps.iter().map(|it| it.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
}

/// READ-2: what is found is what was asked for, ascending, whatever order it was asked for in.
pub async fn only_what_was_asked_for_is_found(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let (one, two) = (frozen(harness, "one", &ids).await, frozen(harness, "two", &ids).await);
    for cup in [one, two] {
        let mut uow = harness.units().begin().await.unwrap();
        let players = uow.lock_players(&LockOrder::of(ids.clone())).await.unwrap();
        pay(&players, cup, &ids).await.unwrap();
        uow.commit().await.unwrap();
    }
    let asked = [ids[2], ids[0]];
    let expected = [ids[0], ids[2]];
    let mut cups = [one, two];
    cups.sort_unstable();
    let store = harness.store();

    let players = store.find_players(&asked).await.unwrap();
    let tournaments = store.find_tournaments(&[cups[1], cups[0]]).await.unwrap();
    let entries = store.find_entries(one, &asked).await.unwrap();
    let badges = store.find_badges(&asked).await.unwrap();
    let steps = store.find_steps(two, &asked).await.unwrap();

    assert_eq!(players.iter().map(|it| it.id).collect::<Vec<_>>(), expected);
    assert_eq!(tournaments.iter().map(|it| it.id).collect::<Vec<_>>(), cups);
    assert_eq!(
        entries.iter().map(|it| (it.player, it.cause.tournament().unwrap())).collect::<Vec<_>>(),
        expected.map(|it| (it, one))
    );
    assert_eq!(
        badges.iter().map(|it| (it.player, it.tournament)).collect::<Vec<_>>(),
        [(ids[0], cups[0]), (ids[0], cups[1]), (ids[2], cups[0]), (ids[2], cups[1])]
    );
    assert_eq!(
        steps.iter().map(|it| (it.player, it.tournament)).collect::<Vec<_>>(),
        expected.map(|it| (it, two))
    );
}

/// READ-2: what is not there is absent, and never an error.
pub async fn what_is_not_there_is_absent(harness: &impl Harness) {
    let known = register(harness, 1).await[0];
    let (stranger, cup) = (PlayerId::of("stranger"), TournamentId::of("cup"));
    let running = in_progress(harness, "running", &[known]).await;
    let store = harness.store();

    let nothing = Snapshot::read(&*store, cup, &[stranger]).await.unwrap();
    let unregistered = store.find_unregistered(&[stranger, known]).await.unwrap();

    assert_eq!(nothing, Snapshot::default());
    assert_eq!(unregistered, [stranger]);
    assert_eq!(store.find_award(running, known).await.unwrap(), None);
    assert_eq!(store.award_totals(running).await.unwrap(), AwardTotals::default());
    assert_eq!(store.find_players(&[]).await.unwrap(), []);
}

/// Everything that reading says about one tournament and its players.
#[derive(Debug, Default, PartialEq)]
struct Snapshot {
    tournaments: Vec<Tournament>,
    field: Vec<Competitor>,
    totals: AwardTotals,
    awards: Vec<AwardRecord>,
    players: Vec<PlayerRecord>,
    entries: Vec<LedgerEntry>,
    badges: Vec<BadgeRecord>,
    steps: Vec<StepRecord>,
}

impl Snapshot {
    async fn read(
        store: &dyn Store,
        cup: TournamentId,
        players: &[PlayerId],
    ) -> Result<Self, StoreError> {
        Ok(Self {
            tournaments: store.find_tournaments(&[cup]).await?,
            field: store.list_field(cup, None, ALL).await?,
            totals: store.award_totals(cup).await?,
            awards: store.list_awards(cup, None, ALL).await?,
            players: store.find_players(players).await?,
            entries: store.find_entries(cup, players).await?,
            badges: store.find_badges(players).await?,
            steps: store.find_steps(cup, players).await?,
        })
    }
}

fn assert_all_changed(before: &Snapshot, after: &Snapshot) {
    assert_ne!(before.tournaments, after.tournaments);
    assert_ne!(before.totals, after.totals);
    assert_ne!(before.awards, after.awards);
    assert_ne!(before.players, after.players);
    assert_ne!(before.entries, after.entries);
    assert_ne!(before.badges, after.badges);
    assert_ne!(before.steps, after.steps);
}

/// Writes to every table that a player's lock protects.
async fn pay(
    players: &ports::Locked<'_, ports::Players>,
    cup: TournamentId,
    ids: &[PlayerId],
) -> Result<(), StoreError> {
    let badge = |it: &PlayerId| NewBadge::new(*it, cup, BadgeType::TournamentParticipant);
    let entries: Vec<_> = ids.iter().map(|it| xp_entry(cup, *it, 10)).collect();
    let badges: Vec<_> = ids.iter().map(badge).collect();
    let steps: Vec<_> = ids.iter().map(|it| step(cup, *it, &[("focus", 655)])).collect();
    players.post_entries(&entries).await?;
    players.award_badges(&badges).await?;
    players.record_steps(&steps).await?;
    Ok(())
}

type Page<'a, Row> = Pin<Box<dyn Future<Output = Result<Vec<Row>, StoreError>> + Send + 'a>>;

/// Reads pages of two until one is empty, and puts them together.
async fn pages<'a, Row, Key>(
    page: impl Fn(Option<Key>) -> Page<'a, Row> + Send + Sync,
    key: impl Fn(&Row) -> Key + Send + Sync,
) -> Vec<Row>
where
    Row: Debug + Send + Sync,
    Key: Copy + Ord + Debug + Send + Sync,
{
    let mut all: Vec<Row> = Vec::new();
    loop {
        let after = all.last().map(&key);
        let page = page(after).await.unwrap();
        assert!(page.len() <= 2, "the limit was not kept: {page:?}");
        assert!(page.iter().all(|it| Some(key(it)) > after), "a row came twice: {page:?}");
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}
