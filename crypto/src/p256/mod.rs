//! P-256: what is its own beside other curves of its form.
//!
//! * `limbs`, `limbs64` (and `carry`) and `limbs32`: arithmetic modulo p.
//! * `shape`: of tables; `generator_kib4` is one to be linked.

pub(crate) mod generator_kib4;
mod limbs;
mod limbs32;
mod limbs64;
pub(crate) mod shape;

pub(crate) use limbs::FieldLimbs;
pub use shape::CombShape;
