//! Badges as people see them: with a face.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    BadgeCategory, BadgeFace, BadgePolicy, BadgeRule, BadgeType, RuleId, Tournament, TournamentId,
};
use ports::{
    StoreError, Timestamp,
    spi::{BadgeRecord, Store},
};
use serde::Serialize;

/// Rules that are read at once.
const PAGE: u32 = 500;

/// A badge that a player has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadgeView {
    /// What for.
    pub badge: BadgeType,
    /// What kind of deed it marks.
    pub category: BadgeCategory,
    /// What it looks like.
    #[serde(flatten)]
    pub face: BadgeFace,
    /// Where it was earned.
    pub tournament: TournamentId,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub earned_at: Timestamp,
    /// What took it away again; `None` while the player has it.
    pub revoked: Option<RevocationView>,
}

/// What took a badge away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RevocationView {
    /// The tournament that was corrected.
    pub tournament: TournamentId,
    /// The revision that the correction made.
    pub revision: u32,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub revoked_at: Timestamp,
}

/// What badges of one's own look like: those who gave them know.
#[derive(Debug, Default)]
pub(crate) struct Faces {
    policies: BTreeMap<TournamentId, Tournament>,
    standing: BTreeMap<BadgeType, BadgeRule>,
}

impl Faces {
    /// Of those among `records` that no table knows; nothing is read when there are none.
    pub(crate) async fn of(store: &dyn Store, records: &[BadgeRecord]) -> Result<Self, StoreError> {
        let own = records.iter().filter(|it| matches!(it.badge, BadgeType::Own(_)));
        let ids: BTreeSet<_> = own.map(|it| it.tournament).collect();
        if ids.is_empty() {
            return Ok(Self::default());
        }
        let tournaments = store.find_tournaments(&Vec::from_iter(ids)).await?;
        let policies = tournaments.into_iter().map(|it| (it.id, it)).collect();
        Ok(Self { policies, standing: standing(store).await? })
    }

    /// A badge as it looks everywhere.
    pub(crate) fn view(&self, record: &BadgeRecord) -> BadgeView {
        let policy = match record.badge {
            BadgeType::Own(_) => self.policies.get(&record.tournament),
            _ => None,
        };
        self.view_under(policy.map(|it| it.policy.badges()), record)
    }

    /// A badge as it looks under `policy`.
    pub(crate) fn view_under(
        &self,
        policy: Option<&BadgePolicy>,
        record: &BadgeRecord,
    ) -> BadgeView {
        let badge = record.badge;
        let rule = self.standing.get(&badge);
        let (category, face) = match (policy.filter(|it| it.knows(badge)), rule) {
            (Some(policy), _) => (policy.category(badge), policy.face(badge)),
            (None, Some(rule)) => (rule.category(), rule.face()),
            (None, None) => (badge.category(), badge.face()),
        };
        BadgeView {
            badge,
            category,
            face,
            tournament: record.tournament,
            earned_at: record.earned_at,
            revoked: record.revoked.map(|(by, revoked_at)| RevocationView {
                tournament: by.tournament,
                revision: by.revision,
                revoked_at,
            }),
        }
    }
}

/// The standing rules by their badge: a handful in the life of a system.
async fn standing(store: &dyn Store) -> Result<BTreeMap<BadgeType, BadgeRule>, StoreError> {
    let (mut standing, mut after) = (BTreeMap::new(), None::<RuleId>);
    loop {
        let page = store.list_rules(after, PAGE).await?;
        after = page.last().map(|it| it.rule.id);
        let last = page.len() < PAGE as usize;
        standing.extend(page.into_iter().map(|it| (it.rule.rule.badge, it.rule.rule)));
        if last {
            return Ok(standing);
        }
    }
}
