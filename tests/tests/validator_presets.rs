//! Each provider's access token is granted under its preset; its other tokens are refused, and by what.
//!
//! The tokens have the members that the providers send (requirements, section 7), with our audience and scope.

use jotgate_core::{Client, ClientRule, Denied, Issuer, Policy, PolicyError, Profile, ScopeRule, Types};
use jotgate_tests::forge::{AUDIENCE, Fixture, Key, NOW, Token, compact};
use serde_json::{Value, json};

/// A provider: the name of its preset, its issuer, and its tokens with what becomes of each.
struct Provider {
    preset: &'static str,
    issuer: &'static str,
    tokens: Vec<Case>,
}

/// What a token is, its header's `typ`, its claims besides the dates, and the answer.
type Case = (&'static str, Option<&'static str>, Value, Option<Denied>);

const PORTAL: &str = "portal";

fn key() -> Key {
    Key::es256("UKQ2i7Yc/+r=", 1)
}

fn providers() -> Vec<Provider> {
    vec![rfc9068(), keycloak(), auth0(), okta(), entra_v1(), entra_v2(), cognito(), generic()]
}

fn rfc9068() -> Provider {
    let access = json!({"sub": "u", "aud": AUDIENCE, "jti": "1", "client_id": PORTAL, "scope": "sim-swap"});
    let id = json!({"sub": "u", "aud": PORTAL, "nonce": "n"});
    Provider {
        preset: "rfc9068",
        issuer: "https://as.example",
        tokens: vec![
            ("access", Some("at+jwt"), access.clone(), None),
            ("access without typ", None, access.clone(), Some(Denied::WrongType)),
            ("ID", Some("JWT"), id, Some(Denied::WrongType)),
            ("refresh", Some("JWT"), access, Some(Denied::WrongType)),
        ],
    }
}

fn keycloak() -> Provider {
    let access = json!({
        "jti": "trrtcc:5e3a", "aud": [AUDIENCE, "account"], "sub": "f3b1", "typ": "Bearer", "azp": PORTAL,
        "sid": "s", "acr": "1", "auth_time": NOW, "allowed-origins": ["https://portal.example"],
        "realm_access": {"roles": ["offline_access", "uma_authorization"]},
        "resource_access": {"account": {"roles": ["manage-account"]}},
        "scope": "openid sim-swap profile", "email_verified": false, "preferred_username": "ana",
    });
    let of_typ = |typ: &str| with(&access, "typ", json!(typ));
    let id = json!({
        "jti": "1", "aud": PORTAL, "sub": "f3b1", "typ": "ID", "azp": PORTAL, "sid": "s", "at_hash": "h", "acr": "1",
    });
    Provider {
        preset: "keycloak",
        issuer: "https://kc.example/realms/telco",
        tokens: vec![
            ("access", Some("JWT"), access.clone(), None),
            ("access, typ switched on", Some("at+jwt"), access.clone(), None),
            ("service account", Some("JWT"), with(&access, "client_id", json!(PORTAL)), None),
            ("lightweight: no subject", Some("JWT"), without(&access, "sub"), None),
            ("no audience mapper", Some("JWT"), without(&access, "aud"), Some(Denied::AudienceMissing)),
            (
                "only for the account",
                Some("JWT"),
                with(&access, "aud", json!("account")),
                Some(Denied::WrongAudience),
            ),
            ("no claim typ", Some("JWT"), without(&access, "typ"), Some(Denied::WrongKind)),
            ("ID", Some("JWT"), id, Some(Denied::WrongKind)),
            ("refresh", Some("JWT"), of_typ("Refresh"), Some(Denied::WrongKind)),
            ("offline", Some("JWT"), of_typ("Offline"), Some(Denied::WrongKind)),
            ("logout", Some("logout+jwt"), of_typ("Logout"), Some(Denied::WrongType)),
            ("logout, typ JWT", Some("JWT"), of_typ("Logout"), Some(Denied::WrongKind)),
            ("DPoP without a binding", Some("JWT"), of_typ("DPoP"), Some(Denied::WrongKind)),
            (
                "DPoP",
                Some("JWT"),
                with(&of_typ("DPoP"), "cnf", json!({"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"})),
                Some(Denied::BindingNotProven),
            ),
        ],
    }
}

