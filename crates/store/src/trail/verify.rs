//! Proving the trail: every event against its own hash, the event before it, its payload and the head.

use super::{ERASE, Event, Filter, Head, hash, read};
use crate::{Error, migrations, tx::Read};
use std::collections::BTreeSet;

/// What is wrong with the trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Events are missing: the number before is not there (also when the tail was cut off).
    Missing,
    /// The event's fields do not give its hash: it was changed.
    Changed,
    /// The event does not continue the one before it: something was swapped or inserted.
    Unlinked,
    /// The payload does not give its digest: it was changed.
    PayloadChanged,
    /// The payload is gone and no event says that it was erased.
    PayloadGone,
    /// The event is not later than the one before it.
    OutOfOrder,
    /// The head says something else than the last event, or there is no head.
    Head,
    /// Rows were recorded or ended after the last event of all trails: events are gone with their heads, or somebody
    /// wrote past the acts.
    Untold,
}

/// One thing that is wrong with the trail.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TrailFault {
    /// Province code or `TH`.
    pub province: String,
    /// Number of the event; of the last event when the head is meant.
    pub number: i64,
    /// What is wrong.
    pub fault: Fault,
}

/// Events read at a time.
const PAGE: u64 = 1_000;

/// Proves the trail of one province, or of all; empty = nothing wrong. Reads page by page.
///
/// Others may write meanwhile: an event that came between the heads and the pages looks like a fault. So when something
/// is found and a head has moved, the proof is made once more and only what both found is a fault.
pub async fn verify(read: &impl Read, province: Option<&str>) -> Result<Vec<TrailFault>, Error> {
    let recorded = migrations::last_recorded(read).await?;
    let before = read::heads(read).await?;
    let told = before.iter().map(|head| head.at).max();
    let mut faults = prove(read, province, &before).await?;
    let after = read::heads(read).await?;
    if !faults.is_empty() && before != after {
        let again = prove(read, province, &after).await?;
        faults.retain(|fault| again.contains(fault));
    }
    if recorded > told {
        let province = province.unwrap_or_default().to_owned();
        faults.push(TrailFault {
            province,
            number: 0,
            fault: Fault::Untold,
        });
    }
    Ok(faults)
}

async fn prove(
    read: &impl Read,
    province: Option<&str>,
    heads: &[Head],
) -> Result<Vec<TrailFault>, Error> {
    let provinces = match province {
        Some(province) => BTreeSet::from([province.to_owned()]),
        None => read::provinces(read).await?,
    };
    let mut faults = Vec::new();
    for province in provinces {
        let head = heads.iter().find(|head| head.province == province);
        let mut proof = Proof::new(province);
        loop {
            let after = proof.last.as_ref().map_or(0, |event| event.number);
            let page = read::events(read, &proof.province, after, PAGE, &Filter::default()).await?;
            if page.is_empty() {
                break;
            }
            page.into_iter().for_each(|event| proof.take(event));
        }
        faults.extend(proof.finish(head));
    }
    Ok(faults)
}

/// The state of the proof after some events.
struct Proof {
    province: String,
    last: Option<Event>,
    /// Events whose payload is gone, until an event is found that says why.
    gone: BTreeSet<i64>,
    faults: Vec<TrailFault>,
}

impl Proof {
    fn new(province: String) -> Self {
        Self {
            province,
            last: None,
            gone: BTreeSet::new(),
            faults: Vec::new(),
        }
    }

    fn fault(&mut self, number: i64, fault: Fault) {
        self.faults.push(TrailFault {
            province: self.province.clone(),
            number,
            fault,
        });
    }

    fn take(&mut self, event: Event) {
        let number = event.number;
        let (expected, previous_hash, previous_at) = match &self.last {
            Some(last) => (last.number + 1, last.hash.clone(), Some(last.at)),
            None => (1, hash::ORIGIN.to_vec(), None),
        };
        if number != expected {
            self.fault(number - 1, Fault::Missing);
        } else if event.previous_hash != previous_hash {
            self.fault(number, Fault::Unlinked);
        }
        if previous_at.is_some_and(|at| at >= event.at) {
            self.fault(number, Fault::OutOfOrder);
        }
        if hash::event_hash(&event) != event.hash {
            self.fault(number, Fault::Changed);
        }
        match (&event.payload, &event.salt, &event.payload_digest) {
            (Some(payload), Some(salt), Some(digest))
                if hash::payload_digest(salt, payload) == *digest => {}
            (None, None, None) => {}
            (None, None, Some(_)) => {
                self.gone.insert(number);
            }
            _ => self.fault(number, Fault::PayloadChanged),
        }
        if event.act == ERASE
            && event.subject.kind == "event"
            && let Ok(erased) = event.subject.id.parse()
        {
            self.gone.remove(&erased);
        }
        self.last = Some(event);
    }

    fn finish(mut self, head: Option<&Head>) -> Vec<TrailFault> {
        for number in std::mem::take(&mut self.gone) {
            self.fault(number, Fault::PayloadGone);
        }
        let (number, hash, at) = match &self.last {
            Some(last) => (last.number, last.hash.as_slice(), Some(last.at)),
            None => (0, hash::ORIGIN.as_slice(), None),
        };
        match head {
            None if number > 0 => self.fault(number, Fault::Head),
            Some(head) if head.number > number => self.fault(head.number, Fault::Missing),
            Some(head) if head.number < number || head.hash != hash || Some(head.at) != at => {
                self.fault(number, Fault::Head);
            }
            _ => {}
        }
        self.faults.sort();
        self.faults
    }
}
