use super::*;
use crate::documents::DocumentKind;
use crate::documents::compose::compose;
use crate::documents::compose::tests::{day, directory, finding, id, ids, profile};
use crate::inspections::{Category, Rectification};

fn facts() -> Vec<Finding> {
    let mut problem = finding(
        20,
        Nature::Problem,
        Category::LivingService,
        "包干区未清扫",
        "",
    );
    problem.text.rectification = Some(Rectification {
        requirement: "清扫干净".into(),
        responsible: "白晓燕".into(),
        due_on: day(),
    });
    vec![
        finding(10, Nature::Praise, Category::Discipline, "晨读认真", ""),
        problem,
    ]
}
fn draft() -> (Content, Vec<Finding>) {
    let facts = facts();
    (
        compose(
            DocumentKind::Circular,
            &facts,
            &directory(),
            &profile(),
            day(),
            &mut ids(),
        ),
        facts,
    )
}
fn codes(content: &Content, facts: &[Finding]) -> Vec<&'static str> {
    let mut codes: Vec<_> = check(content, facts, &directory())
        .into_iter()
        .map(|c| c.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
/// Checks one paragraph in an otherwise good draft.
fn codes_of(text: &str) -> Vec<&'static str> {
    let (mut content, facts) = draft();
    content.blocks.push(Block::new("x", BlockKind::P, text));
    codes(&content, &facts)
        .into_iter()
        .filter(|c| *c != "student-names")
        .collect()
}

#[test]
fn what_the_program_composes_passes_its_own_checks() {
    let (content, facts) = draft();
    let found = check(&content, &facts, &directory());
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].code, found[0].level),
        ("student-names", CheckLevel::Hint)
    );
    assert_eq!(found[0].args["count"], Arg::Number(1));
}

#[test]
fn texts_that_offices_get_wrong() {
    for (text, expected) in [
        ("根据《办法》（教发〔2026〕5号）执行。", &[][..]),
        ("根据教发[2026]5号执行。", &["year-brackets"]),
        ("根据教发【2026】第5号执行。", &["year-brackets"]),
        ("根据教发（2026）15号执行。", &["year-brackets"]),
        ("本年度（2026）工作开始。", &[]),
        ("定于2026年01月05日检查。", &["date-zero"]),
        ("定于1月5日8:05检查。", &[]),
        ("截至26年11月20日完成。", &["date-short-year"]),
        ("学校用了10年。2026年11月完成。", &[]),
        ("检查有序,整改及时。", &["half-width"]),
        ("三(2)班迟到。", &["half-width"]),
        ("三（2）班8:20迟到，温度9.5℃。", &[]),
        ("请于今日报送.", &["half-width"]),
        ("网址是www.example.com，版本1.2。", &[]),
        ("学校（校区检查。", &["unpaired"]),
        ("按照“有错必改”的原则，看《通知》。", &[]),
        ("按照”有错必改“的原则。", &["unpaired"]),
        ("电话13812345678。", &["phone-number"]),
        ("电话138-1234-5678。", &["phone-number"]),
        ("编号1381234567890。", &[]),
        ("身份证110101201501011233登记。", &["identity-number"]),
        ("身份证11010120150101109X登记。", &["identity-number"]),
        ("身份证11010120150101109x登记。", &["identity-number"]),
        ("编号110101201501011234登记。", &["identity-like"]),
        ("旧证110101850102123登记。", &["identity-number"]),
        ("流水号110101851302123登记。", &[]),
        ("流水号110101999999991234登记。", &[]),
        ("　　各班要重视。", &["manual-indent"]),
        ("各\u{200b}班要重视。", &["hidden-characters"]),
        ("各\u{202e}班要重视。", &["hidden-characters"]),
        ("密级：机密", &["secrecy-mark"]),
        ("机密★1年", &["secrecy-mark"]),
        ("秘密", &["secrecy-mark"]),
        ("做好保密工作，秘密文件上锁。", &[]),
        ("定于2026.11.20检查。", &["date-form"]),
        ("定于2026-11-20检查。", &["date-form"]),
        ("定于2026/1/5检查。", &["date-form"]),
        ("版本2026.1，比分11-20。", &[]),
        ("于11月31日前完成。", &["date-impossible"]),
        ("于2026年2月29日完成。", &["date-impossible"]),
        ("于2028年2月29日完成。", &[]),
        ("2026年11月20日（星期五）检查。", &[]),
        ("2026年11月20日（星期四）检查。", &["weekday-differs"]),
        ("11月22日（星期天）检查。", &[]),
        ("11月20日（周六）检查。", &["weekday-differs"]),
        ("自二〇二六年起执行。", &["date-chinese"]),
        ("一九四九年以来。", &["date-chinese"]),
        ("8：20到岗。", &["time-form"]),
        ("比分8：2。", &[]),
        ("共１２人。", &["full-width-digit"]),
        ("抽查3-5名学生。", &["number-range"]),
        ("抽查3—5名学生，第2-1号教室，电话0571-88。", &[]),
        ("用纸3千张。", &["number-mixed"]),
        ("净重5千克。", &[]),
    ] {
        assert_eq!(codes_of(text), expected, "{text}");
    }
}

