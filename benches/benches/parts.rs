//! The parts of a check, beside other libraries where they do the same.
//!
//! Times of one run can be compared, and nothing else: the machines are shared. `cargo bench -p
//! jotgate-benches --bench parts`, with a filter behind it.

use base64::Engine as _;
use base64ct::{Base64UrlUnpadded, Encoding};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use jotgate_benches::{
    accept_any::ANY_ES256,
    decode_base64url,
    dpop::Bound,
    gate,
    revocations::{FACTS, Revocable, list, list_text},
    signer::Signer,
    token::{self, ISSUER, Size},
    values::algorithm,
    work::Group,
};
use jotgate_core::{
    AlgorithmName, ClaimRefusal, ClaimRule, ClaimTest, Container, IssuerSlot, KeyRingBuilder, KeySlot,
    KeySource, Presented, RevocationBucket, RevocationList, Scheme, Scratch, Validator, WorkerState, json,
    steps::{self, Unverified},
};
use std::hint::black_box;

fn base64url(c: &mut Criterion) {
    let mut group = c.benchmark_group("base64url");
    for len in [64, 300, 1024] {
        let bytes: Vec<u8> = (0..len / 4 * 3).map(|index| (index * 167 % 256) as u8).collect();
        let text = Base64UrlUnpadded::encode_string(&bytes);
        let text = text.as_bytes();
        let mut out = vec![0; bytes.len()];
        let mut bench = |name: &str, decode: &mut dyn FnMut(&[u8], &mut [u8])| {
            decode(text, &mut out);
            assert_eq!(out, bytes);
            group.throughput(Throughput::Bytes(len));
            group.bench_function(BenchmarkId::new(name, len), |b| {
                b.iter(|| decode(black_box(text), black_box(&mut out)));
            });
        };
        bench("jotgate", &mut |text, out| decode_base64url(text, out).unwrap());
        bench("base64ct", &mut |text, out| {
            Base64UrlUnpadded::decode(text, out).unwrap();
        });
        bench("base64", &mut |text, out| {
            base64::engine::general_purpose::URL_SAFE_NO_PAD.decode_slice_unchecked(text, out).unwrap();
        });
        bench("data-encoding", &mut |text, out| {
            data_encoding::BASE64URL_NOPAD.decode_mut(text, out).unwrap();
        });
    }
}

/// Strict to the end, duplicates found; nothing is kept. The peers build what they build.
fn json(c: &mut Criterion) {
    let signer = Signer::new(AlgorithmName::Es256);
    let texts = [
        ("header", signer.header()),
        ("small", token::claims(Size::Small, 0)),
        ("camara", token::claims(Size::Camara, 0)),
        ("camara-long", token::claims(Size::CamaraLong, 0)),
        ("large", token::claims(Size::Large, 0)),
        ("huge", token::claims(Size::Huge, 0)),
    ];
    let mut group = c.benchmark_group("json");
    for (name, text) in &texts {
        let text = text.as_bytes();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::new("members", name), |b| {
            let mut names = [0; Scratch::NAMES];
            b.iter(|| {
                let mut members = json::Members::open(black_box(text), &mut names).unwrap();
                while let Some(member) = members.next().unwrap() {
                    black_box(member);
                }
            });
        });
        group.bench_function(BenchmarkId::new("value", name), |b| {
            b.iter(|| json::Value::read(black_box(text)).unwrap());
        });
        group.bench_function(BenchmarkId::new("serde_json ignored", name), |b| {
            b.iter(|| serde_json::from_slice::<serde::de::IgnoredAny>(black_box(text)).unwrap());
        });
        group.bench_function(BenchmarkId::new("from_utf8", name), |b| {
            b.iter(|| std::str::from_utf8(black_box(text)).unwrap());
        });
    }
}

fn reading(c: &mut Criterion) {
    let mut group = c.benchmark_group("read");
    for (algorithm, size) in [
        (AlgorithmName::Es256, Size::Small),
        (AlgorithmName::Rs256, Size::Camara),
        (AlgorithmName::Rs256, Size::Large),
        (AlgorithmName::Es256, Size::Huge),
    ] {
        let made = Group::new(algorithm, size);
        let len = made.tokens[0].len();
        group.throughput(Throughput::Bytes(len as u64));
        group.bench_function(BenchmarkId::from_parameter(format!("{len} bytes")), |b| {
            let (mut read, mut call) = (made.read(), 0);
            b.iter(|| {
                read(call);
                call += 1;
            });
        });
    }
}

