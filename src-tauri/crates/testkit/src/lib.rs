//! What tests share: the maker of the sample school.
pub mod sample;
