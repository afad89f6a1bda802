#!/usr/bin/env python3
"""Makes the key sets and tokens in this folder, the same bytes every time.

The private keys are derived from fixed words and are no secrets: never use them for anything else.
Needs the package `cryptography`.
"""

import base64
import hashlib
import json
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

HERE = Path(__file__).parent
NOW = 1_767_225_600  # 2026-01-01T00:00:00Z: the demo judges at this time
OPERATOR = "https://auth.operator.example"
PARTNER = "https://sso.partner.example/realms/open-gateway"
SIM_SWAP = "https://api.operator.example/sim-swap"


def b64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def number(value: int, length: int) -> str:
    return b64(value.to_bytes(length, "big"))


def stream(words: str, length: int) -> bytes:
    blocks = (hashlib.sha512(f"{words} {i}".encode()).digest() for i in range(length // 64 + 1))
    return b"".join(blocks)[:length]


def is_prime(candidate: int) -> bool:
    if any(candidate % small == 0 for small in (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)):
        return False
    odd, twos = candidate - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53):
        x = pow(base, odd, candidate)
        if x in (1, candidate - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % candidate
            if x == candidate - 1:
                break
        else:
            return False
    return True


def prime(words: str) -> int:
    candidate = int.from_bytes(stream(words, 128), "big") | (3 << 1022) | 1
    while not (is_prime(candidate) and (candidate - 1) % 65537):
        candidate += 2
    return candidate


def ec_key(words: str):
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    return ec.derive_private_key(int.from_bytes(stream(words, 40), "big") % order, ec.SECP256R1())


def rsa_key(words: str):
    p, q = prime(words + " p"), prime(words + " q")
    d = pow(65537, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(65537, p * q)
    crt = rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q)
    return rsa.RSAPrivateNumbers(p, q, d, *crt, public).private_key()


def ec_jwk(key, kid: str) -> dict:
    point = key.public_key().public_numbers()
    return {"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": kid,
            "x": number(point.x, 32), "y": number(point.y, 32)}


def rsa_jwk(key, kid: str, **more) -> dict:
    public = key.public_key().public_numbers()
    return {"kty": "RSA", "kid": kid, **more, "n": number(public.n, 256), "e": "AQAB"}


def sign(header: dict, claims: dict, key) -> str:
    parts = [b64(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims)]
    signed = ".".join(parts).encode()
    if header["alg"] == "ES256":
        der = key.sign(signed, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        r, s = utils.decode_dss_signature(der)
        signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    else:
        signature = key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
    return ".".join([*parts, b64(signature)])


def main() -> None:
    operator, partner, stranger = ec_key("operator 2026"), rsa_key("partner 2026"), ec_key("a stranger")
    operator_set = {"keys": [
        ec_jwk(operator, "op-2026-01"),
        ec_jwk(ec_key("operator 2025"), "op-2025-07"),
        {"kty": "AKP", "alg": "ML-DSA-65", "kid": "op-pq", "pub": "AAAA"},
    ]}
    partner_set = {"keys": [
        rsa_jwk(partner, "kc-sig-1", use="sig"),
        rsa_jwk(rsa_key("partner encryption"), "kc-enc-1", use="enc", alg="RSA-OAEP"),
    ]}
    for name, keys in (("operator", operator_set), ("partner", partner_set)):
        (HERE / f"{name}.jwks.json").write_text(json.dumps(keys, indent=2) + "\n")

    header = {"typ": "at+jwt", "alg": "ES256", "kid": "op-2026-01"}
    claims = {
        "iss": OPERATOR, "sub": "8f1c2d7e-pairwise", "aud": SIM_SWAP, "client_id": "bank-one",
        "iat": NOW - 120, "exp": NOW + 780, "jti": "b7d0f6f2-0001",
        "scope": "dpv:FraudPreventionAndDetection sim-swap:check sim-swap:retrieve-date",
    }
    keycloak_header = {"alg": "RS256", "typ": "JWT", "kid": "kc-sig-1"}
    keycloak_claims = {
        "exp": NOW + 240, "iat": NOW - 60, "jti": "trrtcc:5b0e", "iss": PARTNER, "aud": [SIM_SWAP, "account"],
        "sub": "e1a4f2aa-user", "typ": "Bearer", "azp": "insurer-one", "sid": "9c1f", "acr": "1",
        "realm_access": {"roles": ["offline_access"]},
        "scope": "openid dpv:FraudPreventionAndDetection sim-swap",
    }
    none = b64(json.dumps({"alg": "none", "typ": "at+jwt"}).encode())
    hs256 = b64(json.dumps(header | {"alg": "HS256"}).encode())
    changed = b64(json.dumps(claims | {"client_id": "bank-two"}).encode())
    good = sign(header, claims, operator)
    head, payload, signature = good.split(".")
    tokens = {
        "granted": good,
        "granted-keycloak": sign(keycloak_header, keycloak_claims, partner),
        "expired": sign(header, claims | {"iat": NOW - 4000, "exp": NOW - 400}, operator),
        "wrong-audience": sign(header, claims | {"aud": "https://api.operator.example/location"}, operator),
        "scope-missing": sign(header, claims | {"scope": "dpv:FraudPreventionAndDetection sim-swap:retrieve-date"},
                              operator),
        "purpose-not-allowed": sign(header, claims | {"scope": "dpv:Marketing sim-swap:check"}, operator),
        "client-blocked": sign(header, claims | {"client_id": "bank-two"}, operator),
        "client-without-user": sign(header, claims | {"sub": "bank-one"}, operator),
        "id-token": sign(header | {"typ": "JWT"}, claims | {"aud": "bank-one", "nonce": "n-0S6"}, operator),
        "unknown-kid": sign(header | {"kid": "op-2027-01"}, claims, operator),
        "signed-by-a-stranger": sign(header, claims, stranger),
        "claims-changed": f"{head}.{changed}.{signature}",
        "alg-none": f"{none}.{payload}.",
        "hs256": f"{hs256}.{payload}.{b64(bytes(32))}",
        "bound-but-not-proven": sign(header, claims | {"cnf": {"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}},
                                     operator),
    }
    (HERE / "tokens").mkdir(exist_ok=True)
    for name, token in tokens.items():
        (HERE / "tokens" / f"{name}.jwt").write_text(token + "\n")


if __name__ == "__main__":
    main()
