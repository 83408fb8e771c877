//! No more at once than can be answered: whoever comes beyond that is told so at once.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::sync::Semaphore;

use crate::problem::{Code, Problem};

/// Whether the process lives has nothing to do with how much it has to do.
const ALWAYS: &str = "/livez";

/// Places for requests that are being answered. Clones are the same.
#[derive(Debug, Clone)]
pub(crate) struct Places(Arc<Semaphore>);

impl Places {
    pub(crate) fn of(count: usize) -> Self {
        Self(Arc::new(Semaphore::new(count.min(Semaphore::MAX_PERMITS))))
    }
}

/// Answers a request if there is a place for it. A request that waits holds memory, a connection and,
/// sooner or later, its caller's patience; one that is refused can be sent again.
pub(crate) async fn shed(State(places): State<Places>, request: Request, next: Next) -> Response {
    if request.uri().path() == ALWAYS {
        return next.run(request).await;
    }
    let Ok(_place) = places.0.try_acquire() else {
        let detail = "too many requests are being answered: ask again";
        return Problem::new(Code::Overloaded, detail).into_response();
    };
    next.run(request).await
}
