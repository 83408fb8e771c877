//! Requests that are carried through use cases: claimed once, come to something once, answered once.

use std::{sync::Arc, time::Duration};

use app_service::{
    ClaimedRequest, Distribution, FinalizeOptions, Guerdon, GuerdonError, NewRequest, Recorded,
    Spending, Ticket,
};
use domain::{ChargeId, Hasher, NewTournament, RequestId, TournamentId, TournamentStatus};
use ports::{Clock, Timestamp};
use tokio::time::Instant;

use crate::{
    arena::{Arena, existing, me},
    faulty::{Commit, Faults},
};

#[tokio::test]
async fn a_use_case_that_is_asked_for_again_by_its_request_answers_what_it_answered() {
    let arena = Arena::of(5).await;
    let cup = arena.cup("cup", &arena.players).await;

    let first = finalize(&arena, &claim(&arena, "a").await, cup).await.unwrap();
    let again = finalize(&arena, &claim(&arena, "a").await, cup).await.unwrap();
    let another = finalize(&arena, &claim(&arena, "b").await, cup).await;

    assert_eq!((first.applied, &again), (5, &first));
    assert_eq!(existing(another), first.tournament);
}

#[tokio::test]
async fn whoever_has_lost_the_request_pays_nothing_under_it() {
    let arena = Arena::of(3).await;
    let cup = arena.cup("cup", &arena.players).await;
    let (lost, taken) = (claim(&arena, "a").await, claim(&arena, "a").await);

    let refused = finalize(&arena, &lost, cup).await;

    assert!(matches!(refused, Err(GuerdonError::RequestLost(it)) if it == lost.id()));
    let summary = arena.guerdon.summary(cup).await.unwrap();
    assert_eq!((summary.status, summary.awards_applied), (TournamentStatus::InProgress, 0));
    assert!(taken.is_taken_over());
    assert_eq!(finalize(&arena, &taken, cup).await.unwrap().applied, 3);
}

#[tokio::test]
async fn whoever_loses_the_request_between_two_chunks_leaves_the_rest_to_the_next() {
    let arena = Arena::of(6).await.chunked(2, 1);
    let cup = arena.cup("cup", &arena.players).await;
    let first = claim(&arena, "a").await;
    arena.store.faults().begun = 0;
    arena.store.faults().dies_at = Some(3);
    let died = finalize(&arena, &first, cup).await;
    *arena.store.faults() = Faults::default();
    let next = claim(&arena, "a").await;

    let late = finalize(&arena, &first, cup).await;
    let paid = finalize(&arena, &next, cup).await.unwrap();

    assert!(matches!(died, Err(GuerdonError::Store(_))), "{died:?}");
    assert!(late.is_err(), "{late:?}");
    assert_eq!(paid.applied, 6, "with what the one before had paid");
    assert_eq!(paid.tournament.status, TournamentStatus::RewardsDistributed);
}

#[tokio::test]
async fn workers_of_one_request_record_what_all_of_them_have_paid() {
    let arena = Arena::of(40).await.chunked(3, 4);
    let cup = arena.cup("cup", &arena.players).await;
    let ticket = claim(&arena, "a").await;

    let paid = finalize(&arena, &ticket, cup).await.unwrap();

    assert_eq!(paid.applied, 40);
    let record = arena.guerdon.request(ticket.id()).await.unwrap().unwrap().record.unwrap();
    assert_eq!(record["applied"], 40);
    assert_eq!(record["xp_posted"], paid.xp_posted);
}

#[tokio::test]
async fn a_charge_whose_answer_got_lost_is_new_to_whoever_asks_again_with_the_request() {
    let arena = Arena::of(1).await;
    let cup = arena.cup("cup", &arena.players).await;
    let paid = arena.finalize(cup).await.unwrap();
    assert!(paid.is_complete());
    let spending = Spending {
        player: arena.players[0],
        charge: ChargeId::of("sword"),
        amount: 1,
        memo: String::new(),
    };
    let spend = async |key| {
        let keyed = arena.guerdon.keyed(&claim(&arena, key).await);
        keyed.spend(spending.clone()).await.unwrap()
    };

    let first = spend("a").await;
    let again = spend("a").await;
    let another = spend("b").await;

    assert_eq!((first.recorded, &again), (Recorded::New, &first));
    assert_eq!(another.recorded, Recorded::Replayed);
}

#[tokio::test]
async fn what_a_request_has_announced_or_called_off_it_is_told_again() {
    let arena = Arena::of(0).await;
    let cup = NewTournament::new("cup", "Cup");
    let announce = async |key| {
        let keyed = arena.guerdon.keyed(&claim(&arena, key).await);
        keyed.create_tournament(cup.clone()).await.unwrap()
    };
    let cancel = async |key| {
        let keyed = arena.guerdon.keyed(&claim(&arena, key).await);
        keyed.cancel(cup.id, &me()).await
    };

    let announced = [announce("a").await, announce("a").await, announce("b").await];
    let cancelled = [cancel("c").await, cancel("c").await, cancel("d").await];

    assert_eq!(announced, [Recorded::New, Recorded::New, Recorded::Replayed]);
    assert!(matches!(cancelled, [Ok(()), Ok(()), Err(GuerdonError::Illegal(_))]));
}

