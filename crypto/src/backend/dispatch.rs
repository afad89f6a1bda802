//! One computation, compiled for each instruction set. A verification enters it once.

#![allow(unsafe_code)]

use crate::Backend;

/// A computation that is written once. All of it is inlined, so that it is compiled for its caller's instructions.
pub(crate) trait Computation {
    type Output;

    fn compute(&self) -> Self::Output;
}

/// Computes with the instructions of `backend`, or those that every processor has if this one lacks them.
pub(crate) fn run<C: Computation>(backend: Backend, computation: &C) -> C::Output {
    match backend {
        #[cfg(target_arch = "x86_64")]
        Backend::Bmi2 | Backend::Ifma if Backend::Bmi2.is_available() => {
            // SAFETY: the processor has BMI2 and ADX, as was just asked.
            unsafe { with_bmi2(computation) }
        }
        _ => portable(computation),
    }
}

#[inline(never)]
fn portable<C: Computation>(computation: &C) -> C::Output {
    computation.compute()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "bmi2,adx")]
#[inline(never)]
fn with_bmi2<C: Computation>(computation: &C) -> C::Output {
    computation.compute()
}
