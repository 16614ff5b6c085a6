use super::*;
use crate::org::{ClassGroup, Staff, Student};
use proptest::prelude::*;

const CLASS: Uuid = Uuid::from_u128(1);
const SMALL: Uuid = Uuid::from_u128(2);

fn directory(pupils: &[&str], staff: &[&str], places: &[&str]) -> Directory {
    let class = |id, name: &str, number| ClassGroup {
        id,
        name: name.into(),
        grade: 3,
        number,
        homeroom_teacher: None,
    };
    let mut students: Vec<Student> = (0..12)
        .map(|n| Student {
            id: Uuid::from_u128(900 + n),
            name: format!(
                "生{}",
                char::from_u32(0x3041 + u32::try_from(n).unwrap()).unwrap()
            ),
            class_group_id: CLASS,
        })
        .collect();
    students.extend(pupils.iter().enumerate().map(|(n, name)| Student {
        id: Uuid::from_u128(100 + n as u128),
        name: (*name).into(),
        class_group_id: if n == 0 { SMALL } else { CLASS },
    }));
    Directory::new(
        vec![],
        vec![class(CLASS, "三(2)班", 2), class(SMALL, "三(3)班", 3)],
        staff
            .iter()
            .enumerate()
            .map(|(n, name)| Staff {
                id: Uuid::from_u128(500 + n as u128),
                name: (*name).into(),
                post: "教师".into(),
                unit_id: None,
            })
            .collect(),
        students,
        places.iter().map(|p| (*p).to_owned()).collect(),
    )
}
fn finding(people: &[(PersonKind, &str)]) -> Finding {
    use crate::inspections::{Category, FindingText, Nature, PersonRef};
    Finding {
        id: Uuid::from_u128(7),
        text: FindingText {
            category: Category::DutyGeneral,
            nature: Nature::Praise,
            unit_id: None,
            class_group_id: None,
            place: String::new(),
            matter: "事".into(),
            detail: String::new(),
            people: people
                .iter()
                .map(|(kind, name)| PersonRef {
                    kind: *kind,
                    id: None,
                    name: (*name).into(),
                })
                .collect(),
            measure: None,
            rectification: None,
            observed_at: 0,
            photos: Vec::new(),
        },
        inspected_on: "2026-11-20".parse().unwrap(),
        entered_at: 0,
        entered_by: Uuid::nil(),
        inspector: String::new(),
        ver: 1,
        marks: crate::inspections::FindingMarks::default(),
    }
}
fn masked(pupils: &[&str], staff: &[&str], text: &str) -> Masked {
    let masker = Masker::new(&directory(pupils, staff, &["方圆楼"]), &[]);
    masker.mask(
        Audience::Board,
        MaskForm::Marks,
        &[],
        &[],
        ("blocks.b1.text", text),
    )
}
fn shown_as(pupils: &[&str], text: &str) -> String {
    masked(pupils, &[], text).text
}

#[test]
fn every_word_of_the_preset_is_there() {
    for key in [
        "mark",
        "pupil",
        "pupil-before-title",
        "titles",
        "surnames",
        "class-ends",
        "words",
        "roles",
        "few",
        "nicknames",
        "parents",
        "health",
        "family",
        "dormitories",
        "beds",
        "streets",
        "doors",
        "births",
        "date-marks",
        "single-surnames",
    ] {
        assert!(!preset(key).is_empty(), "{key}");
    }
    for a in Audience::ALL {
        assert!(!preset(&format!("mask-{}", a.code())).is_empty());
    }
    assert!(Audience::Board.masks_pupils() && Audience::Parents.masks_pupils());
    assert!(!Audience::Superior.masks_pupils());
    assert_eq!(Audience::usual("circular"), Audience::Board);
    assert_eq!(Audience::usual("a kind nobody knows"), Audience::Board);
}

