//! Signs tokens with test keys, good and bad ones.
