//! One decision, printed for people or for programs.

use crate::output::{Hex, Shown, Words};
use jotgate_core::{Answer, Denied, Explanation, Grant, Now, Rule, Verdict, json::Str};
use serde::{Serialize, Serializer, ser::SerializeMap};
use std::{
    fmt::Display,
    io::{self, Write},
};

/// The number of a grant; refusals have the numbers of [`Denied`].
const GRANTED: u16 = 7000;

/// A decision with what stands beside it, as it is printed.
pub(crate) struct Decision<'d> {
    pub(crate) result: &'d Result<Grant<'d>, Denied>,
    /// What an HTTP answer would say to a refusal.
    pub(crate) answer: Option<Answer<'d>>,
    /// What became of every rule, if that was asked for.
    pub(crate) rules: Option<Explanation>,
}

impl Decision<'_> {
    /// One JSON object on a line.
    pub(crate) fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")
    }

    /// One line, for many tokens.
    pub(crate) fn write_line(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.result {
            Ok(grant) => {
                let client = Shown(grant.client().unwrap_or("-"));
                let subject = Shown(grant.subject().unwrap_or("-"));
                let scope = Shown(Words(grant.scopes()));
                write!(out, "granted client={client} subject={subject} scope=\"{scope}\"")?;
            }
            Err(denied) => write!(out, "denied {} {}", denied.code(), denied.name())?,
        }
        for (rule, reason) in self.failed_rules() {
            write!(out, " {}={}", rule.name(), reason.name())?;
        }
        out.write_all(b"\n")
    }

    fn failed_rules(&self) -> impl Iterator<Item = (Rule, Denied)> {
        self.rules.iter().flat_map(Explanation::verdicts).filter_map(|(rule, verdict)| match verdict {
            Verdict::Failed(reason) => Some((rule, reason)),
            _ => None,
        })
    }

    /// Several lines, for one token.
    pub(crate) fn write_text(&self, now: Now, out: &mut dyn Write) -> io::Result<()> {
        match self.result {
            Ok(grant) => write_grant(grant, now, out)?,
            Err(denied) => {
                writeln!(out, "DENIED  {} {}", denied.code(), denied.name())?;
                writeln!(out, "  why        {}", denied.sentence())?;
                if let Some(answer) = self.answer {
                    writeln!(out, "  status     {}", answer.status())?;
                    if let Some(challenge) = answer.www_authenticate() {
                        writeln!(out, "  challenge  {challenge}")?;
                    }
                }
            }
        }
        let Some(rules) = &self.rules else { return Ok(()) };
        writeln!(out, "  rules")?;
        for (rule, verdict) in rules.verdicts() {
            match reason(verdict) {
                None => writeln!(out, "    {:<22} {}", rule.name(), outcome(verdict))?,
                Some(reason) => writeln!(out, "    {:<22} {}: {reason}", rule.name(), outcome(verdict))?,
            }
        }
        Ok(())
    }
}

fn write_grant(grant: &Grant<'_>, now: Now, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "GRANTED")?;
    line("subject", grant.subject(), out)?;
    line("client", grant.client(), out)?;
    line("group", group(grant), out)?;
    line("scope", Some(Words(grant.scopes())), out)?;
    line("purpose", grant.purpose().map(|purpose| purpose.name()), out)?;
    line("audience", Some(Words(grant.audience())), out)?;
    line("issuer", Some(grant.issuer()), out)?;
    let expires = grant.expires();
    match now {
        Now::Trusted(now) => {
            line("expires", Some(format_args!("{} (in {} s)", expires.0, expires.since(now))), out)?
        }
        Now::NotTrusted => line("expires", Some(expires.0), out)?,
    }
    line("digest", Some(Hex(grant.signing_input_digest())), out)
}

fn line(name: &str, text: Option<impl Display>, out: &mut dyn Write) -> io::Result<()> {
    text.map_or(Ok(()), |text| writeln!(out, "  {name:<10} {}", Shown(text)))
}

/// A client that is listed by itself has no group.
fn group<'s>(grant: &Grant<'s>) -> Option<&'s str> {
    grant.client_group().filter(|group| !group.is_empty())
}

fn outcome(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotJudged => "not judged",
        Verdict::Passed => "passed",
        Verdict::Failed(_) => "failed",
    }
}

fn reason(verdict: Verdict) -> Option<&'static str> {
    if let Verdict::Failed(reason) = verdict { Some(reason.name()) } else { None }
}

impl Serialize for Decision<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self.result {
            Ok(grant) => {
                map.serialize_entry("decision", "granted")?;
                map.serialize_entry("reason", "granted")?;
                map.serialize_entry("code", &GRANTED)?;
                map.serialize_entry("status", &200)?;
                map.serialize_entry("www_authenticate", &None::<&str>)?;
                map.serialize_entry("subject", &grant.subject())?;
                map.serialize_entry("client_id", &grant.client())?;
                map.serialize_entry("client_group", &group(grant))?;
                map.serialize_entry("scope", &Text(Words(grant.scopes())))?;
                map.serialize_entry("purpose", &grant.purpose().map(|purpose| purpose.name()))?;
                map.serialize_entry("expires", &grant.expires().0)?;
                map.serialize_entry("issuer", grant.issuer())?;
                map.serialize_entry("audience", &Texts(grant.audience()))?;
                map.serialize_entry("signing_input_digest", &Text(Hex(grant.signing_input_digest())))?;
            }
            Err(denied) => {
                map.serialize_entry("decision", "denied")?;
                map.serialize_entry("reason", denied.name())?;
                map.serialize_entry("code", &denied.code())?;
                map.serialize_entry("status", &self.answer.map_or(500, |answer| answer.status()))?;
                let challenge = self.answer.and_then(|answer| answer.www_authenticate());
                map.serialize_entry("www_authenticate", &challenge)?;
                map.serialize_entry("message", denied.sentence())?;
            }
        }
        if let Some(rules) = &self.rules {
            map.serialize_entry("rules", &Rules(rules))?;
        }
        map.end()
    }
}

struct Text<T>(T);

impl<T: Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

struct Texts<I>(I);

impl<'s, I: Iterator<Item = Str<'s>> + Clone> Serialize for Texts<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone().map(|text| Text(Words(std::iter::once(text)))))
    }
}

struct Rules<'e>(&'e Explanation);

impl Serialize for Rules<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Line {
            rule: &'static str,
            verdict: &'static str,
            reason: Option<&'static str>,
        }
        serializer.collect_seq(self.0.verdicts().map(|(rule, verdict)| Line {
            rule: rule.name(),
            verdict: outcome(verdict),
            reason: reason(verdict),
        }))
    }
}
