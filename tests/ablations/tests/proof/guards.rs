//! Every guard of the port contract is taken out by name. Each test finds what goes wrong, and finds
//! nothing of it while the guard stands.

use std::collections::BTreeSet;

use ablations::Guard;
use crashes::UseCase;

use crate::{ablation::Ablation, catcher::Catcher, runs, scenarios};

/// Makes a test of each harm that comes of taking a guard out: alone, or with those that would stand
/// in for it.
macro_rules! without {
    ($($module:ident: $guard:ident {
        $($harm:ident $([with $($besides:ident),+])?: $catcher:expr, $noticed:literal;)+
    })+) => {
        const TAKEN_OUT: &[Guard] = &[$(Guard::$guard),+];

        $(mod $module {
            use super::*;

            $(#[test]
            fn $harm() {
                let ablation = Ablation {
                    guard: Guard::$guard,
                    besides: &[$($(Guard::$besides),+)?],
                    harm: stringify!($harm),
                    test: concat!("guards::", stringify!($module), "::", stringify!($harm)),
                    catcher: $catcher,
                    noticed: $noticed,
                };
                ablation.show();
            })+
        })+
    };
}

/// A case of the conformance suite.
macro_rules! case {
    ($module:ident::$case:ident) => {
        Catcher::case(concat!(stringify!($module), "::", stringify!($case)), |harness| {
            Box::pin(async move { conformance::cases::$module::$case(&harness).await })
        })
    };
}

/// A run that is looked at.
macro_rules! run {
    ($($run:ident)::+) => {
        Catcher::run(runs::$($run)::+::NAME, |guards| Box::pin(runs::$($run)::+::run(guards)))
    };
}