fn auth0() -> Provider {
    let access = json!({
        "sub": "auth0|5f", "aud": [AUDIENCE, "https://tenant.eu.auth0.com/userinfo"], "azp": PORTAL,
        "scope": "openid sim-swap",
    });
    let machine = json!({
        "sub": "portal@clients", "aud": AUDIENCE, "azp": PORTAL, "scope": "sim-swap", "gty": "client-credentials",
    });
    let rfc =
        json!({"sub": "auth0|5f", "aud": AUDIENCE, "client_id": PORTAL, "jti": "1", "scope": "sim-swap"});
    let id = json!({"sub": "auth0|5f", "aud": PORTAL, "nickname": "ana", "sid": "s"});
    Provider {
        preset: "auth0",
        issuer: "https://tenant.eu.auth0.com/",
        tokens: vec![
            ("access", Some("JWT"), access, None),
            ("machine to machine", Some("JWT"), machine, None),
            ("access, rfc9068_profile", Some("at+jwt"), rfc, None),
            ("ID", Some("JWT"), with(&id, "nonce", json!("n")), Some(Denied::WrongKind)),
            ("ID without nonce", Some("JWT"), id, Some(Denied::WrongKind)),
            (
                "ID with neither",
                Some("JWT"),
                json!({"sub": "auth0|5f", "aud": PORTAL}),
                Some(Denied::WrongAudience),
            ),
        ],
    }
}

fn okta() -> Provider {
    let access = json!({
        "ver": 1, "jti": "AT.0mP4", "aud": AUDIENCE, "cid": PORTAL, "uid": "00u1", "scp": ["openid", "sim-swap"],
        "auth_time": NOW, "sub": "ana@example.com",
    });
    let id = json!({
        "ver": 1, "jti": "ID.0mP4", "aud": PORTAL, "sub": "00u1", "idp": "00o1", "amr": ["pwd"], "auth_time": NOW,
    });
    Provider {
        preset: "okta",
        issuer: "https://dev.okta.example/oauth2/default",
        tokens: vec![
            ("access", None, access.clone(), None),
            ("access of the org server", Some("application/okta-internal-at+jwt"), access.clone(), None),
            ("ID", None, with(&id, "nonce", json!("n")), Some(Denied::WrongKind)),
            ("ID, at_hash", None, with(&id, "at_hash", json!("h")), Some(Denied::WrongKind)),
            ("ID with neither", None, id.clone(), Some(Denied::WrongAudience)),
            ("ID for the API itself", None, with(&id, "aud", json!(AUDIENCE)), Some(Denied::ClientMissing)),
            (
                "scopes in a string",
                None,
                with(&access, "scp", json!("sim-swap")),
                Some(Denied::ClaimWrongType),
            ),
        ],
    }
}

fn entra_v1() -> Provider {
    let access = json!({
        "aud": AUDIENCE, "acr": "1", "aio": "A", "amr": ["pwd"], "appid": PORTAL, "appidacr": "0", "oid": "o",
        "rh": "r", "scp": "sim-swap User.Read", "sub": "s", "tid": "t", "uti": "u", "ver": "1.0",
    });
    let mut application = with(&access, "roles", json!(["sim-swap"]));
    application.as_object_mut().unwrap().remove("scp").unwrap();
    Provider {
        preset: "entra",
        issuer: "https://sts.windows.net/8d1f/",
        tokens: vec![
            ("access", Some("JWT"), access, None),
            ("application: roles are not scopes", Some("JWT"), application, Some(Denied::ScopeMissing)),
        ],
    }
}

fn entra_v2() -> Provider {
    let access = json!({
        "aud": AUDIENCE, "nbf": NOW, "aio": "A", "azp": PORTAL, "azpacr": "1", "name": "Ana", "oid": "o", "rh": "r",
        "scp": "sim-swap", "sub": "s", "tid": "t", "uti": "u", "ver": "2.0",
    });
    let id = json!({"aud": PORTAL, "nbf": NOW, "oid": "o", "rh": "r", "sub": "s", "tid": "t", "uti": "u", "ver": "2.0"});
    Provider {
        preset: "entra",
        issuer: "https://login.microsoftonline.com/8d1f/v2.0",
        tokens: vec![
            ("access", Some("JWT"), access, None),
            ("ID", Some("JWT"), with(&id, "nonce", json!("n")), Some(Denied::WrongKind)),
            ("ID without nonce", Some("JWT"), id.clone(), Some(Denied::WrongAudience)),
            (
                "ID for the API itself",
                Some("JWT"),
                with(&id, "aud", json!(AUDIENCE)),
                Some(Denied::ClientMissing),
            ),
        ],
    }
}

