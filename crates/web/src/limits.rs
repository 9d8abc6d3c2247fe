//! How much one visitor may ask: requests by the second, connections at once; and how much all may send at once.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::Method;
use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::secrets::secret_at;

/// So many at once, and one more after every span of time.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// How many may come at once.
    pub burst: NonZeroU32,
    /// After how long one more may come.
    pub every: Duration,
}

impl Rate {
    /// `per_second` requests a second, up to `burst` at once; zero is read as one.
    pub const fn per_second(per_second: u32, burst: u32) -> Self {
        let one = NonZeroU32::MIN;
        let (per_second, burst) = (NonZeroU32::new(per_second), NonZeroU32::new(burst));
        let per_second = match per_second {
            Some(per_second) => per_second.get(),
            None => 1,
        };
        Self {
            burst: match burst {
                Some(burst) => burst,
                None => one,
            },
            every: Duration::from_nanos(1_000_000_000 / per_second as u64),
        }
    }
}

/// The limits of one visitor, that is of one IPv4 address or one IPv6 network of 64 bits. A whole office may share an
/// address, and a school its line: reading is generous.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Pages.
    pub reading: Rate,
    /// Forms that are sent.
    pub changing: Rate,
    /// Addresses that rest on a secret: one-time links and the code of the second factor.
    pub secrets: Rate,
    /// Connections that stand at the same time.
    pub connections: u32,
    /// Mebibytes of files that all visitors together send at the same time: they lie in memory until they are kept.
    pub sending: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            reading: Rate::per_second(300, 600),
            changing: Rate::per_second(10, 30),
            secrets: Rate::per_second(1, 10),
            connections: 512,
            sending: 256,
        }
    }
}

/// From so many visitors on, new ones share places.
const MOST: usize = 50_000;
/// How many places they share.
const CROWD: u64 = 4_096;
/// How long files wait for room in memory.
const ROOM_WITHIN: Duration = Duration::from_secs(15);
/// After how many seconds to try again where there was none.
const ROOM_AFTER: u64 = 30;
/// After so many requests, visitors who have rested are forgotten.
const CLEAN_EVERY: u64 = 10_000;

/// Bytes of a kibibyte, kibibytes of a mebibyte.
const KIBI: usize = 1024;
/// The most that any form takes.
const LARGEST: u64 = crate::pages::LARGEST_FORM as u64;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Visitor {
    One(IpAddr),
    Crowd(u64),
}

struct Gate {
    limiter: RateLimiter<Visitor, HashMapStateStore<Visitor>, DefaultClock>,
    asked: AtomicU64,
}

impl Gate {
    fn of(rate: Rate) -> Self {
        let every = rate.every.max(Duration::from_nanos(1));
        let quota = Quota::with_period(every).unwrap_or(Quota::per_second(NonZeroU32::MAX));
        Self {
            limiter: RateLimiter::hashmap(quota.allow_burst(rate.burst)),
            asked: AtomicU64::new(0),
        }
    }

    /// How many seconds to wait, if any.
    fn ask(&self, visitor: IpAddr, most: usize) -> Result<(), u64> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % CLEAN_EVERY == CLEAN_EVERY - 1 {
            self.limiter.retain_recent();
        }
        let visitor = match self.limiter.len() < most {
            true => Visitor::One(visitor),
            false => {
                let mut place = DefaultHasher::new();
                visitor.hash(&mut place);
                Visitor::Crowd(place.finish() % CROWD)
            }
        };
        self.limiter.check_key(&visitor).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        })
    }
}

/// Who has asked how much, and who is connected. Kept in memory: another process counts for itself.
pub(crate) struct Gates {
    reading: Gate,
    changing: Gate,
    secrets: Gate,
    connected: Arc<Mutex<HashMap<IpAddr, u32>>>,
    connections: u32,
    memory: Arc<Semaphore>,
    /// Kibibytes of all the memory for files.
    whole: u32,
}

/// Room in memory for files that are being sent, given back when nothing holds it any more.
pub(crate) type Room = Arc<OwnedSemaphorePermit>;

impl Gates {
    pub fn of(limits: Limits) -> Self {
        Self {
            reading: Gate::of(limits.reading),
            changing: Gate::of(limits.changing),
            secrets: Gate::of(limits.secrets),
            connected: Arc::default(),
            connections: limits.connections,
            memory: Arc::new(Semaphore::new(limits.sending as usize * KIBI)),
            whole: limits.sending.saturating_mul(KIBI as u32),
        }
    }

    /// Room for a form with files of so many bytes; one that does not say how long it is gets as much as the largest.
    ///
    /// # Errors
    /// After how many seconds to try again, when others are sending too much.
    pub async fn room(&self, length: Option<u64>) -> Result<Room, u64> {
        let kibibytes = length.unwrap_or(LARGEST).min(LARGEST).div_ceil(KIBI as u64);
        let wanted = u32::try_from(kibibytes).unwrap_or(u32::MAX).min(self.whole);
        let room = Arc::clone(&self.memory).acquire_many_owned(wanted);
        match tokio::time::timeout(ROOM_WITHIN, room).await {
            Ok(Ok(room)) => Ok(Arc::new(room)),
            _ => Err(ROOM_AFTER),
        }
    }

