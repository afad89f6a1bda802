//! `jotgate keys`: what of a key set is used, what is skipped, and why.

use crate::{
    Outcome,
    args::{Format, KeysArgs},
    failure::Failure,
    output::{Shown, resolved},
    ring::{KeySet, in_ring},
};
use jotgate_core::KeyReport;
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
                    (used.ambiguous, "ambiguous"),
                ];
                line.remarks.extend(remarks.into_iter().filter_map(|(holds, name)| holds.then_some(name)));
            }
            Err(reason) => line.skipped = Some(reason.name()),
        }
        line
    }

    fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        let text = |text: &Option<String>| Shown(text.as_deref().unwrap_or("-")).to_string();
        let (kid, kty, alg) = (text(&self.kid), text(&self.kty), text(&self.alg));
        match (self.skipped, self.bits) {
            (Some(reason), _) => writeln!(out, "skipped  {kid}  {kty} {alg}  {reason}"),
            (None, bits) => {
                let bits = bits.unwrap_or_default();
                let thumbprint = self.thumbprint.as_deref().unwrap_or_default();
                write!(out, "used     {kid}  {kty} {alg} {bits} bits  {thumbprint}")?;
                for remark in &self.remarks {
                    write!(out, "  {remark}")?;
                }
                writeln!(out)
            }
        }
    }
}

pub(crate) fn run(args: &KeysArgs) -> Result<Outcome, Failure> {
    let unnamed: Vec<_> = args.alg.into_iter().collect();
    let set = KeySet::read_set_or_key(&args.keys, "keys", &unnamed)?;
    let mut lines = Vec::new();
    let loaded = in_ring(&[set], Tables::Omit, &mut |report| lines.push(KeyLine::of(report)), |_| ());
    let mut out = io::stdout().lock();
    let mut write = || {
        for line in &lines {
            match args.format {
                Format::Text => line.write_text(&mut out)?,
                Format::Json => writeln!(out, "{}", serde_json::to_string(line)?)?,
            }
        }
        out.flush()
    };
    write().map_err(Failure::Output)?;
    loaded.map(|()| Outcome::AllGood)
}
