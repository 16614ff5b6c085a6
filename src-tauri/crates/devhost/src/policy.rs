//! The content policy of the packaged window, read from its configuration so that the two cannot differ.

use anyhow::Context;
use axum::http::HeaderValue;
use serde_json::Value;

/// Returns the policy with the one difference of a browser: requests go to this host and not through Tauri.
pub(crate) fn of_the_window() -> anyhow::Result<HeaderValue> {
    let config: Value = serde_json::from_str(include_str!("../../../tauri.conf.json"))
        .context("tauri.conf.json")?;
    let directives = config["app"]["security"]["csp"]
        .as_object()
        .context("tauri.conf.json has no policy")?;
    let mut policy = String::new();
    for (name, sources) in directives {
        let sources = match name.as_str() {
            "connect-src" => "'self'",
            _ => sources.as_str().context("a directive is no text")?,
        };
        policy.push_str(&format!("{name} {sources}; "));
    }
    HeaderValue::from_str(policy.trim_end()).context("the policy is no header")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_styles_and_markup_are_bound_as_in_the_window() {
        let policy = of_the_window().unwrap();
        let policy = policy.to_str().unwrap();
        for directive in [
            "default-src 'none';",
            "script-src 'self';",
            "connect-src 'self';",
            "require-trusted-types-for 'script';",
        ] {
            assert!(policy.contains(directive), "{policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
    }
}
