//! `repair`: what a person is asked, because only knowing words can tell.
