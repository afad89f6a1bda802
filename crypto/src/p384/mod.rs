//! P-384: what is its own beside other curves of its form.
//!
//! * `curve`: its parameters, with `lanes` for eight numbers at a time. `limbs64` and `limbs32`: arithmetic modulo p.
//! * `shape`: of tables.

mod curve;
mod limbs32;
mod limbs64;
mod shape;

use crate::{number, safegcd, weierstrass};

pub use curve::P384;
pub use shape::Es384Shape;
