//! The real window under WebDriver: `cargo xtask test window` starts it on a screen in memory.
//!
//! The tests are marked `ignore`, so that a plain `cargo test` needs no screen.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test waits for the machine's own time and says what it saw"
)]

mod driver;
mod journey;
mod policy;
mod sheet;
