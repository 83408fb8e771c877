//! Tournaments and their awards, side by side, in the order of their keys.

use std::collections::VecDeque;

use domain::{PlannedAward, Tournament, TournamentId};
use ports::{
    StoreError,
    spi::audit::{AuditScope, PlanRow, Visit},
};

use super::search::of_touched_tournaments;
use crate::{
    connection::Connection,
    decode::Row,
    sql::Step,
    statements::{awards, tournaments},
};

/// Awards in memory at a time.
const AWARDS: u32 = 5_000;
/// Tournaments in memory at a time, each with its policy.
const TOURNAMENTS: u32 = 200;

type Award = (TournamentId, u32, PlannedAward);

/// Two pages, each the next of its table.
struct Merge<'a> {
    connection: &'a Connection<'a>,
    scope: &'a AuditScope,
    tournaments: Pages<Tournament>,
    awards: Pages<Award>,
}

/// Rows of one table that are yet to be shown.
struct Pages<T> {
    rows: VecDeque<T>,
    /// Where the next page starts.
    last: Option<T>,
    done: bool,
}

pub(super) async fn visit(
    connection: &Connection<'_>,
    scope: &AuditScope,
    visit: Visit<'_, PlanRow>,
) -> Result<(), StoreError> {
    let (tournaments, awards) = (Pages::new(), Pages::new());
    let mut merge = Merge { connection, scope, tournaments, awards };
    while let Some(row) = merge.next().await? {
        visit(row);
    }
    Ok(())
}

impl Merge<'_> {
    /// A tournament comes before its awards.
    async fn next(&mut self) -> Result<Option<PlanRow>, StoreError> {
        if self.tournaments.are_used_up() {
            let last = self.tournaments.last.as_ref();
            self.tournaments.fill(self.page_of_tournaments(last).await?, TOURNAMENTS);
        }
        if self.awards.are_used_up() {
            let last = self.awards.last.as_ref();
            self.awards.fill(self.page_of_awards(last).await?, AWARDS);
        }
        let award_first = match (self.tournaments.rows.front(), self.awards.rows.front()) {
            (Some(tournament), Some(award)) => award.0 < tournament.id,
            (tournament, _) => tournament.is_none(),
        };
        Ok(if award_first {
            self.awards.rows.pop_front().map(|it| PlanRow::Award(it.0, it.1, it.2))
        } else {
            self.tournaments.rows.pop_front().map(|it| PlanRow::Tournament(Box::new(it)))
        })
    }

    async fn page_of_tournaments(
        &self,
        last: Option<&Tournament>,
    ) -> Result<Vec<Tournament>, StoreError> {
        let mut sql = self.connection.sql();
        let whose = of_touched_tournaments(&mut sql, self.scope, "tournament_id");
        let after = last.map(|it| it.id);
        let page =
            sql.page("tournament_id", after.as_ref().map(TournamentId::as_uuid), TOURNAMENTS);
        let text =
            format!("SELECT {} FROM tournaments WHERE true{whose}{page}", tournaments::COLUMNS);
        let step = Step { during: "reading plans", table: "tournaments" };
        self.connection.rows(step, sql, text, tournaments::decode).await
    }

    async fn page_of_awards(&self, last: Option<&Award>) -> Result<Vec<Award>, StoreError> {
        let mut sql = self.connection.sql();
        let whose = of_touched_tournaments(&mut sql, self.scope, "tournament_id");
        let behind = last.map_or_else(String::new, |(tournament, _, award)| {
            let (id, player) = (sql.uuid(tournament.as_uuid()), sql.uuid(award.player.as_uuid()));
            format!(" AND (tournament_id, player_id) > ({id}, {player})")
        });
        let limit = sql.number(AWARDS);
        let text = format!(
            "SELECT tournament_id, {} FROM awards WHERE true{whose}{behind} \
             ORDER BY tournament_id, player_id LIMIT {limit}",
            awards::COLUMNS
        );
        let decode = |row: &Row<'_>| {
            let award = awards::decode(row)?.award;
            Ok((row.tournament()?, award.revision, award.planned))
        };
        let step = Step { during: "reading plans", table: "awards" };
        self.connection.rows(step, sql, text, decode).await
    }
}

impl<T: Clone> Pages<T> {
    fn new() -> Self {
        Self { rows: VecDeque::new(), last: None, done: false }
    }

    fn are_used_up(&self) -> bool {
        self.rows.is_empty() && !self.done
    }

    fn fill(&mut self, page: Vec<T>, limit: u32) {
        self.done = page.len() < limit as usize;
        self.last = page.last().cloned();
        self.rows = page.into();
    }
}
