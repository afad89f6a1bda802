//! Test data of others, read where it lies: `JOTGATE_VECTORS`, by default `../shared/vectors` beside the project.
