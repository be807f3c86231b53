/* Plain old JavaScript, so that even the oldest browser reads it: says that this browser cannot seal a vote, or that
   the page did not arrive whole. Everything else is in the modules. */
(function () {
  "use strict";
  function show(id) {
    var screens = document.querySelectorAll(".screen");
    for (var i = 0; i < screens.length; i++) screens[i].hidden = screens[i].id !== id;
  }
  var modern =
    "noModule" in document.createElement("script") && typeof BigInt === "function" && typeof Object.hasOwn === "function";
  if (!modern) show("screen-old-browser");
  else if (!window.isSecureContext || !window.crypto || !window.crypto.subtle) show("screen-insecure");
  else {
    var main = document.getElementById("booth-script");
    if (main) main.addEventListener("error", function () { show("screen-incomplete"); });
  }
})();
