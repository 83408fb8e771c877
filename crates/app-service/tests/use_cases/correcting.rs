//! Corrections: the difference is paid once, and whoever looks afterwards finds what would have been
//! there if the results had been right from the start.

mod properties;
mod records;
mod season;

use app_service::{CorrectedResults, Correction, EntryView, GuerdonError, Spending};
use domain::{
    BadgeType, ChargeId, Currency, Finish, Placement, PlayerId, RefundId, TournamentId,
    TournamentStatus,
};
use futures::future::join_all;

use self::season::{anew, correction, preview, standing};
pub(crate) use self::season::{block_on, correct, season};
use crate::{
    arena::{Arena, existing, list, me, ranked, row},
    audit::audit,
};

#[tokio::test]
async fn a_disqualified_winner_pays_back_and_everybody_moves_up() {
    let arena = Arena::of(3).await;
    let [anna, ben, cleo] = arena.players[..] else { unreachable!() };
    let cup = arena.cup("cup", &[anna, ben, cleo]).await;
    let paid = arena.finalize(cup).await;
    assert!(paid.is_ok(), "{paid:?}");

    let preview = preview(&arena, cup, &ranked(&[ben, cleo])).await;
    let distribution = correct(&arena, cup, &ranked(&[ben, cleo])).await.unwrap();

    assert_eq!((preview.changed, preview.revision), (3, 1));
    assert_eq!(preview.credits_difference, -25, "the third prize is nobody's");
    assert_eq!(distribution.credits_posted, -25);
    assert_eq!(distribution.tournament.status, TournamentStatus::RewardsDistributed);
    let credits = [credits_of(&arena, anna).await, credits_of(&arena, ben).await];
    assert_eq!((credits, credits_of(&arena, cleo).await), ([0, 100], 50));
    assert_eq!(badges_of(&arena, anna).await, []);
    assert!(badges_of(&arena, ben).await.contains(&BadgeType::Champion));
    audit(&arena, &[cup]).await;
}

/// Disqualifying says what listing everybody else anew says, and no more.
#[tokio::test]
async fn disqualifying_moves_everybody_behind_up() {
    let (struck, listed) = (Arena::of(4).await, Arena::of(4).await);
    let [anna, ben, cleo, dan] = struck.players[..] else { unreachable!() };
    let tied = || {
        let finish = |rank| Placement::new(rank).map_or(Finish::Absent, Finish::Marked);
        let rows = [(anna, 1), (ben, 2), (cleo, 2), (dan, 4)];
        list(rows.into_iter().map(|(player, rank)| row(player, finish(rank))))
    };
    let out = |player| row(player, Finish::Disqualified);
    let finish = |rank| Placement::new(rank).map_or(Finish::Absent, Finish::Marked);
    let moved_up = [row(ben, finish(1)), row(cleo, finish(1)), row(dan, finish(3)), out(anna)];
    for arena in [&struck, &listed] {
        let paid = arena.finalize(arena.cup_of("cup", &tied()).await).await;
        assert!(paid.is_ok(), "{paid:?}");
    }
    let cup = TournamentId::of("cup");
    let strike = CorrectedResults::Disqualified([anna].into());
    let seen = struck.guerdon.preview_correction(cup, &strike, 9).await.unwrap();

    let paid = struck.guerdon.correct(cup, correction(&seen, strike), &me()).await;
    let anew = correct(&listed, cup, &list(moved_up)).await;

    assert!(paid.is_ok() && anew.is_some(), "{paid:?}");
    assert_eq!(standing(&struck).await, standing(&listed).await);
    let nobody = CorrectedResults::Disqualified([PlayerId::of("nobody")].into());
    let refusal = struck.guerdon.preview_correction(cup, &nobody, 9).await;
    assert!(matches!(refusal, Err(GuerdonError::NoAward { .. })), "{refusal:?}");
}

/// What was taken away stays to be seen, with the correction that took it.
#[tokio::test]
async fn a_revoked_badge_is_shown_as_revoked_and_comes_back_with_the_result() {
    let arena = Arena::of(2).await;
    let [anna, ben] = arena.players[..] else { unreachable!() };
    let cup = arena.cup("cup", &[anna, ben]).await;
    let paid = arena.finalize(cup).await;
    assert!(paid.is_ok(), "{paid:?}");
    let champion = || async {
        let view = arena.guerdon.profile(anna).await.unwrap();
        view.badges.into_iter().find(|it| it.badge == BadgeType::Champion).unwrap()
    };
    let earned = champion().await;

    let there = correct(&arena, cup, &ranked(&[ben, anna])).await;
    let revoked = champion().await;
    let back = correct(&arena, cup, &ranked(&[anna, ben])).await;

    assert!(there.is_some_and(|it| it.badges_revoked > 0) && back.is_some());
    let by = revoked.revoked.unwrap();
    assert_eq!((by.tournament, by.revision), (cup, 1));
    assert_eq!(champion().await, earned);
}

