//! Messages put into words: for hosts without a screen of their own. The catalogue is the one the screen uses.
use crate::access::Language;
use crate::error::ApiError;
use crate::wire::Arg;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader, static_loader};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use unic_langid::{LanguageIdentifier, langid};

static_loader! {
    static CATALOGUE = {
        locales: "../../../assets/i18n",
        fallback_language: "zh-CN",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const ZH_CN: LanguageIdentifier = langid!("zh-CN");
const ZH_TW: LanguageIdentifier = langid!("zh-TW");
const EN: LanguageIdentifier = langid!("en");

/// Says a message of the catalogue; a key that no catalogue has is returned as it is.
pub fn say(language: Language, key: &str, args: &BTreeMap<String, Arg>) -> String {
    let language = match language {
        Language::ZhCn => ZH_CN,
        Language::ZhTw => ZH_TW,
        Language::En => EN,
    };
    let args: HashMap<Cow<'static, str>, FluentValue<'_>> = args
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Arg::Number(n) => FluentValue::from(*n),
                Arg::Text(t) => FluentValue::from(t.as_str()),
            };
            (Cow::Owned(name.clone()), value)
        })
        .collect();
    CATALOGUE
        .try_lookup_complete(&language, key, Some(&args))
        .unwrap_or_else(|| key.to_owned())
}

/// Returns an error as on the wire, with `message` in words beside each message key.
pub fn error_in_words(language: Language, error: &ApiError) -> serde_json::Value {
    let fields: Vec<serde_json::Value> = error
        .fields
        .iter()
        .map(|f| serde_json::json!({"path": f.path, "message_key": f.message_key, "args": f.args, "message": say(language, &f.message_key, &f.args)}))
        .collect();
    serde_json::json!({
        "code": error.code,
        "message_key": error.message_key,
        "args": error.args,
        "fields": fields,
        "report_id": error.report_id,
        "message": say(language, &error.message_key, &error.args),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    #[test]
    fn a_message_is_said_in_each_language_with_its_arguments() {
        let args = BTreeMap::from([("seconds".to_owned(), Arg::Number(30))]);
        let said: Vec<String> = [Language::ZhCn, Language::ZhTw, Language::En]
            .map(|l| say(l, "access-wait", &args))
            .into();
        assert!(
            said.iter()
                .all(|s| s.contains("30") && !s.contains('\u{2068}') && !s.contains("access-wait")),
            "{said:?}"
        );
        assert!(said[0] != said[1] && said[1] != said[2]);
    }
    #[test]
    fn an_unknown_key_is_shown_rather_than_nothing() {
        assert_eq!(
            say(Language::ZhCn, "no-such-key", &BTreeMap::new()),
            "no-such-key"
        );
    }
    #[test]
    fn each_field_of_an_error_has_its_words() {
        let mut p = domain::Problems::default();
        p.add_with(
            "blocks.0.text",
            "error-field-too-long",
            [("count", 100_001_i64.into()), ("max", 100_000_i64.into())],
        );
        let e = error_in_words(Language::ZhCn, &ApiError::invalid(p));
        assert_eq!(e["code"], serde_json::json!(ErrorCode::Invalid));
        let message = e["fields"][0]["message"].as_str().unwrap();
        assert!(
            message.contains("100001") && message.contains("100000"),
            "{message}"
        );
    }
}
