//! The beginning of a form: the proof that one of our pages sent it, read and believed before anything else is.
//!
//! Whoever takes files asks for the right after it, and only then lets the rest come in: a stranger fills no memory.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::request::Parts;
use hyper::body::{Body as _, Frame};

use crate::form::{CSRF, Fields};
use crate::session::same;
use crate::{Error, Viewer};

/// What a form without files may hold, also at an address that takes files.
const PLAIN_BYTES: usize = 64 * 1024;
/// Within how many bytes the first field ends: it is the token, and nothing long.
const FIRST_BYTES: usize = 4 * 1024;

/// A form of which only the beginning is read. It may be believed: it comes from this site and from the session that asked
/// for it.
pub struct Opening(Begun);

enum Begun {
    /// A form without files, read to its end.
    Whole(Fields),
    /// A form in parts, with what was read of it.
    InParts {
        parts: Box<Parts>,
        read: Bytes,
        rest: Body,
        viewer: Box<Viewer>,
    },
}

impl<S: Send + Sync> FromRequest<S> for Opening {
    type Rejection = Error;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, Error> {
        let viewer = request.extensions().get::<Viewer>().cloned();
        // Before there is a session, `layers::at_home` has asked the browser whence the form comes.
        let expected = viewer.as_ref().and_then(Viewer::signed_in);
        let expected = expected.map(|signed_in| signed_in.csrf.clone());
        let kind = request.headers().get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if let (true, Some(viewer)) = (kind.starts_with("multipart/form-data"), viewer) {
            let boundary = boundary(kind).ok_or(Error::Form)?.to_owned();
            let (parts, mut rest) = request.into_parts();
            let mut read = Vec::new();
            if let Some(expected) = expected {
                let token = first(&mut rest, &mut read, &boundary).await?;
                if !same(&expected, &token) {
                    return Err(Error::Form);
                }
            }
            return Ok(Self(Begun::InParts {
                parts: Box::new(parts),
                read: read.into(),
                rest,
                viewer: Box::new(viewer),
            }));
        }
        DefaultBodyLimit::max(PLAIN_BYTES).apply(&mut request);
        let bytes = Bytes::from_request(request, state).await.map_err(|error| {
            // The only way in which reading plain bytes is refused for its size.
            match axum::response::IntoResponse::into_response(error).status() {
                axum::http::StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
                _ => Error::Form,
            }
        })?;
        let fields = Fields::of_pairs(&bytes);
        match expected {
            Some(expected) if !same(&expected, fields.text(CSRF)) => Err(Error::Form),
            _ => Ok(Self(Begun::Whole(fields))),
        }
    }
}

