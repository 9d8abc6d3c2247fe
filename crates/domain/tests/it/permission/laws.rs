//! Random people, roles, forests, acts and objects: `decide` says what the oracle says, with the same reason.

use super::{
    oracle::{self, Answer},
    world::Question,
};
use domain::{
    people::Role,
    permission::{Refusal, decide},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// How many questions: 20,000, or as many as `SAITHONG_CASES` says.
fn cases() -> u32 {
    match std::env::var("SAITHONG_CASES") {
        Ok(asked) => asked.parse().expect("SAITHONG_CASES is a number"),
        Err(_) => 20_000,
    }
}

/// What `decide` answers, in the words of the oracle, and whatever is wrong with the particulars of its reason.
fn decided(question: &Question) -> Answer {
    let held = question.held();
    let object = question.world.object(question.on, question.today);
    let refusal = match decide(&held, question.act, &object, question.today) {
        Ok(grant) => {
            assert!(question.grants.contains(grant), "a role nobody holds");
            return Answer::Yes;
        }
        Err(refusal) => refusal,
    };
    let holds = |role: &Role| question.grants.iter().any(|grant| grant.role == *role);
    match refusal {
        Refusal::NoRole => Answer::NoRole,
        Refusal::NotInRole { needed } => {
            let able = |role: &&Role| oracle::ever(**role, question.act);
            let expected: Vec<Role> = Role::ALL.iter().filter(able).copied().collect();
            assert_eq!(needed, expected, "who can");
            Answer::NotInRole
        }
        Refusal::OutOfReach { role, .. } => {
            assert!(holds(&role) && oracle::ever(role, question.act));
            Answer::OutOfReach
        }
        Refusal::OnlyReads { role } => {
            assert!(holds(&role));
            Answer::OnlyReads
        }
        Refusal::NotYet { role, from } => {
            assert!(holds(&role) && from > question.today);
            Answer::NotYet
        }
        Refusal::Ended { role, to } => {
            assert!(holds(&role) && to <= question.today);
            Answer::Ended
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_decision_is_the_one_of_the_oracle(throws in prop::collection::vec(any::<u16>(), 130)) {
        let question = Question::drawn(&throws);
        prop_assert_eq!(decided(&question), oracle::answer(&question), "{:#?}", question);
    }
}

/// A comparison in which nearly everything is a no, or one reason never occurs, would prove little.
#[test]
fn the_questions_have_every_answer_and_every_role_says_yes_and_no() {
    let mut answers: BTreeMap<String, u32> = BTreeMap::new();
    let mut roles: BTreeMap<(Role, bool), u32> = BTreeMap::new();
    let mut seed = 1_u64;
    let questions = 4_000;
    for _ in 0..questions {
        // A linear congruence is chance enough for a count, and the same in every run.
        let throws: Vec<u16> = std::iter::repeat_with(|| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 48) as u16
        })
        .take(130)
        .collect();
        let question = Question::drawn(&throws);
        let answer = oracle::answer(&question);
        if let [only] = question.grants[..] {
            *roles.entry((only.role, answer == Answer::Yes)).or_default() += 1;
        }
        *answers.entry(format!("{answer:?}")).or_default() += 1;
    }
    assert_eq!(answers.len(), 7, "{answers:?}");
    assert!(answers.values().all(|count| *count >= 40), "{answers:?}");
    assert!(answers["Yes"] >= questions / 10, "{answers:?}");
    assert_eq!(roles.len(), 2 * Role::ALL.len(), "{roles:?}");
}
