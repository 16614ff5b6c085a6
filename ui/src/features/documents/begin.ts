import { asApiError, call } from "../../backend";
import type { DocumentKind } from "../../backend/generated/DocumentKind";
import { showTrouble } from "../../shared/notice";
import { router } from "../../router";

/** Begins a draft, empty or from findings, and opens it. */
export async function beginDraft(kind: DocumentKind, findingIds: string[]): Promise<void> {
  try {
    const made = await call("documents_draft", { kind, finding_ids: findingIds });
    await router.push(`/documents/${made.row.id}/draft`);
  } catch (error) {
    showTrouble(asApiError(error));
  }
}
