//! Who may come to an address: the public, whoever is signed in, or whoever holds a role that carries an act.
//!
//! An address says so where it is listed, and nowhere else. Whether the act may be done to this one thing, the act
//! itself asks inside its transaction; a page that shows one thing asks [`Viewer::allows`].

use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use domain::permission::Act;

use crate::{App, Error, Viewer};

/// Who may come to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Everybody.
    Public,
    /// Whoever is signed in, even before they have the second factor that a role of theirs asks for: their own account,
    /// where they set it up, and nothing else.
    Enrolling,
    /// Whoever is signed in, with the second factor where a role asks for one.
    SignedIn,
    /// Whoever holds a role in force that carries the act.
    With(Act),
}

/// Puts the door before everything that an address answers.
pub(crate) fn behind(door: Door, methods: MethodRouter<App>) -> MethodRouter<App> {
    match door {
        Door::Public => methods,
        _ => methods.route_layer(from_fn_with_state(door, ask)),
    }
}

async fn ask(State(door): State<Door>, request: Request, next: Next) -> Response {
    let viewer = request.extensions().get::<Viewer>();
    match viewer.map_or(Err(Error::SignIn), |viewer| open(viewer, door)) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

fn open(viewer: &Viewer, door: Door) -> Result<(), Error> {
    let Some(signed_in) = viewer.signed_in() else {
        return match door {
            Door::Public => Ok(()),
            _ => Err(Error::SignIn),
        };
    };
    match door {
        Door::Public | Door::Enrolling => Ok(()),
        _ if signed_in.must_enrol => Err(Error::Enrol),
        Door::SignedIn => Ok(()),
        Door::With(act) => signed_in
            .can(act, viewer.app().now())
            .map_err(|refusal| Error::Forbidden { act, refusal }),
    }
}
