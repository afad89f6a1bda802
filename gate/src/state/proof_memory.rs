//! Memory of used DPoP proofs on the heap, one for all workers of a process.

use super::random_key;
use jotgate_core::{ClientSlot, PolicyError, ReplayMark, ReplaySlot, ReplayWindow};
use std::io;

/// Room for so many proofs, 27 bytes each, and for the counts of so many clients, 32 bytes each.
pub struct ProofMemory {
    mark: ReplayMark,
    slots: Vec<ReplaySlot>,
    clients: Vec<ClientSlot>,
    key: [u8; 16],
}

impl ProofMemory {
    /// Room for `proofs` that are remembered at once and for `clients`, at least one of each.
    ///
    /// # Errors
    /// The system gives no random key.
    pub fn new(proofs: usize, clients: usize) -> io::Result<Self> {
        // A window refuses before its last slot is taken: a third more than proofs.
        let slots = proofs.saturating_add(proofs.div_ceil(3)).max(1);
        Ok(Self {
            mark: ReplayMark::new(),
            slots: (0..slots).map(|_| ReplaySlot::new()).collect(),
            clients: (0..clients.max(1)).map(|_| ClientSlot::new()).collect(),
            key: random_key()?,
        })
    }

    /// The window over this memory. All windows over it must have the same quota, live entries of one client, and the
    /// same longest life, seconds for which an entry may have to be kept
    /// ([`OwnedPolicy::longest_proof_life`](crate::OwnedPolicy::longest_proof_life)).
    ///
    /// # Errors
    /// [`PolicyError::SecondsOutOfRange`] and [`PolicyError::QuotaOutOfRange`], as [`ReplayWindow::new`].
    pub fn window(&self, quota: u32, longest_life: u32) -> Result<ReplayWindow<'_>, PolicyError> {
        ReplayWindow::new(&self.mark, &self.slots, &self.clients, self.key, quota, longest_life)
    }
}
