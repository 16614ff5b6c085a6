//! 张贴稿 — how a document is shown on a notice board: chosen while drafting, approved with it.
use super::checks::{Check, CheckLevel};
use super::{Content, DocumentKind};
use crate::masking::{Audience, Clue, Doubt, Mask, MaskChoice, MaskDecision, MaskForm, Masker};
use crate::org::is_bidi_control;
use crate::problems::{Args, Problems};
use serde::{Deserialize, Serialize};

/// 张贴纸张 — how large the sheet on the board is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum BoardPaper {
    /// A4
    #[default]
    A4,
    /// A3
    A3,
}
impl BoardPaper {
    /// All papers.
    pub const ALL: [BoardPaper; 2] = [BoardPaper::A4, BoardPaper::A3];
    /// Returns the stored code.
    pub fn code(self) -> &'static str {
        match self {
            BoardPaper::A4 => "a4",
            BoardPaper::A3 => "a3",
        }
    }
    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.code() == code)
    }
}

/// 张贴方式 — part of the text that is approved: what prints on the board is what the leader saw.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostingManner {
    /// The paper.
    #[serde(default)]
    pub paper: BoardPaper,
    /// What stands instead of a name.
    #[serde(default)]
    pub form: MaskForm,
    /// What was decided about single names.
    #[serde(default)]
    pub decisions: Vec<MaskDecision>,
}
impl PostingManner {
    /// Says whether nothing was chosen: then it leaves no trace in the canonical content.
    pub fn is_usual(&self) -> bool {
        *self == PostingManner::default()
    }
    /// Checks what may be saved.
    pub(super) fn check_savable(&self, p: &mut Problems) {
        if self.decisions.len() > DECISIONS_MAX {
            p.add_with(
                "posting.decisions",
                "documents-mask-decisions-too-many",
                [("max", DECISIONS_MAX.into())],
            );
        }
        for (i, d) in self.decisions.iter().enumerate() {
            for (field, text, required, max) in [
                ("name", &d.name, true, 40),
                ("word", &d.word, false, 60),
                ("reason", &d.reason, false, 200),
            ] {
                let path = format!("posting.decisions.{i}.{field}");
                p.text(&path, text, required, max);
                if text.chars().any(is_bidi_control) {
                    p.add(path, "error-field-hidden-characters");
                }
            }
        }
    }
}
/// The most decisions about names in a document.
const DECISIONS_MAX: usize = 500;

/// 遮名后的文稿 — a document as its audience reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskedContent {
    /// The text.
    pub content: Content,
    /// For whom.
    pub audience: Audience,
    /// Every place where a pupil's name stood.
    pub masks: Vec<Mask>,
    /// What could still tell who a child is.
    pub clues: Vec<Clue>,
}

/// Returns for whom a kind of document is usually made.
pub fn usual_audience(kind: DocumentKind) -> Audience {
    Audience::usual(kind.code())
}

/// Masks every text of a document for an audience, with the decisions that stand in it.
pub fn masked(content: &Content, masker: &Masker, audience: Audience) -> MaskedContent {
    let (mut masks, mut clues) = (Vec::new(), Vec::new());
    let text = content.with_texts(&mut |path, text| {
        let block = block_of(path).and_then(|id| content.blocks.iter().find(|b| b.id == id));
        let done = masker.mask(
            audience,
            content.posting.form,
            &content.posting.decisions,
            block.map(|b| b.finding_ids.as_slice()).unwrap_or_default(),
            (path, text),
        );
        masks.extend(done.masks);
        clues.extend(done.clues);
        done.text
    });
    MaskedContent {
        content: text,
        audience,
        masks,
        clues,
    }
}

/// Returns the block a text stands in.
pub fn block_of(path: &str) -> Option<&str> {
    path.strip_prefix("blocks.")?.split('.').next()
}

