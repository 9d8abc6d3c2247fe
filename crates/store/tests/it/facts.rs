//! Facts equal what was recorded, now and at every past moment.
