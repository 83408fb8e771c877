//! A moment, as people say it: a day, a date with a time, or how long ago.

use std::{str::FromStr, time::Duration};

use time::{
    Date, OffsetDateTime, Time, UtcOffset, format_description::well_known::Rfc3339,
    macros::format_description,
};

/// A moment in the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Since {
    /// This one.
    At(OffsetDateTime),
    /// So long ago.
    Ago(Duration),
}

impl Since {
    /// Which moment that is, seen from `now`. Nothing is older than 1970, and RFC 3339 has no words
    /// for years before the first.
    pub(crate) fn moment(self, now: OffsetDateTime) -> OffsetDateTime {
        let moment = match self {
            Self::At(moment) => moment,
            Self::Ago(duration) => {
                let ago = duration.try_into().unwrap_or(time::Duration::MAX);
                now.checked_sub(ago).unwrap_or(OffsetDateTime::UNIX_EPOCH)
            }
        };
        moment.max(OffsetDateTime::UNIX_EPOCH)
    }
}

impl FromStr for Since {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(moment) = OffsetDateTime::parse(text, &Rfc3339) {
            let moment = moment.checked_to_offset(UtcOffset::UTC);
            return moment.map(Self::At).ok_or("that moment is after the last year, 9999");
        }
        if let Ok(day) = Date::parse(text, format_description!("[year]-[month]-[day]")) {
            return Ok(Self::At(OffsetDateTime::new_utc(day, Time::MIDNIGHT)));
        }
        let ago = humantime::parse_duration(text).map(Self::Ago);
        ago.map_err(
            |_| "use a day (2026-11-30), a moment (2026-11-30T09:00:00Z) or how long ago (7d)",
        )
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-30 09:00 UTC);

    #[test]
    fn a_day_a_moment_and_how_long_ago_are_understood() {
        let moment = |text: &str| text.parse().map(|it: Since| it.moment(NOW));

        assert_eq!(moment("2026-11-23"), Ok(datetime!(2026-11-23 00:00 UTC)));
        assert_eq!(moment("2026-11-23T10:00:00+01:00"), Ok(datetime!(2026-11-23 09:00 UTC)));
        assert_eq!(moment("7d"), Ok(datetime!(2026-11-23 09:00 UTC)));
        assert_eq!(moment("1h 30m"), Ok(datetime!(2026-11-30 07:30 UTC)));
    }

    #[test]
    fn longer_ago_than_time_itself_is_everything() {
        for text in ["500000 years", "3000 years", "0001-01-01"] {
            let ages: Since = text.parse().unwrap();

            assert_eq!(ages.moment(NOW), OffsetDateTime::UNIX_EPOCH, "{text}");
        }
    }

    #[test]
    fn a_moment_after_the_last_year_is_refused() {
        let refused = "9999-12-31T23:59:59-01:00".parse::<Since>();

        assert!(refused.unwrap_err().contains("9999"));
    }

    #[test]
    fn what_is_no_moment_is_refused_with_examples() {
        for text in ["", "yesterday", "2026-02-30", "7"] {
            assert!(text.parse::<Since>().unwrap_err().contains("7d"), "{text}");
        }
    }
}
