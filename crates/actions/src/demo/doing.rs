//! What somebody of the demonstration does on a day, and who does it.

use super::{cast::Cast, clock::Clock, paper::sample};
use crate::{
    Error,
    catalogue::PHETCHABUN,
    ctx::{Ctx, Who},
    steps::{
        Answer, AskForMore, Cell, Draft, NewFile, NotApplicable, Record, Remind, Said, Whom,
        answer, ask_for_more, certify, close_inquiry, draft_on_behalf, not_applicable, record,
        remind, return_,
    },
};
use domain::{
    duty::DutyItem,
    ids::{OrganisationId, StepRecordId},
    inquiry::Inquiry,
    locale::Locale,
    permission::{Act, Refusal},
    time::{FiscalYear, Holidays, Period, add_working_days, short_date},
};
use jiff::civil::Date;
use store::{Kept, Store};

/// One cell of the board.
#[derive(Debug, Clone, Copy)]
pub(super) struct Where {
    pub organisation: OrganisationId,
    pub item: DutyItem,
    pub period: Period,
}

/// One thing that is done.
#[derive(Debug, Clone)]
pub(super) enum Do {
    /// The organisation records.
    Record(Said),
    /// It records that the step does not apply, and why.
    NotOurs(&'static str),
    /// The provincial office drafts, on a letter with this number.
    Draft(Said, usize),
    /// The organisation records, and attaches a file with this number.
    Prove(Said, usize, FiscalYear),
    /// Its approver certifies.
    Certify,
    /// Its approver sends back, and why.
    Return(&'static str),
    /// The provincial office asks for more, to be answered within working days.
    Ask(&'static str, i32),
    /// The organisation answers.
    Answer(&'static str),
    /// The provincial office closes what it asked.
    Close,
    /// The provincial office reminds everybody who is late with the step.
    RemindLate,
}

/// One thing that is done on a day.
#[derive(Debug, Clone)]
pub(super) struct Doing {
    pub day: Date,
    at: Where,
    act: Do,
}

impl Doing {
    pub fn new(day: Date, at: Where, act: Do) -> Self {
        Self { day, at, act }
    }
}

/// What was done on a day, as somebody types it; `number` is that of its document.
pub(super) fn said(done_on: Date, number: usize, year: FiscalYear, count: Option<u32>) -> Said {
    Said {
        done_on: short_date(done_on, Locale::Th),
        document: format!("ตัวอย่าง {number}/{}", year.0),
        note: "ตัวอย่าง".to_owned(),
        count: count.map(|count| count.to_string()).unwrap_or_default(),
    }
}

/// Lets the people of the demonstration do things.
pub(super) struct Player<'a> {
    pub store: &'a Store,
    pub ctx: &'a mut Ctx,
    pub clock: &'a Clock,
    pub cast: &'a Cast,
    pub until: Date,
}

impl Player<'_> {
    /// Goes on in somebody's name.
    pub fn acts_as(&mut self, somebody: &super::cast::Actor) {
        self.ctx.who = Who::Person(somebody.person);
        self.ctx.actor.clone_from(&somebody.account);
    }

    /// Does one thing, unless its day has not come.
    pub async fn play(&mut self, doing: &Doing) -> Result<(), Error> {
        if doing.day > self.until {
            return Ok(());
        }
        self.clock.to(doing.day);
        let whose = doing.at.organisation;
        let somebody = match &doing.act {
            Do::Record(_) | Do::NotOurs(_) | Do::Prove(..) | Do::Answer(_) => {
                self.cast.records(whose)
            }
            Do::Certify | Do::Return(_) => self.cast.certifies(whose),
            Do::Draft(..) | Do::Ask(..) | Do::Close | Do::RemindLate => Some(self.cast.planner()),
        };
        let somebody = somebody.ok_or(Error::Forbidden {
            act: Act::RecordStep,
            refusal: Refusal::NoRole,
        })?;
        self.acts_as(somebody);
        self.act(doing).await
    }

    async fn act(&mut self, doing: &Doing) -> Result<(), Error> {
        let cell = self.cell(doing.at).await?;
        let (store, day) = (self.store, doing.day);
        let ctx = &mut *self.ctx;
        match &doing.act {
            Do::Record(said) => {
                let said = said.clone();
                record(store, ctx, Record::new(cell, said)).await.map(drop)
            }
            Do::NotOurs(reason) => {
                let reason = (*reason).to_owned();
                let new = NotApplicable { cell, reason };
                not_applicable(store, ctx, new).await.map(drop)
            }
            Do::Draft(said, number) => {
                let draft = Draft {
                    cell,
                    said: said.clone(),
                    letter_number: format!("ตัวอย่าง พช {number}"),
                    letter_date: short_date(day, Locale::Th),
                    files: Vec::new(),
                };
                draft_on_behalf(store, ctx, draft).await.map(drop)
            }
            Do::Prove(said, number, year) => {
                let file = NewFile {
                    name: format!("ตัวอย่าง {number}-{}.pdf", year.0),
                    content: sample(),
                };
                let new = Record {
                    files: vec![file],
                    ..Record::new(cell, said.clone())
                };
                record(store, ctx, new).await.map(drop)
            }
            Do::Certify => certify(store, ctx, cell).await.map(drop),
            Do::Return(why) => return_(store, ctx, cell, why).await.map(drop),
            Do::Ask(wanted, days) => {
                let today = self.clock.now().thai_day().max(day);
                let due = add_working_days(today, *days, &Holidays::default());
                let new = AskForMore {
                    cell,
                    wanted: (*wanted).to_owned(),
                    due: short_date(due, Locale::Th),
                };
                ask_for_more(store, ctx, new).await.map(drop)
            }
            Do::Answer(words) => {
                let kept = self.inquiry(doing.at).await?;
                let new = Answer {
                    inquiry: kept.row.id,
                    seen: kept.stamp.version,
                    words: (*words).to_owned(),
                    files: Vec::new(),
                };
                answer(store, self.ctx, new).await
            }
            Do::Close => {
                let kept = self.inquiry(doing.at).await?;
                close_inquiry(store, self.ctx, kept.row.id, kept.stamp.version).await
            }
            Do::RemindLate => {
                let new = Remind {
                    province: PHETCHABUN.to_owned(),
                    year: FiscalYear(doing.at.period.year),
                    item: doing.at.item,
                    whom: Whom::AllLate,
                    text: "ตัวอย่าง: โปรดรายงานผลโดยเร็ว หากมีข้อขัดข้องโปรดแจ้ง ศธจ.".to_owned(),
                };
                remind(store, ctx, new).await.map(drop)
            }
        }
    }

    /// The cell as it stands now.
    async fn cell(&self, at: Where) -> Result<Cell, Error> {
        let Where {
            organisation,
            item,
            period,
        } = at;
        let kept = store::steps::record(self.store, organisation, item, period).await?;
        Ok(Cell {
            organisation,
            item,
            period,
            seen: kept.map(|kept| kept.stamp.version),
        })
    }

    /// What was asked about the cell last.
    async fn inquiry(&self, at: Where) -> Result<Kept<Inquiry>, Error> {
        let gone = || {
            let whole = domain::issue::Place::Whole;
            Error::not_found(domain::issue::Issue::error(whole, "step.nothing_recorded"))
        };
        let kept = store::steps::record(self.store, at.organisation, at.item, at.period).await?;
        let record: StepRecordId = kept.ok_or_else(gone)?.row.id;
        let all = store::of::<Inquiry, _>(self.store, &[record]).await?;
        all.into_iter().next_back().ok_or_else(gone)
    }
}