impl Opening {
    /// The whole form. Files wait until there is room for them in memory beside those of others.
    ///
    /// # Errors
    /// `TooLarge` for more than the address takes, `TooMany` when too much is being sent at once, `Form` for what breaks off.
    pub async fn rest(self) -> Result<Fields, Error> {
        let (parts, read, rest, viewer) = match self.0 {
            Begun::Whole(fields) => return Ok(fields),
            Begun::InParts {
                parts,
                read,
                rest,
                viewer,
            } => (parts, read, rest, viewer),
        };
        let length = parts.headers.get(CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
        let room = viewer.app().gates().room(length).await;
        let room = room.map_err(Error::TooMany)?;
        let request = again(*parts, read, rest);
        let parts = Multipart::from_request(request, &()).await;
        Fields::of_parts(parts.map_err(|_| Error::Form)?, Some(room)).await
    }

    /// The whole form at an address that takes no files, however it was sent: it is small, and takes nobody's room.
    ///
    /// # Errors
    /// `TooLarge` for more than a form without files may hold, `Form` for what breaks off.
    pub async fn small(self) -> Result<Fields, Error> {
        let (parts, read, rest) = match self.0 {
            Begun::Whole(fields) => return Ok(fields),
            Begun::InParts {
                parts, read, rest, ..
            } => (parts, read, rest),
        };
        let mut request = again(*parts, read, rest);
        DefaultBodyLimit::max(PLAIN_BYTES).apply(&mut request);
        let parts = Multipart::from_request(request, &()).await;
        Fields::of_parts(parts.map_err(|_| Error::Form)?, None).await
    }
}

/// What stands between the parts of a form.
fn boundary(kind: &str) -> Option<&str> {
    let mut settings = kind.split(';').skip(1).map(str::trim);
    let boundary = settings.find_map(|setting| setting.strip_prefix("boundary="))?;
    let boundary = boundary.trim_matches('"');
    (!boundary.is_empty()).then_some(boundary)
}

/// Reads the first field of a form and nothing behind it that did not come along: our forms begin with the token.
async fn first(body: &mut Body, read: &mut Vec<u8>, boundary: &str) -> Result<String, Error> {
    let end = format!("\r\n--{boundary}");
    loop {
        if let Some(token) = token(read, end.as_bytes())? {
            return Ok(token);
        }
        if read.len() > FIRST_BYTES {
            return Err(Error::Form);
        }
        let next = std::future::poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await;
        let frame = next.ok_or(Error::Form)?.map_err(|_| Error::Form)?;
        if let Ok(data) = frame.into_data() {
            read.extend_from_slice(&data);
        }
    }
}

/// The value of the first field, once it is read to its end. Another field in its place is no form of ours.
fn token(read: &[u8], end: &[u8]) -> Result<Option<String>, Error> {
    let Some(head) = find(read, b"\r\n\r\n") else {
        return Ok(None);
    };
    let (head, value) = (&read[..head], &read[head + 4..]);
    let head = std::str::from_utf8(head).map_err(|_| Error::Form)?;
    let named = head.contains(&format!("name=\"{CSRF}\"")) && !head.contains("filename");
    match (named, find(value, end)) {
        (false, _) => Err(Error::Form),
        (true, None) => Ok(None),
        (true, Some(at)) => String::from_utf8(value[..at].to_vec())
            .map(Some)
            .map_err(|_| Error::Form),
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

fn again(parts: Parts, read: Bytes, rest: Body) -> Request {
    let read = Some(read);
    Request::from_parts(parts, Body::new(Again { read, rest }))
}

/// A body of which something was read already: that comes first.
struct Again {
    read: Option<Bytes>,
    rest: Body,
}

impl hyper::body::Body for Again {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.read.take() {
            Some(read) => Poll::Ready(Some(Ok(Frame::data(read)))),
            None => Pin::new(&mut self.rest).poll_frame(cx),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: &[u8] = b"\r\n--x";

    fn begun(text: &str) -> Option<Option<String>> {
        token(text.as_bytes(), END).ok()
    }

    #[test]
    fn the_token_is_found_in_the_first_field_and_nowhere_else() {
        let head = "--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n";
        assert_eq!(begun(&head[..30]), Some(None), "more is to come");
        assert_eq!(begun(head), Some(None));
        assert_eq!(begun(&format!("{head}abc\r\n--")), Some(None));
        let whole = format!("{head}abc\r\n--x\r\n");
        assert_eq!(begun(&whole), Some(Some("abc".to_owned())));
        assert_eq!(begun(&whole.replace("csrf", "note")), None);
        let file = whole.replace("\"csrf\"", "\"csrf\"; filename=\"a\"");
        assert_eq!(begun(&file), None, "a file is no token");
    }

    #[test]
    fn the_boundary_is_read_with_and_without_quotes() {
        for kind in [
            "multipart/form-data; boundary=x",
            "multipart/form-data; charset=utf-8; boundary=\"x\"",
        ] {
            assert_eq!(boundary(kind), Some("x"), "{kind}");
        }
        for kind in ["multipart/form-data", "multipart/form-data; boundary="] {
            assert_eq!(boundary(kind), None, "{kind}");
        }
    }
}
