//! Who may do what, a second time and slowly: one small function per role, written from what the offices said about
//! their work, walking the forests downwards. It knows neither the table nor `decide`.

use super::world::{On, Question, World, holds};
use domain::{
    ids::OrganisationId,
    organisation::Axis,
    people::{Grant, Role},
    permission::Act,
};
use jiff::civil::Date;

/// The answer, with the reason of a no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Yes,
    /// A role to come would allow it.
    NotYet,
    /// A role that is over allowed it.
    Ended,
    /// A role above the provinces that only reads.
    OnlyReads,
    /// The right role for somebody else.
    OutOfReach,
    /// Roles, but none for this.
    NotInRole,
    /// No role today.
    NoRole,
}

/// The answer to a question.
pub fn answer(question: &Question) -> Answer {
    let Question {
        world,
        grants,
        act,
        on,
        today,
    } = question;
    let see = Sight {
        world,
        on: *on,
        today: *today,
    };
    let now = |grant: &&Grant| began(grant, *today) && !is_over(grant, *today);
    let allows = |grant: &Grant| see.allows(grant, *act);
    if grants.iter().filter(now).any(allows) {
        return Answer::Yes;
    }
    let real = |grant: &&Grant| match (grant.valid_from, grant.valid_to) {
        (Some(from), Some(to)) => from < to,
        _ => true,
    };
    if grants
        .iter()
        .filter(real)
        .any(|grant| !began(grant, *today) && allows(grant))
    {
        return Answer::NotYet;
    }
    if grants
        .iter()
        .filter(real)
        .any(|grant| is_over(grant, *today) && allows(grant))
    {
        return Answer::Ended;
    }
    if grants
        .iter()
        .filter(now)
        .any(|grant| see.within(grant, *act))
    {
        return Answer::OnlyReads;
    }
    if grants
        .iter()
        .filter(now)
        .any(|grant| ever(grant.role, *act))
    {
        return Answer::OutOfReach;
    }
    if grants.iter().any(|grant| now(&grant)) {
        return Answer::NotInRole;
    }
    Answer::NoRole
}

fn began(grant: &Grant, day: Date) -> bool {
    match grant.valid_from {
        Some(from) => day >= from,
        None => true,
    }
}

fn is_over(grant: &Grant, day: Date) -> bool {
    match grant.valid_to {
        Some(to) => day >= to,
        None => false,
    }
}

/// Whether a role is for an act at all: it can do it somewhere in a small world that has everything.
pub fn ever(role: Role, act: Act) -> bool {
    use super::world::{Place, organisation};
    let mut world = World::default();
    for n in 0..4 {
        world.places.push(Place {
            id: organisation(n),
            province: Some("67"),
        });
    }
    let (office, below, agency) = (organisation(0), organisation(1), organisation(2));
    world.put(Axis::ReportsTo, (below, office), (None, None));
    world.put(Axis::CoordinatedBy, (agency, office), (None, None));
    let everywhere = [
        On::Organisation(office),
        On::Organisation(below),
        On::Organisation(agency),
        On::Organisation(organisation(3)),
        On::Province("67"),
    ];
    everywhere.into_iter().any(|on| {
        let today = super::world::DAYS[0];
        let see = Sight {
            world: &world,
            on,
            today,
        };
        see.may(role, office, act)
    })
}

/// What is looked at, and when.
struct Sight<'w> {
    world: &'w World,
    on: On,
    today: Date,
}

