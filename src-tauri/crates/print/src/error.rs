use std::path::PathBuf;

use thiserror::Error;

use crate::fonts::Role;

/// Says why a sheet could not be set or exported.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PrintError {
    /// No template has this name.
    #[error("no template is called {name:?}")]
    UnknownTemplate {
        /// The name asked for.
        name: String,
    },
    /// The data do not fit the template.
    #[error("the data do not fit the template {template}: {path}: {problem}")]
    Data {
        /// The template.
        template: &'static str,
        /// Where in the data, as in `body[3].t`.
        path: String,
        /// What the reader of the data said.
        problem: String,
    },
    /// The data carry a secrecy level: this machine may not hold state secrets.
    #[error("the data carry a secrecy level, which this program refuses")]
    Secret,
    /// No font file was found for a role.
    #[error("no font for {roles:?} in {searched:?}")]
    MissingFont {
        /// The roles without a face.
        roles: Vec<Role>,
        /// The folders that were searched.
        searched: Vec<PathBuf>,
    },
    /// No font at hand has these characters.
    #[error("no font has the characters {characters:?}")]
    MissingCharacters {
        /// Each once, in the order of the text.
        characters: Vec<char>,
    },
    /// The template itself failed: a fault of this program.
    #[error("the template {template} failed: {diagnostics:?}")]
    Template {
        /// The template.
        template: &'static str,
        /// What the page setter said, with file and line.
        diagnostics: Vec<String>,
    },
    /// The pages could not be written as a file.
    #[error("the pages could not be exported: {diagnostics:?}")]
    Export {
        /// What the exporter said.
        diagnostics: Vec<String>,
    },
    /// There is no such page.
    #[error("there is no page {index}, only {pages}")]
    NoSuchPage {
        /// The page asked for, from zero.
        index: usize,
        /// How many pages there are.
        pages: usize,
    },
}
