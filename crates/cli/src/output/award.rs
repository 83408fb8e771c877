//! Awards in tables.

use app_service::{
    AwardView, BadgeView,
    domain::{Membership, Outcome, PlayerId, Reward},
};
use serde::Serialize;

use super::{
    Style,
    style::number,
    table::{Column, Table},
};

/// An award with the badges of the tournament that go with it.
#[derive(Debug, Serialize)]
pub(crate) struct TopAward {
    #[serde(flatten)]
    pub(crate) award: AwardView,
    pub(crate) badges: Vec<BadgeView>,
}

/// Somebody who could not be paid.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Unpaid {
    pub(crate) player: PlayerId,
    pub(crate) player_key: String,
    pub(crate) reason: String,
}

/// The column behind the participants that says whose members they are, where that says anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TeamColumn {
    Shown,
    LeftOut,
}

impl TeamColumn {
    const BEHIND: usize = 2;

    pub(super) fn for_any(team: bool) -> Self {
        if team { Self::Shown } else { Self::LeftOut }
    }

    pub(super) fn header(self, columns: &[Column]) -> Vec<Column> {
        self.with(columns.to_vec(), || Column::Word("team"))
    }

    pub(super) fn row<const N: usize>(
        self,
        cells: [String; N],
        team: Option<&Membership>,
    ) -> Vec<String> {
        self.with(cells.into(), || team.map(|it| it.name.clone()).unwrap_or_default())
    }

    fn with<T>(self, mut cells: Vec<T>, team: impl FnOnce() -> T) -> Vec<T> {
        if self == Self::Shown {
            cells.insert(Self::BEHIND.min(cells.len()), team());
        }
        cells
    }
}

/// The best awards, best first.
pub(super) fn top_table(awards: &[TopAward], style: Style) -> String {
    let teams = TeamColumn::for_any(awards.iter().any(|it| it.award.team.is_some()));
    let columns = [
        Column::Number("#"),
        Column::Word("participant"),
        Column::Number("XP"),
        Column::Number("credits"),
        Column::Word("badges"),
    ];
    let mut table = Table::new(&teams.header(&columns), style);
    for TopAward { award, badges } in awards {
        let Reward { credits, .. } = award.reward;
        let cells = [
            outcome_text(award.evidence.outcome),
            award.player_name.clone(),
            number(award.xp_total),
            number(credits),
            badges_text(badges),
        ];
        table.row(teams.row(cells, award.team.as_ref()));
    }
    table.text()
}

/// Those who could not be paid, and why.
pub(super) fn unpaid_table(unpaid: &[Unpaid], style: Style) -> String {
    let columns = [Column::Word("not paid"), Column::Word("because")];
    let mut table = Table::new(&columns, style);
    for it in unpaid {
        table.row([it.player_key.clone(), it.reason.clone()]);
    }
    table.text()
}

/// A rank, or why there is none.
pub(super) fn outcome_text(outcome: Outcome) -> String {
    match outcome {
        Outcome::Placed(placement) => number(placement.rank()),
        Outcome::Unplaced => "unplaced".to_owned(),
        Outcome::Absent => "absent".to_owned(),
        Outcome::Disqualified => "disqualified".to_owned(),
    }
}

/// Icons and titles, rarest first.
pub(super) fn badges_text(badges: &[BadgeView]) -> String {
    let mut badges: Vec<_> = badges.iter().collect();
    badges.sort_by_key(|it| (std::cmp::Reverse(it.face.rarity), it.badge));
    let title = |it: &&BadgeView| format!("{} {}", it.face.icon, it.face.title);
    badges.iter().map(title).collect::<Vec<_>>().join(", ")
}
