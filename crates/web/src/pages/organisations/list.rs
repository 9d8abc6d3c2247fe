//! The organisations of the province: looked for by words, agency, district and class, a part of the list at a time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use actions::live::Now;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use domain::ids::OrganisationId;
use domain::issue::{Issue, Place as At};
use domain::organisation::{Axis, Class, Organisation, OrganisationText};
use domain::permission::Act;
use domain::register::OrganisationCode;
use domain::text::{from_thai_digits, search_key};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use store::Kept;

use crate::data::{in_order, knows_organisation};
use crate::found::day_of as today;
use crate::pages::board::district;
use crate::ui::{
    Card, Empty, Filters, Icon, Place, Row, Tone, button, certainty, code, count_badge, flow,
    heading, icon, name, pagination, pill, rows, short_day, small_button,
};
use crate::{Error, Page, Viewer};

type Text = (Organisation, OrganisationText);

/// Organisations on one page.
const PER_PAGE: usize = 50;

/// The question of the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Words of a name, or a code of any register.
    q: String,
    /// Code of the agency below which they stand by สังกัด.
    under: String,
    /// Code of a district.
    district: String,
    /// In which N they count.
    class: String,
    /// Empty = those that stand, `all` = with those that closed, `only` = these alone.
    closed: String,
    page: String,
}

/// The organisations of the province, and those above them that are known nationally.
fn of_province(v: &Viewer, now: &Now, all: &[Kept<Text>]) -> BTreeSet<OrganisationId> {
    let known: BTreeSet<OrganisationId> = all
        .iter()
        .filter(|kept| knows_organisation(v, &kept.row.1))
        .map(|kept| kept.row.0.id)
        .collect();
    let own = |kept: &&Kept<Text>| {
        let province = kept.row.1.province.as_deref();
        province.is_some() && province == v.province.dopa()
    };
    let mut ours: BTreeSet<OrganisationId> =
        all.iter().filter(own).map(|kept| kept.row.0.id).collect();
    let day = today(v.app().now());
    let mut open: Vec<OrganisationId> = ours.iter().copied().collect();
    while let Some(id) = open.pop() {
        for axis in [Axis::ReportsTo, Axis::CoordinatedBy] {
            let above = parent(now, axis, id, day);
            open.extend(above.filter(|id| known.contains(id) && ours.insert(*id)));
        }
    }
    ours
}

fn parent(now: &Now, axis: Axis, id: OrganisationId, day: Date) -> Option<OrganisationId> {
    let organisations = now.snapshot.organisations();
    let above = organisations.parent_on(axis, organisations.number(id)?, day)?;
    Some(organisations.id(above))
}

/// Everything that the page chooses from.
struct Register {
    all: Vec<Kept<Text>>,
    /// Those above each one by สังกัด today, the nearest first.
    above: HashMap<OrganisationId, Vec<OrganisationId>>,
    /// Codes of other registers, and former ones.
    codes: HashMap<OrganisationId, Vec<String>>,
    today: Date,
}

impl Register {
    async fn load(v: &Viewer) -> Result<Self, Error> {
        let live = v.live()?;
        let today = today(v.app().now());
        let mut all: Vec<Kept<Text>> = store::all(live.store()).await?;
        let above = live.read(|now| {
            let ours = of_province(v, now, &all);
            all.retain(|kept| ours.contains(&kept.row.0.id));
            let line = |id| {
                let mut line = Vec::new();
                let mut here = parent(now, Axis::ReportsTo, id, today);
                // A snapshot has no cycles, so the line ends.
                while let Some(id) = here {
                    line.push(id);
                    here = parent(now, Axis::ReportsTo, id, today);
                }
                line
            };
            all.iter()
                .map(|kept| (kept.row.0.id, line(kept.row.0.id)))
                .collect()
        });
        in_order(v, &mut all)?;
        let mut codes: HashMap<OrganisationId, Vec<String>> = HashMap::new();
        for kept in store::all::<OrganisationCode>(live.store()).await? {
            codes
                .entry(kept.row.organisation)
                .or_default()
                .push(kept.row.code);
        }
        Ok(Self {
            all,
            above,
            codes,
            today,
        })
    }

