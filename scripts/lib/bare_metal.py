"""Which compiler builds for another target than this machine, and what cargo has to be told."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DEBIAN_RUSTC = "/usr/bin/rustc"


class NoCompiler(Exception):
    pass


@dataclass
class Compiler:
    """A way to build for `target`."""

    target: str
    rustc: str
    # The core library is compiled with the program.
    from_sources: bool
    # The parts of Rust's own library that are compiled then.
    library: str = "core"
    environment: dict = field(default_factory=dict)

    def cargo(self, command, *arguments, cwd=ROOT, quiet=True):
        """Runs cargo; its messages go to the terminal."""
        call = ["cargo", command, "--target", self.target, *arguments]
        if quiet:
            call.append("--quiet")
        if self.from_sources:
            call.append(f"-Zbuild-std={self.library}")
        subprocess.run(call, cwd=cwd, env=os.environ | self.environment, check=True)

    def errors(self, command, *arguments):
        """What cargo says where it is expected to fail."""
        call = ["cargo", command, "--quiet", "--target", self.target, *arguments]
        if self.from_sources:
            call.append(f"-Zbuild-std={self.library}")
        environment = os.environ | self.environment
        return subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, text=True).stderr

    def describe(self):
        version = output(self.rustc, "--version")
        return f"{version}, core library " + ("from sources" if self.from_sources else "as installed")


def compiler(target, sources_only=False):
    """The installed target of rustup's toolchain; else its sources; else Debian's compiler and sources.

    With `sources_only`, never an installed target: that would bring `alloc` along.
    """
    sysroot = Path(output("rustc", "--print", "sysroot"))
    if not sources_only and (sysroot / "lib/rustlib" / target).is_dir():
        return Compiler(target, "rustc", from_sources=False)
    for rustc in ("rustc", DEBIAN_RUSTC):
        if shutil.which(rustc) and has_sources(rustc):
            environment = {"RUSTC": rustc, "RUSTC_BOOTSTRAP": "1", linker_variable(target): linker(sysroot)}
            return Compiler(target, rustc, from_sources=True, environment=environment)
    raise NoCompiler(f"nothing builds for {target}: run scripts/install-firmware-tools")


def has_sources(rustc):
    sysroot = Path(output(rustc, "--print", "sysroot"))
    return (sysroot / "lib/rustlib/src/rust/library/core").is_dir()


def linker_variable(target):
    return f"CARGO_TARGET_{target.upper().replace('-', '_').replace('.', '_')}_LINKER"


def linker(sysroot):
    """rustup's own linker, which Debian's compiler does not have."""
    own = next(sysroot.glob("lib/rustlib/*/bin/rust-lld"), None)
    return str(own) if own else "ld.lld"


def output(*call):
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout.strip()
