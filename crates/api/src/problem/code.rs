//! The catalogue of problems. A code is for ever; its words may improve.

use axum::http::StatusCode;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident $status:ident $name:literal $retryable:literal $title:literal,)+) => {
        /// What sort of problem it is, for programs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Code {
            $($(#[$doc])* $variant,)+
        }

        impl Code {
            /// Every code.
            const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name that callers match on.
            pub(crate) fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What all problems of this code have in common, for people.
            pub(crate) fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }

            /// The status of the answer.
            pub(crate) fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)+ }
            }

            /// Whether the same request may succeed later.
            pub(crate) fn is_retryable(self) -> bool {
                match self { $(Self::$variant => $retryable,)+ }
            }
        }
    };
}

codes! {
    /// The body is not what the route takes.
    BodyInvalid BAD_REQUEST "body-invalid" false "The body cannot be read",
    /// Whoever asks has not said who they are: send an API key or a token.
    AuthenticationRequired UNAUTHORIZED "authentication-required" false "Nobody has said who asks",
    /// The key or the token is not taken; `detail` says why, as far as its signature is good.
    TokenInvalid UNAUTHORIZED "token-invalid" false "The key or the token is not taken",
    /// Whoever asks may not do this; `detail` names the role that may.
    RoleMissing FORBIDDEN "role-missing" false "It takes another role",
    /// No such path.
    RouteUnknown NOT_FOUND "route-unknown" false "There is no such path",
    /// The path exists, not for this method.
    MethodNotAllowed METHOD_NOT_ALLOWED "method-not-allowed" false "The path does not take this method",
    /// The body is too large.
    BodyTooLarge PAYLOAD_TOO_LARGE "body-too-large" false "The body is too large",
    /// It took too long; what was committed stands, and asking again goes on from there.
    Timeout GATEWAY_TIMEOUT "timeout" true "The request took too long",
    /// Too many requests in too short a time; `Retry-After` says when there may be another.
    RateLimited TOO_MANY_REQUESTS "rate-limited" true "There were too many requests",
    TournamentUnknown NOT_FOUND "tournament-unknown" false "There is no such tournament",
    PlayerUnknown NOT_FOUND "player-unknown" false "There is no such player",
    AwardUnknown NOT_FOUND "award-unknown" false "The player has no award in the tournament",
    /// It has been done; the problem holds what exists.
    AlreadyFinalized CONFLICT "already-finalized" false "The tournament is finalized already",
    ResultsMissing CONFLICT "results-missing" false "The tournament has no results yet",
    TournamentCancelled CONFLICT "tournament-cancelled" false "The tournament was cancelled",
    PlanStale CONFLICT "plan-stale" false "The plan is not the one that was previewed",
    /// Anything else that the state of the tournament does not allow.
    StateConflict CONFLICT "state-conflict" false "The tournament's state does not allow it",
    /// Lost a race, or the outcome of a commit is unknown, after all retries.
    StoreBusy SERVICE_UNAVAILABLE "store-busy" true "The store is busy",
    /// More is asked at once than can be answered. Nothing was done: ask again.
    Overloaded SERVICE_UNAVAILABLE "overloaded" true "Too much is asked at once",
    StoreUnusable SERVICE_UNAVAILABLE "store-unusable" true "The store cannot be used",
    /// A stored row breaks a rule: a person must look.
    StoreCorrupt INTERNAL_SERVER_ERROR "store-corrupt" false "A stored row breaks a rule",
    Internal INTERNAL_SERVER_ERROR "internal" false "Something went wrong here",
}

impl Code {
    /// The code for what a layer refused without naming one.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::RouteUnknown,
            _ if status.is_server_error() && status != StatusCode::GATEWAY_TIMEOUT => {
                Self::Internal
            }
            _ => {
                let found = Self::ALL.iter().find(|it| it.status() == status);
                found.copied().unwrap_or(Self::BodyInvalid)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_problems_share_a_code() {
        let names: std::collections::BTreeSet<_> = Code::ALL.iter().map(|it| it.as_str()).collect();

        assert_eq!(names.len(), Code::ALL.len());
    }

    #[test]
    fn a_refusal_of_a_layer_keeps_its_status() {
        let refused = [400, 404, 405, 413, 500, 504].map(|it| StatusCode::from_u16(it).unwrap());

        for status in refused {
            assert_eq!(Code::of_status(status).status(), status);
        }
    }
}
