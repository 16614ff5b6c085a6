//! Finds the faces of an official document and gives each its role.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Coverage, Font, FontBook, FontFlags, FontInfo, FontVariant};
use typst::utils::LazyHash;

use crate::error::PrintError;
use crate::map::map;

/// 字体角色 — what a face is used for on paper. The templates know roles, never families.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 小标宋: the red mark and titles.
    Title,
    /// 仿宋: the body.
    Body,
    /// 黑体: first-level headings, urgency.
    Heading,
    /// 楷体: second-level headings, names of signers.
    Subheading,
    /// 宋体: page numbers.
    PageNumber,
    /// Characters that the other faces lack.
    Rare,
}

impl Role {
    /// All roles, in the order of the book.
    pub const ALL: [Self; 6] = [
        Self::Title,
        Self::Body,
        Self::Heading,
        Self::Subheading,
        Self::PageNumber,
        Self::Rare,
    ];

    /// The family name under which the templates ask for it.
    fn family(self) -> &'static str {
        match self {
            Self::Title => "role-title",
            Self::Body => "role-body",
            Self::Heading => "role-heading",
            Self::Subheading => "role-subheading",
            Self::PageNumber => "role-page-number",
            Self::Rare => "role-rare",
        }
    }

    /// The names of the official faces, as their name tables spell them (lower case).
    #[must_use]
    pub fn official(self) -> &'static [&'static str] {
        match self {
            Self::Title => &[
                "fzxiaobiaosong-b05s",
                "fzxiaobiaosong-b05",
                "fzxbsjw--gb1-0",
                "fzxbsk--gbk1-0",
                "fzxbsjw",
                "fzxbsk",
            ],
            Self::Body => &["fangsong_gb2312", "fangsong"],
            Self::Heading => &["simhei"],
            Self::Subheading => &["kaiti_gb2312", "kaiti"],
            Self::PageNumber => &["simsun"],
            Self::Rare => &[],
        }
    }

    /// The names of the open faces that stand in (PostScript name or family, lower case).
    fn stand_in(self) -> &'static [&'static str] {
        match self {
            Self::Title => &["notoserifsc-bold"],
            Self::Body => &["fandolfang-regular", "fandolfang r"],
            Self::Heading => &["notosanssc-regular"],
            Self::Subheading => &["lxgwwenkai-regular", "lxgw wenkai"],
            Self::PageNumber => &["notoserifsc-regular"],
            Self::Rare => &["lxgwwenkai-light", "lxgw wenkai light"],
        }
    }
}

/// One face in use: what the print dialog shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontUse {
    /// What it is used for.
    pub role: Role,
    /// The family or PostScript name.
    pub name: String,
    /// The file.
    pub file: PathBuf,
    /// Whether it is the face that the standard and common practice name; otherwise it stands in.
    pub official: bool,
}

/// The faces at hand, one a role.
pub struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    slots: Vec<Slot>,
}

struct Slot {
    used: FontUse,
    index: u32,
    covers: Covers,
    font: OnceLock<Option<Font>>,
}

/// A face seen in a file, before it has a role.
struct Face {
    path: PathBuf,
    index: u32,
    names: Vec<String>,
}

impl Fonts {
    /// Finds a face for each role: an official one in either list of folders, else the open one among `bundled`.
    ///
    /// Folders are searched with their subfolders; those that do not exist are passed over.
    ///
    /// # Errors
    /// [`PrintError::MissingFont`] names every role without a face.
    pub fn discover(bundled: &[PathBuf], system: &[PathBuf]) -> Result<Self, PrintError> {
        let own = faces(bundled, |_| true);
        let machine = faces(system, looks_official);
        let mut book = FontBook::new();
        let mut slots = Vec::new();
        let mut without = Vec::new();
        for role in Role::ALL {
            let official = role.official().iter().find_map(|name| {
                let named = |face: &&Face| face.names.iter().any(|n| n == name);
                own.iter()
                    .find(named)
                    .or_else(|| machine.iter().find(named))
                    .map(|face| (face, *name, true))
            });
            let found = official.or_else(|| {
                role.stand_in().iter().find_map(|name| {
                    own.iter()
                        .find(|face| face.names.iter().any(|n| n == name))
                        .map(|face| (face, *name, false))
                })
            });
            let Some((face, name, official)) = found else {
                without.push(role);
                continue;
            };
            let Some(covers) = Covers::read(&face.path, face.index) else {
                without.push(role);
                continue;
            };
            book.push(FontInfo {
                family: role.family().to_owned(),
                variant: FontVariant::default(),
                flags: FontFlags::empty(),
                axes: Vec::new(),
                // Only asked for when a face outside the listed families may stand in, which no template allows.
                coverage: Coverage::from_vec(Vec::new()),
            });
            slots.push(Slot {
                used: FontUse {
                    role,
                    name: name.to_owned(),
                    file: face.path.clone(),
                    official,
                },
                index: face.index,
                covers,
                font: OnceLock::new(),
            });
        }
        if !without.is_empty() {
            let searched = bundled.iter().chain(system).cloned().collect();
            return Err(PrintError::MissingFont {
                roles: without,
                searched,
            });
        }
        Ok(Self {
            book: LazyHash::new(book),
            slots,
        })
    }

