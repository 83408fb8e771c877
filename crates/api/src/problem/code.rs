//! The catalogue of problems. A code is for ever; its words may improve.

use axum::http::StatusCode;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident $status:ident $name:literal $retryable:literal $title:literal,)+) => {
        /// What sort of problem it is, for programs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code.
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),+];

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

            /// When it comes, and what to do about it.
            #[cfg(test)]
            pub(crate) fn help(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+).trim_ascii(),)+ }
            }

            /// Whether the same request may succeed later.
            pub(crate) fn is_retryable(self) -> bool {
                match self { $(Self::$variant => $retryable,)+ }
            }
        }
    };
}

codes! {
    /// The body is not what the route takes; `errors` points at what is wrong.
    BodyInvalid BAD_REQUEST "body-invalid" false "The body cannot be read",
    /// What follows the question mark is not what the route takes.
    QueryInvalid BAD_REQUEST "query-invalid" false "The query cannot be read",
    /// A name in the path is no text.
    PathInvalid BAD_REQUEST "path-invalid" false "The path cannot be read",
    /// The cursor is not one that this list has given out. Begin at the first page.
    CursorInvalid BAD_REQUEST "cursor-invalid" false "The cursor is not one of this list",
    /// Whatever changes something carries the header `Idempotency-Key`.
    IdempotencyKeyMissing BAD_REQUEST "idempotency-key-missing" false "The request has no idempotency key",
    /// One key of 1 to 255 visible ASCII characters.
    IdempotencyKeyInvalid BAD_REQUEST "idempotency-key-invalid" false "The idempotency key cannot be read",
    /// Whoever asks may not do this; `detail` names the role that may.
    RoleMissing FORBIDDEN "role-missing" false "It takes another role",
    /// No such path.
    RouteUnknown NOT_FOUND "route-unknown" false "There is no such path",
    /// The path exists, not for this method; `Allow` names those that it takes.
    MethodNotAllowed METHOD_NOT_ALLOWED "method-not-allowed" false "The path does not take this method",
    /// The body is too large. Results, corrections and lists of players may be larger than the rest.
    BodyTooLarge PAYLOAD_TOO_LARGE "body-too-large" false "The body is too large",
    /// It took too long; what was committed stands, and asking again goes on from there.
    Timeout GATEWAY_TIMEOUT "timeout" true "The request took too long",
    /// No tournament has this key or id.
    TournamentUnknown NOT_FOUND "tournament-unknown" false "There is no such tournament",
    /// No player has this key or id.
    PlayerUnknown NOT_FOUND "player-unknown" false "There is no such player",
    /// The player did not take part in the tournament, or nothing is frozen yet.
    AwardUnknown NOT_FOUND "award-unknown" false "The player has no award in the tournament",
    /// The player was never charged under this name.
    ChargeUnknown NOT_FOUND "charge-unknown" false "There is no such charge",
    /// Nobody has verified this database yet.
    VerificationUnknown NOT_FOUND "verification-unknown" false "There was no verification yet",
    /// A tournament of this key exists under another name or policy; the problem holds it.
    TournamentDiffers CONFLICT "tournament-differs" false "The tournament exists, and is another one",
    /// It has been done; the problem holds what exists, which is what the caller wanted.
    AlreadyFinalized CONFLICT "already-finalized" false "The tournament is finalized already",
    /// Other results are frozen. To change them is a correction.
    ResultsFrozen CONFLICT "results-frozen" false "The results are frozen",
    /// There is nothing to plan or to finalize: submit results first.
    ResultsMissing CONFLICT "results-missing" false "The tournament has no results yet",
    /// It was called off; nobody is paid.
    TournamentCancelled CONFLICT "tournament-cancelled" false "The tournament was cancelled",
    /// The results or the policy have changed since the plan was previewed: preview it again.
    PlanStale CONFLICT "plan-stale" false "The plan is not the one that was previewed",
    /// The new results say what the old ones said.
    NothingToCorrect CONFLICT "nothing-to-correct" false "The results are these already",
    /// Anything else that the state of the tournament does not allow.
    StateConflict CONFLICT "state-conflict" false "The tournament's state does not allow it",
    /// The player has fewer credits than are to be charged.
    CreditsInsufficient CONFLICT "credits-insufficient" false "There are not as many credits",
    /// The same was done before with another amount or for something else; the problem holds the charge.
    ChargeDiffers CONFLICT "charge-differs" false "The charge exists, and is another one",
    /// The charge is settled, released or expired, or never was a hold.
    ChargeNotHeld CONFLICT "charge-not-held" false "The charge is not held",
    /// More is to be settled or given back than there is of it.
    ChargeExceeded CONFLICT "charge-exceeded" false "There is not as much of the charge",
    /// The tournament has changed since its `ETag` was seen: look at it again, and decide again.
    PreconditionFailed PRECONDITION_FAILED "precondition-failed" false "The tournament is not as it was seen",
    /// The route wants to know what its caller has seen: send `If-Match`.
    PreconditionRequired PRECONDITION_REQUIRED "precondition-required" false "The request does not say what was seen",
    /// The results break rules; `errors` points at all that is wrong. Nothing was written.
    ResultsInvalid UNPROCESSABLE_ENTITY "results-invalid" false "The results break rules",
    /// The policy document breaks rules; `errors` points at all that is wrong.
    PolicyInvalid UNPROCESSABLE_ENTITY "policy-invalid" false "The policy breaks rules",
    /// Participants are not registered; `errors` points at each. Register them first.
    PlayersUnregistered UNPROCESSABLE_ENTITY "players-unregistered" false "Participants are not registered",
    /// A key, a name, a memo or a reason that is not one line of 1 to 500 readable characters.
    TextInvalid UNPROCESSABLE_ENTITY "text-invalid" false "A text cannot be taken",
    /// No number of credits can be charged or given back but a positive one.
    AmountInvalid UNPROCESSABLE_ENTITY "amount-invalid" false "The amount is none",
    /// An assessment cannot be recorded; `errors` points at all that is wrong. Nothing was recorded.
    AssessmentsInvalid UNPROCESSABLE_ENTITY "assessments-invalid" false "The assessments cannot be recorded",
    /// More rows than one request takes. Send them in several.
    TooManyAtOnce UNPROCESSABLE_ENTITY "too-many-at-once" false "That is too many at once",
    /// The key was used for another request. Make a new one for each.
    IdempotencyKeyReused UNPROCESSABLE_ENTITY "idempotency-key-reused" false "The key is that of another request",
    /// Somebody is carrying out this very request. Ask again, under the same key.
    RequestRunning CONFLICT "request-running" true "The request is being carried out",
    /// No request that is known by now has this id. Answers are forgotten after a day.
    OperationUnknown NOT_FOUND "operation-unknown" false "There is no such operation",
    /// Lost a race, or the outcome of a commit is unknown, after all retries. Ask again.
    StoreBusy SERVICE_UNAVAILABLE "store-busy" true "The store is busy",
    /// The database is unreachable, or without its schema.
    StoreUnusable SERVICE_UNAVAILABLE "store-unusable" true "The store cannot be used",
    /// The last verification found what must not be: a person must look. Requests are answered all the same.
    InvariantsViolated SERVICE_UNAVAILABLE "invariants-violated" true "The last verification found violations",
    /// A stored row breaks a rule: a person must look.
    StoreCorrupt INTERNAL_SERVER_ERROR "store-corrupt" false "A stored row breaks a rule",
    /// A fault of the service itself. The log says more, under the `trace_id`.
    Internal INTERNAL_SERVER_ERROR "internal" false "Something went wrong here",
}

impl Code {
    /// Whether the same request comes to the same however often it is sent.
    pub(crate) fn is_final(self) -> bool {
        self.status().is_client_error() && !self.is_retryable()
    }

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
