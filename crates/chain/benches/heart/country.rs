//! A made-up country of the size of Thailand: the same one every time.

use domain::{
    duty::{Duty, DutyItem},
    facts::{Amount, Facts, ObservationRow, People},
    ids::{DutyId, EditionId, LineageId, MembershipId, NodeId, OrganisationId, PlanId, ProjectId},
    indicator::{Indicator, Quantity, Reading},
    money::Satang,
    organisation::{Axis, Membership, Organisation},
    plan::{Edition, EditionState, Level, Node, NodeKind},
    project::{BudgetMode, Project, ProjectYear, Stage},
    time::{FiscalPeriod, FiscalYear, Moment, Period, Quarter},
};
use jiff::civil::{Date, date};

/// The fiscal years of the country.
pub const YEARS: [FiscalYear; 5] = [
    FiscalYear(2566),
    FiscalYear(2567),
    FiscalYear(2568),
    FiscalYear(2569),
    FiscalYear(2570),
];

/// How much there is of everything.
#[derive(Clone, Copy)]
pub struct Size {
    pub organisations: usize,
    pub projects: usize,
    pub observations: usize,
}

impl Size {
    pub const WHOLE: Size = Size {
        organisations: 40_000,
        projects: 1_000_000,
        observations: 1_000_000,
    };
    pub const SMOKE: Size = Size {
        organisations: 2_400,
        projects: 10_000,
        observations: 10_000,
    };
}

pub const REGIONS: usize = 18;
pub const PROVINCES: usize = 77;
pub const DEPARTMENTS: usize = 6;
pub const AGENCIES_PER_PROVINCE: usize = 20;
pub const INDICATORS: usize = 60;

/// Everything in the country, and who is who in it.
pub struct Country {
    pub facts: Facts,
    pub ministry: OrganisationId,
    pub provinces: Vec<OrganisationId>,
    /// Agencies, those with most schools first.
    pub agencies: Vec<OrganisationId>,
    pub departments: Vec<OrganisationId>,
    pub indicators: Vec<NodeId>,
}

/// A repeatable stream of numbers.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }
}

/// An id that looks like those of the product: a time in front, noise behind.
fn id(kind: u64, n: usize) -> u128 {
    let noise = Numbers::new(kind << 32 | n as u64).below(usize::MAX);
    (0x0199_0000_0000u128 + (n as u128 / 8)) << 80
        | 7 << 76
        | u128::from(kind) << 64
        | noise as u128
}

pub fn project_id(n: usize) -> ProjectId {
    ProjectId::from_u128(id(3, n))
}

impl Country {
    pub fn of(size: Size) -> Self {
        let mut country = Country {
            facts: Facts::default(),
            ministry: OrganisationId::from_u128(id(1, 0)),
            provinces: Vec::new(),
            agencies: Vec::new(),
            departments: Vec::new(),
            indicators: Vec::new(),
        };
        country.organisations(size);
        country.projects(size);
        country.indicators(size);
        country.duties();
        country
    }

    fn organisation(&mut self) -> OrganisationId {
        let id = OrganisationId::from_u128(id(1, self.facts.organisations.len()));
        self.facts.organisations.push(Organisation {
            id,
            class: None,
            opened: None,
            closed: None,
        });
        id
    }

    fn under(
        &mut self,
        axis: Axis,
        organisation: OrganisationId,
        parent: OrganisationId,
        (valid_from, valid_to): (Option<Date>, Option<Date>),
    ) {
        self.facts.memberships.push(Membership {
            id: MembershipId::from_u128(id(2, self.facts.memberships.len())),
            organisation,
            axis,
            parent,
            valid_from,
            valid_to,
        });
    }

    /// One ministry, departments above agencies on one axis, regions and provinces on the other, schools under both.
    fn organisations(&mut self, size: Size) {
        let always = (None, None);
        let ministry = self.organisation();
        for _ in 0..DEPARTMENTS {
            let department = self.organisation();
            self.under(Axis::ReportsTo, department, ministry, always);
            self.departments.push(department);
        }
        let regions: Vec<_> = (0..REGIONS).map(|_| self.organisation()).collect();
        for region in &regions {
            self.under(Axis::CoordinatedBy, *region, ministry, always);
            self.under(Axis::ReportsTo, *region, ministry, always);
        }
        for n in 0..PROVINCES {
            let province = self.organisation();
            self.under(Axis::CoordinatedBy, province, regions[n % REGIONS], always);
            self.under(Axis::ReportsTo, province, ministry, always);
            self.provinces.push(province);
        }
        for n in 0..PROVINCES * AGENCIES_PER_PROVINCE {
            let agency = self.organisation();
            let (province, department) = (
                self.provinces[n % PROVINCES],
                self.departments[(n / PROVINCES) % DEPARTMENTS],
            );
            self.under(Axis::CoordinatedBy, agency, province, always);
            self.under(Axis::ReportsTo, agency, department, always);
            self.agencies.push(agency);
        }
        let mut numbers = Numbers::new(1);
        while self.facts.organisations.len() < size.organisations {
            let school = self.organisation();
            // Four fifths of the schools are under the first three agencies of each province.
            let kinds = if numbers.below(5) > 0 {
                3
            } else {
                AGENCIES_PER_PROVINCE
            };
            let agency = numbers.below(kinds) * PROVINCES + numbers.below(PROVINCES);
            let agency = self.agencies[agency];
            let moved = (numbers.below(50) == 0).then_some(date(2024, 4, 1));
            for axis in Axis::ALL {
                self.under(*axis, school, agency, (None, moved));
                if moved.is_some() {
                    let other = self.agencies[numbers.below(3 * PROVINCES)];
                    self.under(*axis, school, other, (moved, None));
                }
            }
        }
    }

