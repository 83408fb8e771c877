//! Progress on a terminal, and nowhere else.

use app_service::{CheckListener, ProgressListener};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How far a command has come.
#[derive(Debug, Clone)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A bar over `total` things of one kind, hidden unless `shown`.
    pub(crate) fn over(total: u64, things: &str, shown: bool) -> Self {
        let bar = Self::bar(Some(total), shown);
        let template = format!("{{bar:30}} {{human_pos}} of {{human_len}} {things} {{msg}}");
        Self::styled(bar, &template)
    }

    /// A count of things whose total nobody knows, hidden unless `shown`.
    pub(crate) fn counting(things: &str, shown: bool) -> Self {
        Self::styled(Self::bar(None, shown), &format!("{{spinner}} {{human_pos}} {things}"))
    }

    /// One more is done.
    pub(crate) fn advance(&self) {
        self.0.inc(1);
    }

    /// Counts the participants of every chunk that is paid.
    pub(crate) fn listener(&self) -> ProgressListener {
        let bar = self.0.clone();
        ProgressListener::new(move |participants| bar.inc(participants))
    }

    /// Counts the invariants that have been looked at.
    pub(crate) fn check_listener(&self) -> CheckListener {
        let bar = self.0.clone();
        CheckListener::new(move |_| bar.inc(1))
    }

    /// Takes it off the screen.
    pub(crate) fn clear(&self) {
        self.0.finish_and_clear();
    }

    fn bar(total: Option<u64>, shown: bool) -> ProgressBar {
        let target =
            if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        ProgressBar::with_draw_target(total, target)
    }

    fn styled(bar: ProgressBar, template: &str) -> Self {
        match ProgressStyle::with_template(template) {
            Ok(style) => Self(bar.with_style(style)),
            Err(_) => Self(bar),
        }
    }
}
