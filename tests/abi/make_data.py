#!/usr/bin/env python3
"""Makes tests/abi/data, the same bytes every time: what the tests in C need beside examples/, by the same operator.

Needs the package `cryptography`.
"""

import hashlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "examples"))

from make_tokens import NOW, OPERATOR, SIM_SWAP, b64, ec_jwk, ec_key, sign  # noqa: E402

ACCESS, CODE, REFRESH, REQUEST = "access", "code", "refresh", "request-1"


def half(text: str) -> str:
    return b64(hashlib.sha256(text.encode()).digest()[:16])


def public(key) -> dict:
    jwk = ec_jwk(key, "")
    return {name: jwk[name] for name in ("crv", "kty", "x", "y")}


def thumbprint(key) -> str:
    return b64(hashlib.sha256(json.dumps(public(key), separators=(",", ":")).encode()).digest())


def main() -> None:
    operator, client = ec_key("operator 2026"), ec_key("client 2026")
    header = {"typ": "at+jwt", "alg": "ES256", "kid": "op-2026-01"}
    bound = sign(header, {
        "iss": OPERATOR, "sub": "8f1c2d7e-pairwise", "aud": SIM_SWAP, "client_id": "bank-one", "iat": NOW - 120,
        "exp": NOW + 780, "jti": "b7d0f6f2-0002", "scope": "sim-swap:check", "cnf": {"jkt": thumbprint(client)},
    }, operator)
    files = {"bound": bound}
    for number in (1, 2, 3):
        files[f"proof-{number}"] = sign(
            {"typ": "dpop+jwt", "alg": "ES256", "jwk": public(client)},
            {"jti": f"proof-{number}", "htm": "POST", "htu": f"{SIM_SWAP}/check", "iat": NOW,
             "ath": b64(hashlib.sha256(bound.encode()).digest())}, client)
    late = {"jti": "proof-late", "htm": "POST", "htu": f"{SIM_SWAP}/check", "iat": NOW + 400,
            "ath": b64(hashlib.sha256(bound.encode()).digest())}
    files["proof-late"] = sign({"typ": "dpop+jwt", "alg": "ES256", "jwk": public(client)}, late, client)
    id_header = header | {"typ": "JWT"}
    claims = {"iss": OPERATOR, "sub": "8f1c2d7e-pairwise", "aud": "bank-one", "iat": NOW, "exp": NOW + 300}
    files["id-plain"] = sign(id_header, claims, operator)
    files["id-whole"] = sign(id_header, claims | {
        "aud": ["bank-one", "bank-two"], "azp": "bank-one", "nonce": "n-0S6", "acr": "loa2", "auth_time": NOW - 60,
        "at_hash": half(ACCESS), "c_hash": half(CODE), "urn:openid:params:jwt:claim:rt_hash": half(REFRESH),
        "urn:openid:params:jwt:claim:auth_req_id": REQUEST,
    }, operator)
    files["id-hashed"] = sign(id_header, claims | {"at_hash": half(ACCESS)}, operator)
    files["id-pushed"] = sign(id_header, claims | {
        "at_hash": half(ACCESS), "urn:openid:params:jwt:claim:auth_req_id": REQUEST}, operator)
    files["id-of-another-party"] = sign(id_header, claims | {"azp": "bank-two"}, operator)
    files["id-without-subject"] = sign(id_header, claims | {"sub": ""}, operator)
    (HERE / "data").mkdir(exist_ok=True)
    for name, token in files.items():
        (HERE / "data" / f"{name}.jwt").write_text(token + "\n")


if __name__ == "__main__":
    main()
