//! What statements are for, as the adapter tells whoever traces it.

use std::{
    collections::BTreeSet,
    fmt,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use tracing::{Event, Subscriber, field::Field};
use tracing_subscriber::layer::{Context, Layer};

/// Collects the purposes of the statements that are sent while it listens.
#[derive(Debug, Clone, Default)]
pub struct Labels(Arc<Mutex<BTreeSet<String>>>);

impl Labels {
    /// What has been heard so far.
    #[must_use]
    pub fn heard(&self) -> BTreeSet<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl<S: Subscriber> Layer<S> for Labels {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "guerdon::sql" {
            event.record(&mut Heard(&self.0));
        }
    }
}

struct Heard<'a>(&'a Mutex<BTreeSet<String>>);

impl tracing::field::Visit for Heard<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "during" {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

/// The purposes that stand in the sources below `folder`.
#[must_use]
pub fn written_in(folder: &Path) -> BTreeSet<String> {
    let mut labels = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            labels.extend(written_in(&path));
        } else {
            let text = std::fs::read_to_string(&path).unwrap();
            let behind = text.split("during: \"").skip(1);
            labels.extend(behind.filter_map(|it| it.split('"').next()).map(str::to_owned));
        }
    }
    labels
}