#[test]
fn the_surname_stays_and_the_length_too() {
    for (name, text, want) in [
        ("王小明", "三（2）班王小明迟到。", "三（2）班王××迟到。"),
        ("李雷", "李雷拾金不昧", "李×拾金不昧"),
        ("欧阳娜娜", "表扬欧阳娜娜", "表扬欧阳××"),
        ("诸葛亮", "诸葛亮到校", "诸葛×到校"),
        ("欧阳", "三（2）班欧阳未到", "三（2）班欧×未到"),
        (
            "阿依古丽·买买提",
            "阿依古丽·买买提和同学",
            "阿×××·×××和同学",
        ),
        ("阿依古丽·买买提", "阿依古丽•买买提", "阿×××•×××"),
        ("阿依古丽·买买提", "阿依古丽领操", "阿×××领操"),
        ("周䶮", "六（1）班周䶮拾到校园卡", "六（1）班周×拾到校园卡"),
        ("沈㛃宁", "沈㛃宁", "沈××"),
        ("𬎆明", "𬎆明", "𬎆×"),
        ("王小明", "王 小 明、王　小明", "王 × ×、王　××"),
        ("王小明", "王\u{200b}小明", "王××"),
        ("Tom Li", "Tom Li和Tommy", "T×× ××和Tommy"),
        ("丁", "三（2）班丁同学、丁。园丁", "三（2）班×同学、×。园丁"),
    ] {
        assert_eq!(shown_as(&[name], text), want, "{name} in {text}");
    }
}

#[test]
fn the_longest_name_is_meant() {
    let m = masked(&["王若", "王若溪"], &[], "王若溪、王若");
    assert_eq!(m.text, "王××、王×");
    assert_eq!(m.masks[0].name, "王若溪");
    assert_eq!(m.masks[1].at, 4);
}

#[test]
fn staff_keep_their_names() {
    let m = masked(
        &["文秀", "王明"],
        &["李文秀", "王明远"],
        "李文秀、王明远检查，王明迟到",
    );
    assert_eq!(m.text, "李文秀、王明远检查，王×迟到");
    assert_eq!(m.masks.len(), 1);
}

#[test]
fn a_pupil_called_like_a_teacher_is_asked_about_and_masked_meanwhile() {
    let m = masked(&["秦朗"], &["秦朗"], "秦朗到场");
    assert_eq!(
        (m.text.as_str(), m.masks[0].doubt),
        ("秦×到场", Some(Doubt::StaffName))
    );
    assert!(m.masks[0].asks());
}

#[test]
fn the_findings_of_a_text_tell_who_is_meant() {
    let both = directory(&["秦朗"], &["秦朗"], &[]);
    let shown = |kinds: &[(PersonKind, &str)], cite: bool| {
        let f = finding(kinds);
        let masker = Masker::new(&both, std::slice::from_ref(&f));
        let cited = if cite { vec![f.id] } else { vec![] };
        let m = masker.mask(
            Audience::Board,
            MaskForm::Marks,
            &[],
            &cited,
            ("p", "秦朗到场"),
        );
        (m.text, m.masks.iter().any(Mask::asks))
    };
    let teacher = (PersonKind::Staff, "秦朗");
    let pupil = (PersonKind::Student, "秦朗");
    assert_eq!(shown(&[teacher], true), ("秦朗到场".into(), false));
    assert_eq!(shown(&[pupil], true), ("秦×到场".into(), false));
    assert_eq!(shown(&[teacher, pupil], true), ("秦×到场".into(), true));
    assert_eq!(
        shown(&[teacher], false),
        ("秦×到场".into(), true),
        "of another paragraph"
    );
}

#[test]
fn a_name_inside_a_word_is_asked_about() {
    let m = masked(
        &["高山", "李安", "方圆", "王小明"],
        &[],
        "演奏《高山流水》，李安全部完成，方圆楼。",
    );
    let asked: Vec<(&str, &str)> = m
        .masks
        .iter()
        .filter(|x| x.asks())
        .map(|x| (x.name.as_str(), x.word.as_str()))
        .collect();
    assert_eq!(
        asked,
        [("高山", "高山流水"), ("李安", "安全"), ("方圆", "方圆楼")]
    );
    // behind a class and before a title a person is meant
    assert!(
        !masked(&["高山"], &[], "三（2）班高山流水线参观")
            .masks
            .is_empty()
    );
    assert_eq!(
        masked(&["文明"], &[], "三（2）班文明、文明同学")
            .masks
            .iter()
            .filter(|x| x.asks())
            .count(),
        0
    );
    assert!(masked(&["文明"], &[], "争创文明班级").masks[0].asks());
}

