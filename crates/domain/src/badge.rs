//! Badges: the table, those of one's own, and one that a player earns.

mod name;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use self::name::{BadgeName, NotABadgeName};
use crate::{PlayerId, TournamentId};

/// What kind of deed a badge marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BadgeCategory {
    /// A place on the podium.
    Placement,
    /// Having been there.
    Participation,
    /// Something remarkable in one tournament.
    Achievement,
    /// A number reached over a career; had once in a life.
    Milestone,
    /// A way of playing.
    Specialization,
}

/// How rare a badge is, commonest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rarity {
    /// Everybody gets one.
    Common,
    /// Once for everybody.
    Uncommon,
    /// A few in each field.
    Rare,
    /// One in each field.
    Epic,
    /// Hardly ever.
    Legendary,
}

/// What a badge looks like; a policy may replace all but the category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadgeFace {
    /// A few words.
    pub title: String,
    /// One sentence.
    pub description: String,
    /// One emoji.
    pub icon: String,
    /// How rare it is.
    pub rarity: Rarity,
}

/// A badge that a player has earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NewBadge {
    /// Who.
    pub player: PlayerId,
    /// Where.
    pub tournament: TournamentId,
    /// What for.
    pub badge: BadgeType,
    /// Whether the player can have it only once, whatever tournaments race for it.
    pub once_in_a_life: bool,
}

macro_rules! badges {
    ($($variant:ident $name:literal $icon:literal $category:ident $rarity:ident $title:literal $description:literal,)+) => {
        /// What a badge is for (the table of RULES.md, section "Badges").
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(try_from = "String", into = "String")]
        pub enum BadgeType {
            $(#[doc = $description] $variant,)+
            /// One of one's own, given by a rule.
            Own(BadgeName),
        }

        impl BadgeType {
            /// Every badge of the table, in its order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name as stored and printed.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)+
                    Self::Own(name) => name.as_str(),
                }
            }

            /// What kind of deed it marks; one of one's own, unless its rule says otherwise.
            #[must_use]
            pub fn category(self) -> BadgeCategory {
                match self {
                    $(Self::$variant => BadgeCategory::$category,)+
                    Self::Own(_) => BadgeCategory::Achievement,
                }
            }

            /// What it looks like unless a policy or a rule says otherwise.
            #[must_use]
            pub fn face(self) -> BadgeFace {
                let (icon, rarity, title, description) = match self {
                    $(Self::$variant => ($icon, Rarity::$rarity, $title, $description),)+
                    Self::Own(name) => return own_face(name),
                };
                BadgeFace {
                    title: title.into(),
                    description: description.into(),
                    icon: icon.into(),
                    rarity,
                }
            }
        }
    };
}

badges! {
    Champion "CHAMPION" "🥇" Placement Epic "Champion" "Won a tournament.",
    RunnerUp "RUNNER_UP" "🥈" Placement Rare "Runner-up" "Came second in a tournament.",
    ThirdPlace "THIRD_PLACE" "🥉" Placement Rare "Third place" "Came third in a tournament.",
    PodiumFinish "PODIUM_FINISH" "🏆" Placement Rare "Podium finish" "Came in among the first three.",
    FirstTournament "FIRST_TOURNAMENT" "🌟" Participation Uncommon "First tournament" "Took part for the first time.",
    TournamentParticipant "TOURNAMENT_PARTICIPANT" "⚽" Participation Common "Participant" "Took part in a tournament.",
    Undefeated "UNDEFEATED" "💪" Achievement Legendary "Undefeated" "Won every match, at least three of them.",
    TournamentVeteran "TOURNAMENT_VETERAN" "🎖️" Milestone Rare "Veteran" "Took part in five tournaments.",
    TournamentLegend "TOURNAMENT_LEGEND" "👑" Milestone Epic "Legend" "Took part in ten tournaments.",
    TripleCrown "TRIPLE_CROWN" "🔥" Milestone Legendary "Triple crown" "Won three tournaments in a row.",
    ComebackKing "COMEBACK_KING" "📈" Achievement Epic "Comeback" "Came back from behind.",
    Consistency "CONSISTENCY" "🎯" Achievement Rare "Consistency" "Performed steadily.",
    RecordBreaker "RECORD_BREAKER" "⚡" Achievement Legendary "Record breaker" "Broke a record.",
    SpeedDemon "SPEED_DEMON" "🏃" Specialization Epic "Speed demon" "Faster than the rest.",
    EnduranceMaster "ENDURANCE_MASTER" "🧘" Specialization Epic "Endurance master" "Outlasted the rest.",
    Marksman "MARKSMAN" "🎯" Specialization Epic "Marksman" "Rarely missed.",
}

impl BadgeType {
    /// Whether a player can have it only once, whatever tournaments race for it, unless the rule
    /// that gives it says otherwise.
    #[must_use]
    pub fn is_once_in_a_life(self) -> bool {
        self.category() == BadgeCategory::Milestone || self == Self::FirstTournament
    }

    /// Whether it is given by a rule, never by Guerdon itself.
    #[must_use]
    pub fn is_by_policy(self) -> bool {
        self >= Self::ComebackKing
    }

    /// Reads the stored name: one of the table, or any that could be one's own.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let of_the_table = Self::ALL.iter().copied().find(|it| it.as_str() == name);
        of_the_table.or_else(|| BadgeName::new(name).ok().map(Self::Own))
    }
}

fn own_face(name: BadgeName) -> BadgeFace {
    BadgeFace {
        title: name.in_words(),
        description: "Met every condition of its rule.".into(),
        icon: "🏅".into(),
        rarity: Rarity::Rare,
    }
}

impl NewBadge {
    /// A badge that is as often in a life as the table has it.
    #[must_use]
    pub fn new(player: PlayerId, tournament: TournamentId, badge: BadgeType) -> Self {
        Self { player, tournament, badge, once_in_a_life: badge.is_once_in_a_life() }
    }

    /// Whether `other` is the same badge: of the same player, tournament and type.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.key() == other.key()
    }

    /// What makes it the only one of its kind.
    pub(crate) fn key(&self) -> (PlayerId, TournamentId, BadgeType) {
        (self.player, self.tournament, self.badge)
    }
}

impl TryFrom<String> for BadgeType {
    type Error = NotABadgeName;

    fn try_from(name: String) -> Result<Self, NotABadgeName> {
        Self::parse(&name).ok_or_else(|| NotABadgeName::of(name))
    }
}

impl From<BadgeType> for String {
    fn from(badge: BadgeType) -> Self {
        badge.as_str().to_owned()
    }
}

impl fmt::Display for BadgeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
