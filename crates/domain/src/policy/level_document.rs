//! Levels as a document.

use super::{LevelCurve, LevelStep, document::small, reader::Reader};

/// More than this is taken for a slip of the pen; it also keeps a balance that reaches the last
/// level far from the end of `i64`.
const XP_MAX: i64 = 1_000_000_000_000_000;
const CREDITS_MAX: i64 = 1_000_000_000;
const LEVELS_MAX: i64 = 1_000;

/// A list of levels, or base and growth of a curve.
pub(super) fn levels(reader: &Reader<'_>) -> Option<LevelCurve> {
    if reader.has("steps") { listed(reader) } else { Some(growing(reader)) }
}

fn listed(reader: &Reader<'_>) -> Option<LevelCurve> {
    let mut before = 0;
    let steps = reader.list("steps", |reader| {
        let step = LevelStep {
            xp: reader.integer("xp", 1..=XP_MAX, None),
            credits: reader.integer("credits", 0..=CREDITS_MAX, Some(0)),
        };
        if step.xp <= before {
            let problem = format!("takes {}, and the level before takes {before}", step.xp);
            reader.note("xp", problem, "list the levels lowest first, each with more XP");
        }
        before = before.max(step.xp);
        step
    })?;
    if !(1..=LEVELS_MAX).contains(&i64::try_from(steps.len()).unwrap_or(i64::MAX)) {
        let advice = format!("list 1 to {LEVELS_MAX} levels, or leave out the section");
        reader.note("steps", format!("has {} levels", steps.len()), advice);
    }
    Some(LevelCurve::Steps { steps })
}

fn growing(reader: &Reader<'_>) -> LevelCurve {
    let curve = LevelCurve::Growing {
        base: reader.integer("base", 1..=CREDITS_MAX, None),
        growth: reader.required_number("growth", 1.0..=10.0),
        levels: small(reader.integer("levels", 1..=LEVELS_MAX, None)),
        credits: reader.integer("credits", 0..=CREDITS_MAX, Some(0)),
    };
    if let Some(beyond) = curve.levels().find(|it| it.xp > XP_MAX) {
        let problem = format!("makes level {} take more than {XP_MAX} XP", beyond.number);
        reader.note("growth", problem, "write fewer levels, or let them grow more slowly");
    }
    curve
}
