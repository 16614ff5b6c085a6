//! The one declared list of commands: window, CLI, dev host, TypeScript and permission tests are made from it.
use crate::{
    access, attachments, audit, backup, documents, error::ApiError, inspections, org, postings,
    printing, today, wire,
};
use domain::access::Permission;
use schemars::JsonSchema;
use ts_rs::TS;

/// Whether a command reads, reads something sensitive (audited), or writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Changes nothing.
    Read,
    /// Changes nothing, but leaves an audit entry.
    SensitiveRead,
    /// Changes records.
    Write,
}
impl Kind {
    /// Returns its code on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Read => "read",
            Kind::SensitiveRead => "sensitive_read",
            Kind::Write => "write",
        }
    }
}

/// One command as declared.
pub struct Command {
    /// `feature_verb`.
    pub name: &'static str,
    /// The folder it belongs to.
    pub feature: &'static str,
    /// What it does to the records.
    pub kind: Kind,
    /// The permission it needs; `none` before signing in.
    pub permission: &'static str,
    /// JSON Schema of request and response.
    pub schemas: fn() -> (serde_json::Value, serde_json::Value),
    /// TypeScript names of request and response.
    pub ts: fn(&ts_rs::Config) -> (String, String),
    /// Writes the TypeScript files of both.
    pub export: fn(&ts_rs::Config) -> Result<(), ts_rs::ExportError>,
    /// Runs it.
    pub run: fn(&crate::Desk, serde_json::Value) -> Result<crate::Reply, ApiError>,
}

fn schema<T: JsonSchema>() -> serde_json::Value {
    schemars::schema_for!(T).to_value()
}

/// Nobody needs to be signed in.
struct Open;
impl Permission for Open {
    const NAME: &'static str = "none";
    fn allows(_: domain::access::Role, _: domain::access::Circumstance) -> bool {
        true
    }
}

macro_rules! commands {
    ($($feature:ident { $($name:ident: $kind:ident, $permission:path, $req:ty => $res:ty;)* })*) => {
        /// Every command there is.
        pub const COMMANDS: &[Command] = &[$($(Command {
            name: stringify!($name),
            feature: stringify!($feature),
            kind: Kind::$kind,
            permission: <$permission as Permission>::NAME,
            schemas: || (schema::<$req>(), schema::<$res>()),
            ts: |cfg| (<$req as TS>::name(cfg), <$res as TS>::name(cfg)),
            export: |cfg| { <$req as TS>::export_all(cfg)?; <$res as TS>::export_all(cfg) },
            run: |desk, body| crate::router::answer::<$req, $res>(desk, stringify!($name), body, crate::handlers::$feature::$name),
        }),*),*];
    };
}

use domain::access as may;
use wire::{Done, Nothing};