    /// Every project has an allotment for its year, four quarters of disbursements and two reports of people.
    fn projects(&mut self, size: Size) {
        let mut numbers = Numbers::new(2);
        let owners = self.facts.organisations.len();
        for n in 0..size.projects {
            let year = YEARS[n % YEARS.len()];
            self.facts.projects.push(Project {
                id: project_id(n),
                owner: self.facts.organisations[numbers.below(owners)].id,
                year: ProjectYear::Fiscal(year),
                budget_mode: Some(BudgetMode::Budget),
                approved_on: (numbers.below(2) == 0)
                    .then(|| date(year.0 - 543, 1 + numbers.below(9) as i8, 15)),
                continues: (n >= 5 && numbers.below(10) == 0).then(|| project_id(n - 1)),
                part_of: (n >= 5 && numbers.below(33) == 0).then(|| project_id(n - 5)),
                stated_budget: None,
            });
            let baht = 1_000 * (1 + numbers.below(900)) as i64;
            self.facts.amounts.push(Amount {
                project: n as u32,
                period: FiscalPeriod::year(year),
                stage: Stage::Allotted,
                satang: Satang::baht(baht),
            });
        }
        // As they come in: quarter by quarter.
        for (q, quarter) in Quarter::ALL.iter().enumerate() {
            for n in 0..size.projects {
                let period = FiscalPeriod::quarter(YEARS[n % YEARS.len()], *quarter);
                self.facts.amounts.push(Amount {
                    project: n as u32,
                    period,
                    stage: Stage::Disbursed,
                    satang: Satang(numbers.below(20_000_000) as i64),
                });
                if q % 2 == 1 {
                    self.facts.people.push(People {
                        project: n as u32,
                        period,
                        people: numbers.below(300) as u32,
                    });
                }
            }
        }
    }

    fn indicators(&mut self, size: Size) {
        let edition = EditionId::from_u128(id(4, 0));
        self.facts.editions.push(Edition {
            id: edition,
            plan: PlanId::from_u128(id(5, 0)),
            level: Level::Sdg,
            owner: None,
            period_kind: None,
            from_year: None,
            to_year: None,
            state: EditionState::Published,
            supersedes: None,
        });
        for n in 0..INDICATORS {
            let node = NodeId::from_u128(id(6, n));
            self.facts.nodes.push(Node {
                id: node,
                edition,
                parent: None,
                lineage: LineageId::from_u128(id(7, n)),
                kind: NodeKind::Indicator,
                position: n as u32,
            });
            self.facts.indicators.push(Indicator {
                node,
                direction: None,
                owner: None,
            });
            self.indicators.push(node);
        }
        let mut numbers = Numbers::new(3);
        let organisations = self.facts.organisations.len();
        // Who reads, reads every year; some read twice.
        for n in 0..size.observations {
            let series = Numbers::new((n / YEARS.len()) as u64).below(usize::MAX);
            let year = YEARS[n % YEARS.len()];
            let denominator = 20 + numbers.below(2_000) as i64;
            self.facts.observations.push(ObservationRow {
                organisation: (series % organisations) as u32,
                indicator: (series / organisations % INDICATORS) as u32,
                period: Period::fiscal(year),
                as_of: date(year.0 - 543, 6 + numbers.below(4) as i8, 10),
                recorded_at: Moment(n as i64),
                reading: Reading::Ratio {
                    numerator: Quantity::whole(numbers.below(denominator as usize + 1) as i64),
                    denominator: Quantity::whole(denominator),
                },
            });
        }
    }

    /// Four items of the board for every organisation in the last year.
    fn duties(&mut self) {
        let items = [
            DutyItem::Step6,
            DutyItem::Step7_1,
            DutyItem::Step7_4,
            DutyItem::Step7_5,
        ];
        for (n, organisation) in self.facts.organisations.iter().enumerate() {
            for (m, item) in items.iter().enumerate() {
                self.facts.duties.push(Duty {
                    id: DutyId::from_u128(id(8, n * items.len() + m)),
                    organisation: organisation.id,
                    item: *item,
                    period: Period::fiscal(YEARS[4]),
                    due: date(2027, 10, 30),
                    applicable: n % 7 > 0,
                    reported_on: (n % 3 > 0).then_some(date(2027, 10, 1)),
                });
            }
        }
    }
}
