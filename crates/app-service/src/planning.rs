//! Makes a plan from a field that is read page by page; nothing holds more than one page.

use domain::{
    Competitor, FieldSurvey, Hash256, OutOfOrder, PlanHasher, PlannedAward, PlayerId,
    RewardPlanner, Tournament, TournamentId,
};
use ports::{StoreError, spi::Store};

use crate::GuerdonError;

/// Where the pages of a field come from: a locked tournament, or a store without a lock.
pub(crate) trait Field: Sync {
    /// The first `limit` participants behind `after`, in ascending player id.
    fn page(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Competitor>, StoreError>> + Send;
}

/// A field that is small enough to be held.
pub(crate) struct HeldField(pub(crate) Vec<Competitor>);

/// A field read without a lock.
pub(crate) struct StoredField<'a> {
    pub(crate) store: &'a dyn Store,
    pub(crate) tournament: TournamentId,
}

/// The participants of a field, one page after the other.
pub(crate) struct Pages<'a, F> {
    field: &'a F,
    limit: u32,
    after: Option<PlayerId>,
    exhausted: bool,
}

/// A plan in the making: everything it needs of the whole field is known.
pub(crate) struct PlanInProgress<'a> {
    planner: RewardPlanner<'a>,
    hasher: PlanHasher,
}

impl<'a, F: Field> Pages<'a, F> {
    pub(crate) fn of(field: &'a F, limit: u32) -> Self {
        Self { field, limit, after: None, exhausted: false }
    }

    /// The next page; `None` behind the last.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<Competitor>>, StoreError> {
        if self.exhausted {
            return Ok(None);
        }
        let page = self.field.page(self.after, self.limit).await?;
        self.exhausted = page.len() < self.limit as usize;
        self.after = page.last().map(|it| it.standing.player).or(self.after);
        Ok(Some(page).filter(|it| !it.is_empty()))
    }
}

impl<'a> PlanInProgress<'a> {
    /// First pass: surveys the whole field.
    pub(crate) async fn survey(
        tournament: &'a Tournament,
        field: &impl Field,
        page_size: u32,
    ) -> Result<Self, StoreError> {
        let policy = &tournament.policy;
        let mut survey = FieldSurvey::new(policy, tournament.field_size);
        let mut pages = Pages::of(field, page_size);
        while let Some(page) = pages.next().await? {
            for competitor in &page {
                survey.add(competitor);
            }
        }
        Ok(Self {
            planner: RewardPlanner::new(policy, survey),
            hasher: PlanHasher::new(tournament.id, tournament.revision, policy),
        })
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

impl Field for HeldField {
    async fn page(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError> {
        let behind = self.0.iter().filter(|it| after.is_none_or(|id| it.standing.player > id));
        Ok(behind.take(limit as usize).cloned().collect())
    }
}

impl Field for StoredField<'_> {
    async fn page(
        &self,
        after: Option<PlayerId>,
        limit: u32,
    ) -> Result<Vec<Competitor>, StoreError> {
        self.store.list_field(self.tournament, after, limit).await
    }
}
