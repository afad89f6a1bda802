"""Judges tokens with PyJWT: signature with the one key by kid, exp and nbf with leeway, aud, iss.

Standard input: one JSON document a line. The first is {"keys": [JWK, ...], "issuer": ..., "audience": ...,
"leeway": seconds}; every other one is a token as a string. Standard output: "granted" or "denied" a line.
"""

import json
import sys

import jwt


def main():
    setting = json.loads(sys.stdin.readline())
    keys = {jwk["kid"]: (jwt.PyJWK(jwk).key, jwk["alg"]) for jwk in setting["keys"]}
    for line in sys.stdin:
        print("granted" if is_granted(json.loads(line), keys, setting) else "denied")


def is_granted(token, keys, setting):
    try:
        key, algorithm = keys[jwt.get_unverified_header(token)["kid"]]
        jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            issuer=setting["issuer"],
            audience=setting["audience"],
            leeway=setting["leeway"],
            options={"require": ["exp", "iss", "aud"]},
        )
    # Whatever it raises, it does not grant: RecursionError and KeyError are among them.
    except Exception:
        return False
    return True


main()
