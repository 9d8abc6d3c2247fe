//! What every command starts with: which database, which language, and finding things by the codes people type.

use crate::{
    outcome::{Result, Trouble},
    progress::Progress,
};
use actions::{Ctx, people::Line};
use chain::Snapshot;
use checks::Beside;
use domain::{
    ids::{EditionId, NodeId, OrganisationId, ProjectId},
    issue::Arg,
    link::Mention,
    locale::Locale,
    names::Names,
    plan::{Plan, default_edition},
    time::{FiscalYear, PeriodKind},
    waiver::Waiver,
};
use jiff::{
    civil::Date,
    tz::{Offset, TimeZone},
};
use std::collections::HashMap;
use store::{Options, Store};

/// The settings of one run.
pub struct Session {
    /// Path or address of the database.
    pub place: String,
    /// Language of the terminal.
    pub locale: Locale,
}

/// Everything a reading command needs: the thread and the words.
pub struct Reading {
    pub snapshot: Snapshot,
    pub names: Names,
    /// Every waiver that stands, also those that are over.
    pub waivers: Vec<Waiver>,
    mentions: Vec<Mention>,
    unattended: Vec<OrganisationId>,
    plans: HashMap<String, Plan>,
}

impl Session {
    /// Opens the database, which must exist and have the structure of this version.
    pub async fn open(&self) -> Result<Store> {
        let store = Store::open(&self.place, Options::default()).await?;
        if store.status().await?.pending.is_empty() {
            return Ok(store);
        }
        // Looking changes nothing: the structure is brought up to date when somebody asks for it.
        Err(Trouble::argument("--db", "ask.migrate_first", vec![]))
    }

    /// Opens the database or creates it.
    pub async fn open_or_create(&self) -> Result<Store> {
        let store = Store::open(
            &self.place,
            Options {
                create: true,
                ..Options::default()
            },
        )
        .await?;
        store.migrate().await?;
        Ok(store)
    }

    /// The database, where one with the structure of this version is there already: asking makes and changes nothing.
    pub async fn existing(&self) -> Result<Option<Store>> {
        match Store::open(&self.place, Options::default()).await {
            Err(store::Error::Missing { .. }) => Ok(None),
            Err(error) => Err(error.into()),
            // A database of PostgreSQL begins empty: nothing can be asked of it yet.
            Ok(store) if !store.status().await?.pending.is_empty() => {
                store.close().await?;
                Ok(None)
            }
            Ok(store) => Ok(Some(store)),
        }
    }

    /// Today in Thailand, where every office of the chain stands (UTC+7, no summer time).
    #[expect(
        clippy::disallowed_methods,
        reason = "the program's shell hands the day to the rooms that know no clock"
    )]
    pub fn today(&self) -> Date {
        jiff::Timestamp::now()
            .to_zoned(TimeZone::fixed(Offset::constant(7)))
            .date()
    }

    /// A context in the name of `by`, else of the person the computer knows.
    pub fn ctx(&self, by: Option<String>) -> Result<Ctx> {
        let by = by.map(|name| domain::text::clean(&name).text);
        if by.as_deref() == Some("") {
            return Err(Trouble::argument("--by", "ask.nobody", vec![]));
        }
        let known = || std::env::var("USER").ok().filter(|name| !name.is_empty());
        let actor = by.or_else(known).unwrap_or_else(|| "saithong".to_owned());
        Ctx::system(actor).map_err(|error| Trouble::Other(error.to_string()))
    }

    /// Reads everything that is true now.
    pub async fn read(&self) -> Result<Reading> {
        let store = self.open().await?;
        let _progress = Progress::start(self.locale.text("progress.reading").into_owned());
        let facts = store.facts(None).await?;
        let snapshot = Snapshot::build(&facts).map_err(|faults| {
            Trouble::Other(
                faults
                    .iter()
                    .map(|fault| format!("{fault}\n"))
                    .collect::<String>()
                    .trim_end()
                    .to_owned(),
            )
        })?;
        let projects: Vec<ProjectId> = facts.projects.iter().map(|project| project.id).collect();
        let plans: Vec<store::Kept<Plan>> = store::all(&store).await?;
        let waivers: Vec<store::Kept<Waiver>> = store::all(&store).await?;
        let mentions: Vec<store::Kept<Mention>> = store::all(&store).await?;
        Ok(Reading {
            waivers: waivers.into_iter().map(|kept| kept.row).collect(),
            mentions: mentions.into_iter().map(|kept| kept.row).collect(),
            unattended: Line::load(&store, self.today()).await?.unattended(None),
            snapshot,
            names: store::texts::names_with_projects(&store, &projects).await?,
            plans: plans
                .into_iter()
                .map(|kept| (kept.row.code.clone(), kept.row))
                .collect(),
        })
    }
}

