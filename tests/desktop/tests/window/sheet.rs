//! A finding with a photo and a pupil in it, all the way to a sheet on a board and down again.

use crate::driver::Window;
use crate::journey::{
    PAGE_IS_DRAWN, approve, focus_is, holds, issue, open_approved, open_sample, pdf_files,
    pdf_text, sign_in, state_is, submit, text_of,
};
use fantoccini::Locator;
use fantoccini::key::Key;
use std::path::Path;
use testkit::cups::PrintShop;

/// The class and the name of a pupil of the sample school, and what was seen.
const FINDING: &str = "一(1)班 田可馨 主动帮助低年级同学打扫楼道";
const PUPIL: &str = "田可馨";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a screen: cargo xtask test window"]
async fn a_photo_becomes_a_masked_sheet_that_is_printed_posted_verified_and_taken_down() {
    let Some(cups) = PrintShop::start() else {
        return;
    };
    cups.pdf_printer("PDF");
    let window = Window::open_with(&[("TONGBAO_CUPS", cups.port().to_string())]).await;
    let password = open_sample(&window).await;

    // seen and photographed
    sign_in(&window, "duty", &password).await;
    window.press(Key::F2).await;
    window
        .until(&focus_is("quick-line"), "the quick line to have the focus")
        .await;
    window.keys(FINDING).await;
    window.see("chips").await;
    let picture = window.folder().join("IMG_0001.png");
    let seen = window.client.screenshot().await.expect("a picture");
    std::fs::write(&picture, seen).expect("a file");
    choose_file(&window, "photos-file", &picture).await;
    window.see("photos-0").await;
    window
        .until(PAGE_IS_DRAWN, "the small picture to be shown")
        .await;
    window.shot("finding-with-photo").await;
    window.ctrl(&Key::Enter.to_string()).await;
    window.push("nav-today").await;
    window
        .until(
            &holds("today-findings", "打扫楼道"),
            "the finding on today's list",
        )
        .await;
    window.push("write-up").await;
    window.see("draft-preview").await;
    window
        .until(
            &holds("posting-pane", "田××"),
            "how the name will hang on the board",
        )
        .await;
    window.shot("draft-masked").await;
    window.assert_clean().await;
    let title = submit(&window).await;
    approve(&window, &title, &password, "review-masked").await;

    // number, board sheet, print
    open_approved(&window, &title, &password).await;
    issue(&window).await;
    window.ctrl("p").await;
    window.see("print-printer").await;
    window
        .script("document.querySelector('[data-testid=print-sheet-board_sheet]').click()")
        .await;
    window.shot("print").await;
    window.push("print-send").await;
    window
        .until(
            &state_is("print-going", "printed"),
            "the printer to be done",
        )
        .await;
    let print = window
        .script("return document.querySelector('[data-testid=print-going]').dataset.id.replaceAll('-', '')")
        .await;
    window.push("print-close").await;
    let printed = cups.printed(print.as_str().expect("the id of the print"));
    let printed = printed.expect("a file of the PDF printer");
    assert!(printed.metadata().expect("a file").len() > 1000);
    std::fs::remove_file(printed).expect("the file of the PDF printer");

    // what hangs on the board bears no pupil's name
    window.push("issue-save-board-pdf").await;
    window.see("issue-board-saved").await;
    let sheets = pdf_files(&window.exports());
    assert_eq!(sheets.len(), 1, "{sheets:?}");
    let text = pdf_text(&sheets[0]);
    assert!(text.contains("田××"), "the masked name:\n{text}");
    assert!(!text.contains(PUPIL), "no pupil's name:\n{text}");

    // posted; what hangs there is verified by its code
    window.tab_to("choose-办公楼大厅通报栏").await;
    window.keys(" ").await;
    window.push("post-here-send").await;
    window.see("hangs-办公楼大厅通报栏").await;
    window.shot("posted").await;
    let code = text_of(&window, "issue-board-code").await;
    window.push("nav-postings").await;
    window.see("wall").await;
    window.shot("postings").await;
    window.press(Key::F6).await;
    window.fill("verify-code", &code).await;
    window.press(Key::Enter).await;
    window
        .until(
            "return document.querySelector('[data-testid=verify-result]')?.dataset.standing === 'valid'",
            "the sheet to be valid",
        )
        .await;
    window.see("verify-paper-page-1").await;
    window.push("verify-same").await;
    window.see("verify-checks").await;
    window.shot("verified").await;

    // down before its time, with a reason
    window.push("nav-postings").await;
    window.see("wall").await;
    let pick = format!(
        "const pin = [...document.querySelectorAll('.pin')].find((e) => e.textContent.includes({}) || e.title.includes({})); pin?.focus(); return !!pin",
        serde_json::json!(title),
        serde_json::json!(title)
    );
    window.until(&pick, "the sheet on the board").await;
    window.press(Key::Enter).await;
    window.push("picked-down").await;
    window.fill("ask-input", "墙面粉刷").await;
    window.push("ask-down").await;
    window
        .until(
            "return !document.querySelector('[data-testid=ask-input]')",
            "the sheet to be down",
        )
        .await;
    window.press(Key::F6).await;
    window.fill("verify-code", &code).await;
    window.press(Key::Enter).await;
    window
        .until(
            "return document.querySelector('[data-testid=verify-result]')?.dataset.standing === 'withdrawn'",
            "the sheet to be withdrawn",
        )
        .await;
    window.shot("withdrawn").await;
    window.assert_clean().await;
    window.close().await;
}

async fn choose_file(window: &Window, id: &str, file: &Path) {
    let chooser = window
        .client
        .find(Locator::Css(&format!("[data-testid=\"{id}\"]")))
        .await
        .expect("the field for files");
    chooser
        .send_keys(&file.display().to_string())
        .await
        .expect("a file");
}
