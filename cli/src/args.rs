//! The command line, as a person reads it with `--help`.

mod known;

pub(crate) use known::{ListArgs, SenderArgs};

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use jotgate_core::{AlgorithmName, Profile};
use std::path::PathBuf;

/// Checks JWT access tokens against preloaded keys, and says why.
#[derive(Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "\
Exit status: 0 everything was granted (or valid, or usable), 1 something was denied (or invalid, or ambiguous) or \
must be asked about, 2 usage, policy, key-set, list, input or output error, 3 whoever read the output is gone.\n\n\
Give tokens on standard input where other users share the machine: they can see arguments."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Judge access tokens: keys and policy in, a decision out
    Check(Box<CheckArgs>),
    /// Verify signatures only; says nothing about claims
    Jws(JwsArgs),
    /// Show which keys of a set are used, which are skipped, and why
    Keys(KeysArgs),
    /// Show header and claims of a token, UNVERIFIED
    Peek(PeekArgs),
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs, one object a line
    Json,
}

#[derive(Args)]
#[command(group = ArgGroup::new("lists").args(["revoked", "status_list"]).multiple(true), after_help = "\
Examples:
  # by a policy file, the token on standard input
  jotgate check --policy examples/policy.toml --product sim-swap < token.txt

  # without a policy file; each --scope is one alternative, its words are all required
  jotgate check --keys jwks.json --issuer https://as.example --audience https://api.example \\
      --scope \"sim-swap:check\" --scope \"sim-swap\" < token.txt

  # a file of tokens, one a line; one decision a line, in order
  jotgate check --policy examples/policy.toml --product sim-swap --lines --format json < tokens.txt

  # looked up in lists; a product that demands a list denies without one
  jotgate check --policy examples/policy.toml --product quality-on-demand --revoked revoked.txt \\
      --status-list status-list.jwt < token.txt

  # bound to a key: with the proof that came in the request's DPoP field
  jotgate check --policy examples/policy.toml --product sim-swap --dpop @proof.txt --method POST \\
      --uri https://api.operator.example/sim-swap/v2/check < token.txt

A product that has the authorization server asked about each token gets the answer \"ask\", with what to ask about; \
--introspection completes it. With --lines, all tokens are judged with the same lists, proof and answer, and a proof is \
good once.")]
pub(crate) struct CheckArgs {
    /// The policy file (TOML)
    #[arg(long, value_name = "FILE", requires = "product", help_heading = "By a policy file")]
    pub(crate) policy: Option<PathBuf>,
    /// The product of the policy file whose demands count
    #[arg(long, value_name = "NAME", requires = "policy", help_heading = "By a policy file")]
    pub(crate) product: Option<String>,

    /// A key set that cannot be loaded is an error, instead of denying only the tokens of its issuer
    #[arg(long, requires = "policy", conflicts_with = "keys", help_heading = "By a policy file")]
    pub(crate) strict_keys: bool,

    #[command(flatten)]
    pub(crate) direct: DirectArgs,
    #[command(flatten)]
    pub(crate) lists: ListArgs,
    #[command(flatten)]
    pub(crate) sender: SenderArgs,

    /// The time to judge at, seconds since 1970 [default: this machine's clock]
    #[arg(long, value_name = "UNIX", allow_negative_numbers = true)]
    pub(crate) now: Option<i64>,
    /// Read one token a line from standard input, print a line for each; keys get tables, which pays after some 100 tokens
    #[arg(long)]
    pub(crate) lines: bool,
    /// Say what became of every rule, not only of the first that fails; a rule that the policy does not have is passed
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) tokens: TokenArgs,
}

/// The heading of the options that make a policy on the command line.
const DIRECT: &str = "Without a policy file";

/// What a policy on the command line excludes.
const BY_POLICY: [&str; 2] = ["policy", "product"];

