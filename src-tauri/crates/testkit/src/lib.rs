//! What tests share: a clock that is moved by hand, desks over sample offices, seeded randomness, the maker of the
//! sample school.
pub mod clock;
#[cfg(unix)]
pub mod cups;
pub mod desk;
pub mod entropy;
pub mod sample;

pub use clock::{FixedClock, instant};
pub use desk::TestDesk;
