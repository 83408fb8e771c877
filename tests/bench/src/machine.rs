//! When something was measured, on what, and who else was at work.

use std::{fs, thread, time::Duration};

use app_service::SystemClock;
use serde::{Deserialize, Serialize};

use crate::{Failure, ground::Ground};

/// So long is looked at who else is at work.
const LOOK: Duration = Duration::from_secs(2);

/// When and on what something was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Taken {
    pub(crate) day: String,
    pub(crate) cores: usize,
    pub(crate) processor: Option<String>,
    pub(crate) postgres: String,
    /// Cores that other programs kept busy just before.
    pub(crate) others_busy: Option<f64>,
}

impl Taken {
    /// Here and now.
    pub(crate) async fn here(ground: &Ground) -> Result<Self, Failure> {
        let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let row = ground.row("SHOW server_version", []).await?;
        let version: String = row.try_get("", "server_version")?;
        Ok(Self {
            day: SystemClock::shared().now().date().to_string(),
            cores,
            processor: processor(),
            postgres: version.split(' ').next().unwrap_or_default().to_owned(),
            others_busy: others_busy().await,
        })
    }

    /// In a sentence.
    pub(crate) fn sentence(&self) -> String {
        let Self { day, cores, processor, postgres, .. } = self;
        let processor = processor.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
        let beside = match self.others_busy {
            Some(busy) if busy > 0.2 => {
                format!(" **Other programs kept {busy:.1} of the cores busy: not for comparison.**")
            }
            _ => String::new(),
        };
        format!("Measured on {day}, on {cores} cores{processor}, PostgreSQL {postgres}.{beside}")
    }
}

fn processor() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|it| it.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// `None` where the system does not say.
async fn others_busy() -> Option<f64> {
    let before = busy()?;
    tokio::time::sleep(LOOK).await;
    let seconds = (busy()? - before).max(0.0);
    Some(seconds / LOOK.as_secs_f64())
}

/// Seconds that all cores together have worked.
fn busy() -> Option<f64> {
    const TICKS_A_SECOND: f64 = 100.0;
    let text = fs::read_to_string("/proc/stat").ok()?;
    let times: Vec<f64> =
        text.lines().next()?.split_whitespace().skip(1).filter_map(|it| it.parse().ok()).collect();
    // user nice system idle iowait irq softirq steal
    let of = |place: usize| times.get(place).copied().unwrap_or_default();
    Some([0, 1, 2, 5, 6, 7].map(of).iter().sum::<f64>() / TICKS_A_SECOND)
}
