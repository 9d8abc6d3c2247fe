//! What the installation asks of sign-ins: kept as one setting in JSON, read by every act that needs it.

use crate::{
    Error,
    act::{Done, NATIONAL, Told, Trail, perform},
    ctx::Ctx,
    permission::{On, authorise},
};
use domain::{
    issue::{Issue, Issues, Place},
    people::Role,
    permission::Act,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::{Read, Store, accounts};

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

impl Policy {
    /// The policy of the installation; the defaults where nobody set one.
    ///
    /// # Errors
    /// When the database cannot be read or holds something else in its place.
    pub async fn read(read: &impl Read) -> Result<Self, Error> {
        let Some(text) = accounts::setting(read, SETTING).await? else {
            return Ok(Self::default());
        };
        serde_json::from_str(&text).map_err(|_| {
            Error::Store(store::Error::Corrupt {
                table: "settings",
                wanted: "policy of accounts",
                found: text,
            })
        })
    }

    /// Whether somebody with these roles needs a second factor.
    pub fn asks(&self, roles: impl IntoIterator<Item = Role>) -> bool {
        roles
            .into_iter()
            .any(|role| role == Role::Administrator || self.second_factor.contains(&role))
    }

    fn problems(&self) -> Issues {
        let fields = [
            ("idle_minutes", self.idle_minutes, 5, 24 * 60),
            ("absolute_hours", self.absolute_hours, 1, 24 * 7),
            ("invitation_days", self.invitation_days, 1, 90),
            ("reset_hours", self.reset_hours, 1, 24 * 7),
        ];
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
