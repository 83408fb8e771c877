//! What more workers bring.

use super::{Grid, Picture, Section};
use crate::{
    args::Case,
    cases::Workers,
    chart::{Axis, Bar, Bars, Group, Ink, Scale, Target},
    report::Report,
    words::{count, ratio, seconds},
};

pub(super) fn section(report: &Report) -> Option<Section> {
    let workers = report.workers.as_ref()?;
    let participants = workers.first()?.measured.participants;
    Some(Section {
        case: Case::Workers,
        title: "More workers",
        pictures: vec![picture(workers)],
        grid: Grid {
            header: vec!["workers", "floor", "Guerdon", "ratio", "a second"],
            rows: workers.iter().map(row).collect(),
        },
        notes: vec![format!(
            "A tournament of {} participants. The floor has one connection throughout.",
            count(participants.into())
        )],
    })
}

fn row(Workers { workers, measured }: &Workers) -> Vec<String> {
    vec![
        workers.to_string(),
        seconds(measured.floor.seconds),
        seconds(measured.guerdon.seconds),
        format!("**{}**", ratio(measured.ratio)),
        count(f64::from(measured.participants) / measured.guerdon.seconds),
    ]
}

fn picture(workers: &[Workers]) -> Picture {
    let group = |it: &Workers| Group {
        name: match it.workers {
            1 => "1 worker".to_owned(),
            many => format!("{many} workers"),
        },
        bars: vec![Bar {
            ink: Ink::Guerdon,
            value: it.measured.ratio,
            text: ratio(it.measured.ratio),
        }],
    };
    let target = |at: f64, value: f64, label: &str| Target {
        label: label.to_owned(),
        value,
        over: (at, at),
    };
    let bars = Bars {
        title: "Time of a large tournament, by workers",
        x_label: "chunks that are paid at the same time",
        y: Axis {
            label: "time by the floor's",
            scale: Scale::linear(workers.iter().map(|it| it.measured.ratio).chain([1.4])),
        },
        legend: vec![(Ink::Guerdon, "Guerdon on PostgreSQL")],
        groups: workers.iter().map(group).collect(),
        targets: vec![target(0.0, 1.25, "at most 1.25"), target(1.0, 1.0, "at most 1")],
    };
    Picture {
        name: "workers",
        alternative: "Time of Guerdon by that of hand-written SQL, with one, two and four workers",
        svg: bars.draw(),
    }
}
