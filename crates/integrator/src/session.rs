//! What the app remembers about a browser between two requests: its form token, the journeys it has under
//! way (several tabs, several journeys), and one message to show. In memory only; the cookie is an opaque
//! random name. A journey can be taken out once, by the browser that began it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use oauth2::{CsrfToken, PkceCodeVerifier};
use time::{Duration, OffsetDateTime};

use crate::link::Owner;
use crate::settings::Bank;

/// The name in the cookie.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct SessionId(String);

/// A journey under way.
pub(crate) struct Flow {
    pub(crate) bank: Bank,
    pub(crate) verifier: PkceCodeVerifier,
    pub(crate) began_at: OffsetDateTime,
}

/// A message for the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    Linked,
    NotUnlinked,
    Refreshed,
    Renewed,
    Unlinked,
}

/// All browsers.
#[derive(Default)]
pub(crate) struct Sessions {
    sessions: Mutex<HashMap<SessionId, Session>>,
}

struct Session {
    form_token: CsrfToken,
    flows: HashMap<String, Flow>,
    notice: Option<Notice>,
    seen_at: OffsetDateTime,
}

impl SessionId {
    /// 256 random bits.
    pub(crate) fn random() -> Self {
        Self(CsrfToken::new_random_len(32).secret().clone())
    }

    pub(crate) fn from_cookie(value: &str) -> Self {
        Self(value.to_owned())
    }

    /// For the cookie, and nothing else.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    pub(crate) fn owner(&self) -> Owner {
        Owner::new(self.0.clone())
    }
}

impl Sessions {
    /// Whether the browser is one of ours; a name that somebody else made up is not.
    pub(crate) fn knows(&self, id: &SessionId, now: OffsetDateTime) -> bool {
        let mut sessions = self.locked();
        let Some(session) = sessions.get_mut(id) else {
            return false;
        };
        session.seen_at = now;
        true
    }

    /// Begins to remember a browser, and forgets those not seen for long.
    pub(crate) fn open(&self, id: &SessionId, now: OffsetDateTime) {
        let mut sessions = self.locked();
        sessions.retain(|_, session| now - session.seen_at < FORGET_AFTER);
        sessions.entry(id.clone()).or_insert_with(|| Session {
            form_token: CsrfToken::new_random_len(32),
            flows: HashMap::new(),
            notice: None,
            seen_at: now,
        });
    }

    /// What the browser's forms carry.
    pub(crate) fn form_token(&self, id: &SessionId) -> Option<String> {
        self.locked()
            .get(id)
            .map(|session| session.form_token.secret().clone())
    }

    /// Keeps a journey until the browser comes back with its `state`.
    pub(crate) fn begin(&self, id: &SessionId, state: &CsrfToken, flow: Flow) {
        if let Some(session) = self.locked().get_mut(id) {
            let now = flow.began_at;
            session
                .flows
                .retain(|_, flow| now - flow.began_at < FLOW_LASTS);
            if session.flows.len() < MOST_FLOWS {
                session.flows.insert(state.secret().clone(), flow);
            }
        }
    }

    /// Takes a journey out: a second arrival with the same `state` finds nothing.
    pub(crate) fn take_flow(
        &self,
        id: &SessionId,
        state: &str,
        now: OffsetDateTime,
    ) -> Option<Flow> {
        let flow = self.locked().get_mut(id)?.flows.remove(state)?;
        (now - flow.began_at < FLOW_LASTS).then_some(flow)
    }

    pub(crate) fn leave_notice(&self, id: &SessionId, notice: Notice) {
        if let Some(session) = self.locked().get_mut(id) {
            session.notice = Some(notice);
        }
    }

    pub(crate) fn take_notice(&self, id: &SessionId) -> Option<Notice> {
        self.locked().get_mut(id)?.notice.take()
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<SessionId, Session>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Notice {
    /// Part of the key of its text.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Linked => "linked",
            Self::NotUnlinked => "not-unlinked",
            Self::Refreshed => "refreshed",
            Self::Renewed => "renewed",
            Self::Unlinked => "unlinked",
        }
    }
}

/// A journey may take an hour at the bank.
const FLOW_LASTS: Duration = Duration::minutes(70);
/// Nobody has more tabs under way; a hundred are a loop or an attack.
const MOST_FLOWS: usize = 100;
/// A browser that has links is known from those, too.
const FORGET_AFTER: Duration = Duration::hours(12);

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-21 03:00 UTC);

    fn flow(code: &str) -> Flow {
        Flow {
            bank: Bank {
                code: code.to_owned(),
                name: String::new(),
            },
            verifier: PkceCodeVerifier::new("v".repeat(43)),
            began_at: NOW,
        }
    }

    fn browser(sessions: &Sessions) -> SessionId {
        let id = SessionId::random();
        sessions.open(&id, NOW);
        id
    }

    fn state(text: &str) -> CsrfToken {
        CsrfToken::new(text.to_owned())
    }

    #[test]
    fn a_state_works_once() {
        let sessions = Sessions::default();
        let me = browser(&sessions);
        sessions.begin(&me, &state("s1"), flow("2476"));
        assert!(sessions.take_flow(&me, "s1", NOW).is_some());
        assert!(sessions.take_flow(&me, "s1", NOW).is_none());
    }

    #[test]
    fn a_state_works_in_the_browser_that_began_it() {
        let sessions = Sessions::default();
        let (me, you) = (browser(&sessions), browser(&sessions));
        sessions.begin(&me, &state("s1"), flow("2476"));
        assert!(sessions.take_flow(&you, "s1", NOW).is_none());
        assert!(
            sessions
                .take_flow(&SessionId::random(), "s1", NOW)
                .is_none()
        );
        assert!(sessions.take_flow(&me, "s1", NOW).is_some());
    }

    #[test]
    fn two_tabs_are_two_journeys() {
        let sessions = Sessions::default();
        let me = browser(&sessions);
        sessions.begin(&me, &state("s1"), flow("2476"));
        sessions.begin(&me, &state("s2"), flow("0001"));
        assert_eq!(
            sessions.take_flow(&me, "s2", NOW).unwrap().bank.code,
            "0001"
        );
        assert_eq!(
            sessions.take_flow(&me, "s1", NOW).unwrap().bank.code,
            "2476"
        );
    }

    #[test]
    fn a_journey_does_not_wait_for_ever() {
        let sessions = Sessions::default();
        let me = browser(&sessions);
        sessions.begin(&me, &state("s1"), flow("2476"));
        assert!(sessions.take_flow(&me, "s1", NOW + FLOW_LASTS).is_none());
    }

    #[test]
    fn browsers_not_seen_for_long_are_forgotten() {
        let sessions = Sessions::default();
        let me = browser(&sessions);
        sessions.open(&SessionId::random(), NOW + FORGET_AFTER);
        assert!(!sessions.knows(&me, NOW + FORGET_AFTER));
    }

    #[test]
    fn a_message_is_shown_once() {
        let sessions = Sessions::default();
        let me = browser(&sessions);
        sessions.leave_notice(&me, Notice::Linked);
        assert_eq!(sessions.take_notice(&me), Some(Notice::Linked));
        assert_eq!(sessions.take_notice(&me), None);
    }
}
