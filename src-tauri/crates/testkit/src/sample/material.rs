//! What the sample school is made of: lists to draw from and texts of our own.
use domain::access::Role;
use domain::documents::BlockKind;
use domain::inspections::{Category, Nature};

pub(super) const GRADES: [&str; 7] = ["", "一", "二", "三", "四", "五", "六"];

pub(super) const UNITS: &[(&str, &str, Option<i64>)] = &[
    ("u-lead", "校长室", None),
    ("u-office", "办公室", None),
    ("u-teaching", "教导处", None),
    ("u-moral", "政教处", None),
    ("u-logistics", "总务处", None),
    ("u-health", "保健室", None),
    ("u-canteen", "食堂", None),
    ("u-gate", "门卫室", None),
    ("u-g1", "一年级组", Some(1)),
    ("u-g2", "二年级组", Some(2)),
    ("u-g3", "三年级组", Some(3)),
    ("u-g4", "四年级组", Some(4)),
    ("u-g5", "五年级组", Some(5)),
    ("u-g6", "六年级组", Some(6)),
];

type StaffRow = (&'static str, &'static str, &'static str, &'static str, Option<(&'static str, &'static [Role])>);

pub(super) const STAFF: &[StaffRow] = &[
    ("s01", "赵明远", "校长", "u-lead", Some(("principal", &[Role::Principal]))),
    ("s02", "孙惠兰", "党支部书记", "u-lead", None),
    ("s03", "钱卫东", "副校长", "u-lead", None),
    ("s04", "苏静怡", "副校长", "u-lead", Some(("vice", &[Role::Principal]))),
    ("s05", "李文秀", "办公室主任", "u-office", Some(("office", &[Role::Office]))),
    ("s06", "郭小满", "办公室干事", "u-office", Some(("clerk", &[Role::Office]))),
    ("s07", "范立群", "信息技术教师", "u-office", Some(("admin", &[Role::Administrator]))),
    ("s08", "崔国华", "教导处主任", "u-teaching", None),
    ("s09", "余晓岚", "教导处干事", "u-teaching", None),
    ("s10", "高建平", "政教处主任", "u-moral", Some(("duty", &[Role::DutyOfficer]))),
    ("s11", "温如玉", "大队辅导员", "u-moral", None),
    ("s12", "柯大勇", "总务处主任", "u-logistics", None),
    ("s13", "尹秋实", "总务处干事", "u-logistics", Some(("duty2", &[Role::DutyOfficer]))),
    ("s14", "单芳", "保健教师", "u-health", None),
    ("s15", "仇海波", "安全专干", "u-moral", Some(("duty3", &[Role::DutyOfficer]))),
    ("s16", "金淑英", "一（1）班班主任、一年级组长", "u-g1", None),
    ("s17", "夏雨荷", "一（2）班班主任", "u-g1", None),
    ("s18", "方志刚", "一（3）班班主任", "u-g1", None),
    ("s19", "姚春梅", "二（1）班班主任、二年级组长", "u-g2", None),
    ("s20", "邱岚", "二（2）班班主任", "u-g2", None),
    ("s21", "程海涛", "三（1）班班主任、三年级组长", "u-g3", None),
    ("s22", "吕佳宁", "三（2）班班主任", "u-g3", None),
    ("s23", "任秀芝", "三（3）班班主任", "u-g3", None),
    ("s24", "汤建军", "四（1）班班主任、四年级组长", "u-g4", None),
    ("s25", "白晓燕", "四（2）班班主任", "u-g4", None),
    ("s26", "康振华", "五（1）班班主任、五年级组长", "u-g5", None),
    ("s27", "毛丽君", "五（2）班班主任", "u-g5", None),
    ("s28", "史玉珍", "六（1）班班主任、六年级组长", "u-g6", None),
    ("s29", "顾长青", "六（2）班班主任", "u-g6", None),
    ("s30", "龙飞", "体育教师", "u-teaching", None),
    ("s31", "解红霞", "科学教师、实验室管理员", "u-teaching", None),
    ("s32", "查若水", "心理健康教师", "u-moral", None),
    ("s33", "秦朗", "音乐教师", "u-teaching", None),
    ("s34", "段桂香", "食堂管理员", "u-canteen", None),
    ("s35", "雷大山", "保安队长", "u-gate", None),
    ("s36", "牛向阳", "图书管理员", "u-teaching", None),
];

