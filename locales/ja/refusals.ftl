## Refusals: what happened, what to do

refusal-no-accounts = 連携できる口座がありません。
refusal-no-accounts-action = 口座のお取り扱いについては、お問い合わせ先へご連絡ください。
refusal-no-question = 追加認証に必要な質問と回答が登録されていないため、手続きを続けることができません。
refusal-no-question-action = インターネットバンキングで質問と回答をご登録のうえ、もう一度お手続きください。ご不明な点は、お問い合わせ先へご連絡ください。
refusal-pins-locked = 照会用暗証番号の入力できる回数を超えたため、登録できる口座がありません。
refusal-pins-locked-action = 照会用暗証番号のご確認と利用停止の解除は、お問い合わせ先へご連絡ください。
refusal-risk-too-high = 安全のため、今回は手続きを続けることができません。
refusal-risk-too-high-action = しばらくしてから、いつもご利用の端末でもう一度お試しください。お急ぎの場合は、お問い合わせ先へご連絡ください。
refusal-too-many-attempts = 入力できる回数を超えたため、安全のためご利用を一時停止しています。
refusal-too-many-attempts-action = しばらくしてからもう一度お試しください。ご不明な点は、お問い合わせ先へご連絡ください。
refusal-action = ご不明な点は、お問い合わせ先へご連絡ください。
