use super::*;
use crate::org::{Staff, Student, Unit};
use proptest::prelude::*;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}
/// A primary school with grades 1–6 and two classes each, or with grades 7–9.
fn school(first_grade: i64) -> Directory {
    let han = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut units = vec![
        ("食堂", None),
        ("政教处", None),
        ("总务处", None),
        ("门卫室", None),
        ("教导处（教科室）", None),
        ("保健室", None),
    ];
    let grade_names: Vec<String> = (1..=9).map(|g| format!("{}年级组", han[g])).collect();
    let mut classes = Vec::new();
    for (i, name) in grade_names.iter().enumerate() {
        let grade = i64::try_from(i).unwrap() + 1;
        if (first_grade..first_grade + 6).contains(&grade) && !(first_grade == 7 && grade > 9) {
            units.push((name.as_str(), Some(grade)));
            for number in 1..=2 {
                let n = u128::try_from(grade * 10 + number).unwrap();
                let name = format!("{}({number})班", han[usize::try_from(grade).unwrap()]);
                classes.push(ClassGroup {
                    id: id(n),
                    name,
                    grade,
                    number,
                    homeroom_teacher: Some(id(500 + n)),
                });
            }
        }
    }
    let units = units
        .into_iter()
        .enumerate()
        .map(|(i, (name, grade))| Unit {
            id: id(900 + i as u128),
            name: name.into(),
            grade,
        })
        .collect();
    let mut staff: Vec<Staff> = classes
        .iter()
        .map(|c: &ClassGroup| {
            let name = if c.grade == 3 && c.number == 2 {
                "吕佳宁".to_owned()
            } else {
                format!("毛丽{}", han[usize::try_from(c.grade).unwrap()])
            };
            Staff {
                id: c.homeroom_teacher.unwrap(),
                name,
                post: "班主任".into(),
                unit_id: None,
            }
        })
        .collect();
    for (n, name, post) in [
        (801, "段桂香", "食堂管理员"),
        (802, "秦朗", "音乐教师"),
        (803, "高建平", "政教处主任"),
        (804, "高翔", "体育教师"),
        (805, "苏静怡", "副校长"),
    ] {
        staff.push(Staff {
            id: id(n),
            name: name.into(),
            post: post.into(),
            unit_id: None,
        });
    }
    let base = u128::try_from(first_grade).unwrap() * 10;
    let pupils = [
        (1, "王小明", base + 2),
        (2, "王若溪", base + 1),
        (3, "王若溪", base + 12),
        (4, "秦朗", base + 11),
        (5, "吴𬭚", base + 2),
        (6, "欧阳思齐", base + 1),
        (7, "陈雨桐", base + 1),
        (8, "陈雨桐", base + 1),
        (9, "安然", base + 1),
        (10, "阿依古丽·买买提", base + 1),
        (11, "李四", base + 2),
    ];
    let students = pupils
        .map(|(n, name, class)| Student {
            id: id(n),
            name: name.into(),
            class_group_id: id(class),
        })
        .into();
    Directory::new(
        units,
        classes,
        staff,
        students,
        vec![
            "教学楼三楼西侧走廊".into(),
            "食堂".into(),
            "篮球场东门".into(),
        ],
    )
}
fn now() -> i64 {
    calendar::start_of(chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()) + 17 * 3_600_000
}
/// Writes a reading in one line: what was found, `?` for doubt, `!` for a choice to make.
fn told(r: &Recognised) -> String {
    let mut out = Vec::new();
    for c in r
        .chips
        .iter()
        .filter(|c| !matches!(c.kind, ChipKind::Matter))
    {
        let mark = match (&c.value, c.doubtful) {
            (None, _) => "!",
            (_, true) => "?",
            _ => "",
        };
        out.push(format!("{}{}", c.label, mark));
    }
    format!("{} => {}", out.join("|"), r.matter)
}

