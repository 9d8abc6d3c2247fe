//! Passwords: how good they must be, and how they are kept. Argon2id (RFC 9106), strength by guessing (zxcvbn).
//!
//! Nothing is asked of the kinds of letters: length and not being guessable are what count. Text is brought to Unicode
//! NFC first, so that the same password typed on another keyboard is the same; nothing is cut off.

use crate::Error;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{CustomizedPasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::issue::{Arg, Issue, Issues, Place};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use zxcvbn::feedback::Warning;

/// The fewest characters that a password has.
pub const SHORTEST: usize = 12;
/// The most characters that a password has: enough for any sentence, and no way to keep the computer busy.
pub const LONGEST: usize = 128;
/// What zxcvbn's score must be: 10⁸ guesses or more.
const STRONG: u8 = 3;

/// Words that anybody who attacks this system tries first.
const OURS: &[&str] = &[
    "saithong",
    "สายทอง",
    "ศธจ",
    "ศธภ",
    "สพป",
    "สพม",
    "สพฐ",
    "phetchabun",
    "เพชรบูรณ์",
    "sdg4",
    "education",
    "การศึกษา",
    "ศึกษาธิการ",
    "จังหวัด",
    "planner",
    "password",
    "รหัสผ่าน",
    "moe",
    "thailand",
    "ประเทศไทย",
];

/// How many passwords are worked on at the same time: each takes its memory, and a flood must not take all of it.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// What one password costs to check, for us and for whoever stole the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// As cheap as the algorithm allows: for tests, never for people.
    pub const LEAST: Self = Self {
        memory: 8,
        passes: 1,
        lanes: 1,
    };
}

impl Default for Cost {
    /// 19 MiB, two passes, one lane: the first choice of the OWASP Password Storage Cheat Sheet for Argon2id.
    fn default() -> Self {
        Self {
            memory: 19 * 1024,
            passes: 2,
            lanes: 1,
        }
    }
}

/// The password as it is checked and kept.
fn normal(password: &str) -> String {
    password.nfc().collect()
}

/// Everything that is wrong with a new password; `about` are words that others know of the person.
pub(super) fn problems(field: &str, password: &str, about: &[&str]) -> Issues {
    let issue = |code| {
        let field = field.to_owned();
        Issue::error(Place::Field { field }, code)
    };
    let password = normal(password);
    let length = password.chars().count();
    if length < SHORTEST {
        return vec![issue("password.too_short").with("least", SHORTEST)];
    }
    if length > LONGEST {
        return vec![issue("password.too_long").with("most", LONGEST)];
    }
    let mut known: Vec<&str> = OURS.to_vec();
    for text in about {
        known.push(text);
        known.extend(
            text.split([' ', '.', '-', '_', '@'])
                .filter(|part| part.chars().count() > 2),
        );
    }
    let guessed = zxcvbn::zxcvbn(&password, &known);
    if u8::from(guessed.score()) >= STRONG {
        return Vec::new();
    }
    let warning = guessed.feedback().and_then(|feedback| feedback.warning());
    vec![issue("password.guessable").with("why", Arg::Key(why(warning)))]
}

/// The key of the sentence that says what makes a password easy to guess.
const fn why(warning: Option<Warning>) -> &'static str {
    use Warning::*;
    match warning {
        Some(StraightRowsOfKeysAreEasyToGuess | ShortKeyboardPatternsAreEasyToGuess) => {
            "password.why.keys"
        }
        Some(RepeatsLikeAaaAreEasyToGuess | RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess) => {
            "password.why.repeats"
        }
        Some(SequencesLikeAbcAreEasyToGuess) => "password.why.sequence",
        Some(RecentYearsAreEasyToGuess | DatesAreOftenEasyToGuess) => "password.why.dates",
        Some(
            ThisIsATop10Password
            | ThisIsATop100Password
            | ThisIsACommonPassword
            | ThisIsSimilarToACommonlyUsedPassword,
        ) => "password.why.common",
        Some(NamesAndSurnamesByThemselvesAreEasyToGuess | CommonNamesAndSurnamesAreEasyToGuess) => {
            "password.why.names"
        }
        Some(AWordByItselfIsEasyToGuess) | None => "password.why.words",
    }
}

/// A secret as it is kept: a string of Argon2id with its own parameters and salt.
pub(super) async fn hash(secret: &str, cost: Cost, salt: [u8; 16]) -> Result<String, Error> {
    let secret = normal(secret);
    busy(move || hash_now(&secret, cost, salt)).await?
}

/// Several secrets under one salt, so that one computation tells which of them was given.
pub(super) async fn hash_all(
    secrets: Vec<String>,
    cost: Cost,
    salt: [u8; 16],
) -> Result<Vec<String>, Error> {
    busy(move || {
        secrets
            .iter()
            .map(|secret| hash_now(&normal(secret), cost, salt))
            .collect()
    })
    .await?
}

