//! Events in words: who acted as people know them, and what an event speaks of by name instead of by id.

use std::collections::HashMap;

use domain::duty::DutyItem;
use domain::ids::{EditionId, NodeId, OrganisationId, PersonId, PlanId, ProjectId};
use domain::names::{Name, Names};
use domain::people::{Person, Role};
use maud::{Markup, html};
use serde_json::Value;
use store::trail::Event;
use uuid::Uuid;

use crate::data::{node_label, project_address};
use crate::pages::board::words::step;
use crate::ui::{flow, name_of};
use crate::{Error, Viewer};

/// Things that are named of one event; an import speaks of thousands.
const MOST: usize = 12;

/// What is read out of the payload of an event.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The payload; `None` where there is none, or it was erased.
    pub payload: Option<Value>,
    /// The person whose account the actor is; `None` at the shell, for somebody who was not signed in, and of events from
    /// before persons were told.
    pub person: Option<PersonId>,
    /// By which way: `web` or `shell`.
    pub way: Option<String>,
    /// From which network address.
    pub from: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Roles with their organisations.
    roles: Vec<(Role, OrganisationId)>,
    /// Steps of the board.
    items: Vec<DutyItem>,
    /// Other ids, in the order in which they stand.
    ids: Vec<Uuid>,
}

/// What the payload of an event says.
pub(super) fn facts(event: &Event) -> Facts {
    let payload: Option<Value> = event
        .payload
        .as_deref()
        .and_then(|text| serde_json::from_str(text).ok());
    let Some(payload) = payload else {
        return Facts::default();
    };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let who = &payload["who"];
    let mut facts = Facts {
        person: text(&who["person"]).and_then(|id| Some(id.parse::<Uuid>().ok()?.into())),
        way: text(&who["way"]),
        from: text(&who["from"]),
        reason: text(&payload["reason"]),
        ..Facts::default()
    };
    for (key, value) in payload.as_object().into_iter().flatten() {
        if key != "who" {
            facts.take(key, value);
        }
    }
    facts.payload = Some(payload);
    facts
}

impl Facts {
    fn take(&mut self, key: &str, value: &Value) {
        match value {
            Value::Object(fields) => {
                let role = fields.get("role").and_then(Value::as_str);
                let role = role.and_then(|code| code.parse::<Role>().ok());
                let on = fields.get("organisation").and_then(Value::as_str);
                let on = on.and_then(|id| id.parse::<Uuid>().ok());
                if let (Some(role), Some(on)) = (role, on) {
                    let given = (role, on.into());
                    if !self.roles.contains(&given) {
                        self.roles.push(given);
                    }
                    return;
                }
                fields.iter().for_each(|(key, value)| self.take(key, value));
            }
            Value::Array(values) => values.iter().for_each(|value| self.take(key, value)),
            Value::String(text) if key == "item" => {
                let item = text.parse::<DutyItem>().ok();
                self.items
                    .extend(item.filter(|item| !self.items.contains(item)));
            }
            Value::String(text) if self.ids.len() < MOST => {
                let id = text.parse::<Uuid>().ok();
                self.ids.extend(id.filter(|id| !self.ids.contains(id)));
            }
            _ => {}
        }
    }

    /// The rule and the thing of a waiver.
    fn waived(&self) -> Option<(&str, Uuid)> {
        let payload = self.payload.as_ref()?;
        let mut places = ["waiver", "before", "after"]
            .into_iter()
            .map(|key| &payload[key]);
        let waiver = places.find(|place| place["rule"].is_string())?;
        let id = waiver["subject"]["id"].as_str()?.parse().ok()?;
        Some((waiver["rule"].as_str()?, id))
    }
}

/// The names of everything of which some events speak.
pub(super) struct Words {
    people: HashMap<PersonId, Person>,
    titles: Names,
}