#[test]
fn a_decision_holds_for_its_word_only() {
    let masker = Masker::new(&directory(&["高山"], &[], &[]), &[]);
    let not = MaskDecision {
        name: "高山".into(),
        word: "高山流水".into(),
        choice: MaskChoice::NotPupil,
        reason: String::new(),
    };
    let text = "三（2）班高山演奏《高山流水》";
    let m = masker.mask(Audience::Board, MaskForm::Marks, &[not], &[], ("p", text));
    assert_eq!(m.text, "三（2）班高×演奏《高山流水》");
    assert!(m.masks.iter().all(|x| !x.asks()));
}

#[test]
fn a_name_is_kept_only_with_a_reason() {
    let masker = Masker::new(&directory(&["王小明"], &[], &[]), &[]);
    let mut keep = MaskDecision {
        name: "王小明".into(),
        word: String::new(),
        choice: MaskChoice::Keep,
        reason: " ".into(),
    };
    let one = |d: &MaskDecision| {
        masker
            .mask(
                Audience::Board,
                MaskForm::Marks,
                std::slice::from_ref(d),
                &[],
                ("p", "表扬王小明"),
            )
            .masks
            .remove(0)
    };
    assert!(one(&keep).lacks_reason());
    keep.reason = "市级表彰，家长已书面同意。".into();
    let kept = one(&keep);
    assert!(!kept.lacks_reason() && kept.to == "王小明");
}

#[test]
fn some_pupil_says_nothing_of_the_name() {
    let masker = Masker::new(&directory(&["王小明", "李雷"], &[], &[]), &[]);
    let m = masker.mask(
        Audience::Board,
        MaskForm::SomePupil,
        &[],
        &[],
        ("p", "三（2）班王小明、李雷同学迟到"),
    );
    assert_eq!(m.text, "三（2）班某生、某同学迟到");
}

#[test]
fn an_audience_that_may_read_names_reads_them() {
    let masker = Masker::new(&directory(&["王小明"], &[], &[]), &[]);
    let m = masker.mask(
        Audience::Superior,
        MaskForm::Marks,
        &[],
        &[],
        ("p", "王小明"),
    );
    assert!(m.text == "王小明" && m.masks.is_empty());
}

#[test]
fn a_pupil_of_a_finding_who_left_the_register_is_masked_too() {
    let masker = Masker::new(
        &directory(&[], &[], &[]),
        &[finding(&[(PersonKind::Student, "吴𬭚")])],
    );
    let m = masker.mask(
        Audience::Board,
        MaskForm::Marks,
        &[],
        &[],
        ("p", "吴𬭚追逐"),
    );
    assert_eq!(m.text, "吴×追逐");
}

#[test]
fn a_teacher_name_does_not_swallow_a_pupil_name() {
    let m = masked(&["明小亮"], &["王明"], "王明小亮");
    assert_eq!(m.text, "王明××");
    assert_eq!(m.masks[0].doubt, Some(Doubt::WithinWord));
}

#[test]
fn what_still_tells_who_it_is() {
    for (text, kind, words) in [
        ("三（2）班班长王小明", ClueKind::Role, "班长"),
        ("三（3）班王小明迟到", ClueKind::SmallClass, "三（3）班"),
        ("王小明迟到，小明已道歉", ClueKind::GivenName, "小明"),
        ("王小明（外号“小胖”）", ClueKind::Nickname, "小胖"),
        ("联系电话138 0013 8000", ClueKind::Phone, "13800138000"),
        (
            "身份证34010420150302123X",
            ClueKind::IdentityNumber,
            "34010420150302123X",
        ),
        ("家住人民路12号", ClueKind::Address, "家住人民路12号"),
        ("2015年3月2日出生", ClueKind::BirthDate, "2015年3月2日"),
        ("302寝室4号床", ClueKind::Bed, "302寝室4号床"),
        ("父亲赵建国到校", ClueKind::ParentName, "父亲赵建国"),
        ("王小明哮喘发作", ClueKind::Health, "哮喘"),
        ("王小明是单亲", ClueKind::Family, "单亲"),
    ] {
        let clues = masked(&["王小明"], &[], text).clues;
        assert!(
            clues.iter().any(|c| c.kind == kind && c.text == words),
            "{text}: {clues:?}"
        );
    }
    for quiet in [
        "三（2）班卫生好，地面整洁。",
        "11月20日登记18条。",
        "开展家长会，方便群众。",
    ] {
        assert_eq!(masked(&["王小明"], &[], quiet).clues, [], "{quiet}");
    }
}

