//! Holds a badge rule against the past of every player.

use domain::{
    BadgeRule, BadgeType, NewBadge, PlayerEvent, PlayerId, Review, RuleId, StandingRule,
    TournamentId, review,
};
use ports::{
    Actor, Locked, Players, StoreError, UnitOfWork,
    spi::{PlayerRecord, Recorded},
};
use serde::{Deserialize, Serialize};

use crate::{Guerdon, GuerdonError, ProgressListener, requests::Keeping, text};

/// What holding a rule against the past would give, without giving it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackfillPreview {
    /// Names the rule.
    pub rule: RuleId,
    /// Which badge it gives.
    pub badge: BadgeType,
    /// Players who are left to be looked at.
    pub players: u64,
    /// Those of them who would get a badge.
    pub players_given: u64,
    /// Badges that they would get.
    pub badges: u64,
    /// The first badges, by player and in the order of the player's history.
    pub first: Vec<GivenBadge>,
    /// Players whose stored state cannot be read; they would be left out.
    pub unreadable: u64,
}

/// A badge that a standing rule gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivenBadge {
    /// Who.
    pub player: PlayerId,
    /// What people call the player.
    pub player_name: String,
    /// The tournament where the conditions came true.
    pub tournament: TournamentId,
}

/// What holding a rule against the past has given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backfill {
    /// Names the rule.
    pub rule: RuleId,
    /// Which badge it gives.
    pub badge: BadgeType,
    /// Players whom this call has looked at.
    pub players: u64,
    /// Badges that this call has given.
    pub badges: u64,
    /// Players who have been looked at, by whomever.
    pub players_total: u64,
    /// Badges that they were given, by whomever.
    pub badges_total: u64,
    /// Players whose stored state cannot be read; they were left out.
    pub unreadable: u64,
}

/// One page that is asked for, handed to each try.
#[derive(Clone)]
struct Asked {
    rule: StandingRule,
    actor: Actor,
    limit: u32,
    /// What had been given before.
    before: Backfill,
    keeping: Keeping,
}

/// One page of players.
#[derive(Debug)]
struct Page {
    players: u64,
    /// What has been given by now.
    sum: Backfill,
    is_last: bool,
}

impl Backfill {
    fn of(rule: &StandingRule) -> Self {
        Self {
            rule: rule.id,
            badge: rule.rule.badge,
            players: 0,
            badges: 0,
            players_total: 0,
            badges_total: 0,
            unreadable: 0,
        }
    }
}

impl Guerdon {
    /// Shows whom [`backfill`](Self::backfill) would give what, and names the first `first_max`.
    /// Whoever has been looked at already is left out.
    #[tracing::instrument(skip_all)]
    pub async fn preview_backfill(
        &self,
        rule: &BadgeRule,
        first_max: usize,
    ) -> Result<BackfillPreview, GuerdonError> {
        let standing = StandingRule::new(rule.clone());
        let known = self.store().find_rules(&[standing.id]).await?.pop().map(|it| it.rule);
        let mut preview = BackfillPreview {
            rule: standing.id,
            badge: rule.badge,
            players: 0,
            players_given: 0,
            badges: 0,
            first: vec![],
            unreadable: 0,
        };
        if known.as_ref().is_some_and(|it| it.finished) {
            return Ok(preview);
        }
        let mut after = known.and_then(|it| it.cursor);
        loop {
            let page = self.store().list_players(after, self.settings.chunk()).await?;
            let Some(last) = page.last() else { return Ok(preview) };
            after = Some(last.id);
            self.preview_page(rule, page, first_max, &mut preview).await?;
        }
    }

    async fn preview_page(
        &self,
        rule: &BadgeRule,
        page: Vec<PlayerRecord>,
        first_max: usize,
        preview: &mut BackfillPreview,
    ) -> Result<(), GuerdonError> {
        let ids: Vec<_> = page.iter().map(|it| it.id).collect();
        let histories = self.store().find_histories(&ids).await?;
        for PlayerRecord { id, name, state, .. } in page {
            let Ok(player) = state else {
                preview.unreadable += 1;
                continue;
            };
            let given =
                histories.get(&id).map(|it| review(rule, &player.baseline, it)).unwrap_or_default();
            preview.players += 1;
            preview.players_given += u64::from(!given.is_empty());
            preview.badges += given.len() as u64;
            let room = first_max.saturating_sub(preview.first.len());
            preview.first.extend(given.into_iter().take(room).map(|it| GivenBadge {
                player: id,
                player_name: name.clone(),
                tournament: it.tournament,
            }));
        }
        Ok(())
    }