impl Words {
    /// Of these events.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(v: &Viewer, events: &[Event]) -> Result<Self, Error> {
        let mut ids: Vec<Uuid> = Vec::new();
        for event in events {
            let facts = facts(event);
            ids.extend(facts.ids);
            ids.extend(facts.person.map(Uuid::from));
            ids.extend(event.subject.id.parse::<Uuid>());
        }
        ids.sort_unstable();
        ids.dedup();
        let live = v.live()?;
        let people: Vec<PersonId> = ids.iter().map(|id| (*id).into()).collect();
        let people = store::get_many::<Person>(live.store(), &people).await?;
        let projects: Vec<ProjectId> = ids.iter().map(|id| (*id).into()).collect();
        Ok(Self {
            people: people
                .into_iter()
                .map(|kept| (kept.row.id, kept.row))
                .collect(),
            titles: live.titles(&projects).await?,
        })
    }

    /// The account with the name of its person; at the shell the name that was given there, which is no account; nobody
    /// where a secret was wrong.
    pub fn actor(&self, v: &Viewer, event: &Event, facts: &Facts) -> Markup {
        let person = facts.person.and_then(|id| self.people.get(&id));
        html! {
            @match (person, facts.way.as_deref()) {
                (Some(person), _) => { b { (event.actor) } @if person.name != event.actor { br; (flow(&person.name)) } },
                (None, Some("web")) if facts.person.is_none() => (flow(&v.say("page.trail.nobody"))),
                _ => (event.actor),
            }
        }
    }

    /// What an event is about.
    pub fn subject(&self, v: &Viewer, event: &Event, facts: &Facts) -> Markup {
        let kind = event.subject.kind.as_str();
        let word = v.locale.find(&format!("thing.{kind}")).unwrap_or(kind);
        let id = event.subject.id.parse::<Uuid>().ok();
        let name = match (kind, id) {
            ("waiver", _) => facts.waived().map(|(rule, id)| {
                html! { (rule) " " (self.thing(v, id).unwrap_or_default()) }
            }),
            ("invitation", Some(_)) => invited(facts),
            (_, Some(id)) => self.thing(v, id),
            (_, None) => Some(html! { (event.subject.id) }),
        };
        html! { b { (flow(word)) } @if let Some(name) = name { " " (name) } }
    }

    /// Everything else of which it speaks, by name.
    pub fn about(&self, v: &Viewer, event: &Event, facts: &Facts) -> Vec<Markup> {
        let of_waiver = facts.waived().map(|(_, id)| id);
        let is_said = |id: &&Uuid| event.subject.id != id.to_string() && of_waiver != Some(**id);
        let roles = facts.roles.iter().map(|(role, on)| {
            let on = self.thing(v, (*on).into()).unwrap_or_default();
            html! { (flow(&v.say(role.key()))) " · " (on) }
        });
        let items = facts
            .items
            .iter()
            .map(|item| html! { (flow(&step(v, *item))) });
        let things = facts.ids.iter().filter(is_said);
        let things = things.filter_map(|id| self.thing(v, *id));
        roles.chain(items).chain(things).take(MOST).collect()
    }

    /// A thing by name, with the way to its page; `None` for what has no name, such as a session.
    fn thing(&self, v: &Viewer, id: Uuid) -> Option<Markup> {
        if let Some(person) = self.people.get(&PersonId::from(id)) {
            return Some(html! { (flow(&person.name)) " (" (person.account) ")" });
        }
        let project = ProjectId::from(id);
        let live = v.live().ok()?;
        live.read(|now| {
            let said = |name: &Name| html! { (name.code) " " (name_of(v.locale, name)) };
            if let Some(name) = self.titles.projects.get(&project) {
                return Some(match project_address(v, now, name, project) {
                    Some(to) => html! { a href=(to) { (said(name)) } },
                    None => said(name),
                });
            }
            if let Some(name) = now.names.organisations.get(&OrganisationId::from(id)) {
                let to = v.to_organisation(&name.code);
                return Some(html! { a href=(to) { (name_of(v.locale, name)) } });
            }
            if let Some(name) = now.names.nodes.get(&NodeId::from(id)) {
                let label = node_label(v, now, id.into());
                return Some(html! { (flow(&label)) " " (name_of(v.locale, name)) });
            }
            let edition = now.names.editions.get(&EditionId::from(id));
            let plan = now
                .plans()
                .into_iter()
                .find(|plan| plan.id == PlanId::from(id));
            edition.map(said).or(plan.map(|plan| html! { (plan.code) }))
        })
    }
}

/// Whom an invitation names, where it does.
fn invited(facts: &Facts) -> Option<Markup> {
    let name = facts.payload.as_ref()?["name"].as_str()?;
    Some(html! { (flow(name)) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::Moment;
    use store::trail::Subject;

    fn event(payload: &Value) -> Event {
        Event {
            province: "67".to_owned(),
            number: 1,
            at: Moment(1),
            actor: "somsak.j".to_owned(),
            on_behalf_of: None,
            act: "people.hand_over".to_owned(),
            subject: Subject {
                kind: "person".to_owned(),
                id: "x".to_owned(),
            },
            payload: Some(payload.to_string()),
            salt: None,
            payload_digest: None,
            previous_hash: Vec::new(),
            hash: Vec::new(),
        }
    }

    #[test]
    fn the_address_of_whoever_acted_is_not_taken_for_the_person_from_whom_work_went() {
        let [person, on] = [7, 8].map(Uuid::from_u128);
        let payload = serde_json::json!({
            "who": { "way": "web", "person": person, "from": "192.0.2.1" },
            "from": { "id": person, "name": "ตัวอย่าง" },
            "ended": [{ "role": "coordinator", "organisation": on }, { "role": "coordinator", "organisation": on }],
        });
        let facts = facts(&event(&payload));
        assert_eq!(facts.from.as_deref(), Some("192.0.2.1"));
        assert_eq!(
            (facts.person, facts.way.as_deref()),
            (Some(person.into()), Some("web"))
        );
        assert_eq!(
            facts.roles,
            [(Role::Coordinator, on.into())],
            "each role once"
        );
    }

    #[test]
    fn an_event_without_a_person_names_none() {
        let payload = serde_json::json!({ "from": "192.0.2.1", "reason": "ตัวอย่าง" });
        let facts = facts(&event(&payload));
        assert_eq!((facts.person, facts.way, facts.from), (None, None, None));
        assert_eq!(facts.reason.as_deref(), Some("ตัวอย่าง"));
    }
}
