//! CSV files that are wrong, and everything that is said about each of them.

use cli::import::{ColumnNames, ImportOptions, MarkColumn};
use domain::Better;

use crate::support::{assert_problems, file, read};

/// A file and its problems: line, field and a part of what is said.
type Case = (&'static str, &'static [(u64, &'static str, &'static str)]);

fn assert_all(cases: &[Case]) {
    for (content, expected) in cases {
        assert_problems("list.csv", content, &ImportOptions::default(), expected);
    }
}

#[test]
fn a_file_without_results_is_refused() {
    assert_all(&[
        ("", &[(0, "", "the file is empty")]),
        ("\n\r\n", &[(0, "", "the file is empty")]),
        ("\u{feff}", &[(0, "", "the file is empty")]),
        ("player,placement\n", &[(0, "", "there is a header and no rows")]),
        ("player,placement", &[(0, "", "there is a header and no rows")]),
    ]);
}

#[test]
fn columns_that_cannot_be_told_are_all_named_with_the_option_to_use() {
    assert_all(&[
        (
            "who,points\nanna,1\n",
            &[
                (1, "--player-column", r#"there are "who", "points""#),
                (1, "--placement-column", "--value-column and --better"),
            ],
        ),
        (
            "tournament,race_id,rank,position,player\nt,t,1,1,anna\n",
            &[
                (1, "--tournament-column", r#"the columns "tournament", "race_id" could all"#),
                (1, "--placement-column", r#"the columns "rank", "position" could all be meant"#),
            ],
        ),
        ("player,rank,rank\nanna,1,1\n", &[(1, "--placement-column", "could all be meant")]),
        (
            "player;rank\nanna;1\n",
            &[
                (1, "--player-column", "--delimiter ';'"),
                (1, "--placement-column", "--delimiter ';'"),
            ],
        ),
    ]);
}

#[test]
fn a_named_column_that_is_not_there_is_refused_with_the_closest() {
    let columns = ColumnNames {
        player: Some("playr".into()),
        team: Some("club".into()),
        mark: MarkColumn::Value { column: "score".into(), better: Better::Higher },
        ..ColumnNames::default()
    };
    let options = ImportOptions { columns, ..ImportOptions::default() };

    let expected: &[(u64, &str, &str)] = &[
        (1, "--team-column", r#"there is no column "club"; there are "player", "scores""#),
        (1, "--player-column", r#"did you mean "player"?"#),
        (1, "--value-column", r#"did you mean "scores"?"#),
    ];
    assert_problems("list.csv", "player,scores\na,1\n", &options, expected);
}

#[test]
fn options_that_do_not_fit_the_file_are_refused() {
    let options = ImportOptions { tournament: Some("t".into()), ..ImportOptions::default() };
    let content = "race_id,player,rank\nt,a,1\n";
    let expected = [(1, "--tournament-column", "leave --tournament out")];
    assert_problems("list.csv", content, &options, &expected);

    let options = ImportOptions { delimiter: Some('→'), ..ImportOptions::default() };
    assert_problems("list.csv", content, &options, &[(0, "", "give another --delimiter")]);
}

#[test]
fn a_placement_is_a_whole_number_from_one_or_a_known_word() {
    let expected: &[(u64, &str, &str)] = &[
        (2, "placement", r#""0" is not understood, expected a whole number from 1, or one of DNF"#),
        (3, "placement", r#""-1" is not understood"#),
        (4, "placement", r#""1.5" is not understood"#),
        (5, "placement", r#""+1" is not understood"#),
        (6, "placement", r#""gone" is not understood"#),
        (7, "placement", "the cell is empty"),
        (8, "placement", r#""99999999999" is not understood"#),
    ];
    let content = "player,placement\na,0\nb,-1\nc,1.5\nd,+1\ne,gone\nf, \ng,99999999999\n";
    assert_problems("list.csv", content, &ImportOptions::default(), expected);
}

#[test]
fn a_value_is_a_finite_number() {
    let mark = MarkColumn::Value { column: "time".into(), better: Better::Lower };
    let columns = ColumnNames { mark, ..ColumnNames::default() };
    let options = ImportOptions { columns, ..ImportOptions::default() };

    let expected: &[(u64, &str, &str)] = &[
        (2, "time", r#""NaN" is not understood, expected a number such as 12.5"#),
        (3, "time", r#""inf" is not understood"#),
        (4, "time", r#""1,5" is not understood"#),
        (5, "time", r#""1e999" is not understood"#),
    ];
    let content = "player,time\na,NaN\nb,inf\nc,\"1,5\"\nd,1e999\ne,1.5\n";
    assert_problems("list.csv", content, &options, expected);
}

#[test]
fn rows_that_are_no_rows_are_named_by_their_line() {
    assert_all(&[
        (
            "player,placement\na,1,x\nb\n,3\nc,4\n",
            &[
                (2, "", "the row has 3 fields, the header has 2"),
                (3, "", "the row has 1 field, the header has 2"),
                (4, "player", "the participant is missing"),
            ],
        ),
        (
            "placement,player\n1,a\n2,\"b\n3,c\n4,d\n",
            &[(3, "", "a quote is opened and never closed")],
        ),
        (
            "player,placement\na,1\n\"b\n,2\nc\",3\n",
            &[(3, "player", r"is more than one line, expected a text of one line")],
        ),
        ("player,\"placement\na,1", &[(1, "", "a quote is opened and never closed")]),
        (
            "tournament,player,rank\n,a,1\nt,,2\n",
            &[
                (2, "tournament", "the tournament is missing"),
                (3, "player", "the participant is missing"),
            ],
        ),
    ]);
}

#[test]
fn keys_and_names_that_are_no_readable_text_are_told_with_place_and_remedy() {
    let content = "tournament,name,date,player,player_name,club,rank\n\
                   t,T\u{1b}[2J,20\u{7}20,a\0,A\0da,x,1\n\
                   t,T\u{1b}[2J,20\u{7}20,b,Bea,re\u{8}d,2\n\
                   u\u{9b},U,2020,c,Cy,red,1\n";
    let columns = ColumnNames {
        name: Some("name".into()),
        team: Some("club".into()),
        ..ColumnNames::default()
    };
    let options = ImportOptions { columns, ..ImportOptions::default() };

    let remedy = "expected a text without control characters; remove the character";
    let says = |code: &str| format!("has the control character U+{code}, {remedy}");
    let expected = [
        (2, "name", says("001B")),
        (2, "date", says("0007")),
        (2, "player", says("0000")),
        (2, "player_name", says("0000")),
        (3, "club", says("0008")),
        (4, "tournament", says("009B")),
    ];
    let expected = expected.each_ref().map(|(line, field, says)| (*line, *field, says.as_str()));
    assert_problems("list.csv", content, &options, &expected);
}

#[test]
fn a_name_that_is_too_long_is_told_and_not_repeated_whole() {
    let content = format!("player,player_name,rank\na,{},1\n", "x".repeat(10_000));
    let scratch = file("list.csv", content);

    let (_, problems) = read(&scratch, &ImportOptions::default());

    let told = problems[0].to_string();
    assert!(
        told.ends_with("is 10000 characters long, expected at most 500 characters; shorten it")
    );
    assert!(told.contains(":2: player_name:") && told.len() < 400, "{told}");
}

#[test]
fn a_tournament_whose_key_is_no_readable_text_is_refused_before_its_rows() {
    let key = ImportOptions { tournament: Some("a\nb".into()), ..ImportOptions::default() };
    let expected = [(0, "--tournament", "give the tournament a key with --tournament")];

    assert_problems("list.csv", "player,rank\na,1\n", &key, &expected);
    assert_problems("list.json", "{\"matches\": []}", &key, &expected);
}

#[test]
fn bytes_that_are_no_utf8_are_named_by_line_and_column() {
    let expected: &[(u64, &str, &str)] = &[(3, "player", "iconv"), (5, "", "iconv")];
    let content = b"player,placement\na,1\nJ\xf6rg,2\nb,3\nc,4,\xff\n";
    assert_problems("list.csv", content, &ImportOptions::default(), expected);
    let utf16 = b"\xff\xfep\0l\0a\0y\0e\0r\0\n\0";
    assert_problems("list.csv", utf16, &ImportOptions::default(), &[(1, "", "-f UTF-16")]);
}

#[test]
fn a_row_larger_than_any_row_ends_the_reading() {
    let filler = "x,9\n".repeat(1 << 20);
    let content = format!("player,placement\na,1\nb,\"2\n{filler}");
    let scratch = file("list.csv", content);

    let (_, problems) = read(&scratch, &ImportOptions::default());

    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].to_string().contains("larger than 1 MiB"), "{}", problems[0]);
}

#[test]
fn a_tournament_that_comes_back_is_told_with_both_lines() {
    let content = "event_id,name,player,rank\n\
                   x,X,a,1\n\
                   y,Y,a,1\n\
                   x,X,b,2\n\
                   x,Z,c,oops\n\
                   y,Y,b,2\n";
    let expected: &[(u64, &str, &str)] = &[
        (4, "event_id", r#"tournament "x" comes again, after it began in line 2"#),
        (5, "name", r#""Z" differs from "X" in line 4"#),
        (5, "rank", r#""oops" is not understood"#),
        (6, "event_id", r#"tournament "y" comes again, after it began in line 3"#),
    ];
    assert_problems("list.csv", content, &ImportOptions::default(), expected);
}

#[test]
fn broken_rules_of_competitions_are_told_in_the_words_of_the_file() {
    let content = "race_id,driver_id,position\n\
                   monza,hamilton,1\n\
                   monza,rosberg,2\n\
                   monza,hamilton,3\n\
                   suzuka,rosberg,1\n\
                   suzuka,hamilton,4\n";
    let expected: &[(u64, &str, &str)] = &[
        (
            4,
            "driver_id",
            "hamilton is listed twice (see line 2); remove one of the rows, or let the better finish count with --on-duplicate best",
        ),
        (
            6,
            "position",
            "hamilton is placed 4, but the next placement is 2; add the missing rows, correct the placement, or let those behind move up with --on-gap close",
        ),
    ];
    assert_problems("list.csv", content, &ImportOptions::default(), expected);
}

#[test]
fn a_problem_knows_its_tournament_and_more_than_a_thousand_are_counted() {
    let rows = "t,p,-1\n".repeat(1500);
    let scratch = file("list.csv", format!("tournament,player,rank\n{rows}"));

    let (_, problems) = read(&scratch, &ImportOptions::default());

    assert_eq!(problems.len(), 1001);
    assert_eq!(problems[0].tournament.as_deref(), Some("t"));
    assert!(problems[1000].to_string().contains("and 500 more problems"), "{}", problems[1000]);
}

#[test]
fn what_a_file_brings_along_never_reaches_the_terminal() {
    let content = "player,player_name,rank\na,\"An\u{1b}[2J\nna\",1\na,Anna,2\n";
    let expected = [(2, "player_name", r#""An\u{1b}[2J\nna" has the control character U+001B"#)];
    assert_problems("list.csv", content, &ImportOptions::default(), &expected);
}

/// What is wrong with the cells of one row is told at once.
#[test]
fn a_weight_is_a_whole_number_and_a_tie_break_a_finite_one() {
    let columns = ColumnNames {
        team: Some("club".into()),
        weight: Some("laps".into()),
        tie_break: Some("bib".into()),
        ..ColumnNames::default()
    };
    let options = ImportOptions { columns, ..ImportOptions::default() };

    let content = "player,placement,club,laps,bib\n\
                   a,1,east,0,NaN\nb,1,east,1.5,4\nc,2,west,1000001,x\nd,2,west,,\n";
    let expected: &[(u64, &str, &str)] = &[
        (2, "laps", r#""0" is not understood, expected a whole number from 1 to 1000000"#),
        (2, "bib", r#""NaN" is not understood, expected a number such as 12.5, or nothing"#),
        (3, "laps", r#""1.5" is not understood"#),
        (4, "laps", r#""1000001" is not understood"#),
        (4, "bib", r#""x" is not understood"#),
    ];
    assert_problems("list.csv", content, &options, expected);
}

#[test]
fn a_member_of_two_teams_is_told_with_both_lines() {
    let columns = ColumnNames { team: Some("club".into()), ..ColumnNames::default() };
    let options = ImportOptions { columns, ..ImportOptions::default() };

    let content = "player,placement,club\nanna,1,east\nbert,2,west\nanna,2,west\n";
    let expected = [(4, "club", "anna plays for west, and for east, too (see line 2)")];
    assert_problems("list.csv", content, &options, &expected);
}
