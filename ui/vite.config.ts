import { defineConfig } from "vite";
import vue from "@vitejs/plugin-vue";
import ElementPlus from "unplugin-element-plus/vite";

// The page must run under `script-src 'self'; style-src 'self'`, so nothing may be inlined as a data: address.

export default defineConfig({
  plugins: [vue(), ElementPlus({ ignoreComponents: ["AutoResizer"] })],
  clearScreen: false,
  server: { port: 5173, strictPort: true, fs: { allow: [".."] }, proxy: { "/rpc": "http://127.0.0.1:7788" } },
  build: { target: ["safari16", "chrome111"], assetsInlineLimit: 0, modulePreload: { polyfill: false }, sourcemap: false, chunkSizeWarningLimit: 900 },
});
