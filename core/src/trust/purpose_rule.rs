//! The rule about CAMARA's purpose.

use super::names::not_empty;
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

/// A rule that asks for a purpose. The function pointer is set only in [`of`](Self::of), so the linker drops the code in
/// programs that never call it.
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
    /// Omits the function pointer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OneOf").field(&self.names).field(&self.form).finish()
    }
}

impl<'p, S: AsRef<str>> PurposeDemand<'p, S> {
    /// Nothing when no purpose is asked for.
    ///
    /// # Errors
    /// [`PolicyError::EmptyList`], [`PolicyError::EmptyName`], [`PolicyError::PurposeMalformed`].
    pub(crate) fn of(rule: PurposeRule<'p, S>) -> Result<Option<Self>, PolicyError> {
        let PurposeRule::OneOf(names, form) = rule else { return Ok(None) };
        not_empty(names)?;
        if !names.iter().all(|name| is_purpose_name(name.as_ref())) {
            return Err(PolicyError::PurposeMalformed);
        }
        Ok(Some(Self { names, form, read }))
    }

    /// Whether it is the claim `purpose` that is read.
    pub(crate) fn reads_claim(&self) -> bool {
        self.form == PurposeForm::Claim
    }

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
