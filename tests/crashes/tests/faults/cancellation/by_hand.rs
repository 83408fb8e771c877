//! A unit of work that a caller holds itself: one chunk, claimed, paid and committed.

use std::sync::Arc;

use conformance::StandingClock;
use domain::{History, PlayerEvent, Replays, Settlement, TournamentId, settle};
use ports::{
    Locked, Players, UnitsOfWork,
    spi::{AwardOutcome, Claim, ClaimScope, ClaimStates, Store, ToldProgress, Verdict},
};

use super::Steps;

/// Pays the frozen cup in one unit of work, as the use case pays a chunk of it.
pub(crate) async fn pay_by_hand(store: Arc<dyn Store>, steps: &Steps) {
    let units = UnitsOfWork::new(store).with_clock(StandingClock::shared());
    steps.next("begin");
    let mut uow = units.begin().await.expect("it begins");
    steps.next("share the tournament");
    let cup = uow.share_tournament(TournamentId::of("cup")).await.expect("the cup is there");
    let scope = ClaimScope::Next { after: None, limit: 100 };
    let claim = Claim { scope, states: ClaimStates::Pending };
    steps.next("claim awards");
    let awards = cup.claim_awards(&claim).await.expect("awards are claimed");
    steps.next("lock players");
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
    write(&players, &settlements, steps).await;
    let applied =
        |it: &Settlement| AwardOutcome { player: it.player, verdict: Verdict::Applied(it.paid) };
    let outcomes: Vec<_> = settlements.iter().map(applied).collect();
    steps.next("mark awards");
    awards.mark(&outcomes).await.expect("awards are marked");
    steps.next("commit");
    uow.commit().await.expect("it commits");
}

async fn write(players: &Locked<'_, Players>, settlements: &[Settlement], steps: &Steps) {
    let entries: Vec<_> = settlements.iter().flat_map(|it| it.entries.iter().cloned()).collect();
    let badges = settlements.iter().flat_map(|it| it.badges.awarded.iter().copied());
    let badges: Vec<_> = badges.collect();
    let moves = settlements.iter().filter_map(|it| match &it.history {
        History::Continued(step) => Some(step.clone()),
        History::Retaken { .. } => None,
    });
    let moves: Vec<_> = moves.collect();
    let progress: Vec<_> = settlements.iter().map(told).collect();
    steps.next("post entries");
    players.post_entries(&entries).await.expect("entries are posted");
    steps.next("award badges");
    players.award_badges(&badges).await.expect("badges are awarded");
    steps.next("record skill steps");
    players.record_steps(&moves).await.expect("steps are recorded");
    steps.next("save progress");
    players.save_progress(&progress).await.expect("progress is saved");
}

fn told(settlement: &Settlement) -> ToldProgress {
    let cup = TournamentId::of("cup");
    let event = PlayerEvent::rewarded(cup, settlement, &Replays::default());
    ToldProgress { progress: settlement.progress, event }
}
