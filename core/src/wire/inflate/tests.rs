//! The inflater against miniz_oxide, and what both must refuse.

use super::*;
use miniz_oxide::{
    deflate::core::{CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params},
    inflate::decompress_to_vec_zlib_with_limit,
};
use proptest::prelude::*;
use std::{vec, vec::Vec};

const ROOM: usize = 1 << 16;

fn ours(stream: &[u8], room: usize) -> Result<Vec<u8>, InflateFault> {
    let mut out = vec![0xaa; room];
    let len = inflate_zlib(stream, &mut out)?;
    out.truncate(len);
    Ok(out)
}

/// Stored blocks alone for level 0, fixed codes alone for strategy 4.
fn deflated(data: &[u8], level: i32, strategy: i32) -> Vec<u8> {
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(level, 15, strategy));
    let mut out = vec![0; data.len().saturating_mul(2).saturating_add(200)];
    let (status, read, written) = compress(&mut compressor, data, &mut out, TDEFLFlush::Finish);
    assert_eq!((status, read), (TDEFLStatus::Done, data.len()));
    out.truncate(written);
    out
}

/// The stream around these blocks.
fn zlib(blocks: &[u8], data: &[u8]) -> Vec<u8> {
    [&[0x78, 0x9c], blocks, &adler32(data).to_be_bytes()].concat()
}

/// Noise, runs, and repetitions near and far: each kind of block, and distances beyond 8 KiB.
fn data() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..600),
        proptest::collection::vec(0..4_u8, 0..600),
        (any::<u8>(), 0..12_000_usize).prop_map(|(byte, len)| vec![byte; len]),
        (proptest::collection::vec(any::<u8>(), 1..40), 1..40_usize)
            .prop_map(|(piece, times)| piece.repeat(times)),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| {
        let once = pieces.concat();
        [once.clone(), once].concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn inflates_what_was_deflated(data in data(), level in 0..=10_i32, fixed in any::<bool>()) {
        let stream = deflated(&data, level, if fixed { 4 } else { 0 });
        prop_assert_eq!(ours(&stream, data.len()), Ok(data.clone()));
        if let Some(less) = data.len().checked_sub(1) {
            prop_assert_eq!(ours(&stream, less), Err(InflateFault::OutOfMemory));
        }
        let longer = [&stream[..], &[0]].concat();
        prop_assert_eq!(ours(&longer, data.len()), Err(InflateFault::TrailingBytes));
    }

    #[test]
    fn every_stream_that_is_cut_off_is_refused(
        data in proptest::collection::vec(0..9_u8, 0..400), level in 0..=9_i32, at in any::<proptest::sample::Index>(),
    ) {
        let stream = deflated(&data, level, 0);
        let cut = &stream[..at.index(stream.len())];
        prop_assert_eq!(ours(cut, ROOM), Err(InflateFault::Truncated));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    /// What is changed agrees in the outcome, and in the data; the checksum is made good, so that more than it decides.
    #[test]
    fn changed_streams_are_judged_as_miniz_does(
        data in proptest::collection::vec(0..12_u8, 0..300),
        level in 0..=9_i32,
        fixed in any::<bool>(),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), 0..8_u8), 1..4),
    ) {
        let mut stream = deflated(&data, level, if fixed { 4 } else { 0 });
        for (at, bit) in changes {
            // The header has a test of its own.
            let body = &mut stream[2..];
            body[at.index(body.len())] ^= 1 << bit;
        }
        agrees(stream)?;
    }

    /// Noise behind a header that begins a block with a dynamic code: mostly codes that are none.
    #[test]
    fn noise_is_judged_as_miniz_does(mut blocks in proptest::collection::vec(any::<u8>(), 4..120), kind in 0..3_u8) {
        blocks[0] = blocks[0] & !7 | kind << 1 | 1;
        agrees(zlib(&blocks, &[]))?;
    }
}

/// miniz_oxide does not look behind the end of a stream, and lets some codes pass that zlib refuses.
fn agrees(mut stream: Vec<u8>) -> Result<(), TestCaseError> {
    for _ in 0..2 {
        let (ours, theirs) = (ours(&stream, ROOM), decompress_to_vec_zlib_with_limit(&stream, ROOM));
        match (ours, theirs) {
            (Ok(ours), Ok(theirs)) => prop_assert_eq!(ours, theirs),
            (Err(InflateFault::TrailingBytes), Ok(_)) | (Err(_), Err(_)) => {}
            (ours, theirs) => {
                return Err(TestCaseError::fail(std::format!(
                    "{ours:?}, but miniz_oxide {:?} for {stream:02x?}",
                    theirs.map(|data| data.len()).map_err(|error| error.status)
                )));
            }
        }
        // Once more with the checksum of whatever came out.
        let mut out = vec![0; ROOM];
        if inflate_zlib(&stream, &mut out) != Err(InflateFault::Checksum) {
            break;
        }
        let Err(partly) = decompress_to_vec_zlib_with_limit(&stream, ROOM) else { break };
        let at = stream.len().saturating_sub(4);
        stream.truncate(at);
        stream.extend(adler32(&partly.output).to_be_bytes());
    }
    Ok(())
}

/// draft-ietf-oauth-status-list-20, section 4.1.
#[test]
fn examples_of_the_draft() {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let stream = |text| Base64UrlUnpadded::decode_vec(text).unwrap();
    assert_eq!(ours(&stream("eNrbuRgAAhcBXQ"), 2), Ok(vec![0xb9, 0xa3]));
    assert_eq!(ours(&stream("eNo76fITAAPfAgc"), 3), Ok(vec![0xc9, 0x44, 0xf9]));
}

