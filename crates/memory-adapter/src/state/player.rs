//! A player with all that the player owns, and the writes that the player's lock permits.

use std::collections::BTreeMap;

use domain::{
    Accounts, Assessment, AssessmentId, BadgeType, Baseline, Career, Cause, ChargeId, ChargeStep,
    Currency, Floor, LevelUp, NewBadge, NewEntry, NewPlayer, NumberedStep, Player, PlayerEvent,
    PlayerId, Progress, RuleId, SkillEntry, SkillName, SkillProfile, TournamentId,
};
use ports::{
    CorruptPlayer, StoreError, Timestamp,
    spi::{
        self, BadgeRecord, ChargeRecord, CorrectionRef, LedgerEntry, LevelUpRecord, NewStep,
        PlayerRecord, Recorded, RetakenSteps, StepRecord,
    },
};

use crate::refusal::corrupt;

/// A player with all that the player owns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayerRow {
    /// The natural identity.
    pub key: String,
    /// What people call the player.
    pub name: String,
    /// When the player was registered.
    pub registered_at: Timestamp,
    /// Where the skills started.
    pub baseline: Baseline,
    /// Counters behind the milestone badges.
    pub progress: Progress,
    /// Balances.
    pub accounts: Accounts,
    /// The ledger, by account and number.
    pub ledger: BTreeMap<(Currency, i64), LedgerEntry>,
    /// Charges.
    pub charges: BTreeMap<ChargeId, ChargeRecord>,
    /// Badges.
    pub badges: BTreeMap<(TournamentId, BadgeType), BadgeRecord>,
    /// Skills, or why they cannot be read.
    pub profile: Result<SkillProfile, String>,
    /// Number of the last skill step; 0 when there is none.
    pub step_seq: i64,
    /// Skill steps, by number.
    pub steps: BTreeMap<i64, StepRecord>,
    /// Levels reached, by level.
    pub level_ups: BTreeMap<u32, LevelUpRecord>,
    /// The standing rules that have judged the history, and the number of the last step that each
    /// has seen.
    pub reviews: BTreeMap<RuleId, i64>,
    /// What coaches said.
    pub assessments: BTreeMap<AssessmentId, AssessmentRecord>,
    /// Number of the last event; 0 when there is none.
    pub event_seq: i64,
    /// What happened to the player, by number, for whoever publishes it.
    pub events: BTreeMap<i64, ToldEvent>,
}

/// Something that happened to a player.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldEvent {
    /// What.
    pub event: PlayerEvent,
    /// When.
    pub occurred_at: Timestamp,
}

/// One coach's word, as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentRecord {
    /// The assessment.
    pub assessment: Assessment,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

impl PlayerRow {
    /// A player who owns nothing yet.
    pub(crate) fn registered(new: &NewPlayer, at: Timestamp) -> Self {
        Self {
            key: new.key.clone(),
            name: new.name.clone(),
            registered_at: at,
            baseline: new.baseline.clone(),
            progress: Progress::default(),
            accounts: Accounts::default(),
            ledger: BTreeMap::new(),
            charges: BTreeMap::new(),
            badges: BTreeMap::new(),
            profile: Ok(SkillProfile::default()),
            step_seq: 0,
            steps: BTreeMap::new(),
            level_ups: BTreeMap::new(),
            reviews: BTreeMap::new(),
            assessments: BTreeMap::new(),
            event_seq: 0,
            events: BTreeMap::new(),
        }
    }

    /// What the player owns, as whoever locks or reads the player sees it.
    pub(crate) fn read(&self, id: PlayerId) -> Result<Player, CorruptPlayer> {
        let profile = self.profile.clone().map_err(|rule| CorruptPlayer {
            player: id,
            table: "skill_profiles",
            rule,
        })?;
        Ok(Player {
            id,
            baseline: self.baseline.clone(),
            progress: self.progress,
            accounts: self.accounts,
            profile,
            step_seq: self.step_seq,
        })
    }

