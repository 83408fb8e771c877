//! Second pass: registers, announces, submits, and pays.

use std::collections::HashSet;

use app_service::{
    Actor, DistributeScope, Distribution, FinalizeOptions, Guerdon, GuerdonError, ProgressListener,
    Recorded, StoreError,
    domain::{NewPlayer, NewTournament, PlayerId, TournamentId, TournamentStatus},
};

use super::{
    LeftOut, Plan, Report, SourceFile, Sources, compare::Step, left_out::Obstacle, reader,
};
use crate::{failure::Failure, import::ImportedTournament, progress::Progress};

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
    registered: HashSet<PlayerId>,
    report: Report,
}

/// Does what the plan says; answers what was done, and what ended it before its time.
pub(crate) async fn write(work: &Work<'_>, plan: Plan) -> (Report, Option<Failure>) {
    let Plan { sources, mut steps, left_out } = plan;
    let mut tournaments = reader::read(sources.files.clone());
    let report = Report::new(left_out);
    let mut writer = Writer { work, sources, registered: HashSet::new(), report };
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
        tournament: &ImportedTournament,
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

    async fn write(
        &mut self,
        step: Step,
        tournament: &ImportedTournament,
    ) -> Result<(), GuerdonError> {
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
        tournament: &ImportedTournament,
    ) -> Result<(), GuerdonError> {
        let guerdon = self.work.guerdon;
        let ImportedTournament { key, name, players, results, .. } = tournament;
        let is_new = |it: &&NewPlayer| !self.registered.contains(&it.id);
        let new: Vec<_> = players.iter().filter(is_new).cloned().collect();
        guerdon.register_players(&new).await?;
        self.registered.extend(new.iter().map(|it| it.id));

        let announced = NewTournament::new(key, name).with_policy(self.sources.policy.clone());
        guerdon.create_tournament(announced).await?;
        let options = self.sources.options;
        let submitted = guerdon.submit_results(id, results, options, &self.work.actor).await?;
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
