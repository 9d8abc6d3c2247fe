//! Standard output that may be closed or full: `saithong coverage | head` must not end in a crash.

use std::io::{ErrorKind, Write};

/// Writes to standard output; where nobody listens any more, the program ends quietly, and where the disk is full it
/// says so and ends with 2.
pub fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        if error.kind() == ErrorKind::BrokenPipe {
            std::process::exit(0);
        }
        eprintln!("{error}");
        std::process::exit(2);
    }
}

/// `println!` by way of [`say`].
macro_rules! sayln {
    () => { $crate::say::say("\n") };
    ($($arg:tt)*) => { $crate::say::say(&format!("{}\n", format_args!($($arg)*))) };
}

/// `print!` by way of [`say`].
macro_rules! say {
    ($($arg:tt)*) => { $crate::say::say(&format!($($arg)*)) };
}
