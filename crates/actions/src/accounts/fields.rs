//! What people type about an account, checked: account name, name, position.

use domain::{
    issue::{Issue, Issues, Place},
    text::clean,
};

/// The most characters of an account name.
const ACCOUNT: usize = 40;
/// The most characters of a name or a position.
const NAME: usize = 200;

/// Account name, name and position as they are recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fields {
    pub account: String,
    pub name: String,
    pub position: Option<String>,
}

/// An issue at a field of the form.
pub(super) fn at(field: &str, code: &'static str) -> Issue {
    let field = field.to_owned();
    Issue::error(Place::Field { field }, code)
}

/// The account name as it is looked up: capitals and white space around it make no difference. Characters that nobody
/// types are no reason to ask the database: PostgreSQL refuses a zero inside a text.
pub(crate) fn account_key(typed: &str) -> String {
    let typed: String = typed.chars().filter(|c| !c.is_control()).collect();
    typed.trim().to_lowercase()
}

/// The fields, or everything that is wrong with them.
pub(crate) fn read(account: &str, name: &str, position: Option<&str>) -> Result<Fields, Issues> {
    let account = account_key(account);
    let name = clean(name).text;
    let position = position.map(|text| clean(text).text);
    let mut issues = Vec::new();
    let letters = account
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte));
    let begins = account.starts_with(|c: char| c.is_ascii_lowercase());
    if !letters || !begins || !(3..=ACCOUNT).contains(&account.len()) {
        issues.push(at("account", "account.bad_account").with("most", ACCOUNT));
    }
    if name.is_empty() {
        issues.push(at("name", "account.name_needed"));
    }
    let long = |text: &str| text.chars().count() > NAME;
    if long(&name) {
        issues.push(at("name", "account.too_long").with("most", NAME));
    }
    if position.as_deref().is_some_and(long) {
        issues.push(at("position", "account.too_long").with("most", NAME));
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    let position = position.filter(|text| !text.is_empty());
    Ok(Fields {
        account,
        name,
        position,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let issues = read("สมศักดิ์", " \u{200b} ", Some(&"ก".repeat(201))).unwrap_err();
        let codes: Vec<_> = issues.iter().map(|issue| issue.code).collect();
        assert_eq!(
            codes,
            [
                "account.bad_account",
                "account.name_needed",
                "account.too_long"
            ]
        );
    }

    #[test]
    fn an_account_name_is_small_letters_digits_dots_and_hyphens() {
        for wrong in ["", "ab", "1abc", ".abc", "a b c", "a@b.c", &"a".repeat(41)] {
            assert!(read(wrong, "ตัวอย่าง", None).is_err(), "{wrong}");
        }
        let fields = read(" Somsak.J-2 ", "ตัวอย่าง สมศักดิ์", Some(" ")).unwrap();
        assert_eq!(
            (fields.account.as_str(), fields.position),
            ("somsak.j-2", None)
        );
    }
}