    pub(crate) fn record(&self, id: PlayerId) -> PlayerRecord {
        let (key, name) = (self.key.clone(), self.name.clone());
        PlayerRecord { id, key, name, state: self.read(id) }
    }

    /// IDEM-1, IDEM-2: the entry under a known key is the one that is asked for, or a fault.
    pub(crate) fn post(&mut self, new: &NewEntry, at: Timestamp) -> Result<Recorded, StoreError> {
        let known = self.ledger.values().find(|it| it.idempotency_key == new.key.as_str());
        match known {
            None => self.append(new, at).map(|()| Recorded::New),
            Some(it) if it.amount == new.amount && it.currency == new.currency => {
                Ok(Recorded::Replayed)
            }
            Some(_) => Err(corrupt("ledger_entries", "a key names one amount of one account")),
        }
    }

    /// LEDGER-1 to LEDGER-3: the next entry and the balance that follows from it.
    fn append(&mut self, new: &NewEntry, at: Timestamp) -> Result<(), StoreError> {
        if new.amount == 0 {
            return Err(corrupt("ledger_entries", "an entry moves something"));
        }
        let account = self.accounts.of_mut(new.currency);
        let seq = account.seq.saturating_add(1);
        if self.ledger.contains_key(&(new.currency, seq)) {
            return Err(corrupt("ledger_entries", "the number of an entry is taken once"));
        }
        let balance_after = account
            .balance
            .checked_add(new.amount)
            .filter(|it| *it >= 0 || may_be_left_below_zero(new))
            .ok_or_else(|| corrupt("accounts", "a balance stays between 0 and 2^63 - 1"))?;
        account.seq = seq;
        account.balance = balance_after;
        let entry = LedgerEntry {
            player: new.player,
            currency: new.currency,
            seq,
            amount: new.amount,
            balance_after,
            cause: new.cause,
            idempotency_key: new.key.as_str().to_owned(),
            recorded_at: at,
        };
        self.ledger.insert((new.currency, seq), entry);
        self.note_refund(new);
        Ok(())
    }

    /// Databases read the refunds of a charge off the ledger. What repaid a debt came back, too.
    fn note_refund(&mut self, new: &NewEntry) {
        let Cause::Charge { charge, step: ChargeStep::Refund(refund) } = new.cause else { return };
        let Some(record) = self.charges.get_mut(&charge) else { return };
        let back = if new.currency == Currency::Debt { -new.amount } else { new.amount };
        *record.refunds.entry(refund).or_insert(0) += back;
    }

    /// CAREER-1: from the step of `id` on.
    pub(crate) fn career(&self, id: TournamentId) -> Option<Career> {
        spi::career(id, self.steps.values().cloned().collect(), self.badges.values().cloned())
    }

    /// CAREER-2: from the first step on.
    pub(crate) fn history(&self) -> Option<Career> {
        let steps = self.steps.values().cloned();
        let badges = self.badges.values().cloned();
        (!self.steps.is_empty()).then(|| spi::history(steps, badges))
    }

    /// LEVEL-1: once in a life.
    pub(crate) fn reach(&mut self, level_up: &LevelUp, at: Timestamp) -> Recorded {
        if self.level_ups.contains_key(&level_up.level) {
            return Recorded::Replayed;
        }
        let record = LevelUpRecord { level_up: *level_up, reached_at: at };
        self.level_ups.insert(level_up.level, record);
        Recorded::New
    }

    /// BADGE-1 to BADGE-3: once for a tournament, and some of them once in a life.
    pub(crate) fn award(&mut self, new: &NewBadge, at: Timestamp) -> Recorded {
        let NewBadge { player, tournament, badge, once_in_a_life } = *new;
        let had = |it: &BadgeRecord| once_in_a_life && it.once_in_a_life && it.revoked.is_none();
        let known = |(key, it): (&(TournamentId, BadgeType), &BadgeRecord)| {
            key.1 == badge && (key.0 == tournament || had(it))
        };
        if self.badges.iter().any(known) {
            return Recorded::Replayed;
        }
        let earned =
            BadgeRecord { player, tournament, badge, once_in_a_life, earned_at: at, revoked: None };
        self.badges.insert((tournament, badge), earned);
        Recorded::New
    }

