//! The matches of a file, of either layout.

use domain::Round;

use super::{Node, Teams, score};
use crate::import::{ProblemKind, Problems, problem::quoted};

/// A match and where it stands.
#[derive(Debug)]
pub(super) struct Match {
    pub(super) game: domain::Match,
    pub(super) line: u64,
    pub(super) round_line: u64,
    pub(super) score_line: u64,
}

/// Reads matches, and goes on behind those that are broken.
pub(super) struct Reader<'list> {
    problems: &'list mut Problems,
    pub(super) matches: Vec<Match>,
    pub(super) teams: Teams,
    /// The last day of a match, as the file writes it.
    pub(super) occurred_on: Option<String>,
}

impl<'list> Reader<'list> {
    pub(super) fn new(problems: &'list mut Problems) -> Self {
        Self { problems, matches: Vec::new(), teams: Teams::default(), occurred_on: None }
    }

    /// Reads the matches of a file: a list of them, or rounds that have lists.
    pub(super) fn read(&mut self, root: &Node<'_>) -> Option<()> {
        match (root.has("matches"), root.has("rounds")) {
            (false, true) => {
                for round in self.objects(root, "rounds")? {
                    self.round(&round);
                }
            }
            (true, true) => {
                let message = "both \"matches\" and \"rounds\" are there";
                let problem = root.problem(ProblemKind::Repeated, message);
                self.problems.push(problem.advice("remove one of them"));
            }
            (_, false) => {
                for game in self.objects(root, "matches")? {
                    let round = game.needed("round", self.problems);
                    self.game(&game, round.as_ref());
                }
            }
        }
        Some(())
    }

    /// The objects in the list `name` of `node`; anything else in it is noted.
    fn objects<'doc>(&mut self, node: &Node<'doc>, name: &str) -> Option<Vec<Node<'doc>>> {
        let elements = node.needed(name, self.problems)?.elements(self.problems)?;
        Some(elements.into_iter().filter_map(|it| it.object(self.problems)).collect())
    }

    fn round(&mut self, round: &Node<'_>) -> Option<()> {
        let name = round.needed("name", self.problems);
        for game in self.objects(round, "matches")? {
            self.game(&game, name.as_ref());
        }
        Some(())
    }

    /// Reads every part of a match before it gives up on it, for the problems of the others.
    fn game(&mut self, game: &Node<'_>, round_name: Option<&Node<'_>>) -> Option<()> {
        let group = game.optional("group", self.problems);
        let group = group.and_then(|it| it.text(self.problems));
        let round = round_name.and_then(|it| self.round_of(it, group.is_some()));
        let home = game.needed("team1", self.problems);
        let home = home.and_then(|it| self.teams.player(&it, self.problems));
        let away = game.needed("team2", self.problems);
        let away = away.and_then(|it| self.teams.player(&it, self.problems));
        let score_node = score::node(game, self.problems);
        let score = score_node.as_ref().and_then(|it| score::read(it, self.problems));
        self.day(game);

        let group = group.map(str::to_owned);
        let parts = domain::Match { round: round?, group, home: home?, away: away?, score: score? };
        self.matches.push(Match {
            game: parts,
            line: game.line(),
            round_line: round_name?.line(),
            score_line: score_node?.line(),
        });
        Some(())
    }

    fn round_of(&mut self, name: &Node<'_>, has_group: bool) -> Option<Round> {
        let text = name.text(self.problems)?;
        let round = Round::parse(text, has_group);
        if round.is_none() {
            let message = format!("{} is not a known round", quoted(text));
            let problem = name.problem(ProblemKind::Invalid, message).found(text);
            self.problems.push(
                problem
                    .expected(
                        "league, group stage, a matchday with its number, round of 128 to round of \
                         16, quarter-final, semi-final, third place or final",
                    )
                    .advice("correct the name of the round"),
            );
        }
        round
    }

    /// Days are written year first, so the last one is the greatest.
    fn day(&mut self, game: &Node<'_>) -> Option<()> {
        let day = game.optional("date", self.problems)?.text(self.problems)?;
        if self.occurred_on.as_deref().is_none_or(|last| last < day) {
            self.occurred_on = Some(day.to_owned());
        }
        Some(())
    }
}
