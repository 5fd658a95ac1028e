//! Just enough reading of HTML for tests: our own pages, well-formed by construction.

/// What a customer reads in the bank's own blocks: the text of every `.printed` section without
/// what is marked `.added`, all white space removed.
pub(crate) fn printed(page: &str) -> String {
    page.split("<section class=\"printed\">")
        .skip(1)
        .filter_map(|rest| rest.split_once("</section>"))
        .map(|(block, _)| text(block))
        .collect::<String>()
        .split_whitespace()
        .collect()
}

/// The text of a block without `.added` elements.
fn text(block: &str) -> String {
    let (mut words, mut skipped) = (String::new(), 0_usize);
    for piece in block.split('<') {
        let (tag, after) = piece.split_once('>').unwrap_or(("", piece));
        let is_void = ["input", "br", "img"]
            .iter()
            .any(|void| tag.starts_with(void));
        if tag.starts_with('/') {
            skipped = skipped.saturating_sub(1);
        } else if !is_void && !tag.is_empty() && (skipped > 0 || has_class(tag, "added")) {
            skipped += 1;
        }
        if skipped == 0 {
            words.push_str(after);
        }
    }
    words
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// The opening tags of one element.
pub(crate) fn tags<'a>(page: &'a str, element: &str) -> Vec<&'a str> {
    page.split('<')
        .filter_map(|piece| piece.split_once('>'))
        .map(|(tag, _)| tag)
        .filter(|tag| tag.split_whitespace().next() == Some(element))
        .collect()
}

pub(crate) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag.get(start..)?.split('"').next()
}

fn has_class(tag: &str, class: &str) -> bool {
    attribute(tag, "class").is_some_and(|classes| classes.split(' ').any(|one| one == class))
}