    /// BADGE-4, BADGE-5: what is there is taken away, and what was taken away comes back.
    pub(crate) fn set_revoked(
        &mut self,
        badge: &NewBadge,
        revoked: Option<(CorrectionRef, Timestamp)>,
    ) -> Result<(), StoreError> {
        let known = self.badges.get_mut(&(badge.tournament, badge.badge));
        let record = known.filter(|it| it.revoked.is_some() != revoked.is_some());
        let rule = "a badge is taken away while it is had, and comes back while it is not";
        record.ok_or_else(|| corrupt("badges", rule))?.revoked = revoked;
        Ok(())
    }

    /// STEP-4, STEP-5: each in the place of the one of its number.
    pub(crate) fn retake_steps(&mut self, retaken: &RetakenSteps) -> Result<(), StoreError> {
        for NumberedStep { seq, step } in &retaken.steps {
            let known = self.steps.get_mut(seq);
            let record = known.filter(|it| it.tournament == step.tournament);
            let record = record.ok_or_else(|| {
                corrupt("skill_steps", "a step that is taken again was taken before")
            })?;
            record.revision = step.revision;
            record.evidence = step.evidence;
            record.changes = step.changes.clone();
            record.progress = step.progress;
        }
        self.profile = Ok(retaken.profile.clone());
        Ok(())
    }

    /// STEP-1 to STEP-3: the step, and the entries of the profile that it changes.
    pub(crate) fn take_step(
        &mut self,
        new: &NewStep,
        at: Timestamp,
    ) -> Result<Recorded, StoreError> {
        if self.steps.values().any(|it| it.tournament == new.step.tournament) {
            return Ok(Recorded::Replayed);
        }
        if self.steps.contains_key(&new.seq) {
            return Err(corrupt("skill_steps", "the number of a step is taken once"));
        }
        self.write_skills(new.entries.iter().map(|(skill, entry)| (skill.clone(), *entry)))?;
        self.step_seq = new.seq;
        let step = StepRecord {
            player: new.step.player,
            seq: new.seq,
            tournament: new.step.tournament,
            revision: new.step.revision,
            evidence: new.step.evidence,
            changes: new.step.changes.clone(),
            progress: new.step.progress,
            taken_at: at,
        };
        self.steps.insert(new.seq, step);
        Ok(Recorded::New)
    }

    /// ASSESS-1: one id is recorded once.
    pub(crate) fn hear(&mut self, assessment: &Assessment, at: Timestamp) -> Recorded {
        if self.assessments.contains_key(&assessment.id) {
            return Recorded::Replayed;
        }
        let record = AssessmentRecord { assessment: assessment.clone(), recorded_at: at };
        self.assessments.insert(assessment.id, record);
        Recorded::New
    }

    /// OUTBOX-1: behind the last one.
    pub(crate) fn tell(&mut self, event: &PlayerEvent, at: Timestamp) {
        self.event_seq += 1;
        let told = ToldEvent { event: event.clone(), occurred_at: at };
        self.events.insert(self.event_seq, told);
    }

    /// STEP-2, ASSESS-2: the entries of these skills, and no others.
    pub(crate) fn write_skills(
        &mut self,
        entries: impl IntoIterator<Item = (SkillName, SkillEntry)>,
    ) -> Result<(), StoreError> {
        match &mut self.profile {
            Ok(profile) => profile.extend(entries),
            Err(rule) => return Err(corrupt("skill_profiles", rule.clone())),
        }
        Ok(())
    }
}

/// LEDGER-2: what comes in raises a balance that is below zero, and a correction may overdraw.
fn may_be_left_below_zero(new: &NewEntry) -> bool {
    let overdraws = new.floor == Floor::Overdraw && new.cause.is_correction();
    new.currency == Currency::Credit && (new.amount > 0 || overdraws)
}
