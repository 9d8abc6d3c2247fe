//! One-time codes by time (RFC 6238): HMAC-SHA-1, six digits, steps of 30 seconds, one step of tolerance to each side.

use data_encoding::BASE32_NOPAD;
use domain::time::Moment;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use std::fmt::Write;

/// Length of a step in microseconds.
const STEP: i64 = 30_000_000;
/// Steps by which a clock may be off, to each side.
const TOLERANCE: i64 = 1;
/// Length of a code.
const DIGITS: usize = 6;
/// Bytes of a secret: as long as the digest, as RFC 4226 recommends.
pub(super) const SECRET: usize = 20;

/// The step in which a moment lies.
pub(super) const fn step_of(at: Moment) -> i64 {
    at.0.div_euclid(STEP)
}

/// The code of a step (RFC 4226, section 5.3).
pub(super) fn code(secret: &[u8], step: i64) -> u32 {
    // HMAC takes keys of any length: the error cannot happen, and a code that nobody can type stands for it.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else {
        return u32::MAX;
    };
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest[19] & 0x0f);
    let mut word = [0; 4];
    word.copy_from_slice(&digest[offset..offset + 4]);
    (u32::from_be_bytes(word) & 0x7fff_ffff) % 10_u32.pow(DIGITS as u32)
}

/// The step whose code was typed, when it is near enough to now and later than the last one taken.
pub(super) fn accepted(secret: &[u8], typed: &str, now: Moment, last: i64) -> Option<i64> {
    let typed = read(typed)?;
    let here = step_of(now);
    (here - TOLERANCE..=here + TOLERANCE).find(|step| *step > last && code(secret, *step) == typed)
}

/// Whether the typed code is right and was taken before: told apart, because the person only has to wait.
pub(super) fn is_reused(secret: &[u8], typed: &str, now: Moment, last: i64) -> bool {
    let here = step_of(now);
    read(typed).is_some_and(|typed| {
        (here - TOLERANCE..=here + TOLERANCE)
            .any(|step| step <= last && code(secret, step) == typed)
    })
}

/// Six digits as people type them: Thai digits and spaces are fine.
fn read(typed: &str) -> Option<u32> {
    let digits = domain::text::from_thai_digits(typed);
    let digits: String = digits.chars().filter(|c| !c.is_whitespace()).collect();
    let fits = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| digits.parse().ok()).flatten()
}

/// The secret as a person types it into an app that cannot read the picture.
pub(super) fn written(secret: &[u8]) -> String {
    BASE32_NOPAD.encode(secret)
}

/// The address that an authenticator app reads from the picture (key URI format): issuer, account and secret.
pub(super) fn address(secret: &[u8], issuer: &str, account: &str) -> String {
    let (issuer, account) = (escaped(issuer), escaped(account));
    let secret = written(secret);
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
    )
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const RFC: &[u8] = b"12345678901234567890";

    fn second(second: i64) -> Moment {
        Moment(second * 1_000_000)
    }

    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        // Appendix B prints eight digits; ours are the last six.
        for (at, printed) in [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ] {
            let code = code(RFC, step_of(second(at)));
            assert_eq!(code, printed % 1_000_000, "{at}");
        }
    }

    #[test]
    fn the_codes_are_those_of_rfc_4226() {
        let printed = [
            755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871,
            520_489,
        ];
        let codes: Vec<u32> = (0..10).map(|step| code(RFC, step)).collect();
        assert_eq!(codes, printed);
    }

    #[test]
    fn a_clock_may_be_off_by_one_step_and_not_by_two() {
        let now = second(1_111_111_111);
        let here = step_of(now);
        for (off, fine) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let typed = format!("{:06}", code(RFC, here + off));
            let found = accepted(RFC, &typed, now, i64::MIN);
            assert_eq!(found, fine.then_some(here + off), "{off}");
        }
    }

    #[test]
    fn a_code_is_taken_once_and_then_neither_it_nor_an_earlier_one() {
        let now = second(1_111_111_111);
        let here = step_of(now);
        let (before, typed) = (code(RFC, here - 1), code(RFC, here));
        let last = accepted(RFC, &format!("{typed:06}"), now, here - 5).unwrap();
        assert_eq!(accepted(RFC, &format!("{typed:06}"), now, last), None);
        assert_eq!(accepted(RFC, &format!("{before:06}"), now, last), None);
        assert!(is_reused(RFC, &format!("{typed:06}"), now, last));
        assert!(!is_reused(RFC, "000000", now, last));
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        assert_eq!(read("๐๕๐ ๔๗๑"), Some(50_471));
        for wrong in ["", "12345", "1234567", "12345a", "-12345", "+12345"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_address_is_what_apps_read() {
        assert_eq!(
            address(RFC, "สายทอง", "somsak.j"),
            "otpauth://totp/%E0%B8%AA%E0%B8%B2%E0%B8%A2%E0%B8%97%E0%B8%AD%E0%B8%87:somsak.j?secret=\
             GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E0%B8%AA%E0%B8%B2%E0%B8%A2%E0%B8%97%E0%B8%AD%E0%B8%87\
             &algorithm=SHA1&digits=6&period=30"
        );
    }
}
