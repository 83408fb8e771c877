//! Logs, on stderr and only when asked for.

use std::io;

use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

use crate::{args::Global, output};

/// Starts logging as the command line says; `RUST_LOG` has the last word.
pub(crate) fn start(global: &Global) {
    let usual = match global.verbose {
        0 => "off",
        1 => "info",
        2 => "info,api=debug,app_service=debug,cli=debug,ports=debug",
        _ => "debug,guerdon=trace,sqlx=info",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let registry = tracing_subscriber::registry().with(filter);
    // Whoever embeds this and logs already keeps what there is.
    let started = if global.log_json {
        registry.with(lines.json()).try_init()
    } else {
        let colors = output::colors_on_stderr(global.color);
        registry.with(lines.with_ansi(colors).with_target(false)).try_init()
    };
    drop(started);
}
