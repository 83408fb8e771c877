//! Signs, drawn.

use maud::{Markup, html};

use super::mood::Mood;

/// The sign of a verdict in a disc.
pub(super) fn verdict(mood: Mood) -> Markup {
    html! {
        svg class={ "sign " (mood.class()) } viewBox="0 0 48 48" aria-hidden="true" {
            circle cx="24" cy="24" r="24" {}
            path d=(stroke(mood)) {}
        }
    }
}

/// A disc in the colour of the verdict, for the tab of the browser.
pub(super) fn favicon(mood: Mood) -> String {
    let colour = match mood {
        Mood::Good => "15803d",
        Mood::Doubtful => "b45309",
        Mood::Bad => "b91c1c",
    };
    let stroke = stroke(mood).replace(' ', "%20");
    format!(
        "data:image/svg+xml,<svg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%2048%2048'>\
         <circle%20cx='24'%20cy='24'%20r='24'%20fill='%23{colour}'/><path%20d='{stroke}'%20\
         fill='none'%20stroke='white'%20stroke-width='5'%20stroke-linecap='round'/></svg>"
    )
}

fn stroke(mood: Mood) -> &'static str {
    match mood {
        Mood::Good => "M14 25 L21 32 L34 17",
        Mood::Doubtful => "M24 13 L24 26 M24 34 L24 34.5",
        Mood::Bad => "M16 16 L32 32 M32 16 L16 32",
    }
}