/// The names a text still holds by itself.
fn names_in(masker: &Masker, text: &str) -> Vec<String> {
    let m = masker.mask(Audience::Board, MaskForm::Marks, &[], &[], ("p", text));
    m.masks.into_iter().map(|m| m.name).collect()
}
const SURNAMES: [&str; 8] = ["王", "李", "欧阳", "周", "诸葛", "吴", "阿里木", "单"];
const GIVEN: [&str; 10] = ["梓", "轩", "涵", "䶮", "㛃", "𬎆", "皓", "琪", "睿", "婷"];

fn names() -> impl Strategy<Value = Vec<String>> {
    let given = prop::collection::vec(0..GIVEN.len(), 1..3);
    let name = (0..SURNAMES.len(), given).prop_map(|(s, g)| {
        let dot = if s == 6 { "·" } else { "" };
        format!(
            "{}{dot}{}",
            SURNAMES[s],
            g.into_iter().map(|i| GIVEN[i]).collect::<String>()
        )
    });
    prop::collection::vec(name, 1..8)
}
/// Pieces of text: names by number, and other words.
fn pieces() -> impl Strategy<Value = Vec<Result<usize, &'static str>>> {
    let other = prop::sample::select(vec![
        "三（2）班",
        "迟到",
        "，",
        "、",
        "和",
        "。",
        " ",
        "在走廊",
        "×",
        "共3人",
        "某生",
        "\n",
        "同学",
    ]);
    prop::collection::vec(
        prop_oneof![(0_usize..8).prop_map(Ok), other.prop_map(Err)],
        0..30,
    )
}
fn written(names: &[String], pieces: &[Result<usize, &'static str>]) -> String {
    pieces
        .iter()
        .map(|p| match p {
            Ok(n) => names[n % names.len()].as_str(),
            Err(s) => s,
        })
        .collect()
}

proptest! {
    #[test]
    fn no_name_of_the_register_survives(names in names(), pieces in pieces(), form in 0_usize..2) {
        let text = written(&names, &pieces);
        let refs: Vec<&str> = names.iter().map(String::as_str).collect();
        let masker = Masker::new(&directory(&refs, &[], &[]), &[]);
        let m = masker.mask(Audience::Board, MaskForm::ALL[form], &[], &[], ("p", &text));
        for n in &names {
            prop_assert!(!m.text.contains(n.as_str()), "{n} in {}", m.text);
        }
        prop_assert!(names_in(&masker, &m.text).is_empty(), "{}", m.text);
        let again = masker.mask(Audience::Board, MaskForm::ALL[form], &[], &[], ("p", &m.text));
        prop_assert_eq!(&again.text, &m.text, "masking twice is masking once");
    }
    #[test]
    fn nothing_but_names_changes(names in names(), pieces in pieces()) {
        let text = written(&names, &pieces);
        let refs: Vec<&str> = names.iter().map(String::as_str).collect();
        let masker = Masker::new(&directory(&refs, &[], &[]), &[]);
        let m = masker.mask(Audience::Board, MaskForm::Marks, &[], &[], ("p", &text));
        let before: Vec<char> = text.chars().collect();
        let after: Vec<char> = m.text.chars().collect();
        prop_assert_eq!(before.len(), after.len(), "the length is kept");
        let mut inside = vec![false; before.len()];
        for x in &m.masks {
            inside[x.at..x.at + x.from.chars().count()].fill(true);
        }
        for i in 0..before.len() {
            prop_assert!(inside[i] || before[i] == after[i]);
            prop_assert!(before[i] == after[i] || after[i] == '×');
        }
    }
    #[test]
    fn any_text_can_be_masked(text in any::<String>()) {
        let masker = Masker::new(&directory(&["王小明", "欧阳娜", "丁"], &["王明"], &["楼"]), &[]);
        let m = masker.mask(Audience::Board, MaskForm::Marks, &[], &[], ("p", &text));
        prop_assert!(m.masks.len() <= text.chars().count());
    }
}
