//! What C lends: every pointer is checked here, and becomes a reference here and nowhere else.
//!
//! * `argument`: pointers as arguments ([`In`], [`InOut`], [`Out`]), single, as lists, and as bytes.
//! * `object`: opaque objects, a word of magic before the value.
//! * `arena`: working memory, from which arrays are taken.
//! * `text`: strings with their length; `client`: two of them.
//! * `span`: which addresses something takes, so that overlaps are found; `with_memory`: those that an object was lent.
//! * `busy`: a mark on what only one call at a time may change.
//!
//! What cannot be checked is the header's contract, and each SAFETY line names it: memory that a pointer names is
//! there, as long as was said; `const` memory does not change meanwhile; what is not `const` is nobody else's.

mod arena;
mod argument;
mod busy;
mod client;
mod object;
mod span;
mod text;
mod with_memory;

pub(crate) use arena::{Arena, Row};
pub use argument::{In, InOut, Out};
pub(crate) use argument::{Opened, Plain};
pub(crate) use busy::{Busy, Entered};
pub use client::JotgateClient;
pub(crate) use client::checked_clients;
pub(crate) use object::{Constant, Object, object};
pub(crate) use span::Span;
pub(crate) use text::CheckedText;
pub use text::Text;
pub(crate) use with_memory::WithMemory;
