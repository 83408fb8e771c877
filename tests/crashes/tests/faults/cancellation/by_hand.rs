//! A unit of work that a caller holds itself: one chunk, claimed, paid and committed.

use std::sync::Arc;

use conformance::StandingClock;
use domain::{History, Settlement, TournamentId, settle};
use ports::{
    Locked, Players, UnitsOfWork,
    spi::{AwardOutcome, Claim, ClaimScope, ClaimStates, Store, Verdict},
};

/// Pays the frozen cup in one unit of work, as the use case pays a chunk of it.
pub(crate) async fn pay_by_hand(store: Arc<dyn Store>) {
    let units = UnitsOfWork::new(store).with_clock(StandingClock::shared());
    let mut uow = units.begin().await.expect("it begins");
    let cup = uow.share_tournament(TournamentId::of("cup")).await.expect("the cup is there");
    let scope = ClaimScope::Next { after: None, limit: 100 };
    let claim = Claim { scope, states: ClaimStates::Pending };
    let awards = cup.claim_awards(&claim).await.expect("awards are claimed");
    let players = awards.lock_players().await.expect("players are locked");
    let settlements: Vec<Settlement> = awards
        .as_slice()
        .iter()
        .map(|award| {
            let player = players.get(award.planned.player).expect("the player is registered");
            let player = player.as_ref().expect("the player is readable");
            settle(cup.id, award, player, &cup.policy).expect("the award is payable")
        })
        .collect();
    write(&players, &settlements).await;
    let applied =
        |it: &Settlement| AwardOutcome { player: it.player, verdict: Verdict::Applied(it.paid) };
    let outcomes: Vec<_> = settlements.iter().map(applied).collect();
    awards.mark(&outcomes).await.expect("awards are marked");
    uow.commit().await.expect("it commits");
}

async fn write(players: &Locked<'_, Players>, settlements: &[Settlement]) {
    let entries: Vec<_> = settlements.iter().flat_map(|it| it.entries.iter().cloned()).collect();
    let badges = settlements.iter().flat_map(|it| it.badges.awarded.iter().copied());
    let badges: Vec<_> = badges.collect();
    let steps = settlements.iter().filter_map(|it| match &it.history {
        History::Continued(step) => Some(step.clone()),
        History::Retaken { .. } => None,
    });
    let steps: Vec<_> = steps.collect();
    let progress: Vec<_> = settlements.iter().map(|it| (it.player, it.progress)).collect();
    players.post_entries(&entries).await.expect("entries are posted");
    players.award_badges(&badges).await.expect("badges are awarded");
    players.record_steps(&steps).await.expect("steps are recorded");
    players.save_progress(&progress).await.expect("progress is saved");
}
