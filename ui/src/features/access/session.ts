import { reactive, watch } from "vue";
import { asApiError, call, onDenied } from "../../backend";
import type { AccountCard } from "../../backend/generated/AccountCard";
import type { Message } from "../../backend/generated/Message";
import type { OfficeCard } from "../../backend/generated/OfficeCard";
import type { SessionView } from "../../backend/generated/SessionView";
import { appearance, nearestSize } from "../../shared/appearance";
import { showTrouble } from "../../shared/notice";
import { keepEverything } from "../../shared/session";

/** Where this window stands. `signed_in` only after a password of one's own. */
export type Stage = "no_office" | "signed_out" | "choose_password" | "signed_in";

export const access = reactive<{
  stage: Stage;
  locked: boolean;
  office: OfficeCard | undefined;
  accounts: AccountCard[];
  last: string | null;
  waitUntil: number;
  samplePassword: string | null;
  folder: string;
  problem: Message | null;
  me: SessionView | undefined;
  version: string;
}>({ stage: "no_office", locked: false, office: undefined, accounts: [], last: null, waitUntil: 0, samplePassword: null, folder: "", problem: null, me: undefined, version: "" });

/** Says whether some circumstance grants a permission: only to hide what would be refused anyway. */
export function may(permission: string): boolean {
  return access.me?.permissions.includes(permission) ?? false;
}

let turn = 0;

/** Where one's day begins: whoever sees no content, the administrator, begins at people and accounts. */
export function home(): string {
  if (may("inspections.read")) return "/today";
  return may("access.manage_accounts") ? "/settings/people" : "/settings/appearance";
}

/** Reads from the core where the desk stands. */
export async function refreshAccess(): Promise<void> {
  const asked = ++turn;
  const { desk, version } = await call("access_status", {});
  // somebody signed in or out while this was under way: what it saw is over
  if (asked !== turn) return;
  access.version = version;
  if (desk.state === "no_office") {
    access.me = undefined;
    access.folder = desk.folder;
    access.problem = desk.problem;
    access.stage = "no_office";
  } else if (desk.state === "locked") {
    access.office = desk.office;
    access.accounts = desk.accounts;
    access.last = desk.last;
    access.locked = !!desk.last;
    access.waitUntil = performance.now() + desk.wait_ms;
    access.samplePassword = desk.sample_password;
    access.me = undefined;
    access.stage = "signed_out";
  } else {
    access.office = desk.office;
    enter(desk.session);
  }
}

/** Takes a session as the core gave it. */
export function enter(session: SessionView): void {
  turn++;
  access.me = session;
  const liked = session.preferences;
  appearance.theme = liked.theme;
  appearance.text = nearestSize(liked.text_percent);
  appearance.language = liked.language;
  access.locked = false;
  access.stage = session.must_choose_password ? "choose_password" : "signed_in";
}

export async function openAccess(): Promise<void> {
  onDenied(() => {
    if (access.stage === "signed_in") void refreshAccess().catch(() => undefined);
  });
  try {
    await refreshAccess();
  } catch (error) {
    showTrouble(asApiError(error));
  }
  // what a person likes goes with the person, not with the computer
  watch(
    () => ({ theme: appearance.theme, text_percent: appearance.text, language: appearance.language }),
    async (now) => {
      const me = access.me;
      if (!me || access.stage !== "signed_in") return;
      const liked = me.preferences;
      if (liked.theme === now.theme && liked.text_percent === now.text_percent && liked.language === now.language) return;
      me.preferences = { ...liked, ...now };
      try {
        await call("access_prefer", me.preferences);
      } catch (error) {
        showTrouble(asApiError(error));
      }
    },
  );
}

async function leave(command: "access_lock" | "access_sign_out"): Promise<void> {
  await keepEverything();
  try {
    await call(command, {});
    await refreshAccess();
  } catch (error) {
    showTrouble(asApiError(error));
  }
}
/** Locks the desk: the same person comes back to the same page. */
export const lock = () => leave("access_lock");
export const signOut = () => leave("access_sign_out");
