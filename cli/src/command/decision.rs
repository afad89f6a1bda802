//! One decision, printed for people or for programs.

use super::{judgement::Judgement, rules::Rules};
use crate::{
    args::{CheckArgs, Format},
    output::{Hex, Shown, Words, write_json},
};
use jotgate_core::{Answer, Grant, Inquiry, Now, json::Str};
use serde::{Serialize, Serializer, ser::SerializeMap};
use std::{
    fmt::Display,
    io::{self, Write},
};

/// The number of a grant; refusals have the numbers of [`Denied`](jotgate_core::Denied), questions none.
const GRANTED: u16 = 7000;

/// A decision with what stands beside it, as it is printed.
pub(crate) struct Decision<'d> {
    pub(crate) judgement: Judgement<'d>,
    /// What an HTTP answer would say to a refusal.
    pub(crate) answer: Option<Answer<'d>>,
    /// What a person should know besides, who set the keys up.
    pub(crate) note: Option<String>,
    /// What became of every rule, if that was asked for.
    pub(crate) rules: Option<Rules>,
}

impl Decision<'_> {
    /// Prints it in the form that was asked for: as JSON, an object on a line.
    pub(crate) fn write(&self, args: &CheckArgs, now: Now, out: &mut dyn Write) -> io::Result<()> {
        match (args.tokens.format, args.lines) {
            (Format::Json, _) => write_json(self, out),
            (Format::Text, true) => self.write_line(out),
            (Format::Text, false) => self.write_text(now, out),
        }
    }

    /// One line, for many tokens.
    fn write_line(&self, out: &mut dyn Write) -> io::Result<()> {
        match &self.judgement {
            Judgement::Granted(grant) => {
                let client = Shown(grant.client().unwrap_or("-"));
                let subject = Shown(grant.subject().unwrap_or("-"));
                let scope = Shown(Words(grant.scopes()));
                write!(out, "granted client={client} subject={subject} scope=\"{scope}\"")?;
            }
            Judgement::Denied(denied) => write!(out, "denied {} {}", denied.code(), denied.name())?,
            Judgement::Ask(inquiry) => {
                let id = Shown(inquiry.token_id().unwrap_or("-"));
                write!(out, "ask issuer={} token_id={id}", Shown(inquiry.issuer()))?;
            }
        }
        for (rule, reason) in self.rules.iter().flat_map(Rules::failed) {
            write!(out, " {}={}", rule.name(), reason.name())?;
        }
        out.write_all(b"\n")
    }

    /// Several lines, for one token.
    fn write_text(&self, now: Now, out: &mut dyn Write) -> io::Result<()> {
        match &self.judgement {
            Judgement::Granted(grant) => write_grant(grant, now, out)?,
            Judgement::Denied(denied) => {
                writeln!(out, "DENIED  {} {}", denied.code(), denied.name())?;
                writeln!(out, "  why        {}", denied.sentence())?;
                line("note", self.note.as_ref(), out)?;
                if let Some(answer) = self.answer {
                    writeln!(out, "  status     {}", answer.status())?;
                    line("challenge", answer.www_authenticate(), out)?;
                    line("nonce", answer.dpop_nonce(), out)?;
                }
            }
            Judgement::Ask(inquiry) => write_question(inquiry, out)?,
        }
        self.rules.as_ref().map_or(Ok(()), |rules| rules.write_text(out))
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
    if grant.issuer_label() != grant.issuer() {
        line("table", Some(grant.issuer_label()), out)?;
    }
    let expires = grant.expires();
    match now {
        Now::Trusted(now) => {
            line("expires", Some(format_args!("{} (in {} s)", expires.0, expires.since(now))), out)?
        }
        Now::NotTrusted => line("expires", Some(expires.0), out)?,
    }
    line("digest", Some(Hex(grant.signing_input_digest())), out)
}

fn write_question(inquiry: &Inquiry<'_, String>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "ASK  not granted: the authorization server must be asked about this token")?;
    line("issuer", Some(inquiry.issuer()), out)?;
    line("token id", inquiry.token_id(), out)?;
    line("digest", Some(Hex(inquiry.signing_input_digest())), out)
}

fn line(name: &str, text: Option<impl Display>, out: &mut dyn Write) -> io::Result<()> {
    text.map_or(Ok(()), |text| writeln!(out, "  {name:<10} {}", Shown(text)))
}

/// A client that is listed by itself has no group.
fn group<'s>(grant: &Grant<'s>) -> Option<&'s str> {
    grant.client_group().filter(|group| !group.is_empty())
}

impl Serialize for Decision<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match &self.judgement {
            Judgement::Granted(grant) => {
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
                map.serialize_entry("issuer_label", grant.issuer_label())?;
                map.serialize_entry("audience", &Texts(grant.audience()))?;
                map.serialize_entry("signing_input_digest", &Text(Hex(grant.signing_input_digest())))?;
            }
            Judgement::Denied(denied) => {
                map.serialize_entry("decision", "denied")?;
                map.serialize_entry("reason", denied.name())?;
                map.serialize_entry("code", &denied.code())?;
                map.serialize_entry("status", &self.answer.map_or(500, |answer| answer.status()))?;
                let challenge = self.answer.and_then(|answer| answer.www_authenticate());
                map.serialize_entry("www_authenticate", &challenge)?;
                if let Some(nonce) = self.answer.and_then(|answer| answer.dpop_nonce()) {
                    map.serialize_entry("dpop_nonce", nonce)?;
                }
                map.serialize_entry("message", denied.sentence())?;
                if let Some(note) = &self.note {
                    map.serialize_entry("note", note)?;
                }
            }
            Judgement::Ask(inquiry) => {
                map.serialize_entry("decision", "ask")?;
                map.serialize_entry("reason", "ask")?;
                map.serialize_entry("code", &None::<u16>)?;
                map.serialize_entry("status", &None::<u16>)?;
                map.serialize_entry("www_authenticate", &None::<&str>)?;
                map.serialize_entry("issuer", inquiry.issuer())?;
                map.serialize_entry("token_id", &inquiry.token_id())?;
                map.serialize_entry("signing_input_digest", &Text(Hex(inquiry.signing_input_digest())))?;
            }
        }
        if let Some(rules) = &self.rules {
            map.serialize_entry("rules", rules)?;
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
