//! Golden: each screen of Mizuho says what its manual prints: nothing missing, reworded, reordered,
//! and nothing of ours inside. Spots read differently stand in docs/manual-readings.md.

use serde_json::{Value, json};

use crate::shared::html;
use crate::shared::printed::Bank;
use crate::shared::samples;

const MIZUHO: Bank = Bank("mizuho");

fn field(id: &str, input: &str, value: &str) -> Value {
    json!({"id": id, "input": input, "value": value, "min": 10, "max": 10,
        "charset": "half_width_digits", "both": false, "autocomplete": "username",
        "software_keyboard": input == "secret"})
}

/// The login as `tenants/mizuho` sets it.
fn login(input: &str, value: &str) -> Value {
    json!({"certificate": false, "presented": input == "fixed", "holder": "2000000000 kanri001",
        "notice": false, "terms": null,
        "links": [{"text": "password-forgotten", "url": "https://www.mizuhobank.co.jp"},
            {"text": "user-locked", "url": "https://www.mizuhobank.co.jp"}],
        "fields": [field("contract_number", input, value), field("user_id", input, value),
            field("password", "secret", "")]})
}

fn consent() -> Value {
    let mut view = samples::view("consent");
    view["gate"] = "reveal".into();
    view["rows"] = json!(["period"]);
    view["privileges"] = json!([{"scope": "balances", "privilege": "none"},
        {"scope": "transactions", "privilege": "granted"}]);
    view
}

#[test]
fn the_notice() {
    let view = json!({"screen_id": null, "alone": false, "terms": "notice", "agree": true,
        "agreed": false, "methods": ["password", "certificate"], "method": null});
    MIZUHO.prints(
        "notice",
        &view,
        &[
            "API連携のご利用に関する留意事項",
            "API連携とは、みずほ銀行が提供する『みずほe-ビジネスサイト』の利用に関して、みずほ銀行所定の認証手続を完了したお客様の同意を得たうえで、お客様または外部サービス事業者の依頼に基づいて、みずほ銀行が『みずほe-ビジネスサイト』でお客様に提供する情報を、外部サービス事業者に提供するサービスです。",
            "API連携をご利用になる場合は、留意事項をご確認のうえ、「同意する」をチェックし、ご利用中のご契約のログイン認証方式を選択し、「次へ」ボタンを押してください。",
            "(「中断」ボタンを押すと、外部サービス事業者のサイトへ戻ります。)",
            "留意事項",
            "1. 提供サービス",
            "(1)残高照会および入出金明細照会",
            "お客様または外部サービス事業者の依頼に基づいて、みずほ銀行が『みずほe-ビジネスサイト』でお客様に提供する残高照会および入出金明細照会の情報を、外部サービス事業者に提供するサービスです。",
            "(2)総合振込(依頼データ作成および実行)状況照会",
            "A.総合振込(依頼データ作成)とは、お客様または外部サービス事業者の依頼に基づいて、お客様または外部サービス事業者が作成した総合振込の依頼データを、みずほ銀行が受け取るサービスです。なお、依頼内容の確定にあたっては、お客様が『みずほe-ビジネスサイト』で内容を確認のうえ、承認を行ってください。",
            "※特権承認者権限のユーザーは、「依頼データの作成」をご利用いただけません。",
            "B.総合振込(依頼状況照会)とは、お客様または外部サービス事業者の依頼に基づいて、みずほ銀行が『みずほe-ビジネスサイト』で提供する総合振込の依頼に関する情報を、外部サービス事業者に提供するサービスです。",
            "(3)給与・賞与振込(依頼データ作成)",
            "給与・賞与振込(依頼データ作成)とは、お客様または外部サービス事業者の依頼に基づいて、お客様または外部サービス事業者が作成した給与・賞与振込の依頼データを、みずほ銀行が受け取るサービスです。なお、依頼内容の確定にあたっては、お客様が『みずほe-ビジネスサイト』で内容を確認のうえ、承認を行ってください。",
            "同意する",
            "ご利用中のご契約のログイン認証方式をご選択ください。",
            "「固定パスワード方式」または「固定パスワード+ワンタイムパスワード方式」",
            "「固定パスワード+電子証明書方式」",
            "次へ",
            "中断",
        ],
    );
}

