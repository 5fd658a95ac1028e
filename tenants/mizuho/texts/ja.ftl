# The words of みずほ e-ビジネスサイト as its manual prints them, 「API連携設定ガイド」 第5版.
# Where the print is garbled, docs/manual-readings.md says what stands here and why.

## 1.1

notice-title = API連携のご利用に関する留意事項
notice-choose = ログイン認証方式の選択
notice-lead = API連携とは、みずほ銀行が提供する『みずほe-ビジネスサイト』の利用に関して、みずほ銀行所定の認証手続を完了したお客様の同意を得たうえで、お客様または外部サービス事業者の依頼に基づいて、みずほ銀行が『みずほe-ビジネスサイト』でお客様に提供する情報を、外部サービス事業者に提供するサービスです。
    API連携をご利用になる場合は、留意事項をご確認のうえ、「同意する」をチェックし、ご利用中のご契約のログイン認証方式を選択し、「次へ」ボタンを押してください。
    (「中断」ボタンを押すと、外部サービス事業者のサイトへ戻ります。)
notice-terms = 留意事項
notice-agree = 同意する
notice-methods = ご利用中のご契約のログイン認証方式をご選択ください。
notice-method-password = 「固定パスワード方式」または「固定パスワード+ワンタイムパスワード方式」
notice-method-certificate = 「固定パスワード+電子証明書方式」
notice-continue = 次へ
cancel-printed-notice = 中断
error-notice-agree-missing = 留意事項をご確認のうえ、「同意する」にチェックを付けてください。
error-method-missing = ご利用中のご契約のログイン認証方式を選択してください。

## 1.4, 2: the page before the browser's window

certificate-title = 認証用の証明書の選択
certificate-lead = みずほ e-ビジネスサイトログイン時にご利用の電子証明書を選択し、[OK]ボタンをクリックします。
certificate-continue = 次へ

## 1.2, 2

login-title = API連携用認証 AUTHENTICATION
login-lead = 認証情報を入力し、「認証」ボタンを押してください。
    「ログインパスワード」の入力には、ソフトウェアキーボードもご利用いただけます。
    Please enter your authentication information and click the "AUTHENTICATION" button.
    You can use software keyboards to enter "LOGIN PASSWORD".
login-section = 認証情報 AUTHENTICATION INFORMATION
login-label-contract_number = 契約番号 (CONTRACT NO.)
login-label-user_id = ユーザーID (USER ID)
login-label-password = ログインパスワード (LOGIN PASSWORD)
login-software-keyboard = ソフトウェアキーボードを使う USE SOFTWARE KEYBOARDS
login-continue = 認証
cancel-printed-login = 中断
login-notes = パスワードとは、「ログインパスワード」「取引実行パスワード」「証明書取得用パスワード」がありますが、この画面では「ログインパスワード」を入力してください。
    Please enter your "LOGIN PASSWORD" in this screen. (not "EXECUTION PASSWORD" or "CERTIFICATE INSTALLATION PASSWORD")
login-link-password-forgotten = ログインパスワードを忘れてしまった場合はこちら
login-link-user-locked = ユーザーIDがロックされてしまった場合はこちら
login-help = みずほe-ビジネスサイトヘルプデスク: 0120-017-324
error-login-wrong = 契約番号、ユーザーIDまたはログインパスワードが正しくありません。もう一度入力してください。
error-login-wrong-few-left = 契約番号、ユーザーIDまたはログインパスワードが正しくありません。あと{ $left }回まちがえると、ユーザーIDがロックされます。

## 1.2, 3 to 5

one_time_password-title = 認証／OTP入力
one_time_password-lead-camera_token = { "" }
one_time_password-camera-read = 「認証／OTP入力」画面の二次元バーコードをカメラ付きハードトークンで読み取ります。
    カメラ起動後 20 秒以内
one_time_password-camera-read-note = カメラ起動後、20 秒以内に二次元バーコードを読み取れなかった場合は、[E010]エラー画面が表示されます。
    その場合は、カメラ付きハードトークンの右ボタン[Continue]を押して、再度、二次元バーコードを読み取ってください。
one_time_password-camera-compare = カメラ付きハードトークンに表示された「契約番号」と「ユーザーID」がご自身の情報と一致していることを確認します。
one_time_password-camera-compare-note = 認証時に上記以外の情報(振込に関わる内容等)が表示されることはありません。
    上記以外の情報が表示された場合は直ちに操作を中断し、サービスを停止してください。
