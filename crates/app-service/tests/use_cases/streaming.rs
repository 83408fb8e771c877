//! Standings that come page by page are taken in whole, or not at all.

use std::sync::Arc;

use app_service::{
    GuerdonError, HeldStandings, Recorded, StandingsSource, StoreError, SubmitOptions, Submitted,
};
use domain::{
    FieldFacts, NewTournament, RewardPolicy, Standing, Standings, StandingsRules, TieRule,
    TournamentId, TournamentStatus,
};

use crate::arena::{Arena, me, ranked};

/// Standings with something wrong behind them.
struct Strange {
    standings: Standings,
    rules: StandingsRules,
    named: Standings,
    /// Nothing comes behind so many of them.
    broken_behind: usize,
}

#[tokio::test]
async fn standings_in_pages_are_the_results_and_known_when_they_come_again() {
    let arena = Arena::of(10).await.chunked(3, 1);
    let standings = standings_of(&arena);
    let (id, source) = (announced(&arena).await, held(standings.clone()));

    let first = arena.guerdon.submit_standings(id, Arc::clone(&source), &me()).await.unwrap();
    let again = arena.guerdon.submit_standings(id, source, &me()).await.unwrap();

    let results_hash = standings.hash();
    let submitted = Submitted { recorded: Recorded::New, results_hash, field_size: 10 };
    assert_eq!(first, submitted);
    assert_eq!(again, Submitted { recorded: Recorded::Replayed, ..submitted });
    assert_eq!(arena.finalize(id).await.unwrap().applied, 10);
}

#[tokio::test]
async fn standings_that_cannot_be_read_to_their_end_leave_no_trace() {
    for broken_behind in [0, 2, 3, 7] {
        let arena = Arena::of(10).await.chunked(3, 1);
        let source = Strange { broken_behind, ..strange(&arena) };

        let error = refused(&arena, source).await;

        assert!(matches!(error, GuerdonError::Store(StoreError::Unusable { .. })), "{error:?}");
    }
}

#[tokio::test]
async fn standings_that_are_not_what_they_are_called_leave_no_trace() {
    let arena = Arena::of(10).await.chunked(3, 1);
    let named = ranked_standings(&arena, 9);
    let source = Strange { named, ..strange(&arena) };

    let error = refused(&arena, source).await;

    assert!(matches!(error, GuerdonError::Store(StoreError::Invalid { .. })), "{error:?}");
}

#[tokio::test]
async fn standings_by_other_rules_than_those_of_the_policy_are_refused() {
    let arena = Arena::of(10).await;
    let rules = StandingsRules { ties: TieRule::Dense, ..StandingsRules::default() };
    let source = Strange { rules, ..strange(&arena) };

    let error = refused(&arena, source).await;

    assert!(matches!(error, GuerdonError::Store(StoreError::Invalid { .. })), "{error:?}");
}

/// Submits what is refused; nothing of it may be there.
async fn refused(arena: &Arena, source: Strange) -> GuerdonError {
    let id = announced(arena).await;

    let error = arena.guerdon.submit_standings(id, Arc::new(source), &me()).await.unwrap_err();

    let tournament = arena.guerdon.tournament(id).await.unwrap();
    assert_eq!((tournament.status, tournament.results_hash), (TournamentStatus::Scheduled, None));
    assert!(matches!(arena.finalize(id).await, Err(GuerdonError::NoResults(_))));
    error
}

async fn announced(arena: &Arena) -> TournamentId {
    let cup = NewTournament::new("cup", "The Cup");
    let id = cup.id;
    arena.guerdon.create_tournament(cup).await.unwrap();
    id
}

fn held(standings: Standings) -> Arc<dyn StandingsSource> {
    Arc::new(HeldStandings::new(standings, rules()))
}

fn strange(arena: &Arena) -> Strange {
    let standings = standings_of(arena);
    Strange { named: standings.clone(), standings, rules: rules(), broken_behind: usize::MAX }
}

fn standings_of(arena: &Arena) -> Standings {
    ranked_standings(arena, arena.players.len())
}

fn ranked_standings(arena: &Arena, players: usize) -> Standings {
    domain::standings(&ranked(&arena.players[..players]), &rules()).unwrap()
}

fn rules() -> StandingsRules {
    SubmitOptions::default().rules(&RewardPolicy::standard())
}

impl StandingsSource for Strange {
    fn facts(&self) -> FieldFacts {
        self.named.facts()
    }

    fn rules(&self) -> StandingsRules {
        self.rules
    }

    fn standings(&self) -> Box<dyn Iterator<Item = Result<Standing, StoreError>> + Send + '_> {
        let lost = || StoreError::Unusable { during: "a test", source: "the disk is gone".into() };
        let entries = self.standings.entries().iter().cloned().enumerate();
        let broken = self.broken_behind;
        Box::new(entries.map(move |(n, it)| if n < broken { Ok(it) } else { Err(lost()) }))
    }
}
