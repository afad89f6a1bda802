//! Runs the program on the files in examples/.

use serde_json::Value;
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// When the example tokens are good.
pub(crate) const NOW: &str = "1767225600";

pub(crate) struct Output {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    /// Without the warnings.
    pub(crate) stderr: String,
    /// The lines of standard error that are warnings.
    pub(crate) warnings: String,
}

impl Output {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }

    pub(crate) fn lines(&self) -> Vec<&str> {
        self.stdout.lines().collect()
    }
}

/// The program, at the root of the repository.
pub(crate) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jotgate"));
    command.args(args).current_dir(root());
    command
}

pub(crate) fn jotgate(args: &[&str], input: &str) -> Output {
    let mut child = command(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that ends with a usage error does not read its input.
    let _unread = child.stdin.take().expect("piped").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("the program ends");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    let (warnings, stderr) =
        stderr.split_inclusive('\n').partition(|line| line.starts_with("jotgate: warning: "));
    Output {
        status: output.status.code().expect("not killed"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr,
        warnings,
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

pub(crate) fn token(name: &str) -> String {
    std::fs::read_to_string(root().join(format!("examples/tokens/{name}.jwt"))).expect("an example")
}

pub(crate) const BY_POLICY: [&str; 7] =
    ["check", "--policy", "examples/policy.toml", "--product", "sim-swap", "--now", NOW];

/// The same demands as far as they can be made without a policy file.
pub(crate) const DIRECT: [&str; 9] = [
    "check",
    "--keys",
    "examples/operator.jwks.json",
    "--issuer",
    "https://auth.operator.example",
    "--audience",
    "https://api.operator.example/sim-swap",
    "--now",
    NOW,
];

pub(crate) fn with<'a>(base: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [base, more].concat()
}

/// A file of a test's own, removed when the test is over.
pub(crate) struct File(PathBuf);

impl File {
    pub(crate) fn new(name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = std::env::temp_dir().join(format!("jotgate-cli-{}-{name}", std::process::id()));
        std::fs::write(&path, text).expect("the temporary folder can be written");
        Self(path)
    }

    pub(crate) fn name(&self) -> String {
        self.0.display().to_string()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _unneeded = std::fs::remove_file(&self.0);
    }
}