    /// Lists the folders where this kind of machine keeps its fonts.
    #[must_use]
    pub fn system_folders() -> Vec<PathBuf> {
        [
            "/usr/share/fonts",
            "/usr/local/share/fonts",
            "C:\\Windows\\Fonts",
            "/Library/Fonts",
        ]
        .iter()
        .map(PathBuf::from)
        .filter(|folder| folder.is_dir())
        .collect()
    }

    /// Tells which face serves each role.
    #[must_use]
    pub fn in_use(&self) -> Vec<FontUse> {
        self.slots.iter().map(|slot| slot.used.clone()).collect()
    }

    /// Lists the characters of `text` that cannot be printed, each once, in order.
    #[must_use]
    pub fn missing_characters(&self, text: &str) -> Vec<char> {
        let mut missing: Vec<char> = Vec::new();
        for c in text.chars() {
            if !c.is_whitespace()
                && !crate::clean::is_invisible(c)
                && !self.has(c)
                && !missing.contains(&c)
            {
                missing.push(c);
            }
        }
        missing
    }

    /// Whether every chain of faces ends in one that has `c`: all chains end in the same two.
    fn has(&self, c: char) -> bool {
        self.slots
            .iter()
            .filter(|slot| matches!(slot.used.role, Role::Rare | Role::PageNumber))
            .any(|slot| slot.covers.has(c))
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        let slot = self.slots.get(index)?;
        slot.font
            .get_or_init(|| Font::new(Bytes::new(map(&slot.used.file).ok()?), slot.index))
            .clone()
    }
}

/// A set of characters, one bit each.
struct Covers(Vec<u64>);

impl Covers {
    fn read(path: &Path, index: u32) -> Option<Self> {
        let data = map(path).ok()?;
        let face = ttf_parser::Face::parse(data.as_ref(), index).ok()?;
        let mut bits = vec![0_u64; 0x11_0000 / 64];
        for subtable in face.tables().cmap?.subtables {
            if subtable.is_unicode() {
                subtable.codepoints(|c| {
                    if let Some(word) = bits.get_mut(c as usize / 64) {
                        *word |= 1 << (c % 64);
                    }
                });
            }
        }
        Some(Self(bits))
    }

    fn has(&self, c: char) -> bool {
        let c = u32::from(c);
        self.0
            .get(c as usize / 64)
            .is_some_and(|word| word & (1 << (c % 64)) != 0)
    }
}

/// Whether a file of the machine may be an official face, judged by its name alone: a machine may have
/// thousands of fonts, and opening each would cost a second at every start.
fn looks_official(path: &Path) -> bool {
    let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else {
        return false;
    };
    let stem = stem.to_lowercase();
    const LATIN: [&str; 12] = [
        "simfang",
        "fangsong",
        "simhei",
        "simkai",
        "kaiti",
        "simsun",
        "fzxbs",
        "fzxiaobiaosong",
        "stfangso",
        "fz_xiaobiaosong",
        "kai_gb2312",
        "fang_gb2312",
    ];
    LATIN.iter().any(|part| stem.contains(part)) || !stem.is_ascii()
}

/// Lists the faces in `folders`, in the order of their paths.
fn faces(folders: &[PathBuf], wanted: impl Fn(&Path) -> bool) -> Vec<Face> {
    let mut files = Vec::new();
    for folder in folders {
        let mut found = Vec::new();
        collect(folder, 0, &mut found);
        found.sort();
        files.extend(found);
    }
    let mut faces = Vec::new();
    for path in files.into_iter().filter(|path| wanted(path)) {
        let Ok(data) = map(&path) else { continue };
        let count = ttf_parser::fonts_in_collection(data.as_ref()).unwrap_or(1);
        for index in 0..count {
            let Ok(face) = ttf_parser::Face::parse(data.as_ref(), index) else {
                continue;
            };
            let mut names = Vec::new();
            for name in face.names() {
                use ttf_parser::name_id::{FAMILY, FULL_NAME, POST_SCRIPT_NAME};
                // Not the typographic family: it is one name for all weights of a face.
                if [FAMILY, FULL_NAME, POST_SCRIPT_NAME].contains(&name.name_id)
                    && let Some(text) = name.to_string()
                {
                    names.push(text.trim().to_lowercase());
                }
            }
            faces.push(Face {
                path: path.clone(),
                index,
                names,
            });
        }
    }
    faces
}

fn collect(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() {
            if depth < 5 {
                collect(&path, depth + 1, found);
            }
        } else if path.extension().and_then(|e| e.to_str()).is_some_and(|e| {
            ["ttf", "otf", "ttc", "otc"]
                .iter()
                .any(|known| e.eq_ignore_ascii_case(known))
        }) {
            found.push(path);
        }
    }
}
