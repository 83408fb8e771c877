//! The races that every audit must answer for.

/// By id: R01 to R07 of paying, S01 to S06 of skill progression.
pub(super) const RACES: [&str; 13] =
    ["R01", "R02", "R03", "R04", "R05", "R06", "R07", "S01", "S02", "S03", "S04", "S05", "S06"];
