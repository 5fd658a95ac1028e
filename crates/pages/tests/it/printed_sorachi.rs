//! Golden: each screen of Sorachi says what its manual prints: nothing missing, reworded, reordered,
//! and nothing of ours inside. Spots read differently stand in docs/manual-readings.md.

use serde_json::Value;

use crate::shared::printed::Bank;
use crate::shared::samples;

const SORACHI: Bank = Bank("sorachi");

/// The rows the manual prints in 手順3 and 手順4: state, account and memo.
fn rows(states: [&str; 4]) -> Value {
    let accounts = [
        ("インターネット支店", "001", "2000002", true),
        ("インターネット支店", "202", "1111111", false),
        ("インターネット支店", "202", "2222222", false),
        ("豊洲支店", "456", "1000314", true),
    ];
    let rows = accounts.iter().zip(states).enumerate();
    rows.map(|(n, ((branch, code, number, memo), state))| {
        let memo = memo.then_some("口座メモ5678901234567890");
        let mut row = samples::account(&format!("a{}", n + 1), state, memo);
        row["branch_name"] = (*branch).into();
        row["branch_code"] = (*code).into();
        row["number"] = (*number).into();
        row
    })
    .collect()
}

#[test]
fn screen_1_before_the_certificate() {
    let expected = ["API連携認証（利用登録）", "電子証明書ログイン"];
    SORACHI.prints("login", &samples::view_at("sorachi", "login"), &expected);
}

#[test]
fn screen_1_after_the_certificate() {
    let expected = ["API連携認証（利用登録）", "ログインパスワード", "API連携"];
    let mut view = samples::view("login");
    view["fields"].as_array_mut().expect("fields").remove(0);
    view["certificate"] = false.into();
    view["presented"] = true.into();
    view["holder"] = "sora0001".into();
    SORACHI.prints("login", &view, &expected);
}

#[test]
fn screen_2_selection_of_services() {
    SORACHI.prints(
        "service_selection",
        &samples::view_at("sorachi", "service_selection"),
        &[
            "API連携認証（認可業務選択）（利用登録）",
            "利用業務を選択",
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
fn screen_3_registration_of_inquiry_pins() {
    let mut view = samples::view_at("sorachi", "inquiry_pin");
    view["rows"] = rows(["unregistered", "unregistered", "registered", "staged"]);
    SORACHI.prints(
        "inquiry_pin",
        &view,
        &[
            "API連携認証（照会用暗証番号登録）（利用登録）",
            "登録状況",
            "照会用口座",
            "口座メモ",
            "照会用暗証番号（現在）",
            "未登録 インターネット支店(001) 普通 2000002 口座メモ5678901234567890",
            "未登録 インターネット支店(202) 普通 1111111 -",
            "登録済み インターネット支店(202) 普通 2222222 - -",
            "登録済み* 豊洲支店(456) 普通 1000314 口座メモ5678901234567890 -",
            "登録",
        ],
    );
}

#[test]
fn screen_4_result_of_registration() {
    let mut view = samples::view_at("sorachi", "inquiry_pin_result");
    view["rows"] = rows(["staged", "unregistered", "registered", "staged"]);
    SORACHI.prints(
        "inquiry_pin_result",
        &view,
        &[
            "API連携認証（照会用暗証番号登録結果）",
            "登録状況",
            "照会用口座",
            "口座メモ",
            "照会用暗証番号（現在）",
            "登録済み* インターネット支店(001) 普通 2000002 口座メモ5678901234567890 ●●●●",
            "未登録 インターネット支店(202) 普通 1111111 - -",
            "登録済み インターネット支店(202) 普通 2222222 - -",
            "登録済み* 豊洲支店(456) 普通 1000314 口座メモ5678901234567890 ●●●●",
            "確定",
            "照会用暗証番号の追加登録",
        ],
    );
}

#[test]
fn screen_5_consent() {
    SORACHI.prints(
        "consent",
        &samples::view_at("sorachi", "consent"),
        &[
            "API連携認証（情報アクセス許可）（利用登録）",
            "認可対象",
            "残高照会",
            "入出金明細照会",
            "許可期間",
            "一定期間(90日)",
            "意思確認",
            "許可手続きを継続する",
            "許可",
            "※空知しんくみビジネスバンキングとの連携認証後、API連携先の会計ソフト等に移動します。",
        ],
    );
}
