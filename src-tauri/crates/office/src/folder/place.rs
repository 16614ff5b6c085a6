//! Where a live office may lie: on a disk of this machine, outside every folder that something else copies.

use std::path::{Component, Path, PathBuf, Prefix};
use unicode_normalization::UnicodeNormalization;

use super::host;

/// Says why an office cannot live in this place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceRefusal {
    /// 网络共享: locks and flushes do not hold there.
    #[error("{at} is on a network share ({kind})")]
    NetworkShare {
        /// The kind of file system, as the system names it.
        kind: String,
        /// The part of the path that was recognised.
        at: PathBuf,
    },
    /// 同步盘: another program copies and replaces files there while we write them.
    #[error("{at} is a sync folder of {product}")]
    SyncFolder {
        /// The product, as its users call it.
        product: &'static str,
        /// The folder that is being synchronised.
        at: PathBuf,
    },
}

/// Folder names by which sync programs are known: in the form that [`plain`] makes.
const SYNC_FOLDERS: &[(&str, &str)] = &[
    ("坚果云", "坚果云"),
    ("我的坚果云", "坚果云"),
    ("nutstore", "坚果云"),
    ("nutstore files", "坚果云"),
    ("my nutstore", "坚果云"),
    ("onedrive", "OneDrive"),
    ("百度网盘", "百度网盘"),
    ("百度网盘同步空间", "百度网盘"),
    ("百度云同步盘", "百度网盘"),
    ("baidunetdisk", "百度网盘"),
    ("baidunetdiskdownload", "百度网盘"),
    ("baidunetdiskworkspace", "百度网盘"),
    ("baidusyncdisk", "百度网盘"),
    ("baiduyunguanjia", "百度网盘"),
    ("wps云盘", "WPS云盘"),
    ("wps网盘", "WPS云盘"),
    ("wps云文档", "WPS云盘"),
    ("wpsdrive", "WPS云盘"),
    ("wps cloud files", "WPS云盘"),
    ("wps cloud", "WPS云盘"),
    ("dropbox", "Dropbox"),
    ("icloud", "iCloud"),
    ("icloud drive", "iCloud"),
    ("iclouddrive", "iCloud"),
    ("mobile documents", "iCloud"),
    ("seafile", "Seafile"),
    ("seadrive", "Seafile"),
    ("syncthing", "Syncthing"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("微云", "腾讯微云"),
    ("微云同步助手", "腾讯微云"),
    ("weiyun", "腾讯微云"),
    ("阿里云盘", "阿里云盘"),
    ("adrive", "阿里云盘"),
    ("天翼云盘", "天翼云盘"),
    ("ecloud", "天翼云盘"),
    ("360云盘", "360云盘"),
];

/// Names that may be followed by the name of an account or an organisation: `OneDrive - 第三小学`.
const SYNC_STEMS: &[(&str, &str)] = &[
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("nutstore", "坚果云"),
];

/// Files and folders that sync programs keep in the top folder they synchronise.
const SYNC_MARKERS: &[(&str, &str)] = &[
    (".stfolder", "Syncthing"),
    (".stignore", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".nutstore", "坚果云"),
    (".seafile-data", "Seafile"),
    (".owncloudsync.log", "ownCloud"),
    (".sync_exclude.lst", "Nextcloud"),
];

/// File systems over a network, by the name in the mount table. `fuseblk` is a local disk (NTFS) and is not here.
const NETWORK_FILESYSTEMS: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "smb2",
    "ncpfs",
    "afs",
    "coda",
    "ceph",
    "glusterfs",
    "lustre",
    "9p",
    "davfs",
    "fuse.sshfs",
    "fuse.davfs",
    "fuse.davfs2",
    "fuse.smbnetfs",
    "fuse.rclone",
    "fuse.glusterfs",
    "fuse.ceph",
    "fuse.s3fs",
    "fuse.curlftpfs",
    "fuse.gvfsd-fuse",
    "fuse.kio-fuse",
    "fuse.seadrive",
    "fuse.juicefs",
    "fuse.google-drive-ocamlfuse",
    "fuse.onedriver",
    "fuse.nutstore",
    "fuse.goofys",
    "fuse.hubicfuse",
];

