//! A progress bar for anything that takes more than a second on a terminal; nothing where no person is watching.

use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// Shows `message` with a moving mark from one second after the start until the guard is dropped.
pub struct Progress {
    bar: ProgressBar,
    waiting: Option<tokio::task::JoinHandle<()>>,
}

impl Progress {
    /// Begins to wait; indicatif itself stays silent when standard error is no terminal.
    pub fn start(message: String) -> Self {
        let bar = ProgressBar::hidden();
        bar.set_style(ProgressStyle::default_spinner());
        bar.set_message(message);
        let shown = bar.clone();
        let waiting = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            shown.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            shown.enable_steady_tick(Duration::from_millis(120));
        });
        Self {
            bar,
            waiting: Some(waiting),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(waiting) = self.waiting.take() {
            waiting.abort();
        }
        self.bar.finish_and_clear();
    }
}
