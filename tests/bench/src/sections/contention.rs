//! Tournaments at once, and how long their locks were waited for and held.

use app_service::{LockRow, Quantiles};

use super::{Grid, Picture, Section};
use crate::{
    args::Case,
    cases::{Contention, Crowd},
    chart::{Axis, Bar, Bars, Group, Ink, Scale, Target},
    report::Report,
    words::{count, ratio, seconds},
};

/// A place among those who may have a transaction locks no row.
const NO_ROW: &str = "transaction";

pub(super) fn section(report: &Report) -> Option<Section> {
    let contention = report.contention.as_ref()?;
    let Contention { tournaments, participants, shared, disjoint, ratio: throughput } = contention;
    let rows = rows("the same", shared).chain(rows("others", disjoint)).collect();
    Some(Section {
        case: Case::Contention,
        title: "Tournaments at once",
        pictures: vec![throughputs(contention), waits(contention)],
        grid: Grid {
            header: vec![
                "lock", "players", "taken", "wait p50", "wait p95", "wait p99", "hold p50",
                "hold p95", "hold p99",
            ],
            rows,
        },
        notes: vec![format!(
            "{tournaments} tournaments of {} participants at once: {} over the same players, {} over \
             others; {} of the throughput. Nothing was tried again: a deadlock or a timeout would \
             have ended the run.",
            count((*participants).into()),
            seconds(shared.seconds),
            seconds(disjoint.seconds),
            ratio(*throughput),
        )],
    })
}

fn rows<'a>(players: &'static str, crowd: &'a Crowd) -> impl Iterator<Item = Vec<String>> + 'a {
    crowd.locks.iter().filter(|it| it.kind != NO_ROW).map(move |it| row(players, it))
}

fn row(players: &str, lock: &LockRow) -> Vec<String> {
    let LockRow { kind, caller, taken_total, wait, hold, .. } = lock;
    let times = |it: &Quantiles| percentiles(*it).map(|it| seconds(it.1 / 1_000.0));
    let names = [format!("{kind}, `{caller}`"), players.to_owned(), taken_total.to_string()];
    names.into_iter().chain(times(wait)).chain(times(hold)).collect()
}

fn throughputs(contention: &Contention) -> Picture {
    let all = f64::from(contention.tournaments * contention.participants);
    let group = |name: &str, ink, crowd: &Crowd| {
        let value = all / crowd.seconds;
        Group { name: name.to_owned(), bars: vec![Bar { ink, value, text: count(value) }] }
    };
    let goal = 0.8 * all / contention.disjoint.seconds;
    let groups = vec![
        group("every tournament has players of its own", Ink::Faint, &contention.disjoint),
        group("all have the same players", Ink::Guerdon, &contention.shared),
    ];
    let values = groups.iter().flat_map(|it| &it.bars).map(|it| it.value);
    let bars = Bars {
        title: "Eight tournaments of 1,000 participants at once",
        x_label: "who competes",
        y: Axis {
            label: "participants paid a second",
            scale: Scale::linear(values.map(|it| it * 1.05)),
        },
        legend: vec![],
        groups,
        targets: vec![Target {
            label: "at least 0.8 of it".to_owned(),
            value: goal,
            over: (1.0, 1.0),
        }],
    };
    Picture {
        name: "contention",
        alternative: "Participants paid a second, over disjoint and over the same players",
        svg: bars.draw(),
    }
}

/// Of locks on players, which are the ones that are waited for.
fn waits(contention: &Contention) -> Picture {
    let players = |crowd: &Crowd| {
        let mut locks = crowd.locks.iter().filter(|it| it.kind == "players");
        locks.next().map(|it| (it.wait, it.hold)).unwrap_or_default()
    };
    let (shared, disjoint) = (players(&contention.shared), players(&contention.disjoint));
    let bar = |ink, ms: f64| Bar { ink, value: ms, text: plain_ms(ms) };
    let groups = |what: &str, one: Quantiles, other: Quantiles| {
        percentiles(one)
            .into_iter()
            .zip(percentiles(other))
            .map(|((name, one), (_, other))| Group {
                name: format!("{what} {name}"),
                bars: vec![bar(Ink::Faint, other), bar(Ink::Guerdon, one)],
            })
            .collect::<Vec<_>>()
    };
    let waited = groups("wait", shared.0, disjoint.0);
    let held = groups("hold", shared.1, disjoint.1);
    let groups: Vec<_> = waited.into_iter().chain(held).collect();
    let values = groups.iter().flat_map(|it| &it.bars).map(|it| it.value);
    let bars = Bars {
        title: "Locks on players, waited for and held",
        x_label: "percentiles",
        y: Axis { label: "milliseconds", scale: Scale::linear(values.map(|it| it * 1.05)) },
        legend: vec![(Ink::Faint, "over others"), (Ink::Guerdon, "over the same players")],
        groups,
        targets: vec![],
    };
    Picture {
        name: "locks",
        alternative: "Percentiles of how long locks on players were waited for and held",
        svg: bars.draw(),
    }
}

fn percentiles(it: Quantiles) -> [(&'static str, f64); 3] {
    [("p50", it.p50_ms), ("p95", it.p95_ms), ("p99", it.p99_ms)]
}

/// Without the unit, which the axis names.
fn plain_ms(ms: f64) -> String {
    if ms < 10.0 { format!("{ms:.1}") } else { count(ms) }
}
