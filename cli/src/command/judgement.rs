//! What became of one token: granted, denied, or to be asked about.

use crate::Outcome;
use jotgate_core::{Checked, Denied, Grant, Inquiry, Now, Scratch};

/// The core's decision, completed with the answer of the authorization server where there is one.
pub(crate) enum Judgement<'d> {
    Granted(Grant<'d>),
    Denied(Denied),
    /// Everything else about it is good.
    Ask(Inquiry<'d, String>),
}

impl<'d> Judgement<'d> {
    /// `response` is what the authorization server answered.
    pub(crate) fn of(
        checked: Result<Checked<'d, String>, Denied>,
        response: Option<&[u8]>,
        now: Now,
        scratch: &mut Scratch<'_>,
    ) -> Self {
        match (checked, response) {
            (Err(denied), _) => Self::Denied(denied),
            (Ok(Checked::Granted(grant)), _) => Self::Granted(grant),
            (Ok(Checked::Asking(inquiry)), None) => Self::Ask(inquiry),
            (Ok(Checked::Asking(inquiry)), Some(response)) => {
                inquiry.answered(response, now, scratch).map_or_else(Self::Denied, Self::Granted)
            }
        }
    }

    pub(crate) fn denied(&self) -> Option<Denied> {
        if let Self::Denied(denied) = self { Some(*denied) } else { None }
    }

    /// A question is no grant.
    pub(crate) fn outcome(&self) -> Outcome {
        match self {
            Self::Granted(_) => Outcome::AllGood,
            Self::Denied(_) | Self::Ask(_) => Outcome::SomethingDenied,
        }
    }
}
