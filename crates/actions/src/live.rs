//! The snapshot of a running program: loaded at the start, kept fresh by following the trail, read by every page.
//!
//! Each process holds one. Whoever reads is handed the snapshot inside a closure and takes an answer out of it, so that
//! nobody can hold the lock while waiting for something else. Today a moved trail head means reading everything again;
//! because readers never keep the snapshot, changes can later be applied to it in place, one by one.

use crate::derived::Derived;
use chain::{Fault, Snapshot};
use domain::{
    ids::{EditionId, NodeId, OrganisationId, PlanId, ProjectId},
    link::Mention,
    names::Names,
    plan::{Plan, default_edition},
    project::{Project, ProjectText},
    waiver::Waiver,
};
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};
use store::{Kept, Store, texts, trail};
use tokio::sync::{Mutex, Notify};

/// Events that are looked at one by one before reading everything again is quicker.
const LIGHT_EVENTS: i64 = 200;

/// Why the snapshot could not be read; the one before stays.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// What is recorded does not make a sound thread: everything that is wrong with it.
    #[error("the thread is not sound: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Unsound(Vec<Fault>),
    /// Building the snapshot was broken off.
    #[error("building the snapshot was broken off")]
    Stopped,
}

/// What an event changes that leaves the snapshot as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Light {
    /// Nothing of which any answer is made: sign-ins, passwords, sessions, and records of steps, which pages read from the
    /// store; what is certified, sent back or opened changes duties and is none of these.
    Nothing,
    /// Who works where: answers about work without anybody are of another day.
    Roles,
}

impl Light {
    fn of(act: &str) -> Option<Self> {
        match act {
            "account.init" | "account.create" | "account.accept_invitation" => Some(Light::Roles),
            act if act.starts_with("account.") => Some(Light::Nothing),
            act if act.starts_with("people.") => Some(Light::Roles),
            "step.record"
            | "step.not_applicable"
            | "step.draft_on_behalf"
            | "step.detach"
            | "step.ask_for_more"
            | "step.answer"
            | "step.close_inquiry"
            | "step.remind"
            | "step.set_quota" => Some(Light::Nothing),
            _ => None,
        }
    }
}

/// Everything that is true now, with the words for what is few: organisations, plans, editions and nodes. The words of
/// projects are in the store.
pub struct Now {
    /// The thread.
    pub snapshot: Snapshot,
    /// Codes and names of organisations, editions and nodes; none of projects.
    pub names: Names,
    /// Every waiver that stands, also those that are over.
    pub waivers: Vec<Waiver>,
    /// Codes that files name and no framework had.
    pub mentions: Vec<Mention>,
    /// What follows from all this, as far as somebody has asked. Who makes an answer while waiting for the store takes
    /// this pointer along: an answer about a snapshot that is gone is then kept nowhere.
    pub derived: Arc<Derived>,
    plans: HashMap<PlanId, Plan>,
    offices: HashMap<String, OrganisationId>,
    heads: Vec<trail::Head>,
}

impl Now {
    async fn read(store: &Store) -> Result<Self, LiveError> {
        let (facts, heads) = store.facts_and_heads(None).await?;
        let build = tokio::task::spawn_blocking(move || Snapshot::build(&facts));
        let snapshot = build
            .await
            .map_err(|_| LiveError::Stopped)?
            .map_err(LiveError::Unsound)?;
        let plans: Vec<Kept<Plan>> = store::all(store).await?;
        let offices = store::permission::offices(store).await?;
        let offices = offices.into_iter().collect();
        let names = texts::names_with_projects(store, &[]).await?;
        let waivers: Vec<Kept<Waiver>> = store::all(store).await?;
        let mentions: Vec<Kept<Mention>> = store::all(store).await?;
        let plans = plans
            .into_iter()
            .map(|kept| (kept.row.id, kept.row))
            .collect();
        Ok(Self {
            snapshot,
            names,
            waivers: waivers.into_iter().map(|kept| kept.row).collect(),
            mentions: mentions.into_iter().map(|kept| kept.row).collect(),
            derived: Arc::default(),
            plans,
            offices,
            heads,
        })
    }

    /// All plans and frameworks: by level, then by code.
    pub fn plans(&self) -> Vec<&Plan> {
        let mut plans: Vec<&Plan> = self.plans.values().collect();
        plans.sort_by_key(|plan| (plan.level, &plan.code));
        plans
    }

    /// The education office of a province: it answers for what nobody there owns.
    pub fn office_of(&self, province: &str) -> Option<OrganisationId> {
        self.offices.get(province).copied()
    }

    /// The plan of a code.
    pub fn plan(&self, code: &str) -> Option<&Plan> {
        self.plans.values().find(|plan| plan.code == code)
    }

    /// The plan of an edition.
    pub fn plan_of(&self, edition: EditionId) -> Option<&Plan> {
        self.plans
            .get(&self.snapshot.plans().edition(edition)?.plan)
    }

