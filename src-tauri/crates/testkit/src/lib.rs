//! What tests share: the maker of the sample school.
pub mod entropy;
pub mod sample;
