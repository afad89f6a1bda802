//! Which instruction set the arithmetic may use. A process detects it once, here.
//!
//! * `dispatch`: compiles a computation for each backend, and enters the one that was chosen.

pub(crate) mod dispatch;

/// A set of instructions that some arithmetic of this crate is written for.
///
/// Every backend gives the same answers; they differ in time alone. The algorithm values of this crate use the
/// fastest one that the processor has; values forced to another one are for tests and measurements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// What every processor has.
    Portable,
    /// BMI2 and ADX: products without flags, two carry chains (x86-64).
    Bmi2,
    /// AVX-512 F and IFMA, beside BMI2: eight products of 52 bits at a time (x86-64).
    Ifma,
}

impl Backend {
    /// Every backend that this processor can run, the slowest first.
    pub fn available() -> impl Iterator<Item = Self> {
        [Self::Portable, Self::Bmi2, Self::Ifma].into_iter().filter(|backend| backend.is_available())
    }

    /// The fastest that this processor can run.
    pub fn detected() -> Self {
        if Self::Ifma.is_available() {
            Self::Ifma
        } else if Self::Bmi2.is_available() {
            Self::Bmi2
        } else {
            Self::Portable
        }
    }

    /// Whether this processor can run it.
    pub fn is_available(self) -> bool {
        match self {
            Self::Portable => true,
            Self::Bmi2 => cpu::has_bmi2(),
            Self::Ifma => cpu::has_bmi2() && cpu::has_ifma(),
        }
    }

    /// The name in lower case, for reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::Bmi2 => "bmi2",
            Self::Ifma => "ifma",
        }
    }
}

/// The proof that this processor has the instructions of [`Backend::Ifma`]: there is no other way to such a value than
/// to ask it.
#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
#[derive(Clone, Copy)]
pub(crate) struct Ifma(());

#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
impl Ifma {
    pub(crate) fn detected() -> Option<Self> {
        Backend::Ifma.is_available().then_some(Self(()))
    }
}

#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
mod cpu {
    cpufeatures::new!(bmi2, "bmi2", "adx");
    cpufeatures::new!(ifma, "avx512f", "avx512ifma");

    pub(super) fn has_bmi2() -> bool {
        bmi2::get()
    }

    pub(super) fn has_ifma() -> bool {
        ifma::get()
    }
}

#[cfg(not(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32"))))]
mod cpu {
    pub(super) fn has_bmi2() -> bool {
        false
    }

    pub(super) fn has_ifma() -> bool {
        false
    }
}
