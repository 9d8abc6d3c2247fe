//! The made-up authority for tests: fixed clock and ids, a temporary database on either engine.
