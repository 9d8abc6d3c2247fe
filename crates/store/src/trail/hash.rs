//! The hashes of the trail over one canonical form: every field with its length before it.

use super::Event;
use sha2::{Digest, Sha256};

/// The hash before the first event.
pub(super) const ORIGIN: [u8; 32] = [0; 32];

/// Names the form, so that a later form can never be taken for this one.
const FORM: &[u8] = b"saithong trail 1";

/// SHA-256 over (previous hash, province, number, at, actor, on behalf of, act, subject, payload digest).
pub(super) fn event_hash(event: &Event) -> Vec<u8> {
    let mut form = Form(Sha256::new());
    form.field(FORM);
    form.field(&event.previous_hash);
    form.field(event.province.as_bytes());
    form.field(&event.number.to_be_bytes());
    form.field(&event.at.0.to_be_bytes());
    form.field(event.actor.as_bytes());
    form.optional(event.on_behalf_of.as_deref().map(str::as_bytes));
    form.field(event.act.as_bytes());
    form.field(event.subject.kind.as_bytes());
    form.field(event.subject.id.as_bytes());
    form.optional(event.payload_digest.as_deref());
    form.0.finalize().to_vec()
}

/// SHA-256 over salt and payload.
pub(super) fn payload_digest(salt: &[u8], payload: &str) -> Vec<u8> {
    let mut form = Form(Sha256::new());
    form.field(salt);
    form.field(payload.as_bytes());
    form.0.finalize().to_vec()
}

struct Form(Sha256);

impl Form {
    fn field(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    /// Nothing and the empty text are two things: a byte before says which.
    fn optional(&mut self, bytes: Option<&[u8]>) {
        match bytes {
            None => self.field(&[0]),
            Some(bytes) => {
                self.field(&[1]);
                self.field(bytes);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trail::Subject;
    use domain::time::Moment;

    fn event() -> Event {
        Event {
            province: "67".to_owned(),
            number: 1,
            at: Moment(1),
            actor: "anan".to_owned(),
            on_behalf_of: None,
            act: "plans.import".to_owned(),
            subject: Subject {
                kind: "plan".to_owned(),
                id: "x".to_owned(),
            },
            payload: None,
            salt: None,
            payload_digest: None,
            previous_hash: ORIGIN.to_vec(),
            hash: Vec::new(),
        }
    }

    #[test]
    fn moving_letters_from_one_field_to_the_next_changes_the_hash() {
        let mut moved = event();
        moved.actor = "ana".to_owned();
        moved.act = "nplans.import".to_owned();
        assert_ne!(event_hash(&event()), event_hash(&moved));
        assert_ne!(payload_digest(b"ab", "c"), payload_digest(b"a", "bc"));
    }

    #[test]
    fn on_behalf_of_nobody_and_of_an_empty_name_are_two_things() {
        let mut named = event();
        named.on_behalf_of = Some(String::new());
        assert_ne!(event_hash(&event()), event_hash(&named));
    }
}
