//! What was acknowledged and what the trail tells, held against the rows.

use super::victim::ACCOUNT;
use domain::{
    duty::Duty,
    ids::{FileId, OrganisationId, PersonId},
    link::Link,
    people::Person,
    register::Succession,
    step::{StepFile, StepRecord, StepState},
    time::Moment,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use store::{
    Kept, Options, Reason, Store, Tx,
    trail::{self, Filter},
};

/// All trails on which a drill writes, the national one first, as every act takes them.
const TRAILS: [&str; 3] = [actions::NATIONAL, "67", "96"];

/// A moment at which no session is over yet.
const BEFORE_ALL: Moment = Moment(0);

/// A version of a row: its kind, its id, and the moment that it shares with its event.
type Version = (&'static str, String, i64);

pub struct Ledger {
    /// Heads of the trails at the last look.
    seen: BTreeMap<String, i64>,
    /// The moment before the first drill.
    began: i64,
    person: PersonId,
    /// The versions of which the trail tells, with what it says they hold.
    told: BTreeMap<Version, Value>,
    /// The sessions of which the trail tells.
    sessions: HashSet<String>,
    /// The files of which the trail tells.
    files: BTreeSet<FileId>,
    /// Whether the last event about them merged the two organisations, or took that back.
    merged: bool,
    /// What was acknowledged, by kind, not yet found in the trail.
    owed: BTreeSet<(String, String)>,
    /// Reasons, notes and sessions of which the trail tells.
    named: HashSet<String>,
    counts: BTreeMap<String, usize>,
    kills: usize,
    /// Events of acts that were done and could no longer be acknowledged.
    unacknowledged: usize,
}

impl Ledger {
    pub async fn begin(place: &str) -> Self {
        let store = Store::open(place, Options::default()).await.unwrap();
        let heads = trail::heads(&store).await.unwrap();
        let people: Vec<Kept<Person>> = store::all(&store).await.unwrap();
        let admin = people.into_iter().find(|kept| kept.row.account == ACCOUNT);
        store.close().await.unwrap();
        Self {
            began: heads.iter().map(|head| head.at.0).max().unwrap(),
            seen: heads
                .into_iter()
                .map(|head| (head.province, head.number))
                .collect(),
            person: admin.unwrap().row.id,
            told: BTreeMap::new(),
            sessions: HashSet::new(),
            files: BTreeSet::new(),
            merged: false,
            owed: BTreeSet::new(),
            named: HashSet::new(),
            counts: BTreeMap::new(),
            kills: 0,
            unacknowledged: 0,
        }
    }

    pub fn acknowledge(&mut self, run: usize, lines: &[String]) {
        assert!(!lines.is_empty(), "run {run} acknowledged nothing");
        for line in lines {
            let (kind, name) = line.split_once(' ').unwrap();
            *self.counts.entry(kind.to_owned()).or_default() += 1;
            let new = self.owed.insert((kind.to_owned(), name.to_owned()));
            assert!(new, "{line} twice");
        }
        self.kills += 1;
    }

    pub fn acknowledged(&self, kind: &str) -> usize {
        self.counts.get(kind).copied().unwrap_or(0)
    }

    pub fn summary(&self) -> String {
        format!(
            "{} kills, acknowledged {:?}, {} done and cut off before the word",
            self.kills, self.counts, self.unacknowledged
        )
    }

    /// Opens the database as the next program would, and proves it.
    pub async fn hold_against(&mut self, place: &str, thoroughly: bool) {
        let store = Store::open(place, Options::default()).await.unwrap();
        assert!(store.status().await.unwrap().pending.is_empty());
        // A server may still be finishing the last act of the one that was killed; whoever holds the heads comes after.
        let tx = store.begin().await.unwrap();
        for trail in TRAILS {
            trail::lock(&tx, trail).await.unwrap();
        }
        let acknowledged = self.owed.len();
        let events = self.read_trail(&tx).await;
        for (kind, name) in std::mem::take(&mut self.owed) {
            // A record is certified under the note that it was recorded with.
            let name = match kind.as_str() {
                "certify" => format!("certify {name}"),
                _ => name,
            };
            assert!(
                self.named.contains(&name),
                "{kind} {name} was acknowledged and is gone"
            );
        }
        self.unacknowledged += events - acknowledged;
        self.hold_what_stands(&tx).await;
        if thoroughly {
            self.hold_every_version(&tx).await;
            self.hold_files(&tx).await;
            assert_eq!(trail::verify(&tx, None).await.unwrap(), []);
        }
        tx.rollback().await.unwrap();
        store.close().await.unwrap();
    }

    /// Takes in the events since the last look; how many they were.
    async fn read_trail(&mut self, tx: &Tx) -> usize {
        let mut count = 0;
        for head in trail::heads(tx).await.unwrap() {
            let after = self
                .seen
                .insert(head.province.clone(), head.number)
                .unwrap_or(0);
            let filter = Filter::default();
            let limit = u64::try_from(head.number - after).unwrap();
            let events = trail::events(tx, &head.province, after, limit, &filter)
                .await
                .unwrap();
            assert_eq!(
                events.len() as u64,
                limit,
                "the trail of {} has a gap",
                head.province
            );
            for event in events {
                let payload: Value =
                    serde_json::from_str(event.payload.as_deref().unwrap()).unwrap();
                if self.take_in(&event.act, event.at, &payload) {
                    count += 1;
                }
            }
        }
        count
    }

    /// Whether the event tells of an act that a drill acknowledges.
    fn take_in(&mut self, act: &str, at: Moment, payload: &Value) -> bool {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        match act {
            "link.approve" | "link.reject" => {
                self.tell("link", at, &payload["after"]);
                self.named.insert(text(&payload["reason"]));
            }
            "link.sitting" => {
                let links = payload["links"].as_array().unwrap();
                assert_eq!(links.len(), 12, "half a sitting");
                for link in links {
                    self.tell("link", at, &link["after"]);
                }
                self.named.insert(text(&payload["reason"]));
            }
            "step.record" => {
                self.tell("step", at, &payload["after"]);
                self.named
                    .insert(text(&payload["after"]["outcome"]["note"]));
                for file in payload["files"].as_array().into_iter().flatten() {
                    let id: uuid::Uuid = text(&file["file"]).parse().unwrap();
                    assert!(self.files.insert(id.into()), "one file twice");
                }
            }
            "step.certify" => {
                self.tell("step", at, &payload["after"]);
                let note = text(&payload["after"]["outcome"]["note"]);
                self.named.insert(format!("certify {note}"));
            }
            "step.return" => {
                self.tell("step", at, &payload["after"]);
                self.named.insert(text(&payload["after"]["returned"]));
            }
            "organisation.merge" | "organisation.undo_merge" => {
                self.merged = act == "organisation.merge";
                self.named.insert(text(&payload["reason"]));
            }
            "account.sign_in" => {
                self.sessions.insert(text(&payload["session"]));
                self.named.insert(text(&payload["session"]));
            }
            _ => return false,
        }
        true
    }

    fn tell(&mut self, kind: &'static str, at: Moment, after: &Value) {
        let id = after["id"].as_str().unwrap().to_owned();
        let before = self.told.insert((kind, id, at.0), after.clone());
        assert_eq!(before, None);
    }

    /// Each row stands as its last event left it, and no row stands that no event tells of.
    async fn hold_what_stands(&self, tx: &Tx) {
        let mut last: BTreeMap<(&str, &str), (i64, &Value)> = BTreeMap::new();
        for ((kind, id, at), after) in &self.told {
            last.insert((*kind, id.as_str()), (*at, after));
        }
        let mut stands = BTreeMap::new();
        for (kind, id, at, row) in standing(tx).await {
            if at > self.began {
                stands.insert((kind, id), (at, row));
            }
        }
        let stands: BTreeMap<_, _> = stands
            .iter()
            .map(|((kind, id), (at, row))| ((*kind, id.as_str()), (*at, row)))
            .collect();
        assert_eq!(stands, last, "rows and events differ");
        let sessions = store::accounts::sessions_of(tx, self.person, BEFORE_ALL)
            .await
            .unwrap();
        let sessions: HashSet<String> = sessions.into_iter().map(|it| it.id.to_string()).collect();
        assert_eq!(sessions, self.sessions, "sessions and events differ");
        self.hold_duties(tx).await;
        self.hold_the_merger(tx).await;
    }

    /// What is certified counts, and nothing else does.
    async fn hold_duties(&self, tx: &Tx) {
        let records: Vec<Kept<StepRecord>> = store::all(tx).await.unwrap();
        let certified: BTreeSet<_> = records
            .iter()
            .map(|kept| &kept.row)
            .filter(|record| record.state == StepState::Certified)
            .map(|record| (record.organisation, record.item.code(), record.period))
            .collect();
        let duties: Vec<Kept<Duty>> = store::all(tx).await.unwrap();
        let reported: BTreeSet<_> = duties
            .iter()
            .map(|kept| &kept.row)
            .filter(|duty| duty.reported_on.is_some())
            .map(|duty| (duty.organisation, duty.item.code(), duty.period))
            .collect();
        assert_eq!(certified, reported, "half a certification");
    }

    /// Who was merged is closed, stands in nobody's way and owes nothing that is open; taken back, all of it is as before.
    async fn hold_the_merger(&self, tx: &Tx) {
        let found = store::texts::organisations(tx, "DOLE-PNB").await.unwrap();
        let organisation = found[0].row.0;
        assert_eq!(organisation.closed.is_some(), self.merged, "half a merger");
        let successions: Vec<Kept<Succession>> = store::all(tx).await.unwrap();
        assert_eq!(successions.len(), usize::from(self.merged), "half a merger");
        let duties = store::of::<Duty, OrganisationId>(tx, &[organisation.id])
            .await
            .unwrap();
        let today = Moment(self.began).thai_day();
        let open = |kept: &&Kept<Duty>| kept.row.period.last_day() >= today;
        assert_eq!(
            duties.iter().filter(open).count() == 0,
            self.merged,
            "half a merger"
        );
    }

    /// Every file of which an event tells is attached and can be read, and no other is.
    async fn hold_files(&self, tx: &Tx) {
        let attached: Vec<Kept<StepFile>> = store::all(tx).await.unwrap();
        let attached: BTreeSet<FileId> = attached.iter().map(|kept| kept.row.file).collect();
        assert_eq!(attached, self.files, "files and events differ");
        for file in &self.files {
            let (about, content) = store::files::content(tx, *file).await.unwrap().unwrap();
            assert_eq!(about.bytes, content.len() as u64);
            assert!(content.starts_with(b"%PDF-"), "half a file");
        }
    }

    /// Every version ever recorded has its event and every event its versions, one after the other without a gap.
    async fn hold_every_version(&self, tx: &Tx) {
        let mut recorded = BTreeMap::new();
        let ids: BTreeSet<(&'static str, String)> = standing(tx)
            .await
            .into_iter()
            .map(|(kind, id, _, _)| (kind, id))
            .collect();
        for (kind, id) in ids {
            let uuid: uuid::Uuid = id.parse().unwrap();
            let versions: Vec<(i64, Option<i64>, Value)> = match kind {
                "link" => {
                    let all = store::history::<(Link, Reason)>(tx, uuid.into())
                        .await
                        .unwrap();
                    all.into_iter().map(|it| version(&it, &it.row.0)).collect()
                }
                _ => {
                    let all = store::history::<StepRecord>(tx, uuid.into()).await.unwrap();
                    all.into_iter().map(|it| version(&it, &it.row)).collect()
                }
            };
            for pair in versions.windows(2) {
                assert_eq!(
                    pair[0].1,
                    Some(pair[1].0),
                    "{kind} {id}: a gap between two versions"
                );
            }
            assert_eq!(
                versions.last().unwrap().1,
                None,
                "{kind} {id} does not stand"
            );
            for (at, _, row) in versions {
                if at > self.began {
                    recorded.insert((kind, id.clone(), at), row);
                }
            }
        }
        assert!(recorded == self.told, "history and trail differ");
    }
}

fn version<R>(kept: &Kept<R>, row: &impl serde::Serialize) -> (i64, Option<i64>, Value) {
    let stamp = &kept.stamp;
    let row = serde_json::to_value(row).unwrap();
    (stamp.recorded_at.0, stamp.ended_at.map(|at| at.0), row)
}

/// Kind, id, moment of recording and content of every standing link and step record.
async fn standing(tx: &Tx) -> Vec<(&'static str, String, i64, Value)> {
    let mut found = Vec::new();
    for kept in store::all::<(Link, Reason)>(tx).await.unwrap() {
        let row = serde_json::to_value(kept.row.0).unwrap();
        found.push((
            "link",
            kept.row.0.id.to_string(),
            kept.stamp.recorded_at.0,
            row,
        ));
    }
    for kept in store::all::<StepRecord>(tx).await.unwrap() {
        let row = serde_json::to_value(&kept.row).unwrap();
        found.push((
            "step",
            kept.row.id.to_string(),
            kept.stamp.recorded_at.0,
            row,
        ));
    }
    found
}
