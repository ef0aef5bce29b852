import { describe, expect, it } from "vitest";

import { barsOf, hoursOf, lengthOf, lengthText } from "./hours";

describe("hoursOf", () => {
  it("reads what people type", () => {
    const office = [
      [480, 720],
      [780, 1020],
    ];
    for (const text of ["8-12, 13-17", "08:00–12:00 13:00–17:00", "13 - 17; 8 - 12", "8.00-12.00,13h00-17h00", "8 to 12, 13 to 17"]) {
      expect(hoursOf(text)).toEqual(office);
    }
  });

  it("lets a night end on the next day", () => {
    expect(hoursOf("22-6")).toEqual([[1320, 1800]]);
    expect(hoursOf("0-24")).toEqual([[0, 1440]]);
    expect(hoursOf("22-0")).toEqual([[1320, 1440]]);
  });

  it("knows that nothing is no hours", () => {
    expect(hoursOf("")).toEqual([]);
    expect(hoursOf(" , ")).toEqual([]);
  });

  it("refuses what names no hours, and hours on each other", () => {
    for (const text of ["all day", "8", "8-12 and more", "25-26", "8:70-9", "8-12, 11-14", "24-25"]) {
      expect(hoursOf(text)).toBeNull();
    }
  });
});

describe("what is shown", () => {
  it("counts nights in full and draws them until midnight", () => {
    expect(lengthOf([[1320, 1800]])).toBe(480);
    expect(barsOf([[1320, 1800]])).toEqual([{ x: 1320, width: 120 }]);
  });

  it("says lengths in words", () => {
    expect(lengthText(0)).toBe("–");
    expect(lengthText(45)).toBe("45 min");
    expect(lengthText(450)).toBe("7 h 30 min");
    expect(lengthText(480)).toBe("8 h");
  });
});
