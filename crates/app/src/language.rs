//! Which language the terminal speaks, and the words of `--help` in that language.

use clap::{
    Arg, ArgAction, Command,
    error::{ContextKind, ErrorKind},
};
use domain::locale::Locale;

/// The language of this run: `--lang`, else `SAITHONG_LANG`, else the locale of the terminal when it names a language
/// we speak, else Thai.
pub fn choose(args: &[std::ffi::OsString], env: impl Fn(&str) -> Option<String>) -> Locale {
    let words: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    let flag = words
        .iter()
        .enumerate()
        .find_map(|(i, word)| match word.strip_prefix("--lang") {
            Some("") => words.get(i + 1).map(|next| next.to_string()),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        });
    let asked = flag.or_else(|| env("SAITHONG_LANG"));
    if let Some(locale) = asked.and_then(|code| code.parse().ok()) {
        return locale;
    }
    let terminal = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| env(name).filter(|v| !v.is_empty()));
    match terminal {
        Some(value) if value.starts_with("en") => Locale::En,
        _ => Locale::Th,
    }
}

/// Gives every command and argument its words: `cli.<command>.about`, `cli.<command>.<argument>`,
/// `cli.<command>.examples`; words that several commands share are `cli.<argument>`.
pub fn localise(command: Command, locale: Locale) -> Command {
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version);
    let command = command.disable_version_flag(true).arg(version);
    walk(command, locale, "cli")
}

fn walk(command: Command, locale: Locale, path: &str) -> Command {
    let words = |key: &str| locale.find(&format!("{path}.{key}")).map(str::to_owned);
    let template = template(&command, locale, words("examples"));
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help);
    let mut command = command
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(help)
        .help_template(template);
    if let Some(about) = words("about") {
        command = command.about(about);
    }
    let names: Vec<_> = command
        .get_arguments()
        .map(|arg| arg.get_id().clone())
        .collect();
    for id in names {
        let shared = locale.find(&format!("cli.{id}")).map(str::to_owned);
        if let Some(help) = words(id.as_str()).or(shared) {
            command = command.mut_arg(id, |arg| arg.help(help));
        }
    }
    let children: Vec<_> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    for name in children {
        let path = format!("{path}.{name}");
        command = command.mut_subcommand(name, |sub| walk(sub, locale, &path));
    }
    command
}

/// The parts of a help page in the order people need them, with headings in their language.
fn template(command: &Command, locale: Locale, examples: Option<String>) -> String {
    let heading = |key: &str| locale.text(&format!("cli.heading.{key}")).into_owned();
    let mut out = format!("{{about-with-newline}}\n{}: {{usage}}\n", heading("usage"));
    if command.has_subcommands() {
        out.push_str(&format!("\n{}:\n{{subcommands}}\n", heading("commands")));
    }
    if command.get_positionals().next().is_some() {
        out.push_str(&format!("\n{}:\n{{positionals}}\n", heading("arguments")));
    }
    out.push_str(&format!("\n{}:\n{{options}}\n", heading("options")));
    if let Some(examples) = examples {
        out.push_str(&format!("\n{}\n{examples}\n", heading("examples")));
    }
    out
}

/// What is wrong with the words of a command line. English is clap's own; Thai says the same with the same words.
pub fn usage_error(error: &clap::Error, locale: Locale) -> String {
    let key = match error.kind() {
        ErrorKind::MissingRequiredArgument => "cli.error.missing",
        ErrorKind::UnknownArgument => "cli.error.unknown_argument",
        ErrorKind::InvalidSubcommand => "cli.error.unknown_command",
        ErrorKind::MissingSubcommand => "cli.error.missing_command",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "cli.error.value",
        _ => "cli.error.other",
    };
    if locale == Locale::En {
        return error.render().to_string();
    }
    let context = |kinds: &[ContextKind]| {
        kinds
            .iter()
            .find_map(|kind| error.get(*kind))
            .map(|value| value.to_string())
            .unwrap_or_default()
    };
    let what = context(&[ContextKind::InvalidArg, ContextKind::InvalidSubcommand]);
    let value = context(&[ContextKind::InvalidValue]);
    let mut text = locale.fill(key, &[("what", what.into()), ("value", value.into())]);
    let known = context(&[
        ContextKind::ValidValue,
        ContextKind::ValidSubcommand,
        ContextKind::SuggestedArg,
    ]);
    if !known.is_empty() {
        text.push_str(&format!(
            "\n    → {}",
            locale.fill("cli.error.known", &[("known", known.into())])
        ));
    }
    format!("{text}\n    → {}\n", locale.text("cli.error.help"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(args: &[&str], env: &[(&str, &str)]) -> Locale {
        let args: Vec<_> = args.iter().map(Into::into).collect();
        choose(&args, |name| {
            env.iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.to_string())
        })
    }

    #[test]
    fn thai_comes_first_unless_the_terminal_or_the_person_asks_for_english() {
        assert_eq!(chosen(&[], &[]), Locale::Th);
        assert_eq!(chosen(&[], &[("LANG", "C.UTF-8")]), Locale::Th);
        assert_eq!(chosen(&[], &[("LANG", "en_GB.UTF-8")]), Locale::En);
        assert_eq!(
            chosen(&["check", "--lang", "th"], &[("LANG", "en_GB.UTF-8")]),
            Locale::Th
        );
        assert_eq!(chosen(&["--lang=en"], &[]), Locale::En);
    }
}
