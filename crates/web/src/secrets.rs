//! Addresses that are secrets themselves: one-time links. Where they begin, and what the log may know of them.

use std::borrow::Cow;

use actions::accounts::Token;

/// Where in a path the secret of a one-time link begins, in bytes; `None` for every other path. Below these words
/// nothing is anything but a secret, however it is mistyped.
pub(crate) fn secret_at(path: &str) -> Option<usize> {
    let mut at = 0;
    for part in path.split('/') {
        at += part.len() + 1;
        let one_time = ["invitation", "reset"]
            .iter()
            .any(|word| part.eq_ignore_ascii_case(word));
        if one_time && at < path.len() {
            return Some(at);
        }
    }
    None
}

/// A path as the log may know it: without the secret of a one-time link, wherever it stands.
pub(crate) fn for_the_log(path: &str) -> Cow<'_, str> {
    if let Some(at) = secret_at(path) {
        return Cow::Owned(format!("{}…", &path[..at]));
    }
    if path.split('/').all(|part| part.parse::<Token>().is_err()) {
        return Cow::Borrowed(path);
    }
    let parts = path.split('/').map(|part| match part.parse::<Token>() {
        Ok(_) => "…",
        Err(_) => part,
    });
    Cow::Owned(parts.collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_of_a_path_is_found_however_it_is_mistyped() {
        let cut = |path: &'static str| secret_at(path).map(|at| &path[..at]);
        assert_eq!(cut("/p/invitation/abc"), Some("/p/invitation/"));
        assert_eq!(cut("/en/p/reset/abc/more"), Some("/en/p/reset/"));
        assert_eq!(cut("/p/Reset//abc"), Some("/p/Reset/"));
        for open in [
            "/p/invitation",
            "/p/invitation/",
            "/p/plans/reset-2569",
            "/",
        ] {
            assert_eq!(cut(open), None, "{open}");
        }
    }

    #[test]
    fn the_log_knows_no_token_wherever_it_stands() {
        // 32 bytes as the program writes them.
        let token = "A".repeat(43);
        assert!(
            token.parse::<Token>().is_ok(),
            "the form of tokens has changed"
        );
        for (path, told) in [
            (format!("/p/invitation/{token}"), "/p/invitation/…"),
            (format!("/p/invitations/{token}"), "/p/invitations/…"),
            (format!("/{token}"), "/…"),
            ("/p/reset/half-of-one".to_owned(), "/p/reset/…"),
            (
                "/p/plans/narathiwat-2569".to_owned(),
                "/p/plans/narathiwat-2569",
            ),
        ] {
            assert_eq!(for_the_log(&path), told);
        }
    }
}
