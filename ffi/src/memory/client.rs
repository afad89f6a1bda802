//! Clients as C lists them, and as a policy reads them: the same memory.

use super::{CheckedText, In, Plain, Span, Text};
use crate::status::Misuse;
use core::mem::offset_of;
use jotgate_core::Client;

/// A client, and the group (partner tier) that it is served as.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateClient {
    /// The exact client id.
    pub id: Text,
    /// The group's name, which the grant repeats; may be empty.
    pub group: Text,
}

// SAFETY: two `Text`.
unsafe impl Plain for JotgateClient {}

type Checked = Client<CheckedText>;

const _: () = {
    assert!(size_of::<JotgateClient>() == size_of::<Checked>());
    assert!(align_of::<JotgateClient>() == align_of::<Checked>());
    assert!(offset_of!(JotgateClient, id) == offset_of!(Checked, id));
    assert!(offset_of!(JotgateClient, group) == offset_of!(Checked, group));
};

/// Checks `count` clients, and that none shares memory with `output`.
pub(crate) fn checked_clients<'a>(
    list: In<JotgateClient>,
    count: usize,
    output: Span,
) -> Result<&'a [Checked], Misuse> {
    let clients = list.list(count)?;
    output.apart_from(&[Span::of_slice(clients)])?;
    for client in clients {
        CheckedText::of_text(client.id, output)?;
        CheckedText::of_text(client.group, output)?;
    }
    // SAFETY: `Client` lies in memory as `JotgateClient` does, asserted above, and all texts were just checked.
    Ok(unsafe { core::slice::from_raw_parts(clients.as_ptr().cast(), clients.len()) })
}
