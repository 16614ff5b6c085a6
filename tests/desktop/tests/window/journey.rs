//! One day by keyboard alone.

use crate::driver::Window;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a screen: cargo xtask test window"]
async fn the_sample_school_opens_from_an_empty_folder() {
    let window = Window::open().await;
    window.push("open-sample").await;
    window.see("sign-in-form").await;
    window.shot("sign-in").await;
    window.assert_clean().await;
    // it is still there after the program was closed and opened again
    let window = window.reopen().await;
    window.see("sign-in-form").await;
    window.close().await;
}
