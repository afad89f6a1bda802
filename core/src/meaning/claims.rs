//! The claims set of an access token (RFC 7519 section 4, RFC 9068 section 2.2).

use super::{
    claim_set::{ClaimSet, OptionalClaim},
    confirmation::Confirmation,
    scope::{self, ScopeValue},
    text::{denied, text},
};
use crate::{
    Denied, UnixSeconds,
    ground::scratch::{Scratch, Text},
    limits::{MAX_AUDIENCES, MAX_CLAIMS},
    wire::json::{Array, Members, Number, Object, OutOfRange, Str, Value},
};
use jotgate_crypto::Hashing;

/// What the claims set says, its strings as texts or as places of texts. Every claim that is interpreted has its type, or is
/// among the faulty ones, which whoever asks for them must look at: a claim of a wrong type is never taken for absent.
/// Nothing is authentic yet.
#[derive(Clone, Copy)]
pub(crate) struct Claims<T> {
    /// The whole object, braces included.
    object: T,
    pub(crate) issuer: Option<T>,
    pub(crate) subject: Option<T>,
    pub(crate) token_id: Option<T>,
    pub(crate) audience: Option<Audience<T>>,
    /// Rounded down: a fraction never lengthens a token's life.
    pub(crate) expires: Option<UnixSeconds>,
    /// Rounded up, for the same reason.
    pub(crate) not_before: Option<UnixSeconds>,
    /// Rounded down: one of this very second is not from the future, and its age is not less for it.
    pub(crate) issued_at: Option<UnixSeconds>,
    pub(crate) clients: Clients<T>,
    pub(crate) scopes: ScopeClaims<T>,
    pub(crate) acr: Option<T>,
    /// Rounded down.
    pub(crate) auth_time: Option<UnixSeconds>,
    /// `purpose`, where a provider writes it beside the scopes.
    pub(crate) purpose: Option<T>,
    /// `cnf`.
    pub(crate) confirmation: Option<Confirmation<T>>,
    pub(crate) kind: KindClaims<T>,
    /// `at_hash`, `c_hash` or `events`: an ID token, a logout token, a security event.
    pub(crate) is_of_another_kind: bool,
    /// `nonce`: an ID token, or an access token of Keycloak before version 25.
    pub(crate) has_nonce: bool,
    /// `sid`: a logout token, if there is no scope.
    pub(crate) has_session: bool,
    /// Those that have a value of a wrong type, or a date out of range.
    pub(crate) faulty: ClaimSet,
}

/// The claims in which providers name the client. `None` where a token does not have them.
#[derive(Clone, Copy)]
pub(crate) struct Clients<T> {
    pub(crate) client_id: Option<T>,
    pub(crate) azp: Option<T>,
    pub(crate) cid: Option<T>,
    pub(crate) appid: Option<T>,
}

/// The claims in which providers write what a token covers.
#[derive(Clone, Copy)]
pub(crate) struct ScopeClaims<T> {
    pub(crate) scope: Option<ScopeValue<T>>,
    pub(crate) scp: Option<ScopeValue<T>>,
    pub(crate) roles: Option<ScopeValue<T>>,
    pub(crate) permissions: Option<ScopeValue<T>>,
}

/// Claims that tell one kind of token from another where the header's `typ` does not.
#[derive(Clone, Copy)]
pub(crate) struct KindClaims<T> {
    /// The claim, not the header's parameter.
    pub(crate) typ: Option<T>,
    pub(crate) token_use: Option<T>,
}

/// `aud`: one audience or several (RFC 7519, section 4.1.3).
#[derive(Clone, Copy)]
pub(crate) enum Audience<T> {
    One(T),
    /// An array of strings, brackets included.
    Several(T),
}

impl Audience<&str> {
    /// Whether `name` is among them, exactly.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.is_any_of(&[name])
    }

    /// Whether one of them is one of these, exactly. What stands in the token is read once, however many these are.
    pub(crate) fn is_any_of<S: AsRef<str>>(&self, names: &[S]) -> bool {
        match self {
            Self::One(audience) => names.iter().any(|name| *audience == name.as_ref()),
            Self::Several(audiences) => Array::of_checked(audiences)
                .items()
                .filter_map(|audience| audience.as_str())
                .any(|audience| names.iter().any(|name| audience == *name.as_ref())),
        }
    }
}