    fn is_closed(&self, kept: &Kept<Text>) -> bool {
        kept.row.0.closed.is_some_and(|closed| closed <= self.today)
    }

    /// Those that the question asks for, in the order of lists.
    fn fitting(&self, asked: &Asked) -> Vec<&Kept<Text>> {
        let mut all = self.all.iter();
        let under = all.find(|kept| kept.row.1.code == asked.under);
        let under = under.map(|kept| kept.row.0.id);
        let fits = |kept: &&Kept<Text>| self.fits(kept, asked, under);
        self.all.iter().filter(fits).collect()
    }

    fn fits(&self, kept: &Kept<Text>, asked: &Asked, under: Option<OrganisationId>) -> bool {
        let (organisation, text) = &kept.row;
        let above = self.above.get(&organisation.id).into_iter().flatten();
        let mut line = above.chain([&organisation.id]);
        let by_agency = asked.under.is_empty() || line.any(|id| Some(*id) == under);
        let by_district =
            asked.district.is_empty() || text.district_dopa.as_deref() == Some(&*asked.district);
        let class = organisation.class.map_or("", Class::code);
        let by_class = asked.class.is_empty() || class == asked.class;
        let by_state = match asked.closed.as_str() {
            "all" => true,
            "only" => self.is_closed(kept),
            _ => !self.is_closed(kept),
        };
        by_agency && by_district && by_class && by_state && self.says(kept, &asked.q)
    }

    /// Whether every word that is looked for stands in a name or a code.
    fn says(&self, kept: &Kept<Text>, q: &str) -> bool {
        if q.trim().is_empty() {
            return true;
        }
        let text = &kept.row.1;
        let codes = self.codes.get(&kept.row.0.id).into_iter().flatten();
        let words: Vec<&str> = [Some(&text.name_th), text.name_en.as_ref()]
            .into_iter()
            .chain([text.short_name_th.as_ref(), Some(&text.code)])
            .flatten()
            .chain(codes)
            .map(String::as_str)
            .collect();
        let words = search_key(&words.join("\n"));
        let asked = from_thai_digits(q);
        asked
            .split_whitespace()
            .all(|word| words.contains(&search_key(word)))
    }

    /// Those below whom others stand, in the order of lists.
    fn agencies(&self, v: &Viewer) -> Vec<(String, String)> {
        let parents: BTreeSet<OrganisationId> = self.above.values().flatten().copied().collect();
        let standing = self.all.iter().filter(|kept| !self.is_closed(kept));
        standing
            .filter(|kept| parents.contains(&kept.row.0.id))
            .map(|kept| (kept.row.1.code.clone(), called(v, &kept.row.1)))
            .collect()
    }

    fn districts(&self, v: &Viewer) -> Vec<(String, String)> {
        let codes = self
            .all
            .iter()
            .filter_map(|kept| kept.row.1.district_dopa.clone());
        let named: BTreeMap<String, String> = codes
            .map(|code| (code.clone(), district(v, &code)))
            .collect();
        named.into_iter().collect()
    }
}

fn called(v: &Viewer, text: &OrganisationText) -> String {
    match (v.locale, &text.name_en) {
        (domain::locale::Locale::En, Some(name)) => name.clone(),
        _ => text.name_th.clone(),
    }
}

