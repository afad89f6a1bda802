//! serde over values that this reader has checked: a caller's own claim types see what the core saw.

use super::{Items, JsonError, MemberIter, Str, Value};
use serde::de::{self, DeserializeSeed, Visitor};

/// Longest string with escapes that can be handed to an owned string, bytes after resolving. Strings
/// without escapes are borrowed and have no such limit.
const MAX_ESCAPED_STRING: usize = 256;

/// Why a value does not fit the type that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeError {
    /// The value is of another type, or lies out of the range of the type.
    WrongType,
    /// A field is missing.
    MissingField,
    /// A name stands twice in an object, whether the type asks for it or not.
    DuplicateField,
    /// An object has more members than [`MAX_INNER_MEMBERS`](crate::limits::MAX_INNER_MEMBERS).
    TooManyMembers,
    /// The type knows no such field, or no such variant.
    UnknownName,
    /// A string holds half of a surrogate pair.
    LoneSurrogate,
    /// A string with escapes is longer than 256 bytes.
    EscapedStringTooLong,
    /// The type's own reading has refused.
    Custom,
}

impl core::fmt::Display for DeError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::WrongType => "a claim is of another type than was asked for",
            Self::MissingField => "a claim that was asked for is missing",
            Self::DuplicateField => "a claim stands twice",
            Self::TooManyMembers => "a claim has more members than the limit",
            Self::UnknownName => "a name is unknown to the type that was asked for",
            Self::LoneSurrogate => "a string holds half of a surrogate pair",
            Self::EscapedStringTooLong => "a string with escapes is longer than 256 bytes",
            Self::Custom => "the type that was asked for has refused the claims",
        })
    }
}

impl core::error::Error for DeError {}

impl de::Error for DeError {
    fn custom<T: core::fmt::Display>(_: T) -> Self {
        Self::Custom
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::WrongType
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::WrongType
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self::WrongType
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::UnknownName
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::UnknownName
    }

    fn missing_field(_: &'static str) -> Self {
        Self::MissingField
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self::DuplicateField
    }
}

/// serde calls back for nested values: as deep as the type is nested, and never deeper than the reader's
/// own limit, which every value has passed.
impl<'de> de::Deserializer<'de> for Value<'de> {
    type Error = DeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        match self {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => visitor.visit_u64(value),
                (None, Some(value)) => visitor.visit_i64(value),
                (None, None) => self.deserialize_f64(visitor),
            },
            Value::String(string) => string.visit(visitor),
            Value::Array(array) => {
                let mut seq = Seq(array.items());
                let value = visitor.visit_seq(&mut seq)?;
                // A tuple takes as many as it has: the rest must not be dropped in silence.
                if seq.0.next().is_none() { Ok(value) } else { Err(DeError::WrongType) }
            }
            Value::Object(object) => {
                object.check_names().map_err(|error| match error {
                    JsonError::TooManyMembers => DeError::TooManyMembers,
                    _ => DeError::DuplicateField,
                })?;
                visitor.visit_map(Map { members: object.members(), value: None })
            }
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        let number = self.as_number().ok_or(DeError::WrongType)?;
        let value: f64 = number.text().parse().map_err(|_| DeError::WrongType)?;
        if value.is_finite() { visitor.visit_f64(value) } else { Err(DeError::WrongType) }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        if let Value::Null = self { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, DeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeError> {
        // Unit variants only: the others would need types that no claim has.
        let name = self.as_str().ok_or(DeError::WrongType)?;
        visitor.visit_enum(Variant(name))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct identifier
    }
}

impl<'de> Str<'de> {
    fn visit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        if let Some(plain) = self.as_plain() {
            return visitor.visit_borrowed_str(plain);
        }
        let mut buffer = [0; MAX_ESCAPED_STRING];
        let resolved = self.resolve(&mut buffer).map_err(|error| match error {
            JsonError::LoneSurrogate => DeError::LoneSurrogate,
            _ => DeError::EscapedStringTooLong,
        })?;
        visitor.visit_str(resolved)
    }
}

/// A member's name, as a key of a map or a field of a struct.
struct Name<'de>(Str<'de>);

impl<'de> de::Deserializer<'de> for Name<'de> {
    type Error = DeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        self.0.visit(visitor)
    }

    /// A name that cannot be resolved is none of a type's fields: the visitor hears of an index that no
    /// field has, and ignores it or not as it does with unknown names.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        match self.0.resolve(&mut [0; MAX_ESCAPED_STRING]) {
            Ok(_) => self.0.visit(visitor),
            Err(_) => visitor.visit_u64(u64::MAX),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum ignored_any
    }
}

struct Seq<'de>(Items<'de>);

impl<'de> de::SeqAccess<'de> for Seq<'de> {
    type Error = DeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DeError> {
        self.0.next().map(|value| seed.deserialize(value)).transpose()
    }
}

struct Map<'de> {
    members: MemberIter<'de>,
    value: Option<Value<'de>>,
}

impl<'de> de::MapAccess<'de> for Map<'de> {
    type Error = DeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DeError> {
        let Some((name, value)) = self.members.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Name(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, DeError> {
        seed.deserialize(self.value.take().ok_or(DeError::Custom)?)
    }
}

struct Variant<'de>(Str<'de>);

impl<'de> de::EnumAccess<'de> for Variant<'de> {
    type Error = DeError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), DeError> {
        Ok((seed.deserialize(Name(self.0))?, self))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'de> {
    type Error = DeError;

    fn unit_variant(self) -> Result<(), DeError> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, DeError> {
        Err(DeError::WrongType)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, DeError> {
        Err(DeError::WrongType)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, DeError> {
        Err(DeError::WrongType)
    }
}
