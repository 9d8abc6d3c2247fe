//! How an act on organisations runs: permission, the register, the change in memory, and what differs recorded with one
//! event. A preview does the same and records nothing.

use super::{
    register::{Ids, Register},
    rows::{Diff, Rows},
};
use crate::{
    Error,
    act::{Done, NATIONAL, Told, Trail, perform},
    ctx::Ctx,
    permission::{Allowed, On, authorise},
};
use domain::{
    duty::DutyItem,
    ids::{OrganisationId, ReorganisationId, StepRecordId},
    issue::{Issue, Issues, Place},
    organisation::{Membership, Organisation, OrganisationText},
    people::Grant,
    permission::Act,
    project::{Project, ProjectText},
    provenance::{Certainty, Provenance},
    step::{StepRecord, StepState},
    time::{Moment, Period},
};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use store::{New, Read, Row, Store, Tx};
use uuid::Uuid;

/// What an act does, or would do, besides what it is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Consequences {
    /// The organisation that the act made or changed.
    pub subject: Option<OrganisationId>,
    /// The merging or splitting, to undo it by.
    pub reorganisation: Option<ReorganisationId>,
    /// Organisations that it makes, in the order of the input.
    pub made: Vec<OrganisationId>,
    /// Organisations that it closes.
    pub closed: Vec<OrganisationId>,
    /// Organisations that stand under another one afterwards.
    pub moved: Vec<OrganisationId>,
    /// Projects of those that are closed. They stay as they are.
    pub projects: usize,
    /// What applies and is to be reported from the day on, and goes over to another organisation.
    pub duties_moved: usize,
    /// What applies and is to be reported from the day on, and is asked of nobody any more, or of another one anyway.
    pub duties_ended: usize,
    /// Records that nobody has certified and that go to the cells of another organisation, with their files.
    pub records_moved: Vec<RecordAt>,
    /// Records that nobody has certified and that are from now on read beside the record of another organisation.
    pub records_kept: Vec<RecordAt>,
    /// Records that nobody has certified and that end.
    pub records_given_up: Vec<RecordAt>,
    /// Roles that people hold on those that are closed: to be handed over.
    #[serde(skip)]
    pub hand_over: Vec<Grant>,
}

/// A record of the board that a consequence concerns, as it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RecordAt {
    /// The record.
    pub record: StepRecordId,
    /// Whose it was.
    pub organisation: OrganisationId,
    /// Of which step.
    pub item: DutyItem,
    /// Of which fiscal year or quarter.
    pub period: Period,
    /// How far it had come.
    pub state: StepState,
}

impl RecordAt {
    pub(super) const fn of(record: &StepRecord) -> Self {
        Self {
            record: record.id,
            organisation: record.organisation,
            item: record.item,
            period: record.period,
            state: record.state,
        }
    }
}

/// Whom an act concerns.
#[derive(Debug, Default)]
pub struct Asks<'a> {
    /// Those whom it changes: the person needs the right on each.
    pub organisations: Vec<OrganisationId>,
    /// Those under whom others are to stand. National ones are everybody's; on one of a province the person needs the
    /// right, too.
    pub parents: Vec<OrganisationId>,
    /// The province in which it makes organisations; `Some(None)` = nationally.
    pub new_in: Option<Option<&'a str>>,
}

/// One act on organisations: what it asks for, and how it changes the register in memory.
pub trait Change: Sync {
    /// Its name in the trail.
    const NAME: &'static str;
    /// The right that it needs.
    const NEEDS: Act;

    /// Whom it concerns.
    fn asks(&self) -> Asks<'_>;

    /// The letter, order or reason on which it rests.
    fn reason(&self) -> &str;

    /// The version of the organisation that the person had before them, where the act changes its words.
    fn version(&self) -> Option<(OrganisationId, Uuid)> {
        None
    }

    /// Changes the register, or says everything that is wrong. Nothing is recorded by it.
    #[doc(hidden)]
    fn plan(
        &self,
        register: &mut Register,
        today: Date,
        ids: &mut Ids<'_>,
    ) -> Result<Consequences, Issues>;
}

