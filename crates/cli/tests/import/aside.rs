//! A list that nobody holds is ranked as one that is held, whatever is in it.

use cli::import::{ColumnNames, Import, ImportOptions, MarkColumn, Problem};
use domain::{Better, OnDuplicate, OnGap, Standing, StandingsRules, TieBreak, TieRule};
use proptest::prelude::*;

use crate::support::{Scratch, file};

/// What a list comes to: its standings, or what is wrong with it.
type Ranked = Result<Vec<Standing>, Vec<Problem>>;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_list_is_ranked_as_if_it_were_held(
        rows in rows(), rules in rules(), mark in mark(), rows_held in 1_usize..9,
    ) {
        let scratch = file("list.csv", format!("player,mark,team,tie\n{}", rows.join("\n")));
        let columns = ColumnNames {
            mark,
            team: Some("team".into()),
            tie_break: Some("tie".into()),
            ..ColumnNames::default()
        };
        let options = ImportOptions { columns, rows_held, ..ImportOptions::default() };

        prop_assert_eq!(aside(&scratch, &options, rules), held(&scratch, &options, rules));
    }
}

#[test]
fn of_many_problems_the_first_are_told_and_the_others_counted() {
    let rows: Vec<_> = (0..2_500).map(|row| format!("p{},{}", row / 2, row + 1)).collect();
    let scratch = file("list.csv", format!("player,placement\n{}\n", rows.join("\n")));

    let told = aside(&scratch, &ImportOptions::default(), StandingsRules::default());

    let told = told.unwrap_err();
    assert_eq!(told.len(), 1_001);
    assert_eq!((told[0].line, told[999].line), (Some(3), Some(2_001)));
    assert_eq!(told[1_000].message, "and 250 more problems");
}

fn aside(scratch: &Scratch, options: &ImportOptions, rules: StandingsRules) -> Ranked {
    let import = Import::open(&scratch.path, options)?;
    let field = import.fields(rules).next().expect("one tournament")?;
    Ok(field.standings.standings().map(|it| it.expect("what was put aside")).collect())
}

fn held(scratch: &Scratch, options: &ImportOptions, rules: StandingsRules) -> Ranked {
    let import = Import::open(&scratch.path, options)?;
    let tournament = import.tournaments().next().expect("one tournament")?;
    Ok(tournament.standings(&rules)?.entries().to_vec())
}

/// Lists with ties, gaps, duplicates, teams that are divided, and rows without a mark.
fn rows() -> impl Strategy<Value = Vec<String>> {
    let team = prop_oneof![2 => Just(""), 1 => Just("red"), 1 => Just("blue")];
    let word = |it: &str| Just(it.to_owned());
    let mark = prop_oneof![
        6 => (1_u32..9).prop_map(|it| it.to_string()),
        1 => word("DNF"),
        1 => word("DNS"),
        1 => word("DSQ"),
    ];
    let tie = prop_oneof![2 => Just(String::new()), 3 => (0_u32..4).prop_map(|it| it.to_string())];
    let row = (0..30_u32, mark, team, tie)
        .prop_map(|(player, mark, team, tie)| format!("p{player},{mark},{team},{tie}"));
    proptest::collection::vec(row, 1..40)
}

fn mark() -> impl Strategy<Value = MarkColumn> {
    let value = |better| MarkColumn::Value { column: "mark".into(), better };
    prop_oneof![
        Just(MarkColumn::Placement(Some("mark".into()))),
        Just(value(Better::Lower)),
        Just(value(Better::Higher)),
    ]
}

fn rules() -> impl Strategy<Value = StandingsRules> {
    let ties = prop_oneof![Just(TieRule::Skip), Just(TieRule::Dense), Just(TieRule::Ordinal)];
    let tie_break =
        prop_oneof![Just(TieBreak::Lower), Just(TieBreak::Higher), Just(TieBreak::Listed)];
    let on_gap = prop_oneof![1 => Just(OnGap::Refuse), 3 => Just(OnGap::Close)];
    let on_duplicate = prop_oneof![1 => Just(OnDuplicate::Refuse), 3 => Just(OnDuplicate::Best)];
    (ties, tie_break, on_gap, on_duplicate).prop_map(|(ties, tie_break, on_gap, on_duplicate)| {
        StandingsRules { ties, tie_break, on_gap, on_duplicate, ..StandingsRules::default() }
    })
}
