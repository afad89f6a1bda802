//! Judges a token by a product of a policy file. At the root of the repository, whose example tokens were good on
//! 2026-01-01:
//!
//! ```text
//! cargo run -p jotgate-gate --example policy -- examples/policy.toml sim-swap 1767225600 < examples/tokens/granted.jwt
//! ```

use jotgate_core::{
    Denied, Grant, KeyRing, KeySource, LoadError, Now, Presented, Scratch, UnixSeconds, Validator,
    WorkerState, limits::MAX_TOKEN_LEN_RAISED,
};
use jotgate_gate::{Capacity, KeyFileError, OwnedPolicy, PolicyFile, Tables, in_key_ring};
use std::{
    env,
    error::Error,
    io::{self, Read},
    path::Path,
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let (file, name, seconds) = match args.as_slice() {
        [file, name] => (file, name, seconds_now()?),
        [file, name, seconds] => (file, name, seconds.parse()?),
        _ => return Err("usage: policy FILE PRODUCT [SECONDS-SINCE-1970] < TOKEN".into()),
    };
    let policy = PolicyFile::open(Path::new(file))?;
    let product = policy.product(name).ok_or_else(|| format!("{file}: there is no product {name}"))?;
    let token = read_token()?;
    let now = Now::Trusted(UnixSeconds(seconds));
    with_keys(&policy, |ring| judge(ring, product.policy(), token.trim_ascii(), now))?
}

/// Loads the key sets of all issuers, and lends them to `with`.
fn with_keys<T>(policy: &PolicyFile, with: impl FnOnce(&KeyRing<'_>) -> T) -> Result<T, Box<dyn Error>> {
    let mut sets = Vec::new();
    let mut capacity = Capacity::default();
    for source in policy.issuers() {
        let text = KeyFileError::read(&source.keys().path)?;
        capacity = capacity.and(&source.issuer().section(), &text, 1);
        sets.push((source, text));
    }
    // One token does not pay for tables, which a gateway would build.
    let ring = in_key_ring::<_, LoadError>(
        capacity,
        1,
        Tables::Omit,
        |builder, tabled, scratch| {
            for (source, text) in &sets {
                let algorithms = tabled.instead_of(source.algorithms());
                let default_rsa_algorithm = source.keys().default_rsa_algorithm;
                let keys = KeySource { algorithms: &algorithms, default_rsa_algorithm };
                builder.load_section(source.issuer().section(), text, &keys, scratch, &mut |_| {})?;
            }
            Ok(())
        },
        with,
    );
    Ok(ring?)
}

/// Judges a token, and prints the grant, or the number, name and sentence of the refusal.
fn judge(
    ring: &KeyRing<'_>,
    owned: &OwnedPolicy,
    token: &[u8],
    now: Now,
) -> Result<ExitCode, Box<dyn Error>> {
    let policy = owned.as_policy().map_err(|(setting, error)| format!("{setting}: {error}"))?;
    let validator = Validator::for_product(ring, &policy);
    let (mut text, mut names) = (vec![0; Scratch::text_len(MAX_TOKEN_LEN_RAISED)], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    match validator.check(Presented::bearer(token), now, &mut scratch, &mut WorkerState::new()) {
        Ok(grant) => print_grant(&grant),
        Err(denied) => print_refusal(denied),
    }
}

fn print_grant(grant: &Grant<'_>) -> Result<ExitCode, Box<dyn Error>> {
    // Debug escapes what could write to a terminal.
    println!(
        "granted: issuer {:?}, client {:?}, subject {:?}",
        grant.issuer(),
        grant.client(),
        grant.subject()
    );
    Ok(ExitCode::SUCCESS)
}

fn print_refusal(denied: Denied) -> Result<ExitCode, Box<dyn Error>> {
    println!("denied: {} {}: {}", denied.code(), denied.name(), denied.sentence());
    Ok(ExitCode::FAILURE)
}

/// Reads standard input: at most the longest token, the end of its line, and one byte, which makes it too long.
fn read_token() -> io::Result<Vec<u8>> {
    let most = u64::try_from(MAX_TOKEN_LEN_RAISED).unwrap_or(u64::MAX).saturating_add(2);
    let mut token = Vec::new();
    io::stdin().lock().take(most).read_to_end(&mut token)?;
    Ok(token)
}

fn seconds_now() -> Result<i64, Box<dyn Error>> {
    Ok(i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?)
}
