//! What an ECDSA algorithm of JOSE consists of: a curve, its hash, its name, and the shapes of its tables.

// Sealed: the curves are this crate's, and what they do is not shown.
#![allow(private_bounds, private_interfaces)]

use sha2::{Sha256, Sha384};

use crate::comb::Layout;
use crate::hash::SignatureHash;
use crate::p256::{Es256Shape, P256};
use crate::p384::{Es384Shape, P384};
use crate::weierstrass::Curve;
use crate::{AlgorithmName, Curve as JwkCurve};

/// A curve with the one hash and the name that JOSE gives it, and the shapes of its tables.
///
/// The hash has as many bytes as the order of the group.
pub trait Suite: Curve {
    /// The algorithm over this curve.
    const NAME: AlgorithmName;
    /// How a JWK names the curve.
    const JWK_CURVE: JwkCurve;
    /// The hash of the algorithm.
    type Hash: SignatureHash;
    /// What its tables may look like.
    type Shape: Shape;
}

/// A shape of tables.
pub trait Shape: Copy + Sync {
    /// How the digits of scalars are laid out.
    fn layout(self) -> Layout;

    /// Cache lines of a table, 64 bytes each.
    fn lines(self) -> usize;
}

impl Suite for P256 {
    const NAME: AlgorithmName = AlgorithmName::Es256;
    const JWK_CURVE: JwkCurve = JwkCurve::P256;
    type Hash = Sha256;
    type Shape = Es256Shape;
}

impl Shape for Es256Shape {
    fn layout(self) -> Layout {
        self.layout()
    }

    fn lines(self) -> usize {
        self.lines()
    }
}

impl Suite for P384 {
    const NAME: AlgorithmName = AlgorithmName::Es384;
    const JWK_CURVE: JwkCurve = JwkCurve::P384;
    type Hash = Sha384;
    type Shape = Es384Shape;
}

impl Shape for Es384Shape {
    fn layout(self) -> Layout {
        self.layout()
    }

    fn lines(self) -> usize {
        self.lines()
    }
}
