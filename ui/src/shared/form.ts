import { reactive } from "vue";
import { asApiError, type ApiError } from "../backend";

/** One form's state: whether it is on its way, what is wrong in which field, what is wrong altogether. */
export interface Form {
  busy: boolean;
  error: ApiError | undefined;
  fields: Record<string, { message_key: string; args: Record<string, string | number> }>;
  /** Sends, and sorts what comes back wrong to its fields. Returns nothing if it went wrong. */
  send: <T>(work: () => Promise<T>) => Promise<T | undefined>;
  clear: () => void;
}

/** `names` says which field of the form shows what the core calls otherwise. */
export function useForm(names: Record<string, string> = {}): Form {
  const form: Form = reactive({
    busy: false,
    error: undefined,
    fields: {},
    async send<T>(work: () => Promise<T>): Promise<T | undefined> {
      if (form.busy) return undefined;
      form.busy = true;
      form.clear();
      try {
        return await work();
      } catch (thrown) {
        const error = asApiError(thrown);
        form.error = error;
        for (const f of error.fields ?? []) form.fields[names[f.path] ?? f.path] ??= { message_key: f.message_key, args: f.args as Record<string, string | number> };
        return undefined;
      } finally {
        form.busy = false;
      }
    },
    clear() {
      form.error = undefined;
      form.fields = {};
    },
  });
  return form;
}
