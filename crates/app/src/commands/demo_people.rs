//! The people of the demonstration as the shell knows them: whether they are there, the planner of the office that owns
//! the plan, and their passwords, which are shown once.

use crate::{
    outcome::{Result, Trouble},
    session::Session,
    table::{Align, Table, clip},
};
use actions::{
    Ctx,
    accounts::{Given, NewAccount, create_with_password},
    demo::Somebody,
    organisations::{MoveTo, Rename, move_to, rename},
};
use domain::{
    ids::OrganisationId,
    organisation::{Axis, Organisation, OrganisationText},
    people::{Person, Role},
    step::PROVINCIAL_OFFICE,
};
use std::{fs, io::Write, path::Path};
use store::{Kept, Store, permission};

/// The office that owns the plan of Narathiwat, as the plan itself says.
const OWNER: &str = "narapeo";
/// Its planner.
const PLANNER: &str = "demo-narathiwat";

/// Whether the people of the demonstration are there already: then nothing is played again, and no password is shown.
pub async fn known(store: &Store) -> Result<bool> {
    let people: Vec<Kept<Person>> = store::all(store).await?;
    Ok(people
        .iter()
        .any(|kept| kept.row.account.starts_with("demo-")))
}

/// The planner of the office that owns the plan, made through the acts; nobody where they are there already.
pub async fn of_the_plan(store: &Store, ctx: &mut Ctx) -> Result<Option<Somebody>> {
    if permission::person(store, PLANNER).await?.is_some() {
        return Ok(None);
    }
    let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(store).await?;
    coordinate(store, ctx, &all).await?;
    let Some(office) = all.iter().find(|kept| kept.row.1.code == OWNER) else {
        return Ok(None);
    };
    let (organisation, text) = &office.row;
    let (name, role) = ("ตัวอย่าง ผู้วางแผน นราธิวาส".to_owned(), Role::Planner);
    let new = NewAccount {
        account: PLANNER.to_owned(),
        name: name.clone(),
        position: None,
        roles: vec![Given {
            role,
            organisation: organisation.id,
        }],
    };
    let created = create_with_password(store, ctx, new, None).await?;
    Ok(Some(Somebody {
        account: PLANNER.to_owned(),
        name,
        role,
        organisation: text.code.clone(),
        province: text.province.clone(),
        password: created.password.unwrap_or_default(),
    }))
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
