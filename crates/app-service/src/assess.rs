//! Records what coaches say: one word, or many of them at once.

mod fault;

use std::sync::Arc;

use domain::{Assessment, LockOrder};
use ports::{UnitOfWork, spi::Recorded};

pub use self::fault::{AssessmentFault, InvalidAssessment};
use crate::{
    Guerdon, GuerdonError,
    requests::{Keeping, Told},
};

impl Guerdon {
    /// Records an assessment, once for each [id](Assessment::id) of a player. It moves the assessed
    /// value of one skill, and never a level.
    #[tracing::instrument(skip_all, fields(player = %assessment.player))]
    pub async fn assess(&self, assessment: Assessment) -> Result<Recorded, GuerdonError> {
        let recorded = self.assess_all(std::slice::from_ref(&assessment)).await;
        let recorded = recorded.map_err(|it| it.of_the_only_one(&assessment.assessor))?;
        Ok(recorded.first().copied().unwrap_or(Recorded::Replayed))
    }

    /// Records assessments of any players and skills, all of them or none; answers in their order.
    ///
    /// It is one unit of work, of as many statements as one assessment takes. One whose id was
    /// recorded before stays as it was, whatever this one says; two of one id in a batch count once.
    /// All that is wrong with a batch comes back at once, as [`GuerdonError::InvalidAssessments`]; at
    /// most [`ASSESSMENTS_MAX`](Self::ASSESSMENTS_MAX) are taken, so that nobody's lock is held for long.
    #[tracing::instrument(skip_all, fields(assessments = assessments.len()))]
    pub async fn assess_all(
        &self,
        assessments: &[Assessment],
    ) -> Result<Vec<Recorded>, GuerdonError> {
        let (given, max) = (assessments.len(), Self::ASSESSMENTS_MAX);
        if given > max {
            return Err(GuerdonError::TooManyAssessments { given, max });
        }
        fault::refuse(fault::unfit(assessments))?;
        if assessments.is_empty() {
            return Ok(vec![]);
        }
        if let Some(told) = self.kept()? {
            return Ok(recorded(told));
        }
        let (assessments, keeping): (Arc<[Assessment]>, _) = (assessments.into(), self.keeping());
        let unit = move |uow| record(uow, Arc::clone(&assessments), keeping.clone());
        self.units.run("assess", unit).await.map(recorded)
    }

    /// The largest batch that [`assess_all`](Self::assess_all) takes.
    pub const ASSESSMENTS_MAX: usize = 10_000;
}

/// R04: the players are locked in one order, whatever the order of the assessments.
async fn record(
    mut uow: UnitOfWork,
    assessments: Arc<[Assessment]>,
    keeping: Keeping,
) -> Result<Vec<Told>, GuerdonError> {
    let players = uow.lock_players(&LockOrder::of(assessments.iter().map(|it| it.player))).await?;
    fault::refuse(fault::unknown(&assessments, |id| players.get(id).is_some()))?;
    let told = players.assess(&assessments).await?.into_iter().map(Told).collect();
    if let Some(own) = keeping.found(&uow).await? {
        return Ok(own);
    }
    keeping.commit(uow, &told).await?;
    Ok(told)
}

fn recorded(told: Vec<Told>) -> Vec<Recorded> {
    told.into_iter().map(|it| it.0).collect()
}
