//! Corrects a tournament that has been frozen: makes a new plan, and pays the difference.

mod preview;

use std::{collections::BTreeSet, sync::Arc};

use domain::{Hash256, PlayerId, Results, Standings, Tournament, TournamentId, TournamentStatus};
use ports::{Actor, UnitOfWork};

pub use self::preview::{AwardChange, CorrectionPreview};
use crate::{
    Distribution, Guerdon, GuerdonError, ProgressListener, SubmitOptions,
    freezing::{Freezing, Frozen, StoredPlan, settle_what_fits, store_plan},
    planning::{Pages, StoredField},
    text,
};

/// A correction, as it was previewed.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The results as they should have been.
    pub results: CorrectedResults,
    /// The plan that was previewed: this one is paid, and no other.
    pub expected_plan: Hash256,
    /// Why, for whoever asks later where the money came from or went.
    pub reason: String,
    /// Hears of every chunk that is paid.
    pub progress: ProgressListener,
}

/// Results as they should have been.
#[derive(Debug, Clone)]
pub enum CorrectedResults {
    /// All of them, in the place of those that are frozen.
    Anew {
        /// The results, whole.
        results: Results,
        /// How forgiving their reading is.
        reading: SubmitOptions,
    },
    /// Those that are frozen, with some disqualified and everybody behind them moved up.
    Disqualified(BTreeSet<PlayerId>),
}

impl Guerdon {
    /// Puts other results in the place of frozen ones and pays the difference, as one revision
    /// more: entries of its own, badges taken away and awarded, the players' own steps taken again
    /// from this tournament on. Nothing that was recorded is edited.
    ///
    /// Whoever took part before and is not in the new results is absent from them. Two corrections
    /// of one preview cannot both happen: the second finds another plan, and is
    /// [`GuerdonError::StalePlan`]. A correction that has been made before is
    /// [`GuerdonError::Conflict`] with what exists.
    #[tracing::instrument(skip(self, correction))]
    pub async fn correct(
        &self,
        id: TournamentId,
        correction: Correction,
        actor: &Actor,
    ) -> Result<Distribution, GuerdonError> {
        let Correction { results, expected_plan, reason, progress } = correction;
        if reason.trim().is_empty() {
            return Err(GuerdonError::NoReason);
        }
        text::check("reason", &reason)?;
        text::check_actor(actor)?;
        if let Some(paid) = self.kept()? {
            return self.go_on(id, paid, &progress, actor).await;
        }
        let tournament = self.correctable(id).await?;
        if tournament.plan_hash == Some(expected_plan) {
            return self.conflict(id).await;
        }
        let standings = self.corrected_standings(&tournament, &results).await?;
        self.refuse_unregistered(standings.entries().iter().map(|it| Ok(it.player))).await?;
        let standings = Arc::new(standings);
        let freezing = self.freezing(id, Some(expected_plan), actor);
        let reason: Arc<str> = reason.into();
        let freeze = move |uow, freezing| {
            refreeze(uow, freezing, Arc::clone(&standings), Arc::clone(&reason))
        };
        self.freeze_and_pay("correct", freezing, &progress, freeze).await
    }

    /// The tournament, if its results are frozen and may still be corrected.
    async fn correctable(&self, id: TournamentId) -> Result<Tournament, GuerdonError> {
        let tournament = self.tournament(id).await?;
        gate(&tournament)?;
        Ok(tournament)
    }

    /// What the new results come to, with everybody who was paid for the old ones.
    async fn corrected_standings(
        &self,
        tournament: &Tournament,
        results: &CorrectedResults,
    ) -> Result<Standings, GuerdonError> {
        let standings = match results {
            CorrectedResults::Anew { results, reading } => {
                reading.standings(results, &tournament.policy)?
            }
            CorrectedResults::Disqualified(players) => {
                let stored = self.stored_standings(tournament.id).await?;
                let took_part = |it: &PlayerId| {
                    stored.entries().binary_search_by_key(it, |it| it.player).is_ok()
                };
                if let Some(stranger) = players.iter().find(|it| !took_part(it)) {
                    let tournament = tournament.id;
                    return Err(GuerdonError::NoAward { tournament, player: *stranger });
                }
                stored.with_disqualified(players, tournament.policy.ties())
            }
        };
        Ok(standings.with_absent(self.awarded(tournament.id).await?))
    }

    async fn stored_standings(&self, id: TournamentId) -> Result<Standings, GuerdonError> {
        let field = StoredField { store: self.store(), tournament: id };
        let mut pages = Pages::of(&field, self.settings.chunk());
        let mut entries = vec![];
        while let Some(page) = pages.next().await? {
            entries.extend(page.into_iter().map(|it| it.standing));
        }
        Ok(Standings::stored(entries))
    }

    async fn awarded(&self, id: TournamentId) -> Result<Vec<PlayerId>, GuerdonError> {
        let limit = self.settings.chunk();
        let mut players = vec![];
        loop {
            let after = players.last().copied();
            let page = self.store().list_awards(id, after, limit).await?;
            players.extend(page.iter().map(|it| it.award.planned.player));
            if page.len() < limit as usize {
                return Ok(players);
            }
        }
    }
}

async fn refreeze(
    mut uow: UnitOfWork,
    freezing: Freezing,
    standings: Arc<Standings>,
    reason: Arc<str>,
) -> Result<Frozen, GuerdonError> {
    let tournament = uow.lock_tournament(freezing.id).await?;
    let done = tournament.plan_hash.is_some() && tournament.plan_hash == freezing.expected;
    if done && freezing.keeping.is_unanswered() {
        let found = Box::new(tournament.clone());
        let own = freezing.keeping.own(&uow).await?;
        return Ok(own.map_or(Frozen::Before(found), Frozen::ToDistribute));
    }
    gate(&tournament)?;
    let reopened = tournament.reopen(&standings, freezing.chunk as usize).await?;
    // The revision is part of the plan's name: whoever was overtaken by another correction finds
    // another plan than the one that was previewed.
    let StoredPlan { hash, claimed } = store_plan(&reopened, &freezing).await?;
    let tournament = reopened.complete(hash, &reason, &freezing.actor).await?;
    let frozen = settle_what_fits(tournament, claimed, &freezing).await?;
    freezing.keeping.commit(uow, &frozen.paid()).await?;
    Ok(frozen)
}

fn gate(tournament: &Tournament) -> Result<(), GuerdonError> {
    let Tournament { id, status, .. } = *tournament;
    match status {
        TournamentStatus::Cancelled => Err(GuerdonError::Cancelled(id)),
        TournamentStatus::Scheduled | TournamentStatus::InProgress => {
            Err(GuerdonError::NotFinalized { tournament: id, status })
        }
        status => Ok(status.reopen().map(drop)?),
    }
}
