//! The public operation with AVX-512 IFMA: eight products of 52-bit limbs at a time.
//!
//! * `number`: numbers of such limbs, in plain code.
//! * `montgomery`: the arithmetic, in vectors.
//! * `key`: how a key lies in memory, the public operation.

mod key;
mod montgomery;
mod number;

use crate::Backend;

pub(in crate::rsa) use key::{IfmaKey, prepare, words};

/// The proof that this processor has the instructions: there is no other way to such a value than to ask it.
#[derive(Clone, Copy)]
pub(in crate::rsa) struct Ifma(());

impl Ifma {
    pub(in crate::rsa) fn detected() -> Option<Self> {
        Backend::Ifma.is_available().then_some(Self(()))
    }
}
