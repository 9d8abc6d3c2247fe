//! Reading plans as offices really have them: one story per way in which a file can be wrong.

mod kit;
mod narathiwat;
