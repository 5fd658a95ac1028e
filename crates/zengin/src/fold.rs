//! What is the same for somebody who searches: widths, kana of either kind and size, long vowels,
//! old and new shapes of a kanji, and the several spellings of romaji.

use unicode_normalization::UnicodeNormalization;

/// A text as it is compared: NFKC, lower case, hiragana as katakana, small kana as large (the data
/// has no small ones), without long marks and blanks.
pub(crate) fn text(written: &str) -> String {
    let wide = written.nfkc().flat_map(char::to_lowercase);
    wide.filter(|c| !is_left_out(*c)).map(folded).collect()
}

fn is_left_out(c: char) -> bool {
    c.is_whitespace() || matches!(c, 'ー' | '-' | '‐' | '‑' | '–' | '−' | '・' | '.' | '\'')
}

fn folded(c: char) -> char {
    let c = match c {
        'ぁ'..='ゖ' => char::from_u32(u32::from(c) + KATAKANA_FROM_HIRAGANA).unwrap_or(c),
        _ => c,
    };
    let known = SMALL.iter().chain(&VARIANTS);
    known
        .into_iter()
        .find_map(|(written, kept)| (*written == c).then_some(*kept))
        .unwrap_or(c)
}

/// Romaji as it is compared: Hepburn and Kunrei alike, `ō` and `ou` and `oo` as `o`, `kk` as the data
/// writes it (`tsuk`). Empty when there is anything but letters.
pub(crate) fn romaji(written: &str) -> String {
    // A macron falls away with the other marks: `Hokkaidō`.
    let plain = written.nfkd().filter(|c| !is_mark(*c) && !is_left_out(*c));
    let mut text: String = plain.flat_map(char::to_lowercase).collect();
    if !text.bytes().all(|b| b.is_ascii_lowercase()) {
        return String::new();
    }
    // `tch` is a doubled `ch`.
    text = text.replace("tch", "cch");
    text = doubled_opened(&text);
    for (spelling, kept) in SPELLINGS {
        text = text.replace(spelling, kept);
    }
    text
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// `hokkaido` as `hotsukaido`: the data writes a small tsu as a large one.
fn doubled_opened(text: &str) -> String {
    let mut opened = String::with_capacity(text.len() + 4);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let is_doubled = letters.peek() == Some(&c) && !"aeioun".contains(c);
        if is_doubled {
            opened.push_str("tsu");
        } else {
            opened.push(c);
        }
    }
    opened
}

/// One spelling for each sound, in the order in which they are applied.
const SPELLINGS: [(&str, &str); 16] = [
    ("sh", "sy"),
    ("ch", "ty"),
    ("ts", "t"),
    ("j", "zy"),
    ("f", "h"),
    // `syi` is `si`, and the data's `shiyou` is `syou`: a large ヨ stands for a small one.
    ("yi", "i"),
    ("iy", "y"),
    ("mb", "nb"),
    ("mp", "np"),
    ("mm", "nm"),
    ("nn", "n"),
    ("oo", "o"),
    ("ou", "o"),
    ("uu", "u"),
    ("du", "zu"),
    ("di", "zi"),
];

const KATAKANA_FROM_HIRAGANA: u32 = 0x60;

const SMALL: [(char, char); 11] = [
    ('ァ', 'ア'),
    ('ィ', 'イ'),
    ('ゥ', 'ウ'),
    ('ェ', 'エ'),
    ('ォ', 'オ'),
    ('ッ', 'ツ'),
    ('ャ', 'ヤ'),
    ('ュ', 'ユ'),
    ('ョ', 'ヨ'),
    ('ヮ', 'ワ'),
    ('ヶ', 'ケ'),
];

/// Old shapes that banks print and customers do not type, or the other way round.
const VARIANTS: [(char, char); 10] = [
    ('驒', '騨'),
    ('髙', '高'),
    ('﨑', '崎'),
    ('澤', '沢'),
    ('濱', '浜'),
    ('邊', '辺'),
    ('齋', '斎'),
    ('廣', '広'),
    ('國', '国'),
    ('嶋', '島'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_writing_of_a_name_is_one() {
        for written in [
            "ヒダシンクミ",
            "ひだしんくみ",
            "ﾋﾀﾞｼﾝｸﾐ",
            "ひだ しんくみ",
            "ヒダ　シンクミ",
        ] {
            assert_eq!(text(written), "ヒダシンクミ", "{written}");
        }
        assert_eq!(text("しょうこう"), text("シヨウコウ"));
        assert_eq!(
            text("みつびしユーエフジェイ"),
            text("ミツビシユ－エフジエイ")
        );
        assert_eq!(text("飛驒"), text("飛騨"));
        assert_eq!(text("ＵＦＪ"), "ufj");
    }

    #[test]
    fn each_spelling_of_romaji_is_one() {
        for (one, other) in [
            ("sorachishiyoukou", "sorachishoko"),
            ("sorachishiyoukou", "soratisyoukou"),
            ("hotsukaidou", "Hokkaidō"),
            ("hotsukaidou", "hokkaidou"),
            ("shinjiyuku", "shinjuku"),
            ("shinjiyuku", "sinzyuku"),
            ("fukui", "hukui"),
            ("tsuruga", "turuga"),
            ("chichibu", "titibu"),
            ("itsuchi", "itchi"),
            ("shinbashi", "shimbashi"),
            ("ginkou", "ginkō"),
        ] {
            assert_eq!(romaji(one), romaji(other), "{one} {other}");
        }
        assert_ne!(romaji("hida"), romaji("hita"));
        assert_eq!(romaji("2476"), "");
        assert_eq!(romaji("飛騨"), "");
    }
}
