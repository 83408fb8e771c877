//! A player's badges as they are shown off: rarest, latest, and by category.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use domain::{BadgeCategory, BadgeFace, BadgeType, PlayerId, Rarity, TournamentId};
use ports::{StoreError, Timestamp, spi::BadgeRecord};
use serde::Serialize;

use super::{BadgeView, badge::Faces};
use crate::{Guerdon, GuerdonError};

/// The badges that a player has, each kind once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Showcase {
    /// Whose.
    pub player: PlayerId,
    /// The natural identity.
    pub player_key: String,
    /// What people call the player.
    pub player_name: String,
    /// Badges that the player has, each as often as it was earned.
    pub badges_total: usize,
    /// Badges that a correction took away.
    pub badges_revoked: usize,
    /// Badges that the player has, by rarity; what there is none of is left out.
    pub by_rarity: BTreeMap<Rarity, usize>,
    /// The rarest kinds, rarest first and the latest of equal ones first.
    pub rarest: Vec<ShownBadge>,
    /// The kinds that were earned last, latest first.
    pub latest: Vec<ShownBadge>,
    /// Every kind under its category, rarest first.
    pub by_category: BTreeMap<BadgeCategory, Vec<ShownBadge>>,
}

/// A kind of badge that a player has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownBadge {
    /// What for.
    pub badge: BadgeType,
    /// What kind of deed it marks.
    pub category: BadgeCategory,
    /// What it looks like, as the last tournament that gave it has it.
    #[serde(flatten)]
    pub face: BadgeFace,
    /// How often it was earned.
    pub times: usize,
    /// Where it was earned last.
    pub tournament: TournamentId,
    /// What people call that tournament.
    pub tournament_name: Option<String>,
    /// When it was earned last.
    #[serde(with = "time::serde::rfc3339")]
    pub earned_at: Timestamp,
}

impl Guerdon {
    /// A player's badges as they are shown off, with at most `limit` of the rarest and of the latest
    /// kinds.
    #[tracing::instrument(skip(self))]
    pub async fn showcase(&self, id: PlayerId, limit: usize) -> Result<Showcase, GuerdonError> {
        let found = self.store().find_players(&[id]).await?.into_iter().next();
        let player = found.ok_or(GuerdonError::NoPlayer(id))?;
        let badges = self.store().find_badges(&[id]).await?;
        let (revoked, had): (Vec<_>, Vec<_>) =
            badges.into_iter().partition(|it| it.revoked.is_some());
        let mut kinds = self.kinds(&had).await?;
        kinds.sort_by_key(|it| (Reverse(it.earned_at), Reverse(it.face.rarity)));
        let latest = first(&kinds, limit);
        kinds.sort_by_key(|it| (Reverse(it.face.rarity), Reverse(it.earned_at)));
        Ok(Showcase {
            player: id,
            player_key: player.key,
            player_name: player.name,
            badges_total: had.len(),
            badges_revoked: revoked.len(),
            by_rarity: by_rarity(&kinds),
            rarest: first(&kinds, limit),
            latest,
            by_category: by_category(kinds),
        })
    }

    /// The kinds among `badges`, in the order of the table and then by name.
    async fn kinds(&self, badges: &[BadgeRecord]) -> Result<Vec<ShownBadge>, StoreError> {
        let faces = Faces::of(self.store(), badges).await?;
        let mut kinds: BTreeMap<BadgeType, (usize, &BadgeRecord)> = BTreeMap::new();
        for badge in badges {
            let (times, last) = kinds.entry(badge.badge).or_insert((0, badge));
            *times += 1;
            *last = std::cmp::max_by_key(*last, badge, |it| it.earned_at);
        }
        let cups: BTreeSet<TournamentId> = kinds.values().map(|it| it.1.tournament).collect();
        let cups = self.store().find_tournaments(&Vec::from_iter(cups)).await?;
        let names: BTreeMap<_, _> = cups.into_iter().map(|it| (it.id, it.name)).collect();
        let shown = |(times, last): (usize, &BadgeRecord)| {
            let name = names.get(&last.tournament).cloned();
            ShownBadge::of(faces.view(last), times, name)
        };
        Ok(kinds.into_values().map(shown).collect())
    }
}

impl ShownBadge {
    fn of(last: BadgeView, times: usize, tournament_name: Option<String>) -> Self {
        let BadgeView { badge, category, face, tournament, earned_at, .. } = last;
        Self { badge, category, face, times, tournament, tournament_name, earned_at }
    }
}

fn first(kinds: &[ShownBadge], limit: usize) -> Vec<ShownBadge> {
    kinds.iter().take(limit).cloned().collect()
}

fn by_rarity(kinds: &[ShownBadge]) -> BTreeMap<Rarity, usize> {
    let mut times = BTreeMap::new();
    for it in kinds {
        *times.entry(it.face.rarity).or_default() += it.times;
    }
    times
}

fn by_category(kinds: Vec<ShownBadge>) -> BTreeMap<BadgeCategory, Vec<ShownBadge>> {
    let mut categories: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for it in kinds {
        categories.entry(it.category).or_default().push(it);
    }
    categories
}
