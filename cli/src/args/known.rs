//! Options about what is known beside the token, its keys and its policy.

use clap::Args;
use jotgate_core::RequestUri;
use std::path::PathBuf;

/// What was taken back since tokens were issued.
#[derive(Args)]
pub(crate) struct ListArgs {
    /// The revocation list to look tokens up in: text, an entry a line
    #[arg(long, value_name = "FILE", help_heading = "What was taken back")]
    pub(crate) revoked: Option<PathBuf>,
    /// A status list token, of the list that its sub names and of the issuer that signed it; may be repeated
    #[arg(long, value_name = "FILE", help_heading = "What was taken back")]
    pub(crate) status_list: Vec<PathBuf>,
    /// When the lists were true, seconds since 1970 [default: --now, else when each file was last changed]
    #[arg(
        long,
        value_name = "UNIX",
        requires = "lists",
        allow_negative_numbers = true,
        help_heading = "What was taken back"
    )]
    pub(crate) lists_as_of: Option<i64>,
    /// What the authorization server answered about the token: the JSON of its response (RFC 7662)
    #[arg(long, value_name = "FILE", help_heading = "What was taken back")]
    pub(crate) introspection: Option<PathBuf>,
}

/// How the request came, for tokens that are bound to their sender.
#[derive(Args)]
pub(crate) struct SenderArgs {
    /// The DPoP proof, or @FILE that holds it; the token came under the scheme DPoP then
    #[arg(
        long,
        value_name = "PROOF",
        requires = "method",
        requires = "uri",
        help_heading = "How the request came"
    )]
    pub(crate) dpop: Option<String>,
    /// The request's method
    #[arg(long, value_name = "M", requires = "dpop", help_heading = "How the request came")]
    pub(crate) method: Option<String>,
    /// The request's URI as the client called it, with its query
    #[arg(long, value_name = "U", requires = "dpop", value_parser = request_uri,
        help_heading = "How the request came")]
    pub(crate) uri: Option<String>,
    /// The request's body, for products whose proofs must hold its digest; without a policy file they must [default: there
    /// is none]
    #[arg(long, value_name = "FILE", requires = "dpop", help_heading = "How the request came")]
    pub(crate) body: Option<PathBuf>,
    /// The nonce that the server gave out, for products whose proofs must hold one; without a policy file they must
    #[arg(long, value_name = "NONCE", requires = "dpop", help_heading = "How the request came")]
    pub(crate) nonce: Option<String>,
    /// SHA-256 of the client's certificate (DER): 64 hexadecimal digits, with or without colons
    #[arg(long, value_name = "HEX", value_parser = sha256, help_heading = "How the request came")]
    pub(crate) cert_sha256: Option<[u8; 32]>,
}

fn request_uri(text: &str) -> Result<String, String> {
    let is_one = RequestUri::parse(text.as_bytes()).is_some();
    if is_one {
        Ok(text.to_owned())
    } else {
        Err("it is no absolute URI such as https://host/path".to_owned())
    }
}

fn sha256(text: &str) -> Result<[u8; 32], String> {
    let digits: Option<Vec<u32>> = text.chars().filter(|c| *c != ':').map(|c| c.to_digit(16)).collect();
    let digits: Option<[u32; 64]> = digits.and_then(|digits| digits.try_into().ok());
    let digits = digits.ok_or_else(|| "it does not have 64 hexadecimal digits".to_owned())?;
    let mut bytes = [0; 32];
    for (byte, [high, low]) in bytes.iter_mut().zip(digits.as_chunks::<2>().0) {
        *byte = u8::try_from(high << 4 | low).map_err(|error| error.to_string())?;
    }
    Ok(bytes)
}
