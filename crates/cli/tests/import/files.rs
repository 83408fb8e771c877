//! Whether there is a file, and of what kind.

use std::fs;

use cli::import::{Format, Import, ImportOptions, ProblemKind};

use crate::support::{assert_problems, file, read};

const LIST: &str = "player,placement\nanna,1\nbert,2\n";

#[test]
fn a_file_that_is_not_there_and_a_directory_are_told_apart() {
    let scratch = file("list.csv", LIST);
    let options = ImportOptions { format: Some(Format::Csv), ..ImportOptions::default() };

    let absent = Import::open(&scratch.path.with_file_name("absent.csv"), &options).unwrap_err();
    let directory = Import::open(scratch.path.parent().unwrap(), &options).unwrap_err();

    assert_eq!(absent.len(), 1);
    assert!(absent[0].to_string().contains("absent.csv: cannot be read"), "{}", absent[0]);
    assert!(directory[0].to_string().contains("this is a directory"), "{}", directory[0]);
}

#[test]
fn the_extension_tells_the_format_unless_an_option_does() {
    assert_problems("list.txt", LIST, &ImportOptions::default(), &[(0, "", "--format csv")]);
    assert_problems("list.CSV", LIST, &ImportOptions::default(), &[]);
    assert_problems("list.tsv", LIST.replace(',', "\t"), &ImportOptions::default(), &[]);

    let options = ImportOptions { format: Some(Format::Csv), ..ImportOptions::default() };
    assert_problems("list.txt", LIST, &options, &[]);
}

#[test]
fn a_json_file_above_the_limit_is_refused_unread() {
    let scratch = file("large.json", "{}");
    fs::OpenOptions::new().write(true).open(&scratch.path).unwrap().set_len(65 << 20).unwrap();

    let (_, problems) = read(&scratch, &ImportOptions::default());

    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].kind, ProblemKind::TooLarge);
    assert!(problems[0].to_string().contains("at most 64 MiB"), "{}", problems[0]);
}

#[test]
fn a_file_is_read_as_often_as_asked_and_one_that_changed_is_refused() {
    let scratch = file("list.csv", LIST);
    let import = Import::open(&scratch.path, &ImportOptions::default()).unwrap();
    assert!(import.tournaments().all(|it| it.is_ok()));
    assert_eq!(import.tournaments().count(), 1);

    fs::write(&scratch.path, format!("{LIST}cleo,3\n")).unwrap();

    let problems = import.tournaments().next().unwrap().unwrap_err();
    assert_eq!(problems[0].kind, ProblemKind::Changed);
}

#[test]
fn a_file_that_changes_while_it_is_read_is_refused_at_its_end() {
    let scratch = file("list.csv", LIST);
    let import = Import::open(&scratch.path, &ImportOptions::default()).unwrap();
    let mut tournaments = import.tournaments();

    fs::write(&scratch.path, format!("{LIST}cleo,3\n")).unwrap();

    let problems = tournaments.next().unwrap().unwrap_err();
    assert_eq!(problems[0].kind, ProblemKind::Changed);
}
