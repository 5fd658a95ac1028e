//! The tables, as diesel sees them: the same on both engines (`migrations/`).

pub(crate) mod egov;

diesel::table! { plan (digest) { digest -> Text, body -> Text, created_at -> BigInt, } }
diesel::table! { client (id) { id -> Text, disabled -> Bool, body -> Text, } }
diesel::table! {
    journey (id) {
        id -> Text, tenant -> Text, version -> BigInt, ended -> Bool, touched_at -> BigInt, body -> Text,
    }
}
diesel::table! {
    link (id) {
        id -> Text, tenant -> Text, client -> Text, customer -> Text, slot -> Text, version -> BigInt,
        expires_at -> BigInt, ended -> Bool, body -> Text, used_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    consent (id) { id -> Text, link -> Text, tenant -> Text, given_at -> BigInt, body -> Text, }
}
diesel::table! {
    code (digest) {
        digest -> Text, link -> Text, family -> Text, expires_at -> BigInt,
        redeemed_at -> Nullable<BigInt>, body -> Text,
    }
}
diesel::table! {
    family (id) {
        id -> Text, link -> Text, tenant -> Text, client -> Text, issuer -> Text, opened_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    access_token (digest) {
        digest -> Text, family -> Text, scopes -> Text, issued_at -> BigInt, expires_at -> BigInt,
    }
}
diesel::table! {
    refresh_token (digest) {
        digest -> Text, family -> Text, issued_at -> BigInt, used_at -> Nullable<BigInt>, repeats -> BigInt,
    }
}
diesel::table! {
    inquiry_pin (tenant, customer, account) {
        tenant -> Text, customer -> Text, account -> Text, pin -> Text, registered_at -> BigInt,
    }
}
diesel::table! {
    attempt (id) { id -> Text, tally -> BigInt, started_at -> BigInt, last_at -> BigInt, }
}
diesel::table! {
    challenge (id) { id -> Text, body -> Text, kept_at -> BigInt, }
}
diesel::table! {
    familiar_sign (tenant, customer, kind, digest) {
        tenant -> Text, customer -> Text, kind -> Text, digest -> Text, seen_at -> BigInt,
    }
}
diesel::table! {
    mail (id) { id -> Text, due_at -> BigInt, sent_at -> Nullable<BigInt>, tries -> BigInt, body -> Text, }
}
diesel::table! {
    audit (sequence) {
        sequence -> BigInt, at -> BigInt, tenant -> Nullable<Text>, journey -> Nullable<Text>,
        name -> Text, detail -> Text, previous -> Text, digest -> Text,
    }
}
diesel::table! {
    visit (digest) {
        digest -> Text, tenant -> Text, customer -> Text, name -> Text, credential_version -> Text,
        begun_at -> BigInt, lapses_at -> BigInt,
    }
}
diesel::table! {
    fee (facility_number, pay_number) {
        facility_number -> Text, pay_number -> Text, confirm_number -> Text, total_fee -> BigInt,
        due -> Text, state -> Text, payment_id -> Nullable<Text>, paid_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    bill (nonce) {
        nonce -> Text, tenant -> Text, facility_number -> Text, pay_number -> Text,
        expires_at -> BigInt, journey -> Nullable<Text>, voided -> Bool,
        confirmed_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    payment (id) {
        id -> Text, tenant -> Text, customer -> Text, version -> BigInt, state -> Text,
        next_ask_at -> Nullable<BigInt>, body -> Text,
    }
}
diesel::table! {
    demo_debit (tenant, key) {
        tenant -> Text, key -> Text, account -> Text, amount_yen -> BigInt, body -> Text,
    }
}
diesel::table! { audit_head (id) { id -> BigInt, sequence -> BigInt, digest -> Text, } }
diesel::table! {
    demo_customer (tenant, id) { tenant -> Text, id -> Text, login_id -> Text, body -> Text, }
}
diesel::table! {
    demo_account (id) { id -> Text, tenant -> Text, customer -> Text, position -> BigInt, body -> Text, }
}
diesel::table! {
    demo_line (account, sequence) {
        account -> Text, sequence -> BigInt, booked_on -> Text, valued_on -> Text, direction -> Text,
        amount_yen -> BigInt, remarks -> Nullable<Text>, balance_yen -> BigInt,
    }
}

diesel::joinable!(access_token -> family (family));
diesel::joinable!(refresh_token -> family (family));
diesel::joinable!(family -> link (link));
diesel::joinable!(family -> client (client));
diesel::joinable!(code -> link (link));
diesel::joinable!(link -> client (client));
diesel::allow_tables_to_appear_in_same_query!(
    access_token,
    client,
    code,
    family,
    link,
    refresh_token
);
diesel::allow_tables_to_appear_in_same_query!(consent, inquiry_pin);
