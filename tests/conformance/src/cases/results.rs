//! Contract: a tournament's results are exactly those that came last.

use domain::{
    Baseline, Better, Competitor, Finish, MemberWeight, Membership, NewPlayer, Placement, PlayerId,
    RankedEntry, RankedList, Results, Standing, Standings, StandingsRules, Tenths, TournamentId,
    standings,
};
use ports::StoreError;

use crate::{
    Harness,
    fixtures::{ALL, actor, announced, freeze, in_progress, new_player, planned, ranked, register},
};

/// RESULTS-1: who is gone is gone, who moved has moved, and other tournaments stay.
pub async fn results_are_replaced_whole(harness: &impl Harness) {
    let ids = register(harness, 4).await;
    let cup = in_progress(harness, "cup", &ids[..3]).await;
    let other = in_progress(harness, "other", &ids).await;
    let corrected = ranked(&[ids[3], ids[1]]);

    let mut uow = harness.units().begin().await.unwrap();
    let mut tournament = uow.lock_tournament(cup).await.unwrap();
    tournament.replace_results(&corrected, &actor()).await.unwrap();
    uow.commit().await.unwrap();

    assert_eq!(field(harness, cup).await, corrected.entries());
    assert_eq!(field(harness, other).await, ranked(&ids).entries());
}

/// RESULTS-1: whoever freezes reads what the same transaction has just put there.
pub async fn replaced_results_are_seen_by_their_own_transaction(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let cup = in_progress(harness, "cup", &ids).await;
    let corrected = ranked(&[ids[2], ids[0]]);
    let mut uow = harness.units().begin().await.unwrap();
    let mut tournament = uow.lock_tournament(cup).await.unwrap();

    tournament.replace_results(&corrected, &actor()).await.unwrap();
    let seen = tournament.field_page(None, ALL).await.unwrap();
    uow.rollback().await.unwrap();

    assert_eq!(standings_of(seen), corrected.entries());
    assert_eq!(field(harness, cup).await, ranked(&ids).entries());
}

/// RESULTS-3: pages that come one after the other are the results, and nothing from before is.
pub async fn results_come_in_pages(harness: &impl Harness) {
    let ids = register(harness, 5).await;
    let cup = in_progress(harness, "cup", &ids[..2]).await;
    let corrected = ranked(&[ids[4], ids[3], ids[2], ids[1]]);
    let mut pages = corrected.entries().chunks(3).map(|it| Ok(it.to_vec()));

    let mut uow = harness.units().begin().await.unwrap();
    let mut tournament = uow.lock_tournament(cup).await.unwrap();
    tournament.replace_results_by_page(corrected.facts(), &mut pages, &actor()).await.unwrap();
    uow.commit().await.unwrap();

    assert_eq!(field(harness, cup).await, corrected.entries());
}

/// RESULTS-3: who is in the results is not put there a second time.
pub async fn participant_is_in_the_results_once(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let cup = in_progress(harness, "cup", &ids).await;
    let standings = ranked(&ids);
    let tx = harness.store().begin().await.unwrap();

    tx.replace_results(cup, standings.entries()).await.unwrap();
    let refused = tx.insert_results(cup, &standings.entries()[1..2]).await;

    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    tx.rollback().await.unwrap();
    assert_eq!(field(harness, cup).await, standings.entries());
}

/// RESULTS-2: nobody is dropped for not being registered; who is has the baseline registered.
pub async fn unregistered_participants_are_in_the_field(harness: &impl Harness) {
    let seeded = NewPlayer {
        baseline: Baseline { level: Tenths::new(850), ..Baseline::default() },
        ..new_player(0)
    };
    let stranger = PlayerId::of("stranger");
    let mut uow = harness.units().begin().await.unwrap();
    uow.register_players(std::slice::from_ref(&seeded)).await.unwrap();
    uow.commit().await.unwrap();
    let cup = in_progress(harness, "cup", &[seeded.id, stranger]).await;

    let mut uow = harness.units().begin().await.unwrap();
    let inside = uow.lock_tournament(cup).await.unwrap().field_page(None, ALL).await.unwrap();
    uow.rollback().await.unwrap();

    let baseline_of = |id| &inside.iter().find(|it| it.standing.player == id).unwrap().baseline;
    assert_eq!(baseline_of(seeded.id), &seeded.baseline);
    assert_eq!(baseline_of(stranger), &Baseline::default());
    assert_eq!(harness.store().list_field(cup, None, ALL).await.unwrap(), inside);
}

