//! `guerdon correct`: shows the difference first, and pays it when its plan is named.

use std::collections::HashMap;

use app_service::{
    CorrectedResults, Correction, CorrectionPreview, DistributeScope, Distribution, Guerdon,
    GuerdonError,
    domain::{NewPlayer, PlayerId, Tournament, TournamentId, TournamentStatus},
};

use super::unpaid;
use crate::{
    args::{Correct, Pay},
    failure::{Exit, Failure, Finding},
    import::{Import, ImportedTournament, Problem},
    output::{Corrected, Corrections, Difference},
    progress::Progress,
    session::Session,
};

/// One call of a correcting command.
pub(super) struct Correcting<'a> {
    pub(super) session: &'a Session,
    pub(super) guerdon: &'a Guerdon,
    pub(super) pay: &'a Pay,
}

pub(super) async fn run(session: &Session, args: &Correct) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let correcting = Correcting { session, guerdon: &guerdon, pay: &args.pay };
    let read = correcting.read(args).await?;
    let mut corrected = vec![];
    for tournament in read {
        let reading = args.reading.submit_options();
        let ImportedTournament { key, players, results, .. } = tournament;
        let id = TournamentId::of(&key);
        if !args.pay.plans.is_empty() {
            correcting.register(&players).await?;
        }
        let results = CorrectedResults::Anew { results, reading };
        let named = |error: Failure| error.naming(id, &key);
        corrected.push(correcting.correct(id, results).await.map_err(named)?);
    }
    correcting.show(corrected)
}

impl Correcting<'_> {
    /// Every tournament of the files, or all that is wrong with them. They are held: corrections
    /// are few.
    async fn read(&self, args: &Correct) -> Result<Vec<ImportedTournament>, Failure> {
        let mut problems = vec![];
        let mut read = vec![];
        for path in &args.reading.files {
            match Import::open(path, &args.reading.import_options()) {
                Err(more) => problems.extend(more),
                Ok(import) => gather(&import, &mut read, &mut problems),
            }
        }
        for tournament in &read {
            let id = TournamentId::of(&tournament.key);
            let stored = self.guerdon.tournament(id).await;
            let stored = stored.map_err(|it| Failure::from(it).naming(id, &tournament.key))?;
            problems.extend(found_in(tournament, &stored, args));
        }
        if problems.is_empty() { Ok(read) } else { Err(refused(&problems)) }
    }

    /// Whoever is new in the results is registered before anything is planned.
    async fn register(&self, players: &[NewPlayer]) -> Result<(), Failure> {
        self.guerdon.register_players(players).await.map(drop).map_err(Failure::from)
    }

    /// Shows what would be paid, or pays it when its plan was named.
    pub(super) async fn correct(
        &self,
        id: TournamentId,
        results: CorrectedResults,
    ) -> Result<Corrected, Failure> {
        let Pay { reason, plans, limit } = self.pay;
        let preview = match self.guerdon.preview_correction(id, &results, *limit).await {
            Ok(preview) => preview,
            Err(GuerdonError::NothingToCorrect(_)) => return self.go_on(id).await,
            Err(error) => return Err(error.into()),
        };
        if plans.is_empty() {
            let names = self.names(&preview).await?;
            return Ok(Corrected::Previewed(Box::new(Difference::of(preview, &names))));
        }
        // Whoever names another plan is told by the use case which one it would be.
        let expected = plans.iter().find(|it| **it == preview.plan_hash).or(plans.first());
        let progress = self.progress();
        let correction = Correction {
            results,
            expected_plan: expected.copied().unwrap_or(preview.plan_hash),
            reason: reason.clone(),
            progress: progress.listener(),
        };
        let ended = self.guerdon.correct(id, correction, &self.session.actor()).await;
        progress.clear();
        self.paid(ended?).await
    }

    /// The results are these already. Whoever names the plan that stands goes on where paying it
    /// was left, if a crash has left it.
    async fn go_on(&self, id: TournamentId) -> Result<Corrected, Failure> {
        let tournament = self.guerdon.summary(id).await?;
        let is_named = tournament.plan_hash.is_some_and(|it| self.pay.plans.contains(&it));
        if !is_named || tournament.status != TournamentStatus::Completed {
            return Ok(Corrected::Before { tournament: Box::new(tournament) });
        }
        let progress = self.progress();
        let (scope, actor) = (DistributeScope::Pending, self.session.actor());
        let ended = self.guerdon.distribute(id, scope, &progress.listener(), &actor).await;
        progress.clear();
        match ended {
            // Somebody else was faster.
            Err(GuerdonError::Conflict { existing }) => {
                Ok(Corrected::Before { tournament: existing })
            }
            ended => self.paid(ended?).await,
        }
    }

    fn progress(&self) -> Progress {
        Progress::counting("participants", self.session.output().shows_progress())
    }

    async fn paid(&self, distribution: Distribution) -> Result<Corrected, Failure> {
        let payment = unpaid::explain(self.guerdon, distribution).await?;
        Ok(Corrected::Paid(Box::new(payment)))
    }

    pub(super) fn show(&self, corrected: Vec<Corrected>) -> Result<Exit, Failure> {
        let corrections = Corrections { corrections: corrected };
        self.session.output().view(&corrections)?;
        Ok(corrections.exit())
    }

    async fn names(
        &self,
        preview: &CorrectionPreview,
    ) -> Result<HashMap<PlayerId, String>, Failure> {
        let players: Vec<_> = preview.changes.iter().map(|it| it.player).collect();
        let profiles = self.guerdon.profiles(&players).await?;
        Ok(profiles.into_iter().map(|it| (it.id, it.name)).collect())
    }
}

/// Tells the tournaments of a file from those that have problems.
fn gather(import: &Import, read: &mut Vec<ImportedTournament>, problems: &mut Vec<Problem>) {
    for tournament in import.tournaments() {
        match tournament {
            Err(more) => problems.extend(more),
            Ok(tournament) => read.push(tournament),
        }
    }
}

/// What is wrong with the results under the policy that the tournament has.
fn found_in(tournament: &ImportedTournament, stored: &Tournament, args: &Correct) -> Vec<Problem> {
    let rules = args.reading.submit_options().rules(&stored.policy);
    tournament.standings(&rules).err().unwrap_or_default()
}

fn refused(problems: &[Problem]) -> Failure {
    let message = format!("nothing was corrected, for {} problem(s)", problems.len());
    Failure::refused("input-refused", message).problems(problems.iter().map(Finding::of).collect())
}
