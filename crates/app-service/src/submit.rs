//! Takes results in.

use std::sync::Arc;

use domain::{
    Hash256, OnDuplicate, OnGap, PlayerId, Results, RewardPolicy, Standings, StandingsRules,
    TournamentId, standings,
};
use ports::{Actor, UnitOfWork, spi::Recorded};

use crate::{Guerdon, GuerdonError, text};

/// Players looked up in one statement.
const LOOKUP_MAX: usize = 10_000;

/// How forgiving the reading of results is. The default refuses whatever is doubtful.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SubmitOptions {
    /// What to do with a participant who stands in the results twice.
    pub on_duplicate: OnDuplicate,
    /// What to do with a gap in the placements that no tie explains.
    pub on_gap: OnGap,
}

/// Results that are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Submitted {
    /// Whether this call wrote them, or they were there.
    pub recorded: Recorded,
    /// Names the results.
    pub results_hash: Hash256,
    /// Competing participants, or teams.
    pub field_size: u32,
}

impl SubmitOptions {
    /// What `results` come to under `policy`, with every problem at once.
    pub fn standings(
        &self,
        results: &Results,
        policy: &RewardPolicy,
    ) -> Result<Standings, GuerdonError> {
        standings(results, &self.rules(policy)).map_err(GuerdonError::InvalidResults)
    }

    /// How standings are made of results under `policy`.
    #[must_use]
    pub fn rules(&self, policy: &RewardPolicy) -> StandingsRules {
        StandingsRules {
            ties: policy.ties(),
            tie_break: policy.tie_break(),
            points: policy.league_points(),
            on_duplicate: self.on_duplicate,
            on_gap: self.on_gap,
        }
    }
}

impl Guerdon {
    /// Takes results in, or puts others in their place while nothing is frozen. The same results
    /// again change nothing; other results for a frozen tournament are refused.
    #[tracing::instrument(skip(self, results, options))]
    pub async fn submit_results(
        &self,
        id: TournamentId,
        results: &Results,
        options: SubmitOptions,
        actor: &Actor,
    ) -> Result<Submitted, GuerdonError> {
        text::check_actor(actor)?;
        let tournament = self.tournament(id).await?;
        let standings = Arc::new(options.standings(results, &tournament.policy)?);
        self.refuse_unregistered(&standings).await?;
        let actor = actor.clone();
        let unit = move |uow| submit(uow, id, Arc::clone(&standings), actor.clone());
        self.units.run("submit", unit).await
    }

    pub(crate) async fn refuse_unregistered(
        &self,
        standings: &Standings,
    ) -> Result<(), GuerdonError> {
        let players: Vec<PlayerId> = standings.entries().iter().map(|it| it.player).collect();
        let mut unregistered = vec![];
        for some in players.chunks(LOOKUP_MAX) {
            unregistered.extend(self.store().find_unregistered(some).await?);
        }
        if unregistered.is_empty() { Ok(()) } else { Err(GuerdonError::Unregistered(unregistered)) }
    }
}

async fn submit(
    mut uow: UnitOfWork,
    id: TournamentId,
    standings: Arc<Standings>,
    actor: Actor,
) -> Result<Submitted, GuerdonError> {
    let mut tournament = uow.lock_tournament(id).await?;
    let results_hash = standings.hash();
    let field_size = standings.field_size();
    let status = tournament.status;
    // What was frozen without its measured values is known by these results, too: values are taken
    // in by a correction only.
    let is_known = |it: &Hash256| {
        *it == results_hash || (status.is_frozen() && standings.names().contains(it))
    };
    if let Some(results_hash) = tournament.results_hash.filter(is_known) {
        return Ok(Submitted { recorded: Recorded::Replayed, results_hash, field_size });
    }
    if status.is_frozen() {
        return Err(GuerdonError::ResultsFrozen { tournament: id, status });
    }
    tournament.replace_results(&standings, &actor).await?;
    uow.commit().await?;
    Ok(Submitted { recorded: Recorded::New, results_hash, field_size })
}
