//! `saithong rule`: the page that explains a rule, or the list of all rules.

use crate::{
    cli::Rule,
    outcome::{Outcome, Result, Trouble},
    session::Session,
};

pub fn run(session: &Session, args: Rule) -> Result {
    let Some(code) = args.code else {
        for rule in checks::rules() {
            let word = checks::severity_word(rule.severity, session.locale);
            sayln!("{}  {} · {word}", rule.code, rule.title(session.locale));
        }
        return Ok(Outcome::Clean);
    };
    let rule = checks::find(&code).ok_or_else(|| unknown(&code))?;
    say!("{}", rule.page);
    Ok(Outcome::Clean)
}

/// No rule has this code: names those there are.
pub fn unknown(code: &str) -> Trouble {
    let known = checks::rules()
        .iter()
        .map(|rule| rule.code)
        .collect::<Vec<_>>()
        .join(", ");
    Trouble::argument(
        "--rule",
        "ask.unknown_rule",
        vec![("rule", code.into()), ("known", known.into())],
    )
}