/// Whoever carries no request cannot tell how many that was.
#[tokio::test]
async fn a_commit_that_is_not_answered_is_found_with_all_that_it_has_paid() {
    for commit in [Commit::Happened, Commit::DidNotHappen] {
        let arena = Arena::of(3).await;
        let cup = arena.cup("cup", &arena.players).await;
        *arena.store.faults() = Faults { unanswered: Some((1, commit)), ..Faults::default() };

        let paid = finalize(&arena, &claim(&arena, "a").await, cup).await.unwrap();

        assert_eq!((paid.applied, paid.entries_replayed), (3, 0), "{commit:?}");
        assert_eq!(paid.tournament.status, TournamentStatus::RewardsDistributed);
    }
}

#[tokio::test]
async fn the_first_answer_is_the_one_that_everybody_gets() {
    let arena = Arena::of(0).await;
    let (lost, taken) = (claim(&arena, "a").await, claim(&arena, "a").await);

    let unanswered = arena.guerdon.answer_request(&lost, "mine").await;
    let first = arena.guerdon.answer_request(&taken, "theirs").await.unwrap();
    let late = arena.guerdon.answer_request(&lost, "mine").await.unwrap();
    let claimed = arena.guerdon.claim_request(&request("a")).await.unwrap();

    assert!(matches!(unanswered, Err(GuerdonError::RequestLost(_))));
    assert_eq!((first.as_str(), late.as_str()), ("theirs", "theirs"));
    assert!(matches!(claimed, ClaimedRequest::Answered(it) if it == "theirs"));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_being_carried_out_stays_whose_it_is() {
    let arena = Arena::of(0).await;
    let guerdon = arena.guerdon.clone().with_clock(Arc::new(Passing(Instant::now())));
    let arena = Arena { guerdon, ..arena };
    let lasting = NewRequest { lease: Duration::from_secs(30), ..request("a") };
    let ClaimedRequest::Mine(ticket) = arena.guerdon.claim_request(&lasting).await.unwrap() else {
        panic!("nobody has it");
    };

    // The paused time moves on to whatever is slept for next.
    let work = tokio::time::sleep(Duration::from_secs(95));
    arena.guerdon.holding(&ticket, work).await;
    let beyond = arena.guerdon.claim_request(&lasting).await.unwrap();
    arena.guerdon.release_request(&ticket).await.unwrap();
    let released = arena.guerdon.claim_request(&lasting).await.unwrap();

    let left = Duration::from_secs(25);
    assert!(matches!(beyond, ClaimedRequest::Running { lease, .. } if lease == left), "{beyond:?}");
    assert!(matches!(released, ClaimedRequest::Mine(it) if it.is_taken_over()));
}

#[tokio::test]
async fn old_answers_are_forgotten_and_new_ones_stay() {
    let arena = Arena::of(0).await;
    let ticket = claim(&arena, "a").await;
    arena.guerdon.answer_request(&ticket, "answer").await.unwrap();

    let kept = arena.guerdon.forget_requests(Duration::from_hours(1)).await.unwrap();
    let known = arena.guerdon.request(ticket.id()).await.unwrap().is_some();
    let forgotten = arena.guerdon.forget_requests(Duration::ZERO).await.unwrap();

    assert_eq!((kept, known, forgotten), (0, true, 1));
    assert_eq!(arena.guerdon.request(ticket.id()).await.unwrap(), None);
}

/// Whose lease ends at once, so that whoever comes next takes it over.
fn request(key: &str) -> NewRequest {
    NewRequest {
        id: RequestId::within("everybody", key),
        fingerprint: Hasher::new("request").finish(),
        document: None,
        lease: Duration::ZERO,
    }
}

async fn claim(arena: &Arena, key: &str) -> Ticket {
    match arena.guerdon.claim_request(&request(key)).await.unwrap() {
        ClaimedRequest::Mine(ticket) => ticket,
        other => panic!("somebody has it: {other:?}"),
    }
}

async fn finalize(
    arena: &Arena,
    ticket: &Ticket,
    id: TournamentId,
) -> Result<Distribution, GuerdonError> {
    let keyed: Guerdon = arena.guerdon.keyed(ticket);
    keyed.finalize(id, FinalizeOptions::default(), &me()).await
}

/// A clock that goes with the time of the runtime, which a test may pause.
#[derive(Debug)]
struct Passing(Instant);

impl Clock for Passing {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH + self.0.elapsed()
    }

    fn monotonic(&self) -> Duration {
        self.0.elapsed()
    }
}
