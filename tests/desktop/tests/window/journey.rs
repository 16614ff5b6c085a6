//! One day through every layer, by keyboard alone: a finding becomes an approved, numbered page on the disk.

use crate::driver::Window;
use fantoccini::key::Key;
use std::path::PathBuf;

/// What the duty officer writes: a class, a person and a matter as they would be said.
const FINDING: &str = "食堂 二楼留样柜温度9℃ 超标";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a screen: cargo xtask test window"]
async fn a_finding_becomes_an_approved_numbered_page_by_keyboard_alone() {
    let window = Window::open().await;
    let password = open_sample(&window).await;

    // the duty officer logs what was seen and writes it up
    sign_in(&window, "duty", &password).await;
    window.press(Key::F2).await;
    window.see("quick-line").await;
    window
        .until(&focus_is("quick-line"), "the quick line to have the focus")
        .await;
    window.keys(FINDING).await;
    window
        .until(
            "return document.querySelector('[data-testid=quick-line]').value.includes('留样柜')",
            "the Chinese text",
        )
        .await;
    window.see("chips").await;
    window.shot("finding").await;
    window.press(Key::Enter).await;
    window
        .until(
            "return document.querySelector('[data-testid=quick-line]').value === ''",
            "the line to be empty again",
        )
        .await;
    window
        .until(
            &holds("recent-findings", "留样柜"),
            "the finding in the list",
        )
        .await;
    window.press(Key::Escape).await;
    window.push("nav-today").await;
    window
        .until(
            &holds("today-findings", "留样柜"),
            "the finding on today's list",
        )
        .await;
    window.shot("today").await;
    window.push("write-up").await;
    window.see("draft-preview").await;
    window
        .until(PAGE_IS_DRAWN, "the page beside the draft")
        .await;
    window.shot("draft").await;
    window.assert_clean().await;
    let title = submit(&window).await;

    // the principal reads the page and approves it; the drafter could not
    approve(&window, &title, &password, "review").await;

    // the office takes the number; the page is frozen and saved
    open_approved(&window, &title, &password).await;
    let expected = text_of(&window, "issue-number").await;
    window.shot("issue").await;
    issue(&window).await;
    let number = text_of(&window, "issue-number").await;
    assert!(number.contains('〔') && number.ends_with('号'), "{number}");
    assert_eq!(number, expected, "the number that was announced");
    window.ctrl("s").await;
    window.see("issue-saved").await;
    window.shot("issued").await;
    window.assert_clean().await;

    let pages = pdf_files(&window.exports());
    assert_eq!(pages.len(), 1, "{pages:?}");
    let bytes = std::fs::read(&pages[0]).expect("the saved page");
    assert!(bytes.starts_with(b"%PDF-"), "a PDF file");
    let said = window
        .script("return document.querySelector('[data-testid=issue-saved]').dataset.file")
        .await;
    assert_eq!(
        said,
        pages[0]
            .file_name()
            .expect("name")
            .to_string_lossy()
            .as_ref(),
        "the file that the screen names"
    );
    let text = pdf_text(&pages[0]);
    assert!(
        text.contains(&number),
        "the number stands on the page:\n{text}"
    );
    assert!(
        text.contains("留样柜"),
        "the finding stands on the page:\n{text}"
    );
    assert!(!text.contains("草稿"), "an issued page is no draft");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a screen: cargo xtask test window"]
async fn a_wrong_password_opens_nothing_and_what_was_saved_is_there_after_a_restart() {
    let window = Window::open().await;
    let password = open_sample(&window).await;
    sign_in(&window, "duty", &password).await;
    window.press(Key::F2).await;
    window
        .until(&focus_is("quick-line"), "the quick line to have the focus")
        .await;
    window.keys("食堂 后厨台面整洁").await;
    window.see("chips").await;
    window.press(Key::Enter).await;
    window
        .until(
            &holds("recent-findings", "台面整洁"),
            "the finding in the list",
        )
        .await;

    // the program ends without a sign-out; the finding was acknowledged, so it is on the disk
    let window = window.reopen().await;
    window.see("sign-in-form").await;
    choose_person(&window, "duty").await;
    window.fill("password", "not the password").await;
    window.press(Key::Enter).await;
    window.see("error-note").await;
    window.shot("wrong-password").await;
    assert!(!window.has("nav-today").await, "nothing opens");
    sign_in(&window, "duty", &password).await;
    window
        .until(
            &holds("today-findings", "台面整洁"),
            "the finding after the restart",
        )
        .await;
    window.assert_clean().await;
    window.close().await;
}

/// Makes the sample school from an empty folder and returns the password of its accounts.
pub(crate) async fn open_sample(window: &Window) -> String {
    window.push("open-sample").await;
    window.see("sign-in-form").await;
    window.shot("sign-in").await;
    let school = std::fs::read_to_string(crate::driver::root().join("assets/sample/school.json"))
        .expect("the sample school");
    let school: serde_json::Value = serde_json::from_str(&school).expect("JSON");
    school["password"]
        .as_str()
        .expect("the password of the sample accounts")
        .to_owned()
}

pub(crate) async fn sign_in(window: &Window, name: &str, password: &str) {
    window.see("sign-in-form").await;
    choose_person(window, name).await;
    window.fill("password", password).await;
    window.press(Key::Enter).await;
    window.see("nav-today").await;
}

/// Submits the draft on the screen, locks the desk and returns the title.
pub(crate) async fn submit(window: &Window) -> String {
    window.ctrl(&Key::Enter.to_string()).await;
    window.see("review-state").await;
    window
        .until(
            &state_is("review-state", "submitted"),
            "the draft to be submitted",
        )
        .await;
    let title = text_of(window, "review-heading").await;
    window.ctrl("l").await;
    title
}

/// The principal reads the page, keeps a picture of it, approves it and locks the desk.
pub(crate) async fn approve(window: &Window, title: &str, password: &str, picture: &str) {
    sign_in(window, "principal", password).await;
    open_waiting(window, title).await;
    window
        .until(
            &state_is("review-state", "submitted"),
            "the submitted document",
        )
        .await;
    window.until(PAGE_IS_DRAWN, "the page").await;
    window.shot(picture).await;
    window.fill("approve-password", password).await;
    window.ctrl(&Key::Enter.to_string()).await;
    // approved, the desk goes on to the next document that waits, if there is one
    let decided = format!(
        "const head = document.querySelector('[data-testid=review-heading]');
         const state = document.querySelector('[data-testid=review-state]');
         return !!head && !!state && (head.innerText.trim() !== {} || state.dataset.state !== 'submitted')",
        serde_json::json!(title)
    );
    window.until(&decided, "the approval").await;
    window.ctrl("l").await;
}

/// The office opens what was approved.
pub(crate) async fn open_approved(window: &Window, title: &str, password: &str) {
    sign_in(window, "office", password).await;
    open_waiting(window, title).await;
    window
        .until(
            &state_is("issue-state", "approved"),
            "the approved document",
        )
        .await;
}

/// The office takes the number.
pub(crate) async fn issue(window: &Window) {
    window.ctrl(&Key::Enter.to_string()).await;
    window
        .until(
            &state_is("issue-state", "issued"),
            "the document to be issued",
        )
        .await;
}

/// Goes to the list of people and along it with the arrow keys.
async fn choose_person(window: &Window, name: &str) {
    let chosen = format!(
        "return document.querySelector('[data-testid=\"person-{name}\"]')?.getAttribute('aria-checked') === 'true'"
    );
    if window.script(&chosen).await == true {
        return;
    }
    let current = window
        .script("return document.querySelector('.person[aria-checked=true]')?.dataset.testid ?? ''")
        .await;
    window
        .tab_to(current.as_str().expect("somebody is chosen"))
        .await;
    for key in [Key::Left, Key::Right] {
        for _ in 0..30 {
            if window.script(&chosen).await == true {
                return;
            }
            window.press(key).await;
        }
    }
    panic!("the arrow keys do not reach {name}");
}

/// Opens the document with this title from the list of what waits.
pub(crate) async fn open_waiting(window: &Window, title: &str) {
    let find = "return [...document.querySelectorAll('[data-testid^=waiting-]')].find(e => e.innerText.includes(arguments[0]))?.dataset.testid ?? ''";
    // whoever signs in after a lock lands on the page that was open: from there to what waits for them
    window.push("nav-today").await;
    window.see("panel-waiting").await;
    window
        .until(
            &holds("panel-waiting", title),
            "the document among what waits",
        )
        .await;
    let id = window
        .client
        .execute(find, vec![title.into()])
        .await
        .expect("script");
    window.push(id.as_str().expect("a test id")).await;
}

pub(crate) async fn text_of(window: &Window, id: &str) -> String {
    window.see(id).await;
    window.until(&format!("return !['', '…'].includes(document.querySelector('[data-testid={id}]').innerText.trim())"), &format!("words in {id}")).await;
    let text = window
        .script(&format!(
            "return document.querySelector('[data-testid={id}]').innerText.trim()"
        ))
        .await;
    text.as_str().expect("text").to_owned()
}

pub(crate) fn focus_is(id: &str) -> String {
    format!("return document.activeElement?.dataset.testid === '{id}'")
}

pub(crate) fn holds(id: &str, words: &str) -> String {
    format!(
        "return !!document.querySelector('[data-testid={id}]')?.innerText.includes({})",
        serde_json::json!(words)
    )
}

pub(crate) fn state_is(id: &str, state: &str) -> String {
    format!("return document.querySelector('[data-testid={id}]')?.dataset.state === '{state}'")
}

pub(crate) const PAGE_IS_DRAWN: &str =
    "return [...document.images].some(i => i.complete && i.naturalWidth > 0)";

pub(crate) fn pdf_files(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(pdf_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "pdf") {
            found.push(path);
        }
    }
    found
}

pub(crate) fn pdf_text(path: &std::path::Path) -> String {
    let output = std::process::Command::new("pdftotext")
        .arg("-layout")
        .arg(path)
        .arg("-")
        .output()
        .expect("pdftotext (poppler-utils)");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}
