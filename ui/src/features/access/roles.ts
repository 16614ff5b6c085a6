import type { Role } from "../../backend/generated/Role";

/** Every role, in the order of the permission matrix. */
export const roles: Role[] = ["duty_officer", "office", "principal", "deputy_principal", "unit_head", "grade_head", "homeroom_teacher", "administrator"];