#[test]
fn lines_as_they_are_typed_in_a_primary_school() {
    let d = school(1);
    let mut wrong = Vec::new();
    for (line, expected) in [
        (
            "三2 迟到 3 人 早自习",
            "三(2)班|problem|3 人|discipline => 迟到3人，早自习",
        ),
        (
            "三(2)班 走廊堆放杂物",
            "三(2)班|走廊|living_service|problem => 堆放杂物",
        ),
        (
            "三（2）班走廊有纸屑",
            "三(2)班|三(2)班走廊|living_service|problem => 有纸屑",
        ),
        (
            "三年级2班 队列整齐",
            "三(2)班|discipline|praise => 队列整齐",
        ),
        (
            "三年级（2）班升旗说话",
            "三(2)班|discipline?|problem => 升旗说话",
        ),
        (
            "3(2)班 课间追逐",
            "三(2)班|duty_general|problem => 课间追逐",
        ),
        (
            "302班 眼保健操认真",
            "三(2)班|discipline|praise => 眼保健操认真",
        ),
        (
            "三二班 晨读书声琅琅",
            "三(2)班|discipline|praise => 晨读书声琅琅",
        ),
        (
            "３（２）班　迟到２人",
            "三(2)班|duty_general|problem|2 人 => 迟到2人",
        ),
        (
            "食堂 留样柜温度9℃ 超标",
            "食堂|食堂|nutrition|9 ℃|problem => 留样柜温度9℃超标",
        ),
        (
            "食堂二楼 剩饭较多",
            "食堂|食堂二楼|nutrition|problem => 剩饭较多",
        ),
        (
            "食堂 冰柜 -18°C 正常",
            "食堂|食堂|nutrition|-18 ℃ => 冰柜-18°C，正常",
        ),
        (
            "8:20 三2 包干区未清扫 6.5平方米",
            "08:20|三(2)班|包干区|living_service|problem|6.5 平方米 => 未清扫6.5平方米",
        ),
        (
            "8点20 校门口家长停车秩序混乱",
            "08:20|校门口|duty_general|problem => 家长停车秩序混乱",
        ),
        (
            "下午3点半 操场 大课间有序",
            "15:30|操场|student_activity|praise => 大课间有序",
        ),
        (
            "上午第二节 三1 课堂安静",
            "三(1)班|teaching|praise => 上午第二节，课堂安静",
        ),
        (
            "昨天16:10 二1 教室未关灯",
            "16:10|二(1)班|problem => 教室未关灯",
        ),
        (
            "一2 王小明 迟到",
            "一(2)班|王小明 一(2)班|duty_general|problem => 迟到",
        ),
        (
            "一2王小明迟到",
            "一(2)班|王小明 一(2)班|duty_general|problem => 迟到",
        ),
        (
            "一1 王若溪 主动捡垃圾",
            "一(1)班|王若溪 一(1)班|praise|living_service => 主动捡垃圾",
        ),
        ("王若溪 拾金不昧", "王若溪!|praise => 王若溪，拾金不昧"),
        ("一1 陈雨桐 表扬", "一(1)班|陈雨桐!|praise => 陈雨桐，表扬"),
        (
            "二1 王小明 打架",
            "二(1)班|王小明 一(2)班?|discipline|problem => 打架",
        ),
        (
            "秦朗老师 提前到岗",
            "秦朗 音乐教师|praise|duty_general => 提前到岗",
        ),
        ("秦朗 上课说话", "秦朗!|teaching?|problem => 秦朗，上课说话"),
        (
            "高主任 值班到位",
            "高建平 政教处主任|duty_general|praise => 值班到位",
        ),
        (
            "高老师 值班到位",
            "高老师!|duty_general|praise => 高老师，值班到位",
        ),
        ("苏校长陪餐", "苏静怡 副校长|nutrition => 陪餐"),
        (
            "三2 班主任未到岗",
            "三(2)班|吕佳宁 班主任?|problem|duty_general => 班主任未到岗",
        ),
        (
            "一2 吴𬭚 未戴红领巾",
            "一(2)班|吴𬭚 一(2)班|problem|discipline => 未戴红领巾",
        ),
        (
            "一1 欧阳思齐、王若溪 帮助同学",
            "一(1)班|欧阳思齐 一(1)班|王若溪 一(1)班|praise => 帮助同学",
        ),
        (
            "一2 王小明、李四等3人打闹",
            "一(2)班|王小明 一(2)班|李四 一(2)班|3 人|duty_general|problem => 王小明、李四等3人打闹",
        ),
        (
            "一1 阿依古丽·买买提 领读认真",
            "一(1)班|阿依古丽·买买提 一(1)班|discipline|praise => 领读认真",
        ),
        (
            "三2 赵铁柱 迟到",
            "三(2)班|赵铁柱!|duty_general|problem => 赵铁柱，迟到",
        ),
        ("三1 无迟到", "三(1)班|duty_general|praise => 无迟到"),
        ("校门口 未见拥堵", "校门口|duty_general|praise => 未见拥堵"),
        ("三1 没有打闹", "三(1)班|duty_general|praise => 没有打闹"),
        (
            "三1 卫生不整齐",
            "三(1)班|living_service|problem => 卫生不整齐",
        ),
        (
            "三1 作业批改不及时 3本",
            "三(1)班|teaching|problem|3 本 => 作业批改不及时3本",
        ),
        (
            "政教处 路队组织有序",
            "政教处|duty_general|praise => 路队组织有序",
        ),
        (
            "德育处 路队组织有序",
            "政教处|duty_general|praise => 路队组织有序",
        ),
        (
            "后勤 报修3件当天完成",
            "总务处|living_service|3 件 => 报修3件当天完成",
        ),
        (
            "三年级 大课间动作整齐",
            "三年级组|student_activity|praise => 大课间动作整齐",
        ),
        (
            "教学楼三楼西侧走廊 灯管坏2根",
            "教学楼三楼西侧走廊|living_service|problem|2 根 => 灯管坏2根",
        ),
        ("二楼走廊积水", "二楼走廊|living_service|problem => 积水"),
        (
            "门卫 两名来访人员未登记",
            "门卫室|duty_general|2 名|problem => 两名来访人员未登记",
        ),
        (
            "七(3)班 迟到",
            "七(3)班!|duty_general|problem => 七(3)班，迟到",
        ),
        (
            "三1、三2 迟到",
            "三(1)班|三(2)班?|duty_general|problem => 迟到",
        ),
        ("不断改进课堂", "praise|teaching => 不断改进课堂"),
        (
            "11月19日 三1 迟到",
            "11月19日?|三(1)班|duty_general|problem => 迟到",
        ),
        (
            "11月19日 8:20 三1 迟到",
            "08:20|三(1)班|duty_general|problem => 迟到",
        ),
        (
            "三1 抽查20本，3本漏批",
            "三(1)班|20 本|3 本|unit_routine|problem => 抽查20本，3本漏批",
        ),
        ("一切正常", " => 一切正常"),
        (
            "三个班 周三2人请假",
            "2 人|discipline => 三个班，周三2人请假",
        ),
    ] {
        let got = told(&recognise(line, &d, now()));
        if got != expected {
            wrong.push(format!("{line}\n     read {got}\n  instead {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_school_that_begins_with_grade_seven_says_one_for_seven() {
    let d = school(7);
    for (line, expected) in [
        (
            "七2 王小明 迟到 3人 早自习",
            "七(2)班|王小明 七(2)班|problem|3 人|discipline => 迟到3人，早自习",
        ),
        (
            "初一2 王小明 迟到",
            "七(2)班|王小明 七(2)班|duty_general|problem => 迟到",
        ),
        ("初一（2）班 迟到", "七(2)班|duty_general|problem => 迟到"),
        ("一2 迟到", "七(2)班?|duty_general|problem => 迟到"),
        ("702班 迟到", "七(2)班|duty_general|problem => 迟到"),
        ("7年级2班 迟到", "七(2)班|duty_general|problem => 迟到"),
    ] {
        assert_eq!(told(&recognise(line, &d, now())), expected, "{line}");
    }
}

#[test]
fn the_fields_follow_the_sure_readings() {
    let d = school(1);
    let r = recognise("8:20 一2 王小明 迟到3人 校门口", &d, now());
    let text = r.text(Category::KeyWork, now());
    assert_eq!(text.class_group_id, Some(id(12)));
    assert_eq!(d.unit(text.unit_id.unwrap()).unwrap().name, "一年级组");
    assert_eq!(
        text.people,
        [PersonRef {
            kind: PersonKind::Student,
            id: Some(id(1)),
            name: "王小明".into()
        }]
    );
    assert_eq!(
        text.measure,
        Some(Measure {
            milli: 3000,
            unit: "人".into()
        })
    );
    assert_eq!(
        (text.nature, text.place.as_str()),
        (Nature::Problem, "校门口")
    );
    assert_eq!(calendar::clock_time(text.observed_at), "08:20");
    assert!(text.check(now()).is_ok());
    let r = recognise("11月19日 8:20 一2 王小明 迟到", &d, now());
    assert_eq!(
        r.observed_at,
        Some(now() - calendar::DAY_MS - (8 * 60 + 40) * 60_000)
    );
    // a pupil stands for the class
    let r = recognise("王小明 拾金不昧", &d, now());
    assert_eq!(r.class_group_id, Some(id(12)));
    // nothing said: the last category, no verdict, now
    let text = recognise("一2 视力表", &d, now()).text(Category::KeyWork, now());
    assert_eq!(
        (text.category, text.nature, text.observed_at),
        (Category::KeyWork, Nature::Note, now())
    );
}

#[test]
fn namesakes_come_with_their_classes_for_choosing() {
    let r = recognise("王若溪 拾金不昧", &school(1), now());
    let chip = r.chips.iter().find(|c| c.kind == ChipKind::Person).unwrap();
    assert!(chip.doubtful && chip.value.is_none() && r.people.is_empty());
    let labels: Vec<&str> = chip.candidates.iter().map(|c| c.label.as_str()).collect();
    assert_eq!(labels, ["王若溪 一(1)班", "王若溪 二(2)班"]);
}

#[test]
fn a_time_that_is_still_to_come_is_doubtful() {
    let r = recognise("18:20 一2 迟到", &school(1), now());
    assert!(
        r.chips
            .iter()
            .any(|c| c.kind == ChipKind::Time && c.doubtful)
    );
}

#[test]
fn ranges_count_characters_and_match_the_text() {
    let line = "一2 吴𬭚 8:20 迟到3人";
    let chars: Vec<char> = line.chars().collect();
    for c in recognise(line, &school(1), now()).chips {
        assert_eq!(chars[c.range.clone()].iter().collect::<String>(), c.text);
    }
}

#[test]
fn every_word_list_is_there() {
    for category in Category::ALL {
        assert!(
            WORDS
                .sections
                .contains_key(format!("category {}", category.code()).as_str()),
            "{category:?}"
        );
    }
    for section in [
        "nature problem",
        "nature praise",
        "neutral",
        "negator",
        "measure",
        "measure-han",
        "place",
        "place-suffix",
        "title",
        "surname",
    ] {
        assert!(WORDS.sections.contains_key(section), "{section}");
    }
    assert!(!WORDS.aliases.is_empty());
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(line in "\\PC{0,80}") {
        let d = school(1);
        let r = recognise(&line, &d, now());
        prop_assert!(r.matter.chars().count() <= MATTER_MAX);
    }
    #[test]
    fn no_mixture_of_known_pieces_makes_it_panic(parts in proptest::collection::vec(proptest::sample::select(vec![
        "三", "2", "班", "（", "）", "(", ")", "年级", "王", "王小明", "老师", "班主任", "8", ":", "20", "点", "半", "昨天", "下午", "食堂", "二楼", "走廊",
        "第", "人", "-", ".", "℃", "°C", "未", "无", "整齐", " ", "　", "、", "，", "𬭚", "e\u{301}", "\u{202e}", "初一", "十", "两", "一", "\n",
    ]), 0..24)) {
        let line = parts.concat();
        let d = school(1);
        let r = recognise(&line, &d, now());
        let chars: Vec<char> = line.chars().collect();
        for c in &r.chips {
            prop_assert_eq!(chars[c.range.clone()].iter().collect::<String>(), c.text.clone());
        }
        prop_assert_eq!(&r, &recognise(&line, &d, now()));
    }
}
