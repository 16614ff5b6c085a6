//! The faces of the printed page: fetched from package registries, checked by SHA-256, kept in `assets/fonts`.

use crate::platform::debian_like;
use crate::shell::{command, read, root, run, target_dir};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package that carries faces, with the text of their licence.
struct Package {
    source: Source,
    name: &'static str,
    version: &'static str,
    licence: File,
    faces: &'static [File],
}

enum Source {
    Npm,
    Debian,
}

/// A file inside a package, and the one that it becomes; a `.gz` is unpacked first.
struct File {
    inside: &'static str,
    name: &'static str,
    sha256: &'static str,
}

/// What is bundled, by role: 小标宋 Noto Serif SC bold, 仿宋 FandolFang, 黑体 Noto Sans SC, 楷体 LXGW WenKai,
/// rare characters LXGW WenKai Light and Noto Serif SC (a regular weight, or rare characters come out bold).
const PACKAGES: &[Package] = &[
    Package {
        source: Source::Npm,
        name: "@expo-google-fonts/noto-serif-sc",
        version: "0.4.3",
        licence: File {
            inside: "package/LICENSE_FONT",
            name: "licences/NotoSerifSC-OFL.txt",
            sha256: "5e0da210fb04058a8c0087985d2d456b931c2579811a49655721d3cf0c36b6d6",
        },
        faces: &[
            File {
                inside: "package/700Bold/NotoSerifSC_700Bold.ttf",
                name: "NotoSerifSC_700Bold.ttf",
                sha256: "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
            },
            File {
                inside: "package/400Regular/NotoSerifSC_400Regular.ttf",
                name: "NotoSerifSC_400Regular.ttf",
                sha256: "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
            },
        ],
    },
    Package {
        source: Source::Npm,
        name: "@expo-google-fonts/noto-sans-sc",
        version: "0.4.3",
        licence: File {
            inside: "package/LICENSE_FONT",
            name: "licences/NotoSansSC-OFL.txt",
            sha256: "1c05c68c34f9708415aada51f17e1b0092d2cea709bf4a94cd38114f9e73d7d9",
        },
        faces: &[File {
            inside: "package/400Regular/NotoSansSC_400Regular.ttf",
            name: "NotoSansSC_400Regular.ttf",
            sha256: "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
        }],
    },
    Package {
        source: Source::Debian,
        name: "texlive-lang-chinese",
        version: "2022.20230122-1",
        licence: File {
            inside: "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz",
            name: "licences/Fandol-GPL-3.0-with-font-exception.txt",
            sha256: "853b586f0d520493390e571431afaf36a5fbb27dcfd239338a7ee9b0505cb004",
        },
        faces: &[File {
            inside: "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf",
            name: "FandolFang-Regular.otf",
            sha256: "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
        }],
    },
    Package {
        source: Source::Debian,
        name: "fonts-lxgw-wenkai",
        version: "1.250+repack-1",
        licence: File {
            inside: "usr/share/doc/fonts-lxgw-wenkai/copyright",
            name: "licences/LXGWWenKai-OFL.txt",
            sha256: "897241f829ddde020676de9cc6506533d755f5e6b516538dfd5f6ed59cbf3ff8",
        },
        faces: &[
            File {
                inside: "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
                name: "LXGWWenKai-Regular.ttf",
                sha256: "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8",
            },
            File {
                inside: "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf",
                name: "LXGWWenKai-Light.ttf",
                sha256: "e302f84a1967817f91fc4011de7c8c12489c41072a7f0605a1c7b1399352cb93",
            },
        ],
    },
];

/// Returns the folder of the faces.
pub(crate) fn folder() -> PathBuf {
    root().join("assets/fonts")
}

