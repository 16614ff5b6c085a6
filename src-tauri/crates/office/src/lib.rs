//! office
pub mod sample_data;
