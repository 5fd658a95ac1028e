//! Users and their certificates: 3.1, 3.2, 3.19 to 3.21, and the gate before every operation.

use std::time::Duration;

use renkei_core::instant::Timestamp;
use renkei_egov::interface::{Caller, Headers};
use renkei_egov::number::second;
use renkei_egov::operation::Operation;
use renkei_egov::signature::{Profile, Unsigned, sign};
use renkei_egov::user::AccessKeyDigest;
use renkei_egov::wire::{Reply, Trouble};
use renkei_egov::words;

use crate::people::{GOOD, Like, Person, authority, ichiro, made, now};
use crate::world::{World, software, value};

fn request(user: &str, more: &str, signer: &Person) -> String {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DataRoot><ApplData Id=\"ApplData\">\
         <UserID>{user}</UserID>{more}</ApplData></DataRoot>"
    );
    let unsigned = Unsigned {
        profile: Profile::Api,
        text: &text,
        id: Some("20261121090000"),
        files: &[],
        encoded: false,
    };
    sign(&unsigned, &signer.signs()).unwrap()
}

async fn at(world: &World, operation: Operation, body: &str, at: Timestamp) -> Reply {
    let caller = Caller {
        software: software(),
        user: None,
    };
    let interface = world.interface();
    let reply = interface.identity(&caller, operation, body.as_bytes(), at);
    reply.await.unwrap()
}

async fn ask(world: &World, operation: Operation, body: &str) -> Reply {
    at(world, operation, body, now()).await
}

fn minutes(count: u64) -> Timestamp {
    now().plus(Duration::from_mins(count))
}

fn named(element: &str, person: &Person) -> String {
    format!("<{element}>{}</{element}>", person.certificate().base64())
}

fn another(name: &'static str, serial: u32) -> Person {
    let like = Like {
        name,
        serial,
        ..GOOD
    };
    made(like, Some(authority()))
}

#[tokio::test]
async fn a_registration_binds_and_is_not_repeated() {
    let world = World::new();
    let body = request("USER01", "", ichiro());
    let reply = ask(&world, Operation::Register, &body).await;
    assert_eq!(
        (reply.status, value(&reply, "UserID")),
        (201, "USER01".to_owned())
    );
    let again = ask(&world, Operation::Register, &body).await;
    assert_eq!(again.status, 400);
    assert_eq!(value(&again, "Message"), words::ALREADY_REGISTERED.text);
    assert_eq!(value(&again, "UserID"), "USER01");
    let other = request("USER01", "", &another("Jiro", 5));
    let taken = ask(&world, Operation::Register, &other).await;
    assert_eq!(value(&taken, "Message"), words::USER_TAKEN.text);
    let second_user = ask(
        &world,
        Operation::Register,
        &request("USER02", "", ichiro()),
    )
    .await;
    assert_eq!(
        second_user.status, 201,
        "one certificate serves several users"
    );
}

#[tokio::test]
async fn a_login_gives_a_key_and_tells_of_the_one_before() {
    let world = World::new();
    let body = request("USER01", "", ichiro());
    let early = ask(&world, Operation::Login, &body).await;
    assert_eq!(
        (early.status, value(&early, "Message")),
        (401, words::LOGIN_REFUSED.text.to_owned())
    );
    ask(&world, Operation::Register, &body).await;
    let first = at(&world, Operation::Login, &body, minutes(1)).await;
    assert_eq!(first.status, 200, "{}", first.body);
    assert_eq!(value(&first, "LastAuthenticationDate"), "");
    let next = at(&world, Operation::Login, &body, minutes(2)).await;
    assert_eq!(value(&next, "LastAuthenticationDate"), second(minutes(1)));
    let key = value(&next, "AccessKey");
    assert_eq!(key.len(), 256);
    assert_ne!(key, value(&first, "AccessKey"));
    let state = world.store.0.lock().unwrap();
    assert!(state.keys.contains_key(&AccessKeyDigest::of(&key)));
    let told = serde_json::to_string(&state.events).unwrap();
    assert!(!told.contains(&key), "a key stands in the audit record");
}

#[tokio::test]
async fn whatever_is_wrong_with_a_login_the_answer_is_one() {
    let world = World::new();
    ask(
        &world,
        Operation::Register,
        &request("USER01", "", ichiro()),
    )
    .await;
    let good = request("USER01", "", ichiro());
    let outsider = made(GOOD, None);
    for body in [
        request("USER01", "", &another("Jiro", 6)),
        request("NOBODY", "", ichiro()),
        request("USER01", "", &outsider),
        good.replace("USER01", "USER02"),
    ] {
        let reply = ask(&world, Operation::Login, &body).await;
        assert_eq!(reply.status, 401, "{}", reply.body);
        assert_eq!(value(&reply, "Message"), words::LOGIN_REFUSED.text);
    }
    let expired = at(&world, Operation::Login, &good, minutes(600 * 24 * 60)).await;
    assert_eq!(expired.status, 401);
    let broken = ask(&world, Operation::Login, "<DataRoot>").await;
    assert_eq!(broken.status, 400);
}