/// Fetches the faces that are missing or damaged; a file only comes into the folder when its SHA-256 is right.
pub(crate) fn install() -> Result<(), String> {
    let folder = folder();
    let present = sha256(
        &PACKAGES
            .iter()
            .flat_map(|p| p.files())
            .map(|f| folder.join(f.name))
            .collect::<Vec<_>>(),
    )?;
    let good = |file: &File| {
        present
            .get(&folder.join(file.name))
            .is_some_and(|sum| sum == file.sha256)
    };
    let wanting: Vec<&Package> = PACKAGES.iter().filter(|p| !p.files().all(good)).collect();
    if wanting.is_empty() {
        return Ok(());
    }
    std::fs::create_dir_all(folder.join("licences"))
        .map_err(|e| format!("{}: {e}", folder.display()))?;
    let work = target_dir().join("xtask-fonts");
    for package in wanting {
        let _ = std::fs::remove_dir_all(&work);
        std::fs::create_dir_all(&work).map_err(|e| format!("{}: {e}", work.display()))?;
        package.fetch(&work)?;
        for file in package.files() {
            let from = file.unpacked(&work)?;
            let found = sha256(std::slice::from_ref(&from))?.remove(&from);
            if found.as_deref() != Some(file.sha256) {
                return Err(format!(
                    "{} of {} is not the file that this version was tested with (SHA-256 {}, wanted {}); \
                     nothing was taken from it. The tested version is {}.",
                    file.inside,
                    package.name,
                    found.as_deref().unwrap_or("none: the file is not there"),
                    file.sha256,
                    package.version,
                ));
            }
            file.place(&from, &folder)?;
        }
    }
    let _ = std::fs::remove_dir_all(&work);
    Ok(())
}

impl Package {
    fn files(&self) -> impl Iterator<Item = &File> {
        self.faces.iter().chain(std::iter::once(&self.licence))
    }

    fn fetch(&self, work: &Path) -> Result<(), String> {
        let found = match self.source {
            Source::Npm => {
                let spec = format!("{}@{}", self.name, self.version);
                run(command("npm")
                    .args(["pack", "--silent", &spec])
                    .current_dir(work)
                    .stdout(std::process::Stdio::null()))?;
                "tgz"
            }
            Source::Debian => {
                self.download(work)?;
                "deb"
            }
        };
        let archive = std::fs::read_dir(work)
            .map_err(|e| format!("{}: {e}", work.display()))?
            .flatten()
            .map(|entry| entry.path())
            .find(|path| path.extension().is_some_and(|extension| extension == found))
            .ok_or_else(|| {
                format!(
                    "{} {}: the registry sent no archive",
                    self.name, self.version
                )
            })?;
        match self.source {
            Source::Npm => run(command("tar").arg("-xzf").arg(&archive).arg("-C").arg(work)),
            Source::Debian => run(command("dpkg-deb").arg("-x").arg(&archive).arg(work)),
        }
    }

    fn download(&self, work: &Path) -> Result<(), String> {
        if !debian_like() {
            return Err(format!(
                "the face {} comes out of the Debian package {} {}, and this system has no apt-get. \
                 Put it into assets/fonts by hand; its SHA-256 must be {}.",
                self.faces[0].name, self.name, self.version, self.faces[0].sha256
            ));
        }
        let apt = |spec: &str| {
            read(
                command("apt-get")
                    .args(["-qq", "download", spec])
                    .current_dir(work),
            )
        };
        let exact = format!("{}={}", self.name, self.version);
        eprintln!("$ apt-get download {exact}");
        // lists may be missing in a bare container, and another Debian has another version of the same file
        apt(&exact)
            .or_else(|_| read(command("apt-get").args(["-qq", "update"])).and_then(|_| apt(&exact)))
            .or_else(|_| apt(self.name))
            .map(drop)
    }
}

impl File {
    /// Returns where the file lies under `work`, without its gzip wrapping.
    fn unpacked(&self, work: &Path) -> Result<PathBuf, String> {
        let path = work.join(self.inside);
        let Some(plain) = self.inside.strip_suffix(".gz") else {
            return Ok(path);
        };
        if path.is_file() {
            run(command("gzip").arg("-df").arg(&path))?;
        }
        Ok(work.join(plain))
    }

    /// Puts the checked file into the folder under its name.
    fn place(&self, from: &Path, folder: &Path) -> Result<(), String> {
        let to = folder.join(self.name);
        let part = to.with_extension("part");
        std::fs::copy(from, &part)
            .and_then(|_| std::fs::rename(&part, &to))
            .map_err(|e| format!("{}: {e}", to.display()))
    }
}

/// Returns the SHA-256 of each of the files that is there.
fn sha256(files: &[PathBuf]) -> Result<HashMap<PathBuf, String>, String> {
    let there: Vec<&PathBuf> = files.iter().filter(|path| path.is_file()).collect();
    if there.is_empty() {
        return Ok(HashMap::new());
    }
    let sums = if crate::shell::on_path("sha256sum") {
        read(command("sha256sum").arg("--").args(&there))?
    } else {
        read(Command::new("shasum").args(["-a", "256"]).args(&there))?
    };
    Ok(there
        .into_iter()
        .cloned()
        .zip(
            sums.lines()
                .filter_map(|line| line.split(' ').next())
                .map(String::from),
        )
        .collect())
}
