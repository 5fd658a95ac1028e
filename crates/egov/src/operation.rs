//! The operations of the interface, by the numbers of the manual.

use serde::{Deserialize, Serialize};

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident = $number:literal $word:literal $status:literal;)*) => {
        /// One operation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Operation { $($(#[$doc])* $name,)* }

        impl Operation {
            /// Every one, in the manual's order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The manual's number.
            pub const fn number(self) -> &'static str {
                match self { $(Self::$name => $number,)* }
            }

            /// The word in allow-lists, in the audit record and in settings.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The status of its answer when all is well.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }
        }
    };
}

operations! {
    /// 利用者ID登録
    Register = "3.1" "register" 201;
    /// 利用者認証
    Login = "3.2" "login" 200;
    /// 一括申請
    Apply = "3.3" "apply" 202;
    /// 送信案件一覧情報取得
    Packages = "3.4" "packages" 200;
    /// 申請案件一覧情報取得
    Applications = "3.5" "applications" 200;
    /// 状況照会
    Reference = "3.6" "reference" 200;
    /// 取下げ
    Withdrawal = "3.7" "withdrawal" 202;
    /// 補正通知一覧取得
    AmendNotices = "3.8" "amend_notices" 200;
    /// 補正（補正申請）
    AmendApply = "3.9" "amend_apply" 202;
    /// 公文書・コメント一覧取得
    Notices = "3.10" "notices" 200;
    /// 公文書取得
    Document = "3.11" "document" 200;
    /// 公文書取得完了
    DocumentDone = "3.12" "document_done" 200;
    /// 公文書署名検証
    DocumentVerify = "3.13" "document_verify" 200;
    /// コメント通知取得
    Comment = "3.14" "comment" 200;
    /// コメント通知取得完了
    CommentDone = "3.15" "comment_done" 200;
    /// 電子納付対応金融機関一覧取得
    Banks = "3.16" "banks" 200;
    /// 納付情報一覧取得
    Payments = "3.17" "payments" 200;
    /// 電子納付金融機関サイト表示
    PaymentSite = "3.18" "payment_site" 200;
    /// 証明書識別情報追加
    CertificateAppend = "3.19" "certificate_append" 200;
    /// 証明書識別情報更新
    CertificateUpdate = "3.20" "certificate_update" 200;
    /// 証明書識別情報削除
    CertificateDelete = "3.21" "certificate_delete" 200;
}

impl Operation {
    /// From the word of an allow-list.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.as_str() == word)
    }

    /// Whether it wants an access key; the others are signed.
    pub const fn wants_key(self) -> bool {
        !matches!(
            self,
            Self::Register
                | Self::Login
                | Self::CertificateAppend
                | Self::CertificateUpdate
                | Self::CertificateDelete
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_twenty_one_and_each_has_its_word() {
        assert_eq!(Operation::ALL.len(), 21);
        for one in Operation::ALL {
            assert_eq!(Operation::parse(one.as_str()), Some(*one));
        }
        assert_eq!(
            Operation::ALL.iter().filter(|one| !one.wants_key()).count(),
            5
        );
    }
}
