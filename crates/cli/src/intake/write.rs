//! Second pass: registers, announces, submits, and pays.

use std::sync::Arc;

use app_service::{
    Actor, DistributeScope, Distribution, FinalizeOptions, Guerdon, GuerdonError, ProgressListener,
    Recorded, StoreError,
    domain::{NewTournament, TournamentId, TournamentStatus},
};

use super::{
    LeftOut, Plan, Report, SourceFile, Sources, compare::Step, left_out::Obstacle, reader,
    registry::Registry,
};
use crate::{failure::Failure, import::ImportedField, progress::Progress};

/// How the second pass works.
#[derive(Debug)]
pub(crate) struct Work<'a> {
    pub(crate) guerdon: &'a Guerdon,
    pub(crate) actor: Actor,
    /// Whether tournaments are paid, too.
    pub(crate) paying: bool,
    /// Whether a tournament that cannot be taken in is left out instead of ending it all.
    pub(crate) keep_going: bool,
    pub(crate) progress: Progress,
}

/// The state of the second pass.
struct Writer<'a> {
    work: &'a Work<'a>,
    sources: Sources,
    registry: Registry,
    report: Report,
}

/// Does what the plan says; answers what was done, and what ended it before its time.
pub(crate) async fn write(work: &Work<'_>, plan: Plan) -> (Report, Option<Failure>) {
    let Plan { sources, mut steps, left_out } = plan;
    let rules = sources.options.rules(&sources.policy);
    let mut tournaments = reader::read(sources.files.clone(), rules);
    let report = Report::new(left_out);
    let mut writer = Writer { work, sources, registry: Registry::default(), report };
    let mut stopped = None;
    while let Some((file, read)) = tournaments.recv().await {
        // What could not be read was found by the first pass, unless the file has changed since.
        let tournament = match read {
            Ok(tournament) => tournament,
            Err(problems) if writer.knows(&problems) => continue,
            Err(problems) => {
                let name = writer.file(file);
                writer.report.left_out.push(LeftOut::for_problems(&name, &problems));
                continue;
            }
        };
        let id = TournamentId::of(&tournament.key);
        let Some(step) = steps.remove(&(file, id)) else { continue };
        if let Err(failure) = writer.take_in(file, step, &tournament).await {
            stopped = Some(failure);
            break;
        }
    }
    writer.report.conclude(work.paying, stopped.is_some());
    (writer.report, stopped)
}

impl Writer<'_> {
    fn knows(&self, problems: &[crate::import::Problem]) -> bool {
        let known = |file: &str, key: &Option<String>| {
            self.report.left_out.iter().any(|it| it.file == file && it.tournament == *key)
        };
        problems.iter().any(|it| known(&it.file, &it.tournament))
    }

    fn file(&self, number: usize) -> String {
        self.sources.files.get(number).map(SourceFile::name).unwrap_or_default()
    }

    async fn take_in(
        &mut self,
        file: usize,
        step: Step,
        tournament: &ImportedField,
    ) -> Result<(), Failure> {
        if step == Step::Paid {
            self.report.tournaments.already_paid += 1;
            return Ok(());
        }
        let done = self.write(step, tournament).await;
        self.work.progress.advance();
        let Err(error) = done else { return Ok(()) };
        if !self.work.keep_going || !costs_one_tournament(&error) {
            return Err(
                Failure::from(error).naming(TournamentId::of(&tournament.key), &tournament.key)
            );
        }
        self.report.left_out.push(LeftOut::for_obstacle(&Obstacle {
            kind: "failed",
            file: &self.file(file),
            tournament: &tournament.key,
            message: error.to_string(),
            advice: "all others were taken in; ask again once it is mended",
        }));
        Ok(())
    }

    async fn write(&mut self, step: Step, tournament: &ImportedField) -> Result<(), GuerdonError> {
        let id = TournamentId::of(&tournament.key);
        if step == Step::TakeIn {
            self.submit(id, tournament).await?;
        }
        if !self.work.paying {
            return Ok(());
        }
        match self.pay(id, step).await? {
            Some(distribution) => self.report.add(&distribution),
            None => self.report.tournaments.already_paid += 1,
        }
        Ok(())
    }

    async fn submit(
        &mut self,
        id: TournamentId,
        tournament: &ImportedField,
    ) -> Result<(), GuerdonError> {
        let guerdon = self.work.guerdon;
        self.registry.register(guerdon, tournament.players()).await?;
        let ImportedField { key, name, standings, .. } = tournament;
        let announced = NewTournament::new(key, name).with_policy(self.sources.policy.clone());
        guerdon.create_tournament(announced).await?;
        let standings = Arc::clone(standings);
        let submitted = guerdon.submit_standings(id, standings, &self.work.actor).await?;
        if submitted.recorded == Recorded::New {
            self.report.tournaments.imported += 1;
        }
        Ok(())
    }

    /// Finalizes, or helps with what another has finalized and not paid to the end; `None` if there
    /// was nothing left to pay.
    async fn pay(
        &self,
        id: TournamentId,
        step: Step,
    ) -> Result<Option<Distribution>, GuerdonError> {
        let Work { guerdon, actor, .. } = self.work;
        if step == Step::TakeIn {
            match guerdon.finalize(id, FinalizeOptions::default(), actor).await {
                Ok(distribution) => return Ok(Some(distribution)),
                Err(GuerdonError::Conflict { existing })
                    if existing.status != TournamentStatus::Completed =>
                {
                    return Ok(None);
                }
                Err(GuerdonError::Conflict { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        let scope = DistributeScope::Pending;
        match guerdon.distribute(id, scope, &ProgressListener::default(), actor).await {
            Ok(distribution) => Ok(Some(distribution)),
            Err(GuerdonError::Conflict { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Whether the next tournament may fare better.
fn costs_one_tournament(error: &GuerdonError) -> bool {
    !matches!(error, GuerdonError::Store(it) if !matches!(it, StoreError::Corrupt { .. }))
}
