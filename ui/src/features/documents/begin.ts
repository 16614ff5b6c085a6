import { asApiError, call } from "../../backend";
import type { DocumentKind } from "../../backend/generated/DocumentKind";
import { showTrouble } from "../../shared/notice";
import { router } from "../../router";

/** Begins a draft, empty or from findings, and opens it; says whether it did. */
export async function beginDraft(kind: DocumentKind, findingIds: string[], redHead = true): Promise<boolean> {
  try {
    const made = await call("documents_draft", { kind, finding_ids: findingIds, red_head: redHead });
    await router.push(`/documents/${made.row.id}/draft`);
    return true;
  } catch (error) {
    showTrouble(asApiError(error));
    return false;
  }
}
