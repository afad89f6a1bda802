//! A status list token in a file, and its list on the heap.

use super::{ListFileError, read_file};
use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::{
    KeyRing, Scratch, Section, StatusList, StatusListSource, UnixSeconds,
    json::Value,
    limits::{MAX_CLAIMS, MAX_STATUS_LIST_LEN},
};
use std::path::{Path, PathBuf};

/// Longest list, bytes after inflating: 536 million statuses of one bit.
pub const MAX_STATUSES_LEN: usize = 64 * 1024 * 1024;

/// A status list token, and its list in memory of just its length. While it is inflated it has [`MAX_STATUSES_LEN`] bytes
/// of addresses, of which only what the list fills becomes memory.
pub struct StatusListFile {
    path: PathBuf,
    token: Vec<u8>,
    received_at: UnixSeconds,
    memory: Vec<u8>,
}

impl StatusListFile {
    /// Reads the file. The token counts as received when the file was last changed.
    ///
    /// # Errors
    /// [`ListFileError::Unreadable`].
    pub fn read(path: &Path) -> Result<Self, ListFileError> {
        let (token, received_at) = read_file(path, MAX_STATUS_LIST_LEN)?;
        let token = token.trim_ascii().to_vec();
        Ok(Self { path: path.to_owned(), token, received_at, memory: Vec::new() })
    }

    /// When the token was received from its issuer, for whoever knows better than the file.
    #[must_use]
    pub fn with_received_at(mut self, received_at: UnixSeconds) -> Self {
        self.received_at = received_at;
        self
    }

    /// Verifies the token with the keys of these sections in turn and inflates its list, which is then the list of the
    /// issuer of the first one that signed it, at the address that its `sub` names. `leeway` in seconds.
    ///
    /// # Errors
    /// [`ListFileError::NoListNamed`]; [`ListFileError::StatusList`].
    pub fn load(
        &mut self,
        ring: &KeyRing<'_>,
        sections: &[Section<'_>],
        leeway: u32,
    ) -> Result<StatusList<'_>, ListFileError> {
        let uri = address(&self.token).ok_or_else(|| ListFileError::NoListNamed(self.path.clone()))?;
        let (mut text, mut names) = (vec![0; Scratch::text_len(self.token.len())], [0; MAX_CLAIMS]);
        let mut scratch = Scratch::new(&mut text, &mut names);
        let longest = sections.iter().map(|section| section.issuer.len()).max().unwrap_or_default();
        let mut room = vec![0; MAX_STATUSES_LEN.saturating_add(uri.len()).saturating_add(longest)];
        let mut memory = room.as_mut_slice();
        let mut reasons = Vec::new();
        for section in sections {
            let source =
                StatusListSource { section: *section, uri: &uri, received_at: self.received_at, leeway };
            match StatusList::load(&self.token, &source, ring, &mut scratch, &mut memory) {
                Ok(list) => {
                    self.memory = vec![0; list.memory_len()];
                    return list.copied_into(&mut self.memory.as_mut_slice()).map_err(|reason| {
                        ListFileError::StatusList(
                            self.path.clone(),
                            vec![(section.issuer.to_owned(), reason)],
                        )
                    });
                }
                Err(reason) => reasons.push((section.issuer.to_owned(), reason)),
            }
        }
        Err(ListFileError::StatusList(self.path.clone(), reasons))
    }
}

/// What a token says is its `sub`. Nobody has verified it: the core takes the list only if it is signed with this `sub`.
fn address(token: &[u8]) -> Option<String> {
    let payload = token.split(|byte| *byte == b'.').nth(1)?;
    let payload = Base64UrlUnpadded::decode_vec(std::str::from_utf8(payload).ok()?).ok()?;
    let sub = Value::read(&payload).ok()?.as_object()?.get("sub").ok()??.as_str()?;
    sub.chars().collect::<Result<String, _>>().ok()
}
