//! What of the key sets is not used: told when they are loaded, and again where a token needs it.

use crate::{
    failure::Failure,
    output::{Shown, resolved},
    ring::Event,
};
use jotgate_core::{Denied, KeyReport, Peek, Scratch, SkipReason, limits::MAX_TOKEN_LEN_RAISED};
use std::{
    cell::Cell,
    io::{self, Write},
    path::PathBuf,
};

/// The keys that were skipped, and the sets that were not loaded.
#[derive(Default)]
pub(crate) struct UnusedKeys {
    keys: Vec<SkippedKey>,
    sets: Vec<BrokenSet>,
    is_told: Cell<bool>,
}

struct SkippedKey {
    file: PathBuf,
    issuer: String,
    position: usize,
    kid: Option<String>,
    reason: SkipReason,
}

struct BrokenSet {
    label: String,
    issuer: String,
    failure: Failure,
}

impl UnusedKeys {
    /// Takes what happens while the sets are loaded. A set that cannot be loaded fails only by itself, unless `strict`.
    ///
    /// # Errors
    /// Where it is strict, why the set cannot be loaded.
    pub(crate) fn take(&mut self, event: Event<'_>, strict: bool) -> Result<(), Failure> {
        match event {
            Event::Key(set, KeyReport { outcome: Err(reason), position, kid, .. }) => {
                self.keys.push(SkippedKey {
                    file: set.path().to_owned(),
                    issuer: set.issuer().to_owned(),
                    position: *position,
                    kid: kid.map(resolved),
                    reason: *reason,
                });
            }
            Event::Key(_, _) => {}
            Event::Broken(_, failure) if strict => return Err(failure),
            Event::Broken(set, failure) => self.sets.push(BrokenSet {
                label: set.label().to_owned(),
                issuer: set.issuer().to_owned(),
                failure,
            }),
        }
        Ok(())
    }

    /// Tells all of it, once. Where standard error cannot be written, the decisions still say what matters.
    pub(crate) fn tell(&self) {
        if self.is_told.replace(true) {
            return;
        }
        let mut out = io::stderr().lock();
        for key in &self.keys {
            let _untold = writeln!(out, "jotgate: warning: {}", key.sentence());
        }
        for set in &self.sets {
            let _untold = writeln!(
                out,
                "jotgate: warning: {}; tokens of [issuers.{}] are denied (6003)",
                set.failure, set.label
            );
        }
    }

    /// What a person should know about a denial: that the key which the token names is there and was skipped, or that no
    /// set could be loaded.
    pub(crate) fn note(&self, denied: Denied, token: &[u8]) -> Option<String> {
        if !matches!(denied, Denied::UnknownKid | Denied::NoKeysForIssuer) {
            return None;
        }
        let (mut text, mut names) = (vec![0; Scratch::text_len(MAX_TOKEN_LEN_RAISED)], [0; Scratch::NAMES]);
        let mut scratch = Scratch::new(&mut text, &mut names);
        let peek = Peek::read(token, &mut scratch).ok()?;
        let issuer = peek.issuer_unverified()?;
        if denied == Denied::NoKeysForIssuer {
            let set = self.sets.iter().find(|set| set.issuer == issuer)?;
            return Some(format!("[issuers.{}] has no keys: {}", set.label, set.failure));
        }
        let kid = peek.kid_unverified();
        let named = |key: &&SkippedKey| key.issuer == issuer && key.kid.as_deref() == kid;
        self.keys.iter().find(named).map(|key| format!("a key of this id is there: {}", key.sentence()))
    }
}

impl SkippedKey {
    fn sentence(&self) -> String {
        let Self { file, position, reason, .. } = self;
        let kid = self.kid.as_ref().map_or("without kid".to_owned(), |kid| format!("\"{}\"", Shown(kid)));
        format!(
            "{}: key {position} {kid} is skipped: {} ({})",
            file.display(),
            reason.sentence(),
            reason.name()
        )
    }
}