impl<T: Copy> Claims<T> {
    /// The same with other texts, if each has one.
    pub(crate) fn map<U: Copy>(&self, mut of: impl FnMut(T) -> Option<U>) -> Option<Claims<U>> {
        let mut claims = Claims::none_of(of(self.object)?);
        self.map_into(&mut claims, of)?;
        Some(claims)
    }

    /// The same, written where it stays: claims are too large to be handed on in the hot path. When a text has no other,
    /// the rest is not written.
    #[inline]
    pub(crate) fn map_into<U: Copy>(
        &self,
        claims: &mut Claims<U>,
        mut of: impl FnMut(T) -> Option<U>,
    ) -> Option<()> {
        claims.object = of(self.object)?;
        claims.audience = match self.audience {
            None => None,
            Some(Audience::One(name)) => Some(Audience::One(of(name)?)),
            Some(Audience::Several(names)) => Some(Audience::Several(of(names)?)),
        };
        ScopeValue::map_into(self.scopes.scope, &mut claims.scopes.scope, &mut of)?;
        ScopeValue::map_into(self.scopes.scp, &mut claims.scopes.scp, &mut of)?;
        ScopeValue::map_into(self.scopes.roles, &mut claims.scopes.roles, &mut of)?;
        ScopeValue::map_into(self.scopes.permissions, &mut claims.scopes.permissions, &mut of)?;
        claims.confirmation = match self.confirmation {
            None => None,
            Some(methods) => Some(methods.map(&mut of)?),
        };
        let mut put = |own: Option<T>, to: &mut Option<U>| {
            *to = if let Some(own) = own { Some(of(own)?) } else { None };
            Some(())
        };
        put(self.issuer, &mut claims.issuer)?;
        put(self.subject, &mut claims.subject)?;
        put(self.token_id, &mut claims.token_id)?;
        put(self.clients.client_id, &mut claims.clients.client_id)?;
        put(self.clients.azp, &mut claims.clients.azp)?;
        put(self.clients.cid, &mut claims.clients.cid)?;
        put(self.clients.appid, &mut claims.clients.appid)?;
        put(self.acr, &mut claims.acr)?;
        put(self.purpose, &mut claims.purpose)?;
        put(self.kind.typ, &mut claims.kind.typ)?;
        put(self.kind.token_use, &mut claims.kind.token_use)?;
        (claims.is_of_another_kind, claims.has_nonce) = (self.is_of_another_kind, self.has_nonce);
        claims.has_session = self.has_session;
        (claims.expires, claims.not_before) = (self.expires, self.not_before);
        (claims.issued_at, claims.auth_time) = (self.issued_at, self.auth_time);
        claims.faulty = self.faulty;
        Some(())
    }

    const fn none_of(object: T) -> Self {
        Self {
            object,
            issuer: None,
            subject: None,
            token_id: None,
            audience: None,
            expires: None,
            not_before: None,
            issued_at: None,
            clients: Clients { client_id: None, azp: None, cid: None, appid: None },
            scopes: ScopeClaims { scope: None, scp: None, roles: None, permissions: None },
            acr: None,
            auth_time: None,
            purpose: None,
            confirmation: None,
            kind: KindClaims { typ: None, token_use: None },
            is_of_another_kind: false,
            has_nonce: false,
            has_session: false,
            faulty: ClaimSet::EMPTY,
        }
    }
}

impl<'s> Claims<&'s str> {
    /// Where no claims were read yet.
    pub(crate) const UNREAD: Self = Self::none_of("");

