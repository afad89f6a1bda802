//! The claim `status` of an access token (draft-ietf-oauth-status-list-20, section 6).

use super::text::denied;
use crate::{
    Denied,
    wire::json::{Members, Object, Str, Value},
};

/// Where a token's status stands.
#[derive(Clone, Copy)]
pub(crate) struct StatusReference<'s> {
    pub(crate) index: u64,
    pub(crate) uri: Str<'s>,
}

impl<'s> StatusReference<'s> {
    /// Reads the claim; `None` when it names other mechanisms only.
    pub(crate) fn read(claim: Value<'s>) -> Result<Option<Self>, Denied> {
        let [list] = named(object(claim)?, ["status_list"])?;
        let Some(list) = list else { return Ok(None) };
        match named(object(list)?, ["idx", "uri"])? {
            [Some(Value::Number(index)), Some(Value::String(uri))] => {
                Ok(Some(Self { index: index.as_u64().ok_or(Denied::ClaimWrongType)?, uri }))
            }
            _ => Err(Denied::ClaimWrongType),
        }
    }
}

/// Most members of `status` and of `status_list`. Three mechanisms are registered; a list has two members.
const MAX_MEMBERS: usize = 16;

fn object(value: Value<'_>) -> Result<Object<'_>, Denied> {
    value.as_object().ok_or(Denied::ClaimWrongType)
}

/// The members of these names; no name may stand twice, whatever it is.
fn named<'s, const N: usize>(
    object: Object<'s>,
    wanted: [&str; N],
) -> Result<[Option<Value<'s>>; N], Denied> {
    let fail = |error| denied(error, Denied::ClaimWrongType);
    let mut names = [0; MAX_MEMBERS];
    let mut members = Members::open(object.text().as_bytes(), &mut names).map_err(fail)?;
    let mut found = [None; N];
    while let Some((name, value)) = members.next().map_err(fail)? {
        for (place, _) in found.iter_mut().zip(wanted).filter(|(_, wanted)| name == **wanted) {
            *place = Some(value);
        }
    }
    Ok(found)
}
