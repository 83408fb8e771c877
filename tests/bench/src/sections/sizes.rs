//! Time by participants: the floor, Guerdon, and Guerdon on SQLite.

use super::{Grid, Picture, Section};
use crate::{
    args::Case,
    chart::{Axis, Ink, Lines, Scale, Series, Target},
    report::Report,
    turns::Measured,
    words::{count, ratio, seconds},
};

/// A measured tournament, and what is read of it.
type Value = fn(&Measured) -> f64;

pub(super) fn section(report: &Report) -> Option<Section> {
    let rows = rows(report);
    (!rows.is_empty()).then(|| Section {
        case: if report.sizes.is_some() { Case::Sizes } else { Case::Sqlite },
        title: "One tournament, by participants",
        pictures: vec![ratios(report), times(report)],
        grid: Grid {
            header: vec![
                "participants",
                "floor",
                "Guerdon",
                "ratio",
                "a second",
                "log, floor",
                "log, Guerdon",
                "floor, then",
                "SQLite",
                "ratio, SQLite",
            ],
            rows,
        },
        notes: growth(report),
    })
}

fn rows(report: &Report) -> Vec<Vec<String>> {
    let (postgres, sqlite) = (measured(report), on_sqlite(report));
    let all = || postgres.iter().chain(&sqlite).map(|it| it.participants);
    let mut sizes: Vec<_> = all().collect();
    sizes.sort_unstable();
    sizes.dedup();
    let find = |of: &[Measured], size| of.iter().find(|it| it.participants == size).cloned();
    sizes.into_iter().map(|size| row(size, find(&postgres, size), find(&sqlite, size))).collect()
}

fn row(size: u32, postgres: Option<Measured>, sqlite: Option<Measured>) -> Vec<String> {
    let none = || "–".to_owned();
    let cell = |of: &Option<Measured>, text: &dyn Fn(&Measured) -> String| {
        of.as_ref().map_or_else(none, text)
    };
    let each = |bytes: u64| format!("{} B", bytes / u64::from(size.max(1)));
    vec![
        count(size.into()),
        cell(&postgres, &|it| seconds(it.floor.seconds)),
        cell(&postgres, &|it| seconds(it.guerdon.seconds)),
        cell(&postgres, &|it| format!("**{}**", ratio(it.ratio))),
        cell(&postgres, &|it| count(f64::from(size) / it.guerdon.seconds)),
        cell(&postgres, &|it| each(it.floor.wal_bytes)),
        cell(&postgres, &|it| each(it.guerdon.wal_bytes)),
        cell(&sqlite, &|it| seconds(it.floor.seconds)),
        cell(&sqlite, &|it| seconds(it.guerdon.seconds)),
        cell(&sqlite, &|it| format!("**{}**", ratio(it.ratio))),
    ]
}

fn growth(report: &Report) -> Vec<String> {
    let Some(sizes) = &report.sizes else { return vec![] };
    let floor = sizes.growth(|it| it.floor.seconds);
    let guerdon = sizes.growth(|it| it.guerdon.seconds);
    let sentence = |(floor, guerdon): (f64, f64)| {
        format!(
            "From 1,000 to 100,000 participants time grows with their number to the power of \
             {guerdon:.3}; that of the floor, to the power of {floor:.3}."
        )
    };
    floor.zip(guerdon).map(sentence).into_iter().collect()
}

fn ratios(report: &Report) -> Picture {
    let value: Value = |it| it.ratio;
    let series = vec![
        series("Guerdon on PostgreSQL", Ink::Guerdon, &measured(report), value, Some(ratio)),
        series("Guerdon on SQLite", Ink::Sqlite, &on_sqlite(report), value, Some(ratio)),
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
    words: Option<fn(f64) -> String>,
) -> Series {
    let points = of.iter().map(|it| (f64::from(it.participants), value(it))).collect();
    Series { name, ink, points, value: words }
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
