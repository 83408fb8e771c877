//! What happens in a town, told by how it ends: refused, or with what is stored then.

use std::sync::Arc;

use app_service::GuerdonError;
use domain::{
    Cause, Currency, Evidence, Finish, LevelChange, LockOrder, MatchRecord, NewEntry, NewPlayer,
    NewTournament, Outcome, Placement, Progress, RankedEntry, RankedList, Results, SkillName,
    SkillStep, Standings, StandingsRules, TenThousandths, Tenths, TournamentId, standings,
};
use ports::{Actor, StoreError, UnitOfWork};
use schedules::Deed;

use super::town::{CUP, OTHER, Town};

/// More entries, badges or steps than anybody has here.
const ALL: u32 = 100;

pub(super) async fn announce_once(town: Arc<Town>) -> String {
    let announced =
        town.arena.guerdon.create_tournament(NewTournament::new("new-cup", "Cup")).await;
    announced.map_or_else(refused, |it| format!("{it:?}"))
}

pub(super) async fn register_once(town: Arc<Town>) -> String {
    let registered = town.arena.guerdon.register_players(&[NewPlayer::new("new", "Player")]).await;
    registered.map_or_else(refused, |it| format!("{it:?}"))
}

pub(super) async fn assess_once(town: Arc<Town>) -> String {
    one_after_the_other(&town, &[Deed::Assess { coach: 1, player: 0 }]).await
}

pub(super) async fn decorate_again(town: Arc<Town>) -> String {
    one_after_the_other(&town, &[Deed::Decorate(CUP); 2]).await
}

pub(super) async fn decorate_elsewhere(town: Arc<Town>) -> String {
    one_after_the_other(&town, &[Deed::Decorate(CUP), Deed::Decorate(OTHER)]).await
}

async fn one_after_the_other(town: &Town, deeds: &[Deed]) -> String {
    let mut told = 0;
    for deed in deeds {
        match deed.run(town.arena.clone(), Arc::clone(&town.broken), None).await {
            Ok(it) => told += it.paid,
            Err(error) => return refused(error),
        }
    }
    format!("told of {told}")
}

/// A tournament is finalized, and then once more.
pub(super) async fn finalize_twice(town: Arc<Town>) -> String {
    let twice = one_after_the_other(&town, &[Deed::Finalize(CUP); 2]).await;
    if twice.starts_with("refused") {
        return twice;
    }
    let found = town.broken.find_players(&[town.player]).await.unwrap();
    let paid = found[0].state.as_ref().unwrap().accounts.xp.balance;
    let award = town.broken.find_award(TournamentId::of(CUP), town.player).await.unwrap();
    format!("{paid} XP for an award of {}", award.unwrap().award.planned.reward.xp())
}

/// Somebody has read a tournament to put other results in; meanwhile it is finalized.
pub(super) async fn submit_beside_finalize(town: Arc<Town>) -> String {
    let cup = TournamentId::of(CUP);
    let mut submitting = town.begin().await;
    let mut tournament = submitting.lock_tournament(cup).await.unwrap();
    let _ = town.arena.clone().finalize(cup).await.unwrap();

    let actor = Actor::new("whoever has other results");
    if let Err(error) = tournament.replace_results(&second_place(&town), &actor).await {
        return refused(error);
    }
    submitting.commit().await.unwrap();
    let tournament = town.arena.guerdon.summary(cup).await.unwrap();
    format!("{} with {} paid", tournament.status, tournament.awards_applied)
}

fn second_place(town: &Town) -> Standings {
    let finish = Finish::Marked(Placement::new(1).unwrap());
    let other = RankedEntry { team: Some("other".into()), ..RankedEntry::new(town.player, finish) };
    let results = Results::Ranked(RankedList::Placements(vec![other]));
    standings(&results, &StandingsRules::default()).unwrap()
}

/// Somebody spends what is not there.
pub(super) async fn overdraw(town: Arc<Town>) -> String {
    if let Err(error) = give(town.begin().await, Gift::Entry(entry(&town, CUP, -10))).await {
        return refused(error);
    }
    let found = town.broken.find_players(&[town.player]).await.unwrap();
    format!("a balance of {}", found[0].state.as_ref().unwrap().accounts.xp.balance)
}

