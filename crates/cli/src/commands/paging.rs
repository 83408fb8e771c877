//! Lists that are longer than one page.

use app_service::{
    AwardView, Guerdon, GuerdonError,
    domain::{PlayerId, TournamentId},
};
use serde::Serialize;

use crate::{
    failure::Failure,
    output::{Output, print_line},
};

/// Rows read at once.
const PAGE: u32 = 1_000;

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

/// Where the rows of a list go: for programs each is printed as it comes, for people they are gathered.
pub(super) struct Lines<Line> {
    output: Output,
    gathered: Vec<Line>,
}

impl<Line: Serialize> Lines<Line> {
    pub(super) fn to(output: Output) -> Self {
        Self { output, gathered: vec![] }
    }

    pub(super) fn take(&mut self, line: Line) -> Result<(), Failure> {
        if self.output.is_json() {
            return print_line(&line);
        }
        self.gathered.push(line);
        Ok(())
    }

    /// What is left to be shown to people; `None` for programs, who have it all.
    pub(super) fn for_people(self) -> Option<Vec<Line>> {
        (!self.output.is_json()).then_some(self.gathered)
    }
}

/// How many rows a list has at most: what was asked for, or all for programs and a few for people.
pub(super) fn limit(asked_for: Option<usize>, is_json: bool) -> usize {
    asked_for.unwrap_or(if is_json { usize::MAX } else { SHOWN })
}

/// Hands over the first `limit` rows behind `after`, which `page` reads; answers whether there are
/// more.
pub(super) async fn each<Row, Id: Copy>(
    mut after: Option<Id>,
    limit: usize,
    page: impl AsyncFn(Option<Id>, u32) -> Result<Vec<Row>, GuerdonError>,
    id: impl Fn(&Row) -> Id,
    mut take: impl FnMut(Row) -> Result<(), Failure>,
) -> Result<bool, Failure> {
    let mut missing = limit;
    while missing > 0 {
        let size = u32::try_from(missing).unwrap_or(PAGE).min(PAGE);
        let rows = page(after, size).await?;
        let is_last = rows.len() < size as usize;
        missing -= rows.len();
        after = rows.last().map(&id).or(after);
        rows.into_iter().try_for_each(&mut take)?;
        if is_last {
            return Ok(false);
        }
    }
    Ok(!page(after, 1).await?.is_empty())
}