commands! {
    access {
        access_status: Read, Open, Nothing => access::AccessStatusResponse;
        access_sign_in: Write, Open, access::AccessSignInRequest => access::SessionView;
        access_choose_password: Write, may::UseDesk, access::AccessChoosePasswordRequest => access::SessionView;
        access_lock: Write, Open, Nothing => Done;
        access_sign_out: Write, Open, Nothing => Done;
        access_prefer: Write, may::UseDesk, access::Preferences => access::Preferences;
        access_permissions: Read, may::UseDesk, Nothing => access::AccessPermissionsResponse;
        access_accounts: Read, may::ManageAccounts, Nothing => access::AccessAccountsResponse;
        access_open_account: Write, may::ManageAccounts, access::AccessOpenAccountRequest => access::AccountRow;
        access_reset_password: Write, may::ManageAccounts, access::AccessResetPasswordRequest => access::AccountRow;
        access_close_account: Write, may::ManageAccounts, access::AccessCloseAccountRequest => access::AccountRow;
        access_recover: Write, Open, access::AccessRecoverRequest => Done;
        access_replace_recovery_codes: Write, may::ManageAccounts, Nothing => org::OrgFoundResponse;
    }
    org {
        org_found: Write, Open, org::OrgFoundRequest => org::OrgFoundResponse;
        org_open_sample: Write, Open, Nothing => Done;
        org_overview: Read, may::ReadOrg, Nothing => org::OrgOverviewResponse;
        org_find_people: Read, may::ReadOrg, org::OrgFindPeopleRequest => org::OrgFindPeopleResponse;
        org_add_unit: Write, may::ManageOrg, org::OrgAddUnitRequest => org::UnitRow;
        org_add_class_group: Write, may::ManageOrg, org::OrgAddClassGroupRequest => org::ClassGroupRow;
        org_add_staff: Write, may::ManageOrg, org::OrgAddStaffRequest => org::StaffRow;
    }
    attachments {
        attachments_attach: Write, may::AttachImage, attachments::AttachmentsAttachRequest => attachments::AttachmentView;
        attachments_image: Read, may::ReadAttachment, attachments::AttachmentsImageRequest => attachments::AttachmentsImageResponse;
    }
    inspections {
        inspections_start: Read, may::LogFinding, Nothing => inspections::InspectionsStartResponse;
        inspections_recognise: Read, may::LogFinding, inspections::InspectionsRecogniseRequest => inspections::InspectionsRecogniseResponse;
        inspections_log: Write, may::LogFinding, inspections::InspectionsLogRequest => inspections::FindingRow;
        inspections_amend: Write, may::AmendFinding, inspections::InspectionsAmendRequest => inspections::FindingRow;
        inspections_list: Read, may::ReadFindings, inspections::InspectionsListRequest => inspections::InspectionsListResponse;
        inspections_finding: Read, may::ReadFindings, inspections::InspectionsFindingRequest => inspections::FindingRow;
        inspections_history: Read, may::ReadFindings, inspections::InspectionsFindingRequest => inspections::FindingHistory;
        inspections_correct: Write, may::CorrectFinding, inspections::InspectionsCorrectRequest => inspections::FindingRow;
        inspections_reply: Write, may::ReplyRectification, inspections::InspectionsStepRequest => inspections::FindingHistory;
        inspections_confirm: Write, may::ConfirmRectification, inspections::InspectionsStepRequest => inspections::FindingHistory;
        inspections_reopen: Write, may::ReopenRectification, inspections::InspectionsStepRequest => inspections::FindingHistory;
        inspections_supervise: Write, may::LogSupervision, inspections::InspectionsSuperviseRequest => inspections::FindingRow;
        inspections_announce: Write, may::LogSupervision, inspections::InspectionsAnnounceRequest => inspections::FindingRow;
        inspections_presets: Read, may::ReadOrg, Nothing => inspections::InspectionsPresetsResponse;
        inspections_arrange_categories: Write, may::ManageInspections, inspections::InspectionsArrangeCategoriesRequest => inspections::InspectionsPresetsResponse;
        inspections_set_closing: Write, may::ManageInspections, inspections::InspectionsSetClosingRequest => inspections::InspectionsPresetsResponse;
        inspections_filters: Read, may::ReadFindings, Nothing => inspections::InspectionsFiltersResponse;
        inspections_save_filter: Write, may::ReadFindings, inspections::InspectionsSaveFilterRequest => inspections::InspectionsFiltersResponse;
        inspections_discard_filter: Write, may::ReadFindings, inspections::InspectionsFindingRequest => inspections::InspectionsFiltersResponse;
        inspections_export: SensitiveRead, may::ExportFindings, inspections::InspectionsExportRequest => inspections::InspectionsExportResponse;
    }
    documents {
        documents_draft: Write, may::DraftDocument, documents::DocumentsDraftRequest => documents::DocumentView;
        documents_save: Write, may::WriteDocument, documents::DocumentsSaveRequest => documents::DocumentsSaveResponse;
        documents_settle_kept: Write, may::DraftDocument, documents::DocumentsSettleKeptRequest => Done;
        documents_preview: Read, may::DraftDocument, documents::DocumentsPreviewRequest => documents::DocumentsPreviewResponse;
        documents_list: Read, may::ReadDocument, documents::DocumentsListRequest => documents::DocumentsListResponse;
        documents_document: Read, may::ReadDocument, documents::DocumentsDocumentRequest => documents::DocumentView;
        documents_versions: Read, may::ReadDocument, documents::DocumentsDocumentRequest => documents::DocumentsVersionsResponse;
        documents_page: Read, may::ReadDocument, documents::DocumentsPageRequest => documents::DocumentsPageResponse;
        documents_submit: Write, may::SubmitDocument, documents::DocumentsMoveRequest => documents::DocumentView;
        documents_recall: Write, may::RecallDocument, documents::DocumentsMoveRequest => documents::DocumentView;
        documents_discard: Write, may::DiscardDocument, documents::DocumentsMoveRequest => Done;
        documents_approve: Write, may::ApproveDocument, documents::DocumentsApproveRequest => documents::DocumentView;
        documents_send_back: Write, may::ReturnDocument, documents::DocumentsReturnRequest => documents::DocumentView;
        documents_reject: Write, may::ReturnDocument, documents::DocumentsReturnRequest => documents::DocumentView;
        documents_next_number: Read, may::IssueDocument, documents::DocumentsDocumentRequest => documents::DocumentsNextNumberResponse;
        documents_issue: Write, may::IssueDocument, documents::DocumentsIssueRequest => documents::DocumentView;
        documents_masks: Read, may::ReadDocument, documents::DocumentsMasksRequest => documents::DocumentsMasksResponse;
        documents_posting: Read, may::ReadDocument, documents::DocumentsDocumentRequest => documents::DocumentsPostingResponse;
        documents_board_preview: Read, may::DraftDocument, documents::DocumentsBoardPreviewRequest => documents::DocumentsPageResponse;
        documents_board_page: Read, may::ReadDocument, documents::DocumentsPageRequest => documents::DocumentsPageResponse;
        documents_save_board_pdf: SensitiveRead, may::ExportDocument, documents::DocumentsDocumentRequest => documents::DocumentsSavePdfResponse;
        documents_save_pdf: SensitiveRead, may::ExportDocument, documents::DocumentsDocumentRequest => documents::DocumentsSavePdfResponse;
    }
    printing {
        printing_queues: Read, may::UseDesk, Nothing => printing::PrintingQueuesResponse;
        printing_fonts: Read, may::UseDesk, Nothing => printing::PrintingFontsResponse;
        printing_start: Read, may::PrintDocument, printing::PrintingStartRequest => printing::PrintingStartResponse;
        printing_print: Write, may::PrintDocument, printing::PrintingPrintRequest => printing::PrintingFollowResponse;
        printing_follow: Write, may::PrintDocument, printing::PrintingFollowRequest => printing::PrintingFollowResponse;
        printing_cancel: Write, may::PrintDocument, printing::PrintingFollowRequest => printing::PrintingFollowResponse;
        printing_list: Read, may::ReadPrints, printing::PrintingListRequest => printing::PrintingListResponse;
    }
    postings {
        postings_boards: Read, may::ReadPostings, Nothing => postings::PostingsBoardsResponse;
        postings_add_board: Write, may::ManageBoards, postings::PostingsAddBoardRequest => postings::PostingsBoardResponse;
        postings_amend_board: Write, may::ManageBoards, postings::PostingsAmendBoardRequest => postings::PostingsBoardResponse;
        postings_retire_board: Write, may::ManageBoards, postings::PostingsRetireBoardRequest => postings::PostingsBoardResponse;
        postings_sheets: Read, may::ReadPostings, postings::PostingsSheetsRequest => postings::PostingsSheetsResponse;
        postings_post: Write, may::PostSheet, postings::PostingsPostRequest => postings::PostingsPostResponse;
        postings_take_down: Write, may::TakeSheetDown, postings::PostingsTakeDownRequest => postings::PostingRow;
        postings_photograph: Write, may::PostSheet, postings::PostingsPhotographRequest => postings::PostingRow;
        postings_list: Read, may::ReadPostings, postings::PostingsListRequest => postings::PostingsListResponse;
        postings_slip: Read, may::TakeSheetDown, Nothing => postings::PostingsSlipResponse;
        postings_save_slip: SensitiveRead, may::TakeSheetDown, Nothing => postings::PostingsSaveSlipResponse;
        postings_lookup_code: Read, may::ReadPostings, postings::PostingsLookupCodeRequest => postings::PostingsLookupCodeResponse;
        postings_sheet_pages: Read, may::ReadPostings, postings::PostingsSheetPagesRequest => postings::PostingsSheetPagesResponse;
        postings_check_sheet: Write, may::CheckSheet, postings::PostingsCheckSheetRequest => postings::SheetCheckRow;
    }
    today {
        today_overview: Read, may::ReadFindings, Nothing => today::TodayOverviewResponse;
        today_rule: Read, may::UseDesk, Nothing => today::TodayRule;
        today_set_rule: Write, may::SetSameDayRule, today::TodayRule => today::TodayRule;
    }
    backup {
        backup_status: Read, may::SeeBackups, Nothing => backup::BackupStatusResponse;
        backup_overview: Read, may::ManageBackups, Nothing => backup::BackupOverviewResponse;
        backup_make: Write, may::MakeBackup, backup::BackupMakeRequest => backup::BackupMakeResponse;
        backup_plan: Write, may::ManageBackups, backup::BackupPlanView => backup::BackupOverviewResponse;
        backup_inspect: Read, may::ManageBackups, backup::BackupFileRequest => backup::BackupPreviewView;
        backup_restore: Write, may::ManageBackups, backup::BackupRestoreRequest => backup::BackupRestoreResponse;
        backup_found: Read, Open, backup::BackupFoundRequest => backup::BackupFoundResponse;
        backup_look: Read, Open, backup::BackupFileRequest => backup::BackupPreviewView;
        backup_restore_here: Write, Open, backup::BackupRestoreHereRequest => Done;
    }
    audit {
        audit_list: Read, may::ReadAudit, audit::AuditListRequest => audit::AuditListResponse;
        audit_verify: Read, may::ReadAudit, Nothing => audit::AuditVerifyResponse;
    }
}

