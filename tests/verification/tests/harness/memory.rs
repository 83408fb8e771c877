//! The store in memory, and whoever edits what is committed in it.

use std::sync::Arc;

use async_trait::async_trait;
use conformance::{Fault, Harness};
use domain::{
    Account, AwardState, BadgeType, Cause, Currency, IdempotencyKey, LevelChange, LevelUp,
    Membership, PlayerEventKind, PlayerId, Progress, RewardPolicy, SkillProfile, Tenths,
    TournamentId,
};
use memory_adapter::{MemoryStore, PlayerRow, State, ToldEvent};
use ports::spi::{AwardRecord, ChargeRecord, LedgerEntry, LevelUpRecord, Store};
use verification::{Sabotage, Saboteur};

pub(crate) struct MemorySaboteur(MemoryStore);

#[async_trait]
impl Harness for MemorySaboteur {
    async fn fresh() -> Self {
        Self(MemoryStore::new())
    }

    fn store(&self) -> Arc<dyn Store> {
        self.0.shared()
    }

    async fn plant(&self, fault: Fault) {
        unreachable!("{fault:?} is for the suite of the contract");
    }
}

#[async_trait]
impl Saboteur for MemorySaboteur {
    async fn sabotage(&self, sabotage: Sabotage) {
        self.0.edit(|state| edit(state, sabotage));
    }

    fn has_schema(&self) -> bool {
        false
    }
}

/// Rows are kept by key, so that a second one of the same key goes under another.
fn edit(state: &mut State, sabotage: Sabotage) {
    match sabotage {
        Sabotage::SecondAward(id, player) => {
            let copy = award(state, id, player).clone();
            let awards = state.awards.get_mut(&id).expect("it has awards");
            awards.insert(PlayerId::of("elsewhere"), copy);
        }
        Sabotage::EditedAward(id, player) => {
            award(state, id, player).award.planned.evidence.record.wins += 1;
        }
        Sabotage::UnappliedAward(id, player) => {
            let record = award(state, id, player);
            (record.award.state, record.applied_at) = (AwardState::Pending, None);
            record.award.paid = None;
        }
        Sabotage::PaidAndPending(id, player) => {
            let record = award(state, id, player);
            (record.award.state, record.applied_at) = (AwardState::Pending, None);
        }
        Sabotage::FailedAward(id, player) => {
            award(state, id, player).award.state = AwardState::Failed { reason: "planted".into() };
        }
        Sabotage::HugeAward(id, player) => {
            let reward = &mut award(state, id, player).award.planned.reward;
            (reward.xp_base, reward.xp_bonus) = (i64::MAX, 5);
        }
        Sabotage::OtherTeam(id, player) => {
            let team = &mut award(state, id, player).award.planned.team;
            *team = team.take().map(|it| Membership { name: "purple".to_owned(), ..it });
        }
        Sabotage::LargerPart(id, player) => {
            award(state, id, player).award.planned.reward.credits += 2;
        }
        Sabotage::Forgiven(id, player) => {
            let paid = award(state, id, player).award.paid.as_mut();
            paid.expect("it was paid").credits += 1;
            let row = of(state, player);
            row.accounts.credit.balance += 1;
            let last = row.ledger.get_mut(&(Currency::Credit, row.accounts.credit.seq));
            let entry = last.expect("its correction has an entry");
            (entry.amount, entry.balance_after) = (entry.amount + 1, entry.balance_after + 1);
        }
        Sabotage::DeletedAward(id, player) => {
            let awards = state.awards.remove(&id).expect("it has awards");
            let rest = state.awards.entry(id).or_default();
            for (other, record) in awards.iter().filter(|it| it.0 != player) {
                rest.insert(other, record.clone());
            }
        }
        Sabotage::EditedPolicy(id) => {
            let row = state.tournaments.get_mut(id).expect("it is announced");
            let mut document = row.tournament.policy.to_document();
            document["version"] = 2.into();
            row.tournament.policy = RewardPolicy::from_document(&document).expect("it is valid");
        }
        Sabotage::Status(id, status) => {
            let row = state.tournaments.get_mut(id).expect("it is announced");
            row.tournament.status = status;
        }
        Sabotage::DroppedConstraint
        | Sabotage::WeakenedConstraint
        | Sabotage::DroppedIndex
        | Sabotage::IndexNotUnique
        | Sabotage::DroppedTable
        | Sabotage::NullableKey
        | Sabotage::UnreadableAward(..)
        | Sabotage::UnreadableStatus(..)
        | Sabotage::UnreadableStep(..)
        | Sabotage::UnreadableAssessment(..)
        | Sabotage::UnreadableBaseline(..)
        | Sabotage::DeletedPlayer(..) => {}
        of_a_player => edit_player(state, of_a_player),
    }
}

