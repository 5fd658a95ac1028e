//! One winner: codes and refresh tokens, ten parallel redemptions, fifty rounds, two processes.

use futures_util::future::join_all;
use reqwest::StatusCode;

use crate::app::App;
use crate::journey::Customer;
use crate::platform::{Engine, Platform};

const ROUNDS: usize = 50;
const PARALLEL: usize = 10;

#[tokio::test]
async fn a_code_has_one_winner_among_two_processes() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        let app = App::of(&platform, "plain_confidential");
        let twin = platform.twin();
        let other = App {
            base: twin.address(),
            ..app.clone()
        };
        let mut customer = Customer::new(&platform, "hida0001");
        for round in 0..ROUNDS {
            let page = customer.browser.open(&app.authorize(&[])).await;
            let end = customer.walk(page).await;
            let code = app.receive(&end);
            let tries = (0..PARALLEL).map(|n| {
                if n % 2 == 0 {
                    app.redeem(&code)
                } else {
                    other.redeem(&code)
                }
            });
            let answers = join_all(tries).await;
            let won: Vec<_> = answers
                .iter()
                .filter(|a| a.status == StatusCode::OK)
                .collect();
            assert_eq!(won.len(), 1, "round {round}");
            let lost = answers
                .iter()
                .filter(|a| a.body["error"] == "invalid_grant")
                .count();
            assert_eq!(lost, PARALLEL - 1, "round {round}");
            let dead = app.read(&won[0].text("access_token"), "/accounts").await;
            assert_eq!(
                dead.status,
                StatusCode::UNAUTHORIZED,
                "the winner's tokens are revoked"
            );
        }
    }
}

#[tokio::test]
async fn a_refresh_token_has_one_successor_among_two_processes() {
    for engine in Engine::all() {
        let platform = Platform::start(engine);
        let mut app = App::of(&platform, "plain_public");
        app.redirect_uri = "http://127.0.0.1:49152/callback".to_owned();
        let twin = platform.twin();
        let other = App {
            base: twin.address(),
            ..app.clone()
        };
        let mut token = Customer::new(&platform, "hida0002")
            .link(&app)
            .await
            .text("refresh_token");
        for round in 0..ROUNDS {
            let tries = (0..PARALLEL).map(|n| {
                if n % 2 == 0 {
                    app.refresh(&token)
                } else {
                    other.refresh(&token)
                }
            });
            let answers = join_all(tries).await;
            let won: Vec<_> = answers
                .iter()
                .filter(|a| a.status == StatusCode::OK)
                .collect();
            assert!((1..=6).contains(&won.len()), "round {round}: {}", won.len());
            let successor = won[0].text("refresh_token");
            assert!(
                won.iter().all(|a| a.text("refresh_token") == successor),
                "round {round}"
            );
            assert_ne!(successor, token);
            token = successor;
        }
    }
}
