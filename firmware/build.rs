//! Tells the linker where flash and RAM lie on the board that QEMU plays for the target.

use std::{env, error::Error, fs, path::PathBuf};

/// `mps2-an386`, a Cortex-M4 with megabytes of both; so much as a small controller has will do.
const CORTEX_M4: &str =
    "MEMORY { FLASH : ORIGIN = 0x00000000, LENGTH = 256K RAM : ORIGIN = 0x20000000, LENGTH = 64K }";

/// `microbit`, a Cortex-M0 with all the memory it has.
const CORTEX_M0: &str =
    "MEMORY { FLASH : ORIGIN = 0x00000000, LENGTH = 256K RAM : ORIGIN = 0x20000000, LENGTH = 16K }";

fn main() -> Result<(), Box<dyn Error>> {
    let memory = if env::var("TARGET")?.starts_with("thumbv6m") { CORTEX_M0 } else { CORTEX_M4 };
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(folder.join("memory.x"), memory)?;
    println!("cargo:rustc-link-search={}", folder.display());
    println!("cargo:rustc-link-arg-bins=-Tlink.x");
    println!("cargo:rerun-if-changed=build.rs");
    Ok(())
}