    /// Gives a badge of the past to whoever has earned it: every player's own history is looked at
    /// once, step by step, as it is when the player's turn comes. Later tournaments are for their
    /// own policies to judge.
    ///
    /// Players come in pages, each in a transaction of its own, that also records how far the rule
    /// has come: a call after a crash goes on from there, calls at the same time share the work, and
    /// one after the end finds nothing to do. Corrections of what was looked at judge by the rule,
    /// too.
    #[tracing::instrument(skip_all)]
    pub async fn backfill(
        &self,
        rule: &BadgeRule,
        progress: &ProgressListener,
        actor: &Actor,
    ) -> Result<Backfill, GuerdonError> {
        text::check_actor(actor)?;
        let standing = StandingRule::new(rule.clone());
        let mut backfill = self.kept()?.unwrap_or_else(|| Backfill::of(&standing));
        loop {
            let asked = Asked {
                rule: standing.clone(),
                actor: actor.clone(),
                limit: self.settings.chunk(),
                before: backfill,
                keeping: self.keeping(),
            };
            let unit = move |uow| review_page(uow, asked.clone());
            let page = self.units.run("backfill", unit).await?;
            progress.count(page.players);
            backfill = page.sum;
            if page.is_last {
                return Ok(backfill);
            }
        }
    }
}

/// One page: the rule locked, its next players locked, their histories read and judged. Whoever else
/// is at it waits at the rule, and goes on behind this page.
async fn review_page(mut uow: UnitOfWork, asked: Asked) -> Result<Page, GuerdonError> {
    let Asked { keeping, before, .. } = asked;
    let rule = uow.set_up_rule(&asked.rule, &asked.actor).await?;
    if rule.finished {
        let (players_total, badges_total) = (rule.players, rule.badges);
        let before = keeping.found(&uow).await?.unwrap_or(before);
        let sum = Backfill { players_total, badges_total, ..before };
        return Ok(Page { players: 0, sum, is_last: true });
    }
    let next = rule.next_players(asked.limit).await?;
    let players = rule.lock_players(&next).await?;
    let ids: Vec<_> = players.all().map(|it| it.id).collect();
    let reviewed = ids.len() as u64;
    let unreadable = next.players.as_slice().len() as u64 - reviewed;
    let Judgement { reviews, awarded, restored } = judge(&rule.rule, &players, &ids).await?;
    let mut given = vec![];
    if !awarded.is_empty() {
        let recorded = players.award_badges(&awarded).await?;
        let new = awarded.into_iter().zip(recorded).filter(|it| it.1 == Recorded::New);
        given.extend(new.map(|it| it.0));
    }
    if !restored.is_empty() {
        players.restore_badges(&restored).await?;
        given.extend(restored);
    }
    let badges = given.len() as u64;
    players.tell(&PlayerEvent::badges_given(&given)).await?;
    rule.advance(&next, reviews, badges).await?;
    let mut sum = keeping.found(&uow).await?.unwrap_or(before);
    sum.players += reviewed;
    sum.badges += badges;
    sum.unreadable += unreadable;
    keeping.commit(uow, &sum).await?;
    Ok(Page { players: reviewed, sum, is_last: false })
}

/// What the rule gives to the players of a page.
#[derive(Debug, Default)]
struct Judgement {
    reviews: Vec<Review>,
    awarded: Vec<NewBadge>,
    /// A correction took them away, and by this rule they are earned.
    restored: Vec<NewBadge>,
}

async fn judge(
    rule: &BadgeRule,
    players: &Locked<'_, Players>,
    ids: &[PlayerId],
) -> Result<Judgement, StoreError> {
    let mut judgement = Judgement::default();
    let histories = players.histories(ids).await?;
    for player in players.all() {
        let Some(past) = histories.get(&player.id) else {
            judgement.reviews.push(Review { player: player.id, through: 0 });
            continue;
        };
        let given = review(rule, &player.baseline, past).into_iter();
        let (restored, awarded): (Vec<_>, Vec<_>) = given.partition(|it| past.has_lost(it));
        judgement.awarded.extend(awarded);
        judgement.restored.extend(restored);
        let through = past.steps.last().map_or(0, |it| it.seq);
        judgement.reviews.push(Review { player: player.id, through });
    }
    Ok(judgement)
}
