//! What `{:?}` writes, as a tree: the one view of a policy that shows every part of it.

use std::ops::Index;

/// `Name`, `Name(...)`, `Name { a: ... }`, `[...]`, `"text"`, or a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    name: String,
    /// Whether the name is a text between quotes.
    quoted: bool,
    items: Vec<Node>,
    members: Vec<(String, Node)>,
}

impl Node {
    /// The word or number that stands there; empty for a list.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The text between quotes.
    pub(super) fn text(&self) -> &str {
        assert!(self.quoted, "{self:?} is no text");
        &self.name
    }

    /// What stands between brackets or parentheses.
    pub(super) fn items(&self) -> &[Node] {
        &self.items
    }

    /// The texts between brackets.
    pub(super) fn texts(&self) -> Vec<&str> {
        self.items.iter().map(Node::text).collect()
    }

    /// What stands between braces.
    pub(super) fn members(&self) -> &[(String, Node)] {
        &self.members
    }
}

impl Index<&str> for Node {
    type Output = Node;

    fn index(&self, name: &str) -> &Node {
        let found = self.members.iter().find(|(own, _)| own == name);
        &found.unwrap_or_else(|| panic!("{} has no {name}", self.name)).1
    }
}

/// Reads the whole text.
pub(super) fn parse(text: &str) -> Node {
    let mut rest = text;
    let node = value(&mut rest);
    assert!(rest.is_empty(), "{rest}");
    node
}

fn value(rest: &mut &str) -> Node {
    let mut node = Node { name: String::new(), quoted: false, items: vec![], members: vec![] };
    if rest.starts_with('"') {
        let end = quote_end(rest);
        node.name = unescape(&rest[1..end - 1]);
        node.quoted = true;
        *rest = &rest[end..];
        return node;
    }
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
    node.name = rest[..end].to_owned();
    *rest = &rest[end..];
    if accept(rest, "[") {
        node.items = list(rest, "]");
    } else if accept(rest, "(") {
        node.items = list(rest, ")");
    } else if accept(rest, " { ") {
        while !accept(rest, "}") {
            if accept(rest, ".. ") {
                continue;
            }
            let colon = rest.find(": ").expect("a member");
            let name = rest[..colon].to_owned();
            *rest = &rest[colon + 2..];
            node.members.push((name, value(rest)));
            let _more = accept(rest, ", ") || accept(rest, " ");
        }
    }
    node
}

fn list(rest: &mut &str, end: &str) -> Vec<Node> {
    let mut items = vec![];
    while !accept(rest, end) {
        items.push(value(rest));
        let _more = accept(rest, ", ");
    }
    items
}

fn accept(rest: &mut &str, token: &str) -> bool {
    let behind = rest.strip_prefix(token);
    *rest = behind.unwrap_or(rest);
    behind.is_some()
}

/// Behind the closing quote.
fn quote_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    panic!("{text} does not end");
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match characters.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('0') => out.push('\0'),
            Some('u') => {
                let digits: String = characters.by_ref().skip(1).take_while(|c| *c != '}').collect();
                let code = u32::from_str_radix(&digits, 16).expect("hexadecimal");
                out.push(char::from_u32(code).expect("a character"));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}
