//! People doing anything in any order: whatever they try, the office stays whole.
use api::ErrorCode;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::TestDesk;
use testkit::desk::{ADMIN, CLERK, DUTY, DUTY2, OFFICE, PRINCIPAL, VICE, sample_password};
use testkit::sample::Dice;

const STEPS: [&str; 9] = [
    "documents_save",
    "documents_submit",
    "documents_submit",
    "documents_approve",
    "documents_approve",
    "documents_issue",
    "documents_send_back",
    "documents_recall",
    "documents_discard",
];

fn step(d: &TestDesk, dice: &mut Dice, name: &str, id: &Value, ver: i64) -> Value {
    // now and then somebody works on what was read earlier
    let ver = if dice.below(6) == 0 { ver - 1 } else { ver };
    let mut body = json!({"id": id, "ver": ver});
    match name {
        "documents_save" => {
            let seen = d.call("documents_document", json!({"id": id}));
            body["content"] = seen.map_or(Value::Null, |v| v["content"].clone());
        }
        "documents_approve" => {
            body["opinion"] = json!("同意。");
            body["dated_on"] = json!(domain::calendar::day_of(d.clock().now()));
            body["password"] = json!(sample_password());
        }
        "documents_send_back" => body["remarks"] = json!("请改。"),
        _ => {}
    }
    body
}

#[test]
fn no_order_of_steps_breaks_numbers_or_audit() {
    for seed in [1, 2] {
        let d = TestDesk::sample();
        let mut dice = Dice::new(seed);
        let mut documents: Vec<(Value, i64)> = Vec::new();
        let mut done: BTreeMap<&str, u32> = BTreeMap::new();
        for _ in 0..60 {
            let who = *dice.pick(&[DUTY, DUTY2, OFFICE, CLERK, PRINCIPAL, VICE, ADMIN]);
            d.clock()
                .pass_seconds(60 * i64::try_from(dice.below(90)).expect("small"));
            d.sit(who);
            if documents.len() < 3 || dice.below(8) == 0 {
                let finding = d.finding("总务处", "praise", "维修及时", "总务处修好门锁1把。");
                if let Ok(finding) = d.call("inspections_log", finding) {
                    let view = d.draft("circular", &[finding["id"].clone()]);
                    documents.push((view["row"]["id"].clone(), 1));
                }
            }
            for _ in 0..12 {
                let Some(at) = documents.len().checked_sub(1).map(|n| dice.below(n + 1)) else {
                    continue;
                };
                // most people mostly do their own work
                let own: &[&'static str] = match who {
                    PRINCIPAL | VICE => &["documents_approve", "documents_send_back"],
                    OFFICE | CLERK => &["documents_issue", "documents_submit"],
                    _ => &["documents_save", "documents_submit"],
                };
                let any = dice.below(4) == 0;
                let name = *dice.pick(if any { &STEPS } else { own });
                let (id, ver) = documents[at].clone();
                let body = step(&d, &mut dice, name, &id, ver);
                match d.call(name, body) {
                    Ok(v) => {
                        *done.entry(name).or_default() += 1;
                        let now = v["row"]["ver"].as_i64().or(v["ver"].as_i64());
                        match now {
                            Some(now) => documents[at].1 = now,
                            None => drop(documents.remove(at)),
                        }
                    }
                    Err(e) => assert!(
                        !matches!(e.code, ErrorCode::Bug | ErrorCode::Environment),
                        "seed {seed}: {who} {name}: {e:?}"
                    ),
                }
            }
        }
        assert!(
            done.len() >= 6 && done.get("documents_issue") >= Some(&3),
            "seed {seed} tried too little: {done:?}"
        );
        d.sit(PRINCIPAL);
        let issued = d.done(
            "documents_list",
            json!({"states": ["issued"], "limit": 200}),
        );
        let mut numbers: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for row in issued["rows"].as_array().expect("rows") {
            let text = row["number"].as_str().expect("a number");
            let (series, n) = text.split_once('〕').expect("a year");
            let n = n.trim_end_matches('号').parse().expect("digits");
            numbers.entry(series.to_owned()).or_default().push(n);
        }
        for (series, mut taken) in numbers {
            taken.sort_unstable();
            let whole: Vec<i64> = (taken[0]..).take(taken.len()).collect();
            assert_eq!(
                taken, whole,
                "seed {seed}: {series} has no gap and no double"
            );
        }
        let verified = d.done("audit_verify", json!({}));
        assert_eq!(verified["findings"], json!([]), "seed {seed}: {done:?}");
    }
}