#[test]
fn a_private_number_is_not_repeated_in_the_message() {
    let (mut content, facts) = draft();
    content.blocks[0].text.push_str("电话13812345678。");
    let found = check(&content, &facts, &directory());
    let check = found.iter().find(|c| c.code == "phone-number").unwrap();
    assert_eq!(check.args["found"], Arg::Text("138…78".into()));
    assert_eq!(check.level, CheckLevel::Must);
    assert_eq!(check.block_id.as_deref(), Some("b1"));
}

#[test]
fn titles_and_recipients() {
    let with = |title: &str, to: &str| {
        let (mut content, facts) = draft();
        content.title = vec![title.into()];
        content.recipients = to.into();
        codes(&content, &facts)
            .into_iter()
            .filter(|c| *c != "student-names")
            .collect::<Vec<_>>()
    };
    let good = "关于2026年11月20日检查情况的通报";
    for (title, to, expected) in [
        (good, "各处室：", &[][..]),
        ("", "各处室：", &["title-empty"]),
        ("检查情况", "各处室：", &["title-kind"]),
        ("关于检查情况的通知", "各处室：", &["title-kind"]),
        ("关于检查情况的通报。", "各处室：", &["title-punctuation"]),
        (
            "关于2026年11月19日检查情况的通报",
            "各处室：",
            &["title-date"],
        ),
        (good, "", &["recipients-empty"]),
        (good, "各处室", &["recipients-colon"]),
        (good, "各处室:", &["recipients-colon"]),
    ] {
        assert_eq!(with(title, to), expected, "{title} {to}");
    }
}

#[test]
fn headings_follow_their_levels() {
    let with = |blocks: &[(BlockKind, &str)]| {
        let (mut content, _) = draft();
        content.reports_on = None;
        let block = |(i, (kind, text)): (usize, &(BlockKind, &str))| {
            Block::new(format!("h{i}"), *kind, *text)
        };
        content.blocks = blocks.iter().enumerate().map(block).collect();
        codes(&content, &[])
            .into_iter()
            .filter(|c| *c != "heading-single")
            .collect::<Vec<_>>()
    };
    use BlockKind::{H1, H2, H3, P};
    assert_eq!(
        with(&[
            (H1, "总体情况"),
            (H2, "秩序"),
            (P, "好。"),
            (H1, "要求"),
            (P, "做。")
        ]),
        [""; 0]
    );
    assert_eq!(
        with(&[(H1, "总体情况"), (H3, "秩序"), (P, "好。")]),
        ["heading-skips"]
    );
    assert_eq!(with(&[(H2, "秩序"), (P, "好。")]), ["heading-skips"]);
    assert_eq!(
        with(&[(H1, "一、总体情况"), (P, "好。")]),
        ["heading-number"]
    );
    assert_eq!(
        with(&[(H1, "总体"), (H2, "（一）秩序"), (P, "好。")]),
        ["heading-number"]
    );
    assert_eq!(with(&[(H1, "3.5公里跑"), (P, "好。")]), [""; 0]);
    assert_eq!(with(&[(H1, "三（2）班情况"), (P, "好。")]), [""; 0]);
    assert_eq!(with(&[(H1, " "), (P, "好。")]), ["heading-empty"]);
    assert_eq!(with(&[(H1, "总体情况")]), ["body-empty", "heading-bare"]);
    assert_eq!(with(&[]), ["body-empty"]);
}

