//! What is around every chart: its title, its axes, the lines behind it, and what its colours mean.

use maud::{Markup, PreEscaped, html};

use super::{Ink, scale::Scale};
use crate::words::plain;

const STYLE: &str = include_str!("chart.css");

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 420.0;

/// The place for what is drawn.
const LEFT: f64 = 78.0;
const RIGHT: f64 = WIDTH - 28.0;
const TOP: f64 = 92.0;
const BOTTOM: f64 = HEIGHT - 62.0;

/// An axis, and what stands beside it.
#[derive(Debug, Clone)]
pub(crate) struct Axis {
    /// What it measures, with the unit.
    pub(crate) label: &'static str,
    pub(crate) scale: Scale,
}

/// What is around a chart.
pub(super) struct Frame<'a> {
    pub(super) title: &'a str,
    pub(super) x_label: &'a str,
    pub(super) y: &'a Axis,
    /// Words under the horizontal axis, each with its place from 0 to 1.
    pub(super) x_ticks: Vec<(f64, String)>,
    pub(super) legend: Vec<(Ink, &'a str)>,
}

/// From left to right.
pub(super) fn x(place: f64) -> f64 {
    LEFT + place * (RIGHT - LEFT)
}

/// From bottom to top.
pub(super) fn y(place: f64) -> f64 {
    BOTTOM - place * (BOTTOM - TOP)
}

/// A coordinate, as it is written.
pub(super) fn at(coordinate: f64) -> String {
    format!("{coordinate:.1}")
}

impl Frame<'_> {
    /// The document, with `inside` in the frame.
    pub(super) fn around(self, inside: &Markup) -> String {
        let view = format!("0 0 {WIDTH} {HEIGHT}");
        let svg = html! {
            svg xmlns="http://www.w3.org/2000/svg" viewBox=(view) width=(WIDTH) height=(HEIGHT)
                role="img" aria-label=(self.title) {
                title { (self.title) }
                style { (PreEscaped(STYLE)) }
                rect.paper x="0.5" y="0.5" width=(WIDTH - 1.0) height=(HEIGHT - 1.0) rx="10" {}
                text.title x="24" y="36" { (self.title) }
                (self.legend())
                (self.vertical())
                (self.horizontal())
                (inside)
            }
        };
        svg.into_string() + "\n"
    }

    /// One after the other: a letter takes as much as it takes on most screens.
    fn legend(&self) -> Markup {
        const LETTER: f64 = 7.2;
        let mut left = 24.0;
        let entries = self.legend.iter().map(|(ink, name)| {
            let here = left;
            left += 44.0 + LETTER * f64::from(u16::try_from(name.chars().count()).unwrap_or(0));
            (here, ink.class(), name)
        });
        let entries: Vec<_> = entries.collect();
        html! {
            @for (here, class, name) in entries {
                rect.{ (class) } x=(at(here)) y="52" width="14" height="10" rx="3" {}
                text.soft x=(at(here + 21.0)) y="62" { (name) }
            }
        }
    }

    fn vertical(&self) -> Markup {
        let Axis { label, scale } = self.y;
        let middle = at(y(0.5));
        html! {
            @for tick in scale.ticks() {
                @let here = at(y(scale.place(tick)));
                line.grid x1=(at(LEFT)) x2=(at(RIGHT)) y1=(here) y2=(here) {}
                text.tick.end x=(at(LEFT - 10.0)) y=(here) dy="4" { (plain(tick)) }
            }
            text.soft.middle x="20" y=(middle) transform={ "rotate(-90 20 " (middle) ")" } {
                (label)
            }
        }
    }

    fn horizontal(&self) -> Markup {
        html! {
            line.axis x1=(at(LEFT)) x2=(at(RIGHT)) y1=(at(BOTTOM)) y2=(at(BOTTOM)) {}
            @for (place, word) in &self.x_ticks {
                text.tick.middle x=(at(x(*place))) y=(at(BOTTOM + 20.0)) { (word) }
            }
            text.soft.middle x=(at(x(0.5))) y=(at(HEIGHT - 18.0)) { (self.x_label) }
        }
    }
}
