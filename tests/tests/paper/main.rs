//! Paper: finished PDF files read back and judged by the numbers of the standard, and what a real print service makes of
//! them. Nothing here knows the templates, except where a wrong page is made on purpose.
#![allow(clippy::unwrap_used, reason = "helpers of tests stop where tests stop")]

mod faces;
mod judge;
mod reader;
mod right;
mod spooled;
mod wrong;
