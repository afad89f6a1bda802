//! Where entries stand in the text, by a keyed hash: open addressing in buckets of one cache line.

use core::hash::Hasher;
use siphasher::sip::SipHasher13;

/// Slots of a bucket.
const SLOTS: usize = 8;

/// Entries that are let into a bucket's share of the memory: half of its slots, so that probing stays short.
pub(super) const ENTRIES_PER_BUCKET: usize = 4;

/// Room for four entries of a revocation list, to be lent as an array: 64 bytes, 16 for an entry.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub struct RevocationBucket {
    /// 32 bits of the hash above the offset plus one, or 0. Filled from the front, nothing is ever taken out.
    slots: [u64; SLOTS],
}

const _: () = assert!(size_of::<RevocationBucket>() == 64 && align_of::<RevocationBucket>() == 64);
const _: () = assert!(size_of::<RevocationBucket>() / ENTRIES_PER_BUCKET <= 16);

impl RevocationBucket {
    /// Room that nobody uses yet.
    pub const EMPTY: Self = Self { slots: [0; SLOTS] };
}

/// The key of the index, 16 bytes. Random, other in every process, told to nobody; see the module about what it is for.
#[derive(Clone, Copy)]
pub struct IndexKey(pub [u8; 16]);

impl core::fmt::Debug for IndexKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("IndexKey")
    }
}

/// A hash of one entry or question under way.
pub(super) struct Hash(SipHasher13);

impl Hash {
    pub(super) fn new(key: &IndexKey) -> Self {
        Self(SipHasher13::new_with_key(&key.0))
    }

    pub(super) fn write(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    pub(super) fn finish(&self) -> u64 {
        self.0.finish()
    }
}

/// The index over a text.
#[derive(Clone, Copy)]
pub(super) struct Index<'m> {
    buckets: &'m [RevocationBucket],
}

impl<'m> Index<'m> {
    pub(super) fn new(buckets: &'m [RevocationBucket]) -> Self {
        Self { buckets }
    }

    /// Whether nothing of this hash can be there. Reads one bucket, without a branch that depends on what is in it.
    #[inline]
    pub(super) fn surely_lacks(&self, hash: u64) -> bool {
        let Some(bucket) = self.buckets.get(home(hash, self.buckets.len())) else { return true };
        let tag = tag(hash);
        let hits = bucket.slots.iter().fold(false, |hits, slot| hits | (*slot & TAG == tag));
        let is_full = bucket.slots.last().is_some_and(|slot| *slot != 0);
        !hits & !is_full
    }

    /// Offsets of the entries that may be meant, in the order in which they were added.
    pub(super) fn candidates(&self, hash: u64) -> impl Iterator<Item = usize> {
        let tag = tag(hash);
        let slots = probes(hash, self.buckets.len())
            .filter_map(|place| self.buckets.get(place))
            .flat_map(|bucket| bucket.slots)
            .take_while(|slot| *slot != 0);
        slots.filter(move |slot| slot & TAG == tag).filter_map(offset_of)
    }
}

/// Puts an offset into the first free slot, or in the place of `instead`, an offset of the same hash that is there.
/// `None` when there is no room.
pub(super) fn put(
    buckets: &mut [RevocationBucket],
    hash: u64,
    offset: usize,
    instead: Option<usize>,
) -> Option<()> {
    let entry = tag(hash) | u64::from(u32::try_from(offset).ok()?.checked_add(1)?);
    for place in probes(hash, buckets.len()) {
        for slot in &mut buckets.get_mut(place)?.slots {
            let fits = match instead {
                None => *slot == 0,
                Some(_) => *slot & TAG == tag(hash) && offset_of(*slot) == instead,
            };
            if fits {
                *slot = entry;
                return Some(());
            }
        }
    }
    None
}

const TAG: u64 = 0xffff_ffff_0000_0000;

fn tag(hash: u64) -> u64 {
    hash & TAG
}

fn offset_of(slot: u64) -> Option<usize> {
    usize::try_from(slot & !TAG).ok()?.checked_sub(1)
}

/// The bucket where a hash begins to look: by its lower half, of which the tag knows nothing.
#[inline]
fn home(hash: u64, buckets: usize) -> usize {
    let scaled = (hash & !TAG).wrapping_mul(u64::try_from(buckets).unwrap_or(0)) >> 32;
    usize::try_from(scaled).unwrap_or(0)
}

/// Every bucket once, neighbours first.
fn probes(hash: u64, buckets: usize) -> impl Iterator<Item = usize> {
    let home = home(hash, buckets);
    (home..buckets).chain(0..home)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::{vec, vec::Vec};

    proptest! {
        /// Few different tags and homes: buckets overflow and tags collide.
        #[test]
        fn finds_what_was_put_whatever_collides(
            hashes in proptest::collection::vec((0..3_u64, 0..6_u64), 0..24),
            asked in (0..4_u64, 0..6_u64),
        ) {
            // Six homes in the lower half, as fractions of it.
            let hash = |(tag, home): (u64, u64)| (tag << 32) | home.wrapping_mul(0x2aaa_aaaa);
            let mut buckets = vec![RevocationBucket::EMPTY; 6];
            for (offset, parts) in hashes.iter().enumerate() {
                prop_assert_eq!(put(&mut buckets, hash(*parts), offset, None), Some(()));
            }
            let index = Index::new(&buckets);
            let found: Vec<usize> = index.candidates(hash(asked)).collect();
            for (offset, parts) in hashes.iter().enumerate() {
                prop_assert!(*parts != asked || found.contains(&offset));
            }
            prop_assert!(found.iter().all(|offset| hashes[*offset].0 == asked.0), "only equal tags");
            prop_assert!(!index.surely_lacks(hash(asked)) || found.is_empty());
        }
    }

    #[test]
    fn full_means_full() {
        let mut buckets = [RevocationBucket::EMPTY; 1];
        for offset in 0..8 {
            assert_eq!(put(&mut buckets, 7, offset, None), Some(()));
        }
        assert_eq!(put(&mut buckets, 7, 8, None), None);
        assert_eq!(put(&mut buckets, 7, 9, Some(3)), Some(()));
        assert!(Index::new(&buckets).candidates(7).eq([0, 1, 2, 9, 4, 5, 6, 7]));
        assert!(Index::new(&[]).surely_lacks(7) && Index::new(&[]).candidates(7).next().is_none());
        assert_eq!(put(&mut [], 7, 0, None), None);
    }

    #[test]
    fn homes_cover_all_buckets() {
        assert_eq!((home(0, 10), home(u64::MAX, 10), home(0x8000_0000, 10)), (0, 9, 5));
        assert_eq!(home(u64::MAX, 0), 0);
    }
}
