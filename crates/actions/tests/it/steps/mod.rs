//! The eight-step board: what its stories share.

mod asking;
mod demonstration;
mod evidence;
mod recording;
mod reminding;

use crate::office::planner;
use actions::{
    Ctx, Error, Who,
    steps::{Cell, OpenYear, Opened, Record, Said, certify, open_year, record},
};
use domain::{
    duty::{Duty, DutyItem},
    ids::{GrantId, OrganisationId, PersonId},
    issue::Place,
    organisation::{Organisation, OrganisationText},
    people::{Grant, Person, Role},
    step::StepRecord,
    time::{FiscalYear, Period},
};
use store::{Kept, New, Store};

pub const YEAR: FiscalYear = FiscalYear(2570);

/// The organisations of Phetchabun with an opened year, and the operator who opened it.
pub async fn opened(store: &Store) -> (Ctx, Opened) {
    let mut ctx = planner();
    actions::catalogue::record(store, &mut ctx).await.unwrap();
    let opened = open_year(store, &mut ctx, open()).await.unwrap();
    (ctx, opened)
}

pub fn open() -> OpenYear {
    OpenYear {
        province: "67".to_owned(),
        year: YEAR,
    }
}

pub async fn organisation(store: &Store, code: &str) -> OrganisationId {
    let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(store).await.unwrap();
    let found = all.into_iter().find(|kept| kept.row.1.code == code);
    found.unwrap().row.0.id
}

/// Somebody with a role, and a context in their name.
pub async fn somebody(store: &Store, ctx: &mut Ctx, role: Role, on: &str) -> Ctx {
    let on = organisation(store, on).await;
    let person: PersonId = ctx.id();
    let tx = store.begin().await.unwrap();
    let at = ctx.now();
    let account = format!("example-{person}");
    let row = Person {
        id: person,
        account,
        name: format!("ตัวอย่าง {role}"),
        position: None,
        left: None,
    };
    store::record(
        &tx,
        at,
        [New {
            version: ctx.id(),
            provenance: None,
            row,
        }],
    )
    .await
    .unwrap();
    let id: GrantId = ctx.id();
    let row = Grant {
        id,
        person,
        role,
        organisation: on,
        valid_from: None,
        valid_to: None,
    };
    store::record(
        &tx,
        at,
        [New {
            version: ctx.id(),
            provenance: None,
            row,
        }],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let mut clock = ctx.now().0;
    // Two people never draw the same random bytes.
    let mut drawn = u64::try_from(clock).unwrap();
    let mut theirs = Ctx::new(
        format!("ตัวอย่าง {role}"),
        move || {
            clock += 1_000_000;
            domain::time::Moment(clock)
        },
        move |bytes| {
            for chunk in bytes.chunks_mut(8) {
                drawn += 1;
                chunk.copy_from_slice(&drawn.to_le_bytes()[..chunk.len()]);
            }
        },
    );
    theirs.who = Who::Person(person);
    theirs
}

/// The cell as it stands now.
pub async fn cell(store: &Store, code: &str, item: DutyItem) -> Cell {
    let organisation = organisation(store, code).await;
    let period = Period::fiscal(YEAR);
    let seen = store::steps::record(store, organisation, item, period)
        .await
        .unwrap();
    Cell {
        organisation,
        item,
        period,
        seen: seen.map(|kept| kept.stamp.version),
    }
}

pub async fn standing(store: &Store, cell: Cell) -> Option<StepRecord> {
    let kept = store::steps::record(store, cell.organisation, cell.item, cell.period).await;
    kept.unwrap().map(|kept| kept.row)
}

pub async fn duty(store: &Store, cell: Cell) -> Duty {
    let kept = store::steps::duty(store, cell.organisation, cell.item, cell.period).await;
    kept.unwrap().unwrap().row
}

pub fn said() -> Said {
    Said {
        done_on: "1/10/2569".to_owned(),
        document: "ตัวอย่าง 1/2570".to_owned(),
        note: "ตัวอย่าง".to_owned(),
        count: String::new(),
    }
}

pub fn codes(error: Error) -> Vec<(String, &'static str)> {
    let Error::Invalid(issues) = error else {
        return vec![(error.to_string(), "not invalid")];
    };
    let field = |place: &Place| match place {
        Place::Field { field } => field.clone(),
        other => format!("{other:?}"),
    };
    issues
        .iter()
        .map(|issue| (field(&issue.at), issue.code))
        .collect()
}

pub fn stale(error: Error) -> &'static str {
    match error {
        Error::Stale(issue) => issue.code,
        _ => "not stale",
    }
}

pub const PDF: &[u8] = b"%PDF-1.7\n\xe0\xb8\x95\n%%EOF";

/// A cell that is recorded, and certified where an approver is given; as it stands afterwards.
pub async fn recorded(
    store: &Store,
    code: &str,
    item: DutyItem,
    coordinator: &mut Ctx,
    approver: Option<&mut Ctx>,
) -> Cell {
    let at = cell(store, code, item).await;
    let said = said();
    record(store, coordinator, Record::new(at, said))
        .await
        .unwrap();
    if let Some(approver) = approver {
        let at = cell(store, code, item).await;
        certify(store, approver, at).await.unwrap();
    }
    cell(store, code, item).await
}
