//! Values side by side, in groups.

use maud::{Markup, html};

use super::{
    Ink, Target,
    frame::{Axis, Frame, at, x, y},
};

/// Of the width that a bar could have, so much is left free around it.
const GAP: f64 = 0.12;

/// A bar is not wider, however few there are.
const BAR_MAX: f64 = 0.13;

/// A chart of bars.
#[derive(Debug, Clone)]
pub(crate) struct Bars {
    pub(crate) title: &'static str,
    pub(crate) x_label: &'static str,
    pub(crate) y: Axis,
    pub(crate) legend: Vec<(Ink, &'static str)>,
    pub(crate) groups: Vec<Group>,
    /// Over groups, counted from 0: from the left edge of the first to the right edge of the last.
    pub(crate) targets: Vec<Target>,
}

/// Bars that stand together.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) bars: Vec<Bar>,
}

/// One value.
#[derive(Debug, Clone)]
pub(crate) struct Bar {
    pub(crate) ink: Ink,
    pub(crate) value: f64,
    /// What stands above it.
    pub(crate) text: String,
}

impl Bars {
    /// The chart as a document.
    pub(crate) fn draw(&self) -> String {
        let frame = Frame {
            title: self.title,
            x_label: self.x_label,
            y: &self.y,
            x_ticks: (0..)
                .zip(&self.groups)
                .map(|(at, it)| (self.middle(at), it.name.clone()))
                .collect(),
            legend: self.legend.clone(),
        };
        frame.around(&html! {
            @for (number, group) in (0..).zip(&self.groups) { (self.group(number, group)) }
            @for target in &self.targets { (self.target(target)) }
        })
    }

    /// How much of the width a group has.
    fn share(&self) -> f64 {
        1.0 / f64::from(u16::try_from(self.groups.len()).unwrap_or(u16::MAX).max(1))
    }

    fn middle(&self, group: u16) -> f64 {
        (f64::from(group) + 0.5) * self.share()
    }

    fn group(&self, number: u16, group: &Group) -> Markup {
        let bars = f64::from(u16::try_from(group.bars.len()).unwrap_or(1).max(1));
        let width = (self.share() * (1.0 - 2.0 * GAP) / bars).min(BAR_MAX);
        let first = self.middle(number) - width * bars / 2.0;
        html! {
            @for (number, bar) in (0_u16..).zip(&group.bars) {
                (self.bar(bar, first + f64::from(number) * width, width))
            }
        }
    }

    fn bar(&self, bar: &Bar, left: f64, width: f64) -> Markup {
        let (bottom, top) = (y(0.0), y(self.y.scale.place(bar.value).max(0.0)));
        let (from, to) = (x(left + width * GAP / 2.0), x(left + width * (1.0 - GAP / 2.0)));
        html! {
            rect.{ (bar.ink.class()) } x=(at(from)) y=(at(top)) width=(at(to - from))
                height=(at((bottom - top).max(1.0))) rx="2" {}
            text.value.middle x=(at(f64::midpoint(from, to))) y=(at(top - 7.0)) { (bar.text) }
        }
    }

    fn target(&self, target: &Target) -> Markup {
        let Target { label, value, over: (from, to) } = target;
        let (from, to) = (x(from * self.share() + 0.01), x((to + 1.0) * self.share() - 0.01));
        let here = y(self.y.scale.place(*value));
        html! {
            line.target x1=(at(from)) x2=(at(to)) y1=(at(here)) y2=(at(here)) {}
            text.goal.end x=(at(to)) y=(at(here - 6.0)) { (label) }
        }
    }
}