    /// All claims.
    pub(crate) fn object(&self) -> Object<'s> {
        Object::of_checked(self.object)
    }

    /// Reads a decoded payload, once, and hashes meanwhile.
    pub(crate) fn fill(
        &mut self,
        json: &'s [u8],
        scratch: &mut Scratch<'s>,
        meanwhile: &mut [Hashing<'_>],
    ) -> Result<(), Denied> {
        let fail = |error| denied(error, Denied::TooManyClaims);
        let (names, scratch) = scratch.for_object(MAX_CLAIMS);
        let mut members = Members::open(json, names).map_err(fail)?;
        *self = Self::none_of(members.object().text());
        let mut buffer = [0; LONGEST_NAME];
        while let Some((name, value)) = members.next().map_err(fail)? {
            Hashing::advance_each(meanwhile);
            // A name that does not fit the buffer, or holds a lone surrogate, is none of these.
            let name = name.resolve(&mut buffer).unwrap_or_default();
            if let Some(claim) = self.place_of(name.as_bytes())
                && let Some(faulty) = claim.fill(value, scratch)?
            {
                self.faulty = self.faulty.with(faulty);
            }
        }
        Ok(())
    }

    /// None of these claims is faulty.
    ///
    /// # Errors
    /// What is wrong with the first that is: [`Denied::ClaimWrongType`] or [`Denied::DateOutOfRange`].
    #[inline]
    pub(crate) fn sound(&self, asked_for: impl FnOnce() -> ClaimSet) -> Result<(), Denied> {
        if self.faulty.is_empty() { Ok(()) } else { self.sound_among(self.faulty.common(asked_for())) }
    }

    #[cold]
    fn sound_among(&self, faulty: ClaimSet) -> Result<(), Denied> {
        let mut members = self.object().members();
        let first = members.find(|(name, _)| {
            let mut buffer = [0; LONGEST_NAME];
            let name = name.resolve(&mut buffer).unwrap_or_default();
            OptionalClaim::of_name(name.as_bytes()).is_some_and(|claim| faulty.contains(claim))
        });
        match first {
            None => Ok(()),
            // A number in a date is of the right type.
            Some((name, Value::Number(_))) if name == *"auth_time" => Err(Denied::DateOutOfRange),
            Some(_) => Err(Denied::ClaimWrongType),
        }
    }

    /// Where the claim of this name goes, if it is interpreted.
    #[inline]
    fn place_of(&mut self, name: &[u8]) -> Option<Claim<'_, 's>> {
        Some(match name {
            b"iss" => Claim::Text(&mut self.issuer),
            b"sub" => Claim::Subject(&mut self.subject),
            b"aud" => Claim::Audience(&mut self.audience),
            b"exp" => Claim::Date(&mut self.expires, Number::floor),
            b"nbf" => Claim::Date(&mut self.not_before, Number::ceil),
            b"iat" => Claim::Date(&mut self.issued_at, Number::floor),
            b"jti" => Claim::Text(&mut self.token_id),
            b"client_id" => Claim::OptionalText(&mut self.clients.client_id, OptionalClaim::ClientId),
            b"azp" => Claim::OptionalText(&mut self.clients.azp, OptionalClaim::Azp),
            b"cid" => Claim::OptionalText(&mut self.clients.cid, OptionalClaim::Cid),
            b"appid" => Claim::OptionalText(&mut self.clients.appid, OptionalClaim::Appid),
            b"scope" => Claim::Scope(&mut self.scopes.scope),
            b"scp" => Claim::Scope(&mut self.scopes.scp),
            b"roles" => Claim::Scope(&mut self.scopes.roles),
            b"permissions" => Claim::Scope(&mut self.scopes.permissions),
            b"purpose" => Claim::OptionalText(&mut self.purpose, OptionalClaim::Purpose),
            b"acr" => Claim::OptionalText(&mut self.acr, OptionalClaim::Acr),
            b"auth_time" => Claim::OptionalDate(&mut self.auth_time, OptionalClaim::AuthTime),
            b"cnf" => Claim::Confirmation(&mut self.confirmation),
            b"typ" => Claim::OptionalText(&mut self.kind.typ, OptionalClaim::Typ),
            b"token_use" => Claim::OptionalText(&mut self.kind.token_use, OptionalClaim::TokenUse),
            b"sid" => Claim::Presence(&mut self.has_session),
            b"nonce" => Claim::Presence(&mut self.has_nonce),
            b"at_hash" | b"c_hash" | b"events" => Claim::Presence(&mut self.is_of_another_kind),
            _ => return None,
        })
    }
}

/// The longest name in the match above: `permissions`.
const LONGEST_NAME: usize = 11;

