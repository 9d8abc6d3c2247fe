//! Which language the terminal speaks, and the words of `--help` in that language.

use clap::Command;
use domain::locale::Locale;

/// The language of this run: `--lang`, else `SAITHONG_LANG`, else the locale of the terminal when it names a language
/// we speak, else Thai.
pub fn choose(args: &[std::ffi::OsString], env: impl Fn(&str) -> Option<String>) -> Locale {
    let words: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    let flag = words.iter().enumerate().find_map(|(i, word)| match word.strip_prefix("--lang") {
        Some("") => words.get(i + 1).map(|next| next.to_string()),
        Some(rest) => rest.strip_prefix('=').map(str::to_owned),
        None => None,
    });
    let asked = flag.or_else(|| env("SAITHONG_LANG"));
    if let Some(locale) = asked.and_then(|code| code.parse().ok()) {
        return locale;
    }
    let terminal = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| env(name).filter(|v| !v.is_empty()));
    match terminal {
        Some(value) if value.starts_with("en") => Locale::En,
        _ => Locale::Th,
    }
}

/// Gives every command and argument its words: `cli.<command>.about`, `cli.<command>.<argument>`, `cli.<command>.examples`.
pub fn localise(command: Command, locale: Locale) -> Command {
    let headings = [("{usage-heading}", "cli.heading.usage")]
        .iter()
        .fold(TEMPLATE.to_owned(), |text, (mark, key)| text.replace(mark, &locale.text(key)));
    walk(command, locale, "cli", &headings)
}

const TEMPLATE: &str = "{about-with-newline}\n{usage-heading}: {usage}\n\n{all-args}{after-help}";

fn walk(command: Command, locale: Locale, path: &str, template: &str) -> Command {
    let words = |key: &str| locale.find(&format!("{path}.{key}")).map(str::to_owned);
    let mut command = command
        .help_template(template.to_owned())
        .subcommand_help_heading(locale.text("cli.heading.commands").into_owned())
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(
            clap::Arg::new("help")
                .short('h')
                .long("help")
                .action(clap::ArgAction::Help)
                .help(locale.text("cli.help").into_owned())
                .help_heading(locale.text("cli.heading.options").into_owned()),
        );
    if let Some(about) = words("about") {
        command = command.about(about);
    }
    if let Some(examples) = words("examples") {
        command = command.after_help(format!("{}\n{examples}", locale.text("cli.heading.examples")));
    }
    let names: Vec<_> = command.get_arguments().map(|arg| arg.get_id().clone()).collect();
    for id in names.iter().filter(|id| id.as_str() != "help") {
        let own = words(id.as_str());
        let shared = locale.find(&format!("cli.{id}")).map(str::to_owned);
        command = command.mut_arg(id, |arg| {
            let heading = if arg.is_positional() { "cli.heading.arguments" } else { "cli.heading.options" };
            let arg = arg.help_heading(locale.text(heading).into_owned());
            match own.or(shared) {
                Some(help) => arg.help(help),
                None => arg,
            }
        });
    }
    let children: Vec<_> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in children {
        let path = format!("{path}.{name}");
        command = command.mut_subcommand(name, |sub| walk(sub, locale, &path, template));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(args: &[&str], env: &[(&str, &str)]) -> Locale {
        let args: Vec<_> = args.iter().map(Into::into).collect();
        choose(&args, |name| env.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_string()))
    }

    #[test]
    fn thai_comes_first_unless_the_terminal_or_the_person_asks_for_english() {
        assert_eq!(chosen(&[], &[]), Locale::Th);
        assert_eq!(chosen(&[], &[("LANG", "C.UTF-8")]), Locale::Th);
        assert_eq!(chosen(&[], &[("LANG", "en_GB.UTF-8")]), Locale::En);
        assert_eq!(chosen(&["check", "--lang", "th"], &[("LANG", "en_GB.UTF-8")]), Locale::Th);
        assert_eq!(chosen(&["--lang=en"], &[]), Locale::En);
    }
}
