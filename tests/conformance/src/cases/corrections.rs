//! Contract: a correction puts what is planned now in the place of what was planned before, and
//! edits nothing that was recorded.

use domain::{
    AwardState, BadgeType, Hash256, Hasher, LockOrder, Measured, NewBadge, NumberedStep, PlayerId,
    Progress, SkillProfile, TournamentId, TournamentStatus,
};
use ports::{
    StoreError,
    spi::{CorrectionRecord, CorrectionRef, RetakenSteps, TournamentChange, TournamentEvent},
};

use crate::{
    Harness,
    clock::NOW,
    fixtures::{
        ALL, actor, applied, assert_corrupt, award, frozen, mark_and_commit, next, planned, player,
        raw, register, step, take_step,
    },
};

/// AWARD-3: paid or not, an award of which something else is planned is to be paid again, and says
/// what has been paid for it; whoever is new gets one.
pub async fn replanned_award_is_pending_and_says_what_was_paid(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let cup = frozen(harness, "cup", &ids[..2]).await;
    mark_and_commit(&harness.units(), cup, &next(None, 1), &applied()).await;
    let mut plan = planned(harness, cup).await;
    for award in &mut plan {
        award.reward.credits += 7;
    }
    let mut newcomer = plan[0].clone();
    newcomer.player = ids[2];
    plan.push(newcomer);
    let paid_before = paid(harness, cup).await;

    let tx = raw(harness).await;
    tx.upsert_awards(cup, 1, &plan).await.unwrap();
    tx.commit().await.unwrap();

    let awards = harness.store().list_awards(cup, None, ALL).await.unwrap();
    assert_eq!(awards.iter().map(|it| it.award.planned.clone()).collect::<Vec<_>>(), plan);
    for it in &awards {
        assert_eq!((&it.award.state, it.award.revision), (&AwardState::Pending, 1));
        assert_eq!(it.applied_at, None);
    }
    assert_eq!(paid_before, [Some(500), None]);
    assert_eq!(paid(harness, cup).await, [Some(500), None, None]);
}

/// AWARD-3 and AWARD-4: who was measured anew takes the step again, though nothing else has changed.
pub async fn award_for_another_measured_value_is_pending_again(harness: &impl Harness) {
    let ids = register(harness, 1).await;
    let cup = frozen(harness, "cup", &ids).await;
    let mut states = vec![];

    for (revision, value) in [(1, Some(9.58)), (2, Some(9.58)), (3, Some(9.59)), (4, None)] {
        mark_and_commit(&harness.units(), cup, &next(None, 1), &applied()).await;
        let mut plan = planned(harness, cup).await;
        plan[0].evidence.measured = value.and_then(Measured::new);
        let tx = raw(harness).await;
        tx.upsert_awards(cup, revision, &plan).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(planned(harness, cup).await, plan);
        let awards = harness.store().list_awards(cup, None, ALL).await.unwrap();
        states.push(awards[0].award.state.clone());
    }

    let again = AwardState::Pending;
    assert_eq!(states, [again.clone(), AwardState::Applied, again.clone(), again]);
}

/// AWARD-4: an award that is paid as it is planned stays paid, under the new revision.
pub async fn award_that_is_planned_as_before_stays_applied(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    mark_and_commit(&harness.units(), cup, &next(None, 1), &applied()).await;
    let plan = planned(harness, cup).await;
    let before = harness.store().list_awards(cup, None, ALL).await.unwrap();

    let tx = raw(harness).await;
    tx.upsert_awards(cup, 1, &plan).await.unwrap();
    tx.commit().await.unwrap();

    let awards = harness.store().list_awards(cup, None, ALL).await.unwrap();
    let states: Vec<_> = awards.iter().map(|it| it.award.state.clone()).collect();
    assert_eq!(states, [AwardState::Applied, AwardState::Pending]);
    assert!(awards.iter().all(|it| it.award.revision == 1));
    assert_eq!(awards[0].applied_at, before[0].applied_at);
    assert_eq!(awards[0].award.paid.map(|it| it.revision), Some(0), "what was paid, was of 0");
}

