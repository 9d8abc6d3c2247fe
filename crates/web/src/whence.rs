//! Whence a request comes: the address of the visitor behind our own proxies, and never the visitor's own word for it.

use std::net::{IpAddr, SocketAddr};

/// One hop as proxies write it: an address, with or without brackets and port.
fn hop(word: &str) -> Option<IpAddr> {
    let word = word.trim().trim_matches('"');
    let address = word
        .parse::<IpAddr>()
        .or_else(|_| word.parse::<SocketAddr>().map(|with_port| with_port.ip()))
        .ok()
        .or_else(|| word.strip_prefix('[')?.strip_suffix(']')?.parse().ok())?;
    Some(address.to_canonical())
}

/// The visitor: of the hops that `lines` of `X-Forwarded-For` name, from the nearest outwards, the first that is not one
/// of our proxies. What stands farther out the visitor may have made up; so may whatever stands beyond a hop that cannot
/// be read, and there it is the proxy before it that is known, and nobody behind it.
pub fn visitor<'l>(
    caller: IpAddr,
    lines: impl DoubleEndedIterator<Item = Option<&'l str>>,
    trusted: impl Fn(IpAddr) -> bool,
) -> IpAddr {
    let mut known = caller.to_canonical();
    let words = lines
        .rev()
        .flat_map(|line| line.unwrap_or("?").rsplit(','))
        .filter(|word| !word.trim().is_empty());
    for word in words {
        if !trusted(known) {
            break;
        }
        match hop(word) {
            Some(address) => known = address,
            None => break,
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(forwarded: &[Option<&str>]) -> String {
        let trusted = |address: IpAddr| address.to_string().starts_with("10.");
        let caller = IpAddr::from([10, 0, 0, 1]);
        visitor(caller, forwarded.iter().copied(), trusted).to_string()
    }

    #[test]
    fn a_hop_with_a_port_was_skipped_and_the_visitors_own_word_believed() {
        assert_eq!(of(&[Some("6.6.6.6, 1.2.3.4:5678")]), "1.2.3.4");
        assert_eq!(of(&[Some("6.6.6.6, 1.2.3.4:5678, 10.0.0.2:80")]), "1.2.3.4");
        assert_eq!(
            of(&[Some("6.6.6.6"), Some("\"[2001:db8::7]:443\"")]),
            "2001:db8::7"
        );
        assert_eq!(of(&[Some("6.6.6.6, [2001:db8::7]")]), "2001:db8::7");
        assert_eq!(of(&[Some("6.6.6.6, ::ffff:1.2.3.4")]), "1.2.3.4");
    }

    #[test]
    fn beyond_a_hop_that_cannot_be_read_nobody_is_believed() {
        for unread in [
            "unknown",
            "_hidden",
            "1.2.3.4.5",
            "1.2.3.4:port",
            "[::1",
            "999.1.1.1",
        ] {
            assert_eq!(
                of(&[Some(&format!("6.6.6.6, {unread}"))]),
                "10.0.0.1",
                "{unread}"
            );
            let through = format!("6.6.6.6, {unread}, 10.0.0.9");
            assert_eq!(of(&[Some(&through)]), "10.0.0.9", "{unread}");
        }
        assert_eq!(
            of(&[Some("6.6.6.6"), None]),
            "10.0.0.1",
            "a line that is no text"
        );
    }

    #[test]
    fn only_the_word_of_our_own_proxies_is_taken() {
        let stranger = IpAddr::from([5, 5, 5, 5]);
        let lines = [Some("6.6.6.6")].into_iter();
        assert_eq!(visitor(stranger, lines, |_| false), stranger);
        assert_eq!(of(&[]), "10.0.0.1");
        assert_eq!(of(&[Some("")]), "10.0.0.1");
        assert_eq!(of(&[Some("6.6.6.6, 7.7.7.7, 10.0.0.2")]), "7.7.7.7");
    }
}
