//! The sections of a policy document that say who gets how much.

use super::{
    Bounds, Limits, Percent, Places, Pool, PoolWeight, Pools, RewardTier, TeamRules, TiedPrizes,
    TierReward, document::small, places::LAST, reader::Reader,
};
use crate::{TieBreak, TieRule};

/// More XP or credits for one placement than this is taken for a slip of the pen; it also keeps
/// every sum of a policy far from the end of `i64`.
const AMOUNT_MAX: i64 = 1_000_000_000;
/// The same for what a whole field shares.
const POOL_MAX: i64 = 1_000_000_000_000;
const WEIGHT_MAX: i64 = 1_000_000;
const SKILL_POINTS_MAX: i64 = 10_000;
const RANK_MAX: i64 = u32::MAX as i64;

const SHARES: &str = "each, equal, weighted";
const TIE_BREAKS: &str = "lower, higher, listed";
const TIED_PRIZES: &str = "better, split";
const PERCENTS: &str = "write a number above 0 and up to 100, with at most two decimals";

pub(super) fn tiers(document: &Reader<'_>) -> Option<Vec<RewardTier>> {
    let mut before = Before::default();
    document.list("tiers", |reader| {
        let places = places(reader, &mut before);
        RewardTier { places, reward: worth(reader) }
    })
}

pub(super) fn worth(reader: &Reader<'_>) -> TierReward {
    TierReward {
        xp: reader.integer("xp", 0..=AMOUNT_MAX, None),
        credits: reader.integer("credits", 0..=AMOUNT_MAX, None),
        skill_points: small(reader.integer("skill_points", 0..=SKILL_POINTS_MAX, None)),
    }
}

pub(super) fn tie_break(document: &Reader<'_>, ties: TieRule) -> TieBreak {
    let tie_break = document.word("tie_break", TIE_BREAKS);
    if tie_break.is_some() && ties != TieRule::Ordinal {
        let advice = "remove it, or rank with \"ties\": \"ordinal\"";
        document.note("tie_break", "breaks no tie, because equals share their place", advice);
    }
    tie_break.unwrap_or_default()
}

pub(super) fn tied_prizes(document: &Reader<'_>, ties: TieRule) -> TiedPrizes {
    let tied_prizes = document.word("tied_prizes", TIED_PRIZES).unwrap_or_default();
    if tied_prizes == TiedPrizes::Split && ties == TieRule::Dense {
        let problem = "has nothing to split, because those who tie take one place and skip none";
        document.note("tied_prizes", problem, "rank with \"ties\": \"skip\", or write \"better\"");
    }
    tied_prizes
}

pub(super) fn teams(reader: &Reader<'_>) -> TeamRules {
    TeamRules { share: reader.word("share", SHARES).unwrap_or_default() }
}

pub(super) fn pools(reader: &Reader<'_>) -> Pools {
    let pools = Pools { xp: reader.object("xp", pool), credits: reader.object("credits", pool) };
    if pools.is_empty() {
        reader.note_whole("shares nothing out", "write `xp`, `credits` or both, or remove it");
    }
    pools
}

fn pool(reader: &Reader<'_>) -> Pool {
    let mut before = Before::default();
    let weights = reader.list("weights", |reader| PoolWeight {
        places: places(reader, &mut before),
        weight: small(reader.integer("weight", 0..=WEIGHT_MAX, None)),
    });
    let weights = weights.unwrap_or_default();
    if weights.iter().all(|it| it.weight == 0) {
        reader.note("weights", "gives nobody a part", "write at least one weight above 0");
    }
    Pool { amount: reader.integer("amount", 0..=POOL_MAX, None), weights }
}

pub(super) fn limits(reader: &Reader<'_>) -> Limits {
    let limits = Limits {
        xp: reader.object("xp", bounds).unwrap_or_default(),
        credits: reader.object("credits", bounds).unwrap_or_default(),
    };
    if !reader.has("xp") && !reader.has("credits") {
        reader.note_whole("limits nothing", "write `xp`, `credits` or both, or remove it");
    }
    limits
}

fn bounds(reader: &Reader<'_>) -> Bounds {
    let bound = |field| {
        let bound = reader.integer(field, 0..=POOL_MAX, Some(0));
        reader.has(field).then_some(bound)
    };
    let bounds = Bounds { floor: bound("floor"), cap: bound("cap") };
    match bounds {
        Bounds { floor: None, cap: None } => {
            reader.note_whole("has no bound", "write `floor`, `cap` or both");
        }
        Bounds { floor: Some(floor), cap: Some(cap) } if floor > cap => {
            reader.note(
                "floor",
                format!("is above the cap of {cap}"),
                "write the smaller one here",
            );
        }
        _ => {}
    }
    bounds
}

/// What the entries of a list have taken so far: each later one must leave something to have.
#[derive(Debug, Default)]
struct Before {
    rank: u32,
    percent: Option<Percent>,
}

fn places(reader: &Reader<'_>, before: &mut Before) -> Places {
    if !reader.has("top_percent") {
        return range(reader, before);
    }
    for field in ["from", "to"].into_iter().filter(|it| reader.has(it)) {
        reader.note(
            field,
            "stands beside `top_percent`",
            "write a range or a percentage, not both",
        );
    }
    let value = reader.number("top_percent", 0.0..=100.0);
    let Some(top_percent) = value.and_then(Percent::new) else {
        if let Some(value) = value {
            reader.note("top_percent", format!("found {value}"), PERCENTS);
        }
        return Places::Range { from: 1, to: Some(1) };
    };
    if let Some(taken) = before.percent.replace(top_percent).filter(|it| *it >= top_percent) {
        let problem = format!("leaves nobody, behind the best {} % before", taken.as_f64());
        reader.note("top_percent", problem, "list the percentages from the smallest on");
    }
    Places::Top { top_percent }
}

fn range(reader: &Reader<'_>, before: &mut Before) -> Places {
    let from = reader.integer("from", 1..=RANK_MAX, None);
    let to = reader.integer_or(LAST, "to", from..=RANK_MAX, from);
    let (from, to) = (small(from), to.map(small));
    let taken = before.rank;
    if from <= taken {
        let problem = match taken {
            u32::MAX => format!("starts at {from}, but a range before has no end"),
            _ => format!("starts at {from}, but {taken} is in a range before"),
        };
        reader.note("from", problem, "list the ranges best first, without overlaps");
    }
    before.rank = taken.max(to.unwrap_or(u32::MAX));
    Places::Range { from, to }
}
