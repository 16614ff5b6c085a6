//! Where random bytes come from: an argument, like time and ids.

use uuid::Uuid;

/// Supplies random bytes. The program passes [`SystemEntropy`]; tests pass a seeded one.
pub trait Entropy {
    /// Fills the whole slice with random bytes.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyError>;
}

/// Says that the operating system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct EntropyError;

/// Takes random bytes from the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        getrandom::fill(bytes).map_err(|_| EntropyError)
    }
}

/// Returns `N` random bytes.
pub(crate) fn random<const N: usize>(entropy: &mut dyn Entropy) -> Result<[u8; N], EntropyError> {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes)?;
    Ok(bytes)
}

/// Returns a random (version 4) id, for things that have no place in time.
pub(crate) fn random_id(entropy: &mut dyn Entropy) -> Result<Uuid, EntropyError> {
    Ok(uuid::Builder::from_random_bytes(random(entropy)?).into_uuid())
}
