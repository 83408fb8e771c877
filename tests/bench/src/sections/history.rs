//! Whether histories matter.

use super::{Grid, Picture, Section};
use crate::{
    args::Case,
    cases::History,
    chart::{Axis, Bar, Bars, Group, Ink, Scale, Target},
    report::Report,
    turns::Measured,
    words::{count, ratio, seconds},
};

pub(super) fn section(report: &Report) -> Option<Section> {
    let history = report.history.as_ref()?;
    let row = |earlier: u32, it: &Measured| {
        vec![
            earlier.to_string(),
            seconds(it.floor.seconds),
            seconds(it.guerdon.seconds),
            format!("**{}**", ratio(it.ratio)),
        ]
    };
    Some(Section {
        case: Case::History,
        title: "Players with a history",
        pictures: vec![picture(history)],
        grid: Grid {
            header: vec!["earlier tournaments of each", "floor", "Guerdon", "ratio"],
            rows: vec![
                row(0, &history.newcomers),
                row(history.earlier_tournaments, &history.old_hands),
            ],
        },
        notes: vec![format!(
            "A tournament of {} participants. With {} earlier tournaments each, Guerdon takes {} of \
             the time that it takes with none.",
            count(history.newcomers.participants.into()),
            history.earlier_tournaments,
            ratio(history.ratio),
        )],
    })
}

fn picture(history: &History) -> Picture {
    let bar = |ink, it: f64| Bar { ink, value: it * 1_000.0, text: seconds(it) };
    let group = |name: String, it: &Measured| Group {
        name,
        bars: vec![bar(Ink::Floor, it.floor.seconds), bar(Ink::Guerdon, it.guerdon.seconds)],
    };
    let History { newcomers, old_hands, earlier_tournaments, .. } = history;
    let groups = vec![
        group("no earlier tournament".to_owned(), newcomers),
        group(format!("{earlier_tournaments} earlier tournaments each"), old_hands),
    ];
    let limit = newcomers.guerdon.seconds * 1_100.0;
    let values = groups.iter().flat_map(|it| &it.bars).map(|it| it.value);
    let bars = Bars {
        title: "1,000 participants, without and with a history",
        x_label: "what the participants did before",
        y: Axis { label: "milliseconds", scale: Scale::linear(values.chain([limit * 1.1])) },
        legend: vec![(Ink::Floor, "hand-written SQL"), (Ink::Guerdon, "Guerdon on PostgreSQL")],
        groups,
        targets: vec![Target {
            label: "at most 10 % more".to_owned(),
            value: limit,
            over: (1.0, 1.0),
        }],
    };
    Picture {
        name: "history",
        alternative: "Milliseconds for players without and with earlier tournaments",
        svg: bars.draw(),
    }
}
