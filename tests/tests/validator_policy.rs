//! What each setting of a policy demands, at its edges.

use jotgate_core::{
    Client, ClientClaim, ClientClaims, ClientRule, DEFAULT_CLOCK_FLOOR, Denied, Issuer, Legs, MAX_LEEWAY,
    Now, Policy, PolicyError, Profile, PurposeForm, PurposeRule, ScopeClaim, ScopeForm, ScopeRule, StepUp,
    Types, UnixSeconds, Within,
};
use jotgate_tests::forge::{AUDIENCE, Fixture, ISSUER, NOW, Token, claim, fixture, good};
use serde_json::json;

#[test]
fn types_of_the_issuer() {
    let typed = |types: Types<&'static str>| fixture().issuer(|issuer| issuer.with_types(types).unwrap());
    let answers = |fixture: &Fixture| {
        let of = |typ: &str| fixture.denied(good().header("typ", typ).sign()).is_none();
        let absent = fixture.denied(good().without_header("typ").sign()).is_none();
        [of("at+jwt"), of("JWT"), of("application/JWT"), of("x+jwt"), absent]
    };
    for (types, expected) in [
        (Types::OfProfile, [true, false, false, false, false]),
        (Types::OneOf("JWT"), [false, true, true, false, false]),
        (Types::OneOf("JWT  application/x+jwt"), [false, true, true, true, false]),
        (Types::Any, [true; 5]),
    ] {
        assert_eq!(answers(&typed(types)), expected, "{types:?}");
    }
    for list in ["", " "] {
        let refused = Issuer::new(ISSUER, Profile::RFC9068).unwrap().with_types(Types::OneOf(list));
        assert_eq!(refused.err(), Some(PolicyError::EmptyList));
    }
}

/// Where `typ` may be that of other kinds of tokens, the claims tell them apart.
#[test]
fn widened_types_leave_it_to_the_claims() {
    let typed = |types: Types<&'static str>| fixture().issuer(|issuer| issuer.with_types(types).unwrap());
    for (types, typ, expected) in [
        (Types::OfProfile, "at+jwt", None),
        (Types::OneOf("at+jwt"), "at+jwt", None),
        (Types::OneOf("application/at+jwt AT+JWT"), "at+jwt", None),
        (Types::OneOf("at+jwt JWT"), "at+jwt", Some(Denied::WrongKind)),
        (Types::OneOf("JWT"), "JWT", Some(Denied::WrongKind)),
        (Types::Any, "JWT", Some(Denied::WrongKind)),
    ] {
        for name in ["nonce", "at_hash", "events"] {
            let token = good().header("typ", typ).claim(name, "x").sign();
            assert_eq!(typed(types).denied(token), expected, "{types:?} {name}");
        }
        assert_eq!(typed(types).denied(good().header("typ", typ).sign()), None, "{types:?}");
    }
}

#[test]
fn leeway_at_its_edges() {
    for leeway in [0, 1, 60, MAX_LEEWAY] {
        let fixture = fixture().policy(|policy| policy.with_leeway(leeway).unwrap());
        let leeway = i64::from(leeway);
        let expiring = claim("exp", NOW + 600);
        let at = |seconds| fixture.clone().later(seconds).denied(&expiring);
        assert_eq!((at(600 + leeway - 1), at(600 + leeway)), (None, Some(Denied::Expired)), "{leeway}");
        for (name, denied) in [("nbf", Denied::NotYetValid), ("iat", Denied::IssuedInFuture)] {
            let at = |seconds| fixture.denied(claim(name, NOW + seconds));
            assert_eq!((at(leeway), at(leeway + 1)), (None, Some(denied)), "{name} {leeway}");
        }
    }
    let beyond = fixture().policy.with_leeway(MAX_LEEWAY + 1).err();
    assert_eq!(beyond, Some(PolicyError::SecondsOutOfRange));
}