#[tokio::test]
async fn certificates_are_added_and_deleted_but_never_the_last() {
    let world = World::new();
    let jiro = another("Jiro", 7);
    ask(
        &world,
        Operation::Register,
        &request("USER01", "", ichiro()),
    )
    .await;
    let add = request("USER01", &named("AddX509Certificate", &jiro), ichiro());
    let added = at(&world, Operation::CertificateAppend, &add, minutes(1)).await;
    assert_eq!(added.status, 200, "{}", added.body);
    assert_eq!(value(&added, "LastAuthenticationDate"), "");
    let again = ask(&world, Operation::CertificateAppend, &add).await;
    assert_eq!(value(&again, "Message"), words::CERTIFICATE_KNOWN.text);
    let login = at(
        &world,
        Operation::Login,
        &request("USER01", "", ichiro()),
        minutes(2),
    )
    .await;
    let delete = request("USER01", &named("DelX509Certificate", ichiro()), &jiro);
    let deleted = at(&world, Operation::CertificateDelete, &delete, minutes(3)).await;
    assert_eq!(deleted.status, 200, "{}", deleted.body);
    assert_eq!(
        value(&deleted, "LastAuthenticationDate"),
        second(minutes(2))
    );
    let digest = AccessKeyDigest::of(&value(&login, "AccessKey"));
    let key = world.store.0.lock().unwrap().keys[&digest].clone();
    assert!(
        key.revoked_at.is_some(),
        "the keys of a deleted certificate end"
    );
    let last = request("USER01", &named("DelX509Certificate", &jiro), &jiro);
    let refused = ask(&world, Operation::CertificateDelete, &last).await;
    assert_eq!(value(&refused, "Message"), words::CERTIFICATE_LAST.text);
    let unknown = ask(&world, Operation::CertificateDelete, &delete).await;
    assert_eq!(value(&unknown, "Message"), words::CERTIFICATE_UNKNOWN.text);
}

#[tokio::test]
async fn an_update_replaces_what_is_over_with_the_same_holders_new_one() {
    let world = World::new();
    let like = |name, serial, until| Like {
        name,
        serial,
        until,
        ..GOOD
    };
    let old = made(like("Shiro", 8, 1), Some(authority()));
    let new = made(like("Shiro", 9, 300), Some(authority()));
    let stranger = made(like("Goro", 10, 300), Some(authority()));
    ask(&world, Operation::Register, &request("USER01", "", &old)).await;
    let names_old = named("X509Certificate", &old);
    let body = request("USER01", &names_old, &new);
    let early = ask(&world, Operation::CertificateUpdate, &body).await;
    assert_eq!(
        value(&early, "Message"),
        words::CERTIFICATE_NOT_REPLACEABLE.text
    );
    let after = minutes(2 * 24 * 60);
    let foreign = request("USER01", &names_old, &stranger);
    let foreign = at(&world, Operation::CertificateUpdate, &foreign, after).await;
    assert_eq!(
        value(&foreign, "Message"),
        words::CERTIFICATE_NOT_REPLACEABLE.text
    );
    let updated = at(&world, Operation::CertificateUpdate, &body, after).await;
    assert_eq!(updated.status, 200, "{}", updated.body);
    let login = at(
        &world,
        Operation::Login,
        &request("USER01", "", &new),
        after,
    )
    .await;
    assert_eq!(login.status, 200);
}

#[tokio::test]
async fn the_gate_refuses_in_its_order() {
    let world = World::new();
    world
        .register_software("SOFT01", &[Operation::Login, Operation::Packages])
        .await;
    world.register_software("HASTY", Operation::ALL).await;
    let interface = world.interface();
    let body = request("USER01", "", ichiro());
    ask(&world, Operation::Register, &body).await;
    let key = value(&ask(&world, Operation::Login, &body).await, "AccessKey");
    let headers = |software, access_key| Headers {
        software,
        access_key,
    };
    let (known, key) = (Some("SOFT01"), Some(key.as_str()));
    let large = world.limits.body + 1;
    let list = Operation::Packages;
    for (operation, headers, length, expected) in [
        (list, headers(None, key), large, Trouble::SOFTWARE),
        (list, headers(Some("NOBODY"), key), large, Trouble::SOFTWARE),
        (
            Operation::Apply,
            headers(known, key),
            large,
            Trouble::SOFTWARE,
        ),
        (list, headers(known, None), large, Trouble::KEY),
        (list, headers(known, Some("x")), large, Trouble::KEY),
        (list, headers(Some("HASTY"), key), large, Trouble::KEY),
        (list, headers(known, key), large, Trouble::TOO_LARGE),
        (
            Operation::Login,
            headers(Some("HASTY"), None),
            1,
            Trouble::TOO_MANY,
        ),
    ] {
        let admitted = interface.admit(operation, headers, length, now());
        assert_eq!(admitted.await.unwrap(), Err(expected));
    }
    let let_in = interface.admit(list, headers(known, key), 1, now()).await;
    assert_eq!(let_in.unwrap().unwrap().user.unwrap().as_str(), "USER01");
    let late = interface
        .admit(list, headers(known, key), 1, minutes(60))
        .await;
    assert_eq!(late.unwrap(), Err(Trouble::KEY));
}