/// RESULTS-2: page by page in ascending player id, whatever the placements.
pub async fn field_is_read_in_pages_by_player(harness: &impl Harness) {
    let ids = register(harness, 5).await;
    let reversed: Vec<_> = ids.iter().rev().copied().collect();
    let cup = in_progress(harness, "cup", &reversed).await;
    let mut uow = harness.units().begin().await.unwrap();
    let tournament = uow.lock_tournament(cup).await.unwrap();

    let (mut after, mut pages) = (None, Vec::new());
    loop {
        let page = tournament.field_page(after, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        assert!(Some(last.standing.player) > after, "a page came twice: {page:?}");
        after = Some(last.standing.player);
        pages.push(page.iter().map(|it| it.standing.player).collect::<Vec<_>>());
    }

    assert_eq!(pages, [&ids[..2], &ids[2..4], &ids[4..]]);
}

/// RESULTS-2: a tournament without results has an empty field.
pub async fn field_is_empty_before_results(harness: &impl Harness) {
    let cup = announced(harness, "cup").await;

    let mut uow = harness.units().begin().await.unwrap();
    let field = uow.lock_tournament(cup).await.unwrap().field_page(None, ALL).await.unwrap();

    assert_eq!(field, []);
}

/// RESULTS-1: in the results and in the plan that is made of them, whatever the name of the team starts with.
pub async fn members_keep_their_team_and_weight(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let cup = announced(harness, "cup").await;
    let heavy = Membership { name: "=red".into(), weight: MemberWeight::new(7).unwrap() };
    let teams = [Some(heavy.clone()), Some(heavy), Some("blue".into())];
    let results = in_teams(&ids, &teams);
    let mut uow = harness.units().begin().await.unwrap();
    let mut tournament = uow.lock_tournament(cup).await.unwrap();
    tournament.replace_results(&results, &actor()).await.unwrap();
    uow.commit().await.unwrap();

    freeze(harness, cup).await;

    assert_eq!(field(harness, cup).await, results.entries());
    let planned = planned(harness, cup).await;
    assert_eq!(planned.into_iter().map(|it| it.team).collect::<Vec<_>>(), teams);
}

/// RESULTS-1: in the results and in the plan that is made of them, whatever the size and the decimals.
pub async fn measured_values_are_kept_to_the_last_bit(harness: &impl Harness) {
    let values = [0.1 + 0.2, 9.58, 12.0, -7.25, f64::MAX, f64::MIN_POSITIVE, 0.0];
    let ids = register(harness, values.len() + 1).await;
    let cup = announced(harness, "cup").await;
    let ends = values.map(Finish::Marked).into_iter().chain([Finish::Unplaced]);
    let entries = ids.iter().zip(ends).map(|(it, end)| RankedEntry::new(*it, end)).collect();
    let list = RankedList::Measured { better: Better::Lower, entries };
    let results = standings(&Results::Ranked(list), &StandingsRules::default()).unwrap();
    let mut uow = harness.units().begin().await.unwrap();
    let mut tournament = uow.lock_tournament(cup).await.unwrap();
    tournament.replace_results(&results, &actor()).await.unwrap();
    uow.commit().await.unwrap();

    freeze(harness, cup).await;

    let expected: Vec<_> = values.into_iter().map(Some).chain([None]).collect();
    let kept = field(harness, cup).await.into_iter().map(|it| it.measured);
    assert_eq!(kept.map(|it| it.map(f64::from)).collect::<Vec<_>>(), expected);
    let planned = planned(harness, cup).await.into_iter().map(|it| it.evidence.measured);
    assert_eq!(planned.map(|it| it.map(f64::from)).collect::<Vec<_>>(), expected);
}

/// The first two win, the third is second.
fn in_teams(players: &[PlayerId], teams: &[Option<Membership>]) -> Standings {
    let ranks = [1, 1, 2].map(|it| Finish::Marked(Placement::new(it).unwrap()));
    let rows = players.iter().zip(teams).zip(ranks);
    let entry = |((player, team), finish): ((&PlayerId, &Option<Membership>), _)| RankedEntry {
        team: team.clone(),
        ..RankedEntry::new(*player, finish)
    };
    let results = Results::Ranked(RankedList::Placements(rows.map(entry).collect()));
    standings(&results, &StandingsRules::default()).unwrap()
}

async fn field(harness: &impl Harness, id: TournamentId) -> Vec<Standing> {
    standings_of(harness.store().list_field(id, None, ALL).await.unwrap())
}

fn standings_of(field: Vec<Competitor>) -> Vec<Standing> {
    field.into_iter().map(|it| it.standing).collect()
}
