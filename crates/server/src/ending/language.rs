//! The language of a page outside a journey, and where the same page is in the other.

use actix_web::HttpRequest;
use actix_web::http::Method;
use renkei_core::text::Language;
use renkei_pages::LanguageUrls;
use url::form_urlencoded;

use crate::app::App;
use crate::browser;
use crate::journey::chosen_language;

/// The language of a page outside a journey.
pub(crate) fn language(app: &App, request: &HttpRequest) -> Language {
    chosen_language(request)
        .or_else(|| browser::language(app, request))
        .unwrap_or_default()
}

/// The page at this address in each language: what was posted elsewhere than in a journey cannot be
/// fetched again.
pub(super) fn language_urls(request: &HttpRequest) -> Option<LanguageUrls> {
    let is_of_journey = request.path().contains("/journey/");
    if !is_of_journey && request.method() != Method::GET {
        return None;
    }
    let address = |language: Language| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !is_of_journey {
            let asked = form_urlencoded::parse(request.query_string().as_bytes());
            query.extend_pairs(asked.filter(|(name, _)| name != "lang"));
        }
        query.append_pair("lang", language.tag());
        // Without the path: one that begins with two slashes would name a stranger's host.
        format!("?{}", query.finish())
    };
    Some(LanguageUrls {
        ja: address(Language::Japanese),
        en: address(Language::English),
    })
}

/// The app's request once more, in each language, however it came: what it asked is read alike from an
/// address and from a form.
pub(super) fn asked_again(raw: &[u8], parameter: &str) -> LanguageUrls {
    let address = |language: Language| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(form_urlencoded::parse(raw).filter(|(name, _)| name != parameter));
        query.append_pair(parameter, language.tag());
        format!("?{}", query.finish())
    };
    LanguageUrls {
        ja: address(Language::Japanese),
        en: address(Language::English),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_switch_of_languages_stays_on_our_host() {
        let request = TestRequest::get()
            .uri("//evil.example/x?a=1&lang=ja")
            .to_http_request();
        let urls = language_urls(&request).unwrap();
        assert_eq!(
            (urls.ja.as_str(), urls.en.as_str()),
            ("?a=1&lang=ja", "?a=1&lang=en")
        );
    }

    #[test]
    fn what_was_posted_outside_a_journey_cannot_be_fetched_again() {
        let urls = |path| language_urls(&TestRequest::post().uri(path).to_http_request());
        assert!(urls("/authorize").is_none());
        assert_eq!(
            urls("/bank/journey/jrn_1/login?x=1").unwrap().en,
            "?lang=en"
        );
    }
}
