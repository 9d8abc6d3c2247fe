//! `cargo xtask`: the project's chores, one file per command; the laws of the house are its tests.

mod assets;
mod bench;
mod browser;
mod chromium;
mod ci;
mod demo;
mod docs;
#[cfg(test)]
mod house;
mod i18n;
mod new_rule;
mod postgres;
mod project;
mod test;

use std::process::ExitCode;

/// What a chore that did not succeed says to the person who called it.
type Failure = String;

/// One command of `cargo xtask`.
struct Command {
    name: &'static str,
    options: &'static [&'static str],
    help: &'static str,
    run: fn(&[String]) -> Result<(), Failure>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "test",
        options: &[],
        help: "Set up what is missing and run every test: format, generated pages, assets, lints,\n\
               documentation, all tests on SQLite and PostgreSQL, every page in a browser.\n\
               Nothing is skipped.",
        run: |_| test::run(),
    },
    Command {
        name: "ci",
        options: &[],
        help: "Before a merge: `test`, then: are the generated pages committed, and are the\n\
               licences and advisories of all dependencies in order (needs cargo-deny).",
        run: |_| ci::run(),
    },
    Command {
        name: "postgres",
        options: &[],
        help: "Find or fetch the PostgreSQL that the tests use and print its folder, for\n\
               export SAITHONG_TEST_POSTGRES_BIN=$(cargo xtask postgres)",
        run: |_| postgres::find_or_install().map(|found| println!("{}", found.bin.display())),
    },
    Command {
        name: "assets",
        options: &[],
        help: "Build styles, scripts and fonts from npm packages into assets/dist when their\n\
               sources changed. Needs Node.js; `cargo build` works without it, unstyled.",
        run: |_| assets::run(),
    },
    Command {
        name: "browser",
        options: &[],
        help: "Every page of the demonstration in Chromium, in both languages, at 390 and\n\
               1440 px: errors, sideways scroll, Thai lines, accessibility, weight. Pictures\n\
               are kept in target/browser. Part of `test`.",
        run: |_| browser::run().map(drop),
    },
    Command {
        name: "bench",
        options: &["<name>", "--smoke"],
        help: "Run the benchmarks, or the one of this name (`pages`: 100 requests a second\n\
               against the real program), and print their figures. --smoke: small and quick,\n\
               only to see that they still run.",
        run: bench::run,
    },
    Command {
        name: "demo",
        options: &[],
        help: "See it: build assets and program, fill a temporary database with Phetchabun's\n\
               structure and Narathiwat's public plan, serve it on 127.0.0.1:8080 until Ctrl-C.",
        run: |_| demo::run(),
    },
    Command {
        name: "docs",
        options: &["--check"],
        help: "Write the generated pages under docs/rules. --check: write nothing, fail if\n\
               they are out of date.",
        run: |args| docs::run(args.iter().any(|a| a == "--check")),
    },
    Command {
        name: "new-rule",
        options: &["<name>"],
        help: "FAMILY-NNN name-of-rule: make a rule, its page, its sentences and its lines in the\n\
               lists. The tree compiles; the tests of `checks` say what is left to write.",
        run: new_rule::run,
    },
    Command {
        name: "i18n",
        options: &[],
        help: "Compare the languages in locales/: same keys, same placeholders, none empty,\n\
               none that no code uses.",
        run: |_| i18n::run(),
    },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(name) = args.first() else {
        println!("{}", help());
        return ExitCode::from(2);
    };
    if ["help", "--help", "-h"].contains(&name.as_str()) {
        println!("{}", help());
        return ExitCode::SUCCESS;
    }
    let Some(command) = COMMANDS.iter().find(|c| c.name == name) else {
        eprintln!("There is no command `{name}`.\n\n{}", help());
        return ExitCode::from(2);
    };
    let rest = &args[1..];
    if rest.iter().any(|a| a == "--help" || a == "-h") {
        println!("{}", describe(command));
        return ExitCode::SUCCESS;
    }
    let named = command.options.contains(&"<name>");
    let known = |a: &str| command.options.contains(&a) || (named && !a.starts_with('-'));
    if let Some(odd) = rest.iter().find(|a| !known(a)) {
        eprintln!("`{name}` does not know `{odd}`.\n\n{}", describe(command));
        return ExitCode::from(2);
    }
    match (command.run)(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\n{message}");
            ExitCode::FAILURE
        }
    }
}

fn help() -> String {
    let mut out = String::from("Usage: cargo xtask <command>\n");
    for command in COMMANDS {
        out.push('\n');
        out.push_str(&describe(command));
        out.push('\n');
    }
    out
}

fn describe(command: &Command) -> String {
    let mut head = format!("  {}", command.name);
    for option in command.options {
        head.push_str(&format!(" [{option}]"));
    }
    format!("{head}\n      {}", command.help.replace('\n', "\n      "))
}
