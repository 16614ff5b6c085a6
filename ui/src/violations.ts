/** Counts what the content security policy refused and what broke unseen; browser and window tests read it. */
const violations: string[] = [];
const errors: string[] = [];
document.addEventListener("securitypolicyviolation", (e) => violations.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber} ${e.sample}`));
window.addEventListener("error", (e) => errors.push(String(e.message)));
window.addEventListener("unhandledrejection", (e) => errors.push(String(e.reason?.stack ?? e.reason)));
Object.defineProperty(window, "__violations", { value: violations });
Object.defineProperty(window, "__errors", { value: errors });

export function noteFault(where: string, fault: unknown): void {
  errors.push(`${where} ${String((fault as Error)?.stack ?? fault)}`);
}
