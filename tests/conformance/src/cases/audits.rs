//! Contract: an audit sees one moment, waits for nobody, counts every fault, and may be limited.

use domain::{Currency, PlayerId, TournamentId};
use ports::{
    Timestamp, UnitsOfWork,
    spi::{
        Audit,
        audit::{AuditScope, PaymentTerms, PlanRow},
    },
};

use crate::{
    Fault, Harness,
    fixtures::{
        actor, applied, frozen, mark_and_commit, next, outcomes, post, register, step, take_step,
        xp_entry,
    },
    waiting::{at_once, finishes},
};

/// AUDIT-1, AUDIT-2: with every lock held and every table written, an auditor sees the state before,
/// at once.
pub async fn audit_neither_waits_for_locks_nor_sees_open_writes(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    let before = Seen::by(&*harness.store().audit(), &EVERYTHING).await;
    let mut uow = harness.units().begin().await.unwrap();
    let tournament = uow.lock_tournament(cup).await.unwrap();
    let awards = tournament.claim_awards(&next(None, 2)).await.unwrap();
    let players = awards.lock_players().await.unwrap();
    let entries: Vec<_> = ids.iter().map(|it| xp_entry(cup, *it, 7)).collect();
    players.post_entries(&entries).await.unwrap();
    players.record_steps(&[step(cup, ids[0], &[("shot", 610)])]).await.unwrap();
    awards.mark(&outcomes(&ids, &applied())).await.unwrap();
    assert!(tournament.mark_distributed(&actor()).await.unwrap());

    let during = finishes(Seen::by(&*harness.store().audit(), &EVERYTHING)).await;
    uow.commit().await.unwrap();
    let after = Seen::by(&*harness.store().audit(), &EVERYTHING).await;

    assert_eq!(during, before);
    assert_eq!((before.keys, after.keys), (0, 2));
    assert_eq!((before.steps, after.steps), (0, 1));
    assert_eq!((before.faults.mispaid, after.faults.mispaid), (0, 2), "nobody is owed 7 XP");
    assert_eq!((before.faults.steps, after.faults.steps), (0, 1), "both were placed");
}

/// AUDIT-1: beside those who post and step, no balance is seen without its entry, and no step
/// without its profile.
pub async fn audit_beside_writers_is_told_of_no_fault(harness: &impl Harness) {
    const ROUNDS: usize = 12;
    let ids = register(harness, 3).await;
    let mut parties: Vec<Party> =
        ids.iter().map(|it| Party::Writer(harness.units(), *it)).collect();
    parties.push(Party::Auditor(harness.store().audit()));

    let audits = at_once(parties.into_iter().map(|it| it.act(ROUNDS))).await;

    let faults: Vec<_> = audits.into_iter().flatten().collect();
    assert_eq!(faults, vec![Told::default(); ROUNDS]);
    let last = Told::by(&*harness.store().audit()).await;
    assert_eq!(last, Told::default());
}

/// AUDIT-3: three accounts lack an entry's balance, and two of them are described.
pub async fn audit_counts_every_fault_and_describes_the_first(harness: &impl Harness) {
    let ids = register(harness, 4).await;
    for id in &ids[..3] {
        harness.plant(Fault::TakenEntryNumber(*id, Currency::Xp)).await;
    }
    let scope = |faults_max| AuditScope { faults_max, ..EVERYTHING };
    let audit = harness.store().audit();

    let two = audit.unbalanced_accounts(&scope(2)).await.unwrap();
    let none = audit.unbalanced_accounts(&scope(0)).await.unwrap();

    let described: Vec<_> = two.faults.iter().map(|it| (it.player, it.account)).collect();
    assert_eq!(described, [(ids[0], Some((0, 0))), (ids[1], Some((0, 0)))]);
    assert_eq!((two.faults_total, two.rows_checked), (3, 8), "every player has two accounts");
    assert_eq!((none.faults_total, none.faults.len()), (3, 0));
}

/// AUDIT-4: an entry of long ago brings nobody in; one of today brings in all that its player and its
/// tournament have, that of long ago included.
pub async fn audit_looks_at_whatever_was_touched_since(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    for id in &ids {
        harness.plant(Fault::TakenStepNumber(*id)).await;
    }
    post(&harness.units(), &[xp_entry(TournamentId::of("other"), ids[1], 5)]).await.unwrap();
    let audit = harness.store().audit();
    let since = |since| AuditScope { since: Some(since), ..EVERYTHING };

    let ever = Seen::by(&*audit, &since(Timestamp::UNIX_EPOCH)).await;
    let today = Seen::by(&*audit, &since(Timestamp::UNIX_EPOCH + HOUR)).await;
    let never = Seen::by(&*audit, &since(NEVER)).await;

    assert_eq!(ever, Seen::by(&*audit, &EVERYTHING).await);
    assert_eq!((ever.players, ever.steps), (ids.clone(), 2));
    assert_eq!((today.players, today.steps, today.keys), (vec![ids[1]], 1, 1));
    assert_eq!(today.tournaments, [cup]);
    assert_eq!((never.players, never.tournaments, never.keys), (vec![], vec![], 0));
}