/// What an act would do, and everything that is wrong with it; nothing is recorded.
///
/// # Errors
/// Those of the act.
pub async fn preview(
    store: &Store,
    ctx: &mut Ctx,
    change: &impl Change,
) -> Result<Consequences, Error> {
    let at = ctx.now();
    let (_, _, consequences) = planned(store, ctx, at, change).await?;
    Ok(consequences)
}

/// Does an act.
pub async fn run(
    store: &Store,
    ctx: &mut Ctx,
    change: &impl Change,
) -> Result<Consequences, Error> {
    let trail = trail_of(store, &change.asks()).await?;
    perform(store, ctx, Trail::Shared(&trail), async |tx, ctx, at| {
        let (by, register, consequences) = planned(tx, ctx, at, change).await?;
        let changes = record(tx, ctx, at, &register, &entered(change.reason())).await?;
        let event = changes.map(|changes| Told {
            by,
            act: change_name(change),
            subject: ("organisation", id_text(consequences.subject)),
            payload: serde_json::json!({
                "reason": change.reason(),
                "consequences": consequences,
                "changes": changes,
            }),
        });
        let answer = consequences;
        Ok(Done { answer, event })
    })
    .await
}

fn change_name<C: Change>(_: &C) -> &'static str {
    C::NAME
}