/// The same by magic number, for a mount table that cannot be read.
const NETWORK_MAGICS: &[(u32, &str)] = &[
    (0x6969, "nfs"),
    (0x517b, "smbfs"),
    (0xff53_4d42, "cifs"),
    (0xfe53_4d42, "smb2"),
    (0x564c, "ncpfs"),
    (0x5346_414f, "afs"),
    (0x6b41_4653, "afs"),
    (0x7375_7245, "coda"),
    (0x00c3_6400, "ceph"),
    (0x0bd0_0bd0, "lustre"),
    (0x0102_1997, "9p"),
];
const FUSE_MAGIC: u32 = 0x6573_5546;

/// Asks whether an office may live in `dir`, which need not exist yet.
pub fn check_place(dir: &Path) -> Result<(), PlaceRefusal> {
    let dir = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let real = real_path(&dir);
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    for path in [&dir, &real] {
        if let Some(at) = network_prefix(path) {
            return Err(PlaceRefusal::NetworkShare {
                kind: "smb".to_owned(),
                at,
            });
        }
        if let Some((product, at)) = sync_folder(path) {
            return Err(PlaceRefusal::SyncFolder { product, at });
        }
    }
    for ancestor in real.ancestors().filter(|ancestor| ancestor.is_dir()) {
        if let Some((_, product)) = SYNC_MARKERS
            .iter()
            .find(|(marker, _)| ancestor.join(marker).exists())
        {
            return Err(PlaceRefusal::SyncFolder {
                product,
                at: ancestor.to_owned(),
            });
        }
    }
    let magic = real
        .ancestors()
        .find(|ancestor| ancestor.exists())
        .and_then(host::filesystem_magic);
    if let Some((kind, at)) = network_filesystem(mount_of(&mounts, &real), magic) {
        return Err(PlaceRefusal::NetworkShare {
            kind,
            at: at.unwrap_or(real),
        });
    }
    Ok(())
}

/// Resolves links in the part of the path that exists.
fn real_path(path: &Path) -> PathBuf {
    for ancestor in path.ancestors() {
        if let Ok(real) = ancestor.canonicalize() {
            return match path.strip_prefix(ancestor) {
                Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
                _ => real,
            };
        }
    }
    path.to_owned()
}

/// `\\server\share`: only Windows has such paths.
fn network_prefix(path: &Path) -> Option<PathBuf> {
    match path.components().next()? {
        Component::Prefix(prefix) => match prefix.kind() {
            Prefix::UNC(..) | Prefix::VerbatimUNC(..) => Some(PathBuf::from(prefix.as_os_str())),
            _ => None,
        },
        _ => None,
    }
}

fn sync_folder(path: &Path) -> Option<(&'static str, PathBuf)> {
    let mut at = PathBuf::new();
    for component in path.components() {
        at.push(component);
        let Component::Normal(name) = component else {
            continue;
        };
        let name = plain(&name.to_string_lossy());
        if let Some((_, product)) = SYNC_FOLDERS.iter().find(|(known, _)| *known == name) {
            return Some((product, at));
        }
        let after = |stem: &str| name.strip_prefix(stem).and_then(|rest| rest.chars().next());
        if let Some((_, product)) = SYNC_STEMS
            .iter()
            .find(|(stem, _)| matches!(after(stem), Some(' ' | '-' | '(' | '_')))
        {
            return Some((product, at));
        }
    }
    None
}

fn plain(name: &str) -> String {
    name.nfkc().collect::<String>().trim().to_lowercase()
}

