//! What an import did, counted.

use app_service::Distribution;
use serde::Serialize;

use super::LeftOut;
use crate::output::TournamentSheet;

/// What an import did.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) outcome: ReportOutcome,
    pub(crate) tournaments: TournamentCounts,
    pub(crate) participants_paid: u64,
    pub(crate) participants_failed: u64,
    pub(crate) entries_posted: u64,
    pub(crate) badges_awarded: u64,
    pub(crate) steps_recorded: u64,
    pub(crate) xp_posted: i64,
    pub(crate) credits_posted: i64,
    pub(crate) left_out: Vec<LeftOut>,
    /// The tournament, if there was only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tournament: Option<TournamentSheet>,
}

/// Tournaments by what became of them.
#[derive(Debug, Default, Serialize)]
pub(crate) struct TournamentCounts {
    /// Results that this call wrote.
    pub(crate) imported: u64,
    /// Paid by this call, all of it or what was left of it.
    pub(crate) paid: u64,
    /// Paid before, or by somebody else.
    pub(crate) already_paid: u64,
    /// In which somebody is not paid.
    pub(crate) incomplete: u64,
    /// Not taken in.
    pub(crate) left_out: u64,
}

/// What an import came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReportOutcome {
    /// Results are in, and nothing was to be paid.
    Imported,
    /// Everybody is paid, somebody by this call.
    Distributed,
    /// Everybody had been paid before.
    Conflict,
    /// A tournament was left out, or somebody is not paid.
    Incomplete,
}

impl Report {
    /// Nothing done yet.
    pub(super) fn new(left_out: Vec<LeftOut>) -> Self {
        Self {
            outcome: ReportOutcome::Conflict,
            tournaments: TournamentCounts::default(),
            participants_paid: 0,
            participants_failed: 0,
            entries_posted: 0,
            badges_awarded: 0,
            steps_recorded: 0,
            xp_posted: 0,
            credits_posted: 0,
            left_out,
            tournament: None,
        }
    }

    /// Counts what one tournament was paid.
    pub(super) fn add(&mut self, distribution: &Distribution) {
        self.participants_paid += distribution.applied;
        self.participants_failed += distribution.failed.len() as u64;
        self.entries_posted += distribution.entries_posted;
        self.badges_awarded += distribution.badges_awarded;
        self.steps_recorded += distribution.steps_recorded;
        self.xp_posted = self.xp_posted.saturating_add(distribution.xp_posted);
        self.credits_posted = self.credits_posted.saturating_add(distribution.credits_posted);
        let counts = &mut self.tournaments;
        let count = match (distribution.is_complete(), distribution.applied) {
            (false, _) => &mut counts.incomplete,
            (true, 0) => &mut counts.already_paid,
            (true, _) => &mut counts.paid,
        };
        *count += 1;
    }

    /// Says what it all came to.
    pub(super) fn conclude(&mut self, paying: bool, stopped: bool) {
        let counts = &mut self.tournaments;
        counts.left_out = self.left_out.len() as u64;
        self.outcome = if stopped || counts.left_out > 0 || counts.incomplete > 0 {
            ReportOutcome::Incomplete
        } else if counts.paid > 0 {
            ReportOutcome::Distributed
        } else if paying || counts.imported == 0 {
            ReportOutcome::Conflict
        } else {
            ReportOutcome::Imported
        };
    }
}
