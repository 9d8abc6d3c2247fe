//! How people come in: passwords, links, second factor, throttle, sessions; each way in which it goes wrong.

mod coming_in;
pub mod desk;
mod first;
mod guessing;
mod invitations;
mod resets;
mod second_factor;
mod sessions;
mod who;
