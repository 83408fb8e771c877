//! Who plays, and what they are owed.

use app_service::{Actor, GuerdonError, TournamentSummary};
use domain::{
    Accounts, Award, AwardState, Baseline, Competitor, FieldSurvey, MatchRecord, Outcome,
    Placement, Player, PlayerId, Progress, RewardPlanner, RewardPolicy, SkillProfile, Standing,
    Tournament, TournamentId, TournamentStatus,
};
use ports::spi::LockedPlayer;
use uuid::Uuid;

/// Wins: 500 + 100 XP and 100 credits.
pub(crate) const ANNA: PlayerId = PlayerId::from_uuid(Uuid::from_u128(1));
/// Comes second: 300 + 71 XP and 50 credits.
pub(crate) const BEN: PlayerId = PlayerId::from_uuid(Uuid::from_u128(2));
/// The tournament of all tests.
pub(crate) const CUP: TournamentId = TournamentId::from_uuid(Uuid::from_u128(7));

pub(crate) fn referee() -> Actor {
    Actor::new("referee")
}

pub(crate) fn cup(status: TournamentStatus) -> Tournament {
    let hash = RewardPolicy::standard().hash();
    Tournament {
        id: CUP,
        key: "cup".into(),
        name: "The Cup".into(),
        status,
        change_seq: 1,
        policy: RewardPolicy::standard(),
        revision: 0,
        results_hash: (status != TournamentStatus::Scheduled).then_some(hash),
        field_size: 2,
        plan_hash: status.is_frozen().then_some(hash),
    }
}

/// The field, best first.
pub(crate) fn field(order: [PlayerId; 2]) -> Vec<Competitor> {
    let mut field: Vec<_> = order.into_iter().zip(1..).map(competitor).collect();
    field.sort_by_key(|it| it.standing.player);
    field
}

/// What the plan of `field` owes.
pub(crate) fn awards(field: &[Competitor]) -> Vec<Award> {
    let policy = RewardPolicy::standard();
    let mut survey = FieldSurvey::new(&policy, 2);
    for competitor in field {
        survey.add(competitor);
    }
    let mut planner = RewardPlanner::new(&policy, survey);
    let mut award = |competitor| {
        let owed = planner.award(competitor).expect("a field comes in ascending player id");
        Award { revision: 0, planned: owed, state: AwardState::Pending, paid: None }
    };
    field.iter().map(&mut award).collect()
}

/// The awards of a field that Anna won, before Ben.
pub(crate) fn usual_awards() -> Vec<Award> {
    awards(&field([ANNA, BEN]))
}

/// A player who has never played.
pub(crate) fn newcomer(id: PlayerId) -> Player {
    Player {
        id,
        baseline: Baseline::default(),
        progress: Progress::default(),
        accounts: Accounts::default(),
        profile: SkillProfile::default(),
        step_seq: 0,
    }
}

pub(crate) fn newcomers() -> Vec<Player> {
    vec![newcomer(ANNA), newcomer(BEN)]
}

pub(crate) fn locked(player: Player) -> LockedPlayer {
    LockedPlayer { id: player.id, state: Ok(player) }
}

/// What the conflict carries.
pub(crate) fn existing(refusal: GuerdonError) -> TournamentSummary {
    match refusal {
        GuerdonError::Conflict { existing } => *existing,
        other => panic!("no conflict: {other:?}"),
    }
}

fn competitor((player, rank): (PlayerId, u32)) -> Competitor {
    let outcome = Placement::new(rank).map_or(Outcome::Unplaced, Outcome::Placed);
    let record = MatchRecord::default();
    let standing = Standing { player, team: None, outcome, record, measured: None };
    Competitor { standing, baseline: Baseline::default() }
}