fn edit_player(state: &mut State, sabotage: Sabotage) {
    match sabotage {
        Sabotage::BalanceOffByOne(player) => of(state, player).accounts.xp.balance += 1,
        Sabotage::LostAccount(player) => of(state, player).accounts.xp = Account::default(),
        Sabotage::GapInNumbers(player) => {
            entry(state, player, Currency::Xp).seq += 1;
            of(state, player).accounts.xp.seq += 1;
        }
        Sabotage::WrongBalanceAfter(player) => {
            entry(state, player, Currency::Xp).balance_after += 1;
        }
        Sabotage::Overpaid(player) => {
            let entry = entry(state, player, Currency::Xp);
            (entry.amount, entry.balance_after) = (entry.amount + 1, entry.balance_after + 1);
            of(state, player).accounts.xp.balance += 1;
        }
        Sabotage::UnawardedEntry(id, player) => append(of(state, player), id, player),
        Sabotage::HugeEntry(id, player) => {
            let row = of(state, player);
            let mut huge = row.ledger[&(Currency::Xp, row.accounts.xp.seq)].clone();
            (huge.seq, huge.amount) = (huge.seq + 1, i64::MAX);
            (huge.cause, huge.idempotency_key) = (award_of(id), key(id, player));
            row.ledger.insert((Currency::Xp, huge.seq), huge);
        }
        Sabotage::CheaperCharge(player) => charge(state, player).charge.amount -= 1,
        Sabotage::DeletedCharge(player) => of(state, player).charges.clear(),
        Sabotage::OverdueHold(player) => {
            charge(state, player).expires_at = Some(ports::Timestamp::UNIX_EPOCH);
        }
        Sabotage::EqualKeys(player) => {
            let key = entry(state, player, Currency::Xp).idempotency_key.clone();
            entry(state, player, Currency::Credit).idempotency_key = key;
        }
        Sabotage::NoKey(player) => entry(state, player, Currency::Xp).idempotency_key.clear(),
        Sabotage::MisspelledKey(player) => {
            let key = &mut entry(state, player, Currency::Xp).idempotency_key;
            *key = key.replacen(':', ":-", 1);
        }
        Sabotage::ForeignKey(id, player) => {
            entry(state, player, Currency::Xp).idempotency_key = key(id, player);
        }
        Sabotage::SecondBadge(id, player) => {
            let badges = &mut of(state, player).badges;
            let copy = badges[&(id, BadgeType::Champion)].clone();
            badges.insert((TournamentId::of("elsewhere"), BadgeType::Champion), copy);
        }
        Sabotage::SecondBadgeOfALife(tournament, player) => {
            let badges = &mut of(state, player).badges;
            let first = badges.values().find(|it| it.badge == BadgeType::FirstTournament);
            let mut copy = first.expect("everybody has it").clone();
            copy.tournament = tournament;
            badges.insert((tournament, BadgeType::FirstTournament), copy);
        }
        Sabotage::LevelNeverReached(player) => of(state, player).progress.level_max += 1,
        Sabotage::UnpaidLevel(tournament, player) => {
            let row = of(state, player);
            let level_up = LevelUp { player, level: 1, tournament, revision: 0, credits: 25 };
            let reached_at = row.registered_at;
            row.level_ups.insert(1, LevelUpRecord { level_up, reached_at });
            row.progress.level_max = 1;
        }
        Sabotage::LostEvent(player) => drop(of(state, player).events.pop_last()),
        Sabotage::MisnamedEvent(player) => {
            let paid = |it: &&mut ToldEvent| it.event.kind == PlayerEventKind::RewardPaid;
            let last = of(state, player).events.values_mut().rfind(paid);
            last.expect("something was paid").event.award =
                Some((TournamentId::of("elsewhere"), 0));
        }
        of_skills => edit_skills(state, of_skills),
    }
}

