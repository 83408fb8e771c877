//! INV-S01, INV-S02, INV-S04, in one pass over the players: every profile is the fold of its steps
//! and assessments, and so are the counters of its steps; it is well-formed, and every level is
//! within its bounds.

use domain::{Baseline, LEVEL_MAX, LEVEL_MIN, PlayerId, Progress, SkillName, SkillProfile, Tenths};
use ports::{
    StoreError,
    spi::{
        Audit, StepRecord,
        audit::{AuditScope, SkillRow, UnreadableRow},
    },
};

use crate::verify::{
    RowName, Violation,
    findings::{Findings, row},
};

const EDITED: &str = "The profile or one of its steps was edited by hand, or a write overwrote \
                      another: only a step or an assessment under the player's lock changes it.";

/// With `since`: the players of whom anything was recorded since, each from the first step.
pub(super) async fn check(
    audit: &dyn Audit,
    scope: &AuditScope,
) -> Result<Vec<Findings>, StoreError> {
    let mut skills = Skills {
        fold: Findings::none(scope),
        form: Findings::none(scope),
        bounds: Findings::none(scope),
    };
    audit.visit_skills(scope, &mut |row| skills.look_at(&row)).await?;
    Ok(vec![skills.fold, skills.form, skills.bounds])
}

struct Skills {
    fold: Findings,
    form: Findings,
    bounds: Findings,
}

impl Skills {
    fn look_at(&mut self, row: &SkillRow) {
        self.fold.looked_at(1 + row.steps.len() + row.assessments.len() + row.unreadable.len());
        self.form.looked_at(1);
        self.bounds.looked_at(1 + row.steps.len());
        row.steps.iter().for_each(|it| self.check_bounds(it));
        for part in &row.unreadable {
            self.fold.note(|| unreadable_part(row.player, part));
        }
        if let Err(rule) = &row.profile {
            self.form.note(|| unreadable(row.player, rule));
        }
        match (&row.profile, &row.baseline) {
            (_, Err(rule)) => self.form.note(|| no_baseline(row.player, rule)),
            (Ok(profile), Ok(baseline)) => self.check_profile(row, profile, baseline),
            (Err(_), Ok(_)) => {}
        }
    }

    /// INV-S04. A level without a step is the player's baseline, which INV-S01 holds it to.
    fn check_bounds(&mut self, step: &StepRecord) {
        let outside = |level: Tenths| !(LEVEL_MIN..=LEVEL_MAX).contains(&level);
        for (skill, change) in step.changes.iter().filter(|it| outside(it.1.after)) {
            let found = format!("{skill} at {}", change.after);
            self.bounds.note(|| out_of_bounds(step_name(step), found));
        }
    }

    fn check_profile(&mut self, row: &SkillRow, profile: &SkillProfile, baseline: &Baseline) {
        for (skill, entry) in profile.iter() {
            let outside = !(LEVEL_MIN..=LEVEL_MAX).contains(&entry.level);
            if outside && entry.steps > 0 {
                let found = format!("{skill} at {}", entry.level);
                self.bounds.note(|| out_of_bounds(profile_name(row.player), found));
            }
        }
        // Without all of its parts a profile cannot be what they fold to.
        if row.unreadable.is_empty() {
            self.check_fold(row, profile, baseline);
        }
    }

    /// INV-S01.
    fn check_fold(&mut self, row: &SkillRow, profile: &SkillProfile, baseline: &Baseline) {
        let mut folded = SkillProfile::default();
        let mut counted = Progress::default();
        for (number, step) in (1..).zip(&row.steps) {
            self.check_link(baseline, &folded, number, step);
            self.check_count(counted, step);
            folded.step(&step.changes, baseline);
            counted = step.progress;
        }
        self.check_counters(row, counted);
        for heard in &row.assessments {
            folded.assess(&heard.skill, heard.percentage, baseline);
        }
        self.compare(row, profile, &folded);
    }

    /// Steps are numbered without gaps, and each starts where the one before ended.
    fn check_link(
        &mut self,
        baseline: &Baseline,
        folded: &SkillProfile,
        number: i64,
        step: &StepRecord,
    ) {
        if step.seq != number {
            self.fold.note(|| Violation {
                rows: vec![step_name(step)],
                found: format!("step {} in place {number}", step.seq),
                expected: format!("step {number}"),
                likely_cause: "A step was deleted or numbered by hand.".to_owned(),
            });
        }
        for (skill, change) in &step.changes {
            let before = folded.entry(skill, baseline).level;
            if change.before != before {
                self.fold.note(|| Violation {
                    rows: vec![step_name(step)],
                    found: format!("{skill} moves from {}", change.before),
                    expected: format!("{skill} moves from {before}, where the step before ended"),
                    likely_cause: EDITED.to_owned(),
                });
            }
        }
    }

    /// Each step counts on from the one before. Whether its policy counts what it grants nothing for
    /// is not recorded, so that either is right.
    fn check_count(&mut self, before: Progress, step: &StepRecord) {
        let after = |counts| before.after(step.evidence.outcome, counts);
        if ![after(true), after(false)].iter().any(|it| count_the_same(*it, step.progress)) {
            self.fold.note(|| Violation {
                rows: vec![step_name(step)],
                found: counters(step.progress),
                expected: format!("{}, one more than the step before", counters(after(true))),
                likely_cause:
                    "The step was edited by hand, or a correction has not taken it again."
                        .to_owned(),
            });
        }
    }

