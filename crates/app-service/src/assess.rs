//! Records a coach's word.

use domain::{Assessment, LockOrder};
use ports::spi::Recorded;

use crate::{Guerdon, GuerdonError, text};

impl Guerdon {
    /// Records an assessment, once for each [id](Assessment::id). It moves the assessed value of
    /// one skill, and never a level.
    #[tracing::instrument(skip_all, fields(player = %assessment.player))]
    pub async fn assess(&self, assessment: Assessment) -> Result<Recorded, GuerdonError> {
        if !(0..=1_000).contains(&assessment.percentage.units()) {
            let Assessment { skill, percentage, .. } = assessment;
            return Err(GuerdonError::NotAPercentage { skill, percentage });
        }
        text::check("assessor", &assessment.assessor)?;
        let unit = move |mut uow: ports::UnitOfWork| {
            let assessment = assessment.clone();
            async move {
                let players = uow.lock_players(&LockOrder::of([assessment.player])).await?;
                if players.get(assessment.player).is_none() {
                    return Err(GuerdonError::NoPlayer(assessment.player));
                }
                let recorded = players.assess(&assessment).await?;
                uow.commit().await?;
                Ok(recorded)
            }
        };
        self.units.run("assess", unit).await
    }
}
