//! Writes `include/jotgate.h` of the sources of `ffi`: `jotgate-header <path of ffi> <path of the header>`.
//!
//! cbindgen writes types, constants and functions. What it cannot know is added here: the statuses, which are those of
//! `jotgate-core`, and the sizes, which depend on the width of pointers.

use jotgate_ffi::{sizes, status, version};
use std::{collections::BTreeMap, env, fs, path::PathBuf};

const HEAD: &str = include_str!("head.h");

const MUST_CHECK: &str = "\
/** A compiler that can warns where the answer of a function is thrown away. */
#if defined(__GNUC__) || defined(__clang__)
#define JOTGATE_MUST_CHECK __attribute__((warn_unused_result))
#else
#define JOTGATE_MUST_CHECK
#endif
";

/// `jotgate_*_len` for arrays whose length the compiler must know. `tests/abi` compares them with the functions.
const LENGTHS: &str = "\
/** `jotgate_scratch_len` as a constant: for tokens of `token_len` bytes with `members` claims. */
#define JOTGATE_SCRATCH_LEN_OF(token_len, members) \\
  ((token_len) + (token_len) / 2 + (members) * 8 + JOTGATE_SCRATCH_FRONT_LEN + JOTGATE_ALIGNMENT)
/** `jotgate_key_ring_len` as a constant: `words` of keys and names, `JOTGATE_RSA_2048_WORDS` and so on. */
#define JOTGATE_KEY_RING_LEN_OF(issuers, keys, words) \\
  ((issuers) * JOTGATE_ISSUER_SLOT_LEN + (keys) * JOTGATE_KEY_SLOT_LEN + \\
   ((words) + (keys)) * JOTGATE_WORD_LEN + 2 * JOTGATE_ALIGNMENT)
/** The memory that a policy of so many issuers needs. */
#define JOTGATE_POLICY_LEN_OF(issuers) ((issuers) * JOTGATE_POLICY_ISSUER_LEN + JOTGATE_ALIGNMENT)
/** `jotgate_worker_len` as a constant. */
#define JOTGATE_WORKER_LEN_OF(headers, tokens, signature_len) \\
  ((headers) * JOTGATE_HEADER_SLOT_LEN + (tokens) * (JOTGATE_CACHE_SLOT_LEN + (signature_len)) + \\
   2 * JOTGATE_ALIGNMENT)
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [sources, header] = arguments.as_slice() else {
        return Err("usage: jotgate-header FFI HEADER".into());
    };
    let mut config = cbindgen::Config::from_file(sources.join("cbindgen.toml"))?;
    config.header = Some(HEAD.trim_end().to_owned());
    config.after_includes =
        Some(format!("\n{}\n{MUST_CHECK}\n{}\n{}", version_text(), sizes_text(), statuses()));
    let builder = cbindgen::Builder::new().with_config(config).with_src(sources.join("src/lib.rs"));
    let mut text = vec![];
    builder.generate()?.write(&mut text);
    fs::write(header, hidden(&pointers(&String::from_utf8(text)?)?))?;
    Ok(())
}

/// What a library may lack is declared unless a program says that its library lacks it: `JOTGATE_WITHOUT_ES512`.
fn hidden(text: &str) -> String {
    text.replace("#if defined(JOTGATE_ES512)", "#if !defined(JOTGATE_WITHOUT_ES512)")
        .replace("#if defined(JOTGATE_RUSTCRYPTO)", "#if !defined(JOTGATE_WITHOUT_RUSTCRYPTO)")
}

/// The pointer types of `ffi::memory` are transparent: C sees the pointers.
fn pointers(text: &str) -> Result<String, String> {
    let mut aliases = BTreeMap::new();
    let mut rest = String::new();
    for line in text.lines() {
        let alias = line.strip_prefix("typedef ").and_then(|line| line.strip_suffix(';')).and_then(|line| {
            let (target, name) = line.rsplit_once('*')?;
            let is_pointer = ["In_", "InOut_", "Out_"].iter().any(|prefix| name.starts_with(prefix));
            is_pointer.then(|| (name.to_owned(), target.trim_end_matches(' ').to_owned()))
        });
        match alias {
            Some((name, target)) => {
                aliases.insert(name, target);
                // Its description is for readers of the sources.
                if rest.ends_with(" */\n") {
                    rest.truncate(rest.rfind("/**").unwrap_or(rest.len()));
                }
            }
            None => {
                rest.push_str(line);
                rest.push('\n');
            }
        }
    }
    let mut out = String::new();
    for line in rest.lines() {
        out.push_str(line_without(line, &aliases)?.trim_end());
        out.push('\n');
    }
    // Where typedefs stood, empty lines were left.
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    Ok(out)
}

