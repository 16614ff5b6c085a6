use super::*;
use crate::inspections::{FindingText, PersonRef, Rectification};
use crate::org::{ClassGroup, NumberSeries, Staff, Unit};

pub(in crate::documents) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}
pub(in crate::documents) fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}
pub(in crate::documents) fn directory() -> Directory {
    let unit = |n, name: &str, grade| Unit {
        id: id(n),
        name: name.into(),
        grade,
    };
    let staff = |n, name: &str| Staff {
        id: id(n),
        name: name.into(),
        post: "教师".into(),
        unit_id: None,
    };
    let class = ClassGroup {
        id: id(42),
        name: "四(2)班".into(),
        grade: 4,
        number: 2,
        homeroom_teacher: Some(id(101)),
    };
    let student = |n, name: &str| crate::org::Student {
        id: id(n),
        name: name.into(),
        class_group_id: id(42),
    };
    Directory::new(
        vec![unit(1, "食堂", None), unit(4, "四年级组", Some(4))],
        vec![class],
        vec![staff(101, "白晓燕"), staff(102, "段桂香")],
        vec![student(201, "冯铭泽"), student(202, "徐垚")],
        vec!["操场".into()],
    )
}
pub(in crate::documents) fn profile() -> OfficeProfile {
    let series = |prefix: &str, purpose: &str| NumberSeries {
        prefix: prefix.into(),
        purpose: purpose.into(),
        start_after: None,
    };
    OfficeProfile {
        name: "临江市实验小学".into(),
        short_name: "临江实验小学".into(),
        demo: false,
        series: vec![series("临实小", "正式公文"), series("临实小检", "检查通报")],
        recipients: "各处室、年级组：".into(),
    }
}
pub(in crate::documents) fn finding(
    n: u128,
    nature: Nature,
    category: Category,
    matter: &str,
    detail: &str,
) -> Finding {
    let observed_at = calendar::start_of(day()) + (8 * 60 + i64::try_from(n).unwrap()) * 60_000;
    Finding {
        id: id(1000 + n),
        text: FindingText {
            category,
            nature,
            unit_id: Some(id(4)),
            class_group_id: Some(id(42)),
            place: "操场".into(),
            matter: matter.into(),
            detail: detail.into(),
            people: vec![PersonRef {
                kind: PersonKind::Student,
                id: Some(id(201)),
                name: "冯铭泽".into(),
            }],
            measure: None,
            rectification: None,
            observed_at,
            photos: Vec::new(),
        },
        inspected_on: day(),
        entered_at: observed_at,
        entered_by: id(7),
        inspector: "高建平".into(),
        ver: 1,
        marks: crate::inspections::FindingMarks::default(),
    }
}
pub(in crate::documents) fn ids() -> impl FnMut() -> String {
    let mut n = 0;
    move || {
        n += 1;
        format!("b{n}")
    }
}
fn text(c: &Content) -> Vec<String> {
    c.blocks
        .iter()
        .map(|b| format!("{:?} {}", b.kind, b.text))
        .collect()
}

#[test]
fn a_day_becomes_a_circular() {
    let mut problem = finding(
        20,
        Nature::Problem,
        Category::LivingService,
        "包干区落叶未清扫",
        "四(2)班包干区落叶约6平方米未清扫",
    );
    problem.text.people.clear();
    problem.text.place = "西侧包干区".into();
    problem.text.rectification = Some(Rectification {
        requirement: "大课间前清扫干净".into(),
        responsible: "白晓燕".into(),
        due_on: day(),
    });
    let mut canteen = finding(30, Nature::Problem, Category::Nutrition, "留样柜温度9℃", "");
    canteen.text.class_group_id = None;
    canteen.text.unit_id = Some(id(1));
    canteen.text.people.clear();
    canteen.text.place = String::new();
    let facts = [
        problem,
        canteen,
        finding(10, Nature::Praise, Category::Discipline, "主动捡拾垃圾", ""),
        finding(
            15,
            Nature::Praise,
            Category::Teaching,
            "实验操作",
            "四（2）班分组实验秩序好，冯铭泽记录认真。",
        ),
        finding(
            40,
            Nature::Note,
            Category::KeyWork,
            "视力筛查",
            "视力筛查完成4个班。\n名单已交班主任。",
        ),
    ];
    let c = compose(
        DocumentKind::Circular,
        &facts,
        &directory(),
        &profile(),
        day(),
        &mut ids(),
    );
    assert_eq!(
        c.title,
        ["临江市实验小学", "关于2026年11月20日检查情况的通报"]
    );
    assert_eq!(
        (c.series.as_str(), c.reports_on, c.recipients.as_str()),
        ("临实小检", Some(day()), "各处室、年级组：")
    );
    assert_eq!(
        text(&c),
        [
            "P 11月20日，值日人员高建平对学校日常工作进行了检查，登记5条，其中表扬2条、问题2条、工作情况1条。现将有关情况通报如下。",
            "H1 做得好的方面",
            "H2 教育教学",
            "P 四（2）班分组实验秩序好，冯铭泽记录认真。",
            "H2 学风学纪",
            "P 四（2）班冯铭泽主动捡拾垃圾。",
            "H1 存在的问题和整改要求",
            "H2 四（2）班包干区落叶未清扫",
            "P 8:20，西侧包干区。四（2）班包干区落叶约6平方米未清扫。责任人：白晓燕。整改要求：大课间前清扫干净。整改期限：11月20日。",
            "H2 食堂留样柜温度9℃",
            "P 8:30检查发现。食堂留样柜温度9℃。",
            "P 请有关班级、处室和年级组按期整改，整改情况报办公室。",
            "H1 工作情况",
            "P 四（2）班：视力筛查完成4个班。名单已交班主任。涉及人员：冯铭泽。",
        ]
    );
    assert_eq!(c.finding_ids().len(), 5);
    assert!(c.check_savable().is_ok());
    for b in c
        .blocks
        .iter()
        .filter(|b| b.kind == BlockKind::P && !b.text.starts_with('请'))
    {
        assert!(!b.finding_ids.is_empty(), "{}", b.text);
    }
}