/// `GET /organisations`, `GET /organisations?q=…&under=…&district=…&class=…&closed=…&page=…`.
///
/// # Errors
/// `NotFound` in a portal without data; `BadRequest` where the question cannot be read.
pub async fn show(
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Page, Error> {
    let v = &viewer;
    let wrong = || Error::BadRequest(vec![Issue::error(At::Whole, "ui.unreadable_question")]);
    let Query(asked) = asked.map_err(|_| wrong())?;
    let register = Register::load(v).await?;
    let fitting = register.fitting(&asked);
    let pages = fitting.len().div_ceil(PER_PAGE).max(1);
    let page = asked.page.parse().unwrap_or(1).clamp(1, pages);
    let shown = fitting.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
    let list = rows(shown.map(|kept| row(v, &register, kept)));
    let title = v.say("page.organisations.title");
    let lead = v.say("page.organisations.lead");
    let mut doors = Vec::new();
    if v.can(Act::ManageOrganisations) {
        for (to, word) in [
            ("new", "organisation.new.title"),
            ("import", "organisation.import.title"),
        ] {
            doors.push(small_button(
                &v.to(&format!("/organisations/{to}")),
                &v.say(word),
            ));
        }
    }
    Ok(Page::new(v, title.clone()).at(Place::Plans).described(&*lead).body(html! {
        (heading(flow(&title), flow(&lead), &doors))
        @if register.all.is_empty() {
            (Empty::NoData.show(&v.say("page.organisations.none"), &v.say("page.target.no_plan.why"), None))
        } @else {
            (filters(v, &register, &asked))
            @if fitting.is_empty() {
                (Empty::NoMatch.show(
                    &v.say("page.organisations.no_match"),
                    &v.say("page.organisations.no_match.why"),
                    Some(button(&v.to("/organisations"), None, &v.say("ui.filters.clear"), false)),
                ))
            } @else {
                (Card::new(&title).aside(count_badge(fitting.len() as u64)).flush().show(list))
                (pagination(v, page as u64, PER_PAGE as u64, fitting.len() as u64))
            }
        }
    }))
}

fn filters(v: &Viewer, register: &Register, asked: &Asked) -> Markup {
    let all = |key| (String::new(), v.say(key).into_owned());
    let choices = |first, others: Vec<(String, String)>| {
        let mut choices = vec![all(first)];
        choices.extend(others);
        choices
    };
    let classes = Class::ALL.iter().map(|class| {
        let key = format!("organisation.class.{class}");
        (class.code().to_owned(), v.say(&key).into_owned())
    });
    let closed = ["all", "only"].map(|code| {
        let key = format!("page.organisations.closed.{code}");
        (code.to_owned(), v.say(&key).into_owned())
    });
    let (q, under, place, class, state) = (
        v.say("page.organisations.q"),
        v.say("page.organisations.under"),
        v.say("page.organisations.district"),
        v.say("page.organisations.class"),
        v.say("page.organisations.closed"),
    );
    let all_of_them = "page.organisations.all";
    Filters::new(v.to("/organisations"))
        .write("q", &q, &asked.q)
        .choose(
            "under",
            &under,
            choices(all_of_them, register.agencies(v)),
            &asked.under,
        )
        .choose(
            "district",
            &place,
            choices(all_of_them, register.districts(v)),
            &asked.district,
        )
        .choose(
            "class",
            &class,
            choices(all_of_them, classes.collect()),
            &asked.class,
        )
        .choose(
            "closed",
            &state,
            choices("page.organisations.closed.not", closed.into()),
            &asked.closed,
        )
        .show(v)
}

/// An organisation in the list: under whom it stands, where it lies, and whether it closed or how certain it is.
fn row(v: &Viewer, register: &Register, kept: &Kept<Text>) -> Row {
    let text = &kept.row.1;
    let nearest = register
        .above
        .get(&kept.row.0.id)
        .and_then(|line| line.first());
    let agency = nearest.and_then(|id| register.all.iter().find(|it| it.row.0.id == *id));
    let certain = || {
        let known = kept.stamp.provenance.as_ref()?;
        Some(certainty(v.locale, known.certainty))
    };
    let closed = kept.row.0.closed.map(|day| {
        let day = short_day(v.locale, day);
        let word = v.say_with("organisation.history.closed", &[("day", day.into())]);
        pill(Tone::Mute, Icon::Slashed, &word)
    });
    let agency = agency.map(|kept| &kept.row);
    Row {
        mark: Some(html! { span.ic { (icon(Icon::Building)) } }),
        title: name(v.locale, &text.name_th, text.name_en.as_deref()),
        href: Some(v.to_organisation(&text.code)),
        line: Some(html! {
            (code(&text.code)) " "
            @if let Some(affiliation) = &text.affiliation_th { (name(v.locale, affiliation, None)) }
            @else if let Some((_, agency)) = agency { (name(v.locale, &agency.name_th, agency.name_en.as_deref())) }
            @if let Some(code) = &text.district_dopa { "\u{a0}· " (flow(&district(v, code))) }
        }),
        aside: closed.or_else(certain),
    }
}
