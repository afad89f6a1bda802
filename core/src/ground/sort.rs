//! Sorting without allocation.

/// In place, without recursion, `n log n` for every input; a few hundred bytes of code, where the
/// standard library's sorting has several thousand.
pub(crate) fn heap_sort<T: Ord>(values: &mut [T]) {
    for root in (0..values.len() / 2).rev() {
        sift_down(values, root);
    }
    // The largest goes behind the rest, then the largest of the rest.
    let mut rest = values;
    while let [first, .., last] = rest {
        core::mem::swap(first, last);
        let [heap @ .., _] = rest else { return };
        sift_down(heap, 0);
        rest = heap;
    }
}

fn sift_down<T: Ord>(heap: &mut [T], mut root: usize) {
    loop {
        let left = root.saturating_mul(2).saturating_add(1);
        let right = left.saturating_add(1);
        let larger = match (heap.get(left), heap.get(right)) {
            (None, _) => return,
            (Some(l), Some(r)) if r > l => right,
            _ => left,
        };
        match heap.get_disjoint_mut([root, larger]) {
            Ok([upper, lower]) if *upper < *lower => core::mem::swap(upper, lower),
            _ => return,
        }
        root = larger;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn heap_sort_sorts(mut values in proptest::collection::vec(any::<u64>(), 0..100)) {
            let mut expected = values.clone();
            expected.sort_unstable();
            heap_sort(&mut values);
            prop_assert_eq!(values, expected);
        }
    }
}
