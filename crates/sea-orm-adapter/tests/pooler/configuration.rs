//! What operators are told is what the tests run with.

use test_databases::POOLER_CONFIGURATION;

const GUIDE: &str = include_str!("../../../../docs/operations.md");

#[test]
fn the_guide_shows_the_configuration_that_the_tests_run_with() {
    let is_setting = |line: &&str| !line.is_empty() && !line.starts_with(';');
    let settings: Vec<_> = POOLER_CONFIGURATION.lines().filter(is_setting).collect();

    let shown = GUIDE.contains(&format!("```ini\n{}\n```", settings.join("\n")));

    assert!(shown, "docs/operations.md lacks:\n{}", settings.join("\n"));
    assert!(settings.contains(&"pool_mode = transaction"));
}
