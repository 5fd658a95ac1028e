//! Golden: each screen of Hana says what its manual prints: nothing missing, reworded, reordered, and
//! nothing of ours inside. Spots read differently stand in docs/manual-readings.md.

use serde_json::Value;

use crate::shared::html;
use crate::shared::printed::Bank;
use crate::shared::samples;

const HANA: Bank = Bank("hana");

fn question() -> Value {
    let mut view = samples::view_at("hana", "security_question");
    view["question"] = "好きな色は？".into();
    view
}

#[test]
fn screen_1_login() {
    HANA.prints(
        "login",
        &samples::view_at("hana", "login"),
        &[
            "API連携認証（利用登録）",
            "ログインID",
            "ログインパスワード",
            "API連携",
            "※注意事項※",
            "本機能はお客様の金融情報をAPI連携事業者に提供するものです。",
            "「免責事項」欄に掲載する当信用組合のAPI利用規定のリンクより同規定を確認のうえ同意いただき、必ずお客様自身の責任において行っていただきますようお願いいたします。",
            "免責事項",
            "API利用規定",
        ],
    );
}

#[test]
fn screen_2_digits_of_the_user_number() {
    HANA.prints(
        "digits",
        &samples::view_at("hana", "digits"),
        &[
            "API連携認証（利用登録）（利用者番号認証）",
            "入力桁数の指定",
            "2桁目・5桁目・7桁目・10桁目",
            "利用者番号を入力",
            "次へ",
        ],
    );
}

#[test]
fn each_digit_asked_has_one_masked_field_and_the_first_wrong_one_the_focus() {
    let page = HANA.screen("digits", &samples::view_at("hana", "digits"), true);
    let inputs = html::tags(&page, "input");
    let fields: Vec<&str> = inputs
        .into_iter()
        .filter(|tag| html::attribute(tag, "type") == Some("password"))
        .collect();
    let ids: Vec<_> = fields
        .iter()
        .map(|tag| html::attribute(tag, "id"))
        .collect();
    let asked = ["digit-2", "digit-5", "digit-7", "digit-10"];
    assert_eq!(ids, asked.map(Some));
    for field in &fields {
        assert_eq!(html::attribute(field, "maxlength"), Some("1"));
        assert_eq!(
            html::attribute(field, "value"),
            None,
            "nothing is shown again"
        );
        let is_first = html::attribute(field, "id") == Some("digit-2");
        assert_eq!(field.contains(" autofocus"), is_first);
    }
}

#[test]
fn screen_3_additional_authentication() {
    HANA.prints(
        "security_question",
        &question(),
        &[
            "API連携認証（追加認証）（利用登録）",
            "追加認証入力",
            "質問",
            "好きな色は？",
            "回答を入力",
            "(必須) 英数字 (全角16文字以内)",
            "中止する",
            "次へ",
        ],
    );
}

#[test]
fn screen_4_consent() {
    HANA.prints(
        "consent",
        &samples::view_at("hana", "consent"),
        &[
            "API連携認証（利用登録）（情報連携認可）",
            "ご注意",
            "※この画面で、Webサイトまたはアプリケーションに提供されるお客様の各種情報をご確認ください。",
            "※「許可する」ボタンをクリックすることによって、お客様はかけはし会計の各種情報のアクセスを許可することになります。",
            "※本アプリケーションへのアクセスは、金融機関へ連絡することによっていつでも解除することができます。",
            "中止する",
            "許可する",
        ],
    );
}

#[test]
fn the_printed_way_out_stands_in_place_of_the_quiet_one() {
    for (kind, view) in [
        ("security_question", question()),
        ("consent", samples::view_at("hana", "consent")),
    ] {
        let page = HANA.screen(kind, &view, false);
        assert_eq!(page.matches("id=\"cancel\"").count(), 1, "{kind}");
        assert!(!page.contains("連携をやめて"), "{kind}");
        let button = html::tags(&page, "button");
        let cancel = button
            .iter()
            .find(|tag| html::attribute(tag, "id") == Some("cancel"));
        assert_eq!(
            cancel.and_then(|tag| html::attribute(tag, "form")),
            Some("leave"),
            "{kind}"
        );
    }
    let digits = HANA.screen("digits", &samples::view_at("hana", "digits"), false);
    assert!(digits.contains("連携をやめて"), "none is printed there");
}
