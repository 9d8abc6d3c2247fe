//! Duties (สิ่งที่ต้องรายงาน): the only source of N, of "not yet due" and of "not applicable".

use crate::{
    ids::{DutyId, OrganisationId},
    time::{FiscalYear, Period},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded! {
    /// What has to be reported: the cells of the eight-step board.
    pub enum DutyItem {
        /// ขั้นที่ 1 ศึกษา วิเคราะห์แผนที่นำทางของกระทรวง.
        Step1 = "step-1",
        /// ขั้นที่ 2 เสนอชื่อคณะทำงานระดับจังหวัด.
        Step2 = "step-2",
        /// ขั้นที่ 3 จัดทำแผนที่นำทางจังหวัด.
        Step3 = "step-3",
        /// ขั้นที่ 4 เผยแพร่แผนที่นำทาง.
        Step4 = "step-4",
        /// ขั้นที่ 5 สร้างการรับรู้.
        Step5 = "step-5",
        /// ขั้นที่ 6 หน่วยงานแต่งตั้งคณะกรรมการ/คณะทำงาน.
        Step6 = "step-6",
        /// 7.1 ศึกษา SDG 4.
        Step7_1 = "step-7.1",
        /// 7.2 ศึกษาแผนระดับชาติ.
        Step7_2 = "step-7.2",
        /// 7.3 เชื่อมโยงเป้าหมายสู่แผน.
        Step7_3 = "step-7.3",
        /// 7.4 แผนรายปีสู่โครงการ.
        Step7_4 = "step-7.4",
        /// 7.5 ติดตามรายไตรมาส.
        Step7_5 = "step-7.5",
        /// ขั้นที่ 8 จังหวัดติดตาม.
        Step8 = "step-8",
    }
}

/// One thing one organisation has to report for one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// Its id.
    pub id: DutyId,
    /// Who.
    pub organisation: OrganisationId,
    /// What.
    pub item: DutyItem,
    /// For which period.
    pub period: Period,
    /// Last day, already moved to a working day.
    pub due: Date,
    /// False = ไม่เกี่ยวข้อง: out of N.
    pub applicable: bool,
    /// The day on which it was reported.
    pub reported_on: Option<Date>,
}

coded! {
    /// The state of a duty on a day: four different things that never look alike.
    pub enum DutyState {
        /// รายงานแล้ว.
        Reported = "reported",
        /// ยังไม่รายงาน: due and missing.
        Missing = "missing",
        /// ยังไม่ถึงกำหนด.
        NotYetDue = "not_yet_due",
        /// ไม่เกี่ยวข้อง.
        NotApplicable = "not_applicable",
    }
}

impl Duty {
    /// The state of the duty on `today`.
    pub fn state(&self, today: Date) -> DutyState {
        match (self.applicable, self.reported_on) {
            (false, _) => DutyState::NotApplicable,
            (true, Some(on)) if on <= today => DutyState::Reported,
            (true, _) if today <= self.due => DutyState::NotYetDue,
            (true, _) => DutyState::Missing,
        }
    }

    /// The first day on which it can be reported. What is due after its period speaks of the whole period, and can only
    /// be reported when that has ended; what is due within the year, from its first day.
    pub fn opens(&self) -> Date {
        let last = self.period.last_day();
        match self.due > last {
            true => last.tomorrow().unwrap_or(last),
            false => FiscalYear(self.period.year).first_day(),
        }
    }

    /// Whether it waits to be reported on `today`, in time or late.
    pub fn is_open(&self, today: Date) -> bool {
        let state = self.state(today);
        let waits = matches!(state, DutyState::Missing | DutyState::NotYetDue);
        waits && self.opens() <= today
    }
}
