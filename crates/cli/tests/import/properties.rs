//! No input makes the importers panic, and half a file is never taken for a whole one.

use cli::import::{Format, ImportOptions};
use proptest::prelude::*;

use crate::support::{file, read};

const CUP: &str = r#"{"name": "Cup ✓", "matches": [
 {"round": "Final", "team1": "Côte d'Ivoire", "team2": "Japan", "score": {"ft": [1, 0]}},
 {"round": "Matchday 1", "group": "Group A", "team1": "Peru", "team2": "Japan",
  "score": {"ft": [3, 0], "ht": [1, 0]}}]}"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_truncated_json_file_is_always_a_problem(length in 0..CUP.len()) {
        let scratch = file("cup.json", &CUP.as_bytes()[..length]);

        let (tournaments, problems) = read(&scratch, &ImportOptions::default());

        prop_assert!(tournaments.is_empty());
        prop_assert!(!problems.is_empty());
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        format in prop_oneof![Just(Format::Csv), Just(Format::Tsv), Just(Format::Json)],
    ) {
        let options = ImportOptions { format: Some(format), ..ImportOptions::default() };

        let (tournaments, problems) = read(&file("any", bytes), &options);

        prop_assert!(tournaments.is_empty() != problems.is_empty());
    }

    #[test]
    fn any_text_of_csv_is_read_or_refused(rows in "player,rank\n([ab1\",\r\n]|DNF){0,60}") {
        let (tournaments, problems) = read(&file("any.csv", rows), &ImportOptions::default());

        prop_assert!(!tournaments.is_empty() || !problems.is_empty());
    }

    #[test]
    fn any_text_that_looks_like_json_is_read_or_refused(text in r#"[\[\]{}",:\\n0-9ea.é-]{0,60}"#) {
        let (tournaments, problems) = read(&file("any.json", text), &ImportOptions::default());

        prop_assert!(!tournaments.is_empty() || !problems.is_empty());
    }
}
