//! integrator
fn main() {}
