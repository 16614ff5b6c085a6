//! office
pub mod audit_chain;
pub mod folder;
pub mod keyring;
pub mod recovery;
pub mod sample_data;
