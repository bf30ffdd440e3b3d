import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
configure({ asyncUtilTimeout: 4000 }); // a busy machine loads the part of a view late
vi.setConfig({ testTimeout: 20_000 });
window.scrollTo = () => undefined;
afterEach(() => {
    cleanup();
    localStorage.clear();
    sessionStorage.clear();
});
