//! Roll-up by owner on a named axis.
