//! The reads of a store as a list, for those who stand before a store and pass each of them on.

/// Calls the macro `$then` with every read of a [`Store`](crate::spi::Store), behind what it is given:
///
/// ```text
/// ports::store_reads!(pass_on! { impl Store for Mine {} })
/// ──▶ pass_on! { impl Store for Mine {} fn find_tournaments(ids: &[TournamentId]) -> …; … }
/// ```
///
/// Types are spelled out, so that a new read is named in the trait, in this list and in the adapters,
/// and nowhere else. One that is missing here does not compile.
#[doc(hidden)]
#[macro_export]
macro_rules! store_reads {
    ($then:ident! { $($before:tt)* }) => {
        $then! {
            $($before)*
            fn find_tournaments(ids: &[$crate::domain::TournamentId])
                -> Vec<$crate::domain::Tournament>;
            fn list_tournaments(after: Option<$crate::domain::TournamentId>, limit: u32)
                -> Vec<$crate::domain::Tournament>;
            fn list_field(
                id: $crate::domain::TournamentId,
                after: Option<$crate::domain::PlayerId>,
                limit: u32
            ) -> Vec<$crate::domain::Competitor>;
            fn award_totals(id: $crate::domain::TournamentId) -> $crate::spi::AwardTotals;
            fn list_awards(
                id: $crate::domain::TournamentId,
                after: Option<$crate::domain::PlayerId>,
                limit: u32
            ) -> Vec<$crate::spi::AwardRecord>;
            fn find_award(id: $crate::domain::TournamentId, player: $crate::domain::PlayerId)
                -> Option<$crate::spi::AwardRecord>;
            fn list_leaders(
                tournaments: &[$crate::domain::TournamentId],
                by: $crate::spi::LeaderMeasure,
                after: Option<$crate::spi::LeaderPlace>,
                limit: u32
            ) -> Vec<$crate::spi::LeaderRecord>;
            fn find_players(ids: &[$crate::domain::PlayerId]) -> Vec<$crate::spi::PlayerRecord>;
            fn find_unregistered(players: &[$crate::domain::PlayerId])
                -> Vec<$crate::domain::PlayerId>;
            fn list_players(after: Option<$crate::domain::PlayerId>, limit: u32)
                -> Vec<$crate::spi::PlayerRecord>;
            fn list_ledger(
                player: $crate::domain::PlayerId,
                currency: $crate::domain::Currency,
                after: i64,
                limit: u32
            ) -> Vec<$crate::spi::LedgerEntry>;
            fn find_entries(
                id: $crate::domain::TournamentId,
                players: &[$crate::domain::PlayerId]
            ) -> Vec<$crate::spi::LedgerEntry>;
            fn find_corrections(ids: &[$crate::domain::TournamentId])
                -> Vec<$crate::spi::CorrectionRecord>;
            fn find_charges(names: &[$crate::spi::ChargeName]) -> Vec<$crate::spi::ChargeRecord>;
            fn list_charges(
                player: $crate::domain::PlayerId,
                scope: $crate::spi::ChargeScope,
                after: Option<$crate::domain::ChargeId>,
                limit: u32
            ) -> Vec<$crate::spi::ChargeRecord>;
            fn list_due_holds(
                at: $crate::Timestamp,
                after: Option<$crate::domain::PlayerId>,
                limit: u32
            ) -> Vec<$crate::spi::ChargeRecord>;
            fn find_badges(players: &[$crate::domain::PlayerId])
                -> Vec<$crate::spi::BadgeRecord>;
            fn find_level_ups(players: &[$crate::domain::PlayerId])
                -> Vec<$crate::spi::LevelUpRecord>;
            fn find_histories(players: &[$crate::domain::PlayerId])
                -> std::collections::BTreeMap<$crate::domain::PlayerId, $crate::domain::Career>;
            fn find_rules(ids: &[$crate::domain::RuleId]) -> Vec<$crate::spi::RuleRecord>;
            fn list_rules(after: Option<$crate::domain::RuleId>, limit: u32)
                -> Vec<$crate::spi::RuleRecord>;
            fn list_steps(player: $crate::domain::PlayerId, after: i64, limit: u32)
                -> Vec<$crate::spi::StepRecord>;
            fn find_steps(
                id: $crate::domain::TournamentId,
                players: &[$crate::domain::PlayerId]
            ) -> Vec<$crate::spi::StepRecord>;
        }
    };
}