impl Sight<'_> {
    /// Whether this role allows it, whatever its days.
    fn allows(&self, grant: &Grant, act: Act) -> bool {
        self.within(grant, act) && !self.reaches_down_from_above(grant, act)
    }

    fn within(&self, grant: &Grant, act: Act) -> bool {
        self.may(grant.role, grant.organisation, act)
    }

    /// "Roles of the region and the ministry read; they inherit no right to change anything in a province." Looking is
    /// no change; the administrators and auditors of the installation are no readers.
    fn reaches_down_from_above(&self, grant: &Grant, act: Act) -> bool {
        let of_the_installation = grant.role == Role::Administrator || grant.role == Role::Auditor;
        let is_above = self.world.province(grant.organisation).is_none();
        let in_a_province = match self.on {
            On::Organisation(id) => self.world.province(id).is_some(),
            On::Province(_) => true,
            On::Nation => false,
        };
        is_above && in_a_province && act != Act::See && !of_the_installation
    }

    fn may(&self, role: Role, at: OrganisationId, act: Act) -> bool {
        match role {
            Role::Administrator => self.administrator(at, act),
            Role::Planner => self.planner(at, act),
            Role::Executive => self.executive(at, act),
            Role::Coordinator => self.coordinator(at, act),
            Role::Approver => self.approver(at, act),
            Role::SchoolPlanner => self.school_planner(at, act),
            Role::Auditor => self.auditor(at, act),
            Role::Reader => self.reader(at, act),
        }
    }

    /// People, organisations and settings of the province. What the offices plan and report is not theirs.
    fn administrator(&self, at: OrganisationId, act: Act) -> bool {
        let is_about_plans_and_reports = matches!(
            act,
            Act::Remind
                | Act::AskForMore
                | Act::RecordStep
                | Act::DraftOnBehalf
                | Act::Certify
                | Act::ProposeLink
                | Act::DecideLink
                | Act::WaiveFinding
                | Act::EditText
                | Act::ImportPlan
        );
        !is_about_plans_and_reports && self.in_the_province_of(at)
    }

    /// The provincial office does its own work; coordinates the agencies (sees, reminds, asks for more, looks after
    /// links); drafts for those it coordinates and does not command; keeps the province's plan and register, and reads
    /// the trail. It certifies nothing and gives no roles.
    fn planner(&self, at: OrganisationId, act: Act) -> bool {
        let own_work = self.is_in_the_line_of(at);
        let coordinates = self.is_coordinated_by(at);
        match act {
            Act::RecordStep | Act::EditText | Act::WaiveFinding => own_work,
            Act::See | Act::Remind | Act::AskForMore | Act::ProposeLink | Act::DecideLink => {
                own_work || coordinates
            }
            Act::DraftOnBehalf => coordinates && !own_work,
            Act::ImportPlan | Act::ManageOrganisations | Act::ReadTrail => {
                self.in_the_province_of(at)
            }
            Act::Certify
            | Act::SeePeople
            | Act::ManagePeople
            | Act::HandOver
            | Act::Restructure
            | Act::Configure => false,
        }
    }

    /// Reads what the provincial office can see.
    fn executive(&self, at: OrganisationId, act: Act) -> bool {
        act == Act::See && (self.is_in_the_line_of(at) || self.is_coordinated_by(at))
    }

    /// The daily work of an agency and its schools, and their people; decides nothing and certifies nothing.
    fn coordinator(&self, at: OrganisationId, act: Act) -> bool {
        let decides = matches!(act, Act::Certify | Act::DecideLink);
        let for_others = act == Act::DraftOnBehalf;
        let of_the_province = matches!(
            act,
            Act::ImportPlan
                | Act::ManageOrganisations
                | Act::Restructure
                | Act::ReadTrail
                | Act::Configure
        );
        !decides && !for_others && !of_the_province && self.is_in_the_line_of(at)
    }

    /// The head of an agency certifies, decides and looks after people, for the agency and the schools below it; others
    /// write.
    fn approver(&self, at: OrganisationId, act: Act) -> bool {
        let heads = matches!(
            act,
            Act::Certify | Act::DecideLink | Act::WaiveFinding | Act::ManagePeople | Act::HandOver
        );
        let follows = matches!(
            act,
            Act::See | Act::SeePeople | Act::Remind | Act::AskForMore
        );
        (heads || follows) && self.is_in_the_line_of(at)
    }

    /// The teacher writes for their own school and for no other.
    fn school_planner(&self, at: OrganisationId, act: Act) -> bool {
        let writes = matches!(act, Act::RecordStep | Act::ProposeLink | Act::EditText);
        (writes || act == Act::See) && self.on == On::Organisation(at)
    }

    /// Reads everything: also the trail, and who holds which role.
    fn auditor(&self, at: OrganisationId, act: Act) -> bool {
        let reads = matches!(act, Act::See | Act::SeePeople | Act::ReadTrail);
        reads && self.in_the_province_of(at)
    }

    /// Region and ministry read what is below them on either axis, and not the trail.
    fn reader(&self, at: OrganisationId, act: Act) -> bool {
        let below = self.is_in_the_line_of(at) || self.is_coordinated_by(at);
        below && act == Act::See
    }

    /// Whether it is the organisation, or below it by สังกัด today.
    fn is_in_the_line_of(&self, at: OrganisationId) -> bool {
        let On::Organisation(it) = self.on else {
            return false;
        };
        it == at || self.below(Axis::ReportsTo, at).contains(&it)
    }

    /// Whether it is below the organisation by coordination today.
    fn is_coordinated_by(&self, at: OrganisationId) -> bool {
        let On::Organisation(it) = self.on else {
            return false;
        };
        self.below(Axis::CoordinatedBy, at).contains(&it)
    }

    /// Everything below an organisation: its children, and theirs.
    fn below(&self, axis: Axis, top: OrganisationId) -> Vec<OrganisationId> {
        let children = self
            .world
            .memberships
            .iter()
            .filter(|it| it.axis == axis && it.parent == top && holds(it, self.today));
        let mut all = Vec::new();
        for child in children {
            all.push(child.organisation);
            all.extend(self.below(axis, child.organisation));
        }
        all
    }

    /// Whether it is of the same province; whoever stands above the provinces reaches them all.
    fn in_the_province_of(&self, at: OrganisationId) -> bool {
        let Some(mine) = self.world.province(at) else {
            return true;
        };
        match self.on {
            On::Organisation(it) => self.world.province(it) == Some(mine),
            On::Province(it) => it == mine,
            On::Nation => false,
        }
    }
}
