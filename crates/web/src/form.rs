//! What a form sends: its fields by name, its files, and the proof that it is one of our pages that sent it.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};

use crate::limits::Room;
use crate::session::same;
use crate::{Error, Viewer};

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
    room: Option<Room>,
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

/// What a form without files may hold, also at an address that takes files.
const PLAIN_BYTES: usize = 64 * 1024;

/// A form of which only the beginning is read: it comes from this site and from the session that asked for it. Whoever
/// takes files asks for the right before the rest is read, and so before it fills any memory.
pub struct Opening {
    fields: Fields,
    rest: Option<(Multipart, Viewer, Option<u64>)>,
}

/// A form that may be believed, read to its end.
impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        Opening::from_request(request, state).await?.rest().await
    }
}

impl<S: Send + Sync> FromRequest<S> for Opening {
    type Rejection = Error;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, Error> {
        let viewer = request.extensions().get::<Viewer>().cloned();
        // Before there is a session, `layers::at_home` has asked the browser whence the form comes.
        let expected = viewer.as_ref().and_then(Viewer::signed_in);
        let expected = expected.map(|signed_in| signed_in.csrf.clone());
        let several_parts = request
            .headers()
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
        if let (true, Some(viewer)) = (several_parts, viewer) {
            let length = request.headers().get(CONTENT_LENGTH);
            let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
            let mut parts = Multipart::from_request(request, state)
                .await
                .map_err(|_| Error::Form)?;
            let mut fields = Fields::default();
            // Our forms carry the token in their first field: without it nothing more is read.
            if let Some(expected) = expected {
                let first = parts.next_field().await.map_err(broken)?;
                let first = first.ok_or(Error::Form)?;
                let named = first.name() == Some(CSRF) && first.file_name().is_none();
                let token = match named {
                    true => first.text().await.map_err(broken)?,
                    false => return Err(Error::Form),
                };
                if !same(&expected, &token) {
                    return Err(Error::Form);
                }
                fields.pairs.push((CSRF.to_owned(), token));
            }
            return Ok(Self {
                fields,
                rest: Some((parts, viewer, length)),
            });
        }
        DefaultBodyLimit::max(PLAIN_BYTES).apply(&mut request);
        let bytes = Bytes::from_request(request, state).await.map_err(|error| {
            // The only way in which reading plain bytes is refused for its size.
            match axum::response::IntoResponse::into_response(error).status() {
                axum::http::StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
                _ => Error::Form,
            }
        })?;
        let pairs = form_urlencoded::parse(&bytes);
        let fields = Fields {
            pairs: pairs
                .map(|(key, value)| (key.into_owned(), value.into_owned()))
                .collect(),
            ..Fields::default()
        };
        match expected {
            Some(expected) if !same(&expected, fields.text(CSRF)) => Err(Error::Form),
            _ => Ok(Self { fields, rest: None }),
        }
    }
}

impl Opening {
    /// The whole form. Files wait until there is room for them in memory beside those of others.
    ///
    /// # Errors
    /// `TooLarge` for more than the address takes, `TooMany` when too much is being sent at once, `Form` for what breaks off.
    pub async fn rest(self) -> Result<Fields, Error> {
        let Self { mut fields, rest } = self;
        let Some((parts, viewer, length)) = rest else {
            return Ok(fields);
        };
        let room = viewer.app().gates().room(length).await;
        fields.room = Some(room.map_err(Error::TooMany)?);
        in_parts(parts, &mut fields).await?;
        Ok(fields)
    }
}

fn broken(error: axum::extract::multipart::MultipartError) -> Error {
    match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        _ => Error::Form,
    }
}

async fn in_parts(mut parts: Multipart, fields: &mut Fields) -> Result<(), Error> {
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
    Ok(())
}
