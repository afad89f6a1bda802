//! The public operation with AVX-512 IFMA: eight products of 52-bit limbs at a time.
//!
//! * `number`: numbers of such limbs, in plain code.
//! * `montgomery`: the arithmetic, in vectors.
//! * `key`: how a key lies in memory, the public operation.

mod key;
mod montgomery;
mod number;

pub(in crate::rsa) use crate::backend::Ifma;
pub(in crate::rsa) use key::{IfmaKey, prepare, words};