#[test]
fn every_problem_says_whom_and_who_answers() {
    let with = |items: &[&str]| {
        let (mut content, _) = draft();
        content.reports_on = None;
        let block = |kind, text: &str, n: usize| Block::new(format!("{kind:?}{n}"), kind, text);
        content.blocks = vec![
            block(BlockKind::P, "现通报如下。", 0),
            block(BlockKind::H1, "存在的问题", 0),
        ];
        for (i, item) in items.iter().enumerate() {
            content.blocks.push(block(BlockKind::H2, "卫生", i));
            content.blocks.push(block(BlockKind::P, item, i));
        }
        check(&content, &[], &directory())
            .into_iter()
            .filter(|c| c.code.starts_with("problem-"))
            .map(|c| (c.code, c.args["number"].clone(), c.block_id))
            .collect::<Vec<_>>()
    };
    assert_eq!(with(&["四（2）班走廊有纸屑。责任人：白晓燕。"]), []);
    assert_eq!(
        with(&["食堂地面积水。责任人：段桂香。", "走廊有纸屑。"]),
        [("problem-whom", Arg::Number(2), Some("P1".into()))]
    );
    assert_eq!(
        with(&["四（2）班走廊有纸屑。"]),
        [("problem-responsible", Arg::Number(1), Some("P0".into()))]
    );
    assert_eq!(
        with(&["四年级地面有水。"]),
        [("problem-responsible", Arg::Number(1), Some("P0".into()))]
    );
}

#[test]
fn numbers_of_the_opening_agree_with_the_facts() {
    let (mut content, facts) = draft();
    content.blocks[0].text = "登记5条，其中表扬1条、问题4条。现将有关情况通报如下。".into();
    let found: Vec<_> = check(&content, &facts, &directory())
        .into_iter()
        .filter(|c| c.code == "count-differs")
        .map(|c| c.args)
        .collect();
    assert_eq!(found.len(), 2);
    assert_eq!(found[0]["found"], Arg::Text("登记5条".into()));
    assert_eq!(found[0]["count"], Arg::Number(2));
    assert_eq!(found[1]["found"], Arg::Text("问题4条".into()));
    // a text that rests on no findings is not counted
    for b in &mut content.blocks {
        b.finding_ids.clear();
    }
    assert!(!codes(&content, &[]).contains(&"count-differs"));
}

#[test]
fn findings_of_the_day_that_are_not_written_in_are_named() {
    let (content, mut facts) = draft();
    facts.push(finding(
        30,
        Nature::Praise,
        Category::Teaching,
        "板书工整",
        "",
    ));
    let mut other_day = finding(31, Nature::Praise, Category::Teaching, "昨天的事", "");
    other_day.inspected_on = day().pred_opt().unwrap();
    facts.push(other_day);
    let found = check(&content, &facts, &directory());
    let left = found
        .iter()
        .find(|c| c.code == "findings-left-out")
        .unwrap();
    assert_eq!(
        (&left.args["count"], &left.args["matter"]),
        (&Arg::Number(1), &Arg::Text("板书工整".into()))
    );
}

#[test]
fn a_name_shared_with_a_teacher_counts_as_the_teacher() {
    let staff = crate::org::Staff {
        id: id(1),
        name: "秦朗".into(),
        post: "教师".into(),
        unit_id: None,
    };
    let pupil = |n, name: &str| crate::org::Student {
        id: id(n),
        name: name.into(),
        class_group_id: id(42),
    };
    let d = Directory::new(
        vec![],
        vec![],
        vec![staff],
        vec![pupil(2, "秦朗"), pupil(3, "吴𬭚")],
        vec![],
    );
    let (mut content, _) = draft();
    content.blocks = vec![Block::new("p", BlockKind::P, "秦朗老师带队，吴𬭚领操。")];
    let found = check(&content, &[], &d);
    let names = found.iter().find(|c| c.code == "student-names").unwrap();
    assert_eq!(names.args["names"], Arg::Text("吴𬭚".into()));
}