/// The claims are read before, so that only the search is measured.
fn key_lookup(c: &mut Criterion) {
    let mut group = c.benchmark_group("key lookup");
    let signer = Signer::new(AlgorithmName::Es256);
    for count in [1, 10, 100, 1000_usize] {
        let kid = |number| format!("2026-07-operator-{number:04}");
        let jwks: Vec<String> = (0..count).map(|number| signer.jwk_named(&kid(number))).collect();
        let ring = gate::ring(&jwks, &[algorithm(AlgorithmName::Es256)]);
        let validator = gate::validator(ring, gate::policy());
        let tokens: Vec<Unverified<'static>> = (0..count)
            .map(|number| {
                let header =
                    format!(r#"{{"alg":"ES256","typ":"at+jwt","kid":"{}"}}"#, kid(number * 7919 % count));
                let token = signer.signed(&header, &token::claims(Size::Small, number));
                let scratch = Box::leak(Box::new(gate::scratch_for(token.len())));
                Unverified::read(token.leak(), scratch).unwrap()
            })
            .collect();
        group.bench_function(BenchmarkId::from_parameter(count), |b| {
            let (mut worker, mut call) = (WorkerState::new(), 0);
            b.iter(|| {
                call += 1;
                steps::select(&validator, black_box(&tokens[call % count]), &mut worker).unwrap()
            });
        });
    }
}

fn deciding(c: &mut Criterion) {
    let made = Group::new(AlgorithmName::Es256, Size::Camara);
    c.bench_function("judge", |b| {
        let (mut judge, mut call) = (made.judge(), 0);
        b.iter(|| {
            judge(call);
            call += 1;
        });
    });
    c.bench_function("explain", |b| {
        let validator = made.validator(algorithm(AlgorithmName::Es256));
        let mut scratch = gate::scratch();
        b.iter(|| validator.explain(Presented::bearer(black_box(&made.tokens[0])), gate::AT, &mut scratch));
    });
    c.bench_function("answer", |b| {
        let mut answer = made.answer();
        b.iter(|| answer(0));
    });
}

/// What a rule about one nested claim adds to judging.
fn claim_rules(c: &mut Criterion) {
    const ROLES: &str = r#"{"realm_access":{"roles":["offline_access","uma_authorization","gateway"]},"#;
    let signer = Signer::new(AlgorithmName::Es256);
    let ring = gate::ring(&[signer.jwk()], &[algorithm(AlgorithmName::Es256)]);
    let token = signer.token(&token::claims(Size::Camara, 0).replacen('{', ROLES, 1));
    let mut scratch = gate::scratch();
    let read = Unverified::read(&token, &mut scratch).unwrap();
    let test = ClaimTest::ContainsOneOf(r#"["gateway"]"#, Container::Array);
    let rules = [ClaimRule::new(r#"["realm_access","roles"]"#, test, ClaimRefusal::Forbidden).unwrap()];
    let ruled = gate::camara_policy().with_claim_rules(&rules).unwrap();
    let mut group = c.benchmark_group("judge, claims");
    for (name, policy) in [("no rule", gate::camara_policy()), ("one nested", &ruled)] {
        let validator = Validator::for_product(&ring, policy);
        let authentic =
            read.verify(steps::select(&validator, &read, &mut WorkerState::new()).unwrap()).unwrap();
        group.bench_function(name, |b| {
            b.iter(|| {
                assert!(steps::judge(&validator, black_box(&authentic), Scheme::Bearer, gate::AT).is_ok())
            });
        });
    }
}

/// The proof of a bound token, and what of it is the signature.
fn dpop(c: &mut Criterion) {
    let bound = Bound::new();
    let es256 = algorithm(AlgorithmName::Es256);
    let mut group = c.benchmark_group("dpop");
    let mut bench = |name: &str, work: &mut dyn FnMut(usize)| {
        group.bench_function(name, |b| {
            let mut call = 0;
            b.iter(|| {
                work(call);
                call += 1;
            });
        });
    };
    bench("proof", &mut bound.proof(es256));
    bench("ES256 without table", &mut bound.signature(es256));
    bench("check with proof", &mut bound.whole(es256, es256));
    bench("check without", &mut bound.bearer(es256));
}

fn key_set_load(c: &mut Criterion) {
    let mut group = c.benchmark_group("key set");
    for (name, count) in [(AlgorithmName::Rs256, 1), (AlgorithmName::Es256, 1), (AlgorithmName::Es256, 100)] {
        let signer = Signer::new(name);
        let jwks: Vec<String> = (0..count).map(|number| signer.jwk_named(&format!("key-{number}"))).collect();
        let set = gate::key_set(&jwks);
        let algorithms = [algorithm(name)];
        let source = KeySource { algorithms: &algorithms, default_rsa_algorithm: None };
        let mut scratch = gate::scratch();
        group.bench_function(BenchmarkId::new(name.as_jose(), count), |b| {
            b.iter_batched(
                || ([IssuerSlot::EMPTY; 1], vec![KeySlot::EMPTY; count], vec![0; gate::words_for(count)]),
                |(mut issuers, mut keys, mut words)| {
                    let mut builder = KeyRingBuilder::new(1, &mut issuers, &mut keys, &mut words);
                    builder.load(ISSUER, set.as_bytes(), &source, &mut scratch, &mut |_| {}).unwrap();
                    builder.finish().unwrap().generation()
                },
                BatchSize::SmallInput,
            );
        });
    }
}

/// A hit saves the signature; a miss costs a look and a copy more than no cache. With any signature accepted, that is
/// what remains.
fn token_cache(c: &mut Criterion) {
    let mut group = c.benchmark_group("token cache");
    let made = Group::new(AlgorithmName::Es256, Size::Camara);
    for (name, mut work) in [
        ("hit", Box::new(made.cached()) as Box<dyn FnMut(usize)>),
        ("miss, any signature accepted", Box::new(made.missed(&ANY_ES256))),
        ("none, any signature accepted", Box::new(made.whole(&ANY_ES256))),
    ] {
        let mut call = 0;
        group.bench_function(name, |b| {
            b.iter(|| {
                work(call);
                call += 1;
            });
        });
    }
}

/// The policy's rules for 3,000 different tokens in turn, so that neither their claims nor their buckets are
/// in the first cache (they are in the second; `bin/revocation` goes farther); without a list, and with lists of which none
/// names one of them. "jti" asks one question a token, "every kind" eight.
fn revocation(c: &mut Criterion) {
    let mut group = c.benchmark_group("judge, revocation");
    let revocable = Revocable::new(3000);
    let tokens = &revocable.tokens;
    let mut bench = |name: String, validator: jotgate_core::Validator<'_>| {
        group.bench_function(name, |b| {
            let mut call = 0_usize;
            b.iter(|| {
                call = call.wrapping_add(1);
                let token = black_box(&tokens[call * 2_654_435_769 % tokens.len()]);
                assert!(steps::judge(&validator, token, Scheme::Bearer, gate::AT).is_ok());
            });
        });
    };
    bench("not checked".to_owned(), revocable.unlisted());
    for (name, kinds) in [("jti", false), ("every kind", true)] {
        for count in [1_000, 1_000_000] {
            bench(format!("{name}, {count} entries"), revocable.listed(&list(count, kinds)));
        }
    }
    drop(group);

    let text = list_text(100_000, false);
    let mut buckets = vec![RevocationBucket::EMPTY; RevocationList::buckets(100_000)];
    c.bench_function("load 100000 revocations", |b| {
        b.iter(|| RevocationList::load(text.as_bytes(), FACTS, &mut buckets).unwrap().entries());
    });
}

criterion_group!(
    parts,
    base64url,
    json,
    reading,
    key_lookup,
    deciding,
    claim_rules,
    dpop,
    token_cache,
    key_set_load,
    revocation
);
criterion_main!(parts);