#[test]
fn a_class_problem_without_a_named_person_falls_to_its_homeroom_teacher() {
    let f = finding(5, Nature::Problem, Category::Discipline, "课间打闹", "");
    let c = compose(
        DocumentKind::Notice,
        &[f],
        &directory(),
        &profile(),
        day(),
        &mut ids(),
    );
    assert_eq!(c.title[1], "关于做好检查问题整改工作的通知");
    assert!(
        c.blocks
            .iter()
            .any(|b| b.text == "8:05，操场。四（2）班冯铭泽课间打闹。责任人：班主任白晓燕。"),
        "{:?}",
        text(&c)
    );
    assert!(
        c.blocks
            .iter()
            .any(|b| b.kind == BlockKind::H2 && b.text == "四（2）班课间打闹"),
        "{:?}",
        text(&c)
    );
}

#[test]
fn nobody_named_in_a_problem_is_lost() {
    let teacher = PersonRef {
        kind: PersonKind::Staff,
        id: Some(id(102)),
        name: "段桂香".into(),
    };
    for detail in ["", "上课时间在校园里闲谈。"] {
        let mut f = finding(5, Nature::Problem, Category::Teaching, "离岗", detail);
        f.text.people = vec![teacher.clone()];
        let c = compose(
            DocumentKind::Circular,
            &[f],
            &directory(),
            &profile(),
            day(),
            &mut ids(),
        );
        assert!(
            c.blocks
                .iter()
                .any(|b| b.kind == BlockKind::P && b.text.contains("段桂香")),
            "{:?}",
            text(&c)
        );
    }
}

#[test]
fn no_findings_make_an_empty_but_well_formed_draft() {
    for kind in DocumentKind::ALL {
        let c = compose(kind, &[], &directory(), &profile(), day(), &mut ids());
        // the first thing to write is the opening; kinds with a usual order bring their headings
        assert!(c.blocks[0].text.is_empty());
        let headings = c.blocks.iter().filter(|b| b.kind == BlockKind::H1).count();
        let (wanted, word) = match kind {
            DocumentKind::Circular => (0, "通报"),
            DocumentKind::Notice => (0, "通知"),
            DocumentKind::Commendation => (1, "通报"),
            DocumentKind::InspectionResult => (2, "通报"),
        };
        assert_eq!(headings, wanted, "{kind:?}");
        assert!(c.title_line().ends_with(word));
        assert!(c.check_savable().is_ok());
    }
}

#[test]
fn every_phrase_that_is_asked_for_is_there() {
    let source = include_str!("../compose.rs");
    let mut wanted: Vec<String> = Vec::new();
    for call in ["phrase(\"", "fill(\"", "by_category(\""] {
        wanted.extend(
            source
                .split(call)
                .skip(1)
                .filter_map(|s| s.split('"').next())
                .filter(|k| !k.contains(['{', ' ', '\n']) && *k != "key")
                .map(str::to_owned),
        );
    }
    wanted.extend(Category::ALL.map(|c| format!("category-{}", c.code())));
    wanted.extend(Nature::ALL.map(|n| format!("count-{}", n.code())));
    wanted.extend(DocumentKind::ALL.map(|k| format!("series-{}", k.code())));
    assert!(wanted.len() > 25);
    for key in wanted {
        assert!(!phrase(&key).is_empty(), "{key}");
    }
}

#[test]
fn the_order_of_the_findings_does_not_matter() {
    let facts: Vec<Finding> = (1..9)
        .map(|n| {
            finding(
                n,
                Nature::ALL[usize::try_from(n % 3).unwrap()],
                Category::KeyWork,
                "事",
                "",
            )
        })
        .collect();
    let mut back = facts.clone();
    back.reverse();
    let compose = |f: &[Finding]| {
        compose(
            DocumentKind::Circular,
            f,
            &directory(),
            &profile(),
            day(),
            &mut ids(),
        )
    };
    assert_eq!(compose(&facts), compose(&back));
}