/// A policy of one issuer, on the command line. Each of these says that it conflicts with a policy file: clap forgives
/// what is required where that conflicts with something that is given.
#[derive(Args)]
pub(crate) struct DirectArgs {
    /// The issuer's JWK Set
    #[arg(
        long,
        value_name = "JWKS",
        conflicts_with_all = BY_POLICY,
        requires = "issuer",
        requires = "audience",
        help_heading = DIRECT
    )]
    pub(crate) keys: Option<PathBuf>,
    /// The exact value of iss
    #[arg(long, value_name = "ISS", requires = "keys", conflicts_with_all = BY_POLICY, help_heading = DIRECT)]
    pub(crate) issuer: Option<String>,
    /// A value that aud must contain; may be repeated, one of them suffices
    #[arg(long, value_name = "AUD", requires = "keys", conflicts_with_all = BY_POLICY, help_heading = DIRECT)]
    pub(crate) audience: Vec<String>,
    /// How the issuer's tokens look
    #[arg(long, value_name = "NAME", default_value = "rfc9068", value_parser = preset,
        requires = "keys", conflicts_with_all = BY_POLICY, help_heading = DIRECT,
        long_help = format!("How the issuer's tokens look: one of {}", presets()))]
    pub(crate) preset: Profile,
    /// One alternative of scopes, separated by spaces, all required; may be repeated
    #[arg(long, value_name = "SCOPES", requires = "keys", conflicts_with_all = BY_POLICY, help_heading = DIRECT)]
    pub(crate) scope: Vec<String>,
    /// A value of the header's typ to accept instead of the preset's, or any; may be repeated
    #[arg(long, value_name = "NAME", value_parser = media_type, requires = "keys", conflicts_with_all = BY_POLICY,
        help_heading = DIRECT)]
    pub(crate) typ: Vec<String>,
    /// The algorithm of RSA keys that name none
    #[arg(long, value_name = "ALG", value_parser = algorithm, requires = "keys",
        conflicts_with_all = BY_POLICY, help_heading = DIRECT)]
    pub(crate) alg: Option<AlgorithmName>,
    /// Tolerance for clocks that differ, seconds [default: 60]
    #[arg(long, value_name = "S", requires = "keys", conflicts_with_all = BY_POLICY, help_heading = DIRECT)]
    pub(crate) leeway: Option<u32>,
    /// Longest time from iat to exp, seconds
    #[arg(long, value_name = "S", requires = "keys", conflicts_with_all = BY_POLICY, help_heading = DIRECT)]
    pub(crate) max_lifetime: Option<u32>,
}

#[derive(Args)]
pub(crate) struct TokenArgs {
    /// How to print decisions
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    /// The token, or - for standard input
    #[arg(value_name = "TOKEN", default_value = "-", hide_default_value = true)]
    pub(crate) token: String,
}

#[derive(Args)]
#[command(after_help = "\
Example:
  jotgate jws --keys jwks.json < token.txt

The payload of a valid signature may be expired, revoked, or meant for somebody else.")]
pub(crate) struct JwsArgs {
    /// A JWK Set, or a single JWK
    #[arg(long, value_name = "JWKS-OR-JWK")]
    pub(crate) keys: PathBuf,
    /// The algorithm of RSA keys that name none [default: any of RSA, each key loaded once for each]
    #[arg(long, value_name = "ALG", value_parser = algorithm)]
    pub(crate) alg: Option<AlgorithmName>,
    /// Read one JWS a line from standard input
    #[arg(long)]
    pub(crate) lines: bool,
    #[command(flatten)]
    pub(crate) tokens: TokenArgs,
}

#[derive(Args)]
pub(crate) struct KeysArgs {
    /// A JWK Set, or a single JWK
    #[arg(value_name = "JWKS")]
    pub(crate) keys: PathBuf,
    /// The algorithm of RSA keys that name none
    #[arg(long, value_name = "ALG", value_parser = algorithm)]
    pub(crate) alg: Option<AlgorithmName>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Args)]
pub(crate) struct PeekArgs {
    /// The token, or - for standard input
    #[arg(value_name = "TOKEN", default_value = "-", hide_default_value = true)]
    pub(crate) token: String,
}

fn preset(name: &str) -> Result<Profile, String> {
    Profile::preset(name).ok_or_else(|| format!("it is none of {}", presets()))
}

/// The names of all presets.
fn presets() -> String {
    Profile::PRESETS.map(|(name, _)| name).join(", ")
}

fn media_type(name: &str) -> Result<String, String> {
    if name.contains(|c: char| c.is_whitespace()) {
        return Err("it is more than one; repeat --typ for each".to_owned());
    }
    Ok(name.to_owned())
}

fn algorithm(name: &str) -> Result<AlgorithmName, String> {
    AlgorithmName::from_jose(name).ok_or_else(|| {
        let known = AlgorithmName::ALL.map(AlgorithmName::as_jose);
        format!("it is none of {}", known.join(", "))
    })
}
