//! Writes the keys and tokens that `count` reads: `cargo run --release -p jotgate-benches --no-default-features
//! --features measure --bin save_tokens`. The counts change with them.

use jotgate_benches::{token::Size, work::Group};
use jotgate_core::AlgorithmName;

/// Enough to tell a mean; each is some hundred bytes of the repository.
const TOKENS: usize = 4;

fn main() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tokens");
    std::fs::create_dir_all(folder).unwrap();
    for (algorithm, size) in [
        (AlgorithmName::Rs256, Size::Camara),
        (AlgorithmName::Es256, Size::CamaraLong),
        (AlgorithmName::Es384, Size::CamaraLong),
        (AlgorithmName::EdDsa, Size::CamaraLong),
    ] {
        let group = Group::new(algorithm, size);
        let mut text = group.jwk;
        for token in &group.tokens[..TOKENS] {
            text.push('\n');
            text.push_str(std::str::from_utf8(token).unwrap());
        }
        let name = format!("{folder}/{}.txt", algorithm.as_jose().to_ascii_lowercase());
        std::fs::write(name, text + "\n").unwrap();
    }
}
