//! The register as a file.
use super::InspectionsListRequest;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far putting right has come, as a list asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FollowupFilter {
    /// 待整改
    Open,
    /// 已回复
    Replied,
    /// 已销号
    Closed,
    /// Not closed though its day is over.
    Overdue,
}
/// A column of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegisterColumn {
    /// 日期
    Day,
    /// 时间
    Time,
    /// 单位
    Whom,
    /// 人员
    People,
    /// 地点
    Place,
    /// 类别
    Category,
    /// 性质
    Nature,
    /// 事项
    Matter,
    /// 具体情况
    Detail,
    /// 数量
    Measure,
    /// 整改要求
    Requirement,
    /// 责任人
    Responsible,
    /// 整改期限
    Due,
    /// 整改状态
    Followup,
    /// 记录人
    Inspector,
    /// 督查人
    Supervisors,
    /// 通报
    Stated,
    /// 更正
    Corrections,
    /// 照片
    Photos,
}
/// What the file shall be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// A workbook.
    Xlsx,
    /// Comma-separated text.
    Csv,
}
/// Takes what is seen out of the office.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionsExportRequest {
    /// Which findings; where to continue and how many do not count.
    pub filter: InspectionsListRequest,
    /// Which columns, in their order.
    pub columns: Vec<RegisterColumn>,
    /// What the file shall be.
    pub format: ExportFormat,
}
/// Where the file lies.
#[derive(Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct InspectionsExportResponse {
    /// Its name.
    pub file: String,
    /// Its folder.
    pub folder: String,
    /// How many findings.
    pub rows: i64,
}
