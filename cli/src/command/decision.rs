//! One decision, printed for people or for programs.

use crate::output::{hex, resolved, shown};
use jotgate_core::{Answer, Denied, Explanation, Grant, Now, Verdict};
use serde::Serialize;
use std::io::{self, Write};

/// The number of a grant; refusals have the numbers of [`Denied`].
const GRANTED: u16 = 7000;

/// A decision as it is printed; the field names are those of the JSON form.
#[derive(Serialize)]
pub(crate) struct Decision<'d> {
    decision: &'static str,
    reason: &'static str,
    code: u16,
    status: u16,
    www_authenticate: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'static str>,
    #[serde(flatten)]
    grant: Option<Granted<'d>>,
}

#[derive(Serialize)]
struct Granted<'d> {
    subject: Option<&'d str>,
    client_id: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_group: Option<&'d str>,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<&'d str>,
    expires: i64,
    issuer: &'d str,
    audience: Vec<String>,
    signing_input_digest: String,
}

impl<'d> Decision<'d> {
    pub(crate) fn granted(grant: &Grant<'d>) -> Self {
        let scopes: Vec<String> = grant.scopes().map(resolved).collect();
        Self {
            decision: "granted",
            reason: "granted",
            code: GRANTED,
            status: 200,
            www_authenticate: None,
            message: None,
            grant: Some(Granted {
                subject: grant.subject(),
                client_id: grant.client(),
                client_group: grant.client_group().filter(|group| !group.is_empty()),
                scope: scopes.join(" "),
                purpose: grant.purpose().map(|purpose| purpose.name()),
                expires: grant.expires().0,
                issuer: grant.issuer(),
                audience: grant.audience().map(resolved).collect(),
                signing_input_digest: hex(grant.signing_input_digest()),
            }),
        }
    }

    pub(crate) fn denied(denied: Denied, answer: Option<Answer<'d>>) -> Self {
        Self {
            decision: "denied",
            reason: denied.name(),
            code: denied.code(),
            status: answer.map_or(500, |answer| answer.status()),
            www_authenticate: answer.and_then(|answer| answer.www_authenticate()),
            message: Some(denied.sentence()),
            grant: None,
        }
    }

    pub(crate) fn write_json(&self, rules: Option<&Rules>, out: &mut dyn Write) -> io::Result<()> {
        #[derive(Serialize)]
        struct Line<'l> {
            #[serde(flatten)]
            decision: &'l Decision<'l>,
            #[serde(skip_serializing_if = "Option::is_none")]
            rules: Option<&'l [RuleLine]>,
        }
        let line = Line { decision: self, rules: rules.map(|rules| rules.0.as_slice()) };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")
    }

    /// One line, for many tokens.
    pub(crate) fn write_line(&self, rules: Option<&Rules>, out: &mut dyn Write) -> io::Result<()> {
        match &self.grant {
            Some(grant) => {
                let client = shown(grant.client_id.unwrap_or("-"));
                let subject = shown(grant.subject.unwrap_or("-"));
                write!(out, "granted client={client} subject={subject} scope={:?}", shown(&grant.scope))?;
            }
            None => write!(out, "denied {} {}", self.code, self.reason)?,
        }
        for line in rules.iter().flat_map(|rules| &rules.0) {
            if let Some(reason) = line.reason {
                write!(out, " {}={reason}", line.rule)?;
            }
        }
        out.write_all(b"\n")
    }

    /// Several lines, for one token.
    pub(crate) fn write_text(&self, rules: Option<&Rules>, now: Now, out: &mut dyn Write) -> io::Result<()> {
        match &self.grant {
            Some(grant) => grant.write_text(now, out)?,
            None => {
                writeln!(out, "DENIED  {} {}", self.code, self.reason)?;
                writeln!(out, "  why        {}", self.message.unwrap_or_default())?;
                writeln!(out, "  status     {}", self.status)?;
                if let Some(challenge) = self.www_authenticate {
                    writeln!(out, "  challenge  {challenge}")?;
                }
            }
        }
        if let Some(rules) = rules {
            writeln!(out, "  rules")?;
            for line in &rules.0 {
                match line.reason {
                    None => writeln!(out, "    {:<22} {}", line.rule, line.verdict)?,
                    Some(reason) => writeln!(out, "    {:<22} {}: {reason}", line.rule, line.verdict)?,
                }
            }
        }
        Ok(())
    }
}

impl Granted<'_> {
    fn write_text(&self, now: Now, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "GRANTED")?;
        let mut line = |name: &str, text: Option<&str>| match text {
            Some(text) => writeln!(out, "  {name:<10} {}", shown(text)),
            None => Ok(()),
        };
        line("subject", self.subject)?;
        line("client", self.client_id)?;
        line("group", self.client_group)?;
        line("scope", Some(&self.scope))?;
        line("purpose", self.purpose)?;
        line("audience", Some(&self.audience.join(" ")))?;
        line("issuer", Some(self.issuer))?;
        let left = match now {
            Now::Trusted(now) => format!(" (in {} s)", self.expires.saturating_sub(now.0)),
            Now::NotTrusted => String::new(),
        };
        line("expires", Some(&format!("{}{left}", self.expires)))?;
        line("digest", Some(&self.signing_input_digest))
    }
}

/// What became of every rule.
pub(crate) struct Rules(Vec<RuleLine>);

#[derive(Serialize)]
struct RuleLine {
    rule: &'static str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

impl Rules {
    pub(crate) fn of(explanation: &Explanation) -> Self {
        let line = |(rule, verdict): (jotgate_core::Rule, Verdict)| {
            let (verdict, reason) = match verdict {
                Verdict::NotJudged => ("not judged", None),
                Verdict::Passed => ("passed", None),
                Verdict::Failed(denied) => ("failed", Some(denied.name())),
            };
            RuleLine { rule: rule.name(), verdict, reason }
        };
        Self(explanation.verdicts().map(line).collect())
    }
}
