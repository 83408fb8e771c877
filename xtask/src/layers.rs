//! `cargo xtask layers`: proves from `cargo metadata` that dependencies only point inward.

use std::{collections::BTreeSet, fmt::Write as _};

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

use crate::shell::{self, Failure};

/// Check that crates depend on each other, and on what they must not know, only as ruled.
///
/// Normal and build dependencies count, dev-dependencies do not. Crates under `tests` and `xtask`
/// may use anything.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// Every arrow that may exist: a crate of ours, and those of ours that it may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("ports", &["domain"]),
    ("memory-adapter", &["domain", "ports"]),
    ("sea-orm-adapter", &["domain", "migrations", "ports"]),
    ("app-service", &["domain", "ports"]),
    // What goes over the wire is read and written on both sides of it.
    ("wire", &[]),
    ("api", &["app-service", "domain", "wire"]),
    ("client", &["wire"]),
    ("migrations", &[]),
    (
        "cli",
        &[
            "api",
            "app-service",
            "domain",
            "memory-adapter",
            "migrations",
            "ports",
            "sea-orm-adapter",
        ],
    ),
    // An embedding program, as somebody else would write it.
    ("embed", &["app-service", "sea-orm-adapter"]),
];

/// Families of crates that only some of ours may name: each with all of its `family-*` members.
const RESERVED: &[Reserved] = &[
    Reserved {
        families: &["sea-orm", "sea-query", "sqlx"],
        to: &["migrations", "sea-orm-adapter"],
    },
    Reserved { families: &["axum", "hyper", "tower"], to: &["api", "cli"] },
];

/// What the domain may not name: executors, clocks and chance belong to the world outside.
const IMPURE: &[&str] =
    &["async-trait", "chrono", "fastrand", "futures", "getrandom", "jiff", "rand", "time", "tokio"];

struct Reserved {
    families: &'static [&'static str],
    to: &'static [&'static str],
}

/// A crate of the workspace and the crates that it names in its manifest.
#[derive(Debug)]
struct Member {
    name: String,
    uses: BTreeSet<String>,
}

/// Prints the arrows and fails with every one that is not allowed.
pub(crate) fn run(_: &Args) -> Result<(), Failure> {
    let members = members()?;
    print!("{}", table(&members));
    Failure::unless_empty("the dependency rule is broken", &violations(&members))
}

/// The ruled members of this workspace, by name.
fn members() -> Result<Vec<Member>, Failure> {
    let metadata = MetadataCommand::new()
        .current_dir(shell::root())
        .no_deps()
        .exec()
        .map_err(|error| Failure::new(format!("cannot read the workspace: {error}")))?;
    let ruled = metadata.packages.iter().filter(|package| !is_exempt(package));
    let mut members: Vec<_> = ruled.map(member).collect();
    members.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(members)
}

fn is_exempt(package: &Package) -> bool {
    let path = package.manifest_path.as_std_path();
    let path = path.strip_prefix(shell::root()).unwrap_or(path);
    path.starts_with("tests") || path.starts_with("xtask")
}

fn member(package: &Package) -> Member {
    let counted = package.dependencies.iter().filter(|it| it.kind != DependencyKind::Development);
    Member {
        name: package.name.to_string(),
        uses: counted.map(|dependency| dependency.name.clone()).collect(),
    }
}

/// What `member` uses that is in the workspace, too.
fn arrows<'a>(member: &'a Member, members: &[Member]) -> Vec<&'a str> {
    let ours = |name: &&String| members.iter().any(|other| other.name == **name);
    member.uses.iter().filter(ours).map(String::as_str).collect()
}

fn table(members: &[Member]) -> String {
    members.iter().fold(String::new(), |mut table, member| {
        let arrows = arrows(member, members);
        let targets = if arrows.is_empty() { "–".to_owned() } else { arrows.join(", ") };
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{:>16} → {targets}", member.name);
        table
    })
}

fn violations(members: &[Member]) -> Vec<String> {
    members
        .iter()
        .flat_map(|member| {
            let mut found = turned_arrows(member, members);
            found.extend(reserved_uses(member));
            found.extend(impure_uses(member));
            found
        })
        .collect()
}

fn turned_arrows(member: &Member, members: &[Member]) -> Vec<String> {
    let name = &member.name;
    let Some((_, allowed)) = ARROWS.iter().find(|(ruled, _)| ruled == name) else {
        return vec![format!("{name} has no row in the table of allowed arrows")];
    };
    arrows(member, members)
        .into_iter()
        .filter(|target| !allowed.contains(target))
        .map(|target| format!("{name} → {target}: this arrow may not exist"))
        .collect()
}

fn reserved_uses(member: &Member) -> Vec<String> {
    let barred = RESERVED.iter().filter(|reserved| !reserved.to.contains(&member.name.as_str()));
    barred
        .flat_map(|reserved| {
            let uses = member.uses.iter().filter(|used| is_of(used, reserved.families));
            uses.map(|used| {
                format!("{} → {used}: only {} may", member.name, reserved.to.join(" and "))
            })
        })
        .collect()
}

fn impure_uses(member: &Member) -> Vec<String> {
    let uses = member.uses.iter().filter(|used| is_of(used, IMPURE));
    uses.filter(|_| member.name == "domain")
        .map(|used| format!("domain → {used}: the domain has no I/O, no clock and no chance"))
        .collect()
}

fn is_of(name: &str, families: &[&str]) -> bool {
    // Our own adapter is named after the crate that it adapts.
    name != "sea-orm-adapter"
        && families.iter().any(|family| {
            name.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, uses: &[&str]) -> Member {
        Member { name: name.into(), uses: uses.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn dependencies_of_this_workspace_only_point_inward() {
        assert_eq!(violations(&members().unwrap()), Vec::<String>::new());
    }

    #[test]
    fn allowed_arrows_and_foreign_crates_pass() {
        let members = [
            member("domain", &["serde", "timely"]),
            member("ports", &["domain", "tokio"]),
            member("sea-orm-adapter", &["ports", "sea-orm"]),
            member("cli", &["sea-orm-adapter", "axum"]),
        ];

        assert_eq!(violations(&members), Vec::<String>::new());
    }

    #[test]
    fn every_broken_rule_is_reported_at_once() {
        let members = [
            member("domain", &["ports", "tokio"]),
            member("ports", &["sqlx-core"]),
            member("app-service", &["axum", "memory-adapter"]),
            member("memory-adapter", &[]),
            member("cli", &["sea-orm"]),
            member("plugin", &[]),
        ];

        assert_eq!(
            violations(&members),
            [
                "domain → ports: this arrow may not exist",
                "domain → tokio: the domain has no I/O, no clock and no chance",
                "ports → sqlx-core: only migrations and sea-orm-adapter may",
                "app-service → memory-adapter: this arrow may not exist",
                "app-service → axum: only api and cli may",
                "cli → sea-orm: only migrations and sea-orm-adapter may",
                "plugin has no row in the table of allowed arrows",
            ]
        );
    }

    #[test]
    fn the_table_shows_only_arrows_within_the_workspace() {
        let members = [member("domain", &["serde"]), member("ports", &["domain", "tokio"])];

        assert_eq!(table(&members), "          domain → –\n           ports → domain\n");
    }
}
