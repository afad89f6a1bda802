//! With words of 32 bits the arithmetic answers as with words of 64: `fuzz/words` runs this with both, and compares.

use std::{env, fmt::Write, fs, path::Path};

/// Changes of each seed.
const CHANGES: u16 = 200;

#[test]
fn answers_are_written_down() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/signature");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut answers = String::new();
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
            writeln!(answers, "{input:02x?} {}", jotgate_fuzz::signature_answers(&input)).unwrap();
        }
    }
    assert!(answers.contains("true") && answers.contains("false"));
    if let Some(path) = env::var_os("JOTGATE_ANSWERS") {
        fs::write(path, answers).unwrap();
    }
}