#[tokio::test]
async fn only_the_plan_that_was_previewed_is_paid() {
    let arena = Arena::of(2).await;
    let [anna, ben] = arena.players[..] else { unreachable!() };
    let cup = arena.cup("cup", &[anna, ben]).await;
    let paid = arena.finalize(cup).await;
    assert!(paid.is_ok(), "{paid:?}");
    let other = preview(&arena, cup, &ranked(&[ben])).await;
    let before = standing(&arena).await;

    let refusal =
        arena.guerdon.correct(cup, correction(&other, anew(ranked(&[ben, anna]))), &me()).await;

    assert!(matches!(refusal, Err(GuerdonError::StalePlan { .. })), "{refusal:?}");
    assert_eq!(standing(&arena).await, before);
}

#[tokio::test]
async fn of_two_corrections_of_one_preview_one_is_paid() {
    let arena = Arena::of(2).await;
    let [anna, ben] = arena.players[..] else { unreachable!() };
    let cup = arena.cup("cup", &[anna, ben]).await;
    let paid = arena.finalize(cup).await;
    assert!(paid.is_ok(), "{paid:?}");
    let seen = preview(&arena, cup, &ranked(&[ben, anna])).await;

    let actor = me();
    let call = || arena.guerdon.correct(cup, correction(&seen, anew(ranked(&[ben, anna]))), &actor);
    let answers = join_all((0..4).map(|_| call())).await;

    let paid = answers.iter().filter(|it| it.is_ok()).count();
    assert_eq!(paid, 1, "{answers:?}");
    let again =
        arena.guerdon.correct(cup, correction(&seen, anew(ranked(&[ben, anna]))), &me()).await;
    assert_eq!(existing(again).revision, 1);
    audit(&arena, &[cup]).await;
}

#[tokio::test]
async fn what_cannot_be_corrected_is_refused_with_the_reason() {
    let arena = Arena::of(2).await;
    let [anna, ben] = arena.players[..] else { unreachable!() };
    let open = arena.cup("open", &[anna, ben]).await;
    let cup = arena.cup("cup", &[anna, ben]).await;
    let paid = arena.finalize(cup).await;
    assert!(paid.is_ok(), "{paid:?}");
    let guerdon = &arena.guerdon;

    let unpaid = guerdon.preview_correction(open, &anew(ranked(&[ben])), 9).await;
    let same = guerdon.preview_correction(cup, &anew(ranked(&[anna, ben])), 9).await;
    let seen = preview(&arena, cup, &ranked(&[ben])).await;
    let silent = Correction { reason: " ".into(), ..correction(&seen, anew(ranked(&[ben]))) };
    let silent = guerdon.correct(cup, silent, &me()).await;
    guerdon.archive(cup, &me()).await.unwrap();
    let late = guerdon.preview_correction(cup, &anew(ranked(&[ben])), 9).await;

    assert!(matches!(unpaid, Err(GuerdonError::NotFinalized { .. })), "{unpaid:?}");
    assert!(matches!(same, Err(GuerdonError::NothingToCorrect(_))), "{same:?}");
    assert!(matches!(silent, Err(GuerdonError::NoReason)), "{silent:?}");
    assert!(matches!(late, Err(GuerdonError::Illegal(_))), "{late:?}");
}

/// The winner has spent what a correction takes back, and earns some of it again: every movement
/// says why, in the words of whoever caused it.
#[tokio::test]
async fn a_ledger_says_line_by_line_why_the_balance_changed() {
    let arena = Arena::of(2).await;
    let [anna, ben] = arena.players[..] else { panic!("two players") };
    let cup = arena.cup("cup", &[anna, ben]).await;
    assert!(arena.finalize(cup).await.unwrap().is_complete());
    let (charge, refund) = (ChargeId::of("sword"), RefundId::of("blunt"));
    let sword = Spending { player: anna, charge, amount: 80, memo: "a sword".into() };
    arena.guerdon.spend(sword).await.unwrap();
    let _ = correct(&arena, cup, &ranked(&[ben, anna])).await.unwrap();

    arena.guerdon.refund(anna, charge, refund, Some(40)).await.unwrap();

    let why = async |currency| {
        let entries = arena.guerdon.ledger(anna, currency, 0, 100).await.unwrap();
        let line = |it: EntryView| {
            let said = it.reason.or(it.memo).unwrap_or_default();
            (it.cause, said, it.tournament_key.unwrap_or_default(), it.amount, it.balance_after)
        };
        entries.into_iter().map(line).collect::<Vec<_>>()
    };
    let line = |cause: &str, said: &str, cup: &str, amount, balance| {
        (cause.to_owned(), said.to_owned(), cup.to_owned(), amount, balance)
    };
    assert_eq!(
        why(Currency::Credit).await,
        [
            line("award", "", "cup", 100, 100),
            line("spend", "a sword", "", -80, 20),
            line("correction", "the stewards", "cup", -20, 0),
            line("refund", "a sword", "", 10, 10),
        ]
    );
    assert_eq!(
        why(Currency::Debt).await,
        [line("correction", "the stewards", "cup", 30, 30), line("refund", "a sword", "", -30, 0),]
    );
}

async fn credits_of(arena: &Arena, player: PlayerId) -> i64 {
    arena.guerdon.profile(player).await.unwrap_or_else(|it| panic!("{it}")).credit_balance
}

async fn badges_of(arena: &Arena, player: PlayerId) -> Vec<BadgeType> {
    let view = arena.guerdon.profile(player).await.unwrap_or_else(|it| panic!("{it}"));
    let had = view.badges.iter().filter(|it| it.revoked.is_none());
    had.map(|it| it.badge).collect()
}
