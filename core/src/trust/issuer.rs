//! An issuer whose tokens a product accepts.

use super::{
    profile::{KindRule, Profile, TokenType, Tolerated},
    section::Section,
};
use crate::{
    PolicyError,
    ground::words::Words,
    meaning::{
        claim_set::{ClaimSet, OptionalClaim},
        claims::Claims,
        header::KeyParameters,
        media_type,
    },
};

/// Values of the claim `typ` that other kinds of tokens have (Keycloak, and who copied it): never an access token, whatever
/// the profile.
const OTHER_KINDS: [&str; 4] = ["ID", "Refresh", "Offline", "Logout"];

/// An issuer whose tokens a product accepts, and how they look.
#[derive(Clone, Copy, Debug)]
pub struct Issuer<S> {
    pub(crate) name: S,
    pub(crate) label: Option<S>,
    pub(crate) profile: Profile,
    pub(crate) types: Types<S>,
    pub(crate) ignored: KeyParameters,
    pub(crate) tolerated: Tolerated,
    pub(crate) subject: SubjectForm,
}

/// How an issuer writes `sub`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubjectForm {
    /// A string (RFC 7519, section 4.1.2).
    String,
    /// A string, or a number without sign, fraction and exponent, whose digits are the subject.
    StringOrDigits,
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
        Ok(Self {
            name,
            label: None,
            profile,
            types: Types::OfProfile,
            ignored: KeyParameters::NONE,
            tolerated: Tolerated::Nothing,
            subject: SubjectForm::String,
        })
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
    /// [`PolicyError::EmptyList`] when no media type is named; what [`with_tolerated`](Self::with_tolerated) says.
    pub fn with_types(mut self, types: Types<S>) -> Result<Self, PolicyError> {
        if let Types::OneOf(list) = &types
            && Words::of(list.as_ref()).next().is_none()
        {
            return Err(PolicyError::EmptyList);
        }
        self.types = types;
        self.with_lawful_tolerance()
    }

    /// Ignores header parameters that bring a key or name one, instead of refusing the token. They are
    /// never followed.
    #[must_use]
    pub fn with_ignored(mut self, ignored: KeyParameters) -> Self {
        self.ignored = ignored;
        self
    }

    /// Tolerates a claim of other kinds of tokens.
    ///
    /// # Errors
    /// [`PolicyError::KindNotMarked`] when nothing else shows that its tokens are access tokens: neither `at+jwt`, as the only
    /// value of `typ`, nor a claim that its profile asks for. [`PolicyError::ToleranceIdle`] when `typ` alone tells, so that
    /// such claims are not looked for.
    pub fn with_tolerated(mut self, tolerated: Tolerated) -> Result<Self, PolicyError> {
        self.tolerated = tolerated;
        self.with_lawful_tolerance()
    }

    fn with_lawful_tolerance(self) -> Result<Self, PolicyError> {
        match self.tolerated {
            Tolerated::Nothing => Ok(self),
            Tolerated::Nonce if !self.marks_access_tokens() => Err(PolicyError::KindNotMarked),
            Tolerated::Nonce if self.kind_rule() == KindRule::TypeTells => Err(PolicyError::ToleranceIdle),
            Tolerated::Nonce => Ok(self),
        }
    }

    /// Takes subjects in this form.
    #[must_use]
    pub fn with_subject_form(mut self, form: SubjectForm) -> Self {
        self.subject = form;
        self
    }

    /// The exact value of `iss`.
    pub fn name(&self) -> &str {
        self.name.as_ref()
    }

    /// The section of the ring that has its keys.
    pub fn section(&self) -> Section<'_> {
        Section { label: self.label(), issuer: self.name() }
    }

    pub(crate) fn label(&self) -> &str {
        self.label.as_ref().unwrap_or(&self.name).as_ref()
    }

    /// Whether the claims may be those of an access token.
    pub(crate) fn accepts_kind(&self, claims: &Claims<&str>) -> bool {
        let names_another = claims.kind.typ.is_some_and(|typ| OTHER_KINDS.contains(&typ));
        !names_another && self.kind_rule().allows(claims, self.tolerated)
    }

    /// The profile's rule, or that of claims alone where the profile's `typ` was widened.
    fn kind_rule(&self) -> KindRule {
        match self.profile.kind {
            KindRule::TypeTells if !matches!(self.types, Types::OfProfile) && !self.type_tells() => {
                KindRule::NoForeignClaims
            }
            kind => kind,
        }
    }

    /// The claims that its tokens are told by.
    pub(crate) fn asked_for(&self) -> ClaimSet {
        let own = self.profile.asked_for();
        match self.subject {
            SubjectForm::String => own.with(OptionalClaim::Subject),
            SubjectForm::StringOrDigits => own,
        }
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
