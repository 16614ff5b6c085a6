//! What a page of the window cannot do, whatever gets into it.

use crate::driver::Window;
use serde_json::Value;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a screen: cargo xtask test window"]
async fn only_the_one_command_can_be_called() {
    let window = Window::open().await;
    window
        .until(
            "return document.body.innerText.trim().length > 0",
            "the first screen",
        )
        .await;
    let answers = window
        .client
        .execute_async(
            "const done = arguments[arguments.length - 1];
             const call = (name, body) => window.__TAURI_INTERNALS__.invoke(name, body).then(v => 'answered ' + JSON.stringify(v), e => 'denied ' + (e?.code ?? e));
             Promise.all([
               call('plugin:app|version'), call('plugin:dialog|open', { options: {} }), call('plugin:event|listen', { event: 'x', target: { kind: 'Any' }, handler: 0 }),
               call('plugin:window-state|filename'), call('refused'), call('rpc', { name: 'access_status', body: {} }), call('rpc', { name: 'no_such_command', body: {} }),
             ]).then(done)",
            vec![],
        )
        .await
        .expect("answers");
    let answers: Vec<&str> = answers
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    println!("{answers:#?}");
    for denied in &answers[..5] {
        assert!(denied.starts_with("denied"), "{denied}");
    }
    assert!(answers[5].starts_with("answered"), "{}", answers[5]);
    assert!(answers[6].starts_with("denied"), "{}", answers[6]);
    assert_eq!(
        window.script("return typeof window.__TAURI__").await,
        "undefined"
    );
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a screen: cargo xtask test window"]
async fn text_never_becomes_script_style_or_address() {
    let window = Window::open().await;
    window
        .until(
            "return document.body.innerText.trim().length > 0",
            "the first screen",
        )
        .await;
    window.assert_clean().await;
    let outcome = window
        .client
        .execute_async(
            "const done = arguments[arguments.length - 1]; const o = {};
             const attempt = (name, f) => { try { o[name] = 'ran ' + f(); } catch (e) { o[name] = 'blocked'; } };
             attempt('markup', () => { const d = document.createElement('div'); d.innerHTML = '<b>x</b>'; return d.innerHTML; });
             attempt('policy', () => trustedTypes.createPolicy('other', { createHTML: s => s }));
             attempt('function', () => new Function('return 1')());
             attempt('eval', () => (0, eval)('1'));
             const script = document.createElement('script'); try { script.textContent = 'window.__evil = 1'; } catch { } document.body.append(script);
             o.evil = typeof window.__evil;
             const style = document.createElement('style'); style.textContent = 'body { outline: 3px solid rgb(1, 2, 3) }'; document.head.append(style);
             o.style = getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)' ? 'applied' : 'blocked';
             const here = location.href;
             fetch('http://127.0.0.1:9/').then(() => o.fetch = 'sent', () => o.fetch = 'blocked').then(() => {
               const link = document.createElement('a'); link.href = 'http://127.0.0.1:9/'; document.body.append(link); link.click();
               const second = document.createElement('a'); second.href = 'http://127.0.0.1:9/'; second.target = '_blank'; document.body.append(second); second.click();
               setTimeout(() => { o.stayed = location.href === here; done(o); }, 500);
             });",
            vec![],
        )
        .await
        .expect("outcome");
    println!("{outcome:#}");
    for name in ["markup", "policy", "function", "eval", "style", "fetch"] {
        assert_eq!(outcome[name], "blocked", "{name}");
    }
    assert_eq!(outcome["evil"], "undefined");
    assert_eq!(outcome["stayed"], true);
    assert_eq!(
        window.client.windows().await.expect("windows").len(),
        1,
        "no second window"
    );
    window.close().await;
}
