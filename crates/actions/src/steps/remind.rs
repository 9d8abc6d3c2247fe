//! Reminds organisations of what is due (แจ้งเตือน). The provincial office reminds schools through their agency alone, and
//! nobody is reminded of a step twice on one day.

use super::{duties::periods, enter::put, open_year::Above};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
    permission::{Allowed, On, authorise},
};
use domain::{
    duty::{Duty, DutyItem},
    ids::OrganisationId,
    issue::{Issue, Issues, Place},
    organisation::{Class, Membership, Organisation, OrganisationText},
    permission::{Act, Refusal},
    reminder::Reminder,
    step::needed,
    time::{FiscalYear, Moment, Period},
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use store::{Kept, Read, Store};
use uuid::Uuid;

/// Who is reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// An organisation with the schools below it, of what is due or overdue.
    One(OrganisationId),
    /// Everybody within reach who is late.
    AllLate,
}

/// A reminder to be sent.
#[derive(Debug, Clone)]
pub struct Remind {
    /// In which province.
    pub province: String,
    /// In which fiscal year.
    pub year: FiscalYear,
    /// Of which step.
    pub item: DutyItem,
    /// Whom.
    pub whom: Whom,
    /// In which words.
    pub text: String,
}

/// What one organisation is reminded of.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Addressed {
    /// Who is reminded.
    pub organisation: OrganisationId,
    /// Whether something of its own is open.
    pub own: bool,
    /// The schools that it is asked to coordinate.
    pub schools: Vec<OrganisationId>,
}

/// Who is reminded, and who was today already.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Reminded {
    /// Those who are reminded, by the organisation.
    pub to: Vec<Addressed>,
    /// Those who were reminded of this step today and are left alone.
    pub already: Vec<OrganisationId>,
}

/// Whom a reminder would reach; nothing is recorded.
///
/// # Errors
/// Those of [`remind`], but for its words.
pub async fn preview_remind(store: &Store, ctx: &mut Ctx, new: &Remind) -> Result<Reminded, Error> {
    let at = ctx.now();
    Ok(plan(store, ctx, new, at).await?.answer())
}

/// Reminds: each organisation that is addressed gets one reminder for every period in which something is open.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] without words; [`Error::Stale`] when nothing is open, or everybody was
/// reminded of it today.
pub async fn remind(store: &Store, ctx: &mut Ctx, new: Remind) -> Result<Reminded, Error> {
    let trail = Trail::Own(&new.province);
    perform(store, ctx, trail, async |tx, ctx, at| {
        let plan = plan(tx, ctx, &new, at).await?;
        let mut issues: Issues = Vec::new();
        let text = needed(new.text.clone(), "text", "step.text_needed", &mut issues);
        if !issues.is_empty() {
            return Err(Error::Invalid(issues));
        }
        if plan.sendings.is_empty() {
            let code = match plan.already.is_empty() {
                true => "step.nothing_to_remind",
                false => "step.reminded_today",
            };
            return Err(Error::stale(Issue::error(Place::Whole, code)));
        }
        for ((organisation, period), sending) in &plan.sendings {
            let reminder = Reminder {
                id: ctx.id(),
                organisation: *organisation,
                item: new.item,
                period: *period,
                from: plan.by.from(),
                own: sending.own,
                schools: u32::try_from(sending.schools.len()).unwrap_or(u32::MAX),
                text: text.clone(),
            };
            put(tx, ctx, at, reminder).await?;
        }
        let answer = plan.answer();
        let event = Some(Told {
            by: plan.by,
            act: "step.remind",
            subject: ("step", format!("{}/{}", new.item, new.year.0)),
            payload: serde_json::json!({ "text": text, "reminded": answer }),
        });
        Ok(Done { answer, event })
    })
    .await
}

/// What one organisation is reminded of for one period.
#[derive(Default)]
struct Sending {
    own: bool,
    schools: BTreeSet<OrganisationId>,
}

struct Plan {
    by: Allowed,
    sendings: BTreeMap<(OrganisationId, Period), Sending>,
    already: BTreeSet<OrganisationId>,
}

impl Plan {
    fn answer(&self) -> Reminded {
        let mut to: BTreeMap<OrganisationId, Sending> = BTreeMap::new();
        for ((organisation, _), sending) in &self.sendings {
            let all = to.entry(*organisation).or_default();
            all.own |= sending.own;
            all.schools.extend(&sending.schools);
        }
        let addressed = |(organisation, sending): (OrganisationId, Sending)| Addressed {
            organisation,
            own: sending.own,
            schools: sending.schools.into_iter().collect(),
        };
        Reminded {
            to: to.into_iter().map(addressed).collect(),
            already: self.already.iter().copied().collect(),
        }
    }
}