/// AUDIT-4: an award that was applied, be it again and without moving anything, brings in its player.
pub async fn audit_looks_at_whoever_had_an_award_applied_since(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    for id in &ids {
        harness.plant(Fault::TakenStepNumber(*id)).await;
    }
    mark_and_commit(&harness.units(), cup, &next(None, 1), &applied()).await;
    let today = AuditScope { since: Some(Timestamp::UNIX_EPOCH + HOUR), ..EVERYTHING };

    let seen = Seen::by(&*harness.store().audit(), &today).await;

    assert_eq!((seen.players, seen.steps), (vec![ids[0]], 1));
}

const HOUR: std::time::Duration = std::time::Duration::from_hours(1);
const EVERYTHING: AuditScope = AuditScope { since: None, faults_max: 10 };
const NEVER: Timestamp = time::macros::datetime!(9999-01-01 0:00 UTC);

/// What an auditor sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Seen {
    tournaments: Vec<TournamentId>,
    players: Vec<PlayerId>,
    awards: usize,
    keys: u64,
    steps: usize,
    faults: Told,
}

/// Faults that an auditor is told of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Told {
    repeated: u64,
    broken: u64,
    unbalanced: u64,
    mispaid: u64,
    books: u64,
    steps: u64,
    guards: u64,
    /// Players whose profile is not after their last step.
    profiles: usize,
}

impl Seen {
    async fn by(audit: &dyn Audit, scope: &AuditScope) -> Self {
        let mut seen = Self::default();
        let each = &mut |row| match row {
            PlanRow::Tournament(it) => seen.tournaments.push(it.id),
            PlanRow::Award(..) => seen.awards += 1,
            PlanRow::Unreadable(id, rule) | PlanRow::UnreadableAward(id, _, rule) => {
                panic!("{id}: {rule}")
            }
        };
        audit.visit_plans(scope, each).await.unwrap();
        seen.keys = audit.forged_keys(scope).await.unwrap().rows_checked;
        let each = &mut |row: ports::spi::audit::SkillRow| {
            seen.players.push(row.player);
            seen.steps += row.steps.len();
        };
        audit.visit_skills(scope, each).await.unwrap();
        seen.faults = Told::within(audit, scope).await;
        seen
    }
}

impl Told {
    async fn by(audit: &dyn Audit) -> Self {
        let mut told = Self::within(audit, &EVERYTHING).await;
        // Nobody has an award here, and every step and entry is one without.
        (told.mispaid, told.steps) = (0, 0);
        told
    }

    async fn within(audit: &dyn Audit, scope: &AuditScope) -> Self {
        let terms = PaymentTerms { frozen_before: Timestamp::UNIX_EPOCH, failed_is_a_fault: false };
        let mut profiles = 0;
        let last = |row: &ports::spi::audit::SkillRow| row.steps.last().map_or(0, |it| it.seq);
        let each = &mut |row: ports::spi::audit::SkillRow| {
            profiles += usize::from(last(&row) != row.step_seq);
        };
        audit.visit_skills(scope, each).await.unwrap();
        Self {
            repeated: audit.repeated_awards(scope).await.unwrap().faults_total
                + audit.repeated_badges(scope).await.unwrap().faults_total
                + audit.forged_keys(scope).await.unwrap().faults_total
                + audit.repeated_keys(scope).await.unwrap().faults_total,
            broken: audit.broken_entries(scope).await.unwrap().faults_total,
            unbalanced: audit.unbalanced_accounts(scope).await.unwrap().faults_total,
            mispaid: audit.mispaid_awards(scope).await.unwrap().faults_total,
            books: audit.open_books(scope, &terms).await.unwrap().faults_total,
            steps: audit.step_mismatches(scope).await.unwrap().faults_total,
            guards: audit.faulty_guards(scope).await.unwrap().faults_total,
            profiles,
        }
    }
}

/// Somebody who acts beside others.
enum Party {
    Writer(UnitsOfWork, PlayerId),
    Auditor(std::sync::Arc<dyn Audit>),
}

impl Party {
    async fn act(self, rounds: usize) -> Vec<Told> {
        let mut told = Vec::new();
        for round in 0..rounds {
            let cup = TournamentId::of(&format!("cup-{round}"));
            match &self {
                Self::Writer(units, id) => {
                    post(units, &[xp_entry(cup, *id, 10)]).await.unwrap();
                    take_step(units, &step(cup, *id, &[("shot", 610)])).await.unwrap();
                }
                Self::Auditor(audit) => told.push(Told::by(&**audit).await),
            }
        }
        told
    }
}
