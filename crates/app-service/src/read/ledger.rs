//! Ledgers: why a balance is what it is.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Cause, ChargeId, Currency, PlayerId, TournamentId};
use ports::{
    Timestamp,
    spi::{ChargeName, LedgerEntry},
};
use serde::Serialize;

use crate::{Guerdon, GuerdonError};

/// One movement of one account, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryView {
    /// Which account.
    pub currency: Currency,
    /// 1 for the account's first entry.
    pub seq: i64,
    /// What was added.
    pub amount: i64,
    /// What the account held afterwards.
    pub balance_after: i64,
    /// Why: `award`, `correction`, `level_up`, `spend`, `hold`, `settle`, `release`, `expire` or
    /// `refund`.
    pub cause: String,
    /// The tournament behind it, if there is one.
    pub tournament: Option<TournamentId>,
    /// That tournament's natural identity.
    pub tournament_key: Option<String>,
    /// What people call it.
    pub tournament_name: Option<String>,
    /// The revision of the award behind it, if there is one.
    pub revision: Option<u32>,
    /// Why that revision was made, in the words of whoever corrected the results.
    pub reason: Option<String>,
    /// The level that was reached, if that is why.
    pub level: Option<u32>,
    /// The charge behind it, if there is one.
    pub charge: Option<ChargeId>,
    /// What the charge is for.
    pub memo: Option<String>,
    /// What makes it the only one of its kind.
    pub idempotency_key: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub recorded_at: Timestamp,
}

/// What is known of the causes of some entries.
#[derive(Debug, Default)]
struct Background {
    /// Key and name.
    tournaments: BTreeMap<TournamentId, (String, String)>,
    reasons: BTreeMap<(TournamentId, u32), String>,
    memos: BTreeMap<ChargeName, String>,
}

impl Guerdon {
    /// A page of one account's ledger, by number, starting behind `after`: why the balance is what
    /// it is.
    #[tracing::instrument(skip(self))]
    pub async fn ledger(
        &self,
        player: PlayerId,
        currency: Currency,
        after: i64,
        limit: u32,
    ) -> Result<Vec<EntryView>, GuerdonError> {
        let entries = self.store().list_ledger(player, currency, after, limit).await?;
        if entries.is_empty() && self.store().find_players(&[player]).await?.is_empty() {
            return Err(GuerdonError::NoPlayer(player));
        }
        self.explain(entries).await
    }

    /// Entries with what is known of their causes, in the same order.
    pub(super) async fn explain(
        &self,
        entries: Vec<LedgerEntry>,
    ) -> Result<Vec<EntryView>, GuerdonError> {
        let background = self.background(&entries).await?;
        Ok(entries.into_iter().map(|it| EntryView::of(it, &background)).collect())
    }

    async fn background(&self, entries: &[LedgerEntry]) -> Result<Background, GuerdonError> {
        let causes = || entries.iter().map(|it| it.cause);
        let distinct = |ids: BTreeSet<TournamentId>| ids.into_iter().collect::<Vec<_>>();
        let tournaments = distinct(causes().filter_map(|it| it.tournament()).collect());
        let corrected = causes().filter(Cause::is_correction);
        let corrected = distinct(corrected.filter_map(|it| it.tournament()).collect());
        let named = |it: &LedgerEntry| Some((it.player, it.cause.charge()?));
        let charges: BTreeSet<ChargeName> = entries.iter().filter_map(named).collect();
        let charges: Vec<_> = charges.into_iter().collect();

        let mut background = Background::default();
        if !tournaments.is_empty() {
            let found = self.store().find_tournaments(&tournaments).await?;
            background.tournaments =
                found.into_iter().map(|it| (it.id, (it.key, it.name))).collect();
        }
        if !corrected.is_empty() {
            let found = self.store().find_corrections(&corrected).await?;
            let reason =
                |it: ports::spi::CorrectionRecord| ((it.tournament, it.revision), it.reason);
            background.reasons = found.into_iter().map(reason).collect();
        }
        if !charges.is_empty() {
            let found = self.store().find_charges(&charges).await?;
            let memo = |it: ports::spi::ChargeRecord| ((it.charge.player, it.charge.id), it.memo);
            background.memos = found.into_iter().map(memo).collect();
        }
        Ok(background)
    }
}

impl EntryView {
    fn of(entry: LedgerEntry, background: &Background) -> Self {
        let LedgerEntry { player, currency, seq, amount, balance_after, cause, .. } = entry;
        let LedgerEntry { idempotency_key, recorded_at, .. } = entry;
        let tournament = cause.tournament();
        let known = tournament.and_then(|it| background.tournaments.get(&it));
        let revision = cause.revision();
        let reason = tournament.zip(revision).and_then(|it| background.reasons.get(&it));
        let charge = cause.charge();
        let memo = charge.and_then(|it| background.memos.get(&(player, it)));
        Self {
            currency,
            seq,
            amount,
            balance_after,
            cause: cause.as_str().to_owned(),
            tournament,
            tournament_key: known.map(|it| it.0.clone()),
            tournament_name: known.map(|it| it.1.clone()),
            revision,
            reason: reason.cloned(),
            level: cause.level(),
            charge,
            memo: memo.filter(|it| !it.is_empty()).cloned(),
            idempotency_key,
            recorded_at,
        }
    }
}
