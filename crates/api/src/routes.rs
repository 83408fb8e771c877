//! One function for each route; the use cases do the work.

mod finalize;
mod health;
mod metrics;
mod reads;

pub(crate) use self::{
    finalize::finalize,
    health::{livez, readyz},
    metrics::metrics,
    reads::{reward, summary},
};
