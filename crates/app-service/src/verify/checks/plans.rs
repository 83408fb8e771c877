//! INV-R08, INV-T01, in one pass over the plans: the hash of the stored plan fits the stored awards,
//! and those of a tournament of teams are those of teams.

use std::fmt::Display;

use domain::{
    Hash256, PlanHasher, PlannedAward, PlayerId, TeamCheck, TeamFault, Tournament, TournamentId,
};
use ports::{
    StoreError,
    spi::{
        Audit,
        audit::{AuditScope, PlanRow},
    },
};

use crate::verify::{
    Violation,
    findings::{Findings, row},
};

/// With `since`: the plans of tournaments of which anything was recorded since.
pub(super) async fn check(
    audit: &dyn Audit,
    scope: &AuditScope,
) -> Result<Vec<Findings>, StoreError> {
    let mut plans = Plans {
        findings: Findings::none(scope),
        teams: Findings::none(scope),
        current: None,
        unreadable: None,
    };
    audit.visit_plans(scope, &mut |row| plans.next(row)).await?;
    plans.end_current();
    Ok(vec![plans.findings, plans.teams])
}

/// The plans that were hashed, and the one that is being hashed.
struct Plans {
    findings: Findings,
    teams: Findings,
    current: Option<Plan>,
    /// The tournament whose awards are no plan because it cannot be read.
    unreadable: Option<TournamentId>,
}

/// A tournament's plan, as far as its awards have been shown.
struct Plan {
    tournament: TournamentId,
    revision: u32,
    /// The hash that was stored; `None` while nothing is frozen.
    stored: Option<Hash256>,
    hasher: PlanHasher,
    team_check: TeamCheck,
    awards: u64,
    /// Awards of another revision than the tournament's.
    strangers: u64,
    /// Whether an award cannot be read, so that the others alone hash to something else.
    incomplete: bool,
}

impl Plans {
    fn next(&mut self, row: PlanRow) {
        self.findings.looked_at(1);
        self.teams.looked_at(1);
        match row {
            PlanRow::Tournament(tournament) => {
                self.end_current();
                self.current = Some(Plan::of(&tournament));
            }
            PlanRow::Unreadable(id, rule) => {
                self.end_current();
                self.unreadable = Some(id);
                self.findings.note(|| unreadable(id, &rule));
            }
            PlanRow::UnreadableAward(id, player, rule) => {
                self.findings.note(|| unreadable_award(id, player, &rule));
                if let Some(plan) = self.current.as_mut().filter(|it| it.tournament == id) {
                    plan.incomplete = true;
                }
            }
            PlanRow::Award(id, ..) if self.unreadable == Some(id) => {}
            PlanRow::Award(id, revision, award) => match &mut self.current {
                Some(plan) if plan.tournament == id => {
                    plan.add(revision, &award);
                    if let Err(fault) = plan.team_check.add(&award) {
                        self.teams.note(|| misfit(id, &fault));
                    }
                }
                _ => self.findings.note(|| orphan(id, &award)),
            },
        }
    }

    fn end_current(&mut self) {
        let Some(plan) = self.current.take() else { return };
        let actual = plan.hasher.clone().finish();
        let fits = match plan.stored {
            Some(stored) => plan.strangers == 0 && stored == actual,
            None => plan.awards == 0,
        };
        if !fits && !plan.incomplete {
            self.findings.note(|| plan.describe(actual));
        }
        if let Some(fault) = plan.team_check.finish().err().filter(|_| !plan.incomplete) {
            self.teams.note(|| misfit(plan.tournament, &fault));
        }
    }
}

impl Plan {
    fn of(tournament: &Tournament) -> Self {
        let Tournament { id, revision, policy, plan_hash, field_size, .. } = tournament;
        Self {
            tournament: *id,
            revision: *revision,
            stored: *plan_hash,
            hasher: PlanHasher::new(*id, *revision, policy),
            team_check: TeamCheck::new(policy, *field_size),
            awards: 0,
            strangers: 0,
            incomplete: false,
        }
    }

    fn add(&mut self, revision: u32, award: &PlannedAward) {
        self.hasher.add(award);
        self.awards += 1;
        self.strangers += u64::from(revision != self.revision);
    }

    fn describe(&self, actual: Hash256) -> Violation {
        let Self { stored, awards, strangers, revision, .. } = self;
        let found = match strangers {
            0 => format!("{awards} awards that hash to {actual}"),
            _ => format!("{awards} awards, {strangers} of them not of revision {revision}"),
        };
        let expected = match stored {
            Some(hash) => format!("awards of revision {revision} that hash to {hash}"),
            None => "no award before a plan is frozen".to_owned(),
        };
        Violation {
            rows: vec![row("tournaments", &[("tournament_id", &self.tournament)])],
            found,
            expected,
            likely_cause: "An award or the policy was edited, or an award was added or deleted, \
                           after the plan was frozen: what is paid is no longer what was planned."
                .to_owned(),
        }
    }
}

fn misfit(tournament: TournamentId, fault: &TeamFault) -> Violation {
    let cup = ("tournament_id", &tournament as &dyn Display);
    let rows = match fault {
        TeamFault::Divided { player, .. }
        | TeamFault::Unequal { player, .. }
        | TeamFault::Alone { player } => vec![row("awards", &[cup, ("player_id", player)])],
        _ => vec![row("tournaments", &[cup])],
    };
    Violation {
        rows,
        found: fault.to_string(),
        expected: "members of a team who end alike and share its prize as the policy says, in a \
                   field that is counted in teams"
            .to_owned(),
        likely_cause:
            "An award or the size of the field was edited by hand: whoever planned it had \
                       each team as a whole."
                .to_owned(),
    }
}

fn unreadable(tournament: TournamentId, rule: &str) -> Violation {
    Violation {
        rows: vec![row("tournaments", &[("tournament_id", &tournament)])],
        found: format!("a tournament that cannot be read: {rule}"),
        expected: "the policy that the plan was made of, and its hash".to_owned(),
        likely_cause: "The policy or a hash was edited by hand: nothing of this tournament can be \
                       paid until it is put right."
            .to_owned(),
    }
}

fn unreadable_award(tournament: TournamentId, player: PlayerId, rule: &str) -> Violation {
    Violation {
        rows: vec![row("awards", &[("tournament_id", &tournament), ("player_id", &player)])],
        found: format!("an award that cannot be read: {rule}"),
        expected: "the award that was planned".to_owned(),
        likely_cause: "The award was edited by hand, past a constraint of its table: it cannot be \
                       paid until it is put right."
            .to_owned(),
    }
}

fn orphan(tournament: TournamentId, award: &PlannedAward) -> Violation {
    Violation {
        rows: vec![row("awards", &[("tournament_id", &tournament), ("player_id", &award.player)])],
        found: "an award of a tournament that does not exist".to_owned(),
        expected: "a tournament whose plan names the award".to_owned(),
        likely_cause:
            "The tournament's row was deleted by hand, or the award was inserted by hand."
                .to_owned(),
    }
}
