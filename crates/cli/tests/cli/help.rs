//! What the command says about itself.

use crate::guerdon::Guerdon;

#[test]
fn help_lists_every_command() {
    let help = Guerdon::new().run(&["--help"]);

    let commands = [
        "run",
        "import",
        "preview",
        "finalize",
        "distribute",
        "summary",
        "tournaments",
        "player",
        "players",
        "ledger",
        "spend",
        "hold",
        "settle",
        "release",
        "refund",
        "holds",
        "expire-holds",
        "assess",
        "verify",
        "policy",
        "migrate",
        "serve",
        "api-key",
        "config",
        "completions",
    ];
    for command in commands {
        assert!(help.stdout.contains(&format!("\n  {command} ")), "{command}: {}", help.stdout);
    }
    assert_eq!(help.code, 0);
}

#[test]
fn what_cannot_be_understood_is_usage() {
    let guerdon = Guerdon::new();

    for args in [&["nonsense"][..], &["run"], &["finalize", "cup", "--plan", "abc"]] {
        let told = guerdon.run(args);
        let in_json = guerdon.run(&[args, &["--json"]].concat());

        assert_eq!((told.code, in_json.code), (2, 2), "{args:?}");
        assert_eq!(in_json.error()["code"], "usage");
    }
}

#[test]
fn completions_are_printed_for_every_shell() {
    let guerdon = Guerdon::new();

    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let completions = guerdon.run(&["completions", shell]);

        assert_eq!(completions.code, 0);
        assert!(completions.stdout.contains("distribute"), "{shell}");
    }
}

#[test]
fn colours_stay_off_pipes_unless_they_are_wanted() {
    let guerdon = Guerdon::with_cup();

    let plain = guerdon.run(&["run", "cup.csv"]);
    let coloured = guerdon.run(&["summary", "cup", "--color", "always"]);

    assert!(!plain.stdout.contains('\u{1b}'), "{}", plain.stdout);
    assert!(coloured.stdout.contains('\u{1b}'), "{}", coloured.stdout);
}