#[test]
fn clock_that_is_not_believed() {
    let at = |now| {
        let mut fixture = fixture();
        fixture.now = now;
        fixture.denied(claim("iat", 0))
    };
    let UnixSeconds(floor) = DEFAULT_CLOCK_FLOOR;
    let trusted = |seconds| Now::Trusted(UnixSeconds(seconds));
    for (now, expected) in [
        (Now::NotTrusted, Some(Denied::ClockNotTrusted)),
        (trusted(0), Some(Denied::ClockBelowFloor)),
        (trusted(i64::MIN), Some(Denied::ClockBelowFloor)),
        (trusted(floor - 1), Some(Denied::ClockBelowFloor)),
        (trusted(floor), None),
        (trusted(NOW), None),
    ] {
        assert_eq!(at(now), expected, "{now:?}");
    }
    let built = fixture().policy(|policy| policy.with_clock_floor(UnixSeconds(NOW + 1)));
    assert_eq!(built.denied(good().sign()), Some(Denied::ClockBelowFloor));
}

#[test]
fn bounds_of_zero_are_refused() {
    let policy = fixture().policy;
    assert_eq!(policy.with_max_age(Within::Seconds(0)).err(), Some(PolicyError::SecondsOutOfRange));
    assert_eq!(policy.with_max_lifetime(Within::Seconds(0)).err(), Some(PolicyError::SecondsOutOfRange));
}

#[test]
fn clients_allowed_blocked_grouped() {
    let list = &[Client { id: "client-1", group: "gold" }, Client { id: "client-2", group: "tin" }];
    let listed = fixture().policy(|policy| policy.with_clients(ClientRule::OneOf(list)).unwrap());
    let group = |client: &str| {
        listed.grant(claim("client_id", client), |grant| grant.client_group().map(str::to_owned))
    };
    assert_eq!(group("client-1"), Ok(Some("gold".to_owned())));
    assert_eq!(group("client-2"), Ok(Some("tin".to_owned())));
    for client in ["client-3", "Client-1", "client-1 ", "client", ""] {
        assert_eq!(group(client), Err(Denied::ClientNotAllowed), "{client}");
    }
    assert_eq!(fixture().grant(good().sign(), |grant| grant.client_group().is_none()), Ok(true));

    // A block looks at every claim that names a client, whichever the profile reads.
    let blocked = fixture().policy(|policy| policy.with_blocked_clients(&["evil", "worse"]).unwrap());
    for name in ["client_id", "azp", "cid", "appid"] {
        let token = good().without("client_id").claim(name, "evil").sign();
        let generic = blocked.clone().profile(Profile::GENERIC_JWT);
        let generic = generic.policy(|policy| policy.with_blocked_clients(&["evil", "worse"]).unwrap());
        assert_eq!(generic.denied(token), Some(Denied::ClientBlocked), "{name}");
    }
    assert_eq!(blocked.denied(claim("client_id", "worse")), Some(Denied::ClientBlocked));
    assert_eq!(blocked.denied(good().sign()), None);
}

#[test]
fn clients_that_disagree() {
    for name in ["azp", "cid", "appid"] {
        assert_eq!(fixture().denied(claim(name, "client-2")), Some(Denied::ClientsDisagree), "{name}");
        assert_eq!(fixture().denied(claim(name, "client-1")), None, "{name}");
    }
    let generic = fixture().profile(Profile::GENERIC_JWT);
    assert_eq!(generic.denied(good().without("client_id").sign()), None);
    let list = &[Client { id: "client-1", group: "" }];
    let listed = generic.policy(|policy| policy.with_clients(ClientRule::OneOf(list)).unwrap());
    assert_eq!(listed.denied(good().without("client_id").sign()), Some(Denied::ClientMissing));

    let only_cid = Profile::RFC9068.with_client_claims(ClientClaims::new(ClientClaim::Cid, None, None, None));
    let fixture = fixture().profile(only_cid);
    assert_eq!(fixture.denied(good().sign()), Some(Denied::ClientMissing));
    assert_eq!(fixture.denied(claim("cid", "client-1")), None);
}