without! {
    tournament_lock: TournamentLock {
        the_second_caller_does_not_wait:
            case!(locking::second_locker_waits_and_sees_the_commit),
            "the second party did not wait";
        results_are_replaced_beside_the_freezing_and_refused_too_late:
            Catcher::orders(scenarios::submit_and_finalize()),
            "the number of a change is taken once";
        a_frozen_tournament_goes_back_to_other_results [with ChangeNumber]:
            Catcher::orders_everywhere(scenarios::submit_and_finalize()),
            "status: InProgress";
    }
    closing_lock: ClosingLock {
        whoever_changes_a_tournament_does_not_wait_for_those_who_pay_it:
            case!(locking::exclusive_lock_waits_for_every_shared_one),
            "the second party did not wait";
        a_worker_who_gives_up_leaves_somebody_unpaid_for_ever:
            run!(giving_up),
            "somebody is owed, and nobody is at work";
    }
    status_gate: StatusGate {
        the_second_caller_freezes_again_and_is_refused_as_corrupt:
            Catcher::orders(scenarios::finalize_twice()),
            "a participant has one award of a tournament";
    }
    plan_hash: PlanHash {
        a_plan_is_paid_that_nobody_has_seen:
            run!(other_results),
            "600 XP were paid where 371 XP had been shown";
    }
    claim: Claim {
        two_workers_have_one_award:
            case!(claims::claim_of_a_named_player_waits_for_whoever_has_it),
            "the second party did not wait";
        the_second_worker_pays_what_is_paid_and_is_refused:
            Catcher::orders(scenarios::distribute_twice()),
            "an award is applied once";
        one_tournament_is_counted_twice [with AppliedIsFinal]:
            Catcher::orders_everywhere(scenarios::distribute_twice()),
            "INV-S01 does not hold: 2 tournaments, 2 won, 2 on the podium";
        everybody_is_paid_twice [with AppliedIsFinal, IdempotencyKey]:
            Catcher::orders_everywhere(scenarios::distribute_twice()),
            "INV-R04 does not hold: 1200 XP and 200 credits in 2 and 2 entries";
    }
    applied_is_final: AppliedIsFinal {
        an_award_is_applied_again:
            case!(awards::applied_award_is_not_marked_again),
            "not refused as corrupt";
    }
    one_transaction: OneTransaction {
        a_crash_leaves_an_award_paid_on_paper_only:
            Catcher::crashes(UseCase::Distribute),
            "what was left does not add up: 0 XP and 0 credits in 0 and 0 entries";
    }
    player_lock: PlayerLock {
        the_second_caller_does_not_wait:
            case!(locking::second_player_locker_waits_and_sees_all_that_was_written),
            "the second party did not wait";
        of_two_coaches_one_is_not_heard:
            Catcher::orders_everywhere(scenarios::assess_twice()),
            "INV-S01 does not hold: technique at 60.0 after 0 steps, assessed 1 times at 72.0";
        a_coach_overwrites_what_a_tournament_has_taught:
            Catcher::orders_everywhere(scenarios::distribute_and_assess()),
            "INV-S01 does not hold: technique at 60.0 after 0 steps, assessed 1 times at 71.0";
        a_badge_is_given_for_a_past_that_is_gone:
            Catcher::orders_everywhere(scenarios::backfill_and_correct()),
            r#"revoked: None }" where it says "0.0 +00:00:00, revoked: Some((Correction"#;
        two_tournaments_take_one_step_number_and_one_is_refused:
            Catcher::orders(scenarios::two_cups()),
            "the number of a step is taken once";
        of_two_who_spend_one_is_refused_as_corrupt:
            Catcher::orders(scenarios::spend_twice()),
            "a balance stays between 0 and 2^63 - 1";
        what_is_settled_expires_and_is_refused_as_corrupt:
            Catcher::orders(scenarios::settle_and_expire()),
            "a charge is as its move found it";
        what_is_settled_expires_and_is_kept_out_by_the_key_of_its_end [with HoldEndsOnce]:
            Catcher::orders(scenarios::settle_and_expire()),
            "a key names one amount of one account";
        of_two_refunds_one_is_forgotten [with HoldEndsOnce]:
            Catcher::orders_everywhere(scenarios::refund_twice()),
            "INV-R09 does not hold: -20 credits taken by the ledger";
    }
    floor: Floor {
        a_balance_falls_below_zero:
            case!(ledger::balance_does_not_fall_below_zero),
            "not refused as corrupt";
    }
    hold_ends_once: HoldEndsOnce {
        a_hold_that_has_ended_ends_again:
            case!(charges::hold_ends_once),
            "not refused as corrupt";
    }
    end_key: EndKey {
        what_was_released_expires_too:
            case!(ledger::entries_say_why_they_exist),
            "not refused as corrupt";
    }
    lock_order: LockOrder {
        two_callers_wait_for_each_other:
            Catcher::visible_orders_everywhere(scenarios::two_cups_and_a_coach()),
            "deadlock";
    }
    idempotency_key: IdempotencyKey {
        one_cause_is_posted_twice:
            case!(ledger::equal_entry_is_replayed_not_repeated),
            "[New], not [Replayed]";
        two_callers_both_post:
            Catcher::orders_everywhere(scenarios::post_twice()),
            "the callers were told of 2 payments, one by one of 1";
    }
    ledger_before_balance: LedgerBeforeBalance {
        a_replay_moves_the_balance:
            case!(ledger::equal_entry_is_replayed_not_repeated),
            "[1500], not [500]";
    }
    atomic_move: AtomicMove {
        a_balance_forgets_what_came_between [with PlayerLock]:
            Catcher::orders_everywhere(scenarios::post_and_distribute()),
            r#""xp: Account { balance: 600, seq: 2 }, cr" where it says "xp: Account { balance: 650"#;
    }
    badge_or_existing: BadgeOrExisting {
        a_badge_that_is_there_ends_the_transaction:
            case!(badges::equal_badge_is_replayed_not_repeated),
            "duplicate key value violates unique constraint";
        the_second_tournament_of_a_milestone_is_refused:
            Catcher::orders(scenarios::decorate_twice()),
            "duplicate key value violates unique constraint";
    }
    level_or_existing: LevelOrExisting {
        a_level_that_was_reached_ends_the_transaction:
            case!(levels::level_is_reached_once_whatever_the_tournament),
            "duplicate key value violates unique constraint";
        the_second_tournament_of_a_level_cannot_be_paid [with HighWaterMark]:
            Catcher::orders(scenarios::two_cups_with_levels()),
            "the callers were told of 1 payments, one by one of 2";
    }
    step_or_existing: StepOrExisting {
        one_award_moves_the_skills_twice:
            case!(skills::equal_step_is_replayed_and_leaves_the_profile_alone),
            "([New], [New]), not ([New], [Replayed])";
    }
    step_touches_its_skills: StepTouchesItsSkills {
        a_step_writes_the_whole_profile:
            case!(skills::step_leaves_all_other_entries_alone),
            "(700, 2, None), not (700, 2, Some(Assessed { total: 800, count: 1 }))";
    }
    assessment_or_existing: AssessmentOrExisting {
        one_word_of_a_coach_counts_twice:
            case!(skills::equal_assessment_is_replayed_and_counts_once),
            "[New], not [Replayed]";
    }
    assessment_touches_its_skill: AssessmentTouchesItsSkill {
        an_assessment_takes_back_what_tournaments_have_taught:
            run!(other_skill),
            "a skill that nobody has assessed has moved";
    }
    books_close_when_paid: BooksCloseWhenPaid {
        the_books_close_over_a_pending_award:
            case!(tournaments::books_stay_open_while_an_award_is_unpaid),
            "closed over a pending award";
        the_books_close_over_somebody_who_could_not_be_paid:
            run!(unpaid_at_the_end),
            "the books are closed, and somebody is owed";
    }
    change_number: ChangeNumber {
        a_change_is_made_without_knowing_the_one_before:
            case!(tournaments::taken_change_number_is_refused),
            "not refused as corrupt";
    }
    dead_after_refusal: DeadAfterRefusal {
        half_of_what_was_refused_is_committed:
            case!(unit_of_work::commit_after_a_refusal_is_refused_and_writes_nothing),
            "committed after a refusal";
        whoever_goes_on_after_a_refusal_pays_on_paper_only:
            run!(going_on),
            "an award says that it is paid, and nothing was posted";
    }
    commit_unknown: CommitUnknown {
        a_payment_is_reported_that_never_happened:
            Catcher::crashes(UseCase::FinalizeInOneChunk),
            "commit, was lost on its way: the use case answered that all was well, and it is not";
    }
    last_commit: LastCommit {
        whoever_has_paid_is_told_that_somebody_else_had:
            Catcher::crashes(UseCase::FinalizeInOneChunk),
            "commit, was not answered: the use case failed: Conflict";
    }
    isolation: Isolation {
        a_refusal_cannot_be_taken_back:
            case!(savepoints::going_back_after_a_refusal_revives_the_transaction),
            "a transaction that failed is rolled back";
        one_bad_participant_costs_everybody:
            run!(bad_participant),
            "nobody was paid because of one";
    }
    revision_in_key: RevisionInKey {
        nobody_can_be_paid_a_difference:
            run!(corrected),
            "2 could not be paid the difference";
    }
    paid_is_subtracted: PaidIsSubtracted {
        whoever_is_corrected_is_paid_twice:
            run!(corrected),
            "618 XP for an award of 247";
    }
    planned_as_before: PlannedAsBefore {
        an_award_that_nobody_has_changed_is_to_be_paid_again:
            case!(corrections::award_that_is_planned_as_before_stays_applied),
            "[Pending, Pending], not [Applied, Pending]";
        a_correction_pays_everybody_twice [with PaidIsSubtracted]:
            run!(corrected::untouched),
            "1200 XP for an award of 600";
    }
    revoked_first: RevokedFirst {
        a_badge_that_moves_is_lost:
            run!(moved_badge),
            "a badge of a life is had 0 times";
    }
    high_water_mark: HighWaterMark {
        whoever_has_a_level_that_is_worth_something_else_now_cannot_be_paid:
            run!(other_curve),
            "2 could not be paid";
        a_level_is_paid_twice [with IdempotencyKey]:
            Catcher::orders_everywhere(scenarios::two_cups_with_levels()),
            "INV-L01 does not hold: 10 credits posted";
    }
    rule_lock: RuleLock {
        the_second_caller_does_not_wait:
            case!(rules::second_locker_of_a_rule_waits_and_sees_the_commit),
            "the second party did not wait";
        the_second_caller_ends_what_has_ended_and_is_refused:
            Catcher::orders_everywhere(scenarios::backfill_twice()),
            "a rule that is finished does not advance";
        the_second_caller_judges_whom_the_first_one_has_judged_and_is_refused [with FinishedIsFinal]:
            Catcher::orders_everywhere(scenarios::backfill_twice()),
            "corrupt rule_reviews";
    }
    reviewed_once: ReviewedOnce {
        a_player_is_judged_twice:
            case!(rules::player_is_not_reviewed_twice),
            "not refused as corrupt";
    }
    finished_is_final: FinishedIsFinal {
        a_rule_that_has_judged_everybody_goes_on:
            case!(rules::finished_rule_does_not_advance),
            "not refused as corrupt";
    }
    page_in_one_transaction: PageInOneTransaction {
        a_crash_leaves_somebody_without_a_badge_for_ever:
            Catcher::crashes(UseCase::Backfill),
            "asking again did not come to what an undisturbed run comes to: - BadgeRecord";
    }
}

#[test]
fn every_guard_is_taken_out() {
    let taken_out: BTreeSet<_> = TAKEN_OUT.iter().collect();

    assert_eq!(taken_out, Guard::ALL.iter().collect());
}
