//! When something is done again: cron's five fields, in UTC.

use std::{cmp::Ordering, str::FromStr};

use croner::{
    Cron,
    errors::CronError,
    time::{CivilDate, CivilDateTime, CivilTime, CronDateTime, Resolution, Weekday},
};
use time::{Date, Duration, Month, OffsetDateTime, Time, UtcOffset};

/// When something is done again.
#[derive(Debug, Clone)]
pub(crate) struct Schedule(Cron);

/// A moment in UTC, as croner wants to be told.
#[derive(Debug, Clone)]
struct Moment(OffsetDateTime);

impl Schedule {
    /// The first moment behind `now`; `None` if there is none.
    pub(crate) fn next_after(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        let next = self.0.find_next_occurrence(&Moment(now.to_offset(UtcOffset::UTC)), false);
        next.ok().map(|Moment(it)| it)
    }
}

impl FromStr for Schedule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let cron: Cron = text.parse().map_err(|error: CronError| {
            let problem = error.to_string();
            format!("{} (five fields, as in `0 9 * * 1`)", problem.trim_end_matches('.'))
        })?;
        let schedule = Self(cron);
        match schedule.next_after(OffsetDateTime::UNIX_EPOCH) {
            Some(_) => Ok(schedule),
            None => Err("that never comes".to_owned()),
        }
    }
}

/// UTC has neither gaps nor hours that come twice.
impl CronDateTime for Moment {
    fn to_civil(&self) -> CivilDateTime {
        let (hour, minute, second) = self.0.time().as_hms();
        let (year, month, day) = self.0.date().to_calendar_date();
        CivilDateTime::new(
            CivilDate::from_parts_unchecked(year, u8::from(month).into(), day.into()),
            CivilTime::from_parts_unchecked(hour.into(), minute.into(), second.into()),
        )
    }

    fn civil_weekday(&self) -> Weekday {
        Weekday::from_days_from_sunday(self.0.weekday().number_days_from_sunday().into())
    }

    fn resolve_civil(&self, civil: CivilDateTime) -> Result<Resolution<Self>, CronError> {
        let moment = moment_of(civil).ok_or(CronError::InvalidDate)?;
        Ok(Resolution::Single(Self(moment)))
    }

    fn checked_add_seconds(&self, seconds: i64) -> Option<Self> {
        self.0.checked_add(Duration::seconds(seconds)).map(Self)
    }

    fn cmp_instant(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

fn moment_of(civil: CivilDateTime) -> Option<OffsetDateTime> {
    let narrow = |number: u32| u8::try_from(number).ok();
    let month = Month::try_from(narrow(civil.month())?).ok()?;
    let date = Date::from_calendar_date(civil.year(), month, narrow(civil.day())?).ok()?;
    let (hour, minute, second) = (civil.hour(), civil.minute(), civil.second());
    let time = Time::from_hms(narrow(hour)?, narrow(minute)?, narrow(second)?).ok()?;
    Some(OffsetDateTime::new_utc(date, time))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn next(cron: &str, now: OffsetDateTime) -> Option<OffsetDateTime> {
        cron.parse::<Schedule>().unwrap().next_after(now)
    }

    #[test]
    fn one_is_monday_and_the_hour_is_utc() {
        let tuesday = datetime!(2026-11-24 00:30 +1);

        assert_eq!(next("0 9 * * 1", tuesday), Some(datetime!(2026-11-30 09:00 UTC)));
        assert_eq!(next("0 9 * * MON", tuesday), next("0 9 * * 1", tuesday));
    }

    #[test]
    fn the_moment_itself_is_not_behind_it() {
        let nine = datetime!(2026-11-30 09:00 UTC);

        assert_eq!(next("0 9 * * 1", nine), Some(datetime!(2026-12-07 09:00 UTC)));
        assert_eq!(next("* * * * * *", nine), Some(datetime!(2026-11-30 09:00:01 UTC)));
    }

    #[test]
    fn leap_days_and_new_years_are_found() {
        let autumn = datetime!(2026-11-24 12:00 UTC);

        assert_eq!(next("0 0 29 2 *", autumn), Some(datetime!(2028-02-29 00:00 UTC)));
        assert_eq!(next("@yearly", autumn), Some(datetime!(2027-01-01 00:00 UTC)));
    }

    #[test]
    fn what_never_comes_or_is_no_schedule_is_refused() {
        for text in ["", "nonsense", "61 * * * *", "0 9 31 2 *"] {
            assert!(text.parse::<Schedule>().is_err(), "{text}");
        }
    }
}
