//! What became of every rule, as it is printed.

use super::judgement::Judgement;
use jotgate_core::{Denied, Explanation, Rule, Verdict};
use serde::{Serialize, Serializer};
use std::io::{self, Write};

/// Every rule with its verdict, in the order of judging.
pub(crate) struct Rules(Vec<(Rule, Verdict)>);

impl Rules {
    /// The verdicts of the core, with that of the authorization server where it was asked: the core alone only says that
    /// it must be. Where the request brought no token, why not.
    pub(crate) fn of(explained: Result<Explanation, Denied>, judgement: &Judgement<'_>) -> Self {
        let explanation = match explained {
            Ok(explanation) => explanation,
            Err(denied) => return Self::without_token(denied),
        };
        let asked = match (explanation.denied(), judgement) {
            (Some(Denied::IntrospectionNotAsked), Judgement::Granted(_)) => Verdict::Passed,
            (Some(Denied::IntrospectionNotAsked), Judgement::Denied(denied)) => Verdict::Failed(*denied),
            _ => Verdict::NotJudged,
        };
        Self(
            explanation
                .verdicts()
                .map(|(rule, verdict)| match verdict {
                    Verdict::Failed(Denied::IntrospectionNotAsked) => (rule, asked),
                    verdict => (rule, verdict),
                })
                .collect(),
        )
    }

    /// Of a request whose credentials cannot be read.
    fn without_token(denied: Denied) -> Self {
        let verdict = |rule| if rule == Rule::Form { Verdict::Failed(denied) } else { Verdict::NotJudged };
        Self(Rule::ALL.map(|rule| (rule, verdict(rule))).to_vec())
    }

    /// Those that do not hold.
    pub(crate) fn failed(&self) -> impl Iterator<Item = (Rule, Denied)> {
        self.0.iter().filter_map(|(rule, verdict)| match verdict {
            Verdict::Failed(reason) => Some((*rule, *reason)),
            _ => None,
        })
    }

    pub(crate) fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "  rules")?;
        for (rule, verdict) in &self.0 {
            match reason(*verdict) {
                None => writeln!(out, "    {:<22} {}", rule.name(), outcome(*verdict))?,
                Some(reason) => writeln!(out, "    {:<22} {}: {reason}", rule.name(), outcome(*verdict))?,
            }
        }
        Ok(())
    }
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

impl Serialize for Rules {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Line {
            rule: &'static str,
            verdict: &'static str,
            reason: Option<&'static str>,
        }
        serializer.collect_seq(self.0.iter().map(|(rule, verdict)| Line {
            rule: rule.name(),
            verdict: outcome(*verdict),
            reason: reason(*verdict),
        }))
    }
}