pub(super) const CLASSES: &[(usize, i64, &str)] = &[
    (1, 1, "s16"),
    (1, 2, "s17"),
    (1, 3, "s18"),
    (2, 1, "s19"),
    (2, 2, "s20"),
    (3, 1, "s21"),
    (3, 2, "s22"),
    (3, 3, "s23"),
    (4, 1, "s24"),
    (4, 2, "s25"),
    (5, 1, "s26"),
    (5, 2, "s27"),
    (6, 1, "s28"),
    (6, 2, "s29"),
];

pub(super) fn grade_lead(grade: i64) -> &'static str {
    match grade {
        1 => "s16",
        2 => "s19",
        3 => "s21",
        4 => "s24",
        5 => "s26",
        _ => "s28",
    }
}

pub(super) const PLACES: &[&str] = &[
    "校门口",
    "操场",
    "跑道东侧",
    "教学楼",
    "教学楼一楼大厅",
    "教学楼二楼东侧走廊",
    "教学楼三楼西侧走廊",
    "教学楼一楼男厕",
    "办公楼大厅",
    "食堂",
    "食堂一楼",
    "食堂二楼",
    "食堂留样间",
    "食堂后厨",
    "图书室",
    "科学实验室",
    "计算机教室",
    "音乐教室",
    "美术教室",
    "体育器材室",
    "多功能厅",
    "保健室",
    "门卫室",
    "教工车棚",
    "东侧包干区",
    "西侧包干区",
    "中心花坛",
];

/// Pupils who must be there: same names, rare characters, compound surnames, a namesake of a teacher.
pub(super) const FIXED_STUDENTS: &[(&str, &str)] = &[
    ("c31", "王若溪"),
    ("c33", "王若溪"),
    ("c21", "刘子墨"),
    ("c51", "刘子墨"),
    ("c12", "陈雨桐"),
    ("c32", "陈雨桐"),
    ("c61", "陈雨桐"),
    ("c52", "秦朗"),
    ("c61", "周䶮"),
    ("c52", "沈㛃宁"),
    ("c62", "吴𬭚"),
    ("c22", "黄玥"),
    ("c32", "林堃"),
    ("c42", "徐垚"),
    ("c13", "许喆"),
    ("c51", "于昇"),
    ("c22", "罗旻轩"),
    ("c11", "欧阳思齐"),
    ("c41", "上官云舒"),
    ("c62", "尉迟敬之"),
    ("c31", "司马昭文"),
    ("c21", "诸葛明轩"),
    ("c12", "阿依古丽·买买提"),
    ("c42", "单雨泽"),
    ("c11", "曾可心"),
    ("c33", "解子昂"),
    ("c22", "区乐怡"),
    ("c41", "万俟晨"),
];

pub(super) const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "罗", "高", "郑", "梁", "谢", "宋", "唐",
    "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田", "董", "袁", "潘", "蒋", "蔡", "余", "杜", "叶", "程", "魏", "苏", "吕", "丁", "任", "沈",
    "姚", "卢", "姜", "崔", "钟", "谭", "陆", "汪", "范", "石", "廖", "贾", "夏", "韦", "傅", "方", "邹", "熊", "孟", "秦", "邱", "江", "尹", "薛",
];

pub(super) const GIVEN: &[&str] = &[
    "梓萱", "一诺", "雨泽", "思远", "嘉禾", "语桐", "浩然", "子涵", "芷晴", "俊杰", "明轩", "欣妍", "书瑶", "景行", "佳琪", "博文", "清妍", "天佑",
    "诗涵", "宇航", "安然", "亦凡", "若彤", "承泽", "可馨", "泽宇", "知夏", "弘毅", "雅涵", "子轩", "怀瑾", "乐瑶", "星辰", "睿哲", "沐阳", "静姝",
    "云帆", "晓彤", "奕辰", "梦琪", "文博", "念慈", "逸飞", "雪莹", "立轩", "舒窈", "嘉树", "诗琪", "铭泽", "悦溪", "瑾瑜", "子睿", "凌风", "晨曦",
    "昊天", "心怡", "致远", "雨薇", "修远", "依依", "楷瑞", "婉清", "皓轩", "筱雅", "思齐", "若兰", "鹏程", "沁怡", "锦程", "小雨", "旭东", "岚",
    "琳", "磊", "倩", "翔", "颖", "凯", "菲", "宁",
];

