import { createRouter, createWebHashHistory, type RouteRecordRaw } from "vue-router";
import { access, home, may } from "./features/access/session";

declare module "vue-router" {
  interface RouteMeta {
    /** Shown without the shell, before anybody is signed in. */
    open?: boolean;
    /** The room it belongs to in the navigation. */
    room?: string;
    /** Whoever lacks this permission is led home. */
    permission?: string;
  }
}

const routes: RouteRecordRaw[] = [
  { path: "/", redirect: "/today" },
  { path: "/first-run", component: () => import("./pages/FirstRun.vue"), meta: { open: true } },
  { path: "/sign-in", component: () => import("./pages/SignIn.vue"), meta: { open: true } },
  { path: "/today", component: () => import("./pages/Today.vue"), meta: { room: "today", permission: "inspections.read" } },
  { path: "/findings", component: () => import("./pages/Findings.vue"), meta: { room: "findings", permission: "inspections.read" } },
  { path: "/findings/new", component: () => import("./pages/FindingEntry.vue"), meta: { room: "findings", permission: "inspections.log" } },
  { path: "/findings/supervise", component: () => import("./pages/FindingEntry.vue"), props: { supervise: true }, meta: { room: "findings", permission: "inspections.supervise" } },
  { path: "/findings/:id", component: () => import("./pages/FindingEntry.vue"), props: true, meta: { room: "findings", permission: "inspections.read" } },
  { path: "/documents", component: () => import("./pages/Documents.vue"), meta: { room: "documents", permission: "documents.read" } },
  { path: "/documents/prints", component: () => import("./pages/Prints.vue"), meta: { room: "documents", permission: "printing.read" } },
  { path: "/documents/:id/draft", component: () => import("./pages/DocumentDraft.vue"), props: true, meta: { room: "documents", permission: "documents.read" } },
  { path: "/documents/:id/review", component: () => import("./pages/DocumentReview.vue"), props: true, meta: { room: "documents", permission: "documents.read" } },
  { path: "/documents/:id/issue", component: () => import("./pages/DocumentIssue.vue"), props: true, meta: { room: "documents", permission: "documents.read" } },
  { path: "/postings", component: () => import("./pages/Postings.vue"), meta: { room: "postings", permission: "postings.read" } },
  { path: "/postings/verify", component: () => import("./pages/PostingVerify.vue"), meta: { room: "postings", permission: "postings.read" } },
  { path: "/audit", component: () => import("./pages/Audit.vue"), meta: { room: "audit", permission: "audit.read" } },
  { path: "/settings", redirect: "/settings/appearance" },
  { path: "/settings/appearance", component: () => import("./pages/SettingsAppearance.vue"), meta: { room: "settings" } },
  { path: "/settings/printing", component: () => import("./pages/SettingsPrinting.vue"), meta: { room: "settings" } },
  { path: "/settings/people", component: () => import("./pages/SettingsPeople.vue"), meta: { room: "settings", permission: "access.manage_accounts" } },
  { path: "/settings/rules", component: () => import("./pages/SettingsRules.vue"), meta: { room: "settings", permission: "today.set_rule" } },
  { path: "/settings/permissions", component: () => import("./pages/SettingsPermissions.vue"), meta: { room: "settings" } },
  { path: "/settings/inspections", component: () => import("./pages/SettingsInspections.vue"), meta: { room: "settings", permission: "inspections.manage" } },
  { path: "/settings/backup", component: () => import("./pages/SettingsBackup.vue"), meta: { room: "settings", permission: "backup.manage" } },
  { path: "/settings/boards", component: () => import("./pages/SettingsBoards.vue"), meta: { room: "settings", permission: "postings.manage_boards" } },
  { path: "/:rest(.*)", redirect: "/today" },
];

export const router = createRouter({ history: createWebHashHistory(), routes });

router.beforeEach((to) => {
  if (access.stage === "no_office") return to.path === "/first-run" ? true : "/first-run";
  if (access.stage !== "signed_in") return to.path === "/sign-in" ? true : { path: "/sign-in", query: to.meta.open ? to.query : { then: to.fullPath } };
  if (to.meta.open) return home();
  if (to.meta.permission && !may(to.meta.permission)) return home();
  return true;
});
