//! A year of the board for a demonstration: fiscal year 2570 of Phetchabun at different stages, entered through the
//! acts. Nothing in it is true, and every note, number and name says ตัวอย่าง.

use super::{
    Attach, Cell, Draft, NotApplicable, OpenYear, Record, Said, attach, certify, draft_on_behalf,
    not_applicable, open_year, periods, record, return_,
};
use crate::{Error, catalogue::PHETCHABUN, ctx::Ctx};
use domain::{
    duty::DutyItem::{
        self, Step1, Step2, Step3, Step4, Step5, Step6, Step7_1, Step7_2, Step7_3, Step7_4,
    },
    ids::OrganisationId,
    locale::Locale,
    organisation::{Organisation, OrganisationText},
    time::{FiscalYear, Period, short_date},
};
use jiff::civil::{Date, date};
use std::collections::HashMap;
use store::{Kept, Store};

/// The year that is played.
const YEAR: FiscalYear = FiscalYear(2570);

/// How far one cell comes.
#[derive(Clone, Copy)]
enum Stage {
    /// Recorded, not certified.
    Recorded,
    /// Certified.
    Certified,
    /// Certified, with a count.
    Counted(u32),
    /// Recorded with a count.
    CountedOnly(u32),
    /// Certified, with a file.
    Proven,
    /// Sent back by the approver.
    SentBack,
    /// Certified as not applicable.
    NotOurs,
    /// Drafted by the provincial office.
    Drafted,
    /// Drafted by the provincial office, taken over and certified by the agency.
    TakenOver,
}

use Stage::{
    Certified, Counted, CountedOnly, Drafted, NotOurs, Proven, Recorded, SentBack, TakenOver,
};

/// Who, and how far each of its steps comes; what is not named stays empty and becomes late.
const STORY: &[(&str, &[(DutyItem, Stage)])] = &[
    (
        "PNBPEO",
        &[
            (Step1, Certified),
            (Step2, Counted(21)),
            (Step3, Proven),
            (Step4, Certified),
            (Step6, Certified),
            (Step7_1, Certified),
            (Step7_2, Certified),
            (Step7_3, Recorded),
        ],
    ),
    ("PNBPEO-PRIVATE", &[(Step4, Certified), (Step7_1, Recorded)]),
    (
        "ESAO-PNB1",
        &[
            (Step4, Certified),
            (Step5, CountedOnly(604)),
            (Step6, Proven),
            (Step7_1, Certified),
            (Step7_2, Certified),
            (Step7_3, Recorded),
        ],
    ),
    (
        "ESAO-PNB2",
        &[
            (Step4, Certified),
            (Step6, Certified),
            (Step7_1, Certified),
            (Step7_3, Certified),
        ],
    ),
    (
        "ESAO-PNB3",
        &[
            (Step4, Certified),
            (Step6, Recorded),
            (Step7_1, Certified),
            (Step7_2, SentBack),
        ],
    ),
    (
        "SESAO-PNB",
        &[
            (Step4, Certified),
            (Step6, Certified),
            (Step7_1, Certified),
            (Step7_2, Certified),
            (Step7_3, Certified),
            (Step7_4, Counted(6)),
        ],
    ),
    (
        "SPEC-PNB",
        &[
            (Step4, Certified),
            (Step5, Counted(24)),
            (Step6, Certified),
            (Step7_1, Certified),
            (Step7_2, Certified),
        ],
    ),
    (
        "PANYA-PNB",
        &[
            (Step4, Certified),
            (Step6, NotOurs),
            (Step7_1, Certified),
            (Step7_4, Counted(0)),
        ],
    ),
    ("RPK57", &[(Step4, SentBack)]),
    (
        "PVEC-PNB",
        &[
            (Step4, Certified),
            (Step6, Certified),
            (Step7_1, Certified),
            (Step7_2, Recorded),
        ],
    ),
    (
        "VEC-TECH-PNB",
        &[(Step7_1, Certified), (Step7_2, Certified)],
    ),
    ("VEC-POLY-PNB", &[(Step7_1, Recorded)]),
    (
        "DOLE-PNB",
        &[(Step4, Certified), (Step6, Certified), (Step7_1, Certified)],
    ),
    ("DOLE-6701", &[(Step7_1, Certified)]),
    ("DOLE-6702", &[(Step7_1, Certified)]),
    ("DOLE-6703", &[(Step7_1, Certified)]),
    ("DOLE-6704", &[(Step7_1, Recorded)]),
    ("DOLE-6705", &[(Step7_1, SentBack)]),
    ("DLA-PNB", &[(Step4, Certified)]),
    ("PAO-PNB", &[(Step4, Drafted), (Step6, TakenOver)]),
    ("TM-PNB", &[(Step4, Certified), (Step6, Drafted)]),
    (
        "PCRU",
        &[(Step4, Certified), (Step5, NotOurs), (Step7_1, Certified)],
    ),
    ("ONAB-PNB", &[(Step4, Certified), (Step5, Counted(0))]),
    ("MSDHS-PNB", &[(Step4, Certified)]),
    ("PHO-PNB", &[(Step4, Recorded)]),
];

