//! An issuer whose tokens a product accepts.

use super::{
    profile::{KindRule, Profile, TokenType},
    section::Section,
};
use crate::{
    PolicyError,
    ground::words::Words,
    meaning::{claims::Claims, header::KeyParameters, media_type},
};

/// An issuer whose tokens a product accepts, and how they look.
#[derive(Clone, Copy, Debug)]
pub struct Issuer<S> {
    pub(crate) name: S,
    pub(crate) label: Option<S>,
    pub(crate) profile: Profile,
    pub(crate) types: Types<S>,
    pub(crate) ignored: KeyParameters,
}

/// Which values of the header's `typ` an issuer's access tokens have.
#[derive(Clone, Copy, Debug)]
pub enum Types<S> {
    /// Those of the profile.
    OfProfile,
    /// One of these media types, separated by spaces; a token without `typ` has none of them.
    OneOf(S),
    /// Whatever stands there, or nothing: other kinds of tokens are then told by their claims alone.
    Any,
}

impl<S: AsRef<str>> Issuer<S> {
    /// An issuer by the exact value of `iss`.
    ///
    /// # Errors
    /// [`PolicyError::EmptyName`].
    pub fn new(name: S, profile: Profile) -> Result<Self, PolicyError> {
        if name.as_ref().is_empty() {
            return Err(PolicyError::EmptyName);
        }
        Ok(Self { name, label: None, profile, types: Types::OfProfile, ignored: KeyParameters::NONE })
    }

    /// Takes the keys of the ring's section of this label, instead of the one that is called as the issuer.
    ///
    /// # Errors
    /// [`PolicyError::EmptyName`].
    pub fn with_section(mut self, label: S) -> Result<Self, PolicyError> {
        if label.as_ref().is_empty() {
            return Err(PolicyError::EmptyName);
        }
        self.label = Some(label);
        Ok(self)
    }

    /// Accepts other values of `typ` than the profile's.
    ///
    /// # Errors
    /// [`PolicyError::EmptyList`] when no media type is named.
    pub fn with_types(mut self, types: Types<S>) -> Result<Self, PolicyError> {
        if let Types::OneOf(list) = &types
            && Words::of(list.as_ref()).next().is_none()
        {
            return Err(PolicyError::EmptyList);
        }
        self.types = types;
        Ok(self)
    }

    /// Ignores header parameters that bring a key or name one, instead of refusing the token. They are
    /// never followed.
    #[must_use]
    pub fn with_ignored(mut self, ignored: KeyParameters) -> Self {
        self.ignored = ignored;
        self
    }

    /// The exact value of `iss`.
    pub fn name(&self) -> &str {
        self.name.as_ref()
    }

    /// The section of the ring that has its keys.
    pub fn section(&self) -> Section<'_> {
        let issuer = self.name();
        Section { label: self.label.as_ref().map_or(issuer, AsRef::as_ref), issuer }
    }

    /// Whether the claims may be those of an access token.
    pub(crate) fn accepts_kind(&self, claims: &Claims<&str>) -> bool {
        let kind = match self.profile.kind {
            KindRule::TypeTells if !matches!(self.types, Types::OfProfile) && !self.type_tells() => {
                KindRule::NoForeignClaims
            }
            kind => kind,
        };
        kind.allows(claims)
    }

    /// Whether something that other kinds of tokens do not have shows each token to be an access token.
    pub(crate) fn marks_access_tokens(&self) -> bool {
        self.profile.kind.asks_for_mark() || self.type_tells()
    }

    /// Whether no other value of `typ` is accepted than that of access tokens.
    fn type_tells(&self) -> bool {
        match &self.types {
            Types::Any => false,
            Types::OneOf(list) => Words::of(list.as_ref()).all(TokenType::is_of_access_tokens),
            Types::OfProfile => self
                .profile
                .types
                .iter()
                .all(|typ| matches!(typ, TokenType::Named(typ) if TokenType::is_of_access_tokens(typ))),
        }
    }

    pub(crate) fn accepts_type(&self, typ: Option<&str>) -> bool {
        match &self.types {
            Types::Any => true,
            Types::OneOf(list) => {
                typ.is_some_and(|typ| Words::of(list.as_ref()).any(|own| media_type::same(own, typ)))
            }
            Types::OfProfile => self.profile.types.iter().any(|own| match (own, typ) {
                (TokenType::Absent, None) => true,
                (TokenType::Named(own), Some(typ)) => media_type::same(own, typ),
                _ => false,
            }),
        }
    }
}
