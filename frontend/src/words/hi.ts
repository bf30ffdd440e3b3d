export const hi: Record<string, string> = {};
