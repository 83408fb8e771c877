//! What can be asked.

use app_service::GuerdonError;
use domain::{
    BadgeType::{Champion, FirstTournament, PodiumFinish},
    Currency, PlayerId, TournamentId, TournamentStatus,
};

use crate::arena::Arena;

#[tokio::test]
async fn a_summary_counts_what_is_paid_and_what_is_not() {
    let arena = Arena::of(5).await.chunked(2, 1);
    let cup = arena.cup("cup", &arena.players).await;
    arena.finalize_and_die(cup, 1).await;

    let summary = arena.guerdon.summary(cup).await.unwrap();

    assert_eq!((summary.name.as_str(), summary.status), ("cup", TournamentStatus::Completed));
    assert_eq!((summary.awards_applied, summary.awards_pending, summary.awards_failed), (2, 3, 0));
    assert_eq!((summary.field_size, summary.credits_total), (5, 150));
}

#[tokio::test]
async fn tournaments_and_their_badges_are_found_by_name() {
    let arena = Arena::of(2).await;
    let cup = arena.cup("cup", &arena.players).await;
    assert!(arena.finalize(cup).await.unwrap().is_complete());

    let known = arena.guerdon.known_tournaments(&[cup, TournamentId::of("gone")]).await.unwrap();
    let badges = arena.guerdon.tournament_badges(cup, &arena.players[..1]).await.unwrap();

    assert_eq!(known.iter().map(|it| it.id).collect::<Vec<_>>(), [cup]);
    let won: Vec<_> = badges[&arena.players[0]].iter().map(|it| it.badge).collect();
    assert_eq!((won, badges.len()), (vec![Champion, PodiumFinish, FirstTournament], 1));
}

#[tokio::test]
async fn a_reward_shows_award_entries_badges_and_skills() {
    let arena = Arena::of(3).await;
    let cup = arena.cup("cup", &arena.players).await;
    let paid = arena.finalize(cup).await.unwrap();

    let reward = arena.guerdon.reward(cup, arena.players[0]).await.unwrap();

    assert!(paid.is_complete());
    assert_eq!((reward.tournament_name.as_str(), reward.award.state), ("cup", "applied"));
    assert_eq!((reward.award.reward.xp_base, reward.award.xp_total), (500, 600));
    let posted: Vec<_> = reward.entries.iter().map(|it| (it.currency, it.amount)).collect();
    assert_eq!(posted, [(Currency::Xp, 600), (Currency::Credit, 100)]);
    let badges: Vec<_> = reward.badges.iter().map(|it| it.badge).collect();
    assert_eq!(badges, [Champion, PodiumFinish, FirstTournament]);
    assert_eq!(reward.rarest_badge, Some(Champion));
    assert_eq!(reward.skills.len(), 4);
    assert!(reward.skills.iter().all(|it| it.before < it.after));
}

#[tokio::test]
async fn a_profile_shows_everything_that_a_player_owns() {
    let arena = Arena::of(2).await;
    for key in ["first", "second"] {
        let cup = arena.cup(key, &arena.players).await;
        assert!(arena.finalize(cup).await.unwrap().is_complete());
    }

    let profile = arena.guerdon.profile(arena.players[0]).await.unwrap();

    assert_eq!((profile.xp_balance, profile.credit_balance), (1_200, 200));
    assert_eq!((profile.tournaments, profile.win_streak), (2, 2));
    assert_eq!((profile.skills.len(), profile.badges.len()), (4, 6));
    assert!(profile.skills.iter().all(|it| it.steps == 2));
}

#[tokio::test]
async fn a_ledger_is_read_page_by_page() {
    let arena = Arena::of(1).await;
    for number in 0..5 {
        let cup = arena.cup(&format!("cup-{number}"), &arena.players).await;
        assert!(arena.finalize(cup).await.unwrap().is_complete());
    }
    let page = async |after| {
        let page = arena.guerdon.ledger(arena.players[0], Currency::Xp, after, 2).await;
        page.unwrap().iter().map(|it| (it.seq, it.balance_after)).collect::<Vec<_>>()
    };

    let pages = [page(0).await, page(2).await, page(4).await, page(5).await];

    assert_eq!(pages.concat(), [(1, 600), (2, 1_200), (3, 1_800), (4, 2_400), (5, 3_000)]);
    assert!(pages[3].is_empty());
}

#[tokio::test]
async fn pages_of_awards_players_and_tournaments_put_together_are_the_whole() {
    let arena = Arena::of(5).await;
    let cup = arena.cup("cup", &arena.players).await;
    let other = arena.cup("other", &arena.players).await;
    let guerdon = &arena.guerdon;
    assert!(arena.finalize(cup).await.unwrap().is_complete());

    let third = Some(arena.players[2]);
    let awards = [guerdon.awards(cup, None, 3).await, guerdon.awards(cup, third, 3).await];
    let players = [guerdon.players(None, 3).await, guerdon.players(third, 3).await];
    let first = guerdon.tournaments(None, 1).await.unwrap();
    let second = guerdon.tournaments(first.last().map(|it| it.id), 2).await.unwrap();

    let awards: Vec<_> = awards.into_iter().flat_map(Result::unwrap).map(|it| it.player).collect();
    let players: Vec<_> = players.into_iter().flat_map(Result::unwrap).map(|it| it.id).collect();
    assert_eq!((&awards, &players), (&arena.players, &arena.players));
    let mut tournaments = [cup, other];
    tournaments.sort_unstable();
    assert_eq!([first[0].id, second[0].id], tournaments);
    assert_eq!(second.len(), 1);
}

#[tokio::test]
async fn what_does_not_exist_is_named() {
    let arena = Arena::of(2).await;
    let (nobody, nowhere) = (PlayerId::of("nobody"), TournamentId::of("nowhere"));
    let cup = arena.cup("cup", &arena.players[..1]).await;

    let profile = arena.guerdon.profile(nobody).await.unwrap_err();
    let ledger = arena.guerdon.ledger(nobody, Currency::Xp, 0, 1).await.unwrap_err();
    let summary = arena.guerdon.summary(nowhere).await.unwrap_err();
    let reward = arena.guerdon.reward(cup, arena.players[1]).await.unwrap_err();

    assert!(matches!(profile, GuerdonError::NoPlayer(it) if it == nobody), "{profile}");
    assert!(matches!(ledger, GuerdonError::NoPlayer(it) if it == nobody), "{ledger}");
    assert!(matches!(summary, GuerdonError::NoTournament(it) if it == nowhere), "{summary}");
    assert!(matches!(reward, GuerdonError::NoAward { tournament, .. } if tournament == cup));
}
