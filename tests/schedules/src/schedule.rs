//! The name of one order of one scenario in one place: enough to see it again.

use std::{fmt, str::FromStr};

use crate::{Adapter, Order, Scenario, catalogue, planted::Planted};

/// One order of one scenario in one place, written `scenario@adapter:order`, or
/// `scenario+fault@adapter:order` where a fault is planted.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// Who does what.
    pub scenario: Scenario,
    /// What is wrong with the store, when something is.
    pub planted: Option<Planted>,
    /// Where it is played.
    pub adapter: Adapter,
    /// Who takes which step.
    pub order: Order,
}

/// Why a text is no schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotASchedule {
    /// It is not written `scenario@adapter:order`.
    Form,
    /// The catalogue does not know the scenario.
    Scenario(String),
    /// No fault of this name can be planted.
    Fault(String),
    /// There is no such adapter.
    Adapter(String),
    /// An order is digits, each the number of a caller.
    Order(String),
}

impl FromStr for Schedule {
    type Err = NotASchedule;

    fn from_str(text: &str) -> Result<Self, NotASchedule> {
        let (scene, order) = text.split_once(':').ok_or(NotASchedule::Form)?;
        let (scene, adapter) = scene.split_once('@').ok_or(NotASchedule::Form)?;
        let (scenario, fault) = match scene.split_once('+') {
            Some((scenario, fault)) => (scenario, Some(fault)),
            None => (scene, None),
        };
        let unknown = |fault: &str| NotASchedule::Fault(fault.to_owned());
        let planted = fault.map(|it| Planted::parse(it).ok_or_else(|| unknown(it))).transpose()?;
        Ok(Self {
            scenario: catalogue::find(scenario)
                .ok_or_else(|| NotASchedule::Scenario(scenario.to_owned()))?,
            planted,
            adapter: Adapter::parse(adapter)
                .ok_or_else(|| NotASchedule::Adapter(adapter.to_owned()))?,
            order: Order::parse(order).ok_or_else(|| NotASchedule::Order(order.to_owned()))?,
        })
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.scenario.name)?;
        if let Some(fault) = self.planted {
            write!(f, "+{fault}")?;
        }
        write!(f, "@{}:{}", self.adapter, self.order)
    }
}

impl fmt::Display for NotASchedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str("a schedule is written scenario@adapter:order"),
            Self::Scenario(name) => write!(f, "there is no scenario {name}"),
            Self::Fault(name) => write!(f, "there is no fault {name} to be planted"),
            Self::Adapter(name) => write!(f, "there is no adapter {name}"),
            Self::Order(text) => write!(f, "{text} is no order: each digit is a caller"),
        }
    }
}

impl std::error::Error for NotASchedule {}