#[test]
fn the_page_before_the_certificate() {
    MIZUHO.prints(
        "certificate",
        &json!({"screen_id": null}),
        &[
            "認証用の証明書の選択",
            "みずほ e-ビジネスサイトログイン時にご利用の電子証明書を選択し、[OK]ボタンをクリックします。",
            "次へ",
        ],
    );
}

#[test]
fn the_login_on_every_way() {
    for (input, value) in [("typed", ""), ("fixed", "2000000000")] {
        MIZUHO.prints(
            "login",
            &login(input, value),
            &[
                "API連携用認証 AUTHENTICATION",
                "認証情報を入力し、「認証」ボタンを押してください。",
                "「ログインパスワード」の入力には、ソフトウェアキーボードもご利用いただけます。",
                "Please enter your authentication information and click the &quot;AUTHENTICATION&quot; button.",
                "You can use software keyboards to enter &quot;LOGIN PASSWORD&quot;.",
                "認証情報 AUTHENTICATION INFORMATION",
                "契約番号 (CONTRACT NO.)",
                "ユーザーID (USER ID)",
                "ログインパスワード (LOGIN PASSWORD)",
                "ソフトウェアキーボードを使う USE SOFTWARE KEYBOARDS",
                "認証",
                "中断",
                "パスワードとは、「ログインパスワード」「取引実行パスワード」「証明書取得用パスワード」がありますが、この画面では「ログインパスワード」を入力してください。",
                "Please enter your &quot;LOGIN PASSWORD&quot; in this screen. (not &quot;EXECUTION PASSWORD&quot; or &quot;CERTIFICATE INSTALLATION PASSWORD&quot;)",
                "ログインパスワードを忘れてしまった場合はこちら",
                "ユーザーIDがロックされてしまった場合はこちら",
                "みずほe-ビジネスサイトヘルプデスク: 0120-017-324",
            ],
        );
    }
    let fixed = MIZUHO.screen("login", &login("fixed", "2000000000"), false);
    assert_eq!(fixed.matches("value=\"2000000000\" readonly").count(), 2);
    assert!(
        fixed.contains("lang=\"en\">Please enter your auth"),
        "{fixed}"
    );
}

#[test]
fn the_one_time_password() {
    MIZUHO.prints(
        "one_time_password",
        &samples::view("one_time_password"),
        &[
            "認証／OTP入力",
            "「認証／OTP入力」画面の二次元バーコードをカメラ付きハードトークンで読み取ります。",
            "カメラ起動後 20 秒以内",
            "カメラ起動後、20 秒以内に二次元バーコードを読み取れなかった場合は、[E010]エラー画面が表示されます。",
            "その場合は、カメラ付きハードトークンの右ボタン[Continue]を押して、再度、二次元バーコードを読み取ってください。",
            "カメラ付きハードトークンに表示された「契約番号」と「ユーザーID」がご自身の情報と一致していることを確認します。",
            "認証時に上記以外の情報(振込に関わる内容等)が表示されることはありません。",
            "上記以外の情報が表示された場合は直ちに操作を中断し、サービスを停止してください。",
            "カメラ付きハードトークンに表示されたワンタイムパスワード(数字 6 桁)を、「ワンタイムパスワード」欄に入力し、[認証]ボタンをクリックします。",
            "ワンタイムパスワード",
            "表示時間：90 秒",
            "認証",
            "ワンタイムパスワードを当行規定回数誤って入力すると、ユーザーIDがロックされますのでご注意ください。解除には所定のお手続きが必要となる場合がございます。",
        ],
    );
}

