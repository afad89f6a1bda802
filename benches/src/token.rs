//! Tokens as providers send them: what they claim.

/// The issuer of all tokens.
pub const ISSUER: &str = "https://auth.operator.example";

/// The audience of all tokens.
pub const AUDIENCE: &str = "https://api.operator.example/sim-swap/v2";

/// The issuer of the shortest tokens.
pub const TERSE_ISSUER: &str = "https://as.example";

/// The audience of the shortest tokens.
pub const TERSE_AUDIENCE: &str = "https://api.example";

/// The scope that the gate asks for.
pub const SCOPE: &str = "sim-swap:check";

/// When the tokens are checked, seconds.
pub const NOW: i64 = 1_784_000_000;

/// How much a token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// RFC 9068 with what it requires and nothing else.
    Small,
    /// A three-legged CAMARA token: 344 bytes of claims, 885 bytes with an RSA signature of 2048 bits.
    Camara,
    /// The same with a session, a tenant and more scopes, 545 bytes of claims: 900 bytes with an ES256
    /// signature.
    CamaraLong,
    /// Microsoft Entra's amount: 730 bytes of claims, 1.4 KB with an RSA signature.
    Large,
    /// 8 KB, nearly all of it roles.
    Huge,
}

/// The claims set of the `number`th token, good at [`NOW`], which says what has to be said, and so many roles of 36 bytes.
pub fn terse_claims(roles: usize, number: usize) -> String {
    let exp = NOW + 600 + i64::try_from(number).unwrap();
    let least = format!(r#""iss":"{TERSE_ISSUER}","aud":"{TERSE_AUDIENCE}","exp":{exp},"scope":"{SCOPE}""#);
    let roles: Vec<_> =
        (0..roles).map(|role| format!(r#""tenant-{role:03}:subscription-reader-x""#)).collect();
    if roles.is_empty() {
        format!("{{{least}}}")
    } else {
        format!(r#"{{{least},"roles":[{}]}}"#, roles.join(","))
    }
}

/// The claims set of the `number`th token, good at [`NOW`].
pub fn claims(size: Size, number: usize) -> String {
    claims_at(NOW, size, number)
}

/// The claims set of the `number`th token, good at `now`.
pub fn claims_at(now: i64, size: Size, number: usize) -> String {
    let exp = now + 600 + i64::try_from(number).unwrap();
    let iat = exp - 3600;
    let times = format!(r#""exp":{exp},"iat":{iat}"#);
    let id =
        format!("{:08x}-5d0c-4b1e-9c6a-{:012x}", 0x9e37_79b9_u32.wrapping_mul(number as u32 + 1), number);
    match size {
        Size::Small => format!(
            r#"{{"iss":"{ISSUER}","sub":"c-{number:04}","aud":"{AUDIENCE}",{times},"jti":"{number:06}","client_id":"x-{number:04}","scope":"{SCOPE}"}}"#
        ),
        Size::Camara => format!(
            r#"{{"iss":"{ISSUER}","sub":"{id}","aud":["{AUDIENCE}"],{times},"jti":"{id}","client_id":"tpp-fraud-prevention-{number:05}","scope":"openid dpv:FraudPreventionAndDetection sim-swap:retrieve-date {SCOPE}","acr":"2"}}"#
        ),
        Size::CamaraLong => format!(
            r#"{{"iss":"{ISSUER}","sub":"{id}","aud":["{AUDIENCE}","https://api.operator.example/number-verification/v1"],{times},"nbf":{iat},"auth_time":{iat},"jti":"{id}","client_id":"tpp-fraud-prevention-{number:05}","scope":"openid dpv:FraudPreventionAndDetection number-verification:verify number-verification:device-phone-number:read sim-swap:retrieve-date {SCOPE}","acr":"2","network":{{"mcc":"262","mnc":"01"}}}}"#
        ),
        Size::Large => format!(
            r#"{{"iss":"{ISSUER}","sub":"{id}","aud":"{AUDIENCE}",{times},"nbf":{iat},"aio":"ATQAy/8WAAAAkh2Xl9VrJ3nqkJX8m0V1yH4qkIu3Zr0rYz1sZs3u7v8kY1v0m6bXo2q3","appidacr":"1","idp":"https://sts.operator.example/3b9d6f2a-5c1e-4a7d-8f0b-1c2d3e4f5a6b/","oid":"{id}","rh":"0.AXkAKm-dOx5cfUqPCxwtPk9aa4ABAAAAAAAAwAAAAAAAAAB5AAA.","jti":"{id}","client_id":"{id}","scope":"{SCOPE} sim-swap:retrieve-date","roles":["Reader","Sim.Swap.Read"],"tid":"3b9d6f2a-5c1e-4a7d-8f0b-1c2d3e4f5a6b","uti":"qV3k1s6c0kK2m8v9b7AQAA","ver":"2.0","name":"Zo\u00eb Example","preferred_username":"zoe@operator.example","verified":true}}"#
        ),
        Size::Huge => {
            let roles: Vec<String> =
                (0..190).map(|role| format!(r#""tenant-{role:03}:subscription-reader""#)).collect();
            format!(
                r#"{{"iss":"{ISSUER}","sub":"{id}","aud":"{AUDIENCE}",{times},"jti":"{id}","client_id":"tpp-{number:05}","scope":"{SCOPE}","roles":[{}]}}"#,
                roles[..173].join(",")
            )
        }
    }
}
