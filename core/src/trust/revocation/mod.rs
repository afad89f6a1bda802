//! What was revoked before it expires: a list that a person can write and search, and its index.
//!
//! # The list
//!
//! UTF-8 text, one entry a line, fields with one space between them. Lines that are empty or begin with `#` say
//! nothing. Blocking a client at once is one line.
//!
//! ```text
//! # leaked on 2026-07-14
//! client tpp-fraud-prevention-00042
//! jti https://as.example 7d2f0c9e-11aa-4b1e-9c6a-0123456789ab
//! subject https://as.example user%20one
//! kid https://as.example 2026-07-operator-0001
//! digest 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
//! issued-before 1784000000 issuer https://as.example
//! issued-before 1784000000 client tpp-fraud-prevention-00043
//! entries 7
//! ```
//!
//! ```text
//! list    = *line [ count ]                             ; at least one line
//! line    = [ entry / "#" *character ] %x0A             ; the last one, too: a list that ends within a line is refused
//! count   = "entries" SP number %x0A                    ; how many lines before it are entries; nothing follows it
//! entry   = "jti" SP issuer SP value                    ; one token: another issuer's of the same id is not meant
//!         / "digest" SP 64( DIGIT / %x61-66 )           ; one token: SHA-256 of its signing input
//!         / "client" SP value                           ; in any claim that names clients, whoever issued it
//!         / "subject" SP issuer SP value
//!         / "kid" SP issuer SP value                    ; whatever this key signed, also tokens without `kid`
//!         / "issued-before" SP seconds SP "issuer" SP issuer
//!         / "issued-before" SP seconds SP "client" SP value
//! issuer  = value                                       ; the exact value of `iss`
//! value   = 1*( visible / escape )
//! visible = %x21-24 / %x26-7E / character beyond ASCII  ; none that nobody sees; a quotation mark (" ') not in front
//! escape  = "%" 2HEXDIG                                 ; a byte of UTF-8, not 00: a space is %20, a percent sign %25
//! seconds = number                                      ; since 1970; a token whose `iat` is earlier, or missing, is revoked
//! number  = "0" / ( %x31-39 *17DIGIT )
//! ```
//!
//! A list that was cut off between two lines is a list all the same, and un-revokes what stood behind. Its last line
//! shows that it is whole: [`RevocationList::if_counted`] and [`RevocationRule::ByCountedList`](crate::RevocationRule)
//! demand it. An entry that stands in two lines is counted twice, so that searching the text finds the number:
//!
//! ```text
//! echo "entries $(grep -c '^[^#]' new.txt)" >> new.txt && mv new.txt revoked.txt
//! ```
//!
//! An entry whose issuer no product accepts, or whose id no token has, has no effect: nothing here knows of either. So has
//! a name that is copied with its own percent signs: `%20` stands for a space, `%2520` for those three characters.
//!
//! # The index
//!
//! Eight bytes for an entry in buckets of one cache line, half full: 16 bytes an entry. They hold 32 bits of a keyed
//! hash (SipHash-1-3) and where the line stands. A question reads one bucket (one in twenty reads its neighbour, too).
//! Another entry has the same 32 bits once in 2^30 questions: whatever agrees is then compared with the line itself, byte
//! for byte, so that such an accident costs one more cache miss and never a token. That is why the text must stay lent.
//!
//! The key is the host's, from a random source, other in every process. Whoever does not know it cannot choose ids that
//! meet in one bucket, neither to make loading slow nor to make questions slow. Answers are right under any key.

mod entry;
mod fault;
mod field;
mod index;
mod list;

pub use fault::{RevocationFault, RevocationListError};
pub use index::{IndexKey, RevocationBucket};
pub use list::{RevocationFacts, RevocationList};

pub(crate) use entry::Kind;
pub(crate) use list::{Counted, Findings, Questions};
