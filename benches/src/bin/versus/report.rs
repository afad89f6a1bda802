//! The measurements as JSON, and as tables in Markdown that are to be read as they are.

use crate::{machine, measurement::Measurement};
use std::{fmt::Write as _, fs, path::Path};

/// An array of objects, one in each line.
pub(crate) fn json(all: &[Measurement]) -> String {
    let lines: Vec<String> = all
        .iter()
        .map(|one| {
            let object = serde_json::json!({
                "work": one.work.name(),
                "algorithm": one.algorithm,
                "subject": one.subject,
                "min_ns": one.min_ns.round(),
                "median_ns": one.median_ns.round(),
                "allocations": one.allocations,
            });
            object.to_string()
        })
        .collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// A table for each work and algorithm, and where they come from.
pub(crate) fn text(all: &[Measurement], note: Option<&str>) -> String {
    let mut text = machine::describe();
    if let Some(note) = note {
        writeln!(text, "\n**{note}**").unwrap();
    }
    let same = |a: &Measurement, b: &Measurement| a.work == b.work && a.algorithm == b.algorithm;
    let groups: Vec<&[Measurement]> = all.chunk_by(same).collect();
    summary(&mut text, &groups);
    for group in groups {
        table(&mut text, group);
    }
    text
}

/// Writes `versus.json` and `VERSUS.md`.
pub(crate) fn save(folder: &Path, all: &[Measurement], note: Option<&str>) {
    let page = format!("{}\n{}", preface(), text(all, note));
    fs::write(folder.join("versus.json"), json(all)).unwrap();
    fs::write(folder.join("VERSUS.md"), page).unwrap();
}

fn preface() -> String {
    let quoted = |argument: String| if argument.contains(' ') { format!("'{argument}'") } else { argument };
    let arguments: Vec<String> = std::env::args().skip(1).map(quoted).collect();
    let arguments = arguments.join(" ");
    format!(
        "\
# jotgate beside other libraries

Made by `make versus`; the figures alone are in [versus.json](versus.json). The command was

```
cargo run --release -p jotgate-benches --bin versus -- {arguments}
```

All subjects ran in one process, every round in another order, timed by the thread's processor time. Compare figures of
one table only; differences under 3 % are a tie.

- `validate` is the whole validation of a token with six preloaded keys: key by id, signature, `exp`, `nbf`, `iss`,
  `aud`, scope. jotgate checks besides what its policy demands: `typ`, lifetime, client, user, purpose. Scopes are
  checked by the caller where the library does not, and with jwt-compact issuer and audience, too.
- `verify` is hash and verification of the same signing input, with the key in the most prepared form that the
  library has.
- jotgate's subjects are named `jotgate/BACKEND/TABLE`. With ES256, ES384 and EdDSA a key has a table, made when it was
  loaded, or none; each row says which. RSA has none.
- Allocations are those of one operation, `malloc` in C libraries included.
- RSA is measured with 16 different tokens in turn, the others with 1,024: the branches of a few signatures are learnt
  by heart ([GROWTH.md](GROWTH.md)).
- Every subject accepted all good tokens and refused tampered ones before it was timed; who validates refused
  expired tokens, early ones, and those with a wrong issuer, audience or scope.

![Whole validations](versus.svg)
"
    )
}

/// The fastest of ours and the fastest of the others, side by side.
fn summary(text: &mut String, groups: &[&[Measurement]]) {
    let mut rows = Vec::new();
    for group in groups {
        let Some(other) = fastest(group, |one| !one.is_ours()) else { continue };
        // Who has tables stands apart.
        let ours = |tables| fastest(group, |one| one.is_ours() && one.tables() == tables);
        for own in [None, Some("with tables"), Some("without tables")].into_iter().filter_map(ours) {
            let tables = own.tables().map_or_else(String::new, |tables| format!(", {tables}"));
            let name = format!("{} {}{tables}", own.work.name(), own.algorithm);
            let times = [micros(own.min_ns), micros(other.min_ns), ratio(other.min_ns / own.min_ns)];
            rows.push([vec![name, own.subject.clone(), other.subject.clone()], times.to_vec()].concat());
        }
    }
    if rows.is_empty() {
        return;
    }
    // Validations first; the order of algorithms stays.
    rows.sort_by(|a, b| a[0].split(' ').next().cmp(&b[0].split(' ').next()));
    let head = ["", "fastest of jotgate", "fastest other", "jotgate, us", "other, us", "other / jotgate"];
    rows.insert(0, head.map(str::to_owned).to_vec());
    writeln!(text, "\n## In short, minima\n").unwrap();
    write_aligned(text, &rows);
}

fn fastest(group: &[Measurement], is_meant: impl Fn(&Measurement) -> bool) -> Option<&Measurement> {
    group.iter().filter(|one| is_meant(one)).min_by(|a, b| a.min_ns.total_cmp(&b.min_ns))
}

fn table(text: &mut String, group: &[Measurement]) {
    let first = &group[0];
    let ours: Vec<&Measurement> = group.iter().filter(|one| one.is_ours()).collect();
    let best_peer = fastest(group, |one| !one.is_ours());
    let Some(best) = best_peer.or_else(|| fastest(group, |_| true)) else { return };
    writeln!(text, "\n## {} {}, token of {} bytes\n", first.work.name(), first.algorithm, first.token_len)
        .unwrap();

    let mut head = vec!["subject".to_owned(), "min, us".into(), "median, us".into(), "allocations".into()];
    head.push(if best_peer.is_some() { "best peer / it" } else { "fastest / it" }.into());
    head.extend((1..=ours.len()).map(|number| format!("it / [{number}]")));
    let mut rows = vec![head];
    let mut sorted: Vec<&Measurement> = group.iter().collect();
    sorted.sort_by(|a, b| a.min_ns.total_cmp(&b.min_ns));
    for one in sorted {
        let number = ours.iter().position(|own| own.subject == one.subject);
        let name = match number {
            Some(number) => {
                let tables = one.tables().map_or_else(String::new, |tables| format!(", {tables}"));
                format!("**{}** [{}]{tables}", one.subject, number + 1)
            }
            None if one.subject == best.subject => format!("{} (best peer)", one.subject),
            None => one.subject.clone(),
        };
        let mut row = vec![name, micros(one.min_ns), micros(one.median_ns), one.allocations.to_string()];
        row.push(ratio(best.min_ns / one.min_ns));
        row.extend(ours.iter().map(|own| ratio(one.min_ns / own.min_ns)));
        rows.push(row);
    }
    write_aligned(text, &rows);
}

fn micros(nanoseconds: f64) -> String {
    format!("{:.2}", nanoseconds / 1000.0)
}

fn ratio(ratio: f64) -> String {
    format!("{ratio:.2}")
}

/// Names to the left, numbers to the right, columns as wide as their widest cell.
fn write_aligned(text: &mut String, rows: &[Vec<String>]) {
    let widths: Vec<usize> =
        (0..rows[0].len()).map(|column| rows.iter().map(|row| row[column].len()).max().unwrap()).collect();
    for (index, row) in rows.iter().enumerate() {
        let numbers = row.iter().zip(&widths).skip(1).map(|(cell, width)| format!(" {cell:>width$} |"));
        writeln!(text, "| {:width$} |{}", row[0], numbers.collect::<String>(), width = widths[0]).unwrap();
        if index == 0 {
            let lines = widths[1..].iter().map(|width| format!("-{}:|", "-".repeat(*width)));
            writeln!(text, "|-{}-|{}", "-".repeat(widths[0]), lines.collect::<String>()).unwrap();
        }
    }
}
