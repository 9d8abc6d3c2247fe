//! What the installation asks of sign-ins, and what a province asks beyond it: kept as settings in JSON, read by every
//! act that needs them. A province may be stricter than the installation, never laxer.

use crate::{
    Error,
    act::{Done, NATIONAL, Told, Trail, perform},
    ctx::Ctx,
    permission::{On, authorise, in_force},
};
use domain::{
    ids::PersonId,
    issue::{Issue, Issues, Place},
    people::{Grant, Role},
    permission::Act,
    time::Moment,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};
use store::{Read, Store, accounts, permission};

/// Under which name the settings hold it.
const SETTING: &str = "accounts";

/// What the installation asks of sign-ins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Minutes that a session may rest.
    pub idle_minutes: i64,
    /// Hours after which a session ends in any case.
    pub absolute_hours: i64,
    /// Roles that need a second factor; administrators need one whatever stands here.
    pub second_factor: BTreeSet<Role>,
    /// Days for which an invitation is good.
    pub invitation_days: i64,
    /// Hours for which a reset is good.
    pub reset_hours: i64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            idle_minutes: 60,
            absolute_hours: 12,
            second_factor: BTreeSet::from([Role::Administrator]),
            invitation_days: 14,
            reset_hours: 24,
        }
    }
}

/// What a province asks beyond the installation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProvincePolicy {
    /// Roles in the province that need a second factor, besides those of the installation.
    pub second_factor: BTreeSet<Role>,
    /// Minutes that a session of its people may rest; `None` = as the installation has it.
    pub idle_minutes: Option<i64>,
    /// Hours after which a session of its people ends in any case; `None` = as the installation has it.
    pub absolute_hours: Option<i64>,
}

impl Policy {
    /// The policy of the installation; the defaults where nobody set one.
    ///
    /// # Errors
    /// When the database cannot be read or holds something else in its place.
    pub async fn read(read: &impl Read) -> Result<Self, Error> {
        setting(read, SETTING).await
    }

    /// Whether somebody with these roles needs a second factor.
    pub fn asks(&self, roles: impl IntoIterator<Item = Role>) -> bool {
        roles
            .into_iter()
            .any(|role| role == Role::Administrator || self.second_factor.contains(&role))
    }

    /// What is wrong with the times, at their fields.
    pub fn problems(&self) -> Issues {
        within([
            ("idle_minutes", self.idle_minutes, LEAST_IDLE, 24 * 60),
            ("absolute_hours", self.absolute_hours, 1, 24 * 7),
            ("invitation_days", self.invitation_days, 1, 90),
            ("reset_hours", self.reset_hours, 1, 24 * 7),
        ])
    }
}

/// The fewest minutes that a session may rest.
const LEAST_IDLE: i64 = 5;

/// The fields whose value is outside of what they take.
fn within(fields: impl IntoIterator<Item = (&'static str, i64, i64, i64)>) -> Issues {
    fields
        .into_iter()
        .filter(|(_, value, least, most)| !(least..=most).contains(&value))
        .map(|(field, _, least, most)| {
            let field = field.to_owned();
            Issue::error(Place::Field { field }, "account.policy_range")
                .with("least", least)
                .with("most", most)
        })
        .collect()
}

impl ProvincePolicy {
    /// What a province asks beyond the installation; nothing where nobody set it.
    ///
    /// # Errors
    /// When the database cannot be read or holds something else in its place.
    pub async fn read(read: &impl Read, province: &str) -> Result<Self, Error> {
        setting(read, &name(province)).await
    }

    /// What is wrong with the times, at their fields: a province only shortens what the installation allows.
    pub fn problems(&self, installation: &Policy) -> Issues {
        let field =
            |name, given: Option<i64>, least, most| given.map(|given| (name, given, least, most));
        let fields = [
            field(
                "idle_minutes",
                self.idle_minutes,
                LEAST_IDLE,
                installation.idle_minutes,
            ),
            field(
                "absolute_hours",
                self.absolute_hours,
                1,
                installation.absolute_hours,
            ),
        ];
        within(fields.into_iter().flatten())
    }
}

/// Under which name the settings hold what a province asks.
fn name(province: &str) -> String {
    format!("{SETTING}.{province}")
}

/// A setting, or what stands where nobody set it.
async fn setting<T: Default + serde::de::DeserializeOwned>(
    read: &impl Read,
    name: &str,
) -> Result<T, Error> {
    let Some(text) = accounts::setting(read, name).await? else {
        return Ok(T::default());
    };
    serde_json::from_str(&text).map_err(|_| {
        Error::Store(store::Error::Corrupt {
            table: "settings",
            wanted: "policy of accounts",
            found: text,
        })
    })
}

/// What is asked of one person: of the installation and of every province in which they hold a role, the strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    pub idle_minutes: i64,
    pub absolute_hours: i64,
    pub second_factor: bool,
}