fn edit_skills(state: &mut State, sabotage: Sabotage) {
    match sabotage {
        Sabotage::EditedProfile(player) => {
            let row = of(state, player);
            edit_level(row, |level| Tenths::new(level.units() - 1));
        }
        Sabotage::EditedCounters(player) => {
            let progress = &mut of(state, player).progress;
            (progress.wins, progress.podium_streak) =
                (progress.wins + 1, progress.podium_streak + 1);
        }
        Sabotage::Miscounted(player) => {
            let row = of(state, player);
            row.progress.wins += 1;
            let last = row.steps.values_mut().next_back().expect("there is a step");
            last.progress = row.progress;
        }
        Sabotage::UntypedEntry(player) => {
            of(state, player).profile = Err("an entry is a bare number".to_owned());
        }
        Sabotage::ForgottenSteps(player) => {
            let row = of(state, player);
            row.steps.clear();
            (row.profile, row.step_seq) = (Ok(SkillProfile::default()), 0);
            row.progress = Progress { level_max: row.progress.level_max, ..Progress::default() };
        }
        Sabotage::SecondStep(player) => copy_step(of(state, player), |_| {}),
        Sabotage::StrayStep(id, player) => {
            copy_step(of(state, player), |step| step.tournament = id);
        }
        Sabotage::LevelOutOfBounds(player) => {
            let row = of(state, player);
            edit_level(row, |_| Tenths::new(1_200));
            let mut steps = row.steps.values_mut();
            let changes = &mut steps.next_back().expect("there is a step").changes;
            let change = changes.values_mut().next().expect("it moves a skill");
            *change = LevelChange { after: Tenths::new(1_200), ..*change };
        }
        other => unreachable!("{other:?} is of no player"),
    }
}

fn award(state: &mut State, id: TournamentId, player: PlayerId) -> &mut AwardRecord {
    let awards = state.awards.get_mut(&id).expect("it has awards");
    awards.get_mut(player).expect("the player has one")
}

fn of(state: &mut State, player: PlayerId) -> &mut PlayerRow {
    state.players.get_mut(player).expect("the player is registered")
}

/// The player's only charge.
fn charge(state: &mut State, player: PlayerId) -> &mut ChargeRecord {
    of(state, player).charges.values_mut().next().expect("the player was charged")
}

/// The first entry of an account.
fn entry(state: &mut State, player: PlayerId, currency: Currency) -> &mut LedgerEntry {
    of(state, player).ledger.get_mut(&(currency, 1)).expect("the player was paid")
}

fn append(row: &mut PlayerRow, tournament: TournamentId, player: PlayerId) {
    let account = &mut row.accounts.xp;
    let mut entry = row.ledger[&(Currency::Xp, account.seq)].clone();
    (account.seq, account.balance) = (account.seq + 1, account.balance + 5);
    entry.seq = account.seq;
    (entry.amount, entry.balance_after) = (5, account.balance);
    (entry.cause, entry.idempotency_key) = (award_of(tournament), key(tournament, player));
    row.ledger.insert((Currency::Xp, entry.seq), entry);
}

fn key(tournament: TournamentId, player: PlayerId) -> String {
    IdempotencyKey::of(&award_of(tournament), player, Currency::Xp).to_string()
}

fn award_of(tournament: TournamentId) -> Cause {
    Cause::Award { tournament, revision: 0 }
}

fn copy_step(row: &mut PlayerRow, change: impl FnOnce(&mut ports::spi::StepRecord)) {
    let mut copy = row.steps[&row.step_seq].clone();
    copy.seq += 1;
    change(&mut copy);
    row.steps.insert(copy.seq, copy);
}

/// Changes the level of the first skill.
fn edit_level(row: &mut PlayerRow, level: impl FnOnce(Tenths) -> Tenths) {
    let profile = row.profile.as_mut().expect("the profile is readable");
    let (skill, entry) = profile.iter().next().expect("there is a skill");
    let (skill, mut entry) = (skill.clone(), *entry);
    entry.level = level(entry.level);
    profile.extend([(skill, entry)]);
}
