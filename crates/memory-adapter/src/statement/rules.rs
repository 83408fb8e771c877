//! Statements about standing rules.

use std::collections::{BTreeMap, BTreeSet};

use domain::{PlayerId, ReviewedRule, RuleId, StandingRule};
use ports::{
    Actor, StoreError, Timestamp,
    spi::{Recorded, RuleAdvance, RuleRecord},
};

use super::{Statement, Wanted};
use crate::{
    locks::{LockKey, LockMode},
    refusal::corrupt,
};

/// The row of one rule, to be written.
pub(crate) fn rule_row(id: RuleId) -> Wanted {
    vec![(LockKey::Rule(id), LockMode::Exclusive)]
}

impl Statement<'_> {
    /// RULE-1: those who set up one rule wait for each other, as at a unique index.
    pub(crate) fn rule_to_insert(&self, id: RuleId) -> Wanted {
        match self.rule(id) {
            Some(_) => Wanted::new(),
            None => vec![(LockKey::RuleName(id), LockMode::Exclusive)],
        }
    }

    pub(crate) fn insert_rule(
        &mut self,
        rule: &StandingRule,
        actor: &Actor,
        at: Timestamp,
    ) -> Recorded {
        if self.committed.rules.get(rule.id).is_some() {
            // Whoever waited for somebody else to set it up holds nothing of it.
            self.locks.let_go(self.owner, LockKey::RuleName(rule.id));
            return Recorded::Replayed;
        }
        if self.draft.rules.get(rule.id).is_some() {
            return Recorded::Replayed;
        }
        let (rule, actor) = (rule.clone(), actor.as_str().to_owned());
        self.draft.rules.insert(rule.id, RuleRecord { rule, actor, begun_at: at, changed_at: at });
        Recorded::New
    }

    /// RULE-2: a rule that is not there is not waited for.
    pub(crate) fn rule_to_lock(&self, id: RuleId) -> Wanted {
        if self.rule(id).is_some() { rule_row(id) } else { Wanted::new() }
    }

    pub(crate) fn select_rule(&self, id: RuleId) -> Option<StandingRule> {
        self.rule(id).map(|it| it.rule.clone())
    }

    pub(crate) fn select_next_players(&self, after: Option<PlayerId>, limit: u32) -> Vec<PlayerId> {
        let tables = [&self.committed.players, &self.draft.players];
        let players = tables.into_iter().flat_map(|it| it.behind(after)).map(|it| it.0);
        let players: BTreeSet<_> = players.collect();
        players.into_iter().take(limit as usize).collect()
    }

    pub(crate) fn select_reviewed_rules(
        &self,
        players: &[PlayerId],
    ) -> BTreeMap<PlayerId, Vec<ReviewedRule>> {
        let reviewed = |player: &PlayerId| {
            let reviews = self.player(*player)?.reviews.iter();
            let rules = reviews.filter_map(|(id, through)| {
                let rule = self.rule(*id)?.rule.rule.clone();
                Some(ReviewedRule { rule, through: *through })
            });
            let rules: Vec<_> = rules.collect();
            (!rules.is_empty()).then_some((*player, rules))
        };
        players.iter().filter_map(reviewed).collect()
    }

    /// RULE-3, RULE-4: the reviews and the rule, or nothing.
    pub(crate) fn advance_rule(
        &mut self,
        advance: &RuleAdvance,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        for review in &advance.reviews {
            let reviews = &mut self.owner_of(review.player)?.reviews;
            if reviews.insert(advance.id, review.through).is_some() {
                return Err(corrupt("rule_reviews", "a player is reviewed once for a rule"));
            }
        }
        let committed = self.committed.rules.share(advance.id);
        let record = self.draft.rules.get_mut_or(advance.id, committed);
        let record = record
            .filter(|it| !it.rule.finished)
            .ok_or_else(|| corrupt("standing_rules", "a rule that is finished does not advance"))?;
        record.rule.finished = advance.finished;
        record.rule.cursor = advance.cursor.or(record.rule.cursor);
        record.rule.players += advance.reviews.len() as u64;
        record.rule.badges += advance.badges;
        record.changed_at = at;
        Ok(())
    }

    fn rule(&self, id: RuleId) -> Option<&RuleRecord> {
        self.draft.rules.get(id).or_else(|| self.committed.rules.get(id))
    }
}
