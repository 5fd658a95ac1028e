//! Every word that goes over the wire and is not a value, with how much is known of it. What is
//! [`Grade::Analogy`] or [`Grade::Ours`] is no fact about e-Gov; the table in `docs/egov.md` lists it,
//! and this is the only place of the code that spells it.

/// How a word is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// By analogy with the later JSON interface.
    Analogy,
    /// Sent by, or shown to users of, a client of the real service.
    Client,
    /// Stands in a text of e-Gov.
    Official,
    /// A choice of ours.
    Ours,
    /// Recorded from the real service.
    Recorded,
}

/// A word and its grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it goes over the wire. `{n}` stands for a number.
    pub text: &'static str,
    /// How it is known.
    pub grade: Grade,
}

impl Word {
    /// The text with its number put in.
    pub fn counting(self, n: usize) -> String {
        self.text.replace("{n}", &n.to_string())
    }
}

impl std::fmt::Display for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text)
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $grade:ident $text:literal;)*) => {
        $($(#[$doc])* pub const $name: Word = Word { text: $text, grade: Grade::$grade };)*
        /// Every word by its name, for the table of the documentation.
        pub const ALL: &[(&str, Word)] = &[$((stringify!($name), $name)),*];
    };
}

words! {
    // Messages of refusals.
    /// 3.1: the pair of user and certificate is there already.
    ALREADY_REGISTERED = Recorded "該当する利用者IDと証明書の情報は、既に登録されています。";
    /// 3.4: nothing to list.
    NOTHING_FOUND = Recorded "該当する申請情報が存在しません。指定した取得対象期間を確認してください。";
    /// A fault of ours.
    SYSTEM_ERROR = Recorded "システムでエラーが発生したため処理が中断されました。電子政府利用支援センターまでご連絡ください。";
    /// The access key is unknown or has lapsed.
    KEY_REFUSED = Client "アクセス許可できません。再度、利用者認証を行ってください。";
    /// 3.2 and its sisters: signature, user, certificate, whichever it was.
    LOGIN_REFUSED = Client "利用者認証でエラーが発生しました";
    /// The software is unknown, revoked, or not let into this operation.
    SOFTWARE_REFUSED = Ours "このソフトウェアIDでは利用できません。";
    /// No such application of this user.
    UNKNOWN_ARRIVE_ID = Ours "該当する申請情報が存在しません。指定した到達番号を確認してください。";
    /// No such package of this user.
    UNKNOWN_SEND_NUMBER = Ours "該当する申請情報が存在しません。指定した送信番号を確認してください。";
    /// No such notice of this application.
    UNKNOWN_NOTICE = Ours "該当する申請情報が存在しません。指定した通知通番を確認してください。";
    /// The body or the path does not have the form it must have.
    MALFORMED = Ours "送信されたデータの形式に誤りがあります。";
    /// 3.7 for what cannot be withdrawn.
    NOT_WITHDRAWABLE = Ours "指定された申請は取下げできません。";
    /// 3.9 for what cannot be corrected.
    NOT_CORRECTABLE = Ours "指定された申請は補正申請できません。";
    /// The two operations that are gone.
    ABOLISHED = Ours "この機能は廃止されました。補正（補正申請）をご利用ください。";
    /// The body is larger than allowed.
    TOO_LARGE = Ours "ファイルサイズが上限を超えています。";
    /// Too many requests.
    TOO_MANY = Ours "しばらく時間をおいてから再度実行してください。";
    /// No such operation, or not by this method.
    NO_SUCH_OPERATION = Ours "指定された機能は存在しません。";
    /// 3.1: the user has another certificate already, so this one must be added by 3.19.
    USER_TAKEN = Ours "該当する利用者IDは、既に登録されています。証明書識別情報追加をご利用ください。";
    /// 3.19: the user has this certificate already.
    CERTIFICATE_KNOWN = Ours "該当する証明書識別情報は、既に登録されています。";
    /// 3.20 and 3.21: the user does not have this certificate.
    CERTIFICATE_UNKNOWN = Ours "該当する証明書識別情報は登録されていません。";
    /// 3.20: the old one is still good, or the two do not belong to one holder.
    CERTIFICATE_NOT_REPLACEABLE = Ours "指定された証明書識別情報は更新できません。";
    /// 3.21: it is the last one.
    CERTIFICATE_LAST = Ours "最後の証明書識別情報は削除できません。";
    /// 3.1, 3.19, 3.20: the certificate is not one we accept.
    CERTIFICATE_REFUSED = Ours "この証明書は利用できません。";
    /// 3.3: the archive holds no application.
    NO_APPLICATION = Ours "送信されたファイルに申請データが含まれていません。";
    /// 3.4: the period is longer than allowed, or ends before it begins.
    PERIOD_TOO_LONG = Ours "取得対象期間の指定に誤りがあります。31日以内の期間を指定してください。";
    /// 3.4: more there is than was told.
    LIST_CUT = Ours "取得件数の上限を超えたため、一部の送信案件のみを表示しています。";
    /// 3.7 and 3.9: the package that came with it was refused by the checker.
    PACKAGE_REFUSED = Ours "送信されたファイルの内容に誤りがあります。";
    /// 3.13: no such file in the archive, or not XML.
    NOT_VERIFIABLE = Ours "指定された公文書のXMLファイルを確認できません。";

    // States of a package and of an application.
    /// A package that waits to be checked.
    WAITING_FOR_CHECK = Recorded "処理待ち";
    /// An application has arrived.
    ARRIVED = Recorded "到達";
    /// It is examined.
    EXAMINING = Recorded "審査中";
    /// It waits for the applicant's correction.
    AWAITING_CORRECTION = Recorded "審査中（補正待ち）";
    /// Examined.
    EXAMINED = Recorded "審査終了";
    /// Closed.
    CLOSED = Recorded "手続終了";
    /// Arrived, and the applicant wants it back.
    ARRIVED_WITHDRAWING = Recorded "到達（取下げ処理中）";
    /// Examined at present, and the applicant wants it back.
    EXAMINING_WITHDRAWING = Ours "審査中（取下げ処理中）";
    /// Taken back by the applicant.
    WITHDRAWN = Analogy "取下げ";

    // Lines of the history.
    /// The applicant's side.
    BY_APPLICANT = Recorded "送信";
    /// The desk's side.
    BY_DESK = Recorded "受信";
    /// A new application.
    NEW_APPLICATION = Recorded "新規申請";
    /// Examination began.
    EXAMINATION_STARTED = Recorded "審査開始通知";
    /// A correction is asked for.
    CORRECTION_ASKED = Recorded "補正指示通知";
    /// Closed.
    CLOSED_NOTICE = Recorded "手続終了通知";
    /// The correction came.
    CORRECTED = Ours "補正";
    /// The correction did not come in time.
    CORRECTION_LAPSED = Ours "補正期限切れ通知";
    /// The desk no longer wants the correction.
    CORRECTION_TAKEN_BACK = Ours "補正取消通知";
    /// Examination is over.
    EXAMINATION_ENDED = Ours "審査終了通知";
    /// The applicant wants the application back.
    WITHDRAWAL_ASKED = Ours "取下げ";
    /// And gets it.
    WITHDRAWAL_ACCEPTED = Ours "取下げ承認通知";
    /// And does not get it.
    WITHDRAWAL_REJECTED = Ours "取下げ却下通知";
    /// A fee was charged.
    FEE_CHARGED = Ours "納付情報通知";

    // Fees.
    /// No fee.
    FEE_NONE = Recorded "-";
    /// The fee can still be paid.
    FEE_WAITING = Analogy "納付待ち";
    /// It was paid.
    FEE_PAID = Analogy "納付済み";
    /// It was not paid in time.
    FEE_LAPSED = Recorded "納付期限切れ";
    /// It was taken back.
    FEE_CANCELLED = Analogy "取消";
    /// `PayMemo` of 3.17.
    PAY_MEMO = Recorded "納付登録が完了しましたので、納付して下さい。";

    // 3.6: what the applicant should do.
    /// `AmendMessage`.
    AMEND_MESSAGE = Recorded "補正待ちの補正通知が{n}件あります。補正情報を確認し、補正を行ってください。";
    /// `CommentMessage`.
    COMMENT_MESSAGE = Ours "未読のコメント通知が{n}件あります。コメント通知を確認してください。";
    /// `DocumentMessage`.
    DOCUMENT_MESSAGE = Ours "未取得の公文書が{n}件あります。公文書を取得してください。";
    /// `PayMessage`.
    PAY_MESSAGE = Ours "納付待ちの納付情報が{n}件あります。納付情報を確認し、納付を行ってください。";

    // Small words.
    /// `CorrectStatus` while an amend notice is open.
    THERE_IS = Recorded "あり";
    /// `CorrectStatus` else.
    THERE_IS_NONE = Recorded "なし";
    /// A comment that was marked as read.
    READ = Recorded "既読";
    /// And one that was not.
    UNREAD = Recorded "未読";
    /// `ApplyType` of a correction's receipt.
    APPLY_TYPE_CORRECTION = Recorded "補正";
    /// `ApplyType` of a withdrawal's receipt.
    APPLY_TYPE_WITHDRAWAL = Recorded "取下げ";
    /// Title of an amend notice that leaves the applicant free what to correct.
    FREE_CORRECTION = Recorded "任意部分補正";
    /// Title of a comment that is a message.
    COMMENT_TITLE = Recorded "コメント（メッセージ）";
    /// Title of the comment that repeats what is to be corrected.
    COMMENT_TITLE_CORRECTION = Ours "コメント（補正）";
    /// `ServiceName` of a bank without one.
    NO_SERVICE_NAME = Recorded "NULL";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_put_in() {
        assert_eq!(
            AMEND_MESSAGE.counting(1),
            "補正待ちの補正通知が1件あります。補正情報を確認し、補正を行ってください。"
        );
    }

    #[test]
    fn no_word_stands_twice_under_one_name() {
        let mut names: Vec<_> = ALL.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
        assert!(ALL.iter().all(|(_, word)| !word.text.is_empty()));
    }
}
