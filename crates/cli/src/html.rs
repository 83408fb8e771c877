//! The page of a verification: one file without scripts, for browsers, phones and printers.

mod chart;
mod checks;
mod figures;
mod history;
mod icon;
mod locks;
mod mood;
mod verdict;
mod violations;

use app_service::VerifyReport;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use time::OffsetDateTime;

use self::mood::Mood;
use crate::{
    failure::Failure,
    output::{
        Verification,
        verification::{moment_text, verdict_parts},
    },
};

const STYLE: &str = include_str!("html/page.css");

/// Nothing is loaded and nothing runs, not even what somebody might have smuggled in.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// What the page shows.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    /// Where; without a password.
    pub(crate) database: &'a str,
    /// When the page was made.
    pub(crate) made_at: OffsetDateTime,
    /// What was found, or why nothing could be.
    pub(crate) findings: Result<Findings<'a>, &'a Failure>,
}

/// What was found, now and before.
#[derive(Debug)]
pub(crate) struct Findings<'a> {
    /// Now.
    pub(crate) verification: &'a Verification,
    /// Runs, the oldest first; the last one is this one.
    pub(crate) history: Vec<VerifyReport>,
}

impl Page<'_> {
    /// The page as HTML.
    pub(crate) fn render(&self) -> String {
        let mood = self.found().map_or(Mood::Doubtful, |it| Mood::of(it.verdict));
        let title = format!("{} {}", mood.mark(), self.verdict().join(", "));
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (title) " – Guerdon" }
                    link rel="icon" href=(icon::favicon(mood));
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    main {
                        (verdict::header(self, mood))
                        (self.body())
                        (self.footer())
                    }
                }
            }
        };
        page.into_string()
    }

    fn body(&self) -> Markup {
        let Ok(Findings { verification: it, history }) = &self.findings else { return html! {} };
        html! {
            (figures::section(it, history))
            (violations::section(&it.report.checks))
            (checks::section(&it.report.checks))
            (history::section(history))
            @if let Some(locks) = &it.locks { (locks::section(locks)) }
        }
    }

    fn footer(&self) -> Markup {
        html! {
            footer {
                p {
                    "Made " (moment_text(self.made_at)) " by guerdon " (env!("CARGO_PKG_VERSION"))
                    @if let Some(it) = self.found() { ", run " code { (it.report.run) } }
                    "."
                }
                p { "A page shows one moment: verify again before you act on an old one." }
            }
        }
    }

    /// Whether all is well, the worst first; at least one part.
    fn verdict(&self) -> Vec<String> {
        let nothing = || vec!["Nothing could be checked".to_owned()];
        self.found().map_or_else(nothing, verdict_parts)
    }

    fn found(&self) -> Option<&Verification> {
        self.findings.as_ref().ok().map(|it| it.verification)
    }
}

#[cfg(test)]
mod tests;