fn cognito() -> Provider {
    let access = json!({
        "sub": "u", "cognito:groups": ["eu"], "version": 2, "client_id": PORTAL, "origin_jti": "o", "event_id": "e",
        "token_use": "access", "scope": "aws.cognito.signin.user.admin sim-swap", "auth_time": NOW, "jti": "1",
        "username": "ana",
    });
    let id = json!({
        "sub": "u", "aud": PORTAL, "cognito:username": "ana", "token_use": "id", "auth_time": NOW, "jti": "1",
    });
    Provider {
        preset: "cognito",
        issuer: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool",
        tokens: vec![
            ("access", None, access.clone(), None),
            ("access for a resource", None, with(&access, "aud", json!("x")), None),
            (
                "access of another app of the pool",
                None,
                with(&access, "client_id", json!("other")),
                Some(Denied::ClientNotAllowed),
            ),
            ("access of two apps", None, with(&access, "azp", json!("other")), Some(Denied::ClientsDisagree)),
            ("access of no app", None, without(&access, "client_id"), Some(Denied::ClientMissing)),
            ("ID", None, with(&id, "at_hash", json!("h")), Some(Denied::WrongKind)),
            ("ID without hash", None, id, Some(Denied::WrongKind)),
            ("token_use missing", None, without(&access, "token_use"), Some(Denied::WrongKind)),
        ],
    }
}

fn without(claims: &Value, name: &str) -> Value {
    let mut claims = claims.clone();
    claims.as_object_mut().unwrap().remove(name).unwrap();
    claims
}

/// VYou: access and refresh tokens have one `typ` and one key, and nothing that tells them apart is known.
fn generic() -> Provider {
    let access = json!({"sub": "u", "aud": AUDIENCE, "azp": PORTAL, "scope": "read sim-swap"});
    let id = json!({"sub": "u", "aud": PORTAL, "nonce": "n"});
    Provider {
        preset: "generic-jwt",
        issuer: "https://any.example",
        tokens: vec![
            ("access", Some("JWT"), access.clone(), None),
            ("access without typ", None, access.clone(), None),
            ("scopes in a list", Some("at+jwt"), with(&access, "scope", json!(["sim-swap"])), None),
            ("ID", None, id, Some(Denied::WrongKind)),
            ("security event", Some("JWT"), with(&access, "events", json!({})), Some(Denied::WrongKind)),
            ("logout", Some("logout+jwt"), access.clone(), Some(Denied::WrongType)),
            ("session without scope", None, json!({"aud": AUDIENCE, "sid": "s"}), Some(Denied::WrongKind)),
            (
                "refresh for the issuer",
                Some("JWT"),
                with(&access, "aud", json!("https://any.example")),
                Some(Denied::WrongAudience),
            ),
            ("refresh that says nothing", Some("JWT"), access, None),
        ],
    }
}

fn with(claims: &Value, name: &str, value: Value) -> Value {
    let mut claims = claims.clone();
    claims[name] = value;
    claims
}

#[test]
fn every_token_gets_its_answer() {
    for provider in providers() {
        let fixture = Fixture::of(&[(provider.issuer, &[&key()])]);
        let profile = Profile::preset(provider.preset).unwrap();
        let fixture = match provider.preset {
            "cognito" => fixture.by_client(profile, &[Client { id: PORTAL, group: "" }]),
            _ => fixture.profile(profile),
        };
        fixture.answers(provider.tokens.into_iter().map(|(what, typ, claims, expected)| {
            let dated = [("iss", json!(provider.issuer)), ("iat", json!(NOW)), ("exp", json!(NOW + 300))];
            let claims = dated.into_iter().fold(claims, |claims, (name, value)| with(&claims, name, value));
            let mut token = Token::good(&key()).without_header("typ").with_claims(claims);
            if let Some(typ) = typ {
                token = token.header("typ", typ);
            }
            // As Keycloak spells its header.
            let header = token.header_text().replace("\":", "\" : ");
            (format!("{} {what}", provider.preset), token.sign_header(header), expected)
        }));
    }
}

#[test]
fn every_preset_has_a_provider() {
    for (preset, _) in Profile::PRESETS {
        assert!(providers().iter().any(|provider| provider.preset == preset), "{preset}");
    }
    assert!(Profile::preset("RFC9068").is_none() && Profile::preset("").is_none());
}

