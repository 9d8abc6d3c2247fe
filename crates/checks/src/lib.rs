//! The linter for plans: one rule, one page that is its documentation, its fixture and its expectation.
