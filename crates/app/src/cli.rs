//! The commands and their arguments. The words of `--help` are in `locales/` under `cli.`.

use crate::{log::Log, reach};
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::{locale::Locale, organisation::Axis, people::Role};
use ipnet::IpNet;
use std::{net::SocketAddr, path::PathBuf};

#[derive(Parser)]
#[command(name = "saithong", version, arg_required_else_help = true)]
pub struct Cli {
    #[arg(
        long,
        global = true,
        default_value = "saithong.db",
        env = "SAITHONG_DB",
        value_name = "FILE|URL"
    )]
    pub db: String,
    #[arg(long, global = true, value_name = "th|en")]
    pub lang: Option<Locale>,
    #[command(subcommand)]
    pub command: Commands,
}

#[derive(Subcommand)]
pub enum Commands {
    Init(Init),
    Import(Import),
    Trace(Trace),
    Coverage(Coverage),
    Check(Check),
    Rule(Rule),
    Waive(Waive),
    Waivers(Waivers),
    Roles(Roles),
    Why(Why),
    Link(Link),
    Trail(Trail),
    User(User),
    Doctor,
    Migrate(Migrate),
    Serve(Serve),
    Demo(Demo),
    #[cfg(debug_assertions)]
    #[command(hide = true)]
    Drill(Drill),
}

/// What the tests of sudden ends run: not in a released program.
#[cfg(debug_assertions)]
#[derive(Args)]
pub struct Drill {
    #[arg(long)]
    pub run: usize,
    #[arg(long)]
    pub account: String,
    #[arg(long)]
    pub password: String,
}

#[derive(Args)]
pub struct Init {
    #[arg(long, value_name = "ACCOUNT")]
    pub account: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub position: Option<String>,
    #[arg(long, value_name = "CODE")]
    pub organisation: Option<String>,
    #[arg(long, conflicts_with = "link")]
    pub password_stdin: bool,
    #[arg(long)]
    pub link: bool,
    #[arg(long, value_name = "https://…", env = "SAITHONG_ADDRESS")]
    pub address: Option<String>,
}

#[derive(Args)]
pub struct User {
    #[command(subcommand)]
    pub what: UserWhat,
}

#[derive(Subcommand)]
pub enum UserWhat {
    List {
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    Reset {
        #[arg(value_name = "ACCOUNT")]
        account: String,
        #[arg(long)]
        second_factor: bool,
        #[arg(long, value_name = "https://…", env = "SAITHONG_ADDRESS")]
        address: Option<String>,
    },
    Sessions {
        #[arg(value_name = "ACCOUNT")]
        account: String,
    },
    Revoke {
        #[arg(value_name = "ACCOUNT")]
        account: String,
    },
    Policy {
        #[arg(long, value_name = "MINUTES")]
        idle: Option<i64>,
        #[arg(long, value_name = "HOURS")]
        absolute: Option<i64>,
        #[arg(long, value_name = "ROLE,…", value_delimiter = ',')]
        second_factor: Option<Vec<Role>>,
    },
}

#[derive(Args)]
pub struct Import {
    #[command(subcommand)]
    pub what: ImportWhat,
}

#[derive(Subcommand)]
pub enum ImportWhat {
    Plan {
        #[arg(value_name = "FOLDER|XLSX")]
        path: PathBuf,
        #[arg(long)]
        skip_bad: bool,
        #[arg(long, value_name = "NAME", env = "SAITHONG_BY")]
        by: Option<String>,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    Catalogue {
        #[arg(long, value_name = "NAME", env = "SAITHONG_BY")]
        by: Option<String>,
    },
    Organisations(ImportOrganisations),
}

#[derive(Args)]
pub struct ImportOrganisations {
    #[arg(value_name = "CSV|XLSX")]
    pub path: Option<PathBuf>,
    #[arg(long, value_name = "67", default_value = "67")]
    pub province: String,
    #[arg(long, value_name = "CODE")]
    pub parent: Option<String>,
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    #[arg(long)]
    pub preview: bool,
    #[arg(long, value_name = "XLSX", conflicts_with = "path")]
    pub template: Option<PathBuf>,
    #[arg(long, value_name = "NAME", env = "SAITHONG_BY")]
    pub by: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Args)]
pub struct Trace {
    #[arg(value_name = "CODE")]
    pub code: String,
    #[arg(long, value_name = "PLAN")]
    pub plan: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Args)]
pub struct Coverage {
    #[arg(long, value_enum, default_value_t = By::Node)]
    pub by: By,
    #[arg(
        long,
        value_name = "reports_to|coordinated_by",
        default_value = "coordinated_by"
    )]
    pub axis: Axis,
    #[arg(long, value_name = "PLAN")]
    pub plan: Option<String>,
    #[arg(long, value_name = "2569", value_parser = year)]
    pub year: Option<i16>,
    #[arg(long, value_name = "PLAN", default_value = "SDG4")]
    pub framework: String,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Args)]
