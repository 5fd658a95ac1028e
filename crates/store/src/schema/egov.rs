//! The tables of the external-linkage API of e-Gov.

use super::fee;

diesel::table! { counter (name) { name -> Text, taken -> BigInt, } }
diesel::table! {
    software (id) {
        id -> Text, name -> Text, operations -> Text, registered_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    api_user (id) {
        id -> Text, version -> BigInt, registered_at -> BigInt,
        last_signed_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    certificate_identity (user_id, digest) {
        user_id -> Text, digest -> Text, issuer -> Text, serial -> Text, subject -> Text,
        not_before -> BigInt, not_after -> BigInt, der -> Text, bound_at -> BigInt,
    }
}
diesel::table! {
    access_key (digest) {
        digest -> Text, user_id -> Text, software -> Text, certificate -> Text,
        issued_at -> BigInt, expires_at -> BigInt, revoked_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    signed_request (id) {
        id -> BigInt, user_id -> Text, software -> Text, at -> BigInt, operation -> Text,
        certificate -> Text, document -> Text,
    }
}
diesel::table! {
    package (send_number) {
        send_number -> Text, user_id -> Text, software -> Text, file_name -> Text,
        sent_at -> BigInt, applications -> BigInt, waits_since -> Nullable<BigInt>,
        checked_at -> Nullable<BigInt>, arrived -> Nullable<BigInt>, refused -> Nullable<BigInt>,
        report -> Nullable<Text>, claim -> Nullable<Text>, claimed_until -> Nullable<BigInt>,
    }
}
diesel::table! { package_archive (send_number) { send_number -> Text, archive -> Text, } }
diesel::table! {
    application (arrive_id) {
        arrive_id -> Text, version -> BigInt, user_id -> Text, software -> Text,
        package -> Nullable<Text>, origin -> Text, parent -> Nullable<Text>, procedure -> Text,
        procedure_name -> Text, ministry -> Text, ministry_name -> Text, submission -> Text,
        stage -> Text, stage_at -> BigInt, withdrawing -> Bool, correctable -> Bool,
        arrived_at -> BigInt, exam_started_at -> Nullable<BigInt>,
        exam_ended_at -> Nullable<BigInt>, closed_at -> Nullable<BigInt>,
    }
}
diesel::table! { application_archive (arrive_id) { arrive_id -> Text, archive -> Text, } }
diesel::table! {
    history (arrive_id, number) {
        arrive_id -> Text, number -> BigInt, at -> BigInt, process -> Text, status -> Text,
        facility_number -> Nullable<Text>, pay_number -> Nullable<Text>,
    }
}
diesel::table! {
    notice (arrive_id, kind, number) {
        arrive_id -> Text, kind -> Text, number -> BigInt, issued_at -> BigInt, title -> Text,
        files -> Text, signed -> Bool, due -> Nullable<Text>, waits_until -> Nullable<Text>,
        ended -> Nullable<Text>, completed_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    notice_archive (arrive_id, kind, number) {
        arrive_id -> Text, kind -> Text, number -> BigInt, archive -> Text,
    }
}
diesel::table! {
    fee_detail (facility_number, pay_number) {
        facility_number -> Text, pay_number -> Text, arrive_id -> Text, place -> BigInt,
        facility_name -> Text, pay_name_kana -> Text, memo -> Text, charged_at -> BigInt,
    }
}
diesel::table! {
    script_act (arrive_id, place) {
        arrive_id -> Text, place -> BigInt, due_at -> BigInt, act -> Text,
    }
}
diesel::table! {
    staff (login) {
        login -> Text, version -> BigInt, name -> Text, roles -> Text, ministries -> Text,
        enrolment -> Nullable<Text>, enrolment_until -> Nullable<BigInt>,
        password -> Nullable<Text>, totp -> Text, totp_step -> BigInt, created_at -> BigInt,
        disabled_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    staff_session (digest) {
        digest -> Text, login -> Text, opened_at -> BigInt, lapses_at -> BigInt,
        ends_at -> BigInt,
    }
}
diesel::table! {
    proposal (id) {
        id -> Text, arrive_id -> Text, wish -> Text, proposed_by -> Text, proposed_at -> BigInt,
        decided_by -> Nullable<Text>, decided_at -> Nullable<BigInt>, approved -> Nullable<Bool>,
    }
}

diesel::joinable!(notice -> application (arrive_id));
diesel::joinable!(notice_archive -> application (arrive_id));
diesel::joinable!(fee_detail -> application (arrive_id));
diesel::allow_tables_to_appear_in_same_query!(application, fee, fee_detail, notice, notice_archive);
