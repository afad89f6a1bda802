//! `jotgate keys`: what of a key set is used, what is not, and why.

use crate::{
    Outcome,
    args::{Format, KeysArgs},
    failure::Failure,
    output::{Printer, Shown, resolved, write_json},
    ring::{Event, KeySet, fail_if_broken, in_ring},
};
use jotgate_core::{KeyReport, KeyRing, Standing, TrustedKey};
use jotgate_gate::Tables;
use serde::Serialize;
use std::io::{self, Write};

/// One key as it is printed; the field names are those of the JSON form.
#[derive(Serialize)]
struct KeyLine {
    position: usize,
    kid: Option<String>,
    kty: Option<String>,
    alg: Option<String>,
    used: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    bits: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbprint: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skipped: Option<&'static str>,
}

/// Why a key is not used that would be if another one had not its id and algorithm, or its algorithm where it has no id.
const AMBIGUOUS: &str = "ambiguous";

impl KeyLine {
    fn of(report: &KeyReport<'_>) -> Self {
        let named = report.named_algorithm.map(resolved);
        let mut line = Self {
            position: report.position,
            kid: report.kid.map(resolved),
            kty: report.kind.map(resolved),
            alg: named,
            used: report.outcome.is_ok(),
            bits: None,
            thumbprint: None,
            remarks: Vec::new(),
            skipped: None,
        };
        match report.outcome {
            Ok(used) => {
                line.alg = Some(used.algorithm.as_jose().to_owned());
                line.bits = Some(used.bits);
                line.thumbprint = Some(used.thumbprint.encode(&mut [0; 43]).to_owned());
                let remarks = [
                    (used.remarks.private_members, "private_members"),
                    (used.remarks.leading_zero, "leading_zero"),
                ];
                line.remarks.extend(remarks.into_iter().filter_map(|(holds, name)| holds.then_some(name)));
                if used.ambiguous {
                    line.make_ambiguous();
                }
            }
            Err(reason) => line.skipped = Some(reason.name()),
        }
        line
    }

    fn make_ambiguous(&mut self) {
        self.used = false;
        self.skipped = Some(AMBIGUOUS);
    }

    fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        let text = |text: &Option<String>| Shown(text.as_deref().unwrap_or("-")).to_string();
        let (kid, kty, alg) = (text(&self.kid), text(&self.kty), text(&self.alg));
        let word = if self.used { "used     " } else { "skipped  " };
        write!(out, "{word}{kid}  {kty} {alg}")?;
        if let (Some(bits), Some(thumbprint)) = (self.bits, &self.thumbprint) {
            write!(out, " {bits} bits  {thumbprint}")?;
        }
        for said in self.skipped.iter().chain(&self.remarks) {
            write!(out, "  {said}")?;
        }
        writeln!(out)
    }
}

/// A key without an id verifies tokens without one, and only where no other key has its algorithm.
fn mark_nameless(lines: &mut [KeyLine]) {
    let algorithms: Vec<_> = lines.iter().filter(|line| line.used).map(|line| line.alg.clone()).collect();
    let is_alone = |alg: &Option<String>| algorithms.iter().filter(|other| *other == alg).count() == 1;
    for line in lines.iter_mut().filter(|line| line.used && line.kid.is_none() && !is_alone(&line.alg)) {
        line.make_ambiguous();
    }
}

/// A key is reported as it is loaded, before it is known whether another one comes under its id and algorithm: the ring
/// knows. It holds the keys that were used in the order of their reports, and of several of one name the first.
fn mark_ambiguous(lines: &mut [KeyLine], standings: &[Standing]) {
    for (line, standing) in lines.iter_mut().filter(|line| line.used).zip(standings) {
        if *standing == Standing::Ambiguous {
            line.make_ambiguous();
        }
    }
}

pub(crate) fn run(args: &KeysArgs) -> Result<Outcome, Failure> {
    let default_rsa_algorithms: Vec<_> = args.alg.into_iter().collect();
    let set = KeySet::read_set_or_key(&args.keys, "keys", &default_rsa_algorithms)?;
    let mut lines = Vec::new();
    let standings = |ring: &KeyRing<'_>| ring.keys().map(TrustedKey::standing).collect::<Vec<_>>();
    let mut hear = |event: Event<'_>| {
        if let Event::Key(_, report) = event {
            lines.push(KeyLine::of(report));
        }
        fail_if_broken(event)
    };
    let loaded = in_ring(vec![set], Tables::Omit, &mut hear, standings);
    if let Ok(standings) = &loaded {
        mark_ambiguous(&mut lines, standings);
        mark_nameless(&mut lines);
    }
    let mut out = Printer::new();
    for line in &lines {
        out.print(|out| match args.format {
            Format::Text => line.write_text(out),
            Format::Json => write_json(line, out),
        })?;
    }
    out.finish()?;
    loaded?;
    let is_ambiguous = lines.iter().any(|line| line.skipped == Some(AMBIGUOUS));
    Ok(if is_ambiguous { Outcome::SomethingDenied } else { Outcome::AllGood })
}
