//! The catalogue of problems for people: `docs/api/problems.md`, and that each problem is provoked.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path};

use super::Code;

const BLESS: &str = "GUERDON_BLESS";
const HOME: &str = env!("CARGO_MANIFEST_DIR");

const HEAD: &str = "\
# Problems

Written from the code of `crates/api` by its tests; do not edit. Every answer that is not a success is one of
these, as `application/problem+json` (RFC 9457), and looks the same:

```json
{
  \"type\": \"urn:guerdon:problem:tournament-unknown\",
  \"title\": \"There is no such tournament\",
  \"status\": 404,
  \"detail\": \"there is no tournament 0b9f…\",
  \"code\": \"tournament-unknown\",
  \"retryable\": false,
  \"trace_id\": \"9c1d…\",
  \"errors\": []
}
```

Match on `code`: it is for ever, while words may improve. `errors` points at all that is wrong with a body, with
JSON pointers. `existing` is there where something is in the way by existing. What is `retryable` has a
`Retry-After`, and is asked again under the same `Idempotency-Key`. `trace_id` is the `x-request-id` of the
request, in our logs, too.

| code | status | title | retryable | when, and what to do |
|---|---|---|---|---|
";

#[test]
fn the_catalogue_is_as_committed() {
    let file = Path::new(HOME).join("../../docs/api/problems.md");
    let page = Code::ALL.iter().fold(HEAD.to_owned(), |page, code| page + &row(*code));

    if env::var_os(BLESS).is_some() {
        fs::write(&file, &page).unwrap();
    }

    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == page, "docs/api/problems.md is out of date: {BLESS}=1 writes it");
}

#[test]
fn every_problem_is_provoked_by_some_test() {
    let mut sources = BTreeMap::new();
    read(&Path::new(HOME).join("tests"), &mut sources);
    read(&Path::new(HOME).join("src"), &mut sources);
    sources.retain(|path, _| !path.ends_with("problem/code.rs"));

    let named = |code: &Code| {
        let quoted = format!("\"{}\"", code.as_str());
        sources.values().any(|it| it.contains(&quoted))
    };
    let untested: Vec<_> = Code::ALL.iter().filter(|it| !named(it)).map(|it| it.as_str()).collect();

    assert_eq!(untested, Vec::<&str>::new(), "no test names these");
}

fn row(code: Code) -> String {
    let mut row = String::new();
    let (name, status, title) = (code.as_str(), code.status().as_u16(), code.title());
    let retryable = if code.is_retryable() { "yes" } else { "no" };
    // Writing to a string cannot fail.
    let _ = writeln!(row, "| `{name}` | {status} | {title} | {retryable} | {} |", code.help());
    row
}

fn read(folder: &Path, sources: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, sources);
        } else {
            let text = fs::read_to_string(&path).unwrap_or_default();
            sources.insert(path.to_string_lossy().into_owned(), text);
        }
    }
}