impl Reading {
    /// What the rules look at beside the thread.
    pub fn beside(&self) -> Beside<'_> {
        Beside {
            names: &self.names,
            waivers: &self.waivers,
            mentions: &self.mentions,
            unattended: &self.unattended,
        }
    }

    /// The edition of the plan with this code that is meant where only the plan is named.
    pub fn edition(&self, plan: &str) -> Result<EditionId> {
        let id = self.plans.get(plan).map(|plan| plan.id).ok_or_else(|| {
            let mut known: Vec<&str> = self.plans.keys().map(String::as_str).collect();
            known.sort_unstable();
            Trouble::argument(
                "--plan",
                "ask.unknown_plan",
                vec![("plan", plan.into()), ("known", known.join(", ").into())],
            )
        })?;
        let plans = self.snapshot.plans();
        default_edition(plans.editions_of(id).copied())
            .map(|edition| edition.id)
            .ok_or_else(|| {
                Trouble::argument("--plan", "ask.no_edition", vec![("plan", plan.into())])
            })
    }

    /// The edition that a command speaks of: the plan's, else the only one that lists projects.
    pub fn listing_edition(&self, plan: Option<&str>) -> Result<EditionId> {
        if let Some(plan) = plan {
            return self.edition(plan);
        }
        let plans = self.snapshot.plans();
        let nodes = self
            .snapshot
            .projects()
            .flat_map(|project| self.snapshot.listings_of(project.id).map(|l| l.node));
        let mut editions: Vec<EditionId> = nodes
            .filter_map(|node| plans.edition_of_node(node).map(|e| e.id))
            .collect();
        editions.sort_unstable();
        editions.dedup();
        match editions[..] {
            [one] => Ok(one),
            [] => Err(Trouble::argument("--plan", "ask.no_projects", vec![])),
            _ => {
                let mut codes: Vec<&str> = editions
                    .iter()
                    .map(|id| self.names.editions[id].code.as_str())
                    .collect();
                codes.sort_unstable();
                codes.dedup();
                Err(Trouble::argument(
                    "--plan",
                    "ask.which_plan",
                    vec![("plans", codes.join(", ").into())],
                ))
            }
        }
    }

    /// The fiscal year that a command speaks of: the one asked for, else the edition's only one, else the latest year of
    /// the projects.
    pub fn year(&self, asked: Option<i16>, edition: Option<EditionId>) -> Result<FiscalYear> {
        if let Some(year) = asked {
            return match year {
                2400..=2700 => Ok(FiscalYear(year)),
                _ => Err(Trouble::argument(
                    "--year",
                    "ask.year",
                    vec![("year", i64::from(year).to_string().into())],
                )),
            };
        }
        let printed = edition
            .and_then(|id| self.snapshot.plans().edition(id))
            .and_then(|edition| {
                let one_year = edition.from_year == edition.to_year
                    && edition.period_kind == Some(PeriodKind::Fiscal);
                edition.from_year.filter(|_| one_year).map(FiscalYear)
            });
        let latest = || {
            self.snapshot
                .projects()
                .map(|project| project.year.fiscal())
                .max()
        };
        printed
            .or_else(latest)
            .ok_or_else(|| Trouble::argument("--year", "ask.no_projects", vec![]))
    }

    /// Whether an edition lists a project.
    pub fn lists(&self, edition: EditionId, project: ProjectId) -> bool {
        let plans = self.snapshot.plans();
        let mut listings = self.snapshot.listings_of(project);
        listings.any(|listing| {
            plans
                .edition_of_node(listing.node)
                .is_some_and(|of| of.id == edition)
        })
    }

    /// The project with this code, in the given plan where several plans have one.
    pub fn project(&self, code: &str, plan: Option<&str>) -> Result<Option<ProjectId>> {
        let edition = plan.map(|plan| self.edition(plan)).transpose()?;
        let listed = |project: ProjectId| {
            self.snapshot.listings_of(project).any(|listing| {
                let of = self
                    .snapshot
                    .plans()
                    .edition_of_node(listing.node)
                    .map(|e| e.id);
                of.is_some() && of == edition
            })
        };
        let found = self.names.projects.iter().filter(|(id, name)| {
            same_code(&name.code, code) && (edition.is_none() || listed(**id))
        });
        one(code, found.map(|(id, _)| *id), |id| {
            self.plan_of_project(id)
        })
    }

    /// The projects whose title holds these words, where no code does.
    pub fn projects_named(&self, words: &str) -> Vec<ProjectId> {
        let wanted = domain::text::search_key(words);
        let holds =
            |title: &str| !wanted.is_empty() && domain::text::search_key(title).contains(&wanted);
        let mut found: Vec<(&str, ProjectId)> = self
            .names
            .projects
            .iter()
            .filter(|(_, name)| holds(&name.name_th))
            .map(|(id, name)| (name.code.as_str(), *id))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }

    /// The node with this code, in the given plan; without one, in any edition that is not superseded.
    pub fn node(&self, code: &str, plan: Option<&str>) -> Result<Option<NodeId>> {
        let plans = self.snapshot.plans();
        let edition = plan.map(|plan| self.edition(plan)).transpose()?;
        let found = self.names.nodes.iter().filter(|(id, name)| {
            let of = plans.edition_of_node(**id).map(|e| e.id);
            let here = match (edition, of) {
                (Some(wanted), Some(of)) => wanted == of,
                (None, Some(of)) => !plans.superseded(of),
                (_, None) => false,
            };
            here && same_code(&name.code, code)
        });
        one(code, found.map(|(id, _)| *id), |id| {
            plans
                .edition_of_node(id)
                .map(|e| self.names.editions[&e.id].code.clone())
        })
    }

    /// The node with this code, or trouble that names what was asked.
    pub fn known_node(&self, code: &str, plan: Option<&str>) -> Result<NodeId> {
        self.node(code, plan)?.ok_or_else(|| unknown(code))
    }

    /// The project with this code, or trouble that names what was asked.
    pub fn known_project(&self, code: &str, plan: Option<&str>) -> Result<ProjectId> {
        self.project(code, plan)?.ok_or_else(|| unknown(code))
    }

    /// Plan and printed code of a node.
    pub fn short_node(&self, node: NodeId) -> String {
        chain::trace::words::node(&self.snapshot, &self.names, node)
    }

    /// Name of a node in the reader's language; the other language where only that one is known.
    pub fn node_name(&self, node: NodeId, locale: Locale) -> String {
        let Some(name) = self.names.nodes.get(&node) else {
            return String::new();
        };
        match (&name.name_en, locale) {
            (Some(english), Locale::En) => english.clone(),
            (Some(english), Locale::Th) if name.name_th.is_empty() => english.clone(),
            _ => name.name_th.clone(),
        }
    }

    /// Plan, name and year of an edition, as the heading of what follows.
    pub fn edition_heading(&self, edition: EditionId, year: FiscalYear, locale: Locale) -> String {
        let name = &self.names.editions[&edition];
        let english = name.name_en.as_ref().filter(|_| locale == Locale::En);
        let args = [
            ("plan", name.code.as_str().into()),
            ("name", english.unwrap_or(&name.name_th).as_str().into()),
        ];
        let year = locale.fill("coverage.year", &[("year", year.0.to_string().into())]);
        format!("{}\n{year}", locale.fill("coverage.heading", &args))
    }

    fn plan_of_project(&self, project: ProjectId) -> Option<String> {
        let listing = self.snapshot.listings_of(project).next()?;
        let edition = self.snapshot.plans().edition_of_node(listing.node)?;
        self.names
            .editions
            .get(&edition.id)
            .map(|name| name.code.clone())
    }
}

/// Codes as people type them: Thai digits, capitals and spaces make no difference.
fn same_code(printed: &str, typed: &str) -> bool {
    printed == typed || domain::text::search_key(printed) == domain::text::search_key(typed)
}

/// Nothing stands under this code.
pub fn unknown(code: &str) -> Trouble {
    Trouble::argument("CODE", "ask.unknown_code", vec![("code", code.into())])
}

/// One thing, none, or trouble that says in which plans the code stands.
fn one<T: Copy>(
    code: &str,
    found: impl Iterator<Item = T>,
    plan: impl Fn(T) -> Option<String>,
) -> Result<Option<T>> {
    let found: Vec<T> = found.collect();
    match found[..] {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => {
            let mut plans: Vec<String> = found.into_iter().filter_map(plan).collect();
            plans.sort();
            plans.dedup();
            let args: Vec<(&'static str, Arg)> =
                vec![("code", code.into()), ("plans", plans.join(", ").into())];
            Err(Trouble::argument("--plan", "ask.several_plans", args))
        }
    }
}