/// Whom a template speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Class,
    Grade,
    Unit(&'static str, &'static str),
}

/// One thing that may be seen.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) minute: i64,
    pub(super) category: Category,
    pub(super) nature: Nature,
    pub(super) scope: Scope,
    pub(super) place: &'static str,
    pub(super) matter: &'static str,
    pub(super) detail: &'static str,
    pub(super) amount: Option<(i64, i64, &'static str)>,
    pub(super) rectification: Option<(&'static str, u32)>,
}

const fn praise(
    minute: i64,
    category: Category,
    scope: Scope,
    place: &'static str,
    matter: &'static str,
    detail: &'static str,
    amount: Option<(i64, i64, &'static str)>,
) -> Template {
    Template { minute, category, nature: Nature::Praise, scope, place, matter, detail, amount, rectification: None }
}
const fn note(
    minute: i64,
    category: Category,
    scope: Scope,
    place: &'static str,
    matter: &'static str,
    detail: &'static str,
    amount: Option<(i64, i64, &'static str)>,
) -> Template {
    Template { minute, category, nature: Nature::Note, scope, place, matter, detail, amount, rectification: None }
}
#[expect(clippy::too_many_arguments, reason = "a row of a table")]
const fn problem(
    minute: i64,
    category: Category,
    scope: Scope,
    place: &'static str,
    matter: &'static str,
    detail: &'static str,
    amount: Option<(i64, i64, &'static str)>,
    requirement: &'static str,
    due_in: u32,
) -> Template {
    Template { minute, category, nature: Nature::Problem, scope, place, matter, detail, amount, rectification: Some((requirement, due_in)) }
}

use Category::{Discipline, DutyGeneral, KeyWork, LivingService, Nutrition, StudentActivity, Teaching, UnitRoutine};
use Scope::{Class, Grade, Unit};

const CANTEEN: Scope = Unit("u-canteen", "s34");
const LOGISTICS: Scope = Unit("u-logistics", "s12");
const TEACHING: Scope = Unit("u-teaching", "s08");
const GATE: Scope = Unit("u-gate", "s35");
const MORAL: Scope = Unit("u-moral", "s10");
const HEALTH: Scope = Unit("u-health", "s14");

pub(super) const TEMPLATES: &[Template] = &[
    // 表扬
    praise(450, DutyGeneral, GATE, "校门口", "护学岗到岗", "{lead}等{n}名保安提前到岗，车辆即停即走，校门口未出现拥堵。", Some((2, 4, "人"))),
    praise(470, DutyGeneral, Class, "校门口", "按时到校", "{class}全体学生按时到校，进校排队有序，{lead}在校门口迎候。", None),
    praise(485, Discipline, Class, "{class}教室", "晨读", "{class}由{student}领读，全班书声整齐，{lead}提前到班。", None),
    praise(490, LivingService, Class, "东侧包干区", "包干区保洁", "{class}包干区打扫及时，{student}、{student2}主动把垃圾分类投放。", None),
    praise(555, DutyGeneral, Class, "教学楼三楼西侧走廊", "课间秩序", "{class}课间靠右行走，无追逐打闹，{student}等{n}名值日生佩戴袖标提醒同学。", Some((2, 3, "人"))),
    praise(585, Teaching, Class, "{class}教室", "课堂教学", "{lead}的语文课板书工整，{student}提问有深度，课堂气氛活跃。", None),
    praise(610, StudentActivity, Grade, "操场", "大课间", "{grade}跑操队列整齐，口号响亮，班主任全部到场。", None),
    praise(622, StudentActivity, Class, "操场", "眼保健操", "{class}全班做眼保健操动作规范，{student}领操认真。", None),
    praise(715, Nutrition, CANTEEN, "食堂留样间", "食品留样", "{n}种菜品全部留样，标签齐全，留样柜温度符合要求，{lead}现场登记。", Some((6, 9, "种"))),
    praise(725, Nutrition, Class, "食堂一楼", "文明就餐", "{class}取餐排队安静，光盘率高，{student}主动帮助同学收餐盘。", None),
    praise(735, Nutrition, CANTEEN, "食堂二楼", "陪餐", "当天陪餐人员按时到位，餐台保温正常，{lead}逐桌询问学生意见。", None),
    praise(790, LivingService, LOGISTICS, "教学楼", "报修处理", "{lead}组织当天完成报修{n}件，教室门锁和灯管全部修好。", Some((3, 8, "件"))),
    praise(835, Teaching, TEACHING, "多功能厅", "集体备课", "{lead}主持数学组集体备课，{n}名教师参加，备课记录完整。", Some((8, 14, "人"))),
    praise(860, Teaching, Class, "科学实验室", "实验操作", "{class}分组实验秩序好，{student}、{student2}记录认真，器材归还整齐。", None),
    praise(900, StudentActivity, Class, "音乐教室", "社团活动", "合唱社团排练认真，{class}{student}领唱，秩序良好。", None),
    praise(930, StudentActivity, Class, "操场", "体育社团", "{class}{student}在足球社团中主动整理器材，得到指导教师表扬。", None),
    praise(950, UnitRoutine, MORAL, "办公楼大厅", "放学护送", "{lead}组织路队护送，各班按顺序离校，路口有人值守。", None),
    praise(545, UnitRoutine, Grade, "{grade}办公室", "作业批改", "抽查{grade}语文作业{n}本，批改及时，评语具体，{lead}逐本签字。", Some((15, 30, "本"))),
    praise(800, LivingService, HEALTH, "保健室", "晨检登记", "{lead}晨检记录完整，对{n}名身体不适的学生逐一回访。", Some((1, 4, "人"))),
    praise(575, Discipline, Class, "{class}教室", "路队集合", "{class}去专用教室的路队整齐安静，{student}举牌带队。", None),
    // 问题
    problem(478, DutyGeneral, Class, "校门口", "迟到", "{class}{student}等{n}名学生上课铃响后到校，未带请假条。", Some((2, 5, "人")), "班主任当天联系家长，了解原因。", 0),
    problem(495, LivingService, Class, "西侧包干区", "包干区未清扫", "{class}包干区落叶约{n}平方米未清扫，值日生未到岗。", Some((4, 9, "平方米")), "大课间前清扫干净，班主任检查。", 0),
    problem(500, Discipline, Class, "{class}教室", "晨读纪律", "{class}晨读时{student}、{student2}离座说话，领读学生没有管理。", None, "班主任利用晨会进行纪律教育。", 1),
    problem(515, LivingService, Class, "教学楼二楼东侧走廊", "杂物堆放", "{class}门口走廊堆放纸箱{n}个，占用疏散通道。", Some((2, 6, "个")), "当天清走，走廊不得堆放物品。", 0),
    problem(560, DutyGeneral, Class, "教学楼三楼西侧走廊", "课间追逐", "{class}{student}、{student2}在走廊追逐，值日生没有制止。", None, "班主任进行安全教育，安排课间值守。", 1),
    problem(592, Teaching, Class, "{class}教室", "候课", "上课铃响后{class}未安静，{n}名学生未准备好课本。", Some((3, 8, "人")), "预备铃响时教师到班，训练候课口令。", 1),
    problem(614, StudentActivity, Class, "操场", "大课间纪律", "{class}{n}人未带跳绳，{student}在跑道边打闹。", Some((3, 9, "人")), "备足跳绳，班主任到场组织。", 1),
    problem(625, Discipline, Class, "{class}教室", "眼保健操", "{class}{student}等{n}人在做眼保健操时写作业。", Some((2, 6, "人")), "做操时间不写作业，任课教师到班。", 1),
    problem(705, Nutrition, CANTEEN, "食堂留样间", "留样柜温度", "留样柜显示温度{n}℃，超过规定的8℃，当天温度记录缺一次。", Some((9, 12, "℃")), "立即调整温度，补做记录，连续三天复查。", 0),
    problem(712, Nutrition, CANTEEN, "食堂后厨", "着装不规范", "后厨{n}名工作人员未戴口罩，刀具没有按颜色分类摆放。", Some((1, 3, "人")), "立即改正，管理员每餐前检查着装。", 0),
    problem(745, Nutrition, Class, "食堂一楼", "浪费", "{class}就餐区剩饭较多，{n}份餐盘剩余超过一半。", Some((4, 10, "份")), "开展光盘行动教育，值日生登记。", 2),
    problem(785, UnitRoutine, LOGISTICS, "教学楼一楼男厕", "水龙头滴漏", "{n}个水龙头滴漏，地面积水，没有防滑提示。", Some((1, 3, "个")), "完成维修，维修前摆放提示牌。", 1),
    problem(815, LivingService, LOGISTICS, "教工车棚", "电动车停放", "{n}辆电动车停在划线区外，占用消防通道。", Some((2, 5, "辆")), "当天移走车辆，补划停车线。", 1),
    problem(840, Teaching, Class, "计算机教室", "设备未关", "{class}下课后{n}台计算机未关机，凳子没有归位。", Some((2, 7, "台")), "任课教师下课前检查设备和桌凳。", 1),
    problem(855, UnitRoutine, Grade, "{grade}办公室", "作业漏批", "抽查{grade}数学作业，{n}本漏批，没有写批改日期。", Some((2, 5, "本")), "三天内补批，年级组长复查。", 3),
    problem(880, Teaching, TEACHING, "体育器材室", "器材登记", "体育器材借用登记缺{n}次，跳高垫没有归位。", Some((1, 3, "次")), "补齐登记，专人管理器材室。", 2),
    problem(925, StudentActivity, Class, "美术教室", "社团纪律", "{class}{student}未到社团点名，指导教师没有及时报告。", None, "社团点名缺席的立即联系班主任。", 1),
    problem(955, DutyGeneral, GATE, "校门口", "来访登记", "{n}名来访人员没有登记身份和事由就进入校园。", Some((1, 3, "人")), "严格执行来访登记，班前会重申要求。", 0),
    // 工作情况
    note(540, KeyWork, LOGISTICS, "总务处", "取暖设备检修", "全校{n}台空调检修完成，检修记录已归档。", Some((36, 48, "台"))),
    note(600, KeyWork, MORAL, "政教处", "安全演练准备", "疏散演练方案已发到各班，路线图张贴{n}处。", Some((14, 20, "处"))),
    note(780, UnitRoutine, TEACHING, "教导处", "推门听课", "本周已听课{n}节，反馈单由{lead}汇总。", Some((4, 9, "节"))),
    note(820, KeyWork, HEALTH, "保健室", "视力筛查", "视力筛查完成{n}个班，异常学生名单已交班主任。", Some((3, 8, "个班"))),
    note(870, StudentActivity, MORAL, "多功能厅", "读书节筹备", "读书节报名{n}个节目，{lead}已安排彩排时间。", Some((12, 20, "个"))),
];

pub(super) const NOTICE: &[(BlockKind, &str)] = &[
    (BlockKind::P, "为落实学校冬季安全工作要求，消除校园安全隐患，保障师生安全，现就做好冬季校园安全自查工作通知如下。"),
    (BlockKind::H1, "自查内容"),
    (BlockKind::H2, "用电和消防安全"),
    (BlockKind::P, "检查教室、办公室的插座和线路，不使用大功率取暖设备；检查灭火器压力和有效期，疏散通道保持畅通。"),
    (BlockKind::H2, "食品卫生安全"),
    (BlockKind::P, "检查食品留样、餐具消毒和人员健康证，食堂每天记录留样柜温度。"),
    (BlockKind::H2, "雨雪天气防滑"),
    (BlockKind::P, "校门口、楼梯口和厕所门前准备防滑垫，雨雪天气由值日人员提前铺设。"),
    (BlockKind::H1, "时间安排"),
    (BlockKind::P, "各处室、年级组于{+3}前完成自查，{+4}前将自查情况报办公室；学校于{+5}组织复查。"),
    (BlockKind::H1, "工作要求"),
    (BlockKind::P, "各处室、年级组要明确责任人，对查出的问题立行立改；一时不能解决的，写明措施和期限。"),
];
