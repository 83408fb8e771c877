//! Time by participants: the floor, Guerdon, and Guerdon on SQLite.

use super::{Grid, Picture, Section};
use crate::{
    args::Case,
    cases::Sizes,
    chart::{Axis, Beside, Ink, Lines, Scale, Series, Target},
    report::Report,
    turns::Measured,
    words::{count, ratio, seconds},
};

/// A measured tournament, and what is read of it.
type Value = fn(&Measured) -> f64;

pub(super) fn section(report: &Report) -> Option<Section> {
    let sizes = report.sizes.as_ref()?;
    Some(Section {
        case: Case::Sizes,
        title: "One tournament, by participants",
        pictures: vec![ratios(report), times(report)],
        grid: Grid {
            header: vec![
                "participants",
                "floor",
                "Guerdon",
                "ratio",
                "a second",
                "log of each, floor",
                "log of each, Guerdon",
            ],
            rows: sizes.measured.iter().map(row).collect(),
        },
        notes: growth(sizes).into_iter().collect(),
    })
}

fn row(it: &Measured) -> Vec<String> {
    let each = |bytes: u64| format!("{} B", bytes / u64::from(it.participants.max(1)));
    vec![
        count(it.participants.into()),
        seconds(it.floor.seconds),
        seconds(it.guerdon.seconds),
        format!("**{}**", ratio(it.ratio)),
        count(f64::from(it.participants) / it.guerdon.seconds),
        each(it.floor.wal_bytes),
        each(it.guerdon.wal_bytes),
    ]
}

fn growth(sizes: &Sizes) -> Option<String> {
    let floor = sizes.growth(|it| it.floor.seconds)?;
    let guerdon = sizes.growth(|it| it.guerdon.seconds)?;
    Some(format!(
        "From 1,000 participants on, time grows with their number to the power of **{guerdon:.3}**; \
         that of the floor, to the power of {floor:.3}."
    ))
}

fn ratios(report: &Report) -> Picture {
    let value: Value = |it| it.ratio;
    let series = vec![
        series(
            "Guerdon on PostgreSQL",
            Ink::Guerdon,
            &measured(report),
            value,
            Some(Beside::Below),
        ),
        series("Guerdon on SQLite", Ink::Sqlite, &on_sqlite(report), value, Some(Beside::Above)),
    ];
    let targets = vec![
        target("at most 2", 2.0, (16.0, 64.0)),
        target("at most 1.25", 1.25, (1_000.0, 100_000.0)),
        target("SQLite: at most 3", 3.0, (10_000.0, 100_000.0)),
    ];
    let values = || series.iter().flat_map(|it| &it.points);
    let lines = Lines {
        title: "Time, as a multiple of hand-written SQL",
        x: Axis { label: "participants of a tournament", scale: across(&series) },
        y: Axis {
            label: "time by the floor's",
            scale: Scale::linear(values().map(|it| it.1).chain([3.2])),
        },
        series: series.clone(),
        targets,
    };
    Picture {
        name: "ratio",
        alternative: "Time of Guerdon by that of hand-written SQL, for tournaments of each size",
        svg: lines.draw(),
    }
}

fn times(report: &Report) -> Picture {
    let (postgres, sqlite) = (measured(report), on_sqlite(report));
    let (guerdon, floor): (Value, Value) = (|it| it.guerdon.seconds, |it| it.floor.seconds);
    let series = vec![
        series("hand-written SQL", Ink::Floor, &postgres, floor, None),
        series("Guerdon on PostgreSQL", Ink::Guerdon, &postgres, guerdon, None),
        series("Guerdon on SQLite", Ink::Sqlite, &sqlite, guerdon, None),
    ];
    let values = || series.iter().flat_map(|it| &it.points);
    let lines = Lines {
        title: "Time of one tournament",
        x: Axis { label: "participants of a tournament", scale: across(&series) },
        y: Axis { label: "seconds", scale: Scale::log(values().map(|it| it.1)) },
        series: series.clone(),
        targets: vec![],
    };
    Picture {
        name: "time",
        alternative: "Seconds by participants, both on logarithmic axes",
        svg: lines.draw(),
    }
}

/// From the smallest to the largest tournament, with some room at both ends.
fn across(series: &[Series]) -> Scale {
    let places = || series.iter().flat_map(|it| &it.points).map(|it| it.0);
    let (min, max) = (places().fold(f64::MAX, f64::min), places().fold(1.0, f64::max));
    Scale::Log { min: min.min(16.0) / 1.6, max: max.max(100_000.0) * 1.6 }
}

fn series(
    name: &'static str,
    ink: Ink,
    of: &[Measured],
    value: Value,
    values: Option<Beside>,
) -> Series {
    let points = of.iter().map(|it| (f64::from(it.participants), value(it))).collect();
    Series { name, ink, points, values }
}

fn target(label: &str, value: f64, over: (f64, f64)) -> Target {
    let (from, to) = over;
    Target { label: label.to_owned(), value, over: (from / 1.4, to * 1.4) }
}

fn measured(report: &Report) -> Vec<Measured> {
    report.sizes.as_ref().map(|it| it.measured.clone()).unwrap_or_default()
}

fn on_sqlite(report: &Report) -> Vec<Measured> {
    report.sqlite.as_ref().map(|it| it.measured.clone()).unwrap_or_default()
}
