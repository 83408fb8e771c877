//! How often each principal may ask, in this process.
//!
//! Headers follow the draft of the IETF on rate limits: `RateLimit-Policy` says what is allowed,
//! `RateLimit` how much of it is left.

use std::{
    fmt,
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::{NoOpMiddleware, StateInformationMiddleware},
    state::keyed::HashMapStateStore,
};

use crate::{
    principal::Principal,
    problem::{Code, Problem},
};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STANDING: HeaderName = HeaderName::from_static("ratelimit");

/// After so many requests those are forgotten who have not asked for a while.
const FORGOTTEN_EVERY: u32 = 4_096;

/// How often one principal may ask. All of it may be used at once, and comes back evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// So many requests,
    pub requests: NonZeroU32,
    /// in so long.
    pub per: Duration,
}

/// What each principal has left. Clones are the same.
#[derive(Clone)]
pub(crate) struct Rates(Arc<Counts>);

struct Counts {
    limit: RateLimit,
    left: RateLimiter<String, HashMapStateStore<String>, DefaultClock, StateInformationMiddleware>,
    asked: AtomicU32,
}

/// How somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// So much is left.
    Within(u32),
    /// Nothing is left for so long.
    Over(Duration),
}

impl RateLimit {
    /// How long it takes until one request comes back.
    fn period(self) -> Duration {
        // A period of nothing would mean no limit, and the library refuses it.
        (self.per / self.requests.get()).max(Duration::from_nanos(1))
    }
}

impl Rates {
    pub(crate) fn of(limit: RateLimit) -> Self {
        let every = Quota::with_period(limit.period());
        let quota = every.unwrap_or(Quota::per_second(NonZeroU32::MIN)).allow_burst(limit.requests);
        let store = HashMapStateStore::default();
        let left: RateLimiter<_, _, _, NoOpMiddleware> =
            RateLimiter::new(quota, store, DefaultClock::default());
        let left = left.with_middleware();
        Self(Arc::new(Counts { limit, left, asked: AtomicU32::new(0) }))
    }

    fn take(&self, principal: &Principal) -> Standing {
        let Counts { left, asked, .. } = &*self.0;
        if asked.fetch_add(1, Ordering::Relaxed) % FORGOTTEN_EVERY == FORGOTTEN_EVERY - 1 {
            left.retain_recent();
        }
        match left.check_key(&principal.id) {
            Ok(state) => Standing::Within(state.remaining_burst_capacity()),
            Err(until) => Standing::Over(until.wait_time_from(left.clock().now())),
        }
    }

    fn tell(&self, standing: Standing, headers: &mut HeaderMap) {
        let RateLimit { requests, per } = self.0.limit;
        let (left, wait) = match standing {
            Standing::Within(left) => {
                let used = requests.get().saturating_sub(left);
                (left, self.0.limit.period().saturating_mul(used))
            }
            Standing::Over(wait) => (0, wait),
        };
        let policy = format!(r#""principal";q={requests};w={}"#, seconds(per));
        let standing = format!(r#""principal";r={left};t={}"#, seconds(wait));
        for (name, text) in [(POLICY, policy), (STANDING, standing)] {
            headers.extend(HeaderValue::from_str(&text).ok().map(|it| (name, it)));
        }
    }
}

/// Counts the requests of whoever asks. Where nobody has to say who they are, nobody is counted.
pub(crate) async fn limit_rate(
    State(rates): State<Rates>,
    request: Request,
    next: Next,
) -> Response {
    let Some(principal) = request.extensions().get::<Principal>() else {
        return next.run(request).await;
    };
    let standing = rates.take(principal);
    let mut response = match standing {
        Standing::Within(_) => next.run(request).await,
        Standing::Over(wait) => over(wait),
    };
    rates.tell(standing, response.headers_mut());
    response
}

fn over(wait: Duration) -> Response {
    let wait = seconds(wait);
    let detail = format!("ask again in {wait} s, and less often");
    let mut response = Problem::new(Code::RateLimited, detail).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, wait.into());
    response
}

/// Rounded up: whoever waits for so long has waited long enough.
fn seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

impl fmt::Debug for Rates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rates").field("limit", &self.0.limit).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use app_service::Role;

    use super::*;

    #[test]
    fn each_principal_has_a_limit_of_their_own() {
        let rates = hourly(2);

        let answers: Vec<_> = ["a", "a", "a", "b"].map(|it| rates.take(&principal(it))).into();

        assert_eq!(answers[..2], [Standing::Within(1), Standing::Within(0)]);
        assert!(matches!(answers[2], Standing::Over(wait) if wait > Duration::ZERO));
        assert_eq!(answers[3], Standing::Within(1));
    }

    #[test]
    fn headers_tell_what_is_allowed_and_what_is_left() {
        let mut headers = HeaderMap::new();

        hourly(60).tell(Standing::Within(58), &mut headers);

        assert_eq!(headers["ratelimit-policy"], r#""principal";q=60;w=3600"#);
        assert_eq!(headers["ratelimit"], r#""principal";r=58;t=120"#);
    }

    /// Those who have all of it left need not be remembered.
    #[test]
    fn whoever_has_not_asked_for_long_is_forgotten() {
        let per = Duration::from_nanos(1);
        let rates = Rates::of(RateLimit { requests: NonZeroU32::MIN, per });

        for number in 0..FORGOTTEN_EVERY {
            rates.take(&principal(&number.to_string()));
        }

        assert!(rates.0.left.len() <= 2, "{}", rates.0.left.len());
    }

    #[test]
    fn a_wait_is_rounded_up() {
        let waits = [0, 1, 1_000, 1_001].map(|ms| seconds(Duration::from_millis(ms)));

        assert_eq!(waits, [0, 1, 1, 2]);
    }

    fn hourly(requests: u32) -> Rates {
        let requests = NonZeroU32::new(requests).unwrap();
        Rates::of(RateLimit { requests, per: Duration::from_hours(1) })
    }

    fn principal(id: &str) -> Principal {
        Principal { id: id.to_owned(), role: Role::Viewer }
    }
}
