//! What follows the question mark of a path.

use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};
use serde::{Deserialize, de::DeserializeOwned};

use crate::problem::{Code, Problem};

/// What a query asks for, or the problem with it.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Query(asked) = Query::try_from_uri(&parts.uri)
            .map_err(|error| Problem::new(Code::QueryInvalid, error.body_text()))?;
        Ok(Self(asked))
    }
}

/// A number of rows to show beside totals.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u32")]
pub(crate) struct Few(u32);

impl Few {
    const MAX: u32 = 1_000;
    const USUAL: u32 = 100;

    /// The number.
    pub(crate) fn number(self) -> usize {
        self.0 as usize
    }
}

impl Default for Few {
    fn default() -> Self {
        Self(Self::USUAL)
    }
}

impl TryFrom<u32> for Few {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, String> {
        let fits = number <= Self::MAX;
        fits.then_some(Self(number)).ok_or_else(|| format!("at most {}, not {number}", Self::MAX))
    }
}