fn hash_now(secret: &str, cost: Cost, salt: [u8; 16]) -> Result<String, Error> {
    let params =
        Params::new(cost.memory, cost.passes, cost.lanes, None).map_err(|_| Error::Hashing)?;
    let hash: PasswordHash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
        .hash_password_with_params(secret.as_bytes(), &salt, params)
        .map_err(|_| Error::Hashing)?;
    Ok(hash.to_string())
}

/// Whether a password is the one that is kept. Where none is kept, the same time is spent on one that nobody knows.
pub(super) async fn matches(
    password: &str,
    kept: Option<String>,
    cost: Cost,
) -> Result<bool, Error> {
    let password = normal(password);
    busy(move || match kept {
        Some(kept) => PasswordHash::new(&kept).is_ok_and(|kept| {
            Argon2::default()
                .verify_password(password.as_bytes(), &kept)
                .is_ok()
        }),
        None => {
            let _ = hash_now(&password, cost, [0; 16]);
            false
        }
    })
    .await
}

/// Which of the kept secrets was given, if any; all of them were kept under one salt.
pub(super) async fn which(secret: &str, kept: Vec<String>) -> Result<Option<usize>, Error> {
    let secret = normal(secret);
    busy(move || {
        let first = PasswordHash::new(kept.first()?).ok()?;
        let params = Params::try_from(&first).ok()?;
        let salt = first.salt?;
        let given: PasswordHash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
            .hash_password_with_params(secret.as_bytes(), &salt, params)
            .ok()?;
        kept.iter().position(|kept| {
            PasswordHash::new(kept)
                .is_ok_and(|kept| kept.salt == given.salt && kept.hash == given.hash)
        })
    })
    .await
}

/// Whether a kept password was made at another cost than today's and should be kept anew.
pub(super) fn is_outdated(kept: &str, cost: Cost) -> bool {
    !kept.contains(&format!(
        "$m={},t={},p={}$",
        cost.memory, cost.passes, cost.lanes
    ))
}

/// Works beside the threads that answer requests.
async fn busy<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let _turn = AT_ONCE.acquire().await.map_err(|_| Error::Hashing)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Error::Hashing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(password: &str, about: &[&str]) -> Option<&'static str> {
        problems("password", password, about)
            .first()
            .map(|issue| issue.code)
    }

    #[test]
    fn length_counts_characters_and_no_kind_of_letter_is_asked_for() {
        assert_eq!(code("short", &[]), Some("password.too_short"));
        assert_eq!(code(&"ก".repeat(129), &[]), Some("password.too_long"));
        assert_eq!(code("ม้าวิ่งไปซื้อขนมครกเจ็ดกล่อง", &[]), None);
        assert_eq!(code("correct horse battery staple", &[]), None);
    }

    #[test]
    fn what_others_know_of_a_person_is_no_password() {
        for guessable in [
            "aaaaaaaaaaaaaaaa",
            "password1234",
            "qwertyuiop123",
            "123456789012",
            "saithong2569",
        ] {
            assert_eq!(
                code(guessable, &[]),
                Some("password.guessable"),
                "{guessable}"
            );
        }
        let mine = "somsakjaidee";
        assert_eq!(code(mine, &["somsak.jaidee"]), Some("password.guessable"));
    }

    #[tokio::test]
    async fn the_same_word_typed_in_two_ways_is_the_same_password() {
        // é as one character and as e with an accent.
        let kept = hash("caf\u{e9} ที่ริมน้ำ", Cost::LEAST, [3; 16]).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{kept}");
        let again = matches("cafe\u{301} ที่ริมน้ำ", Some(kept.clone()), Cost::LEAST).await;
        assert!(again.unwrap());
        assert!(
            !matches("cafe ที่ริมน้ำ", Some(kept.clone()), Cost::LEAST)
                .await
                .unwrap()
        );
        assert!(!matches("", None, Cost::LEAST).await.unwrap());
        assert!(is_outdated(&kept, Cost::default()) && !is_outdated(&kept, Cost::LEAST));
    }

    #[tokio::test]
    async fn a_long_password_is_not_cut_off() {
        let long = "ก".repeat(128);
        let kept = hash(&long, Cost::LEAST, [3; 16]).await.unwrap();
        let shorter = &long[..long.len() - 3];
        assert!(!matches(shorter, Some(kept), Cost::LEAST).await.unwrap());
    }

    #[tokio::test]
    async fn one_of_several_secrets_is_found() {
        let secrets = vec!["one".to_owned(), "two".to_owned(), "three".to_owned()];
        let kept = hash_all(secrets, Cost::LEAST, [9; 16]).await.unwrap();
        assert_eq!(which("two", kept.clone()).await.unwrap(), Some(1));
        assert_eq!(which("four", kept).await.unwrap(), None);
        assert_eq!(which("four", Vec::new()).await.unwrap(), None);
    }
}
