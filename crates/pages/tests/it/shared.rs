//! What the tests show: samples of every page, and just enough reading of HTML.

pub(crate) mod choosers;
pub(crate) mod desks;
pub(crate) mod html;
pub(crate) mod links;
pub(crate) mod printed;
pub(crate) mod samples;
