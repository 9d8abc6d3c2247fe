//! The binary `saithong`: reads the command line, runs one command, ends with 0 (all well), 1 (findings) or 2 (trouble).

#[macro_use]
mod say;

mod cli;
mod commands;
mod language;
mod log;
mod outcome;
mod progress;
mod reach;
mod session;
mod table;

use clap::{CommandFactory, FromArgMatches, error::ErrorKind};
use cli::{Cli, Commands};
use outcome::Outcome;
use session::Session;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().collect();
    let locale = language::choose(&args, |name| std::env::var(name).ok());
    let parsed = language::localise(Cli::command(), locale)
        .try_get_matches_from(args)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error)
            if error.use_stderr()
                && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand =>
        {
            eprint!("{}", language::usage_error(&error, locale));
            return ExitCode::from(2);
        }
        Err(help) => {
            let _ = help.print();
            return ExitCode::from(if help.use_stderr() { 2 } else { 0 });
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let session = Session {
        place: cli.db,
        locale,
    };
    let outcome = runtime.block_on(run(&session, cli.command));
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(trouble) => {
            eprint!("{}", trouble.text(locale));
            ExitCode::from(2)
        }
    }
}

async fn run(session: &Session, command: Commands) -> outcome::Result {
    match command {
        Commands::Init(args) => commands::init::run(session, args).await,
        Commands::User(user) => commands::user::run(session, user.what).await,
        Commands::Import(import) => commands::import::run(session, import.what).await,
        Commands::Trace(args) => commands::trace::run(session, args).await,
        Commands::Coverage(args) => commands::coverage::run(session, args).await,
        Commands::Check(args) => commands::check::run(session, args).await,
        Commands::Rule(args) => commands::rule::run(session, args),
        Commands::Roles(args) => commands::roles::run(session, args),
        Commands::Waive(args) => commands::waive::run(session, args).await,
        Commands::Waivers(args) => commands::waive::list(session, args).await,
        Commands::Why(args) => commands::why::run(session, args).await,
        Commands::Link(link) => commands::link::run(session, link.act).await,
        Commands::Trail(trail) => commands::trail::run(session, trail.what).await,
        Commands::Doctor => commands::doctor::run(session).await,
        Commands::Serve(args) => commands::serve::run(session, args).await,
        Commands::Demo(args) => commands::demo::run(session, args).await,
        Commands::Migrate(args) => commands::migrate::run(session, args).await,
        #[cfg(debug_assertions)]
        Commands::Drill(args) => commands::drill::run(session, args).await,
    }
}
