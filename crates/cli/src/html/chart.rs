//! Charts: rectangles that stretch with the page. Words stay outside, so that they never stretch.

use maud::{Markup, html};

/// Places that a chart of columns has at least, so that a few runs do not make giants.
pub(super) const PLACES_MIN: usize = 24;

/// One column of a chart.
#[derive(Debug)]
pub(super) struct Bar {
    /// From 0 to 1.
    pub(super) height: f64,
    /// What colours it.
    pub(super) class: &'static str,
    /// What it says when it is pointed at.
    pub(super) title: String,
}

/// Columns side by side, the last one at the right end.
pub(super) fn columns(label: &str, bars: &[Bar]) -> Markup {
    let places = bars.len().max(PLACES_MIN);
    let first = places - bars.len();
    html! {
        svg.columns role="img" aria-label=(label) preserveAspectRatio="none"
            viewBox={ "0 0 " (places * 10) " 100" } {
            @for (at, bar) in bars.iter().enumerate() {
                (column((first + at) * 10, bar))
            }
        }
    }
}

/// Its place is pointed at over the whole height, so that small ones can be, too.
fn column(x: usize, bar: &Bar) -> Markup {
    let height = (bar.height.clamp(0.0, 1.0) * 100.0).max(2.0);
    html! {
        g {
            title { (bar.title) }
            rect.place x=(x) y="0" width="10" height="100" {}
            rect class=(bar.class) x={ (x + 1) } y=(format!("{:.1}", 100.0 - height)) width="8"
                height=(format!("{height:.1}")) {}
        }
    }
}

/// Parts of one length on top of each other, the longest first, and a limit.
#[derive(Debug)]
pub(super) struct Span {
    /// From 0 to 1, with what colours it; the longest first.
    pub(super) parts: Vec<(f64, &'static str)>,
    /// Where the limit is, from 0 to 1.
    pub(super) limit: Option<f64>,
}

/// A span, from left to right.
pub(super) fn span(label: &str, span: &Span) -> Markup {
    let permille = |share: f64| format!("{:.1}", share.clamp(0.0, 1.0) * 1_000.0);
    html! {
        svg.span role="img" aria-label=(label) preserveAspectRatio="none" viewBox="0 0 1000 10" {
            title { (label) }
            rect.track x="0" y="0" width="1000" height="10" {}
            @for (share, class) in &span.parts {
                rect class=(class) x="0" y="0" width=(permille(share.max(0.002))) height="10" {}
            }
            @if let Some(limit) = span.limit {
                line.limit x1=(permille(limit)) x2=(permille(limit)) y1="0" y2="10" {}
            }
        }
    }
}
