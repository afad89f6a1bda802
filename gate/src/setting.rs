//! The settings of a policy file: of each its name, and where it stands in the table of a product and in the defaults.

use crate::{defaults::DefaultsTable, product::ProductTable};
use std::{fmt, ops::Range};
use toml::Spanned;

/// A table of `T`s in which a setting may stand: finds its place, if it is written there.
type In<T> = Option<fn(&T) -> Option<Range<usize>>>;

/// What is known of a setting.
struct Row {
    name: &'static str,
    in_product: In<ProductTable>,
    in_defaults: In<DefaultsTable>,
}

/// Makes the enumeration of rows: name in the file; in the table of a product; in the defaults.
macro_rules! settings {
    ($($(#[$doc:meta])* $setting:ident = $name:literal, $in_product:expr, $in_defaults:expr;)+) => {
        /// A setting of the policy file: a key of `[products.NAME]`, of `[defaults]`, or of both.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Setting {
            $($(#[$doc])* $setting,)+
        }

        impl Setting {
            /// Every setting.
            pub const ALL: &[Self] = &[$(Self::$setting),+];

            const fn row(self) -> Row {
                match self {
                    $(Self::$setting => {
                        Row { name: $name, in_product: $in_product, in_defaults: $in_defaults }
                    })+
                }
            }
        }
    };
}

settings! {
    /// The issuers that are accepted.
    Issuers = "issuers", Some(|product| product.issuers.place()), None;
    /// For whom the token must be.
    Audience = "audience", Some(|product| product.audience.place()), None;
    /// The scopes that the token must have.
    Scopes = "scopes", Some(|product| product.scopes.place()), None;
    /// Whether tokens are looked up in a revocation list.
    Revocation = "revocation", Some(|product| product.revocation.place()), None;
    /// How old the revocation list may be, seconds.
    RevocationMaxAge = "revocation_max_age", Some(|product| product.revocation_max_age.place()), None;
    /// For how long an older revocation list is still used, seconds.
    RevocationStaleFor = "revocation_stale_for", Some(|product| product.revocation_stale_for.place()), None;
    /// Whether the revocation list must say how many entries it has.
    RevocationCount = "revocation_count", Some(|product| product.revocation_count.place()), None;
    /// Whether the status that tokens refer to is looked up.
    StatusList = "status_list", Some(|product| product.status_list.place()), None;
    /// How old a status list may be, seconds.
    StatusListMaxAge = "status_list_max_age", Some(|product| product.status_list_max_age.place()), None;
    /// For how long an older status list is still used, seconds.
    StatusListStaleFor = "status_list_stale_for", Some(|product| product.status_list_stale_for.place()), None;
    /// Whether the authorization server is asked about each token.
    Introspection = "introspection", Some(|product| product.introspection.place()), None;
    /// What becomes of a token about which the authorization server does not answer.
    WhenUnanswered = "when_unanswered", Some(|product| product.when_unanswered.place()), None;
    /// The purposes, one of which the token must name.
    Purposes = "purposes", Some(|product| product.purposes.place()), None;
    /// How tokens write their purpose.
    PurposeForm = "purpose_form", Some(|product| product.purpose_form.place()), None;
    /// The clients that may use the product.
    Clients = "clients", Some(|product| product.clients.place()), None;
    /// The clients that may not use the product.
    BlockedClients = "blocked_clients", Some(|product| product.blocked_clients.place()), None;
    /// Whether the token must stand for a user.
    Legs = "legs", Some(|product| product.legs.place()), None;
    /// The values of `acr`, one of which the token must have.
    AcrValues = "acr_values", Some(|product| product.acr_values.place()), None;
    /// How long ago the user may have authenticated, seconds.
    MaxAuthenticationAge = "max_authentication_age", Some(|product| product.max_authentication_age.place()), None;
    /// By how much clocks may differ, seconds.
    Leeway = "leeway", Some(|product| product.leeway.place()), Some(|defaults| defaults.leeway.place());
    /// How long a token may live, seconds from `iat` to `exp`.
    MaxLifetime = "max_lifetime",
        Some(|product| product.max_lifetime.place()), Some(|defaults| defaults.max_lifetime.place());
    /// How long ago a token may have been issued, seconds.
    MaxAge = "max_age", Some(|product| product.max_age.place()), None;
    /// The claims that a token must have besides.
    RequiredClaims = "required_claims", Some(|product| product.required_claims.place()), None;
    /// What claims must say.
    Claims = "claims", Some(|product| product.claims.place()), None;
    /// Whether tokens must be bound to their sender.
    SenderBinding = "sender_binding", Some(|product| product.sender_binding.place()), None;
    /// The realm that challenges name.
    Realm = "realm", None, Some(|defaults| defaults.realm.place());
    /// The address of the resource's metadata, which challenges name.
    ResourceMetadata = "resource_metadata",
        Some(|product| product.resource_metadata.place()), Some(|defaults| defaults.resource_metadata.place());
    /// How refusals are answered.
    Dialect = "dialect", None, Some(|defaults| defaults.dialect.place());
    /// The earliest time that is believed, seconds since the Unix epoch.
    ClockFloor = "clock_floor", None, Some(|defaults| defaults.clock_floor.place());
    /// How long a token may be, bytes.
    MaxTokenLen = "max_token_len", None, Some(|defaults| defaults.max_token_len.place());
    /// The algorithms that DPoP proofs may be signed with.
    DpopAlgorithms = "dpop.algorithms",
        Some(|product| product.dpop.as_ref()?.algorithms.place()),
        Some(|defaults| defaults.dpop.as_ref()?.algorithms.place());
    /// How long ago a DPoP proof may have been made, seconds.
    DpopMaxAge = "dpop.max_age",
        Some(|product| product.dpop.as_ref()?.max_age.place()),
        Some(|defaults| defaults.dpop.as_ref()?.max_age.place());
    /// For how long a nonce in DPoP proofs is good, seconds.
    DpopNonceLife = "dpop.nonce_life",
        Some(|product| product.dpop.as_ref()?.nonce_life.place()),
        Some(|defaults| defaults.dpop.as_ref()?.nonce_life.place());
    /// The digests of the request that a DPoP proof must hold.
    DpopRequestDigests = "dpop.request_digests",
        Some(|product| product.dpop.as_ref()?.request_digests.place()),
        Some(|defaults| defaults.dpop.as_ref()?.request_digests.place());
    /// For how long used DPoP proofs are remembered.
    DpopReplayMemory = "dpop.replay_memory",
        Some(|product| product.dpop.as_ref()?.replay_memory.place()),
        Some(|defaults| defaults.dpop.as_ref()?.replay_memory.place());
}

impl Setting {
    /// Its key in the table of a product, or in that of the defaults.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// Where its value stands in the table of a product.
    pub(crate) fn in_product(self, product: &ProductTable) -> Option<Range<usize>> {
        self.row().in_product.and_then(|place| place(product))
    }

    /// Where its value stands in the table of the defaults.
    pub(crate) fn in_defaults(self, defaults: &DefaultsTable) -> Option<Range<usize>> {
        self.row().in_defaults.and_then(|place| place(defaults))
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A value of the file, or the place where it could have been.
trait Place {
    /// The bytes of the file that it takes, if it is there.
    fn place(&self) -> Option<Range<usize>>;
}

impl<T> Place for Spanned<T> {
    fn place(&self) -> Option<Range<usize>> {
        Some(self.span())
    }
}

impl<T> Place for Option<Spanned<T>> {
    fn place(&self) -> Option<Range<usize>> {
        self.as_ref().map(Spanned::span)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

    use super::Setting;
    use crate::{defaults::DefaultsTable, product::ProductTable};
    use serde::de::DeserializeOwned;
    use std::{collections::BTreeSet, ops::Range};

    /// A value for each setting; the values differ, so that each is found by itself.
    fn values() -> Vec<(Setting, String)> {
        let value = |(number, setting): (usize, &Setting)| {
            let value = match setting {
                Setting::Issuers
                | Setting::Audience
                | Setting::Scopes
                | Setting::Purposes
                | Setting::Clients
                | Setting::BlockedClients
                | Setting::AcrValues
                | Setting::RequiredClaims
                | Setting::DpopAlgorithms => format!("['{number}']"),
                Setting::Revocation
                | Setting::RevocationCount
                | Setting::StatusList
                | Setting::Introspection
                | Setting::WhenUnanswered
                | Setting::PurposeForm
                | Setting::Legs
                | Setting::SenderBinding
                | Setting::Realm
                | Setting::ResourceMetadata
                | Setting::Dialect
                | Setting::DpopRequestDigests
                | Setting::DpopReplayMemory => format!("'{number}'"),
                Setting::Claims => "[{ claim = 'x', present = true }]".to_owned(),
                Setting::RevocationMaxAge
                | Setting::RevocationStaleFor
                | Setting::StatusListMaxAge
                | Setting::StatusListStaleFor
                | Setting::MaxAuthenticationAge
                | Setting::Leeway
                | Setting::MaxLifetime
                | Setting::MaxAge
                | Setting::ClockFloor
                | Setting::MaxTokenLen
                | Setting::DpopMaxAge
                | Setting::DpopNonceLife => format!("1{number:03}"),
            };
            (*setting, value)
        };
        Setting::ALL.iter().enumerate().map(value).collect()
    }

    /// Writes a table of these settings, reads it, and wants each where it was written.
    fn stand_where_written<T: DeserializeOwned>(
        has: impl Fn(Setting) -> bool,
        place: impl Fn(Setting, &T) -> Option<Range<usize>>,
    ) {
        let values = values();
        let written = values.iter().filter(|(setting, _)| has(*setting));
        let text: String = written.map(|(setting, value)| format!("{setting} = {value}\n")).collect();
        let table: T = toml::from_str(&text).expect("every key is known");
        for (setting, value) in &values {
            let found = place(*setting, &table).map(|span| &text[span]);
            assert_eq!(found, has(*setting).then_some(value.as_str()), "{setting}");
        }
    }

    #[test]
    fn each_setting_stands_where_it_is_written() {
        let in_product = |setting: Setting| setting.row().in_product.is_some();
        let in_defaults = |setting: Setting| setting.row().in_defaults.is_some();
        stand_where_written::<ProductTable>(in_product, Setting::in_product);
        stand_where_written::<DefaultsTable>(in_defaults, Setting::in_defaults);
        assert!(Setting::ALL.iter().all(|setting| in_product(*setting) || in_defaults(*setting)));
    }

    #[test]
    fn names_differ() {
        let names: BTreeSet<&str> = Setting::ALL.iter().map(|setting| setting.name()).collect();
        assert_eq!(names.len(), Setting::ALL.len());
    }
}
