//! An operation as it changes, as server-sent events.

use std::{convert::Infallible, time::Duration};

use app_service::{Guerdon, domain::RequestId};
use axum::response::sse::Event;
use futures::{Stream, stream};
use wire::{OperationState, RequestOperation};

use super::operation;
use crate::problem::Code;

/// How often an operation is looked at.
const PERIOD: Duration = Duration::from_millis(500);

/// What is sent.
pub(crate) type Told = Result<Event, Infallible>;

/// Somebody who watches an operation. Nothing of it outlives the connection: whoever comes back says
/// what was seen last, and any process goes on from there.
pub(crate) struct Watch {
    guerdon: Guerdon,
    id: RequestId,
    /// Names what was seen last.
    seen: Option<String>,
    ended: bool,
}

impl Watch {
    pub(crate) fn of(guerdon: Guerdon, id: RequestId, seen: Option<&str>) -> Self {
        Self { guerdon, id, seen: seen.map(str::to_owned), ended: false }
    }

    /// What changes, until it is answered.
    pub(crate) fn events(self) -> impl Stream<Item = Told> {
        stream::unfold(self, |mut watch| async {
            let event = watch.next().await?;
            Some((Ok(event), watch))
        })
    }

    async fn next(&mut self) -> Option<Event> {
        while !self.ended {
            match operation(&self.guerdon, self.id).await {
                Ok(found) => {
                    self.ended = found.state == OperationState::Answered;
                    let name = name(&found);
                    if self.seen.as_ref() != Some(&name) {
                        self.seen = Some(name.clone());
                        return event(&found, name);
                    }
                    if self.ended {
                        return None;
                    }
                }
                // It is forgotten: there is nothing more to come.
                Err(problem) if problem.code() == Code::OperationUnknown => return None,
                // A store that does not answer now may do so later; its words are in the log.
                Err(_) => {}
            }
            tokio::time::sleep(PERIOD).await;
        }
        None
    }
}

/// Names what is to be seen of an operation: another name means that something has changed.
fn name(found: &RequestOperation) -> String {
    let RequestOperation { claims, progress, state, .. } = found;
    let numbers = progress.map(|it| format!("{}-{}-{}", it.applied, it.pending, it.failed));
    let state = if *state == OperationState::Answered { "answered" } else { "running" };
    format!("{claims}.{}.{state}", numbers.unwrap_or_default())
}

fn event(found: &RequestOperation, name: String) -> Option<Event> {
    let kind = if found.answer.is_some() { "answer" } else { "progress" };
    Event::default().id(name).event(kind).json_data(found).ok()
}
