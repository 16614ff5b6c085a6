pub mod access;
pub mod audit;
pub mod commands;
pub mod documents;
pub mod error;
pub mod inspections;
pub mod org;
pub mod today;
pub mod wire;

pub use commands::{COMMANDS, Command, Kind, commands_json, export_typescript};
pub use error::{ApiError, ErrorCode};
