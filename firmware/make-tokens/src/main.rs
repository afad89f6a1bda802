//! Makes the key sets and tokens that the images and the allocation test judge: `cargo run -p make-tokens --release`
//! in `firmware/` writes `tokens/`, the same in every run. The private keys are derived from a seed and kept nowhere.
//!
//! * `keys.json`: one ES256 key and one RS256 key of 2048 bits; `all_keys.json`: one key for each of six algorithms.
//! * `ALG_good.jwt`: an access token of RFC 9068, 897 to 900 bytes: the same claims, but for one that fills it up.
//! * `ALG_bad.jwt`: the same with another subject, under the signature of the good one.

use std::{error::Error, fs, path::Path};

use base64ct::{Base64UrlUnpadded, Encoding};
use ecdsa::elliptic_curve::point::AffineCoordinates;
use ecdsa::signature::{RandomizedSigner, SignatureEncoding, Signer};
use p256::NistP256;
use p384::NistP384;
use p521::NistP521;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use rsa::traits::PublicKeyParts;
use sha2::Sha256;

/// Bytes of a token: the length that embedded figures are given for.
const TOKEN_LEN: usize = 900;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tokens");
    let issued = [es256()?, rs256()?, ps256()?, es384()?, es512()?, eddsa()];
    for key in &issued {
        let name = key.algorithm.to_lowercase();
        let good = key.token("b3f1c0de-7a41-4c55-9d0e-52a1f7f3a9c4");
        let other = key.token("00000000-7a41-4c55-9d0e-52a1f7f3a9c4");
        let bad = format!("{}.{}", signed_part(&other)?, signature_part(&good)?);
        fs::write(folder.join(format!("{name}_good.jwt")), &good)?;
        fs::write(folder.join(format!("{name}_bad.jwt")), &bad)?;
        println!("{}: {} bytes", key.algorithm, good.len());
    }
    let [es256, rs256, ..] = &issued;
    fs::write(folder.join("keys.json"), key_set(&[es256, rs256]))?;
    fs::write(folder.join("all_keys.json"), key_set(&issued.each_ref()))?;
    Ok(())
}

/// From what is signed to the bytes of its signature.
type Sign = Box<dyn Fn(&[u8]) -> Vec<u8>>;

/// A key as its issuer has it: what it publishes, and how it signs.
struct IssuerKey {
    algorithm: &'static str,
    jwk: String,
    sign: Sign,
}

impl IssuerKey {
    fn token(&self, subject: &str) -> String {
        let bare = self.sign_claims(subject, "");
        // Four characters of a token hold three of the filling.
        let filling = "0123456789abcdef".repeat(TOKEN_LEN / 16);
        let missing = TOKEN_LEN.saturating_sub(bare.len()) / 4 * 3;
        self.sign_claims(subject, &filling[..missing])
    }

