//! The first screen: whether all is well, and of what.

use maud::{Markup, html};

use super::{Page, icon, mood::Mood};
use crate::{
    failure::Failure,
    output::{Verification, verification::moment_text},
};

/// Whether all is well, in letters that can be read from across the room.
pub(super) fn header(page: &Page<'_>, mood: Mood) -> Markup {
    let parts = page.verdict();
    let (worst, beside) = parts.split_first().map_or(("", &[][..]), |(it, rest)| (it, rest));
    html! {
        header class=(mood.class()) {
            p.brand { "guerdon verify" }
            div.headline {
                (icon::verdict(mood))
                div {
                    h1 { (worst) }
                    @if !beside.is_empty() { p.beside { (beside.join(", ")) } }
                }
            }
            @match &page.findings {
                Ok(it) => (facts(it.verification)),
                Err(failure) => (obstacle(page, failure)),
            }
        }
    }
}

/// What was looked at, where and when.
fn facts(it: &Verification) -> Markup {
    let scope = match it.report.since {
        Some(since) => format!("what changed since {}", moment_text(since)),
        None => "everything".to_owned(),
    };
    html! {
        dl.facts {
            div { dt { "Database" } dd { code { (it.database) } } }
            div { dt { "Began" } dd { (moment_text(it.report.started_at)) } }
            div { dt { "Looked at" } dd { (scope) @if it.report.strict { ", strictly" } } }
        }
    }
}

/// Why nothing could be looked at.
fn obstacle(page: &Page<'_>, failure: &Failure) -> Markup {
    html! {
        dl.facts {
            div { dt { "Database" } dd { code { (page.database) } } }
            div { dt { "Tried" } dd { (moment_text(page.made_at)) } }
            div { dt { "Because" } dd { (failure.message) } }
            @for problem in &failure.problems { div { dt { "Namely" } dd { (problem.text()) } } }
            @if let Some(help) = &failure.help { div { dt { "What to do" } dd { (help) } } }
        }
    }
}
