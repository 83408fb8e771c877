//! Moments and durations, as people read them.

use time::{OffsetDateTime, macros::format_description};

use crate::output::style::number;

/// A moment to the second, in UTC.
pub(crate) fn moment_text(moment: OffsetDateTime) -> String {
    let form = format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC");
    moment.to_utc().format(form).unwrap_or_else(|_| moment.to_string())
}

/// How long something took, in the unit that fits.
pub(crate) fn duration_text(ms: f64) -> String {
    let whole = |value: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "rounded, and no duration is so long")]
        let whole = value.round() as i64;
        number(whole)
    };
    match ms {
        ms if ms >= 600_000.0 => format!("{} min", whole(ms / 60_000.0)),
        ms if ms >= 10_000.0 => format!("{} s", whole(ms / 1_000.0)),
        ms if ms >= 1_000.0 => format!("{:.1} s", ms / 1_000.0),
        ms if ms >= 10.0 || ms == 0.0 => format!("{} ms", whole(ms)),
        ms if ms >= 1.0 => format!("{ms:.1} ms"),
        ms => format!("{ms:.2} ms"),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_moment_is_in_utc_and_to_the_second() {
        let moment = datetime!(2026-11-30 10:00:00.25 +1);

        assert_eq!(moment_text(moment), "2026-11-30 09:00:00 UTC");
    }

    #[test]
    fn a_duration_has_the_unit_that_fits() {
        let texts = [0.0, 0.256, 4.25, 12.4, 999.0, 1_250.0, 64_000.0, 1_200_000.0];

        let wanted = ["0 ms", "0.26 ms", "4.2 ms", "12 ms", "999 ms", "1.2 s", "64 s", "20 min"];
        assert_eq!(texts.map(duration_text), wanted);
    }
}
