//! What a form sends: its fields by name, its files, and the proof that it is one of our pages that sent it.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use domain::issue::{Issue, Place};
use domain::text::search_key;

use crate::Error;
use crate::limits::Room;
use crate::opening::Opening;
use crate::ui::choice_words;

/// The hidden field that carries the token of the session.
pub const CSRF: &str = "csrf";

/// A file that was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Name of the field.
    pub field: String,
    /// The file's own name, as the browser tells it; never a path to write to.
    pub name: String,
    /// Its content.
    pub bytes: Bytes,
}

/// The fields of a form, as typed.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    /// The files, in the order in which they were sent; fields without a file are left out.
    pub files: Vec<Sent>,
    /// The room that they take in memory, given back with the form.
    _room: Option<Room>,
}

impl Fields {
    /// A form that nobody has filled in yet, or that is filled in with what stands.
    pub fn of<K: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let pair = |(key, value): (K, V)| (key.into(), value.into());
        Self {
            pairs: pairs.into_iter().map(pair).collect(),
            ..Self::default()
        }
    }

    /// What was typed into a field; empty when nothing was.
    pub fn text(&self, name: &str) -> &str {
        self.pairs
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// What was typed, without white space around it; `None` when nothing is left.
    pub fn given(&self, name: &str) -> Option<&str> {
        let text = self.text(name).trim();
        (!text.is_empty()).then_some(text)
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// Every value of a name that may be sent several times.
    pub fn every(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// All fields, for the page that asks again; secrets are left out.
    pub fn all(&self) -> HashMap<&str, &str> {
        let open = |(key, _): &&(String, String)| !key.contains("password") && key != CSRF;
        let pairs = self.pairs.iter().filter(open);
        pairs
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect()
    }
}

/// The choice of a list that was meant: by its code, by its words, or by a part of them that fits one alone.
///
/// # Errors
/// What to say at the field: nothing was chosen, nothing fits, or several do and which.
pub fn picked<'c>(
    choices: &'c [(String, String)],
    field: &str,
    typed: &str,
) -> Result<&'c str, Issue> {
    let typed = typed.trim();
    let at = || Place::Field {
        field: field.to_owned(),
    };
    if typed.is_empty() {
        return Err(Issue::error(at(), "people.choose"));
    }
    let is = |(value, word): &&(String, String)| {
        value == typed || word == typed || choice_words(value, word) == typed
    };
    if let Some((value, _)) = choices.iter().find(is) {
        return Ok(value);
    }
    let key = search_key(typed);
    let holds =
        |(value, word): &&(String, String)| search_key(&choice_words(value, word)).contains(&key);
    let fits: Vec<_> = choices.iter().filter(holds).collect();
    match fits[..] {
        [(value, _)] => Ok(value),
        [] => Err(Issue::error(at(), "form.no_choice").with("found", typed)),
        _ => {
            let words: Vec<&str> = fits
                .iter()
                .take(NAMED)
                .map(|(_, word)| word.as_str())
                .collect();
            let issue = Issue::error(at(), "form.several_choices").with("n", fits.len());
            Err(issue.with("some", words.join(", ")))
        }
    }
}

/// How many of several choices are named.
const NAMED: usize = 5;

/// A form without files that may be believed, read to its end. An address that takes files asks for its opening (`Opening`) first.
impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        Opening::from_request(request, state).await?.small().await
    }
}

impl Fields {
    /// The fields of a form that was sent as one line of pairs.
    pub(crate) fn of_pairs(bytes: &[u8]) -> Self {
        Self::of(
            form_urlencoded::parse(bytes)
                .map(|(key, value)| (key.into_owned(), value.into_owned())),
        )
    }

    /// The fields of a form in parts. Its files lie in the room until nobody holds the form any more.
    pub(crate) async fn of_parts(mut parts: Multipart, room: Option<Room>) -> Result<Self, Error> {
        let mut fields = Self {
            _room: room,
            ..Self::default()
        };
        let broken = |error: axum::extract::multipart::MultipartError| match error.status() {
            axum::http::StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
            _ => Error::Form,
        };
        while let Some(part) = parts.next_field().await.map_err(broken)? {
            let field = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(name) => {
                    let bytes = part.bytes().await.map_err(broken)?;
                    if !(name.is_empty() && bytes.is_empty()) {
                        fields.files.push(Sent { field, name, bytes });
                    }
                }
                None => {
                    let value = part.text().await.map_err(broken)?;
                    fields.pairs.push((field, value));
                }
            }
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::picked;

    #[test]
    fn a_choice_among_hundreds_is_found_by_its_code_its_words_or_a_part_that_fits_one() {
        let choices = [
            ("S-1", "โรงเรียนบ้านนา"),
            ("S-2", "โรงเรียนบ้านนาเหนือ"),
            ("S-3", "โรงเรียนวังโป่ง"),
        ];
        let choices = choices.map(|(code, word)| (code.to_owned(), word.to_owned()));
        let code = |typed| picked(&choices, "organisation", typed).map_err(|issue| issue.code);
        assert_eq!(code("S-1"), Ok("S-1"));
        assert_eq!(
            code(" โรงเรียนบ้านนา "),
            Ok("S-1"),
            "the whole word, though another holds it"
        );
        assert_eq!(code("โรงเรียนบ้านนา (S-1)"), Ok("S-1"), "as the list has it");
        assert_eq!(code("วังโป่ง"), Ok("S-3"));
        assert_eq!(code("บ้านนา"), Err("form.several_choices"));
        assert_eq!(code("หนองไผ่"), Err("form.no_choice"));
        assert_eq!(code("  "), Err("people.choose"));
    }
}
