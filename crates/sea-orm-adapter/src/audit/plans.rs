//! Tournaments and their awards, side by side, in the order of their keys.

use std::collections::VecDeque;

use domain::{PlannedAward, PlayerId, Tournament, TournamentId};
use ports::{
    StoreError,
    spi::audit::{PlanRow, Visit},
};

use super::{
    readable::readable,
    touched::{Owners, Portions},
};
use crate::{
    connection::Connection,
    decode::Row,
    sql::Step,
    statements::{awards, tournaments},
};

/// Awards in memory at a time.
const AWARDS: u32 = 1_000;
/// Tournaments in memory at a time, each with its policy.
const TOURNAMENTS: u32 = 200;

/// A tournament, or why it cannot be read.
type Readable = Result<Box<Tournament>, String>;
/// An award with its revision, or why it cannot be read.
type Award = (TournamentId, PlayerId, Result<(u32, PlannedAward), String>);

/// Two pages, each the next of its table.
struct Merge<'a> {
    connection: &'a Connection<'a>,
    owners: &'a Owners,
    tournaments: Pages<(TournamentId, Readable)>,
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
    mut portions: Portions,
    visit: Visit<'_, PlanRow>,
) -> Result<(), StoreError> {
    while let Some(owners) = portions.next(connection).await? {
        let (tournaments, awards) = (Pages::new(), Pages::new());
        let mut merge = Merge { connection, owners: &owners, tournaments, awards };
        while let Some(row) = merge.next().await? {
            visit(row);
        }
    }
    Ok(())
}

impl Merge<'_> {
    /// A tournament comes before its awards.
    async fn next(&mut self) -> Result<Option<PlanRow>, StoreError> {
        if self.tournaments.are_used_up() {
            let last = self.tournaments.last.as_ref().map(|it| it.0);
            self.tournaments.fill(self.page_of_tournaments(last).await?, TOURNAMENTS);
        }
        if self.awards.are_used_up() {
            let last = self.awards.last.as_ref();
            self.awards.fill(self.page_of_awards(last).await?, AWARDS);
        }
        let award_first = match (self.tournaments.rows.front(), self.awards.rows.front()) {
            (Some(tournament), Some(award)) => award.0 < tournament.0,
            (tournament, _) => tournament.is_none(),
        };
        Ok(if award_first {
            self.awards.rows.pop_front().map(|(id, player, award)| match award {
                Ok((revision, award)) => PlanRow::Award(id, revision, award),
                Err(rule) => PlanRow::UnreadableAward(id, player, rule),
            })
        } else {
            self.tournaments.rows.pop_front().map(|(id, tournament)| match tournament {
                Ok(tournament) => PlanRow::Tournament(tournament),
                Err(rule) => PlanRow::Unreadable(id, rule),
            })
        })
    }

    async fn page_of_tournaments(
        &self,
        after: Option<TournamentId>,
    ) -> Result<Vec<(TournamentId, Readable)>, StoreError> {
        let mut sql = self.connection.sql();
        let whose = self.owners.own("tournament_id", &mut sql);
        let page =
            sql.page("tournament_id", after.as_ref().map(TournamentId::as_uuid), TOURNAMENTS);
        let text =
            format!("SELECT {} FROM tournaments WHERE true{whose}{page}", tournaments::COLUMNS);
        let step = Step { during: "reading plans", table: "tournaments" };
        self.connection.rows(step, sql, text, decode_tournament).await
    }

    async fn page_of_awards(&self, last: Option<&Award>) -> Result<Vec<Award>, StoreError> {
        let mut sql = self.connection.sql();
        let whose = self.owners.own("tournament_id", &mut sql);
        let behind = last.map_or_else(String::new, |(tournament, player, _)| {
            let (id, player) = (sql.uuid(tournament.as_uuid()), sql.uuid(player.as_uuid()));
            format!(" AND (tournament_id, player_id) > ({id}, {player})")
        });
        let limit = sql.number(AWARDS);
        let text = format!(
            "SELECT tournament_id, {} FROM awards WHERE true{whose}{behind} \
             ORDER BY tournament_id, player_id LIMIT {limit}",
            awards::COLUMNS
        );
        let decode = |row: &Row<'_>| {
            let award = readable(awards::decode(row))?.map(|it| it.award);
            let award = award.map(|it| (it.revision, it.planned));
            Ok((row.tournament()?, row.player()?, award))
        };
        let step = Step { during: "reading plans", table: "awards" };
        self.connection.rows(step, sql, text, decode).await
    }
}

/// One broken policy must not keep all other plans from being looked at.
fn decode_tournament(row: &Row<'_>) -> Result<(TournamentId, Readable), StoreError> {
    let id = row.tournament()?;
    Ok((id, readable(tournaments::decode(row))?.map(Box::new)))
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
