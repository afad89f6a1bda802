//! Where and when the figures were taken.

use std::{fs, process::Command};

/// Lines that belong beside every figure.
pub(crate) fn describe() -> String {
    format!(
        "Machine: {}, {} cores, {}.  \nCompiler: {}.  \nDate: {}.  \nCommit: {}.\n",
        processor(),
        std::thread::available_parallelism().map_or(0, usize::from),
        extensions(),
        output("rustc", &["--version"]),
        output("date", &["-u", "+%Y-%m-%d %H:%M UTC"]),
        output("git", &["describe", "--always", "--dirty", "--exclude", "*"]),
    )
}

/// The model, and family and model number, because clouds hide the name.
fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let value = |name: &str| {
        let line = text.lines().find(|line| line.split(':').next().is_some_and(|key| key.trim() == name));
        line.and_then(|line| line.split_once(':')).map_or("?", |(_, value)| value.trim()).to_owned()
    };
    format!("{} (family {}, model {})", value("model name"), value("cpu family"), value("model"))
}

fn extensions() -> String {
    let backends: Vec<&str> =
        jotgate_core::crypto::Backend::available().map(|backend| backend.name()).collect();
    format!("backends {}", backends.join(", "))
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or("?".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
