//! What is wrong with assessments: all of it, before anything is written.

use domain::{Assessment, PlayerId, SkillName, TEXT_MAX_CHARS, Tenths, TextProblem, check_text};
use thiserror::Error;

use crate::GuerdonError;

/// An assessment of a batch that cannot be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidAssessment {
    /// Where it stands in the batch, from 0.
    pub position: usize,
    /// What is wrong with it.
    pub fault: AssessmentFault,
}

/// What is wrong with an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AssessmentFault {
    /// The percentage is none.
    #[error("{percentage} is no percentage for {skill}: use 0.0 to 100.0")]
    NotAPercentage {
        /// Which skill.
        skill: SkillName,
        /// What was said.
        percentage: Tenths,
    },

    /// The name of who says so is not one line of readable text.
    #[error("the assessor {0}, expected {expected}", expected = .0.expected())]
    NotText(TextProblem),

    /// Nobody of this id is registered.
    #[error("there is no player {0}")]
    NoPlayer(PlayerId),
}

/// Whatever is wrong with assessments as they are.
pub(super) fn unfit(assessments: &[Assessment]) -> Vec<InvalidAssessment> {
    let faults = assessments.iter().enumerate().flat_map(|(position, it)| {
        let faults = [no_percentage(it), no_text(it)].into_iter().flatten();
        faults.map(move |fault| InvalidAssessment { position, fault })
    });
    faults.collect()
}

/// Those of somebody who is not `registered`.
pub(super) fn unknown(
    assessments: &[Assessment],
    registered: impl Fn(PlayerId) -> bool,
) -> Vec<InvalidAssessment> {
    let strangers = assessments.iter().enumerate().filter(|(_, it)| !registered(it.player));
    let fault = |(position, it): (_, &Assessment)| InvalidAssessment {
        position,
        fault: AssessmentFault::NoPlayer(it.player),
    };
    strangers.map(fault).collect()
}

/// Refuses a batch with anything wrong in it.
pub(super) fn refuse(invalid: Vec<InvalidAssessment>) -> Result<(), GuerdonError> {
    if invalid.is_empty() { Ok(()) } else { Err(GuerdonError::InvalidAssessments(invalid)) }
}

fn no_percentage(it: &Assessment) -> Option<AssessmentFault> {
    let Assessment { skill, percentage, .. } = it;
    let fault =
        || AssessmentFault::NotAPercentage { skill: skill.clone(), percentage: *percentage };
    (!(0..=1_000).contains(&percentage.units())).then(fault)
}

fn no_text(it: &Assessment) -> Option<AssessmentFault> {
    check_text(&it.assessor).err().map(AssessmentFault::NotText)
}

impl GuerdonError {
    /// The same about an assessment that came alone.
    pub(super) fn of_the_only_one(self, assessor: &str) -> Self {
        let Self::InvalidAssessments(invalid) = self else { return self };
        match invalid.into_iter().next().map(|it| it.fault) {
            Some(AssessmentFault::NotAPercentage { skill, percentage }) => {
                Self::NotAPercentage { skill, percentage }
            }
            Some(AssessmentFault::NotText(problem)) => {
                let text = assessor.chars().take(TEXT_MAX_CHARS).collect();
                Self::NotText { what: "assessor", problem, text }
            }
            Some(AssessmentFault::NoPlayer(id)) => Self::NoPlayer(id),
            None => Self::InvalidAssessments(vec![]),
        }
    }
}
