/* Posts the fields in this page's fragment to the shop, as the gateway's own page does: a real cross-site POST. */
"use strict";
(() => {
  const form = document.getElementById("back");
  const fields = new URLSearchParams(location.hash.slice(1));
  const target = new URL(fields.get("callback_url"));
  if (target.protocol !== "http:" && target.protocol !== "https:") return;
  fields.delete("callback_url");
  form.action = target.href;
  for (const [name, value] of fields) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  form.submit();
})();