/// Who stands behind a token, as each preset reads it.
#[test]
fn users_and_clients() {
    for (preset, claims, expected) in [
        ("rfc9068", json!({}), (Some("client-1"), true)),
        ("rfc9068", json!({"sub": "client-1"}), (Some("client-1"), false)),
        ("keycloak", json!({"azp": "client-1", "typ": "Bearer"}), (Some("client-1"), false)),
        ("keycloak", json!({"azp": "a", "client_id": null, "typ": "Bearer"}), (Some("a"), true)),
        ("auth0", json!({"sub": "client-1@clients"}), (Some("client-1"), false)),
        ("auth0", json!({"sub": "x@clients"}), (Some("client-1"), true)),
        ("entra", json!({"azp": "a", "client_id": null, "scp": "sim-swap"}), (Some("a"), true)),
        ("generic-jwt", json!({"sub": null}), (Some("client-1"), false)),
        ("generic-jwt", json!({"client_id": null}), (None, true)),
    ] {
        let key = Key::es256("es-1", 1);
        let fixture = Fixture::new(&[&key]).profile(Profile::preset(preset).unwrap());
        let mut token = Token::good(&key);
        // A null takes the claim away.
        for (name, value) in claims.as_object().unwrap() {
            token = if value.is_null() { token.without(name) } else { token.claim(name, value.clone()) };
        }
        let token = if preset == "rfc9068" { token } else { token.header("typ", "JWT") };
        let read = fixture.grant(token.sign(), |grant| (grant.client().map(str::to_owned), grant.has_user()));
        assert_eq!(read, Ok((expected.0.map(str::to_owned), expected.1)), "{preset} {claims}");
    }
}

/// Refresh tokens of Auth0, Okta and Entra are opaque; Cognito's are encrypted.
#[test]
fn refresh_tokens_that_are_no_jws() {
    let fixture = Fixture::new(&[&key()]);
    assert_eq!(fixture.denied("v1.MRjVQ8Y5sC0nS3b"), Some(Denied::NotJwt));
    assert_eq!(fixture.denied("0.AXQAjR8d.AgABAAEAAAD"), Some(Denied::NotBase64url));
    let encrypted = compact(r#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#, "k", "i") + ".AA.AA";
    assert_eq!(fixture.denied(encrypted), Some(Denied::EncryptedToken));
}

/// A product that names an audience would be open to every client of the issuer.
#[test]
fn audience_of_tokens_that_need_not_have_one() {
    let clients = &[Client { id: PORTAL, group: "" }];
    for (preset, profile) in Profile::PRESETS {
        let issuers = [Issuer::new("i", Profile::RFC9068).unwrap(), Issuer::new("j", profile).unwrap()];
        let policy = Policy::new(&issuers, &[AUDIENCE], ScopeRule::NotChecked);
        let listing = policy.and_then(|policy| policy.with_clients(ClientRule::OneOf(clients)));
        let expected = (preset == "cognito").then_some(PolicyError::AudienceNotRequired);
        assert_eq!((policy.err(), listing.err()), (expected, expected), "{preset}");
    }
}

/// What other kinds of tokens have as well shows nothing.
#[test]
fn by_client_only_what_shows_to_be_an_access_token() {
    let clients = &[Client { id: PORTAL, group: "" }];
    for (preset, profile) in Profile::PRESETS {
        for (types, typ_tells) in [
            (Types::OfProfile, preset == "rfc9068"),
            (Types::Any, false),
            (Types::OneOf("JWT"), false),
            (Types::OneOf("at+jwt JWT"), false),
            (Types::OneOf("at+jwt"), true),
            (Types::OneOf("application/at+jwt AT+JWT"), true),
        ] {
            let issuers = [Issuer::new("i", profile).unwrap().with_types(types).unwrap()];
            let built = Policy::by_client(&issuers, clients, ScopeRule::NotChecked).err();
            let marked = typ_tells || ["keycloak", "cognito"].contains(&preset);
            assert_eq!(built, (!marked).then_some(PolicyError::KindNotMarked), "{preset} {types:?}");
        }
    }
    let issuers = [Issuer::new("i", Profile::COGNITO).unwrap()];
    let by = |clients| Policy::by_client(&issuers, clients, ScopeRule::NotChecked);
    assert_eq!(by(&[]).err(), Some(PolicyError::EmptyList));
    assert_eq!(by(&[Client { id: "", group: "" }]).err(), Some(PolicyError::EmptyName));
    let policy = by(clients).unwrap();
    assert_eq!(policy.with_clients(ClientRule::AnyClient).err(), Some(PolicyError::ClientsNotListed));
    let nobody = Policy::<&str>::by_client(&[], clients, ScopeRule::NotChecked);
    assert_eq!(nobody.err(), Some(PolicyError::EmptyList));
}