/// Finds the mount on which a path lies: the longest mount point that begins it, the last one where several do.
fn mount_of(mountinfo: &str, path: &Path) -> Option<(PathBuf, String)> {
    let mut found: Option<(PathBuf, String)> = None;
    for line in mountinfo.lines() {
        let Some((left, right)) = line.split_once(" - ") else {
            continue;
        };
        let (Some(point), Some(kind)) = (left.split(' ').nth(4), right.split(' ').next()) else {
            continue;
        };
        let point = PathBuf::from(unescape(point));
        let deeper = found
            .as_ref()
            .is_none_or(|(best, _)| point.components().count() >= best.components().count());
        if deeper && path.starts_with(&point) {
            found = Some((point, kind.to_owned()));
        }
    }
    found
}

/// The mount table writes blank, tab, newline and backslash as `\` and three octal digits.
pub(super) fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let octal = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok();
        match (first, tail.get(..3).and_then(octal)) {
            (b'\\', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[3..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn network_filesystem(
    mount: Option<(PathBuf, String)>,
    magic: Option<u32>,
) -> Option<(String, Option<PathBuf>)> {
    if let Some((point, kind)) = &mount
        && NETWORK_FILESYSTEMS.contains(&kind.as_str())
    {
        return Some((kind.clone(), Some(point.clone())));
    }
    let magic = magic?;
    if let Some((_, kind)) = NETWORK_MAGICS.iter().find(|(known, _)| *known == magic) {
        return Some(((*kind).to_owned(), None));
    }
    // FUSE is anything: known to be local only where the mount table says so.
    match mount {
        None if magic == FUSE_MAGIC => Some(("fuse".to_owned(), None)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = r"27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 27 0:40 / /mnt/share rw - nfs4 server:/share rw
41 27 0:41 / /mnt/share/local rw - ext4 /dev/vdb rw
42 27 0:42 / /media/u/U\040盘 rw - fuseblk /dev/sdb1 rw
43 27 0:43 / /srv/u/remote rw - fuse.sshfs u@h: rw
44 27 0:44 / /mnt/win rw - cifs //h/s rw
45 27 0:45 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
46 27 0:46 / /mnt/over rw - ext4 /dev/vdc rw
47 46 0:47 / /mnt/over rw - cifs //h/s rw";

    #[test]
    fn network_shares_are_known_by_the_mount_table() {
        let cases = [
            ("/srv/u/office.tongbao", None),
            ("/mnt/share/office.tongbao", Some("nfs4")),
            ("/mnt/shared/office.tongbao", None),
            ("/mnt/share/local/office.tongbao", None),
            ("/media/u/U盘/office.tongbao", None),
            ("/media/u/U 盘/office.tongbao", None),
            ("/srv/u/remote/a/b", Some("fuse.sshfs")),
            ("/mnt/win", Some("cifs")),
            (
                "/run/user/1000/gvfs/smb-share:server=s/office",
                Some("fuse.gvfsd-fuse"),
            ),
            ("/mnt/over/office", Some("cifs")),
        ];
        for (path, kind) in cases {
            let found = network_filesystem(mount_of(MOUNTS, Path::new(path)), None);
            assert_eq!(found.map(|(kind, _)| kind).as_deref(), kind, "{path}");
        }
        let at = network_filesystem(mount_of(MOUNTS, Path::new("/mnt/share/office")), None)
            .unwrap()
            .1;
        assert_eq!(at.as_deref(), Some(Path::new("/mnt/share")));
    }

    #[test]
    fn blanks_in_mount_points_are_read() {
        assert_eq!(
            mount_of(MOUNTS, Path::new("/media/u/U 盘/x")).unwrap().1,
            "fuseblk"
        );
        assert_eq!(unescape(r"a\040b\134c\"), r"a b\c\");
    }

    #[test]
    fn without_a_mount_table_the_magic_number_decides() {
        for (magic, kind) in NETWORK_MAGICS {
            assert_eq!(network_filesystem(None, Some(*magic)).unwrap().0, *kind);
        }
        assert_eq!(
            network_filesystem(None, Some(FUSE_MAGIC)).unwrap().0,
            "fuse"
        );
        let local = mount_of(MOUNTS, Path::new("/media/u/U 盘"));
        assert_eq!(
            network_filesystem(local, Some(FUSE_MAGIC)),
            None,
            "an NTFS disk is no network"
        );
        for ext4_tmpfs_btrfs_xfs_overlay in
            [0xef53, 0x0102_1994, 0x9123_683e, 0x5846_5342, 0x794c_7630]
        {
            assert_eq!(
                network_filesystem(None, Some(ext4_tmpfs_btrfs_xfs_overlay)),
                None
            );
        }
    }

    #[test]
    fn sync_folders_are_known_by_name() {
        let refused = [
            ("/srv/u/坚果云/office", "坚果云", "/srv/u/坚果云"),
            (
                "/srv/u/Nutstore Files/office",
                "坚果云",
                "/srv/u/Nutstore Files",
            ),
            ("/srv/u/Nutstore-1/office", "坚果云", "/srv/u/Nutstore-1"),
            (
                "/srv/u/OneDrive - 第三小学/a/office",
                "OneDrive",
                "/srv/u/OneDrive - 第三小学",
            ),
            ("/srv/u/ONEDRIVE/office", "OneDrive", "/srv/u/ONEDRIVE"),
            ("/srv/u/百度网盘/office", "百度网盘", "/srv/u/百度网盘"),
            ("/d/BaiduSyncdisk/x", "百度网盘", "/d/BaiduSyncdisk"),
            (
                "/d/BaiduNetdiskWorkspace",
                "百度网盘",
                "/d/BaiduNetdiskWorkspace",
            ),
            (
                "/d/Dropbox (Personal)/x",
                "Dropbox",
                "/d/Dropbox (Personal)",
            ),
            ("/d/iCloudDrive/x", "iCloud", "/d/iCloudDrive"),
            ("/d/WPS云盘/x", "WPS云盘", "/d/WPS云盘"),
            ("/d/ＷＰＳ云盘/x", "WPS云盘", "/d/ＷＰＳ云盘"),
            ("/d/WPSDrive/x", "WPS云盘", "/d/WPSDrive"),
            ("/d/Seafile/库/x", "Seafile", "/d/Seafile"),
        ];
        for (path, product, at) in refused {
            assert_eq!(
                sync_folder(Path::new(path)),
                Some((product, PathBuf::from(at))),
                "{path}"
            );
        }
        for path in [
            "/srv/u/文档/office",
            "/srv/u/onedrives/office",
            "/srv/u/百度网盘资料/office",
            "/srv/dropboxes",
        ] {
            assert_eq!(sync_folder(Path::new(path)), None, "{path}");
        }
    }

    #[test]
    fn a_marker_in_any_folder_above_refuses_what_does_not_exist_yet() {
        let dir = tempfile::tempdir().unwrap();
        let office = dir.path().join("文档/三小.tongbao");
        assert_eq!(check_place(&office), Ok(()));
        std::fs::create_dir(dir.path().join(".stfolder")).unwrap();
        let at = dir.path().canonicalize().unwrap();
        assert_eq!(
            check_place(&office),
            Err(PlaceRefusal::SyncFolder {
                product: "Syncthing",
                at
            })
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_hide_a_sync_folder() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("Nutstore")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("Nutstore"), dir.path().join("office")).unwrap();
        let refusal = check_place(&dir.path().join("office/三小.tongbao")).unwrap_err();
        assert!(
            matches!(
                refusal,
                PlaceRefusal::SyncFolder {
                    product: "坚果云",
                    ..
                }
            ),
            "{refusal:?}"
        );
    }

    #[test]
    fn this_disk_is_allowed() {
        assert_eq!(
            check_place(&std::env::temp_dir().join("nothing-here-yet.tongbao")),
            Ok(())
        );
    }
}