    fn sign_claims(&self, subject: &str, filling: &str) -> String {
        let algorithm = self.algorithm;
        let header = format!(r#"{{"alg":"{algorithm}","typ":"at+jwt","kid":"{}"}}"#, kid(algorithm));
        let claims = format!(
            concat!(
                r#"{{"iss":"https://as.example","aud":["https://api.example/sim-swap"],"sub":"{subject}","#,
                r#""client_id":"bank-42","iat":1760000000,"exp":1760001800,"jti":"5f2d9c1e77a8","#,
                r#""scope":"openid sim-swap:check","auth_time":1760000000,"acr":"2","#,
                r#""roles":["user"],"filling":"{filling}"}}"#
            ),
            subject = subject,
            filling = filling
        );
        let signed = format!("{}.{}", encode(header.as_bytes()), encode(claims.as_bytes()));
        let signature = encode(&(self.sign)(signed.as_bytes()));
        format!("{signed}.{signature}")
    }
}

fn key_set(keys: &[&IssuerKey]) -> String {
    let keys: Vec<_> = keys.iter().map(|key| key.jwk.as_str()).collect();
    format!("{{\"keys\":[\n{}\n]}}\n", keys.join(",\n"))
}

fn kid(algorithm: &str) -> String {
    format!("2025-10-{}", algorithm.to_lowercase())
}

/// The members that all kinds of keys have in common.
fn common(algorithm: &str) -> String {
    format!(r#""use":"sig","alg":"{algorithm}","kid":"{}""#, kid(algorithm))
}

fn es256() -> Result<IssuerKey, Box<dyn Error>> {
    let key = ecdsa::SigningKey::<NistP256>::from_slice(&secret::<32>(256))?;
    let point = *key.verifying_key().as_affine();
    let sign = move |signed: &[u8]| {
        let signature: ecdsa::Signature<NistP256> = key.sign(signed);
        signature.to_bytes().to_vec()
    };
    Ok(ec("ES256", "P-256", &point.x(), &point.y(), sign))
}

fn es384() -> Result<IssuerKey, Box<dyn Error>> {
    let key = ecdsa::SigningKey::<NistP384>::from_slice(&secret::<48>(384))?;
    let point = *key.verifying_key().as_affine();
    let sign = move |signed: &[u8]| {
        let signature: ecdsa::Signature<NistP384> = key.sign(signed);
        signature.to_bytes().to_vec()
    };
    Ok(ec("ES384", "P-384", &point.x(), &point.y(), sign))
}

fn es512() -> Result<IssuerKey, Box<dyn Error>> {
    // 66 bytes are seven bits more than the order has.
    let mut secret = secret::<66>(521);
    secret[0] = 0;
    let key = ecdsa::SigningKey::<NistP521>::from_slice(&secret)?;
    let point = *key.verifying_key().as_affine();
    let sign = move |signed: &[u8]| {
        let signature: ecdsa::Signature<NistP521> = key.sign(signed);
        signature.to_bytes().to_vec()
    };
    Ok(ec("ES512", "P-521", &point.x(), &point.y(), sign))
}

fn ec(
    algorithm: &'static str,
    curve: &str,
    x: &[u8],
    y: &[u8],
    sign: impl Fn(&[u8]) -> Vec<u8> + 'static,
) -> IssuerKey {
    let (x, y) = (encode(x), encode(y));
    let jwk = format!(r#"{{"kty":"EC",{},"crv":"{curve}","x":"{x}","y":"{y}"}}"#, common(algorithm));
    IssuerKey { algorithm, jwk, sign: Box::new(sign) }
}

fn eddsa() -> IssuerKey {
    use ed25519_dalek::Signer;
    let key = ed25519_dalek::SigningKey::from_bytes(&secret(25519));
    let x = encode(key.verifying_key().as_bytes());
    let jwk = format!(r#"{{"kty":"OKP",{},"crv":"Ed25519","x":"{x}"}}"#, common("EdDSA"));
    IssuerKey { algorithm: "EdDSA", jwk, sign: Box::new(move |signed| key.sign(signed).to_bytes().to_vec()) }
}

fn rs256() -> Result<IssuerKey, Box<dyn Error>> {
    let key = rsa::PrivateKey::new(&mut rng(2048), 2048)?;
    let jwk = rsa_jwk("RS256", &key);
    let key = rsa::pkcs1v15::SigningKey::<Sha256>::new(key);
    let sign = move |signed: &[u8]| key.sign(signed).to_vec();
    Ok(IssuerKey { algorithm: "RS256", jwk, sign: Box::new(sign) })
}

fn ps256() -> Result<IssuerKey, Box<dyn Error>> {
    let key = rsa::PrivateKey::new(&mut rng(2049), 2048)?;
    let jwk = rsa_jwk("PS256", &key);
    let key = rsa::pss::SigningKey::<Sha256>::new(key);
    let sign = move |signed: &[u8]| key.sign_with_rng(&mut rng(2050), signed).to_vec();
    Ok(IssuerKey { algorithm: "PS256", jwk, sign: Box::new(sign) })
}

fn rsa_jwk(algorithm: &str, key: &rsa::PrivateKey) -> String {
    let (n, e) = (encode(&key.n_bytes()), encode(&key.e_bytes()));
    format!(r#"{{"kty":"RSA",{},"n":"{n}","e":"{e}"}}"#, common(algorithm))
}

/// Random numbers, the same in every run: for tests, never for a key that anybody trusts.
fn rng(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

fn secret<const N: usize>(seed: u64) -> [u8; N] {
    let mut bytes = [0; N];
    rng(seed).fill(&mut bytes[..]);
    bytes
}

fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

fn signed_part(token: &str) -> Result<&str, Box<dyn Error>> {
    Ok(token.rsplit_once('.').ok_or("no signature")?.0)
}

fn signature_part(token: &str) -> Result<&str, Box<dyn Error>> {
    Ok(token.rsplit_once('.').ok_or("no signature")?.1)
}
