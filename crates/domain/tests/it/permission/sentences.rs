//! The sentences of `sentences.txt`: what the offices expect, in Thai and, below it, in English.

use super::{
    oracle::{self, Answer},
    world::{On, Place, Question, World},
};
use domain::{
    ids::{GrantId, OrganisationId, PersonId},
    locale::Locale,
    organisation::Axis,
    people::{Grant, Role},
    permission::{Act, Refusal, decide},
};
use jiff::civil::{Date, date};
use std::collections::BTreeSet;

const TODAY: Date = date(2026, 12, 1);

/// Who stands where: Thai and English name, province, and the Thai names of who stands above by สังกัด and by
/// coordination.
type Line = (
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    Option<&'static str>,
);

const HERE: Option<&str> = Some("67");
const NEXT_DOOR: Option<&str> = Some("65");

#[rustfmt::skip]
const ORGANISATIONS: &[Line] = &[
    ("สป.ศธ.", "Permanent Secretary", None, None, None),
    ("ศธภ.17", "REO 17", None, Some("สป.ศธ."), Some("สป.ศธ.")),
    ("ศธจ.เพชรบูรณ์", "PEO Phetchabun", HERE, Some("สป.ศธ."), Some("ศธภ.17")),
    ("กลุ่มเอกชน ศธจ.เพชรบูรณ์", "Private Group of PEO Phetchabun", HERE, Some("ศธจ.เพชรบูรณ์"), Some("ศธจ.เพชรบูรณ์")),
    ("โรงเรียนเอกชนตัวอย่าง", "Sample Private School", HERE, Some("กลุ่มเอกชน ศธจ.เพชรบูรณ์"), Some("กลุ่มเอกชน ศธจ.เพชรบูรณ์")),
    ("สพฐ.", "OBEC", None, None, None),
    ("สพป.เพชรบูรณ์ เขต 1", "ESAO Phetchabun 1", HERE, Some("สพฐ."), Some("ศธจ.เพชรบูรณ์")),
    ("สพป.เพชรบูรณ์ เขต 2", "ESAO Phetchabun 2", HERE, Some("สพฐ."), Some("ศธจ.เพชรบูรณ์")),
    ("โรงเรียนตัวอย่างของเขต 1", "Sample School of Area 1", HERE, Some("สพป.เพชรบูรณ์ เขต 1"), Some("สพป.เพชรบูรณ์ เขต 1")),
    ("โรงเรียนตัวอย่างของเขต 2", "Sample School of Area 2", HERE, Some("สพป.เพชรบูรณ์ เขต 2"), Some("สพป.เพชรบูรณ์ เขต 2")),
    (MOVED, "School Moved from Area 1 to 2", HERE, None, None),
    ("อบจ.เพชรบูรณ์", "PAO Phetchabun", HERE, None, Some("ศธจ.เพชรบูรณ์")),
    ("สถจ.เพชรบูรณ์", "DLA Phetchabun", HERE, None, Some("ศธจ.เพชรบูรณ์")),
    ("เทศบาลเมืองตัวอย่าง", "Sample Town Municipality", HERE, None, Some("สถจ.เพชรบูรณ์")),
    ("ศธจ.พิษณุโลก", "PEO Phitsanulok", NEXT_DOOR, Some("สป.ศธ."), Some("ศธภ.17")),
    ("สพป.พิษณุโลก เขต 1", "ESAO Phitsanulok 1", NEXT_DOOR, Some("สพฐ."), Some("ศธจ.พิษณุโลก")),
];

/// It moved on 1 October 2569.
const MOVED: &str = "โรงเรียนที่ย้ายจากเขต 1 ไปเขต 2";

const PROVINCES: [(&str, &str, On); 3] = [
    ("จังหวัดเพชรบูรณ์", "Phetchabun Province", On::Province("67")),
    ("จังหวัดพิษณุโลก", "Phitsanulok Province", On::Province("65")),
    ("ส่วนกลาง", "the nation", On::Nation),
];

