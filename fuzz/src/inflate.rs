//! ZLIB streams beside miniz_oxide.

use jotgate_core::{InflateFault, steps::inflate_zlib};
use miniz_oxide::{deflate::compress_to_vec_zlib, inflate::decompress_to_vec_zlib_with_limit};

/// Bytes lent: more than seeds and their changes make.
const ROOM: usize = 1 << 16;

/// What is never written, in memory that is not needed.
const UNTOUCHED: u8 = 0xaa;

/// A stream: both take it, with the same bytes, or both refuse it. It needs exactly the memory that it fills. Once more
/// with header and checksum made good, so that more than these decide.
pub fn inflate(data: &[u8]) {
    same(data);
    if let Some(body) = data.get(2..) {
        let mut stream = [&[0x78, 0x9c], body].concat();
        same(&stream);
        if inflate_zlib(&stream, &mut vec![0; ROOM]) == Err(InflateFault::Checksum) {
            let partly = decompress_to_vec_zlib_with_limit(&stream, ROOM).expect_err("another checksum");
            let at = stream.len() - 4;
            stream.truncate(at);
            stream.extend(adler32(&partly.output).to_be_bytes());
            same(&stream);
        }
    }
}

fn same(stream: &[u8]) {
    let mut out = vec![UNTOUCHED; ROOM];
    let theirs = decompress_to_vec_zlib_with_limit(stream, ROOM);
    match (inflate_zlib(stream, &mut out), theirs) {
        (Ok(len), Ok(theirs)) => {
            assert_eq!(out[..len], theirs);
            assert!(out[len..].iter().all(|byte| *byte == UNTOUCHED));
            exactly(stream, &theirs);
            let again = compress_to_vec_zlib(&theirs, 6);
            assert_eq!(inflate_zlib(&again, &mut out), Ok(len), "deflated again");
            assert_eq!(out[..len], theirs);
        }
        // miniz_oxide does not look behind the end of a stream.
        (Err(InflateFault::TrailingBytes), Ok(theirs)) => {
            let is_whole =
                |end: &usize| inflate_zlib(&stream[..*end], &mut vec![0; ROOM]) == Ok(theirs.len());
            assert!((0..stream.len()).rev().any(|end| is_whole(&end)));
        }
        (Err(_), Err(_)) => {}
        (ours, theirs) => panic!("{ours:?}, but miniz_oxide {:?}", theirs.map(|bytes| bytes.len())),
    }
}

/// Neither more memory than there are bytes is needed, nor does less suffice.
fn exactly(stream: &[u8], bytes: &[u8]) {
    let mut out = vec![0; bytes.len()];
    assert_eq!(inflate_zlib(stream, &mut out), Ok(bytes.len()));
    assert_eq!(out, bytes);
    if let Some(less) = bytes.len().checked_sub(1) {
        assert_eq!(inflate_zlib(stream, &mut out[..less]), Err(InflateFault::OutOfMemory));
    }
}

/// RFC 1950, section 8.2.
fn adler32(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (a + b) % 65_521)
    });
    b << 16 | a
}