#[test]
fn legs() {
    let user = good().sign();
    let machine = claim("sub", "client-1");
    for (legs, expected) in [
        (Legs::Either, (None, None)),
        (Legs::Three, (None, Some(Denied::UserRequired))),
        (Legs::Two, (Some(Denied::UserNotAllowed), None)),
    ] {
        let fixture = fixture().policy(|policy| policy.with_legs(legs));
        assert_eq!((fixture.denied(&user), fixture.denied(&machine)), expected, "{legs:?}");
    }
}

#[test]
fn step_up() {
    let classes = StepUp::classes(&["mfa", "phr"]).unwrap();
    let with = |step_up| fixture().policy(|policy| policy.with_step_up(step_up));
    for (acr, expected) in [
        (json!("mfa"), None),
        (json!("phr"), None),
        (json!("MFA"), Some(Denied::AuthenticationTooWeak)),
        (json!("mfa phr"), Some(Denied::AuthenticationTooWeak)),
        (json!(""), Some(Denied::AuthenticationTooWeak)),
        (json!(2), Some(Denied::ClaimWrongType)),
    ] {
        assert_eq!(with(classes).denied(claim("acr", acr.clone())), expected, "{acr}");
    }
    assert_eq!(with(classes).denied(good().sign()), Some(Denied::AuthenticationTooWeak));
    assert_eq!(StepUp::<&str>::classes(&[]).err(), Some(PolicyError::EmptyList));
    assert_eq!(StepUp::classes(&["mfa", ""]).err(), Some(PolicyError::EmptyName));
    for class in ["a b", "a\"b", "a\\b", "a\r\nb", "\u{e4}"] {
        assert_eq!(StepUp::classes(&[class]).err(), Some(PolicyError::ClassMalformed), "{class:?}");
    }

    let recent = with(StepUp::NOT_REQUIRED.with_max_age(300));
    for (auth_time, expected) in [
        (NOW - 360, None),
        (NOW - 361, Some(Denied::AuthenticationTooOld)),
        (NOW, None),
        (0, Some(Denied::AuthenticationTooOld)),
        (NOW + 60, None),
        (NOW + 61, Some(Denied::AuthenticationInFuture)),
        (NOW + 1_000_000, Some(Denied::AuthenticationInFuture)),
    ] {
        assert_eq!(recent.denied(claim("auth_time", auth_time)), expected, "{auth_time}");
    }
    assert_eq!(recent.denied(good().sign()), Some(Denied::AuthenticationTooOld));
    let both = with(classes.with_max_age(300));
    assert_eq!(both.denied(good().claim("acr", "mfa").claim("auth_time", NOW).sign()), None);
    assert_eq!(both.denied(good().claim("acr", "pwd").sign()), Some(Denied::AuthenticationTooWeak));
}

fn scoped(scopes: ScopeRule<'static, &'static str>) -> Fixture {
    let mut fixture = fixture();
    let issuers = vec![Issuer::new(ISSUER, Profile::RFC9068).unwrap()].leak();
    fixture.policy = Policy::new(issuers, &[AUDIENCE], scopes).unwrap();
    fixture
}

#[test]
fn scopes_any_of_all_of() {
    let fixture = scoped(ScopeRule::AnyOf(&["a b", "c", "a d e"]));
    for (scope, covered) in [
        ("a b", true),
        ("b x a", true),
        ("c", true),
        ("e d a", true),
        ("a", false),
        ("b", false),
        ("a d", false),
        ("", false),
        ("ab", false),
    ] {
        let expected = (!covered).then_some(Denied::ScopeMissing);
        assert_eq!(fixture.denied(claim("scope", scope)), expected, "{scope}");
    }
    let any = scoped(ScopeRule::NotChecked);
    assert_eq!(any.denied(good().without("scope").sign()), None);
    // What is there must be lawful all the same.
    assert_eq!(any.denied(claim("scope", "a\tb")), Some(Denied::ScopeMalformed));
    assert_eq!(any.denied(claim("scope", 1)), Some(Denied::ClaimWrongType));
}