#[test]
fn the_gravest_come_first_and_every_message_exists_once() {
    let (mut content, facts) = draft();
    content.title.clear();
    content.blocks[0].text.push_str("好,坏");
    let levels: Vec<CheckLevel> = check(&content, &facts, &directory())
        .iter()
        .map(|c| c.level)
        .collect();
    assert!(levels.is_sorted() && levels.len() >= 3);
    for language in ["zh-CN", "zh-TW", "en"] {
        let file = format!(
            "{}/../../../assets/i18n/{language}/documents-checks.ftl",
            env!("CARGO_MANIFEST_DIR")
        );
        let text = std::fs::read_to_string(&file).unwrap();
        let mut keys: BTreeSet<&str> = text
            .lines()
            .filter_map(|l| l.split_once(" = "))
            .map(|(k, _)| k)
            .collect();
        for (code, _, source) in CHECKS {
            let message = format!("documents-check-{code}");
            assert!(
                text.contains(&format!("\n{message} = ")),
                "{language} lacks {message}"
            );
            assert!(
                text.contains(&format!("\n{source} = ")),
                "{language} lacks {source}"
            );
            keys.remove(message.as_str());
            keys.remove(source);
        }
        assert!(
            keys.is_empty(),
            "{language} has messages that no check uses: {keys:?}"
        );
    }
}

fn blocks_of(blocks: Vec<Block>) -> Content {
    let (mut content, _) = draft();
    content.reports_on = None;
    content.blocks = blocks;
    content
}
fn para(id: &str, text: &str) -> Block {
    Block::new(id, BlockKind::P, text)
}
fn table(id: &str, head: &[&str], rows: &[&[&str]]) -> Block {
    let strings = |cells: &[&str]| cells.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
    Block {
        table: Some(crate::documents::Table {
            head: strings(head),
            rows: rows.iter().map(|r| strings(r)).collect(),
            align: vec![crate::documents::Align::Left; head.len()],
        }),
        ..Block::new(id, BlockKind::Table, "")
    }
}

#[test]
fn tables_are_read_like_any_text() {
    let rows: Vec<Vec<&str>> = (0..30)
        .map(|_| vec!["三(2)班", "电话13812345678"])
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let content = blocks_of(vec![
        para("p", "情况如下。"),
        table("t", &["班级", ""], &rows),
    ]);
    let found = check(&content, &[], &directory());
    let of = |code| found.iter().filter(|c| c.code == code).collect::<Vec<_>>();
    // once for the table, not for each of thirty rows
    for code in ["phone-number", "half-width", "table-head-empty"] {
        assert_eq!(of(code).len(), 1, "{code}");
        assert_eq!(of(code)[0].block_id.as_deref(), Some("t"));
    }
    let empty = blocks_of(vec![
        para("p", "情况如下。"),
        table("t", &["班级"], &[&[""]]),
    ]);
    assert_eq!(codes(&empty, &[]), ["table-empty"]);
    // a pupil in a cell is a pupil
    let named = blocks_of(vec![table("t", &["姓名"], &[&["冯铭泽"]])]);
    assert!(codes(&named, &[]).contains(&"student-names"));
}

