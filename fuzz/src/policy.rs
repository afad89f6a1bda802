//! The policy file. It is read from disk, which bounds the speed of this one.

use jotgate_gate::PolicyFile;
use std::path::PathBuf;

/// A file that is taken has products, and each can be turned into the policy that it describes.
pub fn policy_file(data: &[u8]) {
    let path = file();
    std::fs::write(&path, data).unwrap();
    match PolicyFile::open(&path) {
        Ok(file) => {
            assert!(!file.products().is_empty() && !file.issuers().is_empty());
            for product in file.products() {
                assert!(std::ptr::eq(file.product(product.name()).unwrap(), product));
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// In memory where the system has a folder for that; one for each process and thread.
fn file() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let thread = format!("{:?}", std::thread::current().id());
    folder.join(format!("jotgate-fuzz-{}-{}.toml", std::process::id(), thread.replace(['(', ')'], "")))
}
