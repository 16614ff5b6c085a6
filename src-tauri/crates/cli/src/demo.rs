//! `demo`: the main job on the sample school, through the same commands as everybody's.
use crate::{Failure, Outcome, Run, desk, host};
use api::{ApiError, Desk, ErrorCode};
use office::{Clock, OfficeError};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;

/// The day that is played, as shipped.
#[derive(Deserialize)]
struct Day {
    lines: Vec<String>,
    notice: Notice,
    opinion: String,
    people: People,
}
#[derive(Deserialize)]
struct Notice {
    title: String,
    blocks: Vec<NoticeBlock>,
}
#[derive(Deserialize)]
struct NoticeBlock {
    kind: String,
    text: String,
}
#[derive(Deserialize)]
struct People {
    duty: String,
    office: String,
    principal: String,
}

fn bug() -> Failure {
    Failure::Error(ApiError::new(ErrorCode::Bug, "error-bug"))
}

/// A desk that people sit down at in turn.
struct Seats<'a> {
    desk: &'a Desk,
    password: &'a str,
}
impl Seats<'_> {
    fn call(&self, name: &str, body: Value) -> Outcome {
        Ok(self.desk.call(name, body)?.value)
    }
    fn sit<T>(&self, who: &str, f: impl FnOnce(&Self) -> Result<T, Failure>) -> Result<T, Failure> {
        self.call(
            "access_sign_in",
            json!({"sign_in_name": who, "password": self.password}),
        )?;
        let done = f(self);
        self.desk.close();
        done
    }
    /// Lists every row of a windowed list.
    fn all(&self, name: &str, mut query: Value) -> Result<Vec<Value>, Failure> {
        let mut rows = Vec::new();
        loop {
            let mut window = self.call(name, query.clone())?;
            rows.extend(
                window["rows"]
                    .as_array_mut()
                    .map(std::mem::take)
                    .unwrap_or_default(),
            );
            if window["next"].is_null() {
                return Ok(rows);
            }
            query["after"] = window["next"].take();
        }
    }
}

pub(crate) fn demo(run: &Run<'_>) -> Outcome {
    let out = run.needed_path("out")?;
    let (office, pages) = (out.join("office.tongbao"), out.join("pages"));
    let clock = host::SystemClock;
    let begun = clock.now_ms();
    let day: Day = serde_json::from_str(include_str!("../../../../assets/sample/day.json"))
        .map_err(|_| bug())?;
    let sample = office::sample_data::Sample::load().map_err(|_| bug())?;
    std::fs::create_dir_all(out).map_err(|e| OfficeError::File(e.to_string()))?;
    let tell = |key: &str| host::tell(&run.say(key));
    let desk = desk(&office, &pages, true);
    let seats = Seats {
        desk: &desk,
        password: &sample.school.password,
    };

    tell("cli-demo-office");
    seats.call("org_open_sample", json!({}))?;
    tell("cli-demo-findings");
    let circular = seats.sit(&day.people.duty, |s| write_circular(s, &day.lines))?;
    let notice = seats.sit(&day.people.office, |s| write_notice(s, &day.notice))?;
    tell("cli-demo-approval");
    seats.sit(&day.people.principal, |s| {
        for document in [&circular, &notice] {
            approve(s, document, &day.opinion)?;
        }
        Ok(())
    })?;
    tell("cli-demo-issue");
    let (documents, board_sheets, findings) = seats.sit(&day.people.office, |s| {
        for document in [&circular, &notice] {
            let v = s.call("documents_document", json!({"id": document}))?;
            s.call(
                "documents_issue",
                json!({"id": document, "ver": v["row"]["ver"]}),
            )?;
        }
        let (documents, board_sheets) = save_pages(s, &pages)?;
        Ok((
            documents,
            board_sheets,
            s.all("inspections_list", json!({"limit": 200}))?.len(),
        ))
    })?;
    tell("cli-demo-verify");
    let verified = seats.sit(&day.people.principal, |s| s.call("audit_verify", json!({})))?;
    if verified["ok"] != true {
        let n = verified["findings"].as_array().map_or(0, Vec::len);
        return Err(Failure::Error(
            ApiError::new(ErrorCode::Refused, "cli-verify-not-ok").with("count", n),
        ));
    }
    let accounts: Vec<Value> = sample
        .school
        .staff
        .iter()
        .filter_map(|person| person.account.as_ref())
        .map(|a| json!({"account": a.sign_in_name, "role": a.roles.iter().map(|r| r.code()).collect::<Vec<_>>().join(","), "password": sample.school.password}))
        .collect();
    let printed: i64 = documents.iter().filter_map(|d| d["pages"].as_i64()).sum();
    let summary = json!({
        "office": office.display().to_string(),
        "accounts": accounts,
        "counts": {"findings": findings, "documents": documents.len(), "pages": printed, "audit_entries": verified["entries"]},
        "documents": documents,
        "board_sheets": board_sheets,
        "ms": clock.now_ms() - begun,
    });
    office::folder::write_durably(
        &out.join("summary.json"),
        format!("{summary:#}\n").as_bytes(),
    )
    .map_err(OfficeError::from)?;
    Ok(summary)
}