#[test]
fn the_consent() {
    MIZUHO.prints(
        "consent",
        &consent(),
        &[
            "API連携用認可",
            "API連携の対象サービス、認可期間をご確認のうえ、「許可する」ボタンを押してください。",
            "対象サービス",
            "サービス名",
            "(ご参考)利用権限(※1)(※2)",
            "残高照会",
            "権限なし",
            "入出金明細照会",
            "権限あり",
            "(※1) 利用権限の有無にかかわらず、サービスを表示しております。",
            "API連携を許可した場合、「権限なし」と表示されているサービスについても、管理者が利用権限を付与すると、API連携が利用可能となります。",
            "(※2) 「総合振込」「給与・賞与振込」において、利用権限欄に「権限あり(特権承認者権限)」と表示されている場合は、API連携による依頼データ作成をご利用いただけません。",
            "ご利用を希望される場合は、以下のいずれかの対応を管理者にご依頼ください。",
            "A) 他に承認者権限のユーザーがいる場合…お客様の権限を、「担当者権限」もしくは「承認者権限」に変更。",
            "B) 他に承認者権限のユーザーがいない場合(=お客様が承認者になられる場合)…「担当者権限」もしくは「承認者権限」のユーザーを新たに登録。(登録完了後、新規登録したユーザーにて API 連携の操作を行ってください。)",
            "認可期間",
            "認可期間(※3)",
            "90日間",
            "(※3) 認可期間(90日間)を超過した場合は、再度、API連携の操作が必要です。",
            "なお、パスワード変更、電子証明書更新等を行った場合、認可期間内であっても再度API連携操作が必要となります。",
            "認可期間内にAPI連携の利用停止を希望される場合は、外部サービス事業者に対し、API連携の利用停止手続を行ってください。",
            "確認",
            "API連携の利用にあたり、お客様の情報(口座情報、明細情報等)が外部サービス事業者に提供されることを許可します。",
            "外部サービス事業者の定める利用規定に従って、お客様の情報(口座情報、明細情報等)を取得、利用することを許可します。",
            "認可する場合は、「確認しました」のチェックボックスをチェックしてください。",
            "確認しました",
            "*「許可する」または「許可しない」ボタンを押すと、外部サービス事業者のサイトへ遷移します。",
            "許可する",
            "許可しない",
        ],
    );
}

#[test]
fn the_printed_way_out_is_the_only_one_and_leaves_by_its_own_form() {
    for (kind, view) in [("login", login("typed", "")), ("consent", consent())] {
        let page = MIZUHO.screen(kind, &view, false);
        assert_eq!(page.matches("id=\"cancel\"").count(), 1, "{kind}");
        assert!(
            page.contains("id=\"cancel\" type=\"submit\" form=\"leave\""),
            "{kind}"
        );
        assert!(
            page.contains("<form class=\"leave\" id=\"leave\" method=\"post\""),
            "{kind}"
        );
    }
    let otp = MIZUHO.screen(
        "one_time_password",
        &samples::view("one_time_password"),
        false,
    );
    assert!(otp.contains("連携をやめて、かけはし会計へ戻る"));
}

#[test]
fn every_screen_speaks_english() {
    let frame = samples::frame("en", 2, None);
    let pages = samples::pages();
    for (kind, view) in [
        ("login", login("typed", "")),
        ("one_time_password", samples::view("one_time_password")),
        ("consent", consent()),
    ] {
        let page = pages.step("mizuho", "en", kind, &frame, &view, &[]);
        let printed = html::printed(&page.expect("a page"));
        let japanese = |c: char| matches!(c, 'ぁ'..='ん' | 'ァ'..='ヶ' | '一'..='龥');
        // Names of places and accounts stay as they are.
        let words = printed.replace(['本', '店'], "");
        assert!(!words.contains(japanese), "{kind}: {words}");
    }
}
