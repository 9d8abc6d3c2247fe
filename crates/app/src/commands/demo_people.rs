//! The people of the demonstration: made up, one for every role, with passwords drawn anew and shown once.

use crate::{
    outcome::{Result, Trouble},
    session::Session,
    table::{Align, Table, clip},
};
use actions::{
    Ctx,
    accounts::{Given, NewAccount, create_with_password},
    organisations::{MoveTo, Rename, move_to, rename},
};
use domain::{
    ids::OrganisationId,
    organisation::{Axis, Organisation, OrganisationText},
    people::Role,
    step::PROVINCIAL_OFFICE,
};
use std::{fs, io::Write, path::Path};
use store::{Kept, Store, permission};

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
    ("demo-narathiwat", "ผู้วางแผน นราธิวาส", Role::Planner, OWNER),
];

/// The office that owns the plan of Narathiwat, as the plan itself says.
const OWNER: &str = "narapeo";

/// Somebody of the demonstration, with the password that was drawn.
#[derive(serde::Serialize)]
pub struct Somebody {
    account: String,
    name: String,
    role: Role,
    organisation: String,
    /// The DOPA code of the province.
    province: Option<String>,
    password: String,
}

/// Makes the people through the acts. A database that has any of them is left as it is, and nobody is given back.
pub async fn record(store: &Store, ctx: &mut Ctx) -> Result<Vec<Somebody>> {
    for (account, ..) in PEOPLE {
        if permission::person(store, account).await?.is_some() {
            return Ok(Vec::new());
        }
    }
    let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(store).await?;
    coordinate(store, ctx, &all).await?;
    let mut made = Vec::new();
    for (account, name, role, code) in PEOPLE {
        let Some(kept) = all.iter().find(|kept| kept.row.1.code == *code) else {
            continue;
        };
        let (organisation, text) = &kept.row;
        let name = format!("ตัวอย่าง {name}");
        let roles = vec![Given {
            role: *role,
            organisation: organisation.id,
        }];
        let new = NewAccount {
            account: (*account).to_owned(),
            name: name.clone(),
            position: None,
            roles,
        };
        let created = create_with_password(store, ctx, new, None).await?;
        made.push(Somebody {
            account: (*account).to_owned(),
            name,
            role: *role,
            organisation: text.code.clone(),
            province: text.province.clone(),
            password: created.password.unwrap_or_default(),
        });
    }
    Ok(made)
}

/// The files of the plan name agencies, but not who coordinates them. The office that owns the plan does so in the
/// demonstration from today on; the register says that this was entered, and as a sample.
async fn coordinate(
    store: &Store,
    ctx: &mut Ctx,
    all: &[Kept<(Organisation, OrganisationText)>],
) -> Result<()> {
    let Some(office) = all.iter().find(|kept| kept.row.1.code == OWNER) else {
        return Ok(());
    };
    let (organisation, text) = &office.row;
    if text.kind.as_deref() == Some(PROVINCIAL_OFFICE) {
        return Ok(());
    }
    let reason = "ตัวอย่าง: สำนักงานที่เป็นเจ้าของแผนประสานหน่วยงานในแผน".to_owned();
    let change = Rename {
        organisation: organisation.id,
        version: None,
        text: OrganisationText {
            kind: Some(PROVINCIAL_OFFICE.to_owned()),
            ..text.clone()
        },
        class: organisation.class,
        position: None,
        reason: reason.clone(),
    };
    rename(store, ctx, &change).await?;
    let agencies = all
        .iter()
        .filter(|kept| kept.row.1.province == text.province);
    let agencies: Vec<OrganisationId> = agencies.map(|kept| kept.row.0.id).collect();
    for agency in agencies.into_iter().filter(|id| *id != organisation.id) {
        let move_ = MoveTo {
            organisation: agency,
            axis: Axis::CoordinatedBy,
            to: Some(organisation.id),
            on: ctx.now().thai_day(),
            reason: reason.clone(),
        };
        move_to(store, ctx, &move_).await?;
    }
    Ok(())
}

/// Shows everybody with their passwords: this once, because only hashes are kept.
pub fn show(session: &Session, people: &[Somebody]) {
    let locale = session.locale;
    if people.is_empty() {
        sayln!("{}", locale.text("demo.people.known"));
        return;
    }
    let heading = |key: &str| (locale.text(key).into_owned(), Align::Left);
    let keys = [
        "user.account",
        "user.roles",
        "demo.people.on",
        "demo.people.password",
    ];
    let mut table = Table::new(keys.map(heading));
    for one in people {
        table.row([
            one.account.clone(),
            clip(&locale.text(one.role.key())),
            one.organisation.clone(),
            one.password.clone(),
        ]);
    }
    say!("{}", table.text());
    sayln!("{}", locale.text("demo.people.hint"));
}

/// Writes everybody with their passwords into a new file that only its owner reads.
pub fn write(people: &[Somebody], path: &Path) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        let json = serde_json::to_string_pretty(people).map_err(std::io::Error::other)?;
        file.write_all(json.as_bytes())
    });
    written.map_err(|error| Trouble::Other(format!("{}: {error}", path.display())))
}
