//! Random bytes that are the same in every run.

use office::keyring::{Entropy, EntropyError};

/// Supplies the bytes of SplitMix64 from a seed. For tests only: anybody can guess them.
#[derive(Debug, Clone)]
pub struct SeededEntropy(u64);

impl SeededEntropy {
    /// Begins the row of bytes that belongs to a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }
}

impl Entropy for SeededEntropy {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        for chunk in bytes.chunks_mut(8) {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = self.0;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^= mixed >> 31;
            chunk.copy_from_slice(&mixed.to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes<const N: usize>(seed: u64) -> [u8; N] {
        let mut bytes = [0; N];
        SeededEntropy::new(seed).fill(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn the_bytes_are_the_published_ones_and_differ_by_seed() {
        // The first number of SplitMix64 from 0 is 0xe220a8397b1dcdaf.
        assert_eq!(bytes::<8>(0), 0xe220_a839_7b1d_cdaf_u64.to_le_bytes());
        assert_eq!(bytes::<3>(0), bytes::<8>(0)[..3]);
        assert_ne!(bytes::<32>(1), bytes::<32>(2));
    }
}
