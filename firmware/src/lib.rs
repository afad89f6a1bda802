//! Images for Cortex-M that judge tokens and measure what it costs.
//!
//! Each image names its algorithms and nothing else: [`gate::run`] loads a key set and judges four tokens. The image
//! `none` measures in the same way and judges nothing: what the others have more of is jotgate's. The harness itself
//! formats nothing with `core::fmt`, so that what jotgate links of it shows.
//!
//! `scripts/footprint` builds the images, runs them in QEMU, and prints the table.
#![no_std]

mod clock;
pub mod gate;
pub mod measurement;
mod stack;
pub mod tokens;
mod trap;
