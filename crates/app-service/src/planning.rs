//! Makes a plan from a field that is read page by page; nothing holds more than some of its pages.

use std::collections::VecDeque;

use async_trait::async_trait;
use domain::{
    Competitor, FieldSurvey, Hash256, OutOfOrder, PlanHasher, PlannedAward, PlayerId,
    RewardPlanner, Tournament, TournamentId,
};
use ports::{StoreError, spi::Store};

use crate::GuerdonError;

/// Where the pages of a field come from: a locked tournament, or a store without a lock.
#[async_trait]
pub(crate) trait Field: Sync {
    /// The first `limit` participants behind `after`, in ascending player id.
    async fn page(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError>;
}

/// A field read without a lock.
pub(crate) struct StoredField<'a> {
    pub(crate) store: &'a dyn Store,
    pub(crate) tournament: TournamentId,
}

/// Pages that the second pass finds in memory, however many there are.
const KEPT_MAX: usize = 20;

/// The participants of a field, one page after the other.
pub(crate) struct Pages<'a, F> {
    field: &'a F,
    limit: u32,
    after: Option<PlayerId>,
    exhausted: bool,
    /// The next pages, as far as they have been read before.
    kept: VecDeque<Vec<Competitor>>,
}

/// A plan in the making: everything it needs of the whole field is known.
pub(crate) struct PlanInProgress<'a> {
    planner: RewardPlanner<'a>,
    hasher: PlanHasher,
}

impl<'a, F: Field> Pages<'a, F> {
    pub(crate) fn of(field: &'a F, limit: u32) -> Self {
        Self { field, limit, after: None, exhausted: false, kept: VecDeque::new() }
    }

    /// The next page; `None` behind the last.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<Competitor>>, StoreError> {
        if self.exhausted {
            return Ok(None);
        }
        let page = match self.kept.pop_front() {
            Some(kept) => kept,
            None => self.field.page(self.after, self.limit).await?,
        };
        self.exhausted = page.len() < self.limit as usize;
        self.after = page.last().map(|it| it.standing.player).or(self.after);
        Ok(Some(page).filter(|it| !it.is_empty()))
    }
}

impl<'a> PlanInProgress<'a> {
    /// First pass: surveys the whole field. Answers its pages for the second pass, too.
    pub(crate) async fn survey<'f, F: Field>(
        tournament: &'a Tournament,
        field: &'f F,
        page_size: u32,
    ) -> Result<(Self, Pages<'f, F>), StoreError> {
        let mut survey = FieldSurvey::new(&tournament.policy, tournament.field_size);
        let (mut pages, mut again) = (Pages::of(field, page_size), Pages::of(field, page_size));
        while let Some(page) = pages.next().await? {
            for competitor in &page {
                survey.add(competitor);
            }
            if again.kept.len() < KEPT_MAX {
                again.kept.push_back(page);
            }
        }
        Ok((Self::surveyed(tournament, survey), again))
    }

    /// The same of a field that is held as a whole.
    pub(crate) fn survey_whole(tournament: &'a Tournament, field: &[Competitor]) -> Self {
        let mut survey = FieldSurvey::new(&tournament.policy, tournament.field_size);
        for competitor in field {
            survey.add(competitor);
        }
        Self::surveyed(tournament, survey)
    }

    fn surveyed(tournament: &'a Tournament, survey: FieldSurvey) -> Self {
        let policy = &tournament.policy;
        Self {
            planner: RewardPlanner::new(policy, survey),
            hasher: PlanHasher::new(tournament.id, tournament.revision, policy),
        }
    }

    /// Second pass: the awards of the next page.
    pub(crate) fn plan(&mut self, page: &[Competitor]) -> Result<Vec<PlannedAward>, StoreError> {
        let awards: Result<Vec<_>, _> = page.iter().map(|it| self.planner.award(it)).collect();
        let awards = awards.map_err(out_of_order)?;
        for award in &awards {
            self.hasher.add(award);
        }
        Ok(awards)
    }

    /// Names the plan, once every page has been planned. Refuses one that the caller has not seen.
    pub(crate) fn finish(self, expected: Option<Hash256>) -> Result<Hash256, GuerdonError> {
        let actual = self.hasher.finish();
        match expected.filter(|it| *it != actual) {
            Some(expected) => Err(GuerdonError::StalePlan { expected, actual }),
            None => Ok(actual),
        }
    }
}

/// RESULTS-2 promises pages in ascending player id.
fn out_of_order(error: OutOfOrder) -> StoreError {
    StoreError::Corrupt { table: "results", rule: error.to_string(), source: None }
}

#[async_trait]
impl Field for StoredField<'_> {
    async fn page(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError> {
        self.store.list_field(self.tournament, after, limit).await
    }
}