/// CAREER-1: the step of the tournament and all that came after, the counters before it, and the
/// badges; whoever did not take part is left out.
pub async fn career_begins_with_the_step_of_the_tournament(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    for (number, cup) in (1..).zip(["one", "two", "three"]) {
        let mut taken = step(TournamentId::of(cup), ids[0], &[("focus", 600 + number)]);
        taken.progress.tournaments = u32::try_from(number).unwrap();
        take_step(&harness.units(), &taken).await.unwrap();
    }
    let badge = badge(ids[0], "one");
    award(&harness.units(), &[badge]).await.unwrap();

    let mut uow = harness.units().begin().await.unwrap();
    let players = uow.lock_players(&LockOrder::of(ids.clone())).await.unwrap();
    let careers = players.careers(TournamentId::of("two"), &ids).await.unwrap();
    let first = players.careers(TournamentId::of("one"), &ids).await.unwrap();

    assert_eq!(careers.by_player.keys().collect::<Vec<_>>(), [&ids[0]]);
    let career = &careers.by_player[&ids[0]];
    let steps: Vec<_> = career.steps.iter().map(|it| (it.seq, it.step.tournament)).collect();
    assert_eq!(steps, [(2, TournamentId::of("two")), (3, TournamentId::of("three"))]);
    assert_eq!(career.before, Progress { tournaments: 1, ..Progress::default() });
    assert_eq!((&career.badges, career.revoked.len()), (&[badge].into(), 0));
    assert_eq!(first.by_player[&ids[0]].before, Progress::default());
}

/// STEP-4: the step of that number and the profile, and no other step.
pub async fn retaken_step_takes_the_place_of_the_old_one(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    for cup in ["one", "two"] {
        take_step(&harness.units(), &step(TournamentId::of(cup), id, &[("focus", 655)]))
            .await
            .unwrap();
    }
    let mut again = step(TournamentId::of("two"), id, &[("stamina", 570)]);
    again.revision = 1;
    let retaken = retaken(id, 2, &again);

    retake(harness, &retaken).await.unwrap();

    let steps = harness.store().list_steps(id, 0, ALL).await.unwrap();
    assert_eq!(steps[0].tournament, TournamentId::of("one"));
    assert_eq!(NumberedStep::from(steps[1].clone()), NumberedStep { seq: 2, step: again });
    let player = player(harness, id).await;
    assert_eq!((player.profile, player.step_seq), (retaken.profile, 2));
}

/// STEP-5
pub async fn step_that_was_never_taken_is_not_retaken(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let taken = step(TournamentId::of("one"), id, &[("focus", 655)]);
    take_step(&harness.units(), &taken).await.unwrap();
    let other_cup = step(TournamentId::of("two"), id, &[("focus", 700)]);

    assert_corrupt(retake(harness, &retaken(id, 2, &taken)).await);
    assert_corrupt(retake(harness, &retaken(id, 1, &other_cup)).await);

    assert_eq!(player(harness, id).await.profile, profile_after(harness, id).await);
}

/// BADGE-3: what was revoked can be had elsewhere, and is still seen where it was.
pub async fn revoked_badge_of_a_life_can_be_had_elsewhere(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let (one, two) = (badge(id, "one"), badge(id, "two"));
    award(&harness.units(), &[one]).await.unwrap();

    revoke(harness, &[one]).await.unwrap();
    award(&harness.units(), &[two]).await.unwrap();

    let mut badges = harness.store().find_badges(&[id]).await.unwrap();
    badges.sort_by_key(|it| it.revoked.is_none());
    assert_eq!(badges.len(), 2);
    assert_eq!((badges[0].tournament, badges[0].revoked), (one.tournament, Some((BY, NOW))));
    assert_eq!((badges[1].tournament, badges[1].revoked), (two.tournament, None));
}

/// BADGE-4
pub async fn badge_that_is_not_had_is_not_revoked(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let (had, not_had) = (badge(id, "one"), badge(id, "two"));
    award(&harness.units(), &[had]).await.unwrap();

    assert_corrupt(revoke(harness, &[not_had]).await);
    revoke(harness, &[had]).await.unwrap();
    assert_corrupt(revoke(harness, &[had]).await);
}

/// BADGE-5: as it was, and only what was revoked.
pub async fn restored_badge_is_as_it_was(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let badge = badge(id, "one");
    award(&harness.units(), &[badge]).await.unwrap();
    let before = harness.store().find_badges(&[id]).await.unwrap();

    assert_corrupt(restore(harness, &[badge]).await);
    revoke(harness, &[badge]).await.unwrap();
    restore(harness, &[badge]).await.unwrap();

    assert_eq!(harness.store().find_badges(&[id]).await.unwrap(), before);
}

