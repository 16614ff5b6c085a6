//! Row 2: an edit of a notice and its fresh page.
use crate::{Bench, ratio, summary};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Four pages of a notice, edited at every key.
pub(crate) fn measure(bench: &Bench) -> Value {
    let document = bench.call(
        "documents_draft",
        json!({"kind": "notice", "finding_ids": []}),
    );
    let mut content = document["content"].clone();
    content["title"] = json!(["临江市实验小学", "关于做好冬季校园安全工作的通知"]);
    content["recipients"] = json!("各处室、年级组：");
    let text = "各处室、各年级组要高度重视冬季校园安全工作，把消防设施、用电线路、取暖设备、楼道照明和食堂燃气作为检查重点，逐项登记，逐项整改，责任到人，限期办结，并于每周五下班前把检查情况报办公室汇总。";
    let blocks: Vec<Value> = (0..24).map(|i| json!({"id": format!("b{i}"), "kind": if i % 6 == 0 { "h1" } else { "p" }, "text": if i % 6 == 0 { "检查内容" } else { text }, "finding_ids": []})).collect();
    content["blocks"] = json!(blocks);
    let first = bench.call("documents_preview", json!({"content": content, "page": 0}));
    let pages = first["pages"].as_i64().unwrap();
    let (mut keys, mut bytes) = (Vec::new(), 0);
    for i in 0..200 {
        // a key in the paragraph that stands on the page being looked at
        content["blocks"][3]["text"] = json!(format!("{text}{}", "字".repeat(i % 20 + 1)));
        let body = json!({"content": content, "page": 0});
        let (reply, took) = bench.timed("documents_preview", body);
        keys.push(took);
        bytes = reply["svg"].as_str().unwrap().len();
    }
    let mut value = summary(keys);
    value["pages"] = json!(pages);
    value["svg_bytes"] = json!(bytes);
    value["goal"] = json!("p95 ≤ 16 ms; ≥ 100 × soffice --convert-to pdf of the same text");
    let plain: String = blocks
        .iter()
        .map(|b| format!("{}\n", b["text"].as_str().unwrap()))
        .collect();
    value["soffice"] = soffice(bench.dir.path(), &plain);
    if value["soffice"]["p50_ms"].is_number() {
        let rival =
            json!({"p95_ms": value["soffice"]["p50_ms"], "p50_ms": value["soffice"]["p50_ms"]});
        value["ratio_p95"] = ratio(&rival, &value, "p95_ms");
        value["ratio_p50"] = ratio(&rival, &value, "p50_ms");
    }
    value
}
fn soffice(dir: &Path, text: &str) -> Value {
    let file = dir.join("notice.txt");
    std::fs::write(&file, text).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", dir.join("lo").display());
    let mut times = Vec::new();
    // the first run makes the profile and is not counted
    for i in 0..6 {
        let t = Instant::now();
        let run = Command::new("soffice")
            .args([
                profile.as_str(),
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
            ])
            .arg(dir)
            .arg(&file)
            .output();
        match run {
            Ok(o) if o.status.success() && dir.join("notice.pdf").exists() => {
                if i > 0 {
                    times.push(t.elapsed());
                }
            }
            _ => return json!({"skipped": "soffice is not installed"}),
        }
    }
    summary(times)
}
