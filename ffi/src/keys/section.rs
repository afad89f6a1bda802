//! The section of a ring that a host names.

use crate::{
    memory::{Span, Text},
    status::Misuse,
};
use jotgate_core::Section;

/// The section of this label, or the issuer's one section where the label is empty.
pub(crate) fn section_of(issuer: Text, label: Text) -> Result<Section<'static>, Misuse> {
    let issuer = issuer.text()?;
    Ok(match label.text()? {
        "" => Section::of_issuer(issuer),
        label => Section { label, issuer },
    })
}

/// Where its two names lie.
pub(crate) fn spans_of(section: &Section<'_>) -> [Span; 2] {
    [section.issuer, section.label].map(|name| Span::of_slice(name.as_bytes()))
}
