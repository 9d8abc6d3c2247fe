//! What can go wrong with a request, and the one place that turns it into a status.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::issue::Issues;

/// Why a page cannot be shown. The page that says so is written by `layers::in_words` in the reader's language.
#[derive(Debug, Clone)]
pub enum Error {
    /// Nothing is at this address, or the viewer may not know that something is.
    NotFound,
    /// The address asks for something that cannot be: all that is wrong with it.
    BadRequest(Issues),
    /// Something of ours failed. The text goes to the log, never to the page.
    Failed(String),
}

impl Error {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::BadRequest(_) => StatusCode::BAD_REQUEST,
            Error::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// A read that failed is a fault of ours.
impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Error::Failed(error.to_string())
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
