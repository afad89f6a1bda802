#!/usr/bin/env python3
"""Makes the key sets, tokens and lists in this folder, the same bytes every time.

The private keys are derived from fixed words and are no secrets: never use them for anything else.
Needs the package `cryptography`.
"""

import base64
import hashlib
import json
import zlib
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

HERE = Path(__file__).parent
NOW = 1_767_225_600  # 2026-01-01T00:00:00Z: the demo judges at this time
OPERATOR = "https://auth.operator.example"
PARTNER = "https://sso.partner.example/realms/open-gateway"
SIM_SWAP = "https://api.operator.example/sim-swap"
QUALITY = "https://api.operator.example/quality-on-demand"
BILLING = "https://api.operator.example/carrier-billing"
LOCATION = "https://api.operator.example/location"
STATUS_LIST = "https://auth.operator.example/status-lists/7"


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


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


def thumbprint(jwk: dict) -> str:
    """RFC 7638."""
    members = {name: jwk[name] for name in ("crv", "kty", "x", "y")}
    return b64(hashlib.sha256(json.dumps(members, separators=(",", ":")).encode()).digest())


def stored(data: bytes) -> bytes:
    """ZLIB (RFC 1950) with one stored block: the same bytes whatever the version of zlib."""
    length = len(data).to_bytes(2, "little")
    block = b"\x01" + length + bytes(255 - byte for byte in length) + data
    return b"\x78\x01" + block + zlib.adler32(data).to_bytes(4, "big")


REVOKED = f"""\
# What the operator took back before it expired. One entry a line; a space inside a field is written %20.
# 2025-12-31: the credentials of this client leaked
client shop-nine
# 2026-01-01: a phone was stolen; the user's sessions end
subject {OPERATOR} 77aa1c-pairwise
# one token, by its id
jti {OPERATOR} b7d0f6f2-0666
# whatever this client got before it changed its keys
issued-before {NOW - 100} client shop-two
# how many entries stand before this line, so that a list that was cut off is no list
entries 4
"""


def main() -> None:
    operator, partner, stranger = ec_key("operator 2026"), rsa_key("partner 2026"), ec_key("a stranger")
    operator_set = {"keys": [
        ec_jwk(operator, "op-2026-01"),
        ec_jwk(ec_key("operator 2025"), "op-2025-07"),
        {"kty": "AKP", "alg": "ML-DSA-65", "kid": "op-pq", "pub": "AAAA"},
    ]}
    # What the operator publishes half a year later, while tokens of the key before are still in use.
    next_set = {"keys": [ec_jwk(ec_key("operator 2026, second half"), "op-2026-07"), ec_jwk(operator, "op-2026-01")]}
    partner_set = {"keys": [
        rsa_jwk(partner, "kc-sig-1", use="sig"),
        rsa_jwk(rsa_key("partner encryption"), "kc-enc-1", use="enc", alg="RSA-OAEP"),
    ]}
    for name, keys in (("operator", operator_set), ("operator-next", next_set), ("partner", partner_set)):
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
    tokens |= state_tokens(header, claims, operator)
    (HERE / "tokens").mkdir(exist_ok=True)
    for name, token in tokens.items():
        (HERE / "tokens" / f"{name}.jwt").write_text(token + "\n")
    (HERE / "state").mkdir(exist_ok=True)
    for name, text in state(tokens, operator).items():
        (HERE / "state" / name).write_text(text)


def state_tokens(header: dict, claims: dict, operator) -> dict:
    """Tokens that cannot be judged by themselves: of products that look them up, or bound to their sender."""
    quality = claims | {"aud": QUALITY, "scope": "quality-on-demand:sessions:create"}
    billing = claims | {"aud": BILLING, "scope": "carrier-billing:payments:create", "jti": "b7d0f6f2-0700"}

    location = claims | {"aud": LOCATION, "scope": "dpv:ServiceProvision location-verification:verify"}
    bound = {"cnf": {"jkt": thumbprint(ec_jwk(ec_key("a client"), ""))}}

    def status(index: int) -> dict:
        return {"status": {"status_list": {"idx": index, "uri": STATUS_LIST}}}

    return {
        "current": sign(header, quality | status(2), operator),
        "status-invalid": sign(header, quality | status(0), operator),
        "status-suspended": sign(header, quality | status(1), operator),
        "token-revoked": sign(header, quality | {"jti": "b7d0f6f2-0666"}, operator),
        "client-revoked": sign(header, quality | {"client_id": "shop-nine"}, operator),
        "issued-before-revocation": sign(header, quality | {"client_id": "shop-two"}, operator),
        "to-be-asked-about": sign(header, billing, operator),
        "bound-to-a-key": sign(header, claims | bound, operator),
        "bound-for-location": sign(header, location | bound, operator),
        "bound-to-a-certificate": sign(header, claims | {"cnf": {"x5t#S256": b64(CERTIFICATE)}}, operator),
    }


# SHA-256 of the client's certificate, were it one.
CERTIFICATE = hashlib.sha256(b"the certificate of a client").digest()


def state(tokens: dict, operator) -> dict:
    """What is known beside tokens, keys and policy: lists, an answer of the authorization server, a proof."""
    client = ec_key("a client")
    # Two bits a token, the lowest first: 1 invalid, 2 suspended, then valid ones.
    statuses = {"sub": STATUS_LIST, "iat": NOW - 60, "exp": NOW + 86_400, "ttl": 43_200,
                "status_list": {"bits": 2, "lst": b64(stored(b"\x09" + bytes(3)))}}
    public = {name: member for name, member in ec_jwk(client, "").items() if name in ("kty", "crv", "x", "y")}

    def digest(data: bytes) -> str:
        return b64(hashlib.sha256(data).digest())

    def proof(number: int, uri: str, token: str, **more: str) -> str:
        header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": public}
        claims = {"jti": f"proof-{number:04}", "htm": "POST", "htu": uri, "iat": NOW - 2,
                  "ath": digest(tokens[token].encode())}
        return sign(header, claims | more, client) + "\n"

    body = json.dumps({"device": {"phoneNumber": "+123456789"}}) + "\n"
    # CAMARA: digests of the query and of the body.
    digests = {"nonce": "nonce-of-the-gateway", "camara:qh": digest(b"accuracy=2"), "camara:bh": digest(body.encode())}
    active = {"active": True, "iss": OPERATOR, "client_id": "bank-one", "jti": "b7d0f6f2-0700", "exp": NOW + 780}
    return {
        "revoked.txt": REVOKED,
        "status-list.jwt": sign({"typ": "statuslist+jwt", "alg": "ES256", "kid": "op-2026-01"}, statuses, operator)
        + "\n",
        "proof.jwt": proof(1, f"{SIM_SWAP}/v2/check", "bound-to-a-key"),
        "proof-with-nonce.jwt": proof(2, f"{LOCATION}/v1/verify", "bound-for-location", **digests),
        "body.json": body,
        "certificate.sha256": CERTIFICATE.hex() + "\n",
        "introspection.json": json.dumps(active) + "\n",
    }


if __name__ == "__main__":
    main()
