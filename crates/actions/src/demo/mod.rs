//! The demonstration: made-up people of Phetchabun do a whole fiscal year and the beginning of the next one through the
//! same acts as everybody. Nothing in it is true, and every note, number and name says ตัวอย่าง.

mod cast;
mod clock;
mod doing;
mod paper;
mod past;
mod people;
mod present;

pub use clock::Clock;
pub use people::{Somebody, people};

use crate::{
    Error,
    calendar::{AddHoliday, add_holiday},
    catalogue::PHETCHABUN,
    ctx::Ctx,
    steps::{OpenYear, open_year, periods},
};
use cast::Cast;
use doing::{Doing, Player};
use domain::{
    organisation::{Organisation, OrganisationText},
    time::{FiscalYear, Moment},
};
use jiff::civil::{Date, date};
use std::collections::HashMap;
use store::{Kept, Store};

/// The year that is over.
const PAST: FiscalYear = FiscalYear(2569);
/// The year that is played as far as it had come.
const PRESENT: FiscalYear = FiscalYear(2570);

/// When the demonstration begins: eight o'clock in the morning of the first day of the past year, in Thailand.
pub const BEGIN: Moment = Moment(1_759_280_400_000_000);

/// A public holiday of the past year that only its announcement tells: the quarter's reports were due on it.
const LENT: Date = date(2026, 7, 30);

/// Plays both years, each act on its day, by the people that [`people()`] made; what lies after `until` has not happened yet.
/// Gives how many records stand. A database with records of these years is left as it is.
///
/// `ctx` must take its time from `clock`: the acts of the past happen on their days, and the trail tells them so.
///
/// # Errors
/// As the acts. The organisations that ship must be recorded.
pub async fn play(
    store: &Store,
    ctx: &mut Ctx,
    clock: &Clock,
    until: Moment,
) -> Result<usize, Error> {
    let both: Vec<_> = [PAST, PRESENT].into_iter().flat_map(periods).collect();
    if !store::steps::records(store, &both).await?.is_empty() {
        return Ok(0);
    }
    // In a database in which somebody has worked before, time goes on from there.
    for head in store::trail::heads(store).await? {
        clock.after(head.at);
    }
    let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(store).await?;
    let here = all
        .iter()
        .map(|kept| &kept.row)
        .filter(|(_, text)| text.province.as_deref() == Some(PHETCHABUN));
    let codes: HashMap<&str, _> = here.map(|(it, text)| (&*text.code, it.id)).collect();
    let cast = Cast::of(store, &codes, until).await?;
    let (actor, who) = (ctx.actor.clone(), ctx.who);
    let mut player = Player {
        store,
        ctx,
        clock,
        cast: &cast,
        until: until.thai_day(),
    };
    let played = years(&mut player, &codes).await;
    (ctx.actor, ctx.who) = (actor, who);
    played?;
    Ok(store::steps::records(store, &both).await?.len())
}

async fn years(
    player: &mut Player<'_>,
    codes: &HashMap<&str, domain::ids::OrganisationId>,
) -> Result<(), Error> {
    open(player, PAST).await?;
    let duties = store::steps::duties(player.store, &periods(PAST)).await?;
    let duties: Vec<_> = duties.into_iter().map(|kept| kept.row).collect();
    let mut doings = past::story(codes, &duties);
    doings.extend(present::story(codes));
    // By their days; of one day in the order in which they were told.
    doings.sort_by_key(|doing| doing.day);
    let mut opened = false;
    for doing in &doings {
        if doing.day >= PRESENT.first_day() && !opened {
            opened = true;
            open(player, PRESENT).await?;
        }
        player.play(doing).await?;
    }
    if !opened {
        open(player, PRESENT).await?;
    }
    Ok(())
}

/// The administrator opens a year on its first day, and keeps its calendar.
async fn open(player: &mut Player<'_>, year: FiscalYear) -> Result<(), Error> {
    player.clock.to(year.first_day().min(player.until));
    player.acts_as(player.cast.administrator());
    let open = OpenYear {
        province: PHETCHABUN.to_owned(),
        year,
    };
    open_year(player.store, player.ctx, open).await?;
    if year == PAST {
        let lent = AddHoliday {
            province: Some(PHETCHABUN.to_owned()),
            day: domain::time::short_date(LENT, domain::locale::Locale::Th),
            name: "วันเข้าพรรษา (ตัวอย่าง)".to_owned(),
            source: "ตัวอย่าง: ประกาศวันหยุดราชการ".to_owned(),
            ..AddHoliday::default()
        };
        add_holiday(player.store, player.ctx, lent).await?;
    }
    Ok(())
}

/// One thing that somebody does on a day.
type Story = Vec<Doing>;