/// The duty officer types lines, and writes up the findings of the day that no paper states yet.
fn write_circular(s: &Seats<'_>, lines: &[String]) -> Outcome {
    for line in lines {
        let read = s.call("inspections_recognise", json!({"line": line}))?;
        s.call("inspections_log", json!({"text": read["text"]}))?;
    }
    let today = s.call("today_overview", json!({}))?["today"].take();
    let findings = s.all(
        "inspections_list",
        json!({"from": today, "to": today, "limit": 200}),
    )?;
    let chosen: Vec<&Value> = findings
        .iter()
        .filter(|f| f["stated_in"].as_array().is_some_and(Vec::is_empty))
        .map(|f| &f["id"])
        .collect();
    let draft = s.call(
        "documents_draft",
        json!({"kind": "circular", "finding_ids": chosen}),
    )?;
    submit(s, &draft["row"])
}
/// The office writes a notice by hand.
fn write_notice(s: &Seats<'_>, notice: &Notice) -> Outcome {
    let mut draft = s.call("documents_draft", json!({"kind": "notice"}))?;
    let mut content = draft["content"].take();
    let organ = content["title"][0].take();
    content["title"] = json!([organ, notice.title]);
    content["blocks"] = notice
        .blocks
        .iter()
        .enumerate()
        .map(|(i, b)| json!({"id": format!("b{}", i + 1), "kind": b.kind, "text": b.text}))
        .collect();
    let saved = s.call(
        "documents_save",
        json!({"id": draft["row"]["id"], "ver": draft["row"]["ver"], "content": content}),
    )?;
    submit(s, &json!({"id": draft["row"]["id"], "ver": saved["ver"]}))
}
fn submit(s: &Seats<'_>, row: &Value) -> Outcome {
    let mut sent = s.call(
        "documents_submit",
        json!({"id": row["id"], "ver": row["ver"]}),
    )?;
    Ok(sent["row"]["id"].take())
}
/// The principal reads every page, then signs.
fn approve(s: &Seats<'_>, document: &Value, opinion: &str) -> Result<(), Failure> {
    let view = s.call("documents_document", json!({"id": document}))?;
    let pages = s.call("documents_page", json!({"id": document, "page": 0}))?["pages"]
        .as_i64()
        .unwrap_or(0);
    for page in 1..pages {
        s.call("documents_page", json!({"id": document, "page": page}))?;
    }
    let today = s.call("today_overview", json!({}))?["today"].take();
    s.call("documents_approve", json!({"id": document, "ver": view["row"]["ver"], "opinion": opinion, "dated_on": today, "password": s.password}))?;
    Ok(())
}
/// Saves the PDFs of everything issued so far, in the order of issue: the copies to keep, and those to post.
fn save_pages(s: &Seats<'_>, pages: &Path) -> Result<(Vec<Value>, Vec<Value>), Failure> {
    let mut rows = s.all(
        "documents_list",
        json!({"states": ["issued"], "limit": 200}),
    )?;
    rows.sort_by_key(|r| r["issued_at"].as_i64());
    let (mut documents, mut board_sheets) = (Vec::new(), Vec::new());
    let file = |saved: &Value| {
        let name = saved["file"].as_str().unwrap_or_default();
        pages.join(name).display().to_string()
    };
    for row in rows {
        let view = s.call("documents_document", json!({"id": row["id"]}))?;
        let saved = s.call("documents_save_pdf", json!({"id": row["id"]}))?;
        documents.push(json!({
            "number": row["number"],
            "content_sha256": view["signed_sha256"],
            "pdf": file(&saved),
            "pdf_sha256": saved["sha256"],
            "pages": view["pages"],
        }));
        let posting = s.call("documents_posting", json!({"id": row["id"]}))?;
        if !posting["sheet"].is_null() {
            let saved = s.call("documents_save_board_pdf", json!({"id": row["id"]}))?;
            board_sheets.push(json!({
                "number": row["number"],
                "code": posting["sheet"]["code"],
                "pdf": file(&saved),
                "pdf_sha256": saved["sha256"],
                "paper": posting["sheet"]["paper"],
                "pages": posting["sheet"]["pages"],
            }));
        }
    }
    Ok((documents, board_sheets))
}
