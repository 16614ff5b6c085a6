import { noteFault } from "./violations";
import { createApp } from "vue";
import "element-plus/theme-chalk/base.css";
import "./shared/css/tokens.css";
import "./shared/css/app.css";
import App from "./App.vue";
import { asApiError } from "./backend";
import { applyAppearance } from "./shared/appearance";
import { showTrouble } from "./shared/notice";
import { openAccess } from "./features/access/session";
import { router } from "./router";

const app = createApp(App);
app.config.errorHandler = (fault, _instance, where) => {
  noteFault(where, fault);
  showTrouble(asApiError(fault));
};
router.onError((fault) => {
  noteFault("router", fault);
  showTrouble(asApiError(fault));
});
await applyAppearance();
await openAccess();
app.use(router).mount("#app");
