//! `guerdon assess`.

use std::path::Path;

use app_service::{
    GuerdonError,
    domain::{Assessment, AssessmentId},
};

use crate::{
    args::{Assess, Word},
    failure::{Exit, Failure, Finding},
    import::{AssessmentFile, Problem},
    output::Hearing,
    session::Session,
};

pub(super) async fn run(session: &Session, args: Assess) -> Result<Exit, Failure> {
    let hearing = match (args.file, args.word) {
        (Some(file), _) => of_file(session, &file).await?,
        (None, Some(word)) => of_word(session, word).await?,
        (None, None) => return Err(Failure::refused("usage", "name a file, or a player")),
    };
    session.output().view(&hearing)?;
    Ok(Exit::Done)
}

async fn of_file(session: &Session, path: &Path) -> Result<Hearing, Failure> {
    let file = AssessmentFile::read(path).map_err(|it| refused(path, &it))?;
    let guerdon = session.guerdon().await?;
    let recorded = guerdon.assess_all(&file.assessments).await.map_err(|error| match error {
        GuerdonError::InvalidAssessments(invalid) => refused(path, &file.located(&invalid)),
        other => other.into(),
    })?;
    Ok(Hearing::of(&file.assessments, &recorded))
}

async fn of_word(session: &Session, word: Word) -> Result<Hearing, Failure> {
    let Word { player, skill, percentage, assessor, occasion } = word;
    let id = AssessmentId::on(&occasion, &assessor, &skill);
    let assessment = Assessment { id, player: player.id, skill, percentage, assessor };
    let guerdon = session.guerdon().await?;
    let recorded = guerdon.assess(assessment.clone()).await;
    let recorded = recorded.map_err(|error| player.failure(error))?;
    Ok(Hearing::of(&[assessment], &[recorded]))
}

fn refused(path: &Path, problems: &[Problem]) -> Failure {
    let path = path.display();
    let message = format!("nothing of {path} was recorded, for {} problem(s)", problems.len());
    Failure::refused("assessments-invalid", message)
        .problems(problems.iter().map(Finding::of).collect())
}