#[rustfmt::skip]
const ANSWERS: [(&str, &str, Answer); 7] = [
    ("ได้", "yes", Answer::Yes),
    ("ไม่ได้ เพราะไม่มีบทบาท", "no, no role", Answer::NoRole),
    ("ไม่ได้ เพราะบทบาทไม่รวมเรื่องนี้", "no, not in the role", Answer::NotInRole),
    ("ไม่ได้ เพราะอยู่นอกขอบเขต", "no, out of reach", Answer::OutOfReach),
    ("ไม่ได้ เพราะเหนือจังหวัดดูได้อย่างเดียว", "no, above the provinces one only reads", Answer::OnlyReads),
    ("ไม่ได้ เพราะบทบาทยังไม่เริ่ม", "no, the role has not begun", Answer::NotYet),
    ("ไม่ได้ เพราะบทบาทสิ้นสุดแล้ว", "no, the role has ended", Answer::Ended),
];

fn id(n: usize) -> OrganisationId {
    OrganisationId::from_u128(1 + n as u128)
}

fn world() -> World {
    let mut world = World::default();
    let named = |name: &str| {
        let at = ORGANISATIONS.iter().position(|line| line.0 == name);
        id(at.expect(name))
    };
    for (n, (_, _, province, reports_to, coordinated_by)) in ORGANISATIONS.iter().enumerate() {
        world.places.push(Place {
            id: id(n),
            province: *province,
        });
        for (axis, parent) in [
            (Axis::ReportsTo, reports_to),
            (Axis::CoordinatedBy, coordinated_by),
        ] {
            if let Some(parent) = parent {
                world.put(axis, (id(n), named(parent)), (None, None));
            }
        }
    }
    let (moved, on) = (named(MOVED), Some(date(2026, 10, 1)));
    let (first, second) = (named("สพป.เพชรบูรณ์ เขต 1"), named("สพป.เพชรบูรณ์ เขต 2"));
    for axis in [Axis::ReportsTo, Axis::CoordinatedBy] {
        world.put(axis, (moved, first), (None, on));
        world.put(axis, (moved, second), (on, None));
    }
    world
}

/// Reads one line: who | does what | to what | the answer | day.
struct Reader {
    locale: Locale,
    world: World,
}

impl Reader {
    fn of<'t>(&self, th: &'t str, en: &'t str) -> &'t str {
        match self.locale {
            Locale::Th => th,
            Locale::En => en,
        }
    }

    fn read(&self, line: &str) -> (Question, Answer) {
        let parts: Vec<&str> = line.split(" | ").collect();
        let (who, act, on, answer, day) = match parts[..] {
            [who, act, on, answer] => (who, act, on, answer, None),
            [who, act, on, answer, day] => (who, act, on, answer, Some(day)),
            _ => panic!("four or five parts: {line}"),
        };
        let said = |known: &&Act| self.locale.text(known.key()) == act;
        let act = Act::ALL.iter().find(said);
        let answers = ANSWERS.iter();
        let answer = answers
            .clone()
            .find(|(th, en, _)| self.of(th, en) == answer);
        let question = Question {
            world: self.world.clone(),
            grants: self.grants(who),
            act: *act.unwrap_or_else(|| panic!("the act of {line}")),
            on: self
                .on(on)
                .unwrap_or_else(|| panic!("the object of {line}")),
            today: day.map_or(TODAY, |day| day.parse().expect(line)),
        };
        let (_, _, answer) = answer.unwrap_or_else(|| panic!("the answer of {line}"));
        (question, answer.clone())
    }

    fn organisation(&self, name: &str) -> Option<OrganisationId> {
        let here = |line: &Line| self.of(line.0, line.1) == name;
        ORGANISATIONS.iter().position(here).map(id)
    }

    fn on(&self, name: &str) -> Option<On> {
        let province = PROVINCES
            .iter()
            .find(|(th, en, _)| self.of(th, en) == name)
            .map(|(_, _, on)| *on);
        province.or_else(|| self.organisation(name).map(On::Organisation))
    }

