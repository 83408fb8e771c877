//! Answers with a secret: shown to whoever asked first, and stored nowhere.

use std::sync::{Arc, OnceLock};

use app_service::{Actor, Guerdon};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::Once;
use crate::problem::Problem;

impl Once {
    /// As [`answer`](Self::answer) does, of a change that comes to what is stored of its answer, and
    /// to the answer itself. Whoever asks again gets what is stored. The answer goes to whoever waits
    /// for it, so everybody does.
    pub(crate) async fn answer_past_the_store<T, S, F>(
        self,
        guerdon: &Guerdon,
        status: StatusCode,
        change: impl FnOnce(Guerdon, Actor) -> F + Send + 'static,
    ) -> Result<Response, Problem>
    where
        T: Serialize + Send,
        S: Serialize + Send + Sync + 'static,
        F: Future<Output = Result<(T, S), Problem>> + Send + 'static,
    {
        let kept = Arc::new(OnceLock::new());
        let keep = Arc::clone(&kept);
        let change = move |guerdon, actor| {
            let change = change(guerdon, actor);
            async move {
                let (stored, answer) = change.await?;
                // Nobody else has it: a change is run once.
                let _ = keep.set(answer);
                Ok(stored)
            }
        };
        let answered = Self { unasked: false, ..self }.answer(guerdon, status, change).await?;
        let Some(answer) = kept.get() else { return Ok(answered) };
        let mut shown = (answered.status(), Json(answer)).into_response();
        let no_copy = HeaderValue::from_static("no-store");
        shown.headers_mut().insert(header::CACHE_CONTROL, no_copy);
        Ok(shown)
    }
}