/// Says what must be decided before the text is submitted: names that may be none, names kept without a reason.
pub fn checks(masked: &MaskedContent) -> Vec<Check> {
    let mut found: Vec<Check> = Vec::new();
    for m in &masked.masks {
        let code = match m.doubt {
            Some(Doubt::WithinWord) if m.asks() => "mask-undecided",
            Some(Doubt::StaffName) if m.asks() => "mask-namesake",
            _ if m.lacks_reason() => "mask-reason",
            _ => continue,
        };
        let args: Args = [("name", m.name.as_str()), ("word", m.word.as_str())]
            .into_iter()
            .map(|(k, v)| (k.to_owned(), v.into()))
            .collect();
        let check = Check {
            level: CheckLevel::Must,
            code,
            message_key: format!("documents-check-{code}"),
            args,
            block_id: block_of(&m.path).map(str::to_owned),
            source_key: "documents-check-source-minors",
        };
        let same = |c: &Check| c.code == check.code && c.args == check.args;
        if !found.iter().any(same) {
            found.push(check);
        }
    }
    found
}

/// Counts the pupils whose names are shown in full, each with the reason.
pub fn kept(masks: &[Mask]) -> impl Iterator<Item = &Mask> {
    masks.iter().filter(|m| m.choice == Some(MaskChoice::Keep))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{Block, BlockKind};
    use crate::org::{Directory, Student};
    use uuid::Uuid;

    fn content(text: &str) -> Content {
        Content {
            kind: DocumentKind::Circular,
            series: "校".into(),
            red_head: true,
            title: vec!["关于表扬王小".into(), "明的通报".into()],
            recipients: "各处室：".into(),
            blocks: vec![Block::new("b1", BlockKind::P, text)],
            attachments: vec!["王小明获奖证书".into()],
            copy_to: "王小明家长".into(),
            reports_on: None,
            posting: PostingManner::default(),
        }
    }
    fn masker() -> Masker {
        let pupil = |n, name: &str| Student {
            id: Uuid::from_u128(n),
            name: name.into(),
            class_group_id: Uuid::nil(),
        };
        let d = Directory::new(
            vec![],
            vec![],
            vec![],
            vec![pupil(1, "王小明"), pupil(2, "高山")],
            vec![],
        );
        Masker::new(&d, &[])
    }

    #[test]
    fn no_text_of_a_document_is_left_out() {
        let m = masked(&content("王小明"), &masker(), Audience::Board);
        let json = serde_json::to_string(&m.content).unwrap();
        assert!(
            !json.contains("小明") && !json.contains("王小\",\"明"),
            "{json}"
        );
        assert_eq!(m.content.title, ["关于表扬王×", "×的通报"]);
        let paths: Vec<&str> = m.masks.iter().map(|x| x.path.as_str()).collect();
        assert_eq!(
            paths,
            ["title", "blocks.b1.text", "attachments.0", "copy_to"]
        );
        assert_eq!(checks(&m), []);
    }
    #[test]
    fn what_only_looks_like_a_name_is_decided_before_submitting() {
        let mut c = content("《高山流水》和《高山流水》");
        let asked = checks(&masked(&c, &masker(), Audience::Board));
        assert_eq!(asked.len(), 1, "once a word");
        assert_eq!(asked[0].block_id.as_deref(), Some("b1"));
        c.posting.decisions.push(MaskDecision {
            name: "高山".into(),
            word: "高山流水".into(),
            choice: MaskChoice::Keep,
            reason: String::new(),
        });
        let asked = checks(&masked(&c, &masker(), Audience::Board));
        assert_eq!(asked[0].code, "mask-reason");
        c.posting.decisions[0].choice = MaskChoice::NotPupil;
        let m = masked(&c, &masker(), Audience::Board);
        assert_eq!(checks(&m), []);
        assert_eq!(m.content.blocks[0].text, "《高山流水》和《高山流水》");
    }
    #[test]
    fn the_usual_posting_leaves_older_hashes_as_they_were() {
        let json = serde_json::to_string(&content("x")).unwrap();
        assert!(!json.contains("posting"), "{json}");
        let mut c = content("x");
        c.posting.paper = BoardPaper::A3;
        let json = serde_json::to_string(&c).unwrap();
        assert!(json.contains("\"posting\":{\"paper\":\"a3\""), "{json}");
        assert_eq!(serde_json::from_str::<Content>(&json).unwrap(), c);
    }
}
