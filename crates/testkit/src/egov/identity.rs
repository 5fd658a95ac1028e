//! Software, users, certificates, keys and signed requests.

use std::time::Duration;

use futures_util::future::join_all;
use renkei_core::port as core;
use renkei_egov::commit::Change;
use renkei_egov::operation::Operation;
use renkei_egov::port::Store;
use renkei_egov::user::ApiUser;

use super::{after, commit, loses, sample, write};
use crate::sample::START;

pub(super) async fn suite(store: &dyn Store, domain: &dyn core::Store) {
    a_software_is_kept_and_changed(store).await;
    a_user_moves_by_its_version_only(store).await;
    a_certificate_is_bound_once(store).await;
    a_key_ends_with_its_certificate(store).await;
    the_last_signed_request_is_remembered(store, domain).await;
}

async fn a_software_is_kept_and_changed(store: &dyn Store) {
    let mut one = sample::software("SW");
    let other = sample::software("(2015)x/y");
    let saved = |software: &_| Change::SoftwareSaved(Box::new(Clone::clone(software)));
    write(store, vec![saved(&one), saved(&other)]).await;
    one.operations = [Operation::Login, Operation::Banks].into();
    one.revoked_at = Some(after(1));
    write(store, vec![saved(&one)]).await;
    let found = store.find_software(&one.id).await.unwrap();
    assert_eq!(found, Some(one.clone()));
    assert_eq!(store.softwares().await.unwrap(), [other, one]);
    let nobody = sample::software("nobody").id;
    assert_eq!(store.find_software(&nobody).await.unwrap(), None);
}

async fn a_user_moves_by_its_version_only(store: &dyn Store) {
    let user = |version| {
        Change::UserSaved(ApiUser {
            id: sample::user(1),
            version,
            registered_at: START,
        })
    };
    let outcomes = join_all((0..8).map(|_| store.commit(commit(vec![user(1)])))).await;
    assert_eq!(outcomes.iter().filter(|one| one.is_ok()).count(), 1);
    loses(store, user(3)).await;
    write(store, vec![user(2)]).await;
    loses(store, user(2)).await;
    let found = store.find_user(&sample::user(1)).await.unwrap().unwrap();
    assert_eq!((found.user.version, found.last_signed_at), (2, None));
    assert_eq!(store.find_user(&sample::user(2)).await.unwrap(), None);
}

async fn a_certificate_is_bound_once(store: &dyn Store) {
    let user = sample::user(1);
    let (one, other) = (sample::certificate(&user, 1), sample::certificate(&user, 2));
    let bound = |certificate: &_| Change::CertificateBound(Box::new(Clone::clone(certificate)));
    write(store, vec![bound(&one), bound(&other)]).await;
    loses(store, bound(&one)).await;
    // One certificate may be another user's as well.
    write(
        store,
        vec![bound(&sample::certificate(&sample::user(2), 1))],
    )
    .await;
    let unbound = || Change::CertificateUnbound {
        user: user.clone(),
        certificate: other.identity.key(),
    };
    write(store, vec![unbound()]).await;
    loses(store, unbound()).await;
    let found = store.find_user(&user).await.unwrap().unwrap();
    assert_eq!(found.certificates, [one]);
}

async fn a_key_ends_with_its_certificate(store: &dyn Store) {
    let user = sample::user(1);
    let ended = sample::key("ended", &sample::certificate(&user, 1));
    let lives = sample::key("lives", &sample::certificate(&user, 2));
    let issued = [&ended, &lives].map(|key| Change::AccessKeyIssued(key.clone()));
    write(store, issued.into()).await;
    for second in [1, 2] {
        let revoked = Change::AccessKeysRevoked {
            user: user.clone(),
            certificate: ended.certificate.clone(),
            at: after(second),
        };
        write(store, vec![revoked]).await;
    }
    let found = store.find_access_key(&ended.digest).await.unwrap().unwrap();
    assert_eq!(found.revoked_at, Some(after(1)), "the first time counts");
    let found = store.find_access_key(&lives.digest).await.unwrap();
    assert_eq!(found, Some(lives));
}

async fn the_last_signed_request_is_remembered(store: &dyn Store, domain: &dyn core::Store) {
    let user = sample::user(1);
    let signed = |operation, seconds| {
        let request = sample::signed(&user, operation, after(seconds));
        Change::SignedRequestRecorded(request)
    };
    let last = async || {
        let found = store.find_user(&user).await.unwrap();
        found.unwrap().last_signed_at
    };
    write(store, vec![signed(Operation::Register, 9)]).await;
    assert_eq!(last().await, None, "a registration does not count");
    let changes = vec![
        signed(Operation::Login, 5),
        signed(Operation::CertificateAppend, 7),
        signed(Operation::Login, 6),
    ];
    write(store, changes).await;
    assert_eq!(last().await, Some(after(7)));
    let key = sample::key("lives", &sample::certificate(&user, 2));
    let retention = core::Retention::default();
    let almost = key.expires_at.plus(retention.tokens);
    domain.clean(almost, &retention).await.unwrap();
    assert!(store.find_access_key(&key.digest).await.unwrap().is_some());
    let late = after(10).plus(retention.signed_requests);
    let cleaned = domain.clean(late, &retention).await.unwrap();
    assert!(cleaned.rows >= 6, "two keys, four requests: {cleaned:?}");
    assert!(store.find_access_key(&key.digest).await.unwrap().is_none());
    assert_eq!(last().await, Some(after(7)), "it outlives the request");
    let again = domain.clean(late.plus(Duration::from_secs(1)), &retention);
    assert_eq!(again.await.unwrap().rows, 0);
}
