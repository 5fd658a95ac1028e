//! Golden: each screen of Hidashin says what its manual prints: nothing missing, reworded,
//! reordered, and nothing of ours inside. Spots read differently stand in docs/manual-readings.md.

use crate::shared::printed::Bank;
use crate::shared::samples;

const HIDASHIN: Bank = Bank("hidashin");

#[test]
fn screen_1_login() {
    HIDASHIN.prints(
        "login",
        &samples::view("login"),
        &[
            "API連携認証（利用登録）",
            "電子証明書ログイン",
            "ログインID",
            "ログインパスワード",
            "API連携",
        ],
    );
}

#[test]
fn screen_1_login_after_the_certificate() {
    let mut view = samples::view("login");
    view["fields"].as_array_mut().expect("fields").remove(0);
    view["certificate"] = false.into();
    view["presented"] = true.into();
    view["holder"] = "hida0001".into();
    let expected = ["API連携認証（利用登録）", "ログインパスワード", "API連携"];
    HIDASHIN.prints("login", &view, &expected);
}

#[test]
fn screen_2_additional_authentication() {
    HIDASHIN.prints(
        "security_question",
        &samples::view("security_question"),
        &[
            "API連携認証（追加認証）（利用登録）",
            "BL0802",
            "質問に対する回答を入力の上、「認証」ボタンを押してください。",
            "※は必須入力項目です。",
            "追加認証",
            "質問",
            "好きな食べ物は？",
            "回答",
            "認証",
        ],
    );
}

#[test]
fn screen_3_selection_of_services() {
    HIDASHIN.prints(
        "service_selection",
        &samples::view("service_selection"),
        &[
            "API連携認証（認可業務選択）（利用登録）",
            "BL0802",
            "かけはし会計にてご利用の対象業務を選択の上、「次へ」ボタンを押してください。",
            "認可対象",
            "連携済",
            "入会済/申請済",
            "残高照会",
            "連携済",
            "入会済",
            "入出金明細照会",
            "-",
            "申請済",
            "次へ",
        ],
    );
}

#[test]
fn screen_4_registration_of_inquiry_pins() {
    HIDASHIN.prints("inquiry_pin", &samples::view("inquiry_pin"),
        &[
            "API連携認証（照会用暗証番号登録）（利用登録）",
            "BL0802",
            "API連携を行う場合は、現在の照会用暗証番号の登録が必要です。",
            "口座を選択し、現在の照会用暗証番号を入力の上、「登録」ボタンを押してください。",
            "口座一覧",
            "選択状況",
            "登録状態",
            "照会用口座",
            "口座メモ",
            "照会用暗証番号(現在)",
            "未登録 インターネット支店(001) 普通 2000002 口座メモ5678901234567890",
            "未登録 インターネット支店(002) 普通 1111111 -",
            "登録済み インターネット支店(002) 普通 2222222 - ●●●●",
            "登録済み* 豊洲支店(494) 普通 1000314 口座メモ5678901234567890 ●●●●",
            "登録状態欄に「登録済み*」が表示されている口座の暗証番号は、認可完了後に有効となります。",
            "*登録した照会用暗証番号は、API連携のためにのみ使用されます。",
            "登録",
        ],
    );
}

#[test]
fn screen_5_result_of_registration() {
    HIDASHIN.prints(
        "inquiry_pin_result",
        &samples::view("inquiry_pin_result"),
        &[
            "API連携認証（照会用暗証番号登録結果）",
            "登録状況",
            "照会用口座",
            "口座メモ",
            "照会用暗証番号(現在)",
            "登録済み インターネット支店(001) 普通 2000002 口座メモ5678901234567890 ●●●●",
            "申請中 インターネット支店(002) 普通 1111111 - -",
            "登録済み インターネット支店(002) 普通 2222222 - -",
            "登録済み 豊洲支店(494) 普通 1000314 口座メモ5678901234567890 -",
            "確定",
            "照会用暗証番号の追加登録",
        ],
    );
}

#[test]
fn screen_6_consent() {
    HIDASHIN.prints(
        "consent",
        &samples::view("consent"),
        &[
            "API連携認証（情報アクセス許可）（利用登録）",
            "意思確認",
            "許可手続きを継続する",
            "許可",
        ],
    );
}
