//! A one-time password by mail, and how often one is sent.

use reqwest::StatusCode;

use super::{Walker, code_of};
use crate::app::App;
use crate::mail::mailed_codes;
use crate::platform::{Engine, Platform};

#[tokio::test]
async fn a_code_comes_by_mail_and_too_many_are_not_sent() {
    for engine in Engine::all() {
        let platform = Platform::start_with_bank(engine, "musashino");
        let app = App::of(&platform, "plain_confidential");
        let mut walker = Walker::new(&platform, "musa0007");
        let card = ["001", "7000001", "4717"];
        let to = "musa0007@example.jp";
        let page = walker.log_in(&app, card).await;
        assert_eq!(page.step(), "one_time_password", "{}", page.html);
        assert!(page.html.contains("m***@example.jp へお送りしました"));
        let first = mailed_codes(&platform, to, 1).await.remove(0);
        let wrong = if first == "00000000" { "1" } else { "0" }.repeat(8);
        let page = walker
            .press(&page, "one_time_password", &[("otp", &wrong)])
            .await;
        assert!(page.html.contains("あと4回"), "{}", page.html);
        let page = walker
            .press(&page, "one_time_password", &[("action", "resend")])
            .await;
        let second = mailed_codes(&platform, to, 2).await.remove(1);
        let old = [("otp", first.as_str())];
        let page = walker.press(&page, "one_time_password", &old).await;
        assert!(page.html.contains("あと3回"), "only the latest is good");
        let latest = [("otp", second.as_str())];
        let page = walker.press(&page, "one_time_password", &latest).await;
        let page = walker.press(&page, "account_selection", &[]).await;
        let page = walker.press(&page, "consent", &[]).await;
        let tokens = app.redeem(&code_of(&page, &app)).await;
        assert_eq!(tokens.status, StatusCode::OK, "{tokens:?}");
        let sent = "\"one_time_password.sent\"";
        assert_eq!(walker.events().matches(sent).count(), 2);
        for code in [&first, &second] {
            assert!(
                !platform.traces().contains(code.as_str()),
                "it rests sealed"
            );
        }

        // Used, it counts no more; unused ones count across journeys and on one page alike.
        walker.log_in(&app, card).await;
        let page = walker.log_in(&app, card).await;
        let resend = [("action", "resend")];
        let page = walker.press(&page, "one_time_password", &resend).await;
        assert!(!page.html.contains("いまは新しく送れません"));
        let page = walker.press(&page, "one_time_password", &resend).await;
        assert!(
            page.html.contains("いまは新しく送れません"),
            "{}",
            page.html
        );
        let mut elsewhere = Walker::new(&platform, "musa0007");
        let page = elsewhere.log_in(&app, card).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(page.html.contains("送ることのできる回数を超えたため"));
        let english = format!("{}?lang=en", page.url);
        let english = elsewhere.browser.open(&english).await;
        assert!(
            english
                .html
                .contains("Too many one-time passwords were sent")
        );
        assert_eq!(walker.events().matches(sent).count(), 5);
        walker.change("unlock");
        let page = elsewhere.log_in(&app, card).await;
        assert_eq!(page.step(), "one_time_password");
    }
}
