import type { DocumentKind } from "../../backend/generated/DocumentKind";
import type { DocumentRow } from "../../backend/generated/DocumentRow";
import type { StateKind } from "../../backend/generated/StateKind";
import type { IconName } from "../../shared/icons/icons";
import { may } from "../access/session";

export const kinds: DocumentKind[] = ["circular", "notice", "commendation", "inspection_result"];
/** Kinds that report the findings of a day. */
export const reportsADay = (kind: DocumentKind) => kind === "circular" || kind === "inspection_result";
export const states: StateKind[] = ["draft", "submitted", "approved", "issued", "rejected"];

/** A state's picture and tone; the word always stands beside it. */
export function stateLook(row: Pick<DocumentRow, "state" | "returned">): { icon: IconName; tone: "plain" | "blue" | "wait" | "done"; label: string } {
  switch (row.state) {
    case "draft":
      return row.returned ? { icon: "undo", tone: "wait", label: "documents-returned" } : { icon: "pen", tone: "plain", label: "documents-state-draft" };
    case "submitted":
      return { icon: "dot", tone: "blue", label: "documents-state-submitted" };
    case "approved":
      return { icon: "okc", tone: "done", label: "documents-state-approved" };
    case "issued":
      return { icon: "stamp", tone: "plain", label: "documents-state-issued" };
    case "rejected":
      return { icon: "ban", tone: "wait", label: "documents-state-rejected" };
  }
}

/** Where a document is worked on next, by its state and by what I may do. */
export function documentPath(row: Pick<DocumentRow, "id" | "state">): string {
  if (row.state === "draft") return `/documents/${row.id}/draft`;
  if (row.state === "issued" || (row.state === "approved" && may("documents.issue"))) return `/documents/${row.id}/issue`;
  return `/documents/${row.id}/review`;
}
