//! Ceremonies with a passkey made of software. Runs with `--features webauthn,soft`.
#![expect(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected fails there and then"
)]

use renkei_core::port::Passkeys;
use renkei_passkey::WebAuthn;
use renkei_passkey::soft::Device;

const BASE: &str = "http://localhost:8080";

fn registered(passkeys: &WebAuthn, device: &mut Device) -> Vec<String> {
    let request = passkeys.begin("hidashin/c", "みやがわ", &[]).unwrap();
    let answer = device.create(BASE, &request.options).unwrap();
    vec![passkeys.finish(&request.state, &answer).unwrap().unwrap()]
}

#[test]
fn a_passkey_is_registered_and_verified() {
    let (passkeys, mut device) = (WebAuthn::new(BASE).unwrap(), Device::default());
    let known = registered(&passkeys, &mut device);
    let request = passkeys.ask(&known).unwrap();
    let answer = device.answer(BASE, &request.options).unwrap();
    let after = passkeys.verify(&request.state, &known, &answer).unwrap();
    assert_eq!(after.unwrap().len(), 1);
}

#[test]
fn an_answer_to_another_question_or_from_another_page_is_wrong() {
    let (passkeys, mut device) = (WebAuthn::new(BASE).unwrap(), Device::default());
    let known = registered(&passkeys, &mut device);
    let (one, other) = (passkeys.ask(&known).unwrap(), passkeys.ask(&known).unwrap());
    let answer = device.answer(BASE, &one.options).unwrap();
    let verify = |state: &str, answer: &str| passkeys.verify(state, &known, answer).unwrap();
    assert!(verify(&other.state, &answer).is_none(), "another challenge");
    let elsewhere = device
        .answer("http://localhost:9999", &other.options)
        .unwrap();
    assert!(verify(&other.state, &elsewhere).is_none(), "another origin");
    assert!(verify(&other.state, "{}").is_none());
    assert!(verify(&one.state, &answer).is_some());
}

#[test]
fn a_passkey_of_somebody_else_is_wrong() {
    let passkeys = WebAuthn::new(BASE).unwrap();
    let (mut mine, mut yours) = (Device::default(), Device::default());
    let (my_keys, your_keys) = (
        registered(&passkeys, &mut mine),
        registered(&passkeys, &mut yours),
    );
    let request = passkeys.ask(&my_keys).unwrap();
    let asked_of_you = passkeys.ask(&your_keys).unwrap();
    let answer = yours.answer(BASE, &asked_of_you.options).unwrap();
    assert!(
        passkeys
            .verify(&request.state, &my_keys, &answer)
            .unwrap()
            .is_none()
    );
}

#[test]
fn an_address_without_a_host_has_no_passkeys() {
    assert!(WebAuthn::new("data:,x").is_err());
}
