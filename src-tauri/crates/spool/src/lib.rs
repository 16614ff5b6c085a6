//! The print service of this machine, for hosts to hand to their desk: IPP to the local CUPS, `lp` as fallback.
//!
//! **Invariant:** it speaks to a socket of this machine or to a loopback address, to nothing else.
//! **Invariant:** a page goes from memory into the service; no file of it is written on the way.
mod cups;
mod host;
mod ipp;
mod lp;

pub use cups::{Cups, Server};
pub use host::here;
