//! A claimed request on its way to its answer, on a task of its own: whoever goes away leaves a
//! request that ends and is answered all the same.

use app_service::{Guerdon, Ticket};
use axum::{http::StatusCode, response::Response};
use serde::Serialize;
use tokio::task::JoinHandle;
use tracing::Instrument;

use super::Stored;
use crate::problem::{Code, Problem};

/// A claimed request on its way to its answer.
pub(super) struct Carried {
    pub(super) guerdon: Guerdon,
    pub(super) ticket: Ticket,
    /// Of a success.
    pub(super) status: StatusCode,
    pub(super) trace: Option<String>,
}

impl Carried {
    /// Carries it out; it is under way before anybody waits.
    pub(super) fn out<T, F>(
        self,
        change: impl FnOnce(Guerdon) -> F + Send + 'static,
    ) -> impl Future<Output = Result<Response, Problem>>
    where
        T: Serialize,
        F: Future<Output = Result<T, Problem>> + Send + 'static,
    {
        let task: JoinHandle<Result<Stored, Problem>> = tokio::spawn(
            async move {
                let changed = async {
                    let changed = change(self.guerdon.keyed(&self.ticket)).await;
                    changed.map(|it| Stored::success(self.status, &it))
                };
                let changed = self.guerdon.holding(&self.ticket, changed).await;
                self.end(changed.and_then(|it| it)).await
            }
            .in_current_span(),
        );
        async move {
            let ended = task.await.unwrap_or_else(|error| {
                tracing::error!(%error, "a request did not come to its end");
                Err(Problem::new(Code::Internal, "the log says more"))
            });
            ended.map(Stored::first)
        }
    }

    /// Stores the answer, and gives it. What may come out otherwise next time is not stored: whoever
    /// asks next has the request at once.
    async fn end(&self, changed: Result<Stored, Problem>) -> Result<Stored, Problem> {
        let answer = match changed {
            Ok(stored) => stored,
            Err(problem) if problem.code().is_final() => {
                Stored::problem(&problem, self.trace.as_deref())?
            }
            Err(problem) => {
                if let Err(error) = self.guerdon.release_request(&self.ticket).await {
                    tracing::warn!(%error, "a request stays claimed until its lease ends");
                }
                return Err(problem);
            }
        };
        let stored = self.guerdon.answer_request(&self.ticket, &answer.to_text()?).await?;
        Stored::read(&stored)
    }
}
