//! The people of the demonstration: made up, one for every role who may sign in, and those who enter for the other agencies.

use crate::{
    Error,
    accounts::{Cost, Given, NewAccount, create_with_password},
    catalogue::PHETCHABUN,
    ctx::Ctx,
};
use domain::{
    ids::OrganisationId,
    organisation::{Organisation, OrganisationText},
    people::Role,
};
use std::collections::HashMap;
use store::{Kept, Store};

/// Somebody who may sign in, with the password that was drawn: it is shown once and kept nowhere.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Somebody {
    /// The name to sign in with.
    pub account: String,
    /// Their name, which says ตัวอย่าง.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Code of the organisation on which they hold it.
    pub organisation: String,
    /// DOPA code of its province.
    pub province: Option<String>,
    /// The password.
    pub password: String,
}

/// Account, name after ตัวอย่าง, role, and the code of the organisation.
const PEOPLE: &[(&str, &str, Role, &str)] = &[
    ("demo-admin", "ผู้ดูแลระบบ", Role::Administrator, "PNBPEO"),
    ("demo-planner", "ผู้วางแผน", Role::Planner, "PNBPEO"),
    ("demo-executive", "ผู้บริหาร", Role::Executive, "PNBPEO"),
    ("demo-auditor", "ผู้ตรวจสอบ", Role::Auditor, "PNBPEO"),
    ("demo-office", "ผู้รับรองของสำนักงาน", Role::Approver, "PNBPEO"),
    (
        "demo-esa1",
        "ผู้ประสานงาน สพป. เขต 1",
        Role::Coordinator,
        "ESAO-PNB1",
    ),
    (
        "demo-esa1-head",
        "ผู้รับรอง สพป. เขต 1",
        Role::Approver,
        "ESAO-PNB1",
    ),
    (
        "demo-onab",
        "ผู้ประสานงาน พศจ.",
        Role::Coordinator,
        "ONAB-PNB",
    ),
    ("demo-onab-head", "ผู้รับรอง พศจ.", Role::Approver, "ONAB-PNB"),
    (
        "demo-school",
        "ครูแผนของสถานศึกษา",
        Role::SchoolPlanner,
        "RPK57",
    ),
];

/// Agencies and schools on their own for which somebody else enters; those in the second list have a head of their own.
const ENTERING: &[&str] = &[
    "SPEC-PNB",
    "PANYA-PNB",
    "DEAF-PNB",
    "DLA-PNB",
    "PAO-PNB",
    "TM-PNB",
    "TM-LOMSAK",
    "TM-WICHIAN",
    "PCRU",
    "MCU-PKP",
    "BPP-PNB",
    "MSDHS-PNB",
    "PHO-PNB",
];
const WITH_A_HEAD: &[&str] = &[
    "ESAO-PNB2",
    "ESAO-PNB3",
    "SESAO-PNB",
    "PVEC-PNB",
    "DOLE-PNB",
];

/// Makes everybody through the acts and gives back who may sign in. Who only enters gets a password that is told to nobody.
///
/// # Errors
/// As [`create_with_password`].
pub async fn people(store: &Store, ctx: &mut Ctx) -> Result<Vec<Somebody>, Error> {
    let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(store).await?;
    let ids: HashMap<&str, OrganisationId> = all
        .iter()
        .map(|kept| &kept.row)
        .filter(|(_, text)| text.province.as_deref() == Some(PHETCHABUN))
        .map(|(organisation, text)| (&*text.code, organisation.id))
        .collect();
    let mut made = Vec::new();
    for (account, name, role, code) in PEOPLE {
        let Some(id) = ids.get(code) else { continue };
        let name = format!("ตัวอย่าง {name}");
        let password = make(store, ctx, account, &name, &[*role], *id).await?;
        made.push(Somebody {
            account: (*account).to_owned(),
            name,
            role: *role,
            organisation: (*code).to_owned(),
            province: Some(PHETCHABUN.to_owned()),
            password,
        });
    }
    let cost = std::mem::replace(&mut ctx.cost, Cost::LEAST);
    let others = others(store, ctx, &ids).await;
    ctx.cost = cost;
    others.map(|()| made)
}

/// Those who only enter: a hundred random bits that nobody is told need no costly digest.
async fn others(
    store: &Store,
    ctx: &mut Ctx,
    ids: &HashMap<&str, OrganisationId>,
) -> Result<(), Error> {
    const BOTH: &[Role] = &[Role::Coordinator, Role::Approver];
    let alone = ENTERING.iter().map(|code| (*code, "", BOTH));
    let two = WITH_A_HEAD
        .iter()
        .flat_map(|code| [(*code, "", &BOTH[..1]), (*code, "-head", &BOTH[1..])]);
    let head = [("RPK57", "-head", &BOTH[1..])];
    for (code, end, roles) in alone.chain(two).chain(head) {
        let Some(id) = ids.get(code) else { continue };
        let account = format!("demo-{}{end}", code.to_lowercase());
        let what = match roles {
            [Role::Approver] => "ผู้รับรอง",
            _ => "ผู้ประสานงาน",
        };
        let name = format!("ตัวอย่าง {what} {code}");
        make(store, ctx, &account, &name, roles, *id).await?;
    }
    Ok(())
}

async fn make(
    store: &Store,
    ctx: &mut Ctx,
    account: &str,
    name: &str,
    roles: &[Role],
    organisation: OrganisationId,
) -> Result<String, Error> {
    let given = |role: &Role| Given {
        role: *role,
        organisation,
    };
    let new = NewAccount {
        account: account.to_owned(),
        name: name.to_owned(),
        position: None,
        roles: roles.iter().map(given).collect(),
    };
    let created = create_with_password(store, ctx, new, None).await?;
    Ok(created.password.unwrap_or_default())
}
