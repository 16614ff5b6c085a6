//! Whole days at a real office in a temporary folder, through the one door that every host uses.
#![allow(clippy::unwrap_used, reason = "helpers of tests stop where tests stop")]

mod attachments;
mod audit;
mod backup;
mod bad_input;
mod day;
mod documents;
mod doors;
mod folder;
mod inspections;
mod lists;
mod posting;
mod postings;
mod printing;
mod roles;
mod sitting;
mod walk;

use testkit::TestDesk;

/// Names the documents in every state there is, drafted by `DUTY`: `(state, id, ver)`.
fn documents_in_every_state(
    d: &TestDesk,
) -> Vec<(&'static str, serde_json::Value, serde_json::Value)> {
    use serde_json::json;
    use testkit::desk::{DUTY, OFFICE, VICE};
    let mut all = Vec::new();
    d.sit(DUTY);
    let finding = d.log(
        "总务处",
        "praise",
        "维修及时",
        "总务处当天修好教学楼二楼门锁1把。",
    );
    let draft = d.draft("circular", &[finding]);
    all.push((
        "draft",
        draft["row"]["id"].clone(),
        draft["row"]["ver"].clone(),
    ));
    let (id, ver) = d.submitted(DUTY);
    all.push(("submitted", id, ver));
    let (id, ver) = d.submitted(DUTY);
    let v = d.approve(VICE, &id, &ver).expect("the test is set up");
    all.push(("approved", id, v["row"]["ver"].clone()));
    let v = d.issued(DUTY, VICE, OFFICE);
    all.push(("issued", v["row"]["id"].clone(), v["row"]["ver"].clone()));
    let (id, ver) = d.submitted(DUTY);
    d.sit(VICE);
    let v = d.done(
        "documents_reject",
        json!({"id": id, "ver": ver, "remarks": "此事不发通报。"}),
    );
    all.push(("rejected", id, v["row"]["ver"].clone()));
    d.leave();
    all
}
