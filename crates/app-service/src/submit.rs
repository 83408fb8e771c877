//! Takes results in.

mod source;

use std::sync::Arc;

use domain::{
    Hash256, OnDuplicate, OnGap, PlayerId, Results, RewardPolicy, Standings, StandingsRules,
    TournamentId, standings,
};
use ports::{Actor, StoreError, UnitOfWork, spi::Recorded};
use serde::{Deserialize, Serialize};

use self::source::in_pages;
pub use self::source::{HeldStandings, StandingsSource};
use crate::{
    Guerdon, GuerdonError,
    requests::{Keeping, recorded},
    text,
};

/// How forgiving the reading of results is. The default refuses whatever is doubtful.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SubmitOptions {
    /// What to do with a participant who stands in the results twice.
    pub on_duplicate: OnDuplicate,
    /// What to do with a gap in the placements that no tie explains.
    pub on_gap: OnGap,
}

/// Results that are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// Whether this call wrote them, or they were there.
    #[serde(with = "recorded", rename = "replayed")]
    pub recorded: Recorded,
    /// Names the results.
    pub results_hash: Hash256,
    /// Competing participants, or teams.
    pub field_size: u32,
}

/// Results on their way into the store, handed to each try of their unit of work.
#[derive(Clone)]
struct Submission {
    id: TournamentId,
    standings: Arc<dyn StandingsSource>,
    page: u32,
    actor: Actor,
    keeping: Keeping,
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
        if let Some(submitted) = self.kept()? {
            return Ok(submitted);
        }
        let policy = self.tournament(id).await?.policy;
        let standings = options.standings(results, &policy)?;
        let rules = options.rules(&policy);
        let source = HeldStandings::new(standings, rules);
        self.submit_standings(id, Arc::new(source), actor).await
    }

    /// The same of standings that nobody has to hold. They are read page by page, more than once, and
    /// written in one transaction.
    #[tracing::instrument(skip(self, standings))]
    pub async fn submit_standings(
        &self,
        id: TournamentId,
        standings: Arc<dyn StandingsSource>,
        actor: &Actor,
    ) -> Result<Submitted, GuerdonError> {
        text::check_actor(actor)?;
        if let Some(submitted) = self.kept()? {
            return Ok(submitted);
        }
        let policy = self.tournament(id).await?.policy;
        let StandingsRules { on_duplicate, on_gap, .. } = standings.rules();
        if (SubmitOptions { on_duplicate, on_gap }).rules(&policy) != standings.rules() {
            let rule = "standings are made by the rules of the tournament's policy";
            return Err(StoreError::Invalid { rule }.into());
        }
        let players = standings.standings().map(|it| it.map(|it| it.player));
        self.refuse_unregistered(players).await?;
        let page = self.settings.chunk();
        let (actor, keeping) = (actor.clone(), self.keeping());
        let submission = Submission { id, standings, page, actor, keeping };
        let unit = move |uow| submit(uow, submission.clone());
        self.units.run("submit", unit).await
    }

    pub(crate) async fn refuse_unregistered(
        &self,
        players: impl Iterator<Item = Result<PlayerId, StoreError>> + Send,
    ) -> Result<(), GuerdonError> {
        let mut unregistered = vec![];
        for page in in_pages(players, self.settings.chunk()) {
            unregistered.extend(self.store().find_unregistered(&page?).await?);
        }
        if unregistered.is_empty() { Ok(()) } else { Err(GuerdonError::Unregistered(unregistered)) }
    }
}

async fn submit(mut uow: UnitOfWork, submission: Submission) -> Result<Submitted, GuerdonError> {
    let Submission { id, standings, page, actor, keeping } = submission;
    let mut tournament = uow.lock_tournament(id).await?;
    let facts = standings.facts();
    let (results_hash, field_size) = (facts.hash(), facts.field_size);
    let status = tournament.status;
    // What was frozen without its measured values is known by these results, too: values are taken
    // in by a correction only.
    let is_known =
        |it: &Hash256| *it == results_hash || (status.is_frozen() && facts.names.contains(it));
    if let Some(results_hash) = tournament.results_hash.filter(is_known) {
        if let Some(own) = keeping.found(&uow).await? {
            return Ok(own);
        }
        return Ok(Submitted { recorded: Recorded::Replayed, results_hash, field_size });
    }
    if status.is_frozen() {
        return Err(GuerdonError::ResultsFrozen { tournament: id, status });
    }
    let mut pages = in_pages(standings.standings(), page);
    tournament.replace_results_by_page(facts, &mut pages, &actor).await?;
    let submitted = Submitted { recorded: Recorded::New, results_hash, field_size };
    keeping.commit(uow, &submitted).await?;
    Ok(submitted)
}
