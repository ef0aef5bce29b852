import { describe, expect, it } from "vitest";
import { filesize, together } from "./upload";

const file = (name: string, size = 3): File => new File(["x".repeat(size)], name, { lastModified: 1 });

describe("filesize", () => {
  it.each([
    [0, "0 bytes"],
    [999, "999 bytes"],
    [1000, "1 KB"],
    [1_840_000, "1.8 MB"],
    [212_400, "212 KB"],
    [999_999, "1 MB"],
    [12_345_678, "12 MB"],
    [3_000_000_000, "3 GB"],
  ])("writes %d as %s", (bytes, written) => {
    expect(filesize(bytes).replaceAll("\u00a0", " ")).toBe(written);
  });

  it("writes the number as the page's language does", () => {
    expect(filesize(1_840_000, "de")).toBe("1,8\u00a0MB");
  });
});

describe("together", () => {
  it("adds to what was chosen before", () => {
    expect(together([file("a.pdf")], [file("b.pdf")]).map(({ name }) => name)).toEqual(["a.pdf", "b.pdf"]);
  });

  it("does not take the same file twice", () => {
    expect(together([file("a.pdf")], [file("a.pdf"), file("a.pdf", 4)])).toHaveLength(2);
  });
});

describe("dh-upload", () => {
  it("shows the place to drop files once it runs, and hides the bare input", () => {
    const box = document.createElement("div");
    box.innerHTML = `<dh-upload><label class="dh-upload-drop" hidden></label><input type="file" multiple><ul class="dh-upload-list"></ul></dh-upload>`;
    document.body.append(box);

    expect(document.querySelector<HTMLElement>(".dh-upload-drop")?.hidden).toBe(false);
    expect(document.querySelector("input")?.className).toBe("visually-hidden");
  });
});
