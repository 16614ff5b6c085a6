use super::*;
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
    content.blocks.push(Block {
        id: "x".into(),
        kind: BlockKind::P,
        text: text.into(),
        finding_ids: vec![],
    });
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
        ("身份证110101201501011234登记。", &["identity-number"]),
        ("身份证11010120150101123X登记。", &["identity-number"]),
        ("流水号110101999999991234登记。", &[]),
        ("　　各班要重视。", &["manual-indent"]),
        ("各\u{200b}班要重视。", &["hidden-characters"]),
        ("各\u{202e}班要重视。", &["hidden-characters"]),
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
        let block = |(i, (kind, text)): (usize, &(BlockKind, &str))| Block {
            id: format!("h{i}"),
            kind: *kind,
            text: (*text).into(),
            finding_ids: vec![],
        };
        content.blocks = blocks.iter().enumerate().map(block).collect();
        codes(&content, &[])
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
    assert_eq!(with(&[(H1, "总体情况")]), ["body-empty"]);
    assert_eq!(with(&[]), ["body-empty"]);
}

#[test]
fn every_problem_says_whom_and_who_answers() {
    let with = |items: &[&str]| {
        let (mut content, _) = draft();
        content.reports_on = None;
        let block = |kind, text: &str, n: usize| Block {
            id: format!("{kind:?}{n}"),
            kind,
            text: text.into(),
            finding_ids: vec![],
        };
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
    content.blocks = vec![Block {
        id: "p".into(),
        kind: BlockKind::P,
        text: "秦朗老师带队，吴𬭚领操。".into(),
        finding_ids: vec![],
    }];
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
