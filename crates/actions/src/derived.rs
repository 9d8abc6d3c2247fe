//! What follows from a snapshot alone and is asked for again and again: answered once, kept beside it, gone with it.
//!
//! Each kind of question is a type; its value says which one is meant ("what the plans of province 96 list"). The keeper
//! belongs to one snapshot, so nothing in it can be out of date and nothing must be thrown away by hand.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

/// A question whose answer follows from the snapshot (and from nothing else that the question does not name).
pub trait Question: Hash + Eq + Clone + Send + 'static {
    /// What is kept.
    type Answer: Send + Sync + 'static;
    /// How many answers of this kind are kept at most; one more, and all of the kind are forgotten.
    const MOST: usize;
}

type Answers<Q> = HashMap<Q, Arc<<Q as Question>::Answer>>;

/// The answers of one snapshot, empty at first. Its lock is held only to look up and to put in, never while answering.
#[derive(Default)]
pub struct Derived(Mutex<HashMap<TypeId, Box<dyn Any + Send>>>);

impl Derived {
    /// The answer that is kept, or the one that `make` finds, which is then kept. Two who ask at once may both make it:
    /// they find the same.
    pub fn answer<Q: Question>(
        &self,
        question: &Q,
        make: impl FnOnce() -> Q::Answer,
    ) -> Arc<Q::Answer> {
        match self.kept(question) {
            Some(kept) => kept,
            None => self.keep(question, make()),
        }
    }

    /// The answer that is kept. With [`Self::keep`] for those who must wait for something while they make it.
    pub fn kept<Q: Question>(&self, question: &Q) -> Option<Arc<Q::Answer>> {
        self.with(|answers: &mut Answers<Q>| answers.get(question).cloned())
    }

    /// Keeps an answer and hands it back.
    pub fn keep<Q: Question>(&self, question: &Q, answer: Q::Answer) -> Arc<Q::Answer> {
        let answer = Arc::new(answer);
        let forgotten = self.with(|answers: &mut Answers<Q>| {
            let full = answers.len() >= Q::MOST && !answers.contains_key(question);
            let forgotten = full.then(|| std::mem::take(answers));
            answers.insert(question.clone(), answer.clone());
            forgotten
        });
        // Freeing many answers takes its time: not while others wait for the lock.
        drop(forgotten);
        answer
    }

    fn with<Q: Question, T>(&self, act: impl FnOnce(&mut Answers<Q>) -> T) -> T {
        let mut kinds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kind = kinds
            .entry(TypeId::of::<Q>())
            .or_insert_with(|| Box::new(Answers::<Q>::new()));
        match kind.downcast_mut::<Answers<Q>>() {
            Some(answers) => act(answers),
            // Under the name of a type lie only its own answers; were it otherwise, nothing would be kept.
            None => act(&mut Answers::<Q>::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, PartialEq, Eq, Hash)]
    struct Square(u64);

    impl Question for Square {
        type Answer = u64;
        const MOST: usize = 3;
    }

    #[derive(Clone, PartialEq, Eq, Hash)]
    struct Cube(u64);

    impl Question for Cube {
        type Answer = u64;
        const MOST: usize = 3;
    }

    #[test]
    fn an_answer_is_made_once_and_kinds_do_not_meet() {
        let derived = Derived::default();
        assert_eq!(*derived.answer(&Square(3), || 9), 9);
        assert_eq!(*derived.answer(&Cube(3), || 27), 27);
        assert_eq!(*derived.answer(&Square(3), || unreachable!("kept")), 9);
        assert_eq!(derived.kept(&Cube(4)), None);
    }

    #[test]
    fn no_kind_grows_beyond_its_bound() {
        let derived = Derived::default();
        for n in 0..10 {
            derived.keep(&Square(n), n * n);
            let kept = (0..10).filter(|n| derived.kept(&Square(*n)).is_some());
            assert!(kept.count() <= Square::MOST);
            assert!(derived.kept(&Square(n)).is_some(), "the newest stays");
        }
    }
}
