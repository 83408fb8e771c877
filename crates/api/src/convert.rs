//! From what goes over the wire to what the use cases take, and back where they say it otherwise.

mod hash;
mod plan;
mod results;

pub(crate) use self::{
    hash::hash,
    plan::{CorrectionView, PlanView, correction_preview, plan},
    results::{GivenResults, reading},
};