    /// What the player's row counts is what the last step has left.
    fn check_counters(&mut self, row: &SkillRow, counted: Progress) {
        let (expected, player) = (counters(counted), row.player);
        let found = match &row.progress {
            Ok(progress) if count_the_same(*progress, counted) => return,
            Ok(progress) => counters(*progress),
            Err(rule) => rule.clone(),
        };
        self.fold.note(|| Violation {
            rows: vec![player_name(player)],
            found,
            expected: format!("{expected}, as the last step has left them"),
            likely_cause: "The counters were edited by hand, or a write overwrote another: only a \
                           step under the player's lock changes them."
                .to_owned(),
        });
    }

    fn compare(&mut self, row: &SkillRow, profile: &SkillProfile, folded: &SkillProfile) {
        let last = row.steps.last().map_or(0, |it| it.seq);
        if row.step_seq != last {
            self.fold.note(|| Violation {
                rows: vec![profile_name(row.player)],
                found: format!("a profile after step {}", row.step_seq),
                expected: format!("a profile after step {last}, the last one"),
                likely_cause: "A step was written or deleted without its profile: an update was \
                               lost, or rows were edited by hand."
                    .to_owned(),
            });
        }
        for skill in different(profile, folded) {
            self.fold.note(|| Violation {
                rows: vec![profile_name(row.player)],
                found: spelled(profile, &skill),
                expected: spelled(folded, &skill),
                likely_cause: EDITED.to_owned(),
            });
        }
    }
}

/// Skills of which the two do not say the same.
fn different(one: &SkillProfile, other: &SkillProfile) -> Vec<SkillName> {
    let missing_in = |profile: &SkillProfile, skill: &SkillName| entry(profile, skill).is_none();
    let differs = one.iter().filter(|(skill, it)| entry(other, skill) != Some(**it));
    let lacks = other.iter().filter(|(skill, _)| missing_in(one, skill));
    differs.chain(lacks).map(|it| it.0.clone()).collect()
}

fn entry(profile: &SkillProfile, skill: &SkillName) -> Option<domain::SkillEntry> {
    profile.iter().find(|it| it.0 == skill).map(|it| *it.1)
}

fn spelled(profile: &SkillProfile, skill: &SkillName) -> String {
    let Some(entry) = entry(profile, skill) else { return format!("no {skill}") };
    let heard = entry.assessed.map_or_else(String::new, |it| {
        format!(", assessed {} times at {} on average", it.count, it.mean())
    });
    format!("{skill} at {} after {} steps{heard}", entry.level, entry.steps)
}

/// The highest level is no counter of steps: INV-L01 looks after it.
fn count_the_same(one: Progress, other: Progress) -> bool {
    Progress { level_max: other.level_max, ..one } == other
}

fn counters(progress: Progress) -> String {
    let Progress { tournaments, wins, podiums, win_streak, podium_streak, .. } = progress;
    format!(
        "{tournaments} tournaments, {wins} won, {podiums} on the podium, \
         {win_streak} and {podium_streak} of them in a row"
    )
}

fn unreadable(player: PlayerId, rule: &str) -> Violation {
    Violation {
        rows: vec![profile_name(player)],
        found: rule.to_owned(),
        expected: "for each skill a level, a number of steps and, if any, its assessments"
            .to_owned(),
        likely_cause: "The profile was written by another program, or by hand: this player cannot \
                       be paid until it is put right."
            .to_owned(),
    }
}

fn no_baseline(player: PlayerId, rule: &str) -> Violation {
    Violation {
        rows: vec![player_name(player)],
        found: rule.to_owned(),
        expected: "a player, and where the skills started".to_owned(),
        likely_cause: "The player's row was deleted or edited by hand, and what belongs to it was \
                       not: this player cannot be paid until it is put right."
            .to_owned(),
    }
}

fn unreadable_part(player: PlayerId, part: &UnreadableRow) -> Violation {
    let UnreadableRow { table, key: (column, value), rule } = part;
    Violation {
        rows: vec![row(table, &[("player_id", &player), (column, value)])],
        found: format!("a row that cannot be read: {rule}"),
        expected: "a row of which the profile can be made".to_owned(),
        likely_cause: "The row was written by another program, or by hand.".to_owned(),
    }
}

fn out_of_bounds(name: RowName, found: String) -> Violation {
    Violation {
        rows: vec![name],
        found,
        expected: format!("a level from {LEVEL_MIN} to {LEVEL_MAX}"),
        likely_cause: "The level was edited by hand: every step ends within the bounds.".to_owned(),
    }
}

fn step_name(step: &StepRecord) -> RowName {
    row("skill_steps", &[("player_id", &step.player), ("seq", &step.seq)])
}

fn player_name(player: PlayerId) -> RowName {
    row("players", &[("player_id", &player)])
}

fn profile_name(player: PlayerId) -> RowName {
    row("skill_profiles", &[("player_id", &player)])
}
