//! Who does what, on which ground.

use std::sync::Arc;

use app_service::{DistributeScope, Spending};
use conformance::NOW;
use domain::{ChargeId, ChargeOrigin, PlayerId, RewardPolicy, TournamentId};
use ports::spi::Store;
use races::{Arena, with_levels};

use crate::Deed;

/// What the first player was charged for, where the ground says so.
pub(crate) const CHARGE: &str = "sword";
/// Credits that the first player was charged then, of the hundred that were won.
pub(crate) const CHARGED: i64 = 60;

/// Some callers, each with one deed, on one ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// What it is called on the command line.
    pub name: String,
    /// What is there before anybody comes.
    pub ground: Ground,
    /// What each caller does, by the number of the caller.
    pub callers: Vec<Deed>,
    /// What comes one after the other in the orders that all others are compared with.
    pub serial: Serial,
}

/// What comes one after the other in a serial order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Serial {
    /// Callers: each does all of its deed before the next one comes.
    Deeds,
    /// Callers, or their units of work. For deeds of many units that a correction may divide:
    /// what is paid before it is of the old plan, and the rest of the new one.
    Units,
}

/// What is there before anybody comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Registered players.
    pub players: usize,
    /// Participants paid in one transaction.
    pub chunk: u32,
    /// Tournaments whose results are in: all players take part in each.
    pub cups: Vec<Cup>,
    /// How the first player was charged 60 credits, under the name `sword`; a hold is due.
    pub charged: Option<ChargeOrigin>,
}

/// A tournament whose results are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cup {
    /// Its key.
    pub key: &'static str,
    /// How its players ended.
    pub ranking: Ranking,
    /// How far it has come.
    pub standing: Standing,
    /// What it pays by.
    pub terms: Terms,
}

/// How the players of a tournament ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ranking {
    /// The first one first.
    Forwards,
    /// The first one last.
    Backwards,
}

/// What a tournament pays by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terms {
    /// The usual policy.
    Usual,
    /// The same with levels, which pay whoever reaches them.
    Levels,
}

/// How far a tournament has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The results are in.
    Played,
    /// The plan is frozen, and nobody is paid.
    Frozen,
    /// The plan is frozen, and the first player is paid.
    HalfPaid,
    /// Everybody is paid.
    Paid,
}

impl Ranking {
    /// `players`, who come in the order of their keys, in this order.
    #[must_use]
    pub fn of(self, players: &[PlayerId]) -> Vec<PlayerId> {
        let mut ranking = players.to_vec();
        if self == Self::Backwards {
            ranking.reverse();
        }
        ranking
    }
}

impl Cup {
    /// A tournament that was played.
    #[must_use]
    pub const fn played(key: &'static str) -> Self {
        let (ranking, standing) = (Ranking::Forwards, Standing::Played);
        Self { key, ranking, standing, terms: Terms::Usual }
    }

    /// A tournament whose plan is frozen.
    #[must_use]
    pub const fn frozen(key: &'static str) -> Self {
        Self { standing: Standing::Frozen, ..Self::played(key) }
    }

    /// A tournament that has paid the first player, and nobody else yet.
    #[must_use]
    pub const fn half_paid(key: &'static str) -> Self {
        Self { standing: Standing::HalfPaid, ..Self::played(key) }
    }

    /// A tournament that has paid everybody.
    #[must_use]
    pub const fn paid(key: &'static str) -> Self {
        Self { standing: Standing::Paid, ..Self::played(key) }
    }

    /// The same with its players in opposite order.
    #[must_use]
    pub const fn backwards(self) -> Self {
        Self { ranking: Ranking::Backwards, ..self }
    }

    /// The same with levels in its policy.
    #[must_use]
    pub const fn with_levels(self) -> Self {
        Self { terms: Terms::Levels, ..self }
    }

    fn policy(&self) -> RewardPolicy {
        match self.terms {
            Terms::Usual => RewardPolicy::standard(),
            Terms::Levels => with_levels(),
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> TournamentId {
        TournamentId::of(self.key)
    }
}

impl Ground {
    /// Two players who are paid in one transaction.
    #[must_use]
    pub fn of(cups: &[Cup]) -> Self {
        Self { players: 2, chunk: 1_000, cups: cups.to_vec(), charged: None }
    }

    /// The same for so many players.
    #[must_use]
    pub fn with_players(self, players: usize) -> Self {
        Self { players, ..self }
    }

    /// The same, and the first player, who has won credits, was charged.
    #[must_use]
    pub fn charged(self, origin: ChargeOrigin) -> Self {
        Self { charged: Some(origin), ..self }
    }

    /// The same with so many paid in one transaction.
    #[must_use]
    pub fn in_chunks_of(self, chunk: u32) -> Self {
        Self { chunk, ..self }
    }

    /// Makes it so in an empty `store`.
    pub async fn lay(&self, store: Arc<dyn Store>) {
        let arena = self.arena(Arc::clone(&store));
        let registered = arena.guerdon.register_players(&Arena::cast(self.players)).await;
        registered.expect("players register");
        for cup in &self.cups {
            let ranking = cup.ranking.of(&arena.players);
            let id = arena.tournament_under(cup.policy(), cup.key, &ranking).await;
            match cup.standing {
                Standing::Played => {}
                Standing::Frozen => arena.freeze(Arc::clone(&store), id).await,
                Standing::HalfPaid => {
                    arena.freeze(Arc::clone(&store), id).await;
                    let first = DistributeScope::Player(arena.players[0]);
                    let paid = arena.clone().distribute(id, first).await;
                    assert_eq!(paid.expect("a frozen cup pays").applied, 1, "one player is paid");
                }
                Standing::Paid => {
                    let paid = arena.clone().finalize(id).await.expect("a played cup is paid");
                    assert!(paid.is_complete(), "everybody is paid");
                }
            }
        }
        self.charge(&arena).await;
    }

    async fn charge(&self, arena: &Arena) {
        let spending = Spending {
            player: arena.players[0],
            charge: ChargeId::of(CHARGE),
            amount: CHARGED,
            memo: "laid".to_owned(),
        };
        let charged = match self.charged {
            None => return,
            Some(ChargeOrigin::Spend) => arena.guerdon.spend(spending).await,
            Some(ChargeOrigin::Hold) => arena.guerdon.hold(spending, Some(NOW)).await,
        };
        charged.expect("the first player has won a hundred");
    }

    /// The ground as somebody gets to it who calls through `store`.
    #[must_use]
    pub fn arena(&self, store: Arc<dyn Store>) -> Arena {
        Arena::on(store, self.players, self.chunk)
    }
}

impl Scenario {
    /// A scenario of this name.
    #[must_use]
    pub fn new(name: impl Into<String>, ground: Ground, callers: &[Deed]) -> Self {
        let serial = Serial::Deeds;
        Self { name: name.into(), ground, callers: callers.to_vec(), serial }
    }

    /// The same, compared with all orders of whole units of work.
    #[must_use]
    pub fn unit_by_unit(self) -> Self {
        Self { serial: Serial::Units, ..self }
    }

    /// The same with so many players, under a name that says so: `distribute-distribute/4`.
    #[must_use]
    pub fn with_players(self, players: usize) -> Self {
        let name = format!("{}/{players}", self.name);
        Self { name, ground: self.ground.with_players(players), ..self }
    }
}
