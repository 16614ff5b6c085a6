//! Words and rules of the office. No I/O, no clock, no SQL, no Tauri, no Typst.
//!
//! A feature is a module of the same name in every layer. Instants are Unix milliseconds in UTC
//! (`*_at`), civil dates are [`chrono::NaiveDate`] (`*_on`), both always passed in.
pub mod access;
pub mod attachments;
pub mod audit;
pub mod backup;
pub mod calendar;
pub mod documents;
pub mod inspections;
pub mod masking;
pub mod org;
pub mod postings;
pub mod printing;
pub mod problems;
pub mod today;

pub use problems::{Arg, Problem, Problems, Refusal};
