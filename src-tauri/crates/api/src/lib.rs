//! The one door: the declared list of commands, their shapes, their errors and the router.
pub mod access;
pub mod attachments;
pub mod audit;
pub mod backup;
pub mod commands;
pub mod documents;
pub mod error;
mod handlers;
pub mod inspections;
pub mod org;
pub mod postings;
pub mod printing;
mod router;
pub mod today;
pub mod wire;
pub mod words;

pub use commands::{COMMANDS, Command, Kind, commands_json, export_typescript};
pub use error::{ApiError, ErrorCode};
pub use router::{Desk, DeskConfig, Reply};
