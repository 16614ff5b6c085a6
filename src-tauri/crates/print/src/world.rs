//! The world a template sees: its own sources, one data file, the images of the sheet, the fonts. No file system, no network, no clock.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};

use crate::fonts::Fonts;

pub(crate) struct PageWorld {
    library: LazyHash<Library>,
    pub(crate) fonts: Fonts,
    sources: HashMap<FileId, Source>,
    main: FileId,
    data_id: FileId,
    data: Bytes,
    images: Vec<Bytes>,
}

/// The most images of a sheet.
const IMAGES_MAX: usize = 64;
/// Their paths: few and fixed, made once.
static IMAGE_PATHS: LazyLock<Vec<(FileId, String)>> = LazyLock::new(|| {
    let path = |n: usize| {
        let path: &'static str = Box::leak(format!("/images/{n}").into_boxed_str());
        (id(path), path.to_owned())
    };
    (0..IMAGES_MAX).map(path).collect()
});

/// Returns where image `n` of a sheet lies.
pub(crate) fn image_path(n: usize) -> String {
    IMAGE_PATHS[n.min(IMAGES_MAX - 1)].1.clone()
}

/// Interns `path`. A `FileId` is a process-wide counter of 16 bits: only the few fixed paths may come here.
fn id(path: &'static str) -> FileId {
    let path = VirtualPath::new(path).expect("BUG: the path of a template is well formed");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl PageWorld {
    pub(crate) fn new(fonts: Fonts, sources: &[(&'static str, &'static str)]) -> Self {
        let data_id = id("/data.json");
        let sources: HashMap<_, _> = sources
            .iter()
            .map(|(path, text)| (id(path), Source::new(id(path), (*text).to_owned())))
            .collect();
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            sources,
            main: data_id,
            data_id,
            data: Bytes::new(Vec::new()),
            images: Vec::new(),
        }
    }

    /// Lays the images of a sheet at their paths.
    pub(crate) fn set_images(&mut self, images: &[Arc<[u8]>]) {
        self.images = images.iter().map(|i| Bytes::new(i.clone())).collect();
    }

    /// Chooses the template and lays the data before it.
    pub(crate) fn set(&mut self, template: &'static str, data: Vec<u8>) {
        self.main = id(template);
        self.data = Bytes::new(data);
    }

    /// Puts a diagnostic into one line, with file and line.
    pub(crate) fn explain(&self, diagnostic: &SourceDiagnostic) -> String {
        let mut text = diagnostic.message.to_string();
        if let Some(file) = diagnostic.span.id()
            && let Some(range) = self.range(diagnostic.span)
            && let Some(source) = self.sources.get(&file)
            && let Some(line) = source.lines().byte_to_line(range.start)
        {
            text = format!("{text} ({}:{})", file.vpath().get_with_slash(), line + 1);
        }
        for hint in &diagnostic.hints {
            text = format!("{text}; {}", hint.v);
        }
        text
    }
}

impl World for PageWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let missing = || FileError::NotFound(id.vpath().get_with_slash().into());
        self.sources.get(&id).cloned().ok_or_else(missing)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id {
            return Ok(self.data.clone());
        }
        let image = IMAGE_PATHS.iter().position(|(path, _)| *path == id);
        if let Some(image) = image.and_then(|n| self.images.get(n)) {
            return Ok(image.clone());
        }
        self.source(id)
            .map(|source| Bytes::from_string(source.text().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// Templates take their dates from the data.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