fn line_without(line: &str, aliases: &BTreeMap<String, String>) -> Result<String, String> {
    let mut line = line.to_owned();
    // An alias of an alias takes a second turn.
    for _ in 0..2 {
        let mut out = String::new();
        let pieces = line.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        for piece in pieces {
            let word = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            match aliases.get(word) {
                Some(target) => {
                    out.push_str(target);
                    // `T *name`, and `T **name`.
                    if !target.ends_with('*') {
                        out.push(' ');
                    }
                    out.push('*');
                    out.push_str(piece.strip_prefix(word).unwrap_or_default().trim_start_matches(' '));
                }
                None => out.push_str(piece),
            }
        }
        line = constant(&out);
    }
    let left = ["In_", "InOut_", "Out_"].iter().any(|prefix| line.contains(prefix));
    if left { Err(format!("an alias is left: {line}")) } else { Ok(line) }
}

/// A list of pointers to what is `const` is `const` itself, which is written behind the star.
fn constant(line: &str) -> String {
    match line.split_once("const const ") {
        Some((before, behind)) => format!("{before}const {}", behind.replacen("**", "*const *", 1)),
        None => line.to_owned(),
    }
}

fn version_text() -> String {
    let [major, minor, patch] = version::OWN;
    let abi = version::ABI;
    format!(
        "/** The version of this header: major, which is raised by what is incompatible once it is above 0. */\n\
         #define JOTGATE_VERSION_MAJOR {major}\n\
         /** Minor: raised by what is incompatible while major is 0, by what is new from then on. */\n\
         #define JOTGATE_VERSION_MINOR {minor}\n\
         /** Patch: what is new while major is 0, and what was mended. */\n\
         #define JOTGATE_VERSION_PATCH {patch}\n\
         /** The ABI of this header, for `jotgate_abi_check`: minor while major is 0, then major times 65536. */\n\
         #define JOTGATE_ABI_VERSION {abi}\n"
    )
}

fn sizes_text() -> String {
    let mut text = String::new();
    for (condition, value) in [
        ("#if UINTPTR_MAX > 0xffffffffu\n", (|size: &sizes::Size| size.wide) as fn(&sizes::Size) -> usize),
        ("#else\n", |size| size.narrow),
    ] {
        text.push_str(condition);
        for size in sizes::ALL {
            text.push_str(&format!("/** {} */\n#define {} {}\n", size.doc, size.name, value(size)));
        }
        for words in sizes::KEY_WORDS {
            let value = if condition == "#else\n" { words.narrow } else { words.wide };
            text.push_str(&format!("/** {} */\n#define {} {value}\n", words.doc, words.name));
        }
    }
    text.push_str("#endif\n\n");
    for size in sizes::ALL {
        let name = size.name.trim_start_matches("JOTGATE_").trim_end_matches("_WORDS");
        text.push_str(&format!(
            "/** For `jotgate_size`: bytes, whose constant is `{}`. */\n#define JOTGATE_SIZE_{name} {}\n",
            size.name, size.number
        ));
    }
    text.push('\n');
    text.push_str(LENGTHS);
    text
}

fn statuses() -> String {
    let mut all: Vec<_> =
        status::OWN.iter().map(|(code, name, sentence)| (*code, (*name).to_owned(), *sentence)).collect();
    for (prefix, table) in status::TABLES {
        all.extend(
            table
                .iter()
                .map(|(code, name, sentence)| (i32::from(*code), format!("{prefix}{name}"), *sentence)),
        );
    }
    all.sort_unstable();
    let mut text = String::from(
        "/**\n * The answer of a function: JOTGATE_OK (7000) for what was granted or done; everything else is a \
         refusal, 0 above\n * all. Numbers are stable and only ever added to; none is an HTTP status.\n *\n \
         * 1xxx: the host called wrongly. 2xxx: malformed. 3xxx: issuer, key or signature. 4xxx: claims against the \
         policy.\n * 5xxx: revoked, replayed, or bound to another sender. 6xxx: the host's state. 7xxx: done. 8xxx: \
         what can go wrong\n * when keys and policies are loaded: 80xx a key set, 81xx one key, 82xx a policy, 83xx a\n * revocation list, 84xx a status list.\n \
         */\ntypedef int32_t jotgate_status_t;\n\nenum {\n",
    );
    for (position, (code, name, sentence)) in all.iter().enumerate() {
        let comma = if position + 1 == all.len() { "" } else { "," };
        text.push_str(&format!(
            "  /** {sentence} */\n  JOTGATE_{} = {code}{comma}\n",
            name.to_ascii_uppercase()
        ));
    }
    text.push_str("};\n");
    text
}
