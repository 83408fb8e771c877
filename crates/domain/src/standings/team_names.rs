//! What the teams of a list are called: each name once, however many members it has.

use std::{collections::HashMap, sync::Arc};

use super::field_row::TeamNumber;

/// The teams of a list, numbered from 1 as they come.
#[derive(Debug, Default)]
pub(super) struct TeamNames {
    names: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, TeamNumber>,
}

impl TeamNames {
    /// The number of a team, a new one if it is new.
    pub(super) fn number(&mut self, name: &str) -> TeamNumber {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let name: Arc<str> = name.into();
        let number = TeamNumber::at(self.names.len());
        self.names.push(Arc::clone(&name));
        self.numbers.insert(name, number);
        number
    }

    pub(super) fn name(&self, number: TeamNumber) -> &str {
        self.names.get(number.index()).map_or("", |it| &**it)
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}
