//! Lists that are longer than one page.

use app_service::{
    AwardView, Guerdon, GuerdonError,
    domain::{PlayerId, TournamentId},
};

/// Rows read at once.
pub(super) const PAGE: u32 = 1_000;

/// Rows that a table has unless more are asked for.
const SHOWN: usize = 50;

/// A tournament's awards, page by page, in ascending player id.
pub(super) struct Awards<'a> {
    guerdon: &'a Guerdon,
    tournament: TournamentId,
    after: Option<PlayerId>,
    exhausted: bool,
}

impl<'a> Awards<'a> {
    pub(super) fn of(guerdon: &'a Guerdon, tournament: TournamentId) -> Self {
        Self { guerdon, tournament, after: None, exhausted: false }
    }

    /// The next page; `None` behind the last.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<AwardView>>, GuerdonError> {
        if self.exhausted {
            return Ok(None);
        }
        let page = self.guerdon.awards(self.tournament, self.after, PAGE).await?;
        self.exhausted = page.len() < PAGE as usize;
        self.after = page.last().map(|it| it.player).or(self.after);
        Ok(Some(page))
    }
}

/// How many rows a list has at most: what was asked for, or all for programs and a few for people.
pub(super) fn limit(asked_for: Option<usize>, is_json: bool) -> usize {
    asked_for.unwrap_or(if is_json { usize::MAX } else { SHOWN })
}

/// How many rows the next page has when `missing` are still missing.
pub(super) fn page_size(missing: usize) -> u32 {
    u32::try_from(missing).unwrap_or(PAGE).min(PAGE)
}
