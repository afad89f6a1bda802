//! Decides about one token after the other, in memory that is taken once.

use super::{decision::Decision, judgement::Judgement, rules::Rules};
use jotgate_core::{
    Asked, Denied, Explanation, HeaderSlot, Now, Presented, Scratch, Validator, WorkerState,
    limits::MAX_TOKEN_LEN_RAISED,
};

/// A validator, with what it needs besides the token.
pub(crate) struct Judge<'m> {
    validator: Validator<'m, String>,
    /// What the authorization server answered.
    response: Option<&'m [u8]>,
    scratch: Scratch<'m>,
    for_response: Scratch<'m>,
    worker: WorkerState<'m>,
    challenge: &'m mut [u8],
}

/// The memory of a [`Judge`].
pub(crate) struct JudgeMemory {
    text: Vec<u8>,
    names: [u64; Scratch::NAMES],
    names_of_response: [u64; Scratch::NAMES],
    headers: [HeaderSlot; KNOWN_HEADERS],
    challenge: Vec<u8>,
}

impl JudgeMemory {
    pub(crate) fn new() -> Self {
        Self {
            text: vec![0; Scratch::text_len_with_proof(MAX_TOKEN_LEN_RAISED)],
            names: [0; Scratch::NAMES],
            names_of_response: [0; Scratch::NAMES],
            headers: [HeaderSlot::EMPTY; KNOWN_HEADERS],
            challenge: vec![0; CHALLENGE_LEN],
        }
    }
}

impl<'m> Judge<'m> {
    pub(crate) fn new(
        validator: Validator<'m, String>,
        response: Option<&'m [u8]>,
        memory: &'m mut JudgeMemory,
    ) -> Self {
        Self {
            validator,
            response,
            scratch: Scratch::new(&mut memory.text, &mut memory.names),
            // A response is JSON as it stands: no text of it is decoded into scratch.
            for_response: Scratch::new(&mut [], &mut memory.names_of_response),
            worker: WorkerState::new().with_known_headers(&mut memory.headers),
            challenge: &mut memory.challenge,
        }
    }

    /// What becomes of every rule; or why the request brought no token.
    pub(crate) fn explain(
        &mut self,
        presented: Result<Presented<'_>, Denied>,
        now: Now,
    ) -> Result<Explanation, Denied> {
        presented.map(|presented| self.validator.explain(presented, now, &mut self.scratch))
    }

    /// The decision, and what an HTTP answer would say; beside it `rules`, if they were asked for.
    pub(crate) fn decide<'s>(
        &'s mut self,
        presented: Result<Presented<'s>, Denied>,
        now: Now,
        asked: Asked<'s>,
        rules: Option<Result<Explanation, Denied>>,
    ) -> Decision<'s> {
        let judgement = match presented {
            Err(denied) => Judgement::Denied(denied),
            Ok(presented) => {
                let checked =
                    self.validator.check_or_ask(presented, now, &mut self.scratch, &mut self.worker);
                Judgement::of(checked, self.response, now, &mut self.for_response)
            }
        };
        let denied = judgement.denied();
        let answer = denied.and_then(|denied| self.validator.answer_to(asked, denied, self.challenge).ok());
        let rules = rules.map(|explained| Rules::of(explained, &judgement));
        Decision { judgement, answer, note: None, rules }
    }
}

/// Headers that need not be read again: as many as issuers may sign with at a time, for most policies.
const KNOWN_HEADERS: usize = 8;

/// Room for every challenge, bytes: the scopes of a policy's alternative are what can make one long.
const CHALLENGE_LEN: usize = 16 * 1024;
