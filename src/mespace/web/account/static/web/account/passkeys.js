// Passkeys: creates one, or signs with one, and sends the form. What to say stands in the form's data attributes.
const toBytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.codePointAt(0));
};
const toText = (buffer) => {
  const plain = String.fromCodePoint(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};
const withIds = (list) => (list ?? []).map((item) => ({ ...item, id: toBytes(item.id) }));

async function create(options, withoutPassword) {
  const publicKey = structuredClone(options.publicKey);
  publicKey.challenge = toBytes(publicKey.challenge);
  publicKey.user.id = toBytes(publicKey.user.id);
  publicKey.excludeCredentials = withIds(publicKey.excludeCredentials);
  const selection = (publicKey.authenticatorSelection ??= {});
  selection.residentKey = withoutPassword ? "required" : "discouraged";
  selection.requireResidentKey = withoutPassword;
  if (withoutPassword) selection.userVerification = "required";
  const made = await navigator.credentials.create({ publicKey });
  return {
    ...common(made),
    response: {
      clientDataJSON: toText(made.response.clientDataJSON),
      attestationObject: toText(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    },
  };
}

async function sign(options) {
  const publicKey = structuredClone(options.publicKey);
  publicKey.challenge = toBytes(publicKey.challenge);
  publicKey.allowCredentials = withIds(publicKey.allowCredentials);
  const given = await navigator.credentials.get({ publicKey });
  return {
    ...common(given),
    response: {
      clientDataJSON: toText(given.response.clientDataJSON),
      authenticatorData: toText(given.response.authenticatorData),
      signature: toText(given.response.signature),
      userHandle: given.response.userHandle ? toText(given.response.userHandle) : null,
    },
  };
}

const common = (credential) => ({
  id: credential.id,
  rawId: toText(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment ?? null,
  clientExtensionResults: credential.getClientExtensionResults(),
});

async function optionsOf(form) {
  if (form.dataset.options) {
    const data = JSON.parse(document.getElementById(form.dataset.options).textContent);
    return data.creation_options ?? data.request_options;
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()).request_options;
}

function words(form, error) {
  if (error.name === "NotAllowedError" || error.name === "AbortError") return form.dataset.cancelled;
  if (error.name === "InvalidStateError") return form.dataset.known;
  if (error.name === "SecurityError" || error.name === "NotSupportedError") return form.dataset.unsupported;
  return form.dataset.failed;
}

async function run(form) {
  const place = form.querySelector(".error[role=alert]");
  place.hidden = true;
  form.setAttribute("aria-busy", "true");
  try {
    const options = await optionsOf(form);
    const credential = form.dataset.passkey === "add"
      ? await create(options, form.elements.passwordless?.checked ?? false)
      : await sign(options);
    form.elements.credential.value = JSON.stringify(credential);
    HTMLFormElement.prototype.submit.call(form);
  } catch (error) {
    place.textContent = words(form, error);
    place.hidden = false;
    form.removeAttribute("aria-busy");
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) {
    if (form.dataset.passkey === "sign-in") form.hidden = true;
    continue;
  }
  // The page's own guard against double sending must not see this: the form goes out when the key has answered.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.getAttribute("aria-busy") !== "true") run(form);
  }, { capture: true });
}
