//! The rule about CAMARA's purpose.

use super::policy::{Policy, not_empty};
use crate::{
    Denied, PolicyError,
    meaning::{
        claims::Claims,
        scope::{PURPOSE_PREFIX, Purpose, Scopes, is_purpose_name},
    },
};
use core::fmt;

/// For what purpose personal data may be asked for (CAMARA).
#[derive(Clone, Copy, Debug)]
pub enum PurposeRule<'p, S> {
    /// No purpose is asked for.
    NotChecked,
    /// Exactly one purpose, one of these names of the Data Privacy Vocabulary (without `dpv:`), written in
    /// this form.
    OneOf(&'p [S], PurposeForm),
}

/// How an issuer writes the purpose into its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PurposeForm {
    /// `dpv:Name` among the scopes: CAMARA since 2024.
    Scope,
    /// `dpv:Name#scope` among the scopes; what stands behind `#` counts as a scope: CAMARA 0.1.
    ScopeWithTarget,
    /// The claim `purpose`, as `dpv:Name` or `dpv:Name#scope`.
    Claim,
}

impl<'p, S: AsRef<str>> Policy<'p, S> {
    /// Demands a purpose.
    ///
    /// # Errors
    /// [`PolicyError::EmptyList`], [`PolicyError::PurposeMalformed`].
    pub fn with_purpose(mut self, purpose: PurposeRule<'p, S>) -> Result<Self, PolicyError> {
        self.purpose = match purpose {
            PurposeRule::NotChecked => None,
            PurposeRule::OneOf(names, form) => {
                not_empty(names)?;
                if !names.iter().all(|name| is_purpose_name(name.as_ref())) {
                    return Err(PolicyError::PurposeMalformed);
                }
                Some(PurposeDemand { names, form, read })
            }
        };
        Ok(self)
    }
}

/// A rule that asks for a purpose. Made by [`Policy::with_purpose`] alone, which brings the code along, so that a program
/// whose policies have no such rule holds none.
#[derive(Clone, Copy)]
pub(crate) struct PurposeDemand<'p, S> {
    pub(crate) names: &'p [S],
    pub(crate) form: PurposeForm,
    read: Read,
}

type Read = for<'s> fn(
    PurposeForm,
    &Claims<&'s str>,
    &Result<Scopes<'s>, Denied>,
) -> Result<Option<Purpose<'s>>, Denied>;

impl<S: fmt::Debug> fmt::Debug for PurposeDemand<'_, S> {
    /// The rule, without where its code lies.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OneOf").field(&self.names).field(&self.form).finish()
    }
}

impl<S: AsRef<str>> PurposeDemand<'_, S> {
    /// The one purpose of the token, if it has one.
    pub(crate) fn read<'s>(
        &self,
        claims: &Claims<&'s str>,
        scopes: &Result<Scopes<'s>, Denied>,
    ) -> Result<Option<Purpose<'s>>, Denied> {
        (self.read)(self.form, claims, scopes)
    }
}

fn read<'s>(
    form: PurposeForm,
    claims: &Claims<&'s str>,
    scopes: &Result<Scopes<'s>, Denied>,
) -> Result<Option<Purpose<'s>>, Denied> {
    let text = match form {
        PurposeForm::Claim => claims.purpose,
        PurposeForm::Scope | PurposeForm::ScopeWithTarget => {
            let mut all = scopes.clone()?.filter(|scope| scope.starts_with(PURPOSE_PREFIX));
            let first = all.next();
            if all.next().is_some() {
                return Err(Denied::PurposeAmbiguous);
            }
            // Scopes that were read have no escapes left.
            first.map(|scope| scope.as_plain().ok_or(Denied::PurposeMalformed)).transpose()?
        }
    };
    let Some(text) = text else { return Ok(None) };
    let purpose = Purpose::read(text).ok_or(Denied::PurposeMalformed)?;
    let fits = match form {
        PurposeForm::Scope => purpose.target().is_none(),
        PurposeForm::ScopeWithTarget => purpose.target().is_some(),
        PurposeForm::Claim => true,
    };
    if fits { Ok(Some(purpose)) } else { Err(Denied::PurposeMalformed) }
}