async fn plan(read: &impl Read, ctx: &Ctx, new: &Remind, at: Moment) -> Result<Plan, Error> {
    let today = at.thai_day();
    let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(read).await?;
    let memberships: Vec<Kept<Membership>> = store::all(read).await?;
    let mut ways = Ways {
        read,
        ctx,
        at,
        above: Above::on(&all, &memberships, today),
        schools: all
            .iter()
            .filter(|kept| kept.row.0.class == Some(Class::School))
            .map(|kept| kept.row.0.id)
            .collect(),
        asked: HashMap::new(),
    };
    let here: HashSet<OrganisationId> = all
        .iter()
        .filter(|kept| kept.row.1.province.as_deref() == Some(&*new.province))
        .map(|kept| kept.row.0.id)
        .collect();
    // Who may not remind this one is told so, whether anything of it is open or not.
    let mut by = match new.whom {
        Whom::One(one) if here.contains(&one) => Some(ways.must(one).await?),
        // One of another province is as unknown here as one that does not exist.
        Whom::One(_) => Some(ways.must(OrganisationId(Uuid::nil())).await?),
        Whom::AllLate => None,
    };
    let periods = periods(new.year);
    let mut before: HashSet<OrganisationId> = HashSet::new();
    for kept in store::steps::reminders(read, &periods).await? {
        if kept.row.item == new.item && kept.stamp.recorded_at.thai_day() == today {
            before.insert(kept.row.organisation);
        }
    }
    let mut sendings: BTreeMap<(OrganisationId, Period), Sending> = BTreeMap::new();
    let mut already = BTreeSet::new();
    let mut refused = None;
    for kept in store::steps::duties(read, &periods).await? {
        let duty = kept.row;
        let meant = match new.whom {
            Whom::One(one) => ways.is_of(duty.organisation, one),
            Whom::AllLate => duty.due < today && here.contains(&duty.organisation),
        };
        if duty.item != new.item || !duty.is_open(today) || !meant {
            continue;
        }
        let (to, allowed) = match ways.to(&duty).await? {
            Ok(found) => found,
            Err(refusal) => {
                refused.get_or_insert(refusal);
                continue;
            }
        };
        if before.contains(&to) {
            already.insert(to);
            continue;
        }
        by.get_or_insert(allowed);
        let sending = sendings.entry((to, duty.period)).or_default();
        match to == duty.organisation {
            true => sending.own = true,
            false => {
                sending.schools.insert(duty.organisation);
            }
        }
    }
    match (by, refused) {
        (Some(by), _) => Ok(Plan {
            by,
            sendings,
            already,
        }),
        // Nothing is late, or all of it lies out of reach: whoever may remind nobody at all is told why.
        (None, refused) if already.is_empty() => Err(match refused {
            Some(refusal) => Error::Forbidden {
                act: Act::Remind,
                refusal,
            },
            None => Error::stale(Issue::error(Place::Whole, "step.nothing_to_remind")),
        }),
        (None, _) => Err(Error::stale(Issue::error(
            Place::Whole,
            "step.reminded_today",
        ))),
    }
}

/// By which way somebody is reminded.
struct Ways<'a, R> {
    read: &'a R,
    ctx: &'a Ctx,
    at: Moment,
    above: Above,
    schools: HashSet<OrganisationId>,
    asked: HashMap<OrganisationId, Result<Allowed, Refusal>>,
}

impl<R: Read> Ways<'_, R> {
    /// Whether a duty's organisation is this one, or a school for which it answers.
    fn is_of(&self, organisation: OrganisationId, one: OrganisationId) -> bool {
        let agency = || Some(self.above.nearest_agency(organisation)?.0);
        organisation == one || (self.schools.contains(&organisation) && agency() == Some(one))
    }

    /// Who is reminded of a duty, and by which right: the organisation itself by its own line, a school by the provincial
    /// office through its agency.
    async fn to(
        &mut self,
        duty: &Duty,
    ) -> Result<Result<(OrganisationId, Allowed), Refusal>, Error> {
        let organisation = duty.organisation;
        let agency = match self.schools.contains(&organisation) {
            true => self.above.nearest_agency(organisation),
            false => None,
        };
        let direct = |allowed: Result<Allowed, Refusal>| allowed.map(|by| (organisation, by));
        let Some((agency, way)) = agency else {
            return Ok(direct(self.may(organisation).await?));
        };
        Ok(match self.may(agency).await? {
            // Whoever holds a role at the agency, or between it and the school, is of the school's own line.
            Ok(by) if by.from().is_some_and(|from| way.contains(&from)) => Ok((organisation, by)),
            Ok(by) => Ok((agency, by)),
            Err(_) => direct(self.may(organisation).await?),
        })
    }

    async fn may(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Result<Allowed, Refusal>, Error> {
        if let Some(known) = self.asked.get(&organisation) {
            return Ok(known.clone());
        }
        let on = On::Organisation(organisation);
        let allowed = match authorise(self.read, self.ctx, Act::Remind, on, self.at).await {
            Ok(allowed) => Ok(allowed),
            Err(Error::Forbidden { refusal, .. }) => Err(refusal),
            Err(other) => return Err(other),
        };
        self.asked.insert(organisation, allowed.clone());
        Ok(allowed)
    }

    async fn must(&mut self, organisation: OrganisationId) -> Result<Allowed, Error> {
        let act = Act::Remind;
        let allowed = self.may(organisation).await?;
        allowed.map_err(|refusal| Error::Forbidden { act, refusal })
    }
}