/// A claim that is interpreted: of which type it is, and where it goes.
enum Claim<'c, 's> {
    Text(&'c mut Option<&'s str>),
    /// Text; or digits, which only some issuers may write: a faulty claim for everybody else.
    Subject(&'c mut Option<&'s str>),
    /// Text in a claim that not everybody asks for.
    OptionalText(&'c mut Option<&'s str>, OptionalClaim),
    /// A NumericDate in such a claim, rounded down.
    OptionalDate(&'c mut Option<UnixSeconds>, OptionalClaim),
    Audience(&'c mut Option<Audience<&'s str>>),
    /// A NumericDate (RFC 7519, section 2): any JSON number; never a string. How it is rounded.
    Date(&'c mut Option<UnixSeconds>, fn(&Number<'s>) -> Result<i64, OutOfRange>),
    Scope(&'c mut Option<ScopeValue<&'s str>>),
    Confirmation(&'c mut Option<Confirmation<&'s str>>),
    /// Whatever it says.
    Presence(&'c mut bool),
}

impl<'s> Claim<'_, 's> {
    /// The claim, if it is faulty and matters only to who asks for it.
    #[inline]
    fn fill(self, value: Value<'s>, scratch: &mut Text<'s>) -> Result<Option<OptionalClaim>, Denied> {
        match (self, value) {
            (Self::OptionalText(place, _), Value::String(string)) => *place = Some(text(string, scratch)?),
            (Self::OptionalDate(place, own), Value::Number(number)) => match number.floor() {
                Ok(seconds) => *place = Some(UnixSeconds(seconds)),
                Err(OutOfRange) => return Ok(Some(own)),
            },
            (Self::Subject(place), Value::String(string)) => *place = Some(text(string, scratch)?),
            (Self::Subject(place), Value::Number(number)) if number.is_digits() => {
                *place = Some(number.text());
                return Ok(Some(OptionalClaim::Subject));
            }
            (Self::OptionalText(_, own) | Self::OptionalDate(_, own), _) => return Ok(Some(own)),
            (Self::Text(claim), Value::String(string)) => *claim = Some(text(string, scratch)?),
            (Self::Audience(claim), value) => *claim = Some(audience(value, scratch)?),
            (Self::Date(claim, round), Value::Number(number)) => {
                *claim = Some(UnixSeconds(round(&number).map_err(|_| Denied::DateOutOfRange)?));
            }
            (Self::Scope(claim), value) => *claim = Some(scope_value(value, scratch)?),
            (Self::Confirmation(claim), value) => *claim = Some(Confirmation::read(value)?),
            (Self::Presence(claim), _) => *claim = true,
            (Self::Text(_) | Self::Subject(_) | Self::Date(..), _) => return Err(Denied::ClaimWrongType),
        }
        Ok(None)
    }
}

fn audience<'s>(aud: Value<'s>, scratch: &mut Text<'s>) -> Result<Audience<&'s str>, Denied> {
    match aud {
        Value::String(one) => Ok(Audience::One(text(one, scratch)?)),
        Value::Array(several) => {
            let mut count = 0_usize;
            let mut last = None;
            for item in several.items() {
                let Value::String(name) = item else { return Err(Denied::ClaimWrongType) };
                usable(name)?;
                last = name.as_plain();
                count = count.saturating_add(1);
                if count > MAX_AUDIENCES {
                    return Err(Denied::TooManyAudiences);
                }
            }
            match (count, last) {
                (0, _) => Err(Denied::ClaimWrongType),
                (1, Some(one)) => Ok(Audience::One(one)),
                _ => Ok(Audience::Several(several.text())),
            }
        }
        _ => Err(Denied::ClaimWrongType),
    }
}

/// The checks of [`text`] for a string that is compared where it stands.
fn usable(string: Str<'_>) -> Result<(), Denied> {
    if string.as_plain().is_some() {
        return Ok(());
    }
    for character in string.chars() {
        match character {
            Ok('\0') => return Err(Denied::NulCharacter),
            Ok(_) => {}
            Err(error) => return Err(denied(error, Denied::TooManyClaims)),
        }
    }
    Ok(())
}

/// Only spellings are resolved here; whether the claim matters, and which form it may have, the policy says.
fn scope_value<'s>(value: Value<'s>, scratch: &mut Text<'s>) -> Result<ScopeValue<&'s str>, Denied> {
    Ok(match value {
        Value::String(words) => ScopeValue::Words(text(words, scratch)?),
        Value::Array(list) => ScopeValue::List(scope::list_without_escapes(list, scratch)?),
        _ => ScopeValue::Other,
    })
}
