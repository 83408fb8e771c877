//! Values along an axis, joined by lines.

use maud::{Markup, html};

use super::{
    Ink, Target,
    frame::{Axis, Frame, at, x, y},
};
use crate::words::{count, ratio};

/// A chart of lines.
#[derive(Debug, Clone)]
pub(crate) struct Lines {
    pub(crate) title: &'static str,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    pub(crate) series: Vec<Series>,
    pub(crate) targets: Vec<Target>,
}

/// One line.
#[derive(Debug, Clone)]
pub(crate) struct Series {
    pub(crate) name: &'static str,
    pub(crate) ink: Ink,
    pub(crate) points: Vec<(f64, f64)>,
    /// Where the values stand, which cannot be read off the axis.
    pub(crate) values: Option<Beside>,
}

/// Where the value of a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    Above,
    Below,
}

impl Beside {
    fn offset(self) -> f64 {
        match self {
            Self::Above => -11.0,
            Self::Below => 20.0,
        }
    }
}

impl Lines {
    /// The chart as a document.
    pub(crate) fn draw(&self) -> String {
        let mut places: Vec<_> =
            self.series.iter().flat_map(|it| &it.points).map(|it| it.0).collect();
        places.sort_by(f64::total_cmp);
        places.dedup();
        let frame = Frame {
            title: self.title,
            x_label: self.x.label,
            y: &self.y,
            x_ticks: places.iter().map(|it| (self.x.scale.place(*it), count(*it))).collect(),
            legend: self.series.iter().map(|it| (it.ink, it.name)).collect(),
        };
        frame.around(&html! {
            @for target in &self.targets { (self.target(target)) }
            @for series in &self.series { (self.line(series)) }
        })
    }

    fn line(&self, series: &Series) -> Markup {
        let place = |it: &(f64, f64)| (x(self.x.scale.place(it.0)), y(self.y.scale.place(it.1)));
        let points: Vec<_> = series.points.iter().map(place).collect();
        let path: Vec<_> = points.iter().map(|it| format!("{},{}", at(it.0), at(it.1))).collect();
        html! {
            polyline.line.{ (series.ink.class()) } points=(path.join(" ")) {}
            @for ((x, y), (_, value)) in points.iter().zip(&series.points) {
                circle.{ (series.ink.class()) } cx=(at(*x)) cy=(at(*y)) r="4" {}
                @if let Some(beside) = series.values {
                    text.value.middle x=(at(*x)) y=(at(y + beside.offset())) { (ratio(*value)) }
                }
            }
        }
    }

    fn target(&self, target: &Target) -> Markup {
        let Target { label, value, over: (from, to) } = target;
        let (from, to) = (x(self.x.scale.place(*from)), x(self.x.scale.place(*to)));
        let here = y(self.y.scale.place(*value));
        html! {
            line.target x1=(at(from)) x2=(at(to)) y1=(at(here)) y2=(at(here)) {}
            text.goal.end x=(at(to)) y=(at(here - 6.0)) { (label) }
        }
    }
}