    fn grants(&self, who: &str) -> Vec<Grant> {
        if who == self.of("ผู้ไม่มีบทบาท", "somebody without a role") {
            return Vec::new();
        }
        let grants = who.split(" + ").enumerate().map(|(n, held)| {
            let cut = |text: &'_ str, word: &str| match text.split_once(word) {
                Some((before, day)) => (before.to_owned(), Some(day.parse().expect(text))),
                None => (text.to_owned(), None),
            };
            let (held, valid_to) = cut(held, self.of(" จนถึงก่อน ", " until before "));
            let (held, valid_from) = cut(&held, self.of(" ตั้งแต่ ", " from "));
            let at = self.of(" ที่ ", " at ");
            let (role, organisation) = held.split_once(at).expect(&held);
            let role = Role::ALL
                .iter()
                .find(|known| self.locale.text(known.key()) == role);
            Grant {
                id: GrantId::from_u128(1 + n as u128),
                person: PersonId::from_u128(1),
                role: *role.expect(&held),
                organisation: self.organisation(organisation).expect(&held),
                valid_from,
                valid_to,
            }
        });
        grants.collect()
    }
}

fn answered(question: &Question) -> Answer {
    let object = question.world.object(question.on, question.today);
    match decide(&question.held(), question.act, &object, question.today) {
        Ok(_) => Answer::Yes,
        Err(Refusal::NoRole) => Answer::NoRole,
        Err(Refusal::NotInRole { .. }) => Answer::NotInRole,
        Err(Refusal::OutOfReach { .. }) => Answer::OutOfReach,
        Err(Refusal::OnlyReads { .. }) => Answer::OnlyReads,
        Err(Refusal::NotYet { .. }) => Answer::NotYet,
        Err(Refusal::Ended { .. }) => Answer::Ended,
    }
}

#[test]
fn the_sentences_are_true_in_both_languages_and_for_the_oracle() {
    let lines: Vec<&str> = include_str!("sentences.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let [th, en] = [Locale::Th, Locale::En].map(|locale| Reader {
        locale,
        world: world(),
    });
    let mut wrong = Vec::new();
    let mut acts = BTreeSet::new();
    let mut roles = BTreeSet::new();
    let mut answers = BTreeSet::new();
    for pair in lines.chunks(2) {
        let [thai, english] = pair else {
            panic!("a sentence without its English: {pair:?}");
        };
        let ((question, expected), (other, and)) = (th.read(thai), en.read(english));
        let same = question.grants == other.grants
            && (question.act, question.on, question.today) == (other.act, other.on, other.today)
            && expected == and;
        assert!(same, "the languages say different things: {thai}");
        let (found, oracle) = (answered(&question), oracle::answer(&question));
        if (&found, &oracle) != (&expected, &expected) {
            wrong.push(format!("{thai}\n  found {found:?}, the oracle {oracle:?}"));
        }
        acts.insert(question.act);
        roles.extend(question.grants.iter().map(|grant| grant.role));
        answers.insert(format!("{expected:?}"));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(lines.len() / 2 >= 60, "{} sentences", lines.len() / 2);
    let all = (acts.len(), roles.len(), answers.len());
    assert_eq!(all, (Act::ALL.len(), Role::ALL.len(), ANSWERS.len()));
}

/// Every reason of a no becomes a sentence and a next step, with nothing left open in it.
#[test]
fn every_refusal_can_be_read_in_both_languages() {
    let role = Role::Coordinator;
    let (reach, day) = (domain::permission::Reach::Line, date(2026, 10, 1));
    let needed = vec![Role::Approver, Role::Planner];
    let refusals = [
        Refusal::NoRole,
        Refusal::NotInRole { needed },
        Refusal::OutOfReach { role, reach },
        Refusal::OnlyReads { role },
        Refusal::NotYet { role, from: day },
        Refusal::Ended { role, to: day },
    ];
    for (locale, refusal) in [Locale::Th, Locale::En]
        .into_iter()
        .flat_map(|locale| refusals.iter().map(move |refusal| (locale, refusal)))
    {
        let issue = refusal.issue(Act::Certify);
        let sentence = locale.issue(&issue);
        let hint = locale.hint(&issue).unwrap();
        assert!(
            sentence.contains(&*locale.text("act.certify")),
            "{sentence}"
        );
        for text in [sentence, hint] {
            assert!(
                !text.contains(['{', '}']) && !text.starts_with("issue."),
                "{text}"
            );
        }
    }
}
