//! `docs/performance.md`: the part that is written by the run, its charts, and the figures behind both.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    Failure,
    report::Report,
    sections::{self, Section, targets},
};

const BEGIN: &str = "<!-- What follows is written by `cargo xtask bench --write`. -->\n";
const END: &str = "<!-- What `cargo xtask bench --write` writes ends here. -->\n";

/// A file of the page, relative to `docs`, and what is in it.
type Files = Vec<(String, String)>;

/// Writes what was measured now; of the cases that were not, what was measured before stays.
pub(crate) fn write(report: Report) -> Result<(), Failure> {
    let report = report.besides(Report::kept(&figures())?);
    fs::create_dir_all(docs().join("performance"))?;
    for (name, text) in files(&report)? {
        fs::write(docs().join(name), text)?;
    }
    Ok(())
}

/// Everything that follows from a report.
fn files(report: &Report) -> Result<Files, Failure> {
    let sections = sections::of(report);
    let page = fs::read_to_string(docs().join("performance.md"))?;
    let (before, after) = around(&page).ok_or("docs/performance.md has lost its marks")?;
    let figures = serde_json::to_string_pretty(report)? + "\n";
    let mut files = vec![
        (
            "performance.md".to_owned(),
            format!("{before}{BEGIN}\n{}\n{END}{after}", body(report, &sections)),
        ),
        ("performance/figures.json".to_owned(), figures),
    ];
    for picture in sections.into_iter().flat_map(|it| it.pictures) {
        files.push((format!("performance/{}.svg", picture.name), picture.svg));
    }
    Ok(files)
}

/// What people have written, before and behind what the run writes.
fn around(page: &str) -> Option<(&str, &str)> {
    let (before, rest) = page.split_once(BEGIN)?;
    Some((before, rest.split_once(END)?.1))
}

fn body(report: &Report, sections: &[Section]) -> String {
    let goals = format!("### Targets\n\n{}", targets::table(report).markdown());
    let sections = sections.iter().map(|it| section(report, it));
    [goals].into_iter().chain(sections).collect::<Vec<_>>().join("\n")
}

fn section(report: &Report, section: &Section) -> String {
    let taken = report.taken.get(&section.case).map(|it| format!("{}\n\n", it.sentence()));
    let pictures = section.pictures.iter().map(|it| {
        let (alternative, name) = (it.alternative, it.name);
        format!("![{alternative}](performance/{name}.svg)\n\n")
    });
    let pictures: Vec<_> = pictures.collect();
    let notes: Vec<_> = section.notes.iter().map(|it| format!("\n{it}\n")).collect();
    let table = section.grid.markdown();
    let (pictures, notes) = (pictures.concat(), notes.concat());
    format!("### {}\n\n{}{pictures}{table}{notes}", section.title, taken.unwrap_or_default())
}

fn figures() -> PathBuf {
    docs().join("performance/figures.json")
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_and_its_charts_say_what_the_figures_say() {
        let bless = std::env::var_os("GUERDON_BLESS").is_some();
        let report = Report::kept(&figures()).unwrap();
        if bless {
            return write(report).unwrap();
        }

        let files = files(&report).unwrap();

        for (name, text) in files {
            let there = fs::read_to_string(docs().join(&name)).unwrap_or_default();
            assert!(there == text, "docs/{name} says something else: see GUERDON_BLESS");
        }
    }
}