/// TOURNAMENT-5
pub async fn corrected_tournament_is_as_the_correction_says(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    let before = harness.store().find_tournaments(&[cup]).await.unwrap().remove(0);
    let (results_hash, plan_hash) = (named("results"), named("plan"));
    let event = TournamentEvent::Corrected { results_hash, field_size: 9, revision: 1, plan_hash };
    let change = TournamentChange {
        tournament: cup,
        seq: before.change_seq + 1,
        event,
        from: before.status,
        to: TournamentStatus::Completed,
        actor: actor(),
        reason: Some("the stewards".into()),
        at: NOW,
    };

    let tx = raw(harness).await;
    assert!(tx.update_tournament(&change).await.unwrap());
    tx.commit().await.unwrap();

    let after = harness.store().find_tournaments(&[cup]).await.unwrap().remove(0);
    assert_eq!((after.revision, after.field_size), (1, 9));
    assert_eq!((after.results_hash, after.plan_hash), (Some(results_hash), Some(plan_hash)));
    assert_eq!((after.status, after.change_seq), (TournamentStatus::Completed, change.seq));
}

const BY: CorrectionRef =
    CorrectionRef { tournament: TournamentId::from_uuid(uuid::Uuid::from_u128(9)), revision: 3 };

/// READ-1: each correction is read with its reason, under the revision that it has made.
pub async fn corrections_are_read_by_revision(harness: &impl Harness) {
    let ids = register(harness, 1).await;
    let cup = frozen(harness, "cup", &ids).await;
    let other = frozen(harness, "other", &ids).await;
    let before = harness.store().find_tournaments(&[cup]).await.unwrap().remove(0);
    let (results_hash, plan_hash) = (named("results"), named("plan"));
    for (revision, reason) in [(1, "the stewards"), (2, "the court")] {
        let event = TournamentEvent::Corrected { results_hash, field_size: 1, revision, plan_hash };
        let change = TournamentChange {
            tournament: cup,
            seq: before.change_seq + revision,
            event,
            from: before.status,
            to: TournamentStatus::Completed,
            actor: actor(),
            reason: Some(reason.into()),
            at: NOW,
        };
        let tx = raw(harness).await;
        tx.update_tournament(&change).await.unwrap();
        tx.commit().await.unwrap();
    }

    let corrections = harness.store().find_corrections(&[other, cup]).await.unwrap();

    let correction = |revision, reason: &str| CorrectionRecord {
        tournament: cup,
        revision,
        reason: reason.into(),
        corrected_at: NOW,
    };
    assert_eq!(corrections, [correction(1, "the stewards"), correction(2, "the court")]);
    assert_eq!(harness.store().find_corrections(&[other]).await.unwrap(), []);
}

fn badge(player: PlayerId, cup: &str) -> NewBadge {
    let badge = BadgeType::TournamentVeteran;
    NewBadge::new(player, TournamentId::of(cup), badge)
}

fn named(what: &str) -> Hash256 {
    Hasher::new(what).finish()
}

async fn paid(harness: &impl Harness, cup: TournamentId) -> Vec<Option<i64>> {
    let awards = harness.store().list_awards(cup, None, ALL).await.unwrap();
    awards.into_iter().map(|it| it.award.paid.map(|it| it.xp)).collect()
}

fn retaken(player: PlayerId, seq: i64, step: &domain::SkillStep) -> RetakenSteps {
    let mut profile = SkillProfile::default();
    profile.step(&step.changes, &domain::Baseline::default());
    RetakenSteps { player, steps: vec![NumberedStep { seq, step: step.clone() }], profile }
}

async fn retake(harness: &impl Harness, retaken: &RetakenSteps) -> Result<(), StoreError> {
    let tx = raw(harness).await;
    tx.update_skill_steps(std::slice::from_ref(retaken)).await?;
    tx.commit().await
}

async fn revoke(harness: &impl Harness, badges: &[NewBadge]) -> Result<(), StoreError> {
    let tx = raw(harness).await;
    tx.revoke_badges(badges, BY, NOW).await?;
    tx.commit().await
}

async fn restore(harness: &impl Harness, badges: &[NewBadge]) -> Result<(), StoreError> {
    let tx = raw(harness).await;
    tx.restore_badges(badges).await?;
    tx.commit().await
}

/// What the stored steps fold to.
async fn profile_after(harness: &impl Harness, id: PlayerId) -> SkillProfile {
    let mut profile = SkillProfile::default();
    for step in harness.store().list_steps(id, 0, ALL).await.unwrap() {
        profile.step(&step.changes, &domain::Baseline::default());
    }
    profile
}