#[test]
fn scopes_in_other_claims_and_forms() {
    let of = |claim, form| fixture().profile(Profile::RFC9068.with_scope_claim(claim, form));
    let (string, array) = (json!("x sim-swap"), json!(["x", "sim-swap"]));
    for (form, expected) in [
        (ScopeForm::String, [None, Some(Denied::ClaimWrongType)]),
        (ScopeForm::Array, [Some(Denied::ClaimWrongType), None]),
        (ScopeForm::Either, [None, None]),
    ] {
        for (name, own) in [
            ("scope", ScopeClaim::Scope),
            ("scp", ScopeClaim::Scp),
            ("roles", ScopeClaim::Roles),
            ("permissions", ScopeClaim::Permissions),
        ] {
            let answers = [&string, &array].map(|value| of(own, form).denied(claim(name, value.clone())));
            assert_eq!(answers, expected, "{name} {form:?}");
        }
    }
    for (list, expected) in [
        (json!([]), Denied::ScopeMissing),
        (json!(["x sim-swap"]), Denied::ScopeMalformed),
        (json!(["sim-swap", ""]), Denied::ScopeMalformed),
        (json!(["sim-swap", "\u{e4}"]), Denied::ScopeMalformed),
        (json!(["sim-swap", 1]), Denied::ClaimWrongType),
        (json!(["sim-swap", ["x"]]), Denied::ClaimWrongType),
        (json!(["sim-swap", null]), Denied::ClaimWrongType),
    ] {
        let denied = of(ScopeClaim::Scope, ScopeForm::Array).denied(claim("scope", list.clone()));
        assert_eq!(denied, Some(expected), "{list}");
    }
    // Spelled with escapes, element by element.
    let spelled = claim("scope", json!(["@"])).len();
    assert!(spelled > 0);
    let payload = good().claim("scope", json!(["@"])).claims_text().replace('@', r"sim\u002dswap");
    assert_eq!(of(ScopeClaim::Scope, ScopeForm::Array).denied(good().sign_payload(payload)), None);
}

#[test]
fn purpose_in_every_form() {
    let with = |form| {
        fixture()
            .policy(|policy| policy.with_purpose(PurposeRule::OneOf(&["Security", "Fraud"], form)).unwrap())
    };
    let read = |form, token: Token| {
        with(form).grant(token.sign(), |grant| {
            let purpose = grant.purpose().unwrap();
            (purpose.name().to_owned(), purpose.target().map(str::to_owned))
        })
    };
    let found = |name: &str, target: Option<&str>| Ok((name.to_owned(), target.map(str::to_owned)));
    let scope = |scope: &str| good().claim("scope", scope);
    let purpose = |purpose: &str| good().claim("purpose", purpose);
    use PurposeForm::{Claim, Scope, ScopeWithTarget};
    for (form, token, expected) in [
        (Scope, scope("sim-swap dpv:Fraud"), found("Fraud", None)),
        (ScopeWithTarget, scope("dpv:Fraud#sim-swap"), found("Fraud", Some("sim-swap"))),
        (ScopeWithTarget, scope("dpv:Fraud#sim-swap:check"), found("Fraud", Some("sim-swap:check"))),
        (ScopeWithTarget, scope("dpv:Fraud#other"), Err(Denied::ScopeMissing)),
        (ScopeWithTarget, scope("dpv:Fraud#sim-swap#x"), Err(Denied::ScopeMissing)),
        (ScopeWithTarget, scope("dpv:Fraud#"), Err(Denied::PurposeMalformed)),
        (ScopeWithTarget, scope("dpv:Other#sim-swap"), Err(Denied::PurposeNotAllowed)),
        (ScopeWithTarget, scope("dpv:Fraud#sim-swap dpv:Fraud#x"), Err(Denied::PurposeAmbiguous)),
        (Claim, purpose("dpv:Security"), found("Security", None)),
        (Claim, purpose("dpv:Security#sim-swap"), found("Security", Some("sim-swap"))),
        (Claim, purpose("dpv:Other"), Err(Denied::PurposeNotAllowed)),
        (Claim, purpose("Security"), Err(Denied::PurposeMalformed)),
        (Claim, purpose("dpv:Security "), Err(Denied::PurposeMalformed)),
        (Claim, good(), Err(Denied::PurposeMissing)),
        (Claim, good().claim("purpose", json!(["dpv:Security"])), Err(Denied::ClaimWrongType)),
    ] {
        assert_eq!(read(form, token.clone()), expected, "{form:?} {}", token.claims_text());
    }
    assert_eq!(
        fixture().grant(scope("sim-swap dpv:Fraud dpv:Security").sign(), |g| g.purpose().is_none()),
        Ok(true)
    );
    for names in [&["security"][..], &["Se curity"], &["Security1"], &["dpv:Security"]] {
        let refused = fixture().policy.with_purpose(PurposeRule::OneOf(names.to_vec().leak(), Scope)).err();
        assert_eq!(refused, Some(PolicyError::PurposeMalformed), "{names:?}");
    }
}