/// Two callers post one entry at once.
pub(super) async fn post_one_key_at_once(town: Arc<Town>) -> String {
    let entries = [CUP, CUP].map(|cup| Gift::Entry(entry(&town, cup, 10)));
    if let Err(error) = at_once(&town, entries).await {
        return refused(error);
    }
    entries_of(&town).await
}

/// Between two entries, somebody puts the account back to what it was: a movement is lost, whoever
/// lost it.
pub(super) async fn post_to_an_account_of_yesterday(town: Arc<Town>) -> String {
    give(town.begin().await, Gift::Entry(entry(&town, CUP, 10))).await.unwrap();
    town.set_accounts_back().await;
    if let Err(error) = give(town.begin().await, Gift::Entry(entry(&town, OTHER, 10))).await {
        return refused(error);
    }
    entries_of(&town).await
}

async fn entries_of(town: &Town) -> String {
    let ledger = town.broken.list_ledger(town.player, Currency::Xp, 0, ALL).await.unwrap();
    let ledger: Vec<_> = ledger.iter().map(|it| (it.seq, it.balance_after)).collect();
    format!("entries {ledger:?}")
}

/// Two tournaments move one player's skills at once.
pub(super) async fn step_at_once(town: Arc<Town>) -> String {
    steps_at_once(town, [CUP, OTHER]).await
}

/// Two callers move one player's skills for one tournament at once.
pub(super) async fn step_of_one_tournament_at_once(town: Arc<Town>) -> String {
    steps_at_once(town, [CUP, CUP]).await
}

async fn steps_at_once(town: Arc<Town>, cups: [&str; 2]) -> String {
    let steps = cups.map(|cup| Gift::Step(step(&town, cup)));
    if let Err(error) = at_once(&town, steps).await {
        return refused(error);
    }
    let steps = town.broken.list_steps(town.player, 0, ALL).await.unwrap();
    let steps: Vec<_> = steps.iter().map(|it| it.seq).collect();
    format!("steps {steps:?}")
}

/// What one player is given in a unit of work.
#[derive(Clone)]
enum Gift {
    Entry(NewEntry),
    Step(SkillStep),
}

/// The second one begins while the first one is open, and has come as far as it can when the first
/// one commits.
async fn at_once(town: &Arc<Town>, [first, second]: [Gift; 2]) -> Result<(), StoreError> {
    let mut open = town.begin().await;
    write(&mut open, first).await?;
    let unit = town.begin().await;
    let waiting = tokio::spawn(give(unit, second));
    town.somebody_waits(|| waiting.is_finished()).await;
    open.commit().await?;
    waiting.await.unwrap()
}

async fn give(mut uow: UnitOfWork, gift: Gift) -> Result<(), StoreError> {
    write(&mut uow, gift).await?;
    uow.commit().await
}

async fn write(uow: &mut UnitOfWork, gift: Gift) -> Result<(), StoreError> {
    let (Gift::Entry(NewEntry { player, .. }) | Gift::Step(SkillStep { player, .. })) = &gift;
    let players = uow.lock_players(&LockOrder::of([*player])).await?;
    match gift {
        Gift::Entry(entry) => players.post_entries(&[entry]).await.map(drop),
        Gift::Step(step) => players.record_steps(&[step]).await.map(drop),
    }
}

fn entry(town: &Town, cup: &str, amount: i64) -> NewEntry {
    let (player, tournament) = (town.player, TournamentId::of(cup));
    NewEntry::new(player, Currency::Xp, amount, Cause::Award { tournament, revision: 0 })
}

fn step(town: &Town, cup: &str) -> SkillStep {
    let change = LevelChange { before: Tenths::new(600), after: Tenths::new(650) };
    let changes = [(SkillName::new("technique").unwrap(), change)].into();
    SkillStep {
        player: town.player,
        tournament: TournamentId::of(cup),
        revision: 0,
        evidence: Evidence {
            outcome: Outcome::Placed(Placement::FIRST),
            field_size: 1,
            opponent_factor: TenThousandths::ONE,
            match_modifier: TenThousandths::ZERO,
            record: MatchRecord::default(),
            measured: None,
        },
        changes,
        progress: Progress::default(),
    }
}

fn refused(error: impl Into<GuerdonError>) -> String {
    format!("refused: {}", error.into())
}
