//! The pages, without a server.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

mod beside;
mod endings;
mod every_page;
mod printed_hana;
mod printed_hidashin;
mod printed_mizuho;
mod printed_sorachi;
mod shared;
mod steps;
mod words;
