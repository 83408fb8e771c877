//! JSON files that are wrong, and everything that is said about each of them.

use cli::import::ImportOptions;

use crate::support::assert_problems;

/// A file and its problems: line, field and a part of what is said.
type Case = (&'static str, &'static [(u64, &'static str, &'static str)]);

fn assert_all(cases: &[Case]) {
    for (content, expected) in cases {
        assert_problems("cup.json", content, &ImportOptions::default(), expected);
    }
}

/// A file of one match, on line 2, with `members`.
fn assert_match(members: &str, expected: &[(u64, &str, &str)]) {
    let content = format!("{{\"matches\": [\n{{{members}}}]}}");
    assert_problems("cup.json", content, &ImportOptions::default(), expected);
}

#[test]
fn what_is_no_json_is_refused_at_its_line() {
    assert_all(&[
        ("", &[(0, "", "the file is empty")]),
        (" \n ", &[(0, "", "the file is empty")]),
        ("{\n\"matches\": [\n", &[(2, "", "the file ends inside the array that begins in line 2")]),
        ("{\"name\":\n\"World", &[(2, "", "check that the file is complete")]),
        ("{\n\"matches\": [],\n}", &[(2, "", "Trailing commas are not allowed")]),
        ("{\n// note\n\"matches\": []}", &[(2, "", "Comments are not allowed")]),
        ("{\"matches\": []}\n{}", &[(2, "", "more than one JSON value")]),
    ]);
}

#[test]
fn what_has_no_matches_is_refused() {
    assert_all(&[
        ("[]", &[(1, "", "an array of 0 does not belong here, expected an object")]),
        ("{}", &[(1, "", r#""matches" is missing"#)]),
        (r#"{"matches": {}}"#, &[(1, "matches", "expected an array")]),
        (r#"{"matches": []}"#, &[(1, "matches", "there are no results")]),
        (r#"{"matches": [], "rounds": []}"#, &[(1, "", r#"both "matches" and "rounds""#)]),
        (
            r#"{"name": 7, "matches": []}"#,
            &[(1, "name", "7 does not belong here, expected a text")],
        ),
        (
            "{\"rounds\": [\n{\"name\": \"Final\"},\n7,\n{\"name\": \"Final\", \"matches\": [null]}]}",
            &[
                (3, "rounds[1]", "7 does not belong here, expected an object"),
                (2, "rounds[0]", r#""matches" is missing"#),
                (4, "rounds[2].matches[0]", "null does not belong here, expected an object"),
            ],
        ),
    ]);
}

#[test]
fn names_that_are_no_readable_text_are_told_with_place_and_remedy() {
    const REMEDY: &str = "has the control character U+0000, expected a text without control \
                          characters; remove the character";
    assert_match(
        r#""round": "Final", "team1": "Bra\u0000zil", "team2": {"name": "Ita\nly"},
           "group": "A\u0000", "score": {"ft": [1, 0]}"#,
        &[
            (3, "matches[0].group", REMEDY),
            (2, "matches[0].team1", REMEDY),
            (2, "matches[0].team2.name", "is more than one line, expected a text of one line"),
        ],
    );
    assert_all(&[(r#"{"name": "C\u0000up", "matches": []}"#, &[(1, "name", REMEDY)])]);
}

#[test]
fn every_part_of_a_match_is_checked_at_once() {
    assert_match(
        "",
        &[
            (2, "matches[0]", r#""round" is missing"#),
            (2, "matches[0]", r#""team1" is missing"#),
            (2, "matches[0]", r#""team2" is missing"#),
            (2, "matches[0]", "the match has not been played"),
        ],
    );
    assert_match(
        r#""round": "Finalissima",
           "team1": 1,
           "team2": {"code": "ITA"},
           "group": [],
           "date": 2020,
           "score": {
             "ft": [-1, 1.5],
             "et": [1],
             "p": ["3", null]}"#,
        &[
            (5, "matches[0].group", "expected a text"),
            (2, "matches[0].round", r#""Finalissima" is not a known round, expected league"#),
            (3, "matches[0].team1", "1 does not belong here, expected a text"),
            (4, "matches[0].team2", r#""name" is missing"#),
            (8, "matches[0].score.ft[0]", "-1 does not belong here, expected a whole number"),
            (8, "matches[0].score.ft[1]", "1.5 does not belong here"),
            (9, "matches[0].score.et", "an array of 1 does not belong here"),
            (10, "matches[0].score.p[0]", r#""3" does not belong here"#),
            (10, "matches[0].score.p[1]", "null does not belong here"),
            (6, "matches[0].date", "2020 does not belong here"),
        ],
    );
}

#[test]
fn a_match_without_a_score_has_not_been_played() {
    let teams = r#""round": "Final", "team1": "A", "team2": "B""#;

    let expected = [(2, "matches[0]", "the match has not been played")];
    assert_match(teams, &expected);
    assert_match(&format!(r#"{teams}, "score": null"#), &expected);
    let expected = [(2, "matches[0].score", r#""ft" is missing"#)];
    assert_match(&format!(r#"{teams}, "score": {{"ht": [0, 0]}}"#), &expected);
}

#[test]
fn a_member_given_twice_and_two_teams_of_one_key_are_refused() {
    assert_match(
        "\"round\": \"Final\", \"team1\": \"Perú\", \"team2\": \"Peru\",\n\
         \"score\": {\"ft\": [1, 0]},\n\"score\": {\"ft\": [0, 1]}",
        &[
            (2, "matches[0].team2", r#""Peru" and "Perú" of line 2 would both be player peru"#),
            (4, "matches[0]", r#""score" stands here twice"#),
        ],
    );
}

#[test]
fn broken_rules_of_competitions_are_told_at_the_line_of_the_score() {
    assert_match(
        "\"round\": \"Final\", \"team1\": \"Peru\", \"team2\": \"Chile\",\n\"score\": {\"ft\": [1, 1]}",
        &[(3, "score", "Peru – Chile is a knockout match without a winner")],
    );
}

#[test]
fn bytes_that_are_no_utf8_are_named_by_their_line() {
    let content = b"{\n\"name\": \"K\xf6ln\"}";
    assert_problems("cup.json", content, &ImportOptions::default(), &[(2, "", "iconv")]);
}
