//! The reference page.

/// x
pub fn reference_page() -> String {
    String::new()
}