pub(super) fn id_text(id: Option<OrganisationId>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

/// The trail that tells of an act: that of the province of the first organisation that it concerns.
pub(super) async fn trail_of(store: &Store, asks: &Asks<'_>) -> Result<String, Error> {
    if let Some(first) = asks.organisations.first() {
        let kept = store::get::<(Organisation, OrganisationText)>(store, *first).await?;
        if let Some(province) = kept.and_then(|kept| kept.row.1.province) {
            return Ok(province);
        }
    } else if let Some(Some(province)) = asks.new_in
        && domain::organisation::is_province(province)
    {
        return Ok(province.to_owned());
    }
    Ok(NATIONAL.to_owned())
}

async fn planned<C: Change>(
    read: &impl Read,
    ctx: &mut Ctx,
    at: Moment,
    change: &C,
) -> Result<(Allowed, Register, Consequences), Error> {
    let asks = change.asks();
    let by = allowed(read, ctx, at, C::NEEDS, &asks).await?;
    let register = Register::load(read, &asks.organisations).await?;
    let unknown = asks
        .organisations
        .iter()
        .find(|id| register.organisation(**id).is_none());
    if let Some(unknown) = unknown {
        let issue = Issue::error(Place::Whole, "organisation.unknown");
        return Err(Error::not_found(issue.with("id", unknown.to_string())));
    }
    if let Some((id, version)) = change.version() {
        stands_as_seen(read, id, version).await?;
    }
    let mut after = register;
    let mut consequences = change
        .plan(&mut after, at.thai_day(), &mut || ctx.id())
        .map_err(Error::Invalid)?;
    let projects = store::of::<(Project, ProjectText), _>(read, &consequences.closed).await?;
    consequences.projects = projects.len();
    let grants = store::of::<Grant, _>(read, &consequences.closed).await?;
    let today = at.thai_day();
    let lasting = |grant: &Grant| grant.valid_to.is_none_or(|to| to > today);
    consequences.hand_over = grants
        .into_iter()
        .map(|kept| kept.row)
        .filter(lasting)
        .collect();
    Ok((by, after, consequences))
}

/// Asks for the right on everything that the act concerns.
pub(super) async fn allowed(
    read: &impl Read,
    ctx: &Ctx,
    at: Moment,
    needs: Act,
    asks: &Asks<'_>,
) -> Result<Allowed, Error> {
    let mut on: Vec<On<'_>> = asks
        .organisations
        .iter()
        .map(|id| On::Organisation(*id))
        .collect();
    match asks.new_in {
        Some(Some(province)) => on.push(On::Province(province)),
        Some(None) => on.push(On::Nation),
        None => {}
    }
    let parents = store::get_many::<(Organisation, OrganisationText)>(read, &asks.parents).await?;
    for parent in parents {
        if parent.row.1.province.is_some() {
            on.push(On::Organisation(parent.row.0.id));
        }
    }
    let Some((first, others)) = on.split_first() else {
        return authorise(read, ctx, needs, On::Nation, at).await;
    };
    let by = authorise(read, ctx, needs, *first, at).await?;
    for other in others {
        authorise(read, ctx, needs, *other, at).await?;
    }
    Ok(by)
}

/// Nobody writes over what somebody else changed while the form was open.
async fn stands_as_seen(read: &impl Read, id: OrganisationId, version: Uuid) -> Result<(), Error> {
    let kept = store::get::<(Organisation, OrganisationText)>(read, id).await?;
    match kept {
        Some(kept) if kept.stamp.version != version => {
            let text = kept.row.1;
            let at = Place::Thing {
                what: "organisation",
                code: text.code,
                id: id.to_string(),
            };
            let issue = Issue::error(at, "organisation.changed_meanwhile");
            Err(Error::stale(issue.with("name", text.name_th)))
        }
        _ => Ok(()),
    }
}

/// Everything that differs, table by table, for the trail.
#[derive(Debug, Default, Serialize)]
pub(super) struct Changes(BTreeMap<&'static str, Vec<serde_json::Value>>);

impl Changes {
    /// Only the rows that stood before.
    pub fn of_standing(mut self) -> Self {
        for rows in self.0.values_mut() {
            rows.retain(|row| !row["before"].is_null());
        }
        self.0.retain(|_, rows| !rows.is_empty());
        self
    }
}

/// Records what differs in the register; `None` when nothing does.
pub(super) async fn record(
    tx: &Tx,
    ctx: &mut Ctx,
    at: Moment,
    register: &Register,
    origin: &Provenance,
) -> Result<Option<Changes>, Error> {
    let mut changes = Changes::default();
    let mut desk = Recording {
        tx,
        ctx,
        at,
        origin,
        changes: &mut changes,
    };
    let same_words = |diff: &Diff<(Organisation, OrganisationText)>| {
        let words =
            |row: &Option<(Organisation, OrganisationText)>| row.as_ref().map(|it| it.1.clone());
        words(&diff.before) == words(&diff.after)
    };
    desk.table("organisations", &register.organisations, same_words)
        .await?;
    desk.table(
        "memberships",
        &register.memberships,
        |diff: &Diff<Membership>| diff.before.is_some(),
    )
    .await?;
    desk.table("codes", &register.codes, |_| false).await?;
    desk.table("display_orders", &register.orders, |_| false)
        .await?;
    desk.table("successions", &register.successions, |_| false)
        .await?;
    desk.table("duties", &register.duties, |diff| diff.before.is_some())
        .await?;
    desk.table("step_records", &register.records, |diff| {
        diff.before.is_some()
    })
    .await?;
    desk.table("kept_records", &register.kept, |_| false)
        .await?;
    Ok((!changes.0.is_empty()).then_some(changes))
}

struct Recording<'a> {
    tx: &'a Tx,
    ctx: &'a mut Ctx,
    at: Moment,
    origin: &'a Provenance,
    changes: &'a mut Changes,
}

impl Recording<'_> {
    /// Ends and records the rows of one table; a row that `keeps` what it said keeps where it was read.
    async fn table<R>(
        &mut self,
        name: &'static str,
        rows: &Rows<R::Id, R>,
        keeps: impl Fn(&Diff<R>) -> bool,
    ) -> Result<(), Error>
    where
        R: Row + Clone + PartialEq + Serialize,
        R::Id: Ord,
    {
        let mut ended = Vec::new();
        let mut new = Vec::new();
        let mut told = Vec::new();
        for (id, diff) in rows.diffs() {
            told.push(serde_json::json!({ "before": diff.before, "after": diff.after }));
            let kept = keeps(&diff).then(|| rows.provenance(id).cloned());
            match diff.after {
                None => ended.push(id),
                Some(row) => new.push(New {
                    version: self.ctx.id(),
                    provenance: kept.unwrap_or_else(|| Some(self.origin.clone())),
                    row,
                }),
            }
        }
        if told.is_empty() {
            return Ok(());
        }
        store::end::<R>(self.tx, self.at, &ended).await?;
        store::record(self.tx, self.at, new).await?;
        self.changes.0.insert(name, told);
        Ok(())
    }
}

/// What a person of the office entered, and the letter it rests on.
pub(super) fn entered(reason: &str) -> Provenance {
    Provenance {
        source: reason.to_owned(),
        certainty: Certainty::Entered,
    }
}