#[test]
fn what_is_called_an_attachment_is_named_and_titled() {
    let with = |text: &str, pages: &[&str], apart: &[&str]| {
        let mut blocks = vec![para("p", text)];
        for (i, title) in pages.iter().enumerate() {
            blocks.push(Block::new(format!("a{i}"), BlockKind::Attachment, *title));
            blocks.push(para(&format!("ap{i}"), "表中内容。"));
        }
        let mut content = blocks_of(blocks);
        content.attachments = apart.iter().map(|a| (*a).to_owned()).collect();
        codes(&content, &[])
    };
    assert_eq!(with("详见附件。", &["自查表"], &[]), [""; 0]);
    assert_eq!(with("详见附件。", &[], &["自查表"]), [""; 0]);
    assert_eq!(with("详见附件。", &[], &[]), ["attachment-unnamed"]);
    assert_eq!(with("请照办。", &["自查表"], &[]), ["attachment-unread"]);
    assert_eq!(with("详见附件。", &[""], &[]), ["attachment-untitled"]);
    assert_eq!(
        with("详见附件。", &[], &["自查表。"]),
        ["attachment-ending"]
    );
}

#[test]
fn breaks_and_repetitions_are_seen() {
    let page = |id: &str| Block::new(id, BlockKind::PageBreak, "");
    let text = "各班要认真做好放学路队工作，错峰离校。";
    assert_eq!(
        codes(
            &blocks_of(vec![para("a", "甲。"), page("x"), para("b", "乙。")]),
            &[]
        ),
        [""; 0]
    );
    assert_eq!(
        codes(&blocks_of(vec![para("a", "甲。"), page("x")]), &[]),
        ["break-idle"]
    );
    assert_eq!(
        codes(&blocks_of(vec![page("x"), para("a", "甲。")]), &[]),
        ["break-idle"]
    );
    assert_eq!(
        codes(&blocks_of(vec![para("a", text), para("b", text)]), &[]),
        ["paragraph-twice"]
    );
}

#[test]
fn each_kind_asks_for_its_own() {
    let with = |kind: DocumentKind, title: &str, text: &str| {
        let mut content = blocks_of(vec![para("p", text)]);
        content.kind = kind;
        content.title = vec![title.into()];
        codes(&content, &[])
    };
    use DocumentKind::{Commendation, InspectionResult, Notice};
    let (notice, praise, result) = (
        "关于值日的通知",
        "关于表扬四（2）班的通报",
        "关于督查结果的通报",
    );
    assert_eq!(
        with(Notice, notice, "请各班上交自查表。"),
        ["notice-deadline"]
    );
    assert_eq!(
        with(Notice, notice, "请各班于11月23日前上交自查表。"),
        [""; 0]
    );
    assert_eq!(
        with(Commendation, praise, "表现突出，特此表扬。"),
        ["commendation-whom"]
    );
    assert_eq!(
        with(Commendation, praise, "四（2）班表现突出，特此表扬。"),
        [""; 0]
    );
    assert_eq!(
        with(InspectionResult, result, "督查发现问题2条。"),
        ["result-requirement"]
    );
    assert_eq!(
        with(InspectionResult, result, "督查发现问题2条，要求食堂改正。"),
        ["result-deadline"]
    );
    assert_eq!(
        with(
            InspectionResult,
            result,
            "督查发现问题2条，要求食堂于11月23日前改正。"
        ),
        [""; 0]
    );
    assert_eq!(with(InspectionResult, result, "督查情况良好。"), [""; 0]);
    // whoever is praised is not blamed in the same paper
    let facts = facts();
    let mut content = blocks_of(vec![Block {
        finding_ids: vec![facts[1].id],
        ..para("p", "四（2）班包干区未清扫。")
    }]);
    content.kind = Commendation;
    content.title = vec![praise.into()];
    assert!(codes(&content, &facts).contains(&"commendation-problem"));
}

#[test]
fn every_kind_composes_what_passes_its_own_checks() {
    for kind in DocumentKind::ALL {
        let facts = facts();
        let content = compose(kind, &facts, &directory(), &profile(), day(), &mut ids());
        let musts: Vec<_> = check(&content, &facts, &directory())
            .into_iter()
            .filter(|c| c.level != CheckLevel::Hint && c.code != "findings-left-out")
            .map(|c| c.code)
            .collect();
        assert_eq!(musts, [""; 0], "{kind:?}");
        let problems = content.finding_ids().contains(&facts[1].id);
        assert_eq!(problems, kind != DocumentKind::Commendation, "{kind:?}");
    }
}