/// A purpose cannot hide from the count behind an escape; it is the same purpose, in words and in a list.
#[test]
fn purpose_spelled_with_escapes() {
    let rule = PurposeRule::OneOf(&["Security"], PurposeForm::Scope);
    let either = Profile::RFC9068.with_scope_claim(ScopeClaim::Scope, ScopeForm::Either);
    let fixture = fixture().profile(either).policy(|policy| policy.with_purpose(rule).unwrap());
    for (scope, expected) in [
        (r#"["sim-swap","dpv:Security"]"#, None),
        (r#"["sim-swap","dpv:Security","dpv:Fraud"]"#, Some(Denied::PurposeAmbiguous)),
        (r#"["sim-swap","dpv:Security","dp\u0076:Fraud"]"#, Some(Denied::PurposeAmbiguous)),
        (r#"["sim-swap","dp\u0076:Security"]"#, None),
        (r#"["sim-swap","dp\u0076:Fraud"]"#, Some(Denied::PurposeNotAllowed)),
        (r#"["sim-swap","dp\u0076:Sec urity"]"#, Some(Denied::ScopeMalformed)),
        (r#""sim-swap dp\u0076:Security""#, None),
        (r#""sim-swap dpv:Security dp\u0076:Fraud""#, Some(Denied::PurposeAmbiguous)),
    ] {
        let payload = good().claim("scope", "@").claims_text().replace("\"@\"", scope);
        assert_eq!(fixture.denied(good().sign_payload(payload)), expected, "{scope}");
    }
}

#[test]
fn claims_that_the_policy_requires() {
    let fixture = fixture().policy(|policy| policy.with_required_claims(&["tenant", "x"]).unwrap());
    for (claims, expected) in [
        (json!({"tenant": "a", "x": 1}), None),
        (json!({"tenant": "", "x": []}), None),
        (json!({"tenant": false, "x": 0}), None),
        (json!({"tenant": null, "x": 1}), Some(Denied::RequiredClaimMissing)),
        (json!({"tenant": "a", "x": null}), Some(Denied::RequiredClaimMissing)),
        (json!({"tenant": [null], "x": {"x": null}}), None),
        (json!({"tenant": "a"}), Some(Denied::RequiredClaimMissing)),
        (json!({"Tenant": "a", "x": 1}), Some(Denied::RequiredClaimMissing)),
        (json!({"a": {"tenant": "a"}, "x": 1}), Some(Denied::RequiredClaimMissing)),
    ] {
        let members = claims.as_object().unwrap();
        let token = members.iter().fold(good(), |token, (name, value)| token.claim(name, value.clone()));
        assert_eq!(fixture.denied(token.sign()), expected, "{claims}");
    }
}

#[test]
fn several_audiences_of_the_product() {
    let mut fixture = fixture();
    let issuers = vec![Issuer::new(ISSUER, Profile::RFC9068).unwrap()].leak();
    fixture.policy = Policy::new(issuers, &["api://a", "api://b"], ScopeRule::NotChecked).unwrap();
    for (audience, expected) in [
        (json!("api://a"), None),
        (json!("api://b"), None),
        (json!(["x", "api://b"]), None),
        (json!("api://a api://b"), Some(Denied::WrongAudience)),
        (json!(AUDIENCE), Some(Denied::WrongAudience)),
    ] {
        assert_eq!(fixture.denied(claim("aud", audience.clone())), expected, "{audience}");
    }
}

/// A list that guards something cannot be built empty.
#[test]
fn empty_lists_and_names() {
    let issuers = [Issuer::new(ISSUER, Profile::RFC9068).unwrap()];
    let built = |audiences, scopes| Policy::<&str>::new(&issuers, audiences, scopes).map(|_| ());
    for (result, expected) in [
        (Policy::<&str>::new(&[], &["a"], ScopeRule::NotChecked).map(|_| ()), PolicyError::EmptyList),
        (built(&[], ScopeRule::NotChecked), PolicyError::EmptyList),
        (built(&[""], ScopeRule::NotChecked), PolicyError::EmptyName),
        (built(&["a"], ScopeRule::AnyOf(&[])), PolicyError::EmptyList),
        (built(&["a"], ScopeRule::AnyOf(&[""])), PolicyError::EmptyName),
        (built(&["a"], ScopeRule::AnyOf(&["a", " "])), PolicyError::ScopeMalformed),
        (built(&["a"], ScopeRule::AnyOf(&["a\tb"])), PolicyError::ScopeMalformed),
        (built(&["a"], ScopeRule::AnyOf(&["a\"b"])), PolicyError::ScopeMalformed),
    ] {
        assert_eq!(result, Err(expected));
    }
    assert_eq!(Issuer::new("", Profile::RFC9068).err(), Some(PolicyError::EmptyName));
    let policy = fixture().policy;
    assert_eq!(policy.with_clients(ClientRule::OneOf(&[])).err(), Some(PolicyError::EmptyList));
    let nameless = &[Client { id: "", group: "g" }];
    assert_eq!(policy.with_clients(ClientRule::OneOf(nameless)).err(), Some(PolicyError::EmptyName));
    let no_purpose = PurposeRule::OneOf(&[], PurposeForm::Scope);
    assert_eq!(policy.with_purpose(no_purpose).err(), Some(PolicyError::EmptyList));
    for (names, expected) in [
        (&[][..], PolicyError::EmptyList),
        (&[""], PolicyError::EmptyName),
        (&["a", ""], PolicyError::EmptyName),
    ] {
        assert_eq!(policy.with_blocked_clients(names).err(), Some(expected));
        assert_eq!(policy.with_required_claims(names).err(), Some(expected));
        assert_eq!(StepUp::classes(names).err(), Some(expected));
        assert_eq!(built(names, ScopeRule::NotChecked).err(), Some(expected));
        let purposes = PurposeRule::OneOf(names, PurposeForm::Scope);
        assert!(
            [PolicyError::PurposeMalformed, expected].contains(&policy.with_purpose(purposes).unwrap_err())
        );
    }
    assert_eq!(policy.with_realm("").err(), Some(PolicyError::EmptyName));
    for realm in ["a\"b", "a\\b", "a\r\nb", "\u{e4}"] {
        assert_eq!(policy.with_realm(realm).err(), Some(PolicyError::RealmMalformed));
    }
}