#[test]
fn headers() {
    let good = deflated(b"abc", 6, 0);
    let header = |bytes: [u8; 2]| ours(&[&bytes, &good[2..]].concat(), 3);
    for lawful in [[0x78, 0x01], [0x78, 0x9c], [0x78, 0xda], [0x08, 0x1d], [0x18, 0x19]] {
        assert_eq!(header(lawful), Ok(b"abc".to_vec()), "{lawful:x?}");
    }
    // Another check; another method; a window of 64 KiB; a dictionary; gzip.
    for other in [[0x78, 0x00], [0x79, 0x18], [0x88, 0x1c], [0x78, 0xbb], [0x1f, 0x8b]] {
        assert_eq!(header(other), Err(InflateFault::Header), "{other:x?}");
    }
    assert_eq!(ours(&[], 1), Err(InflateFault::Truncated));
    assert_eq!(ours(&[0x78], 1), Err(InflateFault::Truncated));
}

#[test]
fn blocks_by_hand() {
    let stored = |data: &[u8], last: u8| {
        let len = u16::try_from(data.len()).unwrap();
        [&[last][..], &len.to_le_bytes(), &(!len).to_le_bytes(), data].concat()
    };
    let two = [stored(b"", 0), stored(b"ab", 0), stored(b"c", 1)].concat();
    assert_eq!(ours(&zlib(&two, b"abc"), 3), Ok(b"abc".to_vec()));
    assert_eq!(ours(&zlib(&two, b"abd"), 3), Err(InflateFault::Checksum));
    let mut wrong = stored(b"ab", 1);
    wrong[3] ^= 1;
    for (what, blocks, fault) in [
        ("lengths of a stored block disagree", wrong, InflateFault::Block),
        ("a kind that is none", vec![0b111], InflateFault::Block),
        // Fixed: length 3 (symbol 257, 0000001) and distance 1 (00000), with nothing before it.
        ("a distance before the beginning", vec![0b0000_0011, 0b0000_0010, 0], InflateFault::Block),
        // Fixed: symbol 286 (11000110), for which there is no length.
        ("a length that is none", vec![0b0001_1011, 0b0000_0011], InflateFault::Block),
        ("287 literals", vec![0b1111_0101, 0, 0], InflateFault::Block),
        ("31 distances", vec![0b0000_0101, 0b0001_1110, 0], InflateFault::Block),
    ] {
        assert_eq!(ours(&zlib(&blocks, b""), 9), Err(fault), "{what}");
    }
}

/// 32 KiB is the farthest distance; runs of 258 overlap themselves.
#[test]
fn far_and_long() {
    let noise: Vec<u8> =
        (0..32_768_u32).map(|number| number.wrapping_mul(0x9e37_79b9).to_be_bytes()[0]).collect();
    let data = [&noise[..], &noise[..], &[7; 70_000]].concat();
    assert_eq!(ours(&deflated(&data, 9, 0), data.len()), Ok(data));
}

/// Blocks that inflate to nothing cost the reader, not the writer.
#[test]
fn blocks_are_counted_against_what_they_inflate_to() {
    // Fixed: the end of a block (0000000) and nothing else, ten bits; four of them are five bytes.
    let empty = [0b0000_0010, 0b0000_1000, 0b0010_0000, 0b1000_0000, 0];
    let stored = |data: &[u8], last: u8| {
        let len = u16::try_from(data.len()).unwrap();
        [&[last][..], &len.to_le_bytes(), &(!len).to_le_bytes(), data].concat()
    };
    let stream = |fours: usize, data: &[u8]| zlib(&[empty.repeat(fours), stored(data, 1)].concat(), data);
    assert_eq!(ours(&stream(15, b""), 9), Ok(vec![]));
    assert_eq!(ours(&stream(16, b""), 9), Err(InflateFault::TooManyBlocks));
    assert_eq!(ours(&stream(500_000, b""), 9), Err(InflateFault::TooManyBlocks));
    let pieces = |len: usize| {
        let blocks = [stored(&vec![7; len], 0).repeat(1000), stored(b"", 1)].concat();
        ours(&zlib(&blocks, &vec![7; len * 1000]), len * 1000).map(|data| data.len())
    };
    // An encoder that flushes everything now and then: a block of its own and an empty one each time.
    let data: Vec<u8> =
        (0..300_000_u32).map(|at| at.wrapping_mul(0x9e37_79b9).to_be_bytes()[0] & 3).collect();
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(9, 15, 0));
    let (mut stream, mut out) = (vec![], vec![0; 4000]);
    for piece in data.chunks(MIN_INFLATED_BLOCK_LEN * 2) {
        let (_, read, written) = compress(&mut compressor, piece, &mut out, TDEFLFlush::Full);
        assert_eq!(read, piece.len());
        stream.extend_from_slice(&out[..written]);
    }
    let (_, _, written) = compress(&mut compressor, &[], &mut out, TDEFLFlush::Finish);
    stream.extend_from_slice(&out[..written]);
    assert_eq!(ours(&stream, data.len()), Ok(data));
    assert_eq!(pieces(MIN_INFLATED_BLOCK_LEN), Ok(1000 * MIN_INFLATED_BLOCK_LEN));
    assert_eq!(pieces(MIN_INFLATED_BLOCK_LEN * 9 / 10), Err(InflateFault::TooManyBlocks));
}
