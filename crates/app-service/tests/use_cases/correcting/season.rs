//! A season that is paid, and corrections of it.

use app_service::{
    CorrectedResults, Correction, CorrectionPreview, Distribution, GuerdonError, PlayerView,
    ProgressListener, SkillView, SubmitOptions,
};
use domain::{BadgeType, Results, TournamentId};

use crate::{
    arena::{Arena, me},
    properties::{Field, PLAYERS, results},
};

pub(crate) fn block_on(run: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.unwrap().block_on(run);
}

/// A season that is paid to its end.
pub(crate) async fn season(fields: &[Field], chunk_size: u32) -> (Arena, Vec<TournamentId>) {
    let arena = Arena::of(PLAYERS).await.chunked(chunk_size, 1);
    let mut cups = vec![];
    for (number, field) in fields.iter().enumerate() {
        let cup = arena.cup_of(&format!("cup-{number}"), &results(&arena.players, *field)).await;
        let paid = arena.finalize(cup).await;
        assert!(paid.is_ok_and(|it| it.is_complete()));
        cups.push(cup);
    }
    (arena, cups)
}

/// `None` where the results are these already.
pub(crate) async fn correct(
    arena: &Arena,
    cup: TournamentId,
    results: &Results,
) -> Option<Distribution> {
    let results = anew(results.clone());
    let seen = match arena.guerdon.preview_correction(cup, &results, 0).await {
        Err(GuerdonError::NothingToCorrect(_)) => return None,
        other => other.unwrap_or_else(|it| panic!("{it}")),
    };
    let paid = arena.guerdon.correct(cup, correction(&seen, results), &me()).await;
    Some(paid.unwrap_or_else(|it| panic!("{it}")))
}

pub(super) async fn preview(
    arena: &Arena,
    cup: TournamentId,
    results: &Results,
) -> CorrectionPreview {
    let seen = arena.guerdon.preview_correction(cup, &anew(results.clone()), 9).await;
    seen.unwrap_or_else(|it| panic!("{it}"))
}

pub(super) fn anew(results: Results) -> CorrectedResults {
    CorrectedResults::Anew { results, reading: SubmitOptions::default() }
}

pub(super) fn correction(seen: &CorrectionPreview, results: CorrectedResults) -> Correction {
    Correction {
        results,
        expected_plan: seen.plan_hash,
        reason: "the stewards".into(),
        progress: ProgressListener::default(),
    }
}

/// What a player has, whatever the way there was.
#[derive(Debug, PartialEq)]
pub(super) struct Standing {
    balances: [i64; 3],
    counters: [u32; 2],
    skills: Vec<SkillView>,
    badges: Vec<(TournamentId, BadgeType)>,
}

pub(super) async fn standing(arena: &Arena) -> Vec<Standing> {
    let mut standings = vec![];
    for player in &arena.players {
        let view = arena.guerdon.profile(*player).await.unwrap_or_else(|it| panic!("{it}"));
        let PlayerView { xp_balance, credit_balance, debt, tournaments, win_streak, .. } = view;
        let had = view.badges.iter().filter(|it| it.revoked.is_none());
        standings.push(Standing {
            balances: [xp_balance, credit_balance, debt],
            counters: [tournaments, win_streak],
            badges: had.map(|it| (it.tournament, it.badge)).collect(),
            skills: view.skills,
        });
    }
    standings
}