one_time_password-camera-type = カメラ付きハードトークンに表示されたワンタイムパスワード(数字 6 桁)を、「ワンタイムパスワード」欄に入力し、[認証]ボタンをクリックします。
one_time_password-label = ワンタイムパスワード
one_time_password-life = 表示時間：{ $seconds } 秒
one_time_password-continue = 認証
one_time_password-notes = ワンタイムパスワードを当行規定回数誤って入力すると、ユーザーIDがロックされますのでご注意ください。解除には所定のお手続きが必要となる場合がございます。

## 2

consent-title = API連携用認可
consent-printed-lead = API連携の対象サービス、認可期間をご確認のうえ、「許可する」ボタンを押してください。
consent-privileges-title = 対象サービス
consent-privileges-column-service = サービス名
consent-privileges-column-privilege = (ご参考)利用権限(※1)(※2)
consent-privilege-granted = 権限あり
consent-privilege-approver = 権限あり(特権承認者権限)
consent-privilege-none = 権限なし
consent-privileges-notes = (※1) 利用権限の有無にかかわらず、サービスを表示しております。
    API連携を許可した場合、「権限なし」と表示されているサービスについても、管理者が利用権限を付与すると、API連携が利用可能となります。
    (※2) 「総合振込」「給与・賞与振込」において、利用権限欄に「権限あり(特権承認者権限)」と表示されている場合は、API連携による依頼データ作成をご利用いただけません。
    ご利用を希望される場合は、以下のいずれかの対応を管理者にご依頼ください。
    A) 他に承認者権限のユーザーがいる場合…お客様の権限を、「担当者権限」もしくは「承認者権限」に変更。
    B) 他に承認者権限のユーザーがいない場合(=お客様が承認者になられる場合)…「担当者権限」もしくは「承認者権限」のユーザーを新たに登録。(登録完了後、新規登録したユーザーにて API 連携の操作を行ってください。)
consent-rows-title = 認可期間
consent-row-period = 認可期間(※3)
consent-period = { $days }日間
consent-rows-notes = (※3) 認可期間({ $days }日間)を超過した場合は、再度、API連携の操作が必要です。
    なお、パスワード変更、電子証明書更新等を行った場合、認可期間内であっても再度API連携操作が必要となります。
    認可期間内にAPI連携の利用停止を希望される場合は、外部サービス事業者に対し、API連携の利用停止手続を行ってください。
consent-section = 確認
consent-statements = API連携の利用にあたり、お客様の情報(口座情報、明細情報等)が外部サービス事業者に提供されることを許可します。
    外部サービス事業者の定める利用規定に従って、お客様の情報(口座情報、明細情報等)を取得、利用することを許可します。
    認可する場合は、「確認しました」のチェックボックスをチェックしてください。
consent-agree = 確認しました
consent-before-buttons = { "*" }「許可する」または「許可しない」ボタンを押すと、外部サービス事業者のサイトへ遷移します。
consent-continue = 許可する
cancel-printed-consent = 許可しない
error-agree-missing = 認可する場合は、「確認しました」のチェックボックスをチェックしてください。
scope-transfer_requests = 総合振込
scope-payroll_requests = 給与・賞与振込
scope-transfer_status = 総合振込(依頼状況照会)

## 1, ！注意: what must be in order before

refusal-initial-setup = みずほ e-ビジネスサイトの初期設定が完了していないため、本サービスをご利用いただけません。
refusal-initial-setup-action = みずほ e-ビジネスサイトにログインして初期設定を完了してから、もう一度お手続きください。
refusal-one-time-password-unregistered = OTP 利用開始登録が完了していないため、本サービスをご利用いただけません。
refusal-one-time-password-unregistered-action = みずほ e-ビジネスサイトでOTP 利用開始登録を行ってから、もう一度お手続きください。
refusal-certificate-expired = 証明書の有効期限が切れているため、本サービスをご利用いただけません。
refusal-certificate-expired-action = みずほ e-ビジネスサイトで電子証明書を更新してから、もう一度お手続きください。
refusal-password-expired = ログインパスワードの有効期限が切れているため、本サービスをご利用いただけません。
refusal-password-expired-action = みずほ e-ビジネスサイトでログインパスワードを変更してから、もう一度お手続きください。
refusal-other-method = お選びのログイン認証方式は、ご利用中のご契約のものと異なります。
refusal-other-method-action = もう一度はじめからお手続きし、ご契約のログイン認証方式をご選択ください。
refusal-too-many-attempts = 当行規定回数誤って入力されたため、ユーザーIDがロックされています。
refusal-too-many-attempts-action = 解除には所定のお手続きが必要となる場合がございます。ヘルプデスクへお問い合わせください。

## 電子納付（マニュアルに画面はない。言葉はデモのもの）

account_selection-title = 払込口座の選択
account_selection-continue = 次へ
payment_confirmation-title = 払込内容の確認
payment_confirmation-agree = 確認しました
payment_confirmation-continue = 払込む
