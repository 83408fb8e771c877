//! The stages of a tournament of matches, and the names they go by.

use std::fmt;

/// A stage. Knockout stages are ordered by their distance to the final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Round {
    /// Everybody against everybody; the table is the result.
    League,
    /// A group that sends its best to the knockout.
    Group,
    /// 128 left.
    RoundOf128,
    /// 64 left.
    RoundOf64,
    /// 32 left.
    RoundOf32,
    /// 16 left.
    RoundOf16,
    /// 8 left.
    QuarterFinal,
    /// 4 left.
    SemiFinal,
    /// Between the losers of the semi-finals.
    ThirdPlace,
    /// Between the winners of the semi-finals.
    Final,
}

impl Round {
    /// The round that goes by `name`: exactly, but for case, spaces, hyphens and the like.
    ///
    /// "Matchday 12" alone does not tell a league from a group, so a match that `has_group` does.
    /// `None` for any other name: a part of a name is no name, or a semi-final would be a final.
    #[must_use]
    pub fn parse(name: &str, has_group: bool) -> Option<Self> {
        let name: String =
            name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        knockout(&name).or_else(|| table(&name, has_group))
    }

    /// Whether the loser of a match is out.
    #[must_use]
    pub fn is_knockout(self) -> bool {
        self > Self::Group
    }
}

impl fmt::Display for Round {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::League => "league",
            Self::Group => "group stage",
            Self::RoundOf128 => "round of 128",
            Self::RoundOf64 => "round of 64",
            Self::RoundOf32 => "round of 32",
            Self::RoundOf16 => "round of 16",
            Self::QuarterFinal => "quarter-final",
            Self::SemiFinal => "semi-final",
            Self::ThirdPlace => "third-place match",
            Self::Final => "final",
        })
    }
}

fn knockout(name: &str) -> Option<Round> {
    Some(match name {
        "roundof128" | "last128" => Round::RoundOf128,
        "roundof64" | "last64" => Round::RoundOf64,
        "roundof32" | "last32" => Round::RoundOf32,
        "roundof16" | "last16" | "eighthfinal" | "eighthfinals" => Round::RoundOf16,
        "quarterfinal" | "quarterfinals" | "roundof8" | "last8" => Round::QuarterFinal,
        "semifinal" | "semifinals" | "roundof4" | "last4" => Round::SemiFinal,
        "thirdplace"
        | "thirdplacematch"
        | "thirdplaceplayoff"
        | "thirdplacegame"
        | "matchforthirdplace"
        | "playoffforthirdplace"
        | "3rdplace"
        | "3rdplacematch"
        | "3rdplaceplayoff"
        | "matchfor3rdplace"
        | "bronzemedalmatch" => Round::ThirdPlace,
        "final" | "finals" | "thefinal" | "grandfinal" | "goldmedalmatch" => Round::Final,
        _ => return None,
    })
}

fn table(name: &str, has_group: bool) -> Option<Round> {
    match name {
        "group" | "groups" | "groupstage" | "groupphase" => return Some(Round::Group),
        "league" | "leaguestage" | "leaguephase" | "regularseason" => return Some(Round::League),
        _ => {}
    }
    if name.strip_prefix("group").is_some_and(is_group_label) {
        return Some(Round::Group);
    }
    let day = name.strip_prefix("matchday").or_else(|| name.strip_prefix("gameweek"))?;
    is_number(day).then_some(if has_group { Round::Group } else { Round::League })
}

fn is_group_label(text: &str) -> bool {
    is_number(text) || (text.len() == 1 && text.bytes().all(|it| it.is_ascii_lowercase()))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_semi_final_is_never_a_final() {
        for name in ["Semi-finals", "Semifinals", "semi final", "SEMI\u{2013}FINAL"] {
            assert_eq!(Round::parse(name, false), Some(Round::SemiFinal), "{name}");
        }
        for name in ["Quarterfinals", "Quarter-finals", "Quarter-final", "quarter finals"] {
            assert_eq!(Round::parse(name, false), Some(Round::QuarterFinal), "{name}");
        }
        assert_eq!(Round::parse("Final", false), Some(Round::Final));
    }

    #[test]
    fn the_many_names_of_the_third_place_match_are_known() {
        for name in ["Match for third place", "Third-place play-off", "Third place", "3rd Place"] {
            assert_eq!(Round::parse(name, false), Some(Round::ThirdPlace), "{name}");
        }
    }

    #[test]
    fn a_matchday_belongs_to_a_group_when_the_match_has_one_and_to_the_league_otherwise() {
        assert_eq!(Round::parse("Matchday 12", true), Some(Round::Group));
        assert_eq!(Round::parse("Matchday 12", false), Some(Round::League));
        assert_eq!(Round::parse("Group A", false), Some(Round::Group));
        assert_eq!(Round::parse("Group stage", false), Some(Round::Group));
        assert_eq!(Round::parse("Regular season", false), Some(Round::League));
    }

    #[test]
    fn a_name_that_only_contains_a_known_one_is_unknown() {
        for name in ["", "Final round", "Finalissima", "Matchday", "Matchday x", "Group AB", "16"] {
            assert_eq!(Round::parse(name, true), None, "{name}");
        }
    }

    #[test]
    fn every_round_is_known_by_the_name_it_shows() {
        use Round::{Final, Group, League, QuarterFinal, SemiFinal, ThirdPlace};
        let cup = [Round::RoundOf128, Round::RoundOf64, Round::RoundOf32, Round::RoundOf16];

        for round in [League, Group, QuarterFinal, SemiFinal, ThirdPlace, Final].iter().chain(&cup)
        {
            assert_eq!(Round::parse(&round.to_string(), false), Some(*round));
        }
    }
}
