//! What can go wrong with a request, and the one place that turns it into a status.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::issue::{Issue, Issues};
use domain::permission::{Act, Refusal};

/// Why a page cannot be shown. The page that says so is written by `layers::in_words` in the reader's language.
#[derive(Debug, Clone)]
pub enum Error {
    /// Nothing is at this address, or the viewer may not know that something is.
    NotFound,
    /// The address asks for something that cannot be: all that is wrong with it.
    BadRequest(Issues),
    /// Only for people who are signed in: they are led to the page where they do, and back.
    SignIn,
    /// Only for people with a second factor, which this one's role asks for: they are led to the page that sets it up.
    Enrol,
    /// The person may not do this, and why.
    Forbidden {
        /// What they wanted to do.
        act: Act,
        /// Why not.
        refusal: Refusal,
    },
    /// A form that does not come from a page of this session: it was changed, is too old, or another site sent it.
    Form,
    /// More was sent than is taken.
    TooLarge,
    /// Too many requests from one place; how many seconds to wait.
    TooMany(u64),
    /// What was sent came too slowly, or the answer took too long.
    TooSlow,
    /// Somebody else changed the same thing in the meantime.
    Stale(Box<Issue>),
    /// What was sent is wrong, on a page that has no form to show it beside.
    Invalid(Issues),
    /// Something of ours failed. The text goes to the log, never to the page.
    Failed(String),
}

impl Error {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::BadRequest(_) => StatusCode::BAD_REQUEST,
            Error::SignIn => StatusCode::UNAUTHORIZED,
            Error::Enrol | Error::Forbidden { .. } | Error::Form => StatusCode::FORBIDDEN,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Error::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Error::Stale(_) => StatusCode::CONFLICT,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The problems to show beside the fields of a form.
    ///
    /// # Errors
    /// What is not about the input goes on as it is.
    pub fn into_issues(self) -> Result<Issues, Error> {
        match self {
            Error::Invalid(issues) => Ok(issues),
            Error::Stale(issue) => Ok(vec![*issue]),
            other => Err(other),
        }
    }
}

/// What a form is told when an act was not done: 409 where somebody else was faster, 422 where the input is wrong.
#[derive(Debug)]
pub struct Refused {
    /// The status of the page that asks again.
    pub status: StatusCode,
    /// The problems to show beside the fields.
    pub issues: Issues,
}

impl Refused {
    /// What is wrong with the input itself.
    pub const fn wrong(issues: Issues) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self { status, issues }
    }
}

impl TryFrom<Error> for Refused {
    type Error = Error;

    /// What is not about the input or about what stands goes on as it is.
    fn try_from(error: Error) -> Result<Self, Error> {
        let status = error.status();
        let issues = error.into_issues()?;
        Ok(Self { status, issues })
    }
}

/// A read that failed is a fault of ours.
impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Error::Failed(error.to_string())
    }
}

/// An act that was not done.
impl From<actions::Error> for Error {
    fn from(error: actions::Error) -> Self {
        match error {
            actions::Error::NotFound(_) => Error::NotFound,
            actions::Error::Invalid(issues) => Error::Invalid(issues),
            actions::Error::Forbidden { act, refusal } => Error::Forbidden { act, refusal },
            actions::Error::Stale(issue) => Error::Stale(issue),
            other => Error::Failed(other.to_string()),
        }
    }
}

/// The status alone, with the error beside it for the layer that writes the page.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
