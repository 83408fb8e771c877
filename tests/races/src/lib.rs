//! Each race of the original pipeline, run for real: eight concurrent callers through the use
//! cases, round after round, on a store of its own for each round.
//!
//! A race is an `async fn(&impl Harness)` in [`cases`]; [`races!`] makes one `#[tokio::test]` of
//! each. Every case ends with [`audit`](audit::audit), which adds everything up.

#![expect(clippy::missing_panics_doc, reason = "a case fails by panicking")]

pub mod audit;
mod callers;
pub mod cases;
mod documents;
mod export;
mod fixture;

pub use self::{
    callers::CALLERS,
    documents::{rule, with_levels},
    export::export,
    fixture::{Arena, actor, amended, ranked},
};
#[doc(hidden)]
pub use {conformance, tokio};

/// Rounds of each race. Each starts from an empty store.
pub const ROUNDS: usize = 12;

/// Instantiates every race for one [`Harness`](conformance::Harness). The list below is the table
/// of contents.
#[macro_export]
macro_rules! races {
    ($harness:ty) => {
        $crate::races! { $harness =>
            r01_eight_finalize_one_pays,
            r02_eight_distribute_each_award_is_paid_once,
            r03_finalize_and_distribute_together_pay_once,
            r04_eight_tournaments_and_eight_coaches_lose_no_skill,
            r05_eight_tournaments_race_for_one_milestone,
            r06_eight_callers_pay_one_player_one_entry,
            r07_eight_tournaments_in_opposite_order_lose_no_balance,
        }
    };
    ($harness:ty => $($case:ident),+ $(,)?) => {
        $(
            #[$crate::tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $case() {
                for _ in 0..$crate::ROUNDS {
                    let harness = <$harness as $crate::conformance::Harness>::fresh().await;
                    $crate::cases::$case(&harness).await;
                }
            }
        )+
    };
}