pub struct Check {
    #[arg(long, value_name = "PLAN")]
    pub plan: Option<String>,
    #[arg(long, value_name = "RULE")]
    pub rule: Vec<String>,
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
}

#[derive(Args)]
pub struct Rule {
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

#[derive(Args)]
pub struct Roles {
    #[arg(value_name = "ROLE")]
    pub role: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Args)]
pub struct Waive {
    #[arg(value_name = "RULE")]
    pub rule: String,
    #[arg(value_name = "CODE", required_unless_present = "plan")]
    pub code: Option<String>,
    #[arg(long, value_name = "PLAN")]
    pub plan: Option<String>,
    #[arg(long, value_name = "DAY", required_unless_present = "withdraw")]
    pub until: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long, value_name = "NUMBER", conflicts_with = "withdraw")]
    pub letter: Option<String>,
    #[arg(long, conflicts_with = "until")]
    pub withdraw: bool,
    #[arg(long, value_name = "NAME", env = "SAITHONG_BY")]
    pub by: String,
}

#[derive(Args)]
pub struct Waivers {
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Args)]
pub struct Why {
    #[arg(value_name = "CODE")]
    pub code: String,
    #[arg(long, value_name = "PLAN")]
    pub plan: Option<String>,
    #[arg(long, value_name = "PLAN")]
    pub of: Option<String>,
    #[arg(long, value_name = "2569", value_parser = year)]
    pub year: Option<i16>,
    #[arg(long, value_enum, default_value_t = Figure::Allotted)]
    pub figure: Figure,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Args)]
pub struct Link {
    #[command(subcommand)]
    pub act: LinkAct,
}

#[derive(Subcommand)]
pub enum LinkAct {
    Propose {
        #[command(flatten)]
        link: LinkArgs,
        #[arg(long, value_name = "1–10000", default_value_t = 10_000)]
        share: u16,
        #[arg(long)]
        primary: bool,
    },
    Approve {
        #[command(flatten)]
        link: LinkArgs,
    },
    Reject {
        #[command(flatten)]
        link: LinkArgs,
    },
}

#[derive(Args)]
pub struct LinkArgs {
    #[arg(value_name = "PROJECT")]
    pub project: String,
    #[arg(value_name = "TARGET")]
    pub node: String,
    #[arg(long, value_name = "PLAN", default_value = "SDG4")]
    pub framework: String,
    #[arg(long, value_name = "PLAN")]
    pub plan: Option<String>,
    #[arg(long, value_name = "NAME", env = "SAITHONG_BY")]
    pub by: String,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Args)]
pub struct Trail {
    #[command(subcommand)]
    pub what: TrailWhat,
}

#[derive(Subcommand)]
pub enum TrailWhat {
    Verify {
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    List {
        #[arg(long, default_value_t = 50)]
        limit: u64,
    },
}

#[derive(Args)]
pub struct Migrate {
    #[arg(long)]
    pub status: bool,
}

#[derive(Args)]
pub struct Serve {
    #[arg(
        long,
        default_value = "127.0.0.1:8080",
        env = "SAITHONG_LISTEN",
        value_name = "ADDRESS:PORT"
    )]
    pub listen: SocketAddr,
    #[arg(long, env = "SAITHONG_TLS_CERT", value_name = "PEM")]
    pub tls_cert: Option<PathBuf>,
    #[arg(long, env = "SAITHONG_TLS_KEY", value_name = "PEM")]
    pub tls_key: Option<PathBuf>,
    #[arg(long, env = "SAITHONG_BEHIND_PROXY", value_name = "CIDR", value_delimiter = ',', value_parser = reach::network)]
    pub behind_proxy: Vec<IpNet>,
    #[arg(long, env = "SAITHONG_LOG", value_enum, default_value_t = Log::Requests)]
    pub log: Log,
}

#[derive(Args)]
pub struct Demo {
    #[arg(
        long,
        default_value = "127.0.0.1:8080",
        env = "SAITHONG_LISTEN",
        value_name = "ADDRESS:PORT"
    )]
    pub listen: SocketAddr,
    #[arg(long, value_name = "FILE|URL")]
    pub into: Option<String>,
    #[arg(long)]
    pub only_fill: bool,
    #[arg(long, value_name = "FILE")]
    pub people_file: Option<PathBuf>,
}

/// By what projects are rolled up: never by both at once.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    Node,
    Organisation,
}

/// A figure that can be asked for.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Figure {
    Projects,
    Requested,
    Allotted,
    Transferred,
    Committed,
    Disbursed,
    People,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

/// How findings are printed: for people, for programs of our own, for tools that read SARIF 2.1.0.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Sarif,
}

/// A year as people type it, also in Thai digits.
fn year(typed: &str) -> Result<i16, String> {
    domain::text::from_thai_digits(typed.trim())
        .parse()
        .map_err(|_| typed.to_owned())
}
