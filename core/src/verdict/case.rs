//! One authentic token, the policy that it is judged by, and what several rules ask of them. The rules are in `rules`.

use super::{binding::Proofs, revocation_status::RevocationStatus, sender::Presented, token::Authentic};
use crate::{
    Denied, Issuer, Now, Policy, UnixSeconds,
    ground::clock::Clock,
    meaning::{
        claims::Claims,
        scope::{Purpose, ScopeValue, Scopes},
    },
    trust::{
        policy::{Client, ClientRule},
        profile::{Profile, ScopeForm},
    },
};

/// What is judged, and against what.
pub(super) struct Case<'c, 'a, 's, S> {
    pub(super) token: &'c Authentic<'c, 's>,
    pub(super) policy: &'a Policy<'a, S>,
    pub(super) issuer: &'a Issuer<S>,
    /// What the host saw of the sender.
    pub(super) presented: &'c Presented<'c>,
    pub(super) proofs: Option<Proofs<'a>>,
    pub(super) clock: Clock,
    pub(super) revocation_status: RevocationStatus<'a>,
    /// Read once, though several rules ask for them.
    scopes: Result<Scopes<'s>, Denied>,
    /// Likewise.
    purpose: Result<Option<Purpose<'s>>, Denied>,
}

impl<'c, 'a, 's, S: AsRef<str>> Case<'c, 'a, 's, S> {
    pub(super) fn new(
        token: &'c Authentic<'c, 's>,
        policy: &'a Policy<'a, S>,
        issuer: &'a Issuer<S>,
        presented: &'c Presented<'c>,
        proofs: Option<Proofs<'a>>,
        revocation_status: RevocationStatus<'a>,
        now: Now,
    ) -> Self {
        let clock = Clock { now, floor: policy.clock_floor, leeway: policy.leeway };
        let scopes = read_scopes(&token.reading.claims, &issuer.profile);
        let purpose = match &policy.purpose {
            None => Ok(None),
            Some(demand) => demand.read(&token.reading.claims, &scopes),
        };
        Self { token, policy, issuer, presented, proofs, clock, revocation_status, scopes, purpose }
    }

    /// What the token says.
    pub(super) fn claims(&self) -> &'c Claims<&'s str> {
        &self.token.reading.claims
    }

    /// The host's time, if it may be believed.
    pub(super) fn time(&self) -> Result<UnixSeconds, Denied> {
        self.clock.time()
    }

    /// The client that the issuer's profile reads.
    pub(super) fn client_id(&self) -> Option<&'s str> {
        self.issuer.profile.clients.read(&self.claims().clients)
    }

    /// The clients of all claims that name one.
    pub(super) fn all_clients(&self) -> impl Iterator<Item = &'s str> {
        let clients = self.claims().clients;
        [clients.client_id, clients.azp, clients.cid, clients.appid].into_iter().flatten()
    }

    /// The policy's entry of the client.
    pub(super) fn listed_client(&self) -> Option<&'a Client<S>> {
        let ClientRule::OneOf(list) = self.policy.clients else { return None };
        let client = self.client_id()?;
        list.iter().find(|own| own.id.as_ref() == client)
    }

    /// Whether the token stands for a user.
    pub(super) fn has_user(&self) -> bool {
        self.issuer.profile.user.finds_user(self.claims(), self.client_id())
    }

    /// The token's scopes, from the one claim that the issuer's profile reads.
    pub(super) fn scopes(&self) -> Result<&Scopes<'s>, Denied> {
        self.scopes.as_ref().map_err(|denied| *denied)
    }

    /// The one purpose of the token, where the policy asks for one and the token has one.
    pub(super) fn purpose(&self) -> Result<Option<Purpose<'s>>, Denied> {
        self.purpose
    }
}

fn read_scopes<'s>(claims: &Claims<&'s str>, profile: &Profile) -> Result<Scopes<'s>, Denied> {
    let Some(value) = profile.scopes.read(&claims.scopes) else { return Ok(Scopes::NONE) };
    match (value, profile.form) {
        (ScopeValue::List(_), ScopeForm::String) | (ScopeValue::Words(_), ScopeForm::Array) => {
            Err(Denied::ClaimWrongType)
        }
        _ => Scopes::read(value),
    }
}
