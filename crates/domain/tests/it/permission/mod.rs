//! Permissions: against an oracle that knows no table, as sentences, and the table itself as text.

mod laws;
mod oracle;
mod sentences;
mod table;
mod world;