/// Returns the list as the CLI prints it.
pub fn commands_json() -> serde_json::Value {
    COMMANDS
        .iter()
        .map(|c| {
            let (request, response) = (c.schemas)();
            serde_json::json!({"name": c.name, "feature": c.feature, "kind": c.kind.code(), "permission": c.permission, "request": request, "response": response})
        })
        .collect()
}

/// Writes one .ts file a type, and `commands.ts` with the map.
///
/// # Errors
/// When a file cannot be written.
pub fn export_typescript(dir: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    let cfg = ts_rs::Config::new()
        .with_large_int("number")
        .with_out_dir(dir);
    let mut names = std::collections::BTreeSet::new();
    let mut map = String::new();
    for c in COMMANDS {
        (c.export)(&cfg)?;
        let (request, response) = (c.ts)(&cfg);
        map += &format!(
            "  {}: {{ request: {request}; response: {response} }};\n",
            c.name
        );
        names.insert(request);
        names.insert(response);
    }
    ApiError::export_all(&cfg)?;
    let mut out = String::from("// generated: cargo xtask bindings\n");
    for n in &names {
        out += &format!("import type {{ {n} }} from \"./{n}\";\n");
    }
    out += "export type { ApiError } from \"./ApiError\";\n\nexport interface Commands {\n";
    out += &map;
    out += "}\n";
    std::fs::write(dir.join("commands.ts"), out)?;
    Ok(())
}