/// Opens fiscal year 2570 of Phetchabun and plays it as far as it had come in November 2569; gives how many records
/// were entered. A database with records of that year is left as it is.
///
/// # Errors
/// As the acts. The organisations that ship must be recorded.
pub async fn demo(store: &Store, ctx: &mut Ctx) -> Result<usize, Error> {
    if !store::steps::records(store, &periods(YEAR))
        .await?
        .is_empty()
    {
        return Ok(0);
    }
    let open = OpenYear {
        province: PHETCHABUN.to_owned(),
        year: YEAR,
    };
    open_year(store, ctx, open).await?;
    let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(store).await?;
    let ids: HashMap<String, OrganisationId> = all
        .into_iter()
        .filter(|kept| kept.row.1.province.as_deref() == Some(PHETCHABUN))
        .map(|kept| (kept.row.1.code, kept.row.0.id))
        .collect();
    let actor = ctx.actor.clone();
    let mut entered = 0;
    let mut played = Ok(());
    for (code, steps) in STORY {
        let Some(organisation) = ids.get(*code) else {
            continue;
        };
        for (item, stage) in *steps {
            entered += 1;
            let mut one = One {
                store,
                ctx,
                code,
                number: entered,
                cell: Cell {
                    organisation: *organisation,
                    item: *item,
                    period: Period::fiscal(YEAR),
                    seen: None,
                },
            };
            played = one.play(*stage).await;
            if played.is_err() {
                break;
            }
        }
    }
    ctx.actor = actor;
    played.map(|()| entered)
}

/// One cell being played.
struct One<'a> {
    store: &'a Store,
    ctx: &'a mut Ctx,
    code: &'a str,
    number: usize,
    cell: Cell,
}

impl One<'_> {
    async fn play(&mut self, stage: Stage) -> Result<(), Error> {
        match stage {
            Recorded => self.record("").await,
            Certified => {
                self.record("").await?;
                self.certify().await
            }
            Counted(count) => {
                self.record(&count.to_string()).await?;
                self.certify().await
            }
            CountedOnly(count) => self.record(&count.to_string()).await,
            Proven => {
                self.record("").await?;
                self.prove().await?;
                self.certify().await
            }
            SentBack => {
                self.record("").await?;
                self.look().await?;
                self.named("ผู้รับรอง");
                let why = "ตัวอย่าง: โปรดแนบคำสั่งฉบับลงนาม";
                return_(self.store, self.ctx, self.cell, why)
                    .await
                    .map(drop)
            }
            NotOurs => {
                self.named("ผู้ประสานงาน");
                let reason = "ตัวอย่าง: ใช้คณะทำงานของหน่วยงานต้นสังกัด".to_owned();
                let new = NotApplicable {
                    cell: self.cell,
                    reason,
                };
                not_applicable(self.store, self.ctx, new).await?;
                self.certify().await
            }
            Drafted => self.draft().await,
            TakenOver => {
                self.draft().await?;
                self.look().await?;
                self.record("").await?;
                self.certify().await
            }
        }
    }

    fn named(&mut self, role: &str) {
        self.ctx.actor = format!("ตัวอย่าง {role} {}", self.code);
    }

    /// Sees the record as it stands now.
    async fn look(&mut self) -> Result<(), Error> {
        let Cell {
            organisation,
            item,
            period,
            ..
        } = self.cell;
        let kept = store::steps::record(self.store, organisation, item, period).await?;
        self.cell.seen = kept.map(|kept| kept.stamp.version);
        Ok(())
    }

    /// A working day of October or November 2569 that is not to come.
    fn day(&mut self) -> Date {
        const DAYS: [Date; 5] = [
            date(2026, 10, 8),
            date(2026, 10, 20),
            date(2026, 10, 29),
            date(2026, 11, 5),
            date(2026, 11, 12),
        ];
        DAYS[self.number % DAYS.len()].min(self.ctx.now().thai_day())
    }

    fn said(&mut self, count: &str) -> Said {
        Said {
            done_on: short_date(self.day(), Locale::Th),
            document: format!("ตัวอย่าง {}/2570", self.number),
            note: "ตัวอย่าง".to_owned(),
            count: count.to_owned(),
        }
    }

    async fn record(&mut self, count: &str) -> Result<(), Error> {
        self.named("ผู้ประสานงาน");
        let said = self.said(count);
        let cell = self.cell;
        record(self.store, self.ctx, Record { cell, said }).await?;
        Ok(())
    }

    async fn certify(&mut self) -> Result<(), Error> {
        self.look().await?;
        self.named("ผู้รับรอง");
        certify(self.store, self.ctx, self.cell).await?;
        Ok(())
    }

    async fn draft(&mut self) -> Result<(), Error> {
        self.ctx.actor = "ตัวอย่าง ผู้วางแผน ศธจ.เพชรบูรณ์".to_owned();
        let draft = Draft {
            cell: self.cell,
            said: self.said(""),
            letter_number: format!("ตัวอย่าง พช {}", self.number),
            letter_date: short_date(self.day(), Locale::Th),
        };
        draft_on_behalf(self.store, self.ctx, draft).await?;
        Ok(())
    }

    async fn prove(&mut self) -> Result<(), Error> {
        self.look().await?;
        let new = Attach {
            cell: self.cell,
            on_behalf: false,
            file: super::NewFile {
                name: format!("ตัวอย่าง {}-2570.pdf", self.number),
                content: sample(),
            },
        };
        attach(self.store, self.ctx, new).await?;
        Ok(())
    }
}

/// A page that says SAMPLE: the smallest sound PDF, with its table of places.
fn sample() -> Vec<u8> {
    let text = "BT /F1 48 Tf 72 700 Td (SAMPLE) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        places.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = out.len();
    let size = objects.len() + 1;
    out.push_str(&format!(
        "xref\n0 {size}\n0000000000 65535 f \n{places}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ));
    out.into_bytes()
}
