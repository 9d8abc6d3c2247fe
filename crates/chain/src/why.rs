//! The contributions behind any figure of an organisation.