/// What is asked of somebody by their roles of today.
pub(super) async fn asked_of(
    read: &impl Read,
    person: PersonId,
    now: Moment,
) -> Result<Asked, Error> {
    let policy = Policy::read(read).await?;
    let mut held = in_force(read, person, now).await?;
    held.retain(|held| held.grant.holds_on(now.thai_day()));
    let mut asked = Asked {
        idle_minutes: policy.idle_minutes,
        absolute_hours: policy.absolute_hours,
        second_factor: policy.asks(held.iter().map(|held| held.grant.role)),
    };
    let provinces: BTreeSet<&str> = held
        .iter()
        .filter_map(|held| held.province.as_deref())
        .collect();
    for province in provinces {
        let more = ProvincePolicy::read(read, province).await?;
        let mut here = held
            .iter()
            .filter(|held| held.province.as_deref() == Some(province));
        asked.second_factor |= here.any(|held| more.second_factor.contains(&held.grant.role));
        let least =
            |stands: i64, given: Option<i64>| given.map_or(stands, |given| given.min(stands));
        asked.idle_minutes = least(asked.idle_minutes, more.idle_minutes);
        asked.absolute_hours = least(asked.absolute_hours, more.absolute_hours);
    }
    Ok(asked)
}

/// How many people hold one of these roles today and have no second factor: in a province, or in all of them.
///
/// # Errors
/// When the database cannot be read.
pub async fn without_second_factor(
    read: &impl Read,
    province: Option<&str>,
    roles: &BTreeSet<Role>,
    now: Moment,
) -> Result<usize, Error> {
    let enrolled = accounts::enrolled(read).await?;
    let today = now.thai_day();
    let mut without: HashSet<PersonId> = HashSet::new();
    for role in roles {
        let grants = permission::holders(read, *role).await?;
        let holds = |grant: &Grant| grant.holds_on(today) && !enrolled.contains(&grant.person);
        for grant in grants.into_iter().filter(holds) {
            let held = in_force(read, grant.person, now).await?;
            let here = held.iter().any(|held| {
                held.grant.id == grant.id
                    && (province.is_none() || held.province.as_deref() == province)
            });
            if here {
                without.insert(grant.person);
            }
        }
    }
    Ok(without.len())
}

/// Sets what the installation asks of sign-ins. Sessions that stand keep the times with which they were opened.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] for times that are too short or too long.
pub async fn set_policy(store: &Store, ctx: &mut Ctx, policy: Policy) -> Result<(), Error> {
    perform(store, ctx, Trail::Own(NATIONAL), async |tx, ctx, at| {
        let by = authorise(tx, ctx, Act::Configure, On::Nation, at).await?;
        let problems = policy.problems();
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let before = Policy::read(tx).await?;
        let text = serde_json::json!(policy).to_string();
        accounts::set_setting(tx, SETTING, &text).await?;
        let event = (before != policy).then(|| Told {
            by,
            act: "account.policy",
            subject: ("setting", SETTING.to_owned()),
            payload: serde_json::json!({ "before": before, "after": policy }),
        });
        Ok(Done { answer: (), event })
    })
    .await
}

/// Sets what a province asks beyond the installation. Sessions that stand keep the times with which they were opened;
/// whoever needs a second factor from then on can do nothing else before it is set up.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] for times that are too short, or longer than the installation allows.
pub async fn set_province_policy(
    store: &Store,
    ctx: &mut Ctx,
    province: &str,
    policy: ProvincePolicy,
) -> Result<(), Error> {
    perform(store, ctx, Trail::Own(province), async |tx, ctx, at| {
        let by = authorise(tx, ctx, Act::Configure, On::Province(province), at).await?;
        let problems = policy.problems(&Policy::read(tx).await?);
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let before = ProvincePolicy::read(tx, province).await?;
        let text = serde_json::json!(policy).to_string();
        accounts::set_setting(tx, &name(province), &text).await?;
        let event = (before != policy).then(|| Told {
            by,
            act: "account.province_policy",
            subject: ("setting", name(province)),
            payload: serde_json::json!({ "before": before, "after": policy }),
        });
        Ok(Done { answer: (), event })
    })
    .await
}
