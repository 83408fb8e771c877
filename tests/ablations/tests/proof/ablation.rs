//! One guard taken out: what goes wrong, and that the guard keeps it from going wrong.

use ablations::Guard;

use crate::{
    catcher::Catcher,
    record::{Row, sentence},
};

/// One guard taken out.
pub(crate) struct Ablation {
    pub(crate) guard: Guard,
    /// Guards that would stand in for it, and are taken out with it.
    pub(crate) besides: &'static [Guard],
    /// What goes wrong: the name of the test.
    pub(crate) harm: &'static str,
    /// The test.
    pub(crate) test: &'static str,
    /// Who looks for it.
    pub(crate) catcher: Catcher,
    /// What is noticed, or a part of it.
    pub(crate) noticed: &'static str,
}

impl Ablation {
    /// Without the guard, the search finds this on every store. While it stands, the search goes all
    /// the way and finds nothing at all, even where the others are out.
    pub(crate) fn show(self) {
        let Self { guard, besides, noticed, .. } = self;
        let without: Vec<_> = besides.iter().copied().chain([guard]).collect();
        let found = self.catcher.finds(&without);
        assert_eq!(found.len(), self.catcher.stores.len(), "nobody misses {guard}: {found:?}");
        assert!(found.iter().all(|it| it.contains(noticed)), "{guard} is missed so: {found:?}");

        let standing = self.catcher.still_finds(besides);
        assert!(standing.is_empty(), "{guard} keeps this not out: {standing:?}");
        self.record();
    }

    fn record(&self) {
        let row = Row {
            kind: "guard",
            order: Guard::ALL.iter().position(|it| *it == self.guard).unwrap(),
            guard: &self.guard.to_string(),
            races: self.guard.races(),
            besides: self.besides.iter().map(ToString::to_string).collect(),
            harm: sentence(self.harm),
            standing: "",
            noticed: self.noticed,
            catcher: &self.catcher.name,
            stores: self.catcher.stores.clone(),
            test: self.test.to_owned(),
        };
        row.record();
    }
}
