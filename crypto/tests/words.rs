//! The arithmetic gives the same answers with words of 32 bits and of 64: this test runs with both, and both must give the
//! answers whose digest is saved here.

use sha2::{Digest, Sha256};
use std::{fmt::Write, fs, path::Path};

/// Changes of each seed.
const CHANGES: u16 = 200;

/// SHA-256 of all answers. Seeds or changes that are others have another one; words that are others have not.
const ANSWERS: &str = "b35df394f58345382664fcbdd1ae064a649039af347927990ec7ba346966c785";

#[test]
fn answers_do_not_depend_on_the_width_of_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds/signature");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut hash, mut good, mut bad) = (Sha256::new(), 0, 0);
    for path in paths {
        let seed = fs::read(path).unwrap();
        for change in 0..CHANGES {
            let mut input = seed.clone();
            let [low, high] = change.to_le_bytes();
            // Key and message change with each; every other signature has a bit flipped, somewhere.
            input.extend([low, high]);
            let at = 3 + usize::from(change) % (input.len() - 3);
            input[at] = input[at].wrapping_add(low);
            if change % 2 == 1 {
                [input[1], input[2]] = [low.wrapping_mul(37), 1 << (low / 2 % 8)];
            }
            let answers = jotgate_fuzz::signature_answers(&input);
            good += usize::from(answers.contains(" true"));
            bad += usize::from(answers.contains(" false"));
            hash.update(answers);
        }
    }
    assert!(good > 100 && bad > 100, "{good} good, {bad} bad");
    let mut digest = String::new();
    hash.finalize().iter().for_each(|byte| write!(digest, "{byte:02x}").unwrap());
    assert_eq!(digest, ANSWERS);
}