    /// The plan in which a node stands.
    pub fn plan_of_node(&self, node: NodeId) -> Option<&Plan> {
        self.plan_of(self.snapshot.plans().edition_of_node(node)?.id)
    }

    /// The edition that is meant where only the plan is named.
    pub fn edition_of(&self, plan: PlanId) -> Option<EditionId> {
        let editions = self.snapshot.plans().editions_of(plan).copied();
        default_edition(editions).map(|edition| edition.id)
    }

    /// The node of an edition with a printed code.
    pub fn node(&self, edition: EditionId, code: &str) -> Option<NodeId> {
        let mut nodes = self.snapshot.plans().nodes_of(edition);
        nodes
            .find(|node| {
                self.names
                    .nodes
                    .get(&node.id)
                    .is_some_and(|name| name.code == code)
            })
            .map(|node| node.id)
    }
}

/// The snapshot of this process and the store that it follows.
pub struct Live {
    store: Store,
    now: RwLock<Now>,
    asked: Notify,
    /// Held while the snapshot is read anew: of two who read at once, the one that began earlier could end later, and
    /// put what was true before in the place of what is true now.
    reading: Mutex<()>,
}

impl Live {
    /// Reads everything.
    pub async fn load(store: Store) -> Result<Self, LiveError> {
        let now = Now::read(&store).await?;
        Ok(Self {
            store,
            now: RwLock::new(now),
            asked: Notify::new(),
            reading: Mutex::new(()),
        })
    }

    /// The store, for texts and rows that the snapshot does not hold.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Asks the snapshot. The closure takes its answer out; it should be quick, because a change waits for it.
    pub fn read<T>(&self, ask: impl FnOnce(&Now) -> T) -> T {
        ask(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The project with a printed code that an edition of the plan of a code lists.
    pub async fn project(
        &self,
        plan: &str,
        code: &str,
    ) -> Result<Option<Kept<(Project, ProjectText)>>, store::Error> {
        Ok(texts::projects(&self.store, code, Some(plan)).await?.pop())
    }

    /// Codes and titles of projects.
    pub async fn titles(&self, projects: &[ProjectId]) -> Result<Names, store::Error> {
        let wanted = texts::Wanted {
            projects: projects.to_vec(),
            ..texts::Wanted::default()
        };
        texts::names(&self.store, &wanted).await
    }

    /// Reads everything again if a trail head has moved; whether it had. One after the other: whoever waited finds what
    /// the one before read, and reads only what has happened since, so that the snapshot never goes back.
    ///
    /// # Errors
    /// When reading fails; the snapshot is then as it was.
    pub async fn refresh(&self) -> Result<bool, LiveError> {
        let _one = self.reading.lock().await;
        let heads = trail::heads(&self.store).await?;
        if self.read(|now| now.heads == heads) {
            return Ok(false);
        }
        if let Some(light) = self.only_light(&heads).await? {
            let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
            now.heads = heads;
            if light == Light::Roles {
                now.derived = Arc::default();
            }
            return Ok(false);
        }
        let fresh = Now::read(&self.store).await?;
        let before = std::mem::replace(
            &mut *self.now.write().unwrap_or_else(PoisonError::into_inner),
            fresh,
        );
        // Freeing a large snapshot takes its time: not while others wait for the lock.
        drop(before);
        Ok(true)
    }

    /// What happened since the snapshot was read, where all of it concerns what the snapshot does not hold: neither a
    /// sign-in nor a record of a step must make every process read everything again. `None` = something else happened,
    /// too.
    async fn only_light(&self, heads: &[trail::Head]) -> Result<Option<Light>, LiveError> {
        let mut light = Light::Nothing;
        let known: HashMap<String, i64> = self.read(|now| {
            let heads = now.heads.iter();
            heads
                .map(|head| (head.province.clone(), head.number))
                .collect()
        });
        for head in heads {
            let after = known.get(&head.province).copied().unwrap_or(0);
            if head.number - after > LIGHT_EVENTS {
                return Ok(None);
            }
            let all = trail::Filter::default();
            let limit = LIGHT_EVENTS.unsigned_abs();
            let events = trail::events(&self.store, &head.province, after, limit, &all).await?;
            for event in &events {
                match Light::of(&event.act) {
                    Some(Light::Nothing) => {}
                    Some(Light::Roles) => light = Light::Roles,
                    None => return Ok(None),
                }
            }
        }
        Ok(Some(light))
    }

    /// Asks [`Self::follow`] to look at once: an act of this process was just done.
    pub fn wake(&self) {
        self.asked.notify_one();
    }

    /// Follows the trail for ever, looking every so often and when asked. Trouble is told and tried again.
    pub async fn follow(&self, every: Duration, mut trouble: impl FnMut(LiveError)) -> Infallible {
        loop {
            // Which of the two woke us does not matter.
            let _ = tokio::time::timeout(every, self.asked.notified()).await;
            if let Err(error) = self.refresh().await {
                trouble(error);
            }
        }
    }
}
