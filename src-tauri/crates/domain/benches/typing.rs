//! Measures what runs at every key: reading a quick line and checking a draft, in a school of 3,000.
//!
//! `cargo bench -p domain`. Prints microseconds; no test depends on a time.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that measures"
)]
use domain::documents::checks::check;
use domain::documents::{Block, BlockKind, Content, DocumentKind};
use domain::inspections::recognise::recognise;
use domain::org::{ClassGroup, Directory, Student};
use std::time::Instant;
use uuid::Uuid;

fn main() {
    let class = |n: u128| ClassGroup {
        id: Uuid::from_u128(n),
        name: format!(
            "{}({})班",
            ["一", "二", "三", "四", "五", "六"][(n / 10) as usize],
            n % 10 + 1
        ),
        grade: (n / 10) as i64 + 1,
        number: (n % 10) as i64 + 1,
        homeroom_teacher: None,
    };
    let classes: Vec<ClassGroup> = (0..60).map(class).collect();
    let student = |n: u32| Student {
        id: Uuid::from_u128(10_000 + u128::from(n)),
        name: format!(
            "{}{}明",
            ["王", "李", "张"][n as usize % 3],
            char::from_u32(0x4E00 + n).unwrap_or('一')
        ),
        class_group_id: classes[n as usize % 60].id,
    };
    let directory = Directory::new(
        Vec::new(),
        classes.clone(),
        Vec::new(),
        (0..3000).map(student).collect(),
        Vec::new(),
    );
    let line = "8:20 一2 王丁明、李七明 迟到 3 人 早自习 校门口 秩序混乱，留样柜温度9℃ 超标";
    let text = "王丁明等同学在走廊追逐，值日生没有制止，请班主任进行教育，并于本周内完成整改后报办公室备案。";
    let block = |i: usize| Block::new(format!("p{i}"), BlockKind::P, text);
    let content = Content {
        kind: DocumentKind::Circular,
        series: "临实小检".into(),
        red_head: true,
        title: vec!["关于检查情况的通报".into()],
        recipients: "各处室：".into(),
        blocks: (0..50).map(block).collect(),
        attachments: Vec::new(),
        copy_to: String::new(),
        reports_on: None,
        posting: Default::default(),
    };
    measure("recognise, one line", || {
        recognise(line, &directory, 1_763_600_000_000).chips.len()
    });
    measure("check, about 4 pages", || {
        check(&content, &[], &directory).len()
    });
}

fn measure(what: &str, mut run: impl FnMut() -> usize) {
    let mut times: Vec<u128> = (0..500)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            start.elapsed().as_micros()
        })
        .collect();
    times.sort_unstable();
    println!("{what}: median {} µs, p95 {} µs", times[250], times[475]);
}