    /// Whether one more request may come. Files are free: they cost nothing, and a page without them is of no use.
    ///
    /// # Errors
    /// How many seconds to wait.
    pub fn ask(&self, visitor: IpAddr, method: &Method, path: &str) -> Result<(), u64> {
        let reads = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
        let gate = match () {
            () if path.starts_with("/assets/") || path == "/favicon.svg" => return Ok(()),
            () if secret_at(path).is_some()
                || path.trim_end_matches('/').ends_with("/sign-in/code") =>
            {
                &self.secrets
            }
            () if reads => &self.reading,
            () => &self.changing,
        };
        gate.ask(network(visitor), MOST)
    }

    /// A place for one more connection, given back when it is dropped; `None` when this visitor has too many.
    pub fn connect(&self, visitor: IpAddr) -> Option<Connected> {
        let visitor = network(visitor);
        let mut all = self
            .connected
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let count = all.entry(visitor).or_default();
        if *count >= self.connections {
            return None;
        }
        *count += 1;
        Some(Connected(Arc::clone(&self.connected), visitor))
    }
}

/// One connection of a visitor.
pub(crate) struct Connected(Arc<Mutex<HashMap<IpAddr, u32>>>, IpAddr);

impl Drop for Connected {
    fn drop(&mut self) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = all.get_mut(&self.1) {
            *count -= 1;
            if *count == 0 {
                all.remove(&self.1);
            }
        }
    }
}

/// Whoever holds one IPv6 address holds its whole network of 64 bits.
fn network(visitor: IpAddr) -> IpAddr {
    match visitor.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3_600);

    fn tight() -> Gates {
        let rate = |burst| Rate {
            burst: NonZeroU32::new(burst).unwrap(),
            every: HOUR,
        };
        Gates::of(Limits {
            reading: rate(3),
            changing: rate(2),
            secrets: rate(1),
            connections: 2,
            sending: 100,
        })
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn every_visitor_and_every_kind_of_request_has_a_count_of_its_own() {
        let gates = tight();
        let ask = |from: &str, method, path| gates.ask(ip(from), &method, path);
        for _ in 0..3 {
            ask("192.0.2.1", Method::GET, "/p/").unwrap();
        }
        let wait = ask("192.0.2.1", Method::GET, "/p/plans").unwrap_err();
        assert!((3_590..=3_600).contains(&wait), "{wait}");
        ask("192.0.2.2", Method::GET, "/p/").unwrap();
        ask("::ffff:192.0.2.1", Method::GET, "/p/").unwrap_err();
        for _ in 0..2 {
            ask("192.0.2.1", Method::POST, "/p/sign-in").unwrap();
        }
        ask("192.0.2.1", Method::POST, "/p/sign-in").unwrap_err();
        ask("192.0.2.1", Method::GET, "/en/p/reset/abc").unwrap();
        for path in ["/p/invitation/abc", "/p/sign-in/code", "/p/RESET/x"] {
            ask("192.0.2.1", Method::GET, path).unwrap_err();
        }
        for _ in 0..100 {
            ask("192.0.2.1", Method::GET, "/assets/base.css").unwrap();
        }
    }

    #[test]
    fn one_network_of_ipv6_is_one_visitor() {
        let gates = tight();
        for host in 1..=3 {
            let from = ip(&format!("2001:db8:0:1::{host}"));
            gates.ask(from, &Method::GET, "/").unwrap();
        }
        gates
            .ask(ip("2001:db8:0:1::9"), &Method::GET, "/")
            .unwrap_err();
        gates.ask(ip("2001:db8:0:2::1"), &Method::GET, "/").unwrap();
    }

    #[test]
    fn a_crowd_of_addresses_fills_no_memory() {
        let gate = tight().reading;
        for number in 0..100_000_u32 {
            let _ = gate.ask(IpAddr::from(number.to_be_bytes()), 1_000);
        }
        let kept = gate.limiter.len();
        assert!((1_000..=1_000 + CROWD as usize).contains(&kept), "{kept}");
    }

    #[test]
    fn visitors_who_have_rested_are_forgotten() {
        let rate = Rate {
            burst: NonZeroU32::MIN,
            every: Duration::from_nanos(1),
        };
        let gate = Gate::of(rate);
        for number in 0..CLEAN_EVERY as u32 {
            let _ = gate.ask(IpAddr::from(number.to_be_bytes()), MOST);
        }
        assert!(gate.limiter.len() < 10, "{}", gate.limiter.len());
    }

    #[test]
    fn a_place_is_given_back_when_its_connection_ends() {
        let gates = tight();
        let (one, two) = (
            gates.connect(ip("192.0.2.1")),
            gates.connect(ip("192.0.2.1")),
        );
        assert!(one.is_some() && two.is_some());
        assert!(gates.connect(ip("192.0.2.1")).is_none());
        assert!(gates.connect(ip("192.0.2.2")).is_some());
        drop(one);
        assert!(gates.connect(ip("192.0.2.1")).is_some());
        drop(two);
        assert!(gates.connected.lock().unwrap().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn files_wait_for_room_in_memory_and_are_sent_away_when_there_is_none() {
        let gates = tight();
        // Of a hundred mebibytes one form that does not say its length takes half and a little.
        let first = gates.room(None).await.unwrap();
        let small = gates.room(Some(40 * 1024 * 1024)).await.unwrap();
        assert_eq!(gates.room(None).await.unwrap_err(), ROOM_AFTER);
        drop(first);
        let second = gates.room(Some(u64::MAX)).await.unwrap();
        drop((small, second));
        assert_eq!(gates.memory.available_permits(), 100 * KIBI);
    }
}
