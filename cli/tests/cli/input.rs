//! What counts as a token: as an argument, on standard input, and as one line of many.

use crate::run::{BY_POLICY, jotgate, token, with};
use serde_json::Value;

const JWS: [&str; 3] = ["jws", "--keys", "examples/operator.jwks.json"];
const PROOF: [&str; 6] = [
    "--dpop",
    "@examples/state/proof.jwt",
    "--method",
    "POST",
    "--uri",
    "https://api.operator.example/sim-swap/v2/check",
];

/// Longest line, bytes: the longest token and what a header field may have besides.
const LONGEST: usize = 16_400;

/// Status and reason.
fn reason(args: &[&str], input: &str) -> (i32, String) {
    let output = jotgate(&with(args, &["--format", "json"]), input);
    assert!(output.stderr.is_empty(), "{args:?}: {}", output.stderr);
    let line: Value = serde_json::from_str(output.lines().first().expect("a line")).expect("JSON");
    (output.status, line["reason"].as_str().expect("a reason").to_owned())
}

/// A token, and spaces up to so many bytes in all.
fn padded(name: &str, len: usize) -> String {
    format!("{:len$}", token(name).trim())
}

/// Whatever stands behind the bound is not cut away and forgotten.
#[test]
fn what_is_too_long_is_refused_whatever_it_ends_with() {
    let fits = padded("granted", LONGEST);
    let endings = ["x", " ", " x", "\t", "garbage", "  \n"];
    for lines in [&[][..], &["--lines"]] {
        assert_eq!(reason(&with(&BY_POLICY, lines), &fits), (0, "granted".to_owned()), "at the bound");
        assert_eq!(reason(&with(&BY_POLICY, lines), &(fits.clone() + "\n")).0, 0, "its end does not count");
        for ending in endings {
            let input = fits.clone() + ending;
            let denied = |reason: &str| (1, reason.to_owned());
            assert_eq!(reason(&with(&BY_POLICY, lines), &input), denied("token_too_long"), "{ending:?}");
            assert_eq!(reason(&with(&JWS, lines), &input), denied("token_too_long"), "{ending:?}");
            let bound = padded("bound-to-a-key", LONGEST) + ending;
            let with_proof = [&BY_POLICY, &PROOF[..], lines].concat();
            assert_eq!(reason(&with_proof, &bound), denied("authorization_header_too_long"), "{ending:?}");
        }
    }
    let peek = jotgate(&["peek"], &(fits.clone() + "x"));
    assert_eq!(
        (peek.status, peek.stdout.contains("token_too_long") || peek.stdout.contains("longer")),
        (1, true)
    );
    let mut args = BY_POLICY.to_vec();
    let argument = fits + " ";
    args.push(&argument);
    assert_eq!(reason(&args, ""), (1, "token_too_long".to_owned()));
    // What comes behind a line that is too long is judged as before.
    let input = padded("granted", LONGEST + 1) + "x\n" + &token("granted");
    let output = jotgate(&with(&BY_POLICY, &["--lines"]), &input);
    assert_eq!(output.lines()[0], "denied 2012 token_too_long");
    assert!(output.lines()[1].starts_with("granted "), "{}", output.stdout);
    assert_eq!(output.lines().len(), 2);
}

#[test]
fn white_space_around_a_token_is_none_of_it() {
    let good = token("granted").trim().to_owned();
    for (before, after) in
        [("", ""), (" ", ""), ("", " "), ("\t ", "\t"), ("", "\r"), ("", "\n"), (" ", "\r\n")]
    {
        let input = [before, &good, after].concat();
        let argument = with(&BY_POLICY, &[input.as_str()]);
        let jws_argument = with(&JWS, &[input.as_str()]);
        let with_lines = with(&BY_POLICY, &["--lines"]);
        for (args, input) in
            [(&argument, ""), (&jws_argument, ""), (&BY_POLICY.to_vec(), &input), (&with_lines, &input)]
        {
            assert_eq!(jotgate(args, input).status, 0, "{input:?}");
        }
        assert_eq!(jotgate(&["peek", &input], "").status, 0);
    }
    for inside in ["a b", "a\tb"] {
        assert_eq!(jotgate(&BY_POLICY, inside).status, 1, "white space inside is no token");
    }
}

/// No input is an empty token, which is denied: a program that failed to write any did not get a grant.
#[test]
fn empty_input_is_one_answer() {
    for command in [&BY_POLICY[..], &JWS] {
        for input in ["", "\n", "  \n", " "] {
            let single = jotgate(&with(command, &["--format", "json"]), input);
            let lines = jotgate(&with(command, &["--format", "json", "--lines"]), input);
            assert_eq!(single.status, 1, "{input:?}");
            assert_eq!(single.json()["reason"], "not_jwt");
            assert_eq!((lines.status, &lines.stdout), (single.status, &single.stdout), "{input:?}");
        }
        let argument = jotgate(&with(command, &["--format", "json", ""]), "");
        assert_eq!((argument.status, argument.json()["reason"].as_str()), (1, Some("not_jwt")));
    }
}

#[test]
fn two_tokens_without_lines_say_what_to_do() {
    let two = [token("granted"), token("expired")].concat();
    for args in [BY_POLICY.to_vec(), JWS.to_vec()] {
        let output = jotgate(&args, &two);
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{args:?}");
        assert!(output.stderr.contains("standard input has more than one line"), "{}", output.stderr);
        assert!(output.stderr.contains("--lines"), "{}", output.stderr);
        let argument = jotgate(&with(&args, &[&two]), "");
        assert_eq!(argument.status, 2);
        assert!(argument.stderr.contains("--lines"), "{}", argument.stderr);
    }
    let peek = jotgate(&["peek"], &two);
    assert_eq!(peek.status, 2);
    assert!(peek.stderr.contains("one token"), "{}", peek.stderr);
    // Many more than fit.
    assert_eq!(jotgate(&BY_POLICY, &two.repeat(100)).status, 2);
}

#[test]
fn white_space_around_a_proof_is_none_of_it() {
    let proof =
        std::fs::read_to_string(crate::run::root().join("examples/state/proof.jwt")).expect("an example");
    let proof = format!(" {}\n", proof.trim());
    let mut args = with(&BY_POLICY, &PROOF);
    let position = args.iter().position(|arg| arg.starts_with('@')).expect("there");
    args[position] = &proof;
    assert_eq!(jotgate(&args, &token("bound-to-a-key")).status, 0);
}
