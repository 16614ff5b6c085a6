//! The real window under WebDriver: `cargo xtask test window` starts it on a screen in memory.
//!
//! The tests are marked `ignore`, so that a plain `cargo test` needs no screen.

mod driver;
mod journey;
mod policy;
