//! Addresses: `/{province}/…` in Thai, `/en/{province}/…` in English. One function puts them together, one takes them apart.

use domain::locale::Locale;

/// A place below a province in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Language.
    pub locale: Locale,
    /// Province, empty where the address names none.
    pub province: String,
    /// The rest, from its `/` on, with the question: `/targets/4.1?year=2570`.
    pub rest: String,
}

impl Address {
    /// Takes the path and question of a request apart. Everything is an address; whether its province exists is another matter.
    pub fn of(path_and_query: &str) -> Self {
        let (path, query) = match path_and_query.split_once('?') {
            Some((path, query)) => (path, format!("?{query}")),
            None => (path_and_query, String::new()),
        };
        let path = path.trim_start_matches('/');
        let (locale, path) = match path.strip_prefix("en") {
            Some("") => (Locale::En, ""),
            Some(rest) if rest.starts_with('/') => (Locale::En, rest.trim_start_matches('/')),
            _ => (Locale::Th, path),
        };
        let (province, rest) = path.split_once('/').unwrap_or((path, ""));
        Self {
            locale,
            province: province.to_owned(),
            rest: format!("/{rest}{query}"),
        }
    }

    /// The same place in another language.
    pub fn in_language(&self, locale: Locale) -> Self {
        Self {
            locale,
            ..self.clone()
        }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.locale {
            Locale::Th => write!(f, "/{}{}", self.province, self.rest),
            Locale::En => write!(f, "/en/{}{}", self.province, self.rest),
        }
    }
}

/// A word as it may stand in an address: everything but letters, digits and `-._~` is written as `%XX`.
pub fn encoded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for byte in word.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The same question with one answer changed: `changed("?q=a&page=2", "page", "3")`; an empty value takes it away.
pub fn changed(query: &str, key: &str, value: &str) -> String {
    let key = encoded(key);
    let mut parts: Vec<String> = query
        .trim_start_matches('?')
        .split('&')
        .filter(|part| !part.is_empty() && part.split('=').next() != Some(key.as_str()))
        .map(str::to_owned)
        .collect();
    if !value.is_empty() {
        parts.push(format!("{key}={}", encoded(value)));
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!("?{}", parts.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart_and_put_together_again() {
        for text in [
            "/phetchabun/",
            "/en/phetchabun/targets/4.1?year=2570&x=%E0",
            "/narathiwat/a/b",
        ] {
            assert_eq!(Address::of(text).to_string(), text);
        }
        assert_eq!(Address::of("/phetchabun").to_string(), "/phetchabun/");
        assert_eq!(Address::of("/en").locale, Locale::En);
        assert_eq!(Address::of("/enna/").province, "enna");
    }

    #[test]
    fn changing_the_language_keeps_the_page_and_its_question() {
        let there = Address::of("/phetchabun/glossary?q=%E0%B8%81").in_language(Locale::En);
        assert_eq!(there.to_string(), "/en/phetchabun/glossary?q=%E0%B8%81");
        assert_eq!(
            there.in_language(Locale::Th).to_string(),
            "/phetchabun/glossary?q=%E0%B8%81"
        );
    }

    #[test]
    fn one_answer_of_a_question_is_changed_and_the_others_are_kept() {
        assert_eq!(changed("?q=a%20b&page=2", "page", "3"), "?q=a%20b&page=3");
        assert_eq!(changed("?q=a&page=2", "page", ""), "?q=a");
        assert_eq!(changed("?page=2", "page", ""), "");
        assert_eq!(changed("", "q", "กข"), "?q=%E0%B8%81%E0%B8%82");
    }
}
