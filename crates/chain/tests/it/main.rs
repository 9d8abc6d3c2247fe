//! Laws of the heart, against slow and obvious reference implementations.
