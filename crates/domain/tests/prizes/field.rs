//! Fields that are written down in a line, and the plans that policies make of them.

use std::collections::BTreeMap;

use domain::{
    Baseline, Competitor, FieldSurvey, Finish, MemberWeight, Membership, OnDuplicate, OnGap,
    Placement, PlanHasher, PlannedAward, PlayerId, RankedEntry, RankedList, Results, Reward,
    RewardPlanner, RewardPolicy, Standings, StandingsRules, TournamentId, standings,
};
use serde_json::{Value, json};

pub(crate) type Entry = RankedEntry<Placement>;

/// A policy of these sections, in which skill points earn nothing and nobody gets anything for taking
/// part, so that amounts are easy to see.
pub(crate) fn policy(sections: Value) -> RewardPolicy {
    let mut document = json!({
        "version": 1,
        "tiers": [],
        "participation": { "xp": 0, "credits": 0, "skill_points": 0 },
    });
    let (Value::Object(whole), Value::Object(sections)) = (&mut document, sections) else {
        panic!("a policy is an object")
    };
    whole.extend(sections);
    RewardPolicy::from_document(&document).unwrap_or_else(|it| panic!("{it:?}"))
}

/// A tier without XP and skill points.
pub(crate) fn credits(places: Value, credits: i64) -> Value {
    let mut tier = json!({ "xp": 0, "credits": credits, "skill_points": 0 });
    let (Value::Object(whole), Value::Object(places)) = (&mut tier, places) else {
        panic!("a tier is an object")
    };
    whole.extend(places);
    tier
}

/// Players of these placements, called by number from 0 in ascending id.
pub(crate) fn players(ranks: &[u32]) -> Vec<Entry> {
    ids().zip(ranks).map(|(id, rank)| RankedEntry::new(id, placed(*rank))).collect()
}

/// Members of teams: the team, its placement, and what the member counts.
pub(crate) fn members(rows: &[(&str, u32, u32)]) -> Vec<Entry> {
    let entry = |(id, (team, rank, weight)): (PlayerId, &(&str, u32, u32))| {
        let weight = MemberWeight::new(*weight).unwrap();
        let team = Some(Membership { name: (*team).to_owned(), weight });
        RankedEntry { team, ..RankedEntry::new(id, placed(*rank)) }
    };
    ids().zip(rows).map(entry).collect()
}

pub(crate) fn placed(rank: u32) -> Finish<Placement> {
    Finish::Marked(Placement::new(rank).unwrap())
}

/// Ids in ascending order.
pub(crate) fn ids() -> impl Iterator<Item = PlayerId> {
    (1_u128..).map(|it| PlayerId::from_uuid(uuid::Uuid::from_u128(it)))
}

/// What the policy makes of the entries, gaps being closed.
pub(crate) fn ended(policy: &RewardPolicy, entries: Vec<Entry>) -> Standings {
    let rules = StandingsRules {
        ties: policy.ties(),
        tie_break: policy.tie_break(),
        points: policy.league_points(),
        on_duplicate: OnDuplicate::Refuse,
        on_gap: OnGap::Close,
    };
    let results = Results::Ranked(RankedList::Placements(entries));
    standings(&results, &rules).unwrap_or_else(|it| panic!("{it:?}"))
}

/// The plan of `standings`, in ascending player id.
pub(crate) fn planned(policy: &RewardPolicy, standings: &Standings) -> Vec<PlannedAward> {
    let field = standings.entries().iter().cloned();
    let field: Vec<_> =
        field.map(|standing| Competitor { standing, baseline: Baseline::default() }).collect();
    let mut survey = FieldSurvey::new(policy, standings.field_size());
    for competitor in &field {
        survey.add(competitor);
    }
    let mut planner = RewardPlanner::new(policy, survey);
    field.iter().map(|it| planner.award(it).unwrap()).collect()
}

/// What each gets, in ascending player id.
pub(crate) fn rewards(policy: &RewardPolicy, entries: Vec<Entry>) -> Vec<Reward> {
    planned(policy, &ended(policy, entries)).into_iter().map(|it| it.reward).collect()
}

/// The credits that each gets, in ascending player id.
pub(crate) fn credits_of(policy: &RewardPolicy, entries: Vec<Entry>) -> Vec<i64> {
    rewards(policy, entries).into_iter().map(|it| it.credits).collect()
}

/// What all get together.
pub(crate) fn sum<'a>(rewards: impl IntoIterator<Item = &'a Reward>) -> Reward {
    rewards.into_iter().fold(Reward::default(), |sum, it| sum + *it)
}

/// The hash of a plan.
pub(crate) fn hash(policy: &RewardPolicy, awards: &[PlannedAward]) -> domain::Hash256 {
    let mut hasher = PlanHasher::new(TournamentId::of("cup"), 0, policy);
    for award in awards {
        hasher.add(award);
    }
    hasher.finish()
}

/// Awards by team, those without one under no name.
pub(crate) fn by_team(awards: &[PlannedAward]) -> BTreeMap<&str, Vec<Reward>> {
    let mut teams: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for award in awards {
        let name = award.team.as_ref().map_or("", |it| &*it.name);
        teams.entry(name).or_default().push(award.reward);
    }
    teams
}
