//! What is read from CSV.

use std::fmt::Write as _;

use cli::import::{ColumnNames, Import, ImportOptions, MarkColumn, Status};
use domain::{Better, Finish, Membership, Placement, RankedEntry, RankedList, Results};

use crate::support::{file, read, read_one};

#[test]
fn columns_are_found_by_their_usual_names_and_others_are_left_alone() {
    let content = "Race ID,Date,Race-Name,weather,POSITION,Driver ID\n\
                   monza,2014-09-07,Italian Grand Prix,dry,1,hamilton\n\
                   monza,2014-09-07,Italian Grand Prix,dry,2,rosberg\n\
                   suzuka,2014-10-05,Japanese Grand Prix,wet,1,hamilton\n";

    let (tournaments, problems) = read(&file("f1.csv", content), &ImportOptions::default());

    assert_eq!(problems, []);
    let [monza, suzuka] = tournaments.as_slice() else { panic!("{tournaments:?}") };
    assert_eq!((monza.key.as_str(), monza.name.as_str()), ("monza", "Italian Grand Prix"));
    assert_eq!(monza.occurred_on.as_deref(), Some("2014-09-07"));
    assert_eq!(monza.players.len(), 2);
    assert_eq!(suzuka.source.row_line(0), Some(4));
}

#[test]
fn a_file_without_tournaments_is_one_called_as_the_file_or_as_the_user_says() {
    let scratch = file("club-night.csv", "player,player_name,place\na,Anna,1\nb,,2\n");
    let options = ImportOptions { tournament: Some("night-7".into()), ..ImportOptions::default() };

    let by_file = read_one(&scratch, &ImportOptions::default());
    let by_user = read_one(&scratch, &options);

    assert_eq!((by_file.key.as_str(), by_file.name.as_str()), ("club-night", "club-night"));
    assert_eq!(by_user.key, "night-7");
    let names: Vec<_> = by_file.players.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Anna", "b"]);
}

#[test]
fn words_say_how_those_without_a_placement_ended() {
    let content = "player,placement\na,1\nb,dnf\nc,DNS\nd,Dsq\ne,spun\n";
    let mut options = ImportOptions::default();
    options.words.set("Spun", Status::Unplaced);

    let tournament = read_one(&file("list.csv", content), &options);

    let Results::Ranked(RankedList::Placements(entries)) = &tournament.results else {
        panic!("{tournament:?}")
    };
    let finishes: Vec<_> = entries.iter().map(|it| it.finish).collect();
    let expected = [
        Finish::Marked(Placement::FIRST),
        Finish::Unplaced,
        Finish::Absent,
        Finish::Disqualified,
        Finish::Unplaced,
    ];
    assert_eq!(finishes, expected);
}

#[test]
fn a_measured_value_takes_the_place_of_a_placement() {
    let columns = ColumnNames {
        mark: MarkColumn::Value { column: "metres".into(), better: Better::Higher },
        team: Some("club".into()),
        ..ColumnNames::default()
    };
    let options = ImportOptions { columns, delimiter: Some(';'), ..ImportOptions::default() };
    let scratch = file("jump.csv", "athlete;club;metres\nanna;east;7.25\nbert;;-1e-1\ncleo;;NC\n");

    let (tournaments, _) = read(&scratch, &options);

    let entry = |player: usize, team: Option<&str>, finish| RankedEntry {
        team: team.map(Into::into),
        ..RankedEntry::new(tournaments[0].players[player].id, finish)
    };
    let entries = vec![
        entry(0, Some("east"), Finish::Marked(7.25)),
        entry(1, None, Finish::Marked(-0.1)),
        entry(2, None, Finish::Unplaced),
    ];
    let list = RankedList::Measured { better: Better::Higher, entries };
    assert_eq!(tournaments[0].results, Results::Ranked(list));
}

#[test]
fn a_column_called_team_makes_no_tournament_of_teams_by_itself() {
    let content = "player,team,placement\na,red,1\nb,red,2\n";

    let tournament = read_one(&file("list.csv", content), &ImportOptions::default());

    let Results::Ranked(RankedList::Placements(entries)) = &tournament.results else {
        panic!("{tournament:?}")
    };
    assert!(entries.iter().all(|it| it.team.is_none()));
}

/// However lines end, and whatever is between them, a row is where a person sees it.
#[test]
fn line_numbers_are_those_of_an_editor() {
    let plain = "player,note,placement\n\na,\"two\nlines\",1\n\n\nb,\"\",2\n";
    let endings = [
        plain.to_owned(),
        plain.replace('\n', "\r\n"),
        plain.replace('\n', "\r"),
        plain.trim_end().to_owned(),
        format!("\u{feff}{plain}"),
        format!("{plain}\r\n\r\n"),
    ];

    for content in endings {
        let tournament = read_one(&file("list.csv", &content), &ImportOptions::default());

        let lines = [tournament.source.row_line(0), tournament.source.row_line(1)];
        assert_eq!(lines, [Some(3), Some(7)], "{content:?}");
    }
}

/// 200,000 rows in 2,000 tournaments: the iterator hands each out before it reads on.
#[test]
fn a_large_file_is_read_tournament_by_tournament() {
    let mut content = String::from("tournament,player,placement\n");
    for row in 0..200_000 {
        writeln!(content, "t{},p{},{}", row / 100, row % 777, row % 100 + 1).unwrap();
    }
    let scratch = file("large.csv", &content);
    let import = Import::open(&scratch.path, &ImportOptions::default()).unwrap();

    let mut rows = 0;
    for tournament in import.tournaments() {
        let tournament = tournament.unwrap();
        assert_eq!(tournament.players.len(), 100);
        rows += tournament.players.len();
    }

    assert_eq!(rows, 200_000);
}

#[test]
fn members_bring_their_weight_and_rows_their_tie_break() {
    let columns = ColumnNames {
        team: Some("club".into()),
        weight: Some("laps".into()),
        tie_break: Some("bib".into()),
        ..ColumnNames::default()
    };
    let options = ImportOptions { columns, ..ImportOptions::default() };
    let content = "player,placement,club,laps,bib\na,1,east,7,-2.5\nb,1,east,,\nc,DNS,,,3\n";

    let tournament = read_one(&file("list.csv", content), &options);

    let Results::Ranked(RankedList::Placements(entries)) = &tournament.results else {
        panic!("{tournament:?}")
    };
    let weight = |it: &Membership| it.weight.get();
    let said: Vec<_> =
        entries.iter().map(|it| (it.team.as_ref().map(weight), it.tie_break)).collect();
    assert_eq!(said, [(Some(7), Some(-2.5)), (Some(1), None), (None, Some(3.0))]);
}
