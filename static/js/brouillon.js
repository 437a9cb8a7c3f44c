/* A text typed in the field survives a lost connection: it is kept in this browser until the site has it.

   <form data-brouillon="key" data-enregistres="uuid …" [data-renvoye]>: `data-enregistres` lists the sendings that are
   safe, `data-renvoye` says that the form comes back with what was typed. Files cannot be kept here. */
(() => {
  const form = document.querySelector("form[data-brouillon]");
  if (!form) return;
  const CLE = `brouillon:${form.dataset.brouillon}`;
  const CONSERVATION = 14 * 24 * 3600 * 1000;
  const envoi = form.elements.namedItem("envoi");
  const neuf = envoi.value;
  const champs = [...form.elements].filter(
    (champ) => champ.name && !["hidden", "file", "submit", "checkbox"].includes(champ.type)
  );

  const lire = () => {
    try {
      const brouillon = JSON.parse(localStorage.getItem(CLE));
      if (brouillon && Date.now() - brouillon.le < CONSERVATION) return brouillon;
      localStorage.removeItem(CLE);
    } catch {
      /* No storage here, or not ours: as if there were none. */
    }
    return null;
  };

  const oublier = () => {
    try {
      localStorage.removeItem(CLE);
    } catch {
      /* Nothing was kept. */
    }
  };

  const garder = () => {
    const textes = {};
    for (const champ of champs) {
      if (champ.type === "radio" ? champ.checked : true) textes[champ.name] = champ.value;
    }
    try {
      localStorage.setItem(CLE, JSON.stringify({ le: Date.now(), envoi: envoi.value, textes }));
    } catch {
      /* A full or closed storage: the page goes on without. */
    }
  };

  const dire = (phrase, sorte, bouton) => {
    form.querySelector(".brouillon")?.remove();
    const avis = document.createElement("div");
    avis.className = `brouillon message message-${sorte}`;
    avis.setAttribute("role", sorte === "error" ? "alert" : "status");
    avis.append(phrase);
    if (bouton) {
      const efface = document.createElement("button");
      efface.type = "button";
      efface.className = "lien";
      efface.textContent = bouton;
      efface.addEventListener("click", () => {
        oublier();
        form.reset();
        envoi.value = neuf;
        avis.remove();
      });
      avis.append(" ", efface);
    }
    form.prepend(avis);
    return avis;
  };

  const quand = (le) =>
    new Date(le).toLocaleString("fr-FR", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

  const retablir = (brouillon) => {
    for (const champ of champs) {
      const texte = brouillon.textes[champ.name];
      if (texte === undefined) continue;
      if (champ.type === "radio") champ.checked = champ.value === texte;
      else champ.value = texte;
    }
    envoi.value = brouillon.envoi;
    dire(
      `Votre texte du ${quand(brouillon.le)} n'était pas parti : le voici. S'il y avait des photos, choisissez-les à nouveau.`,
      "warning",
      "L'effacer"
    );
  };

  const brouillon = lire();
  const sauf = (form.dataset.enregistres || "").split(" ");
  if (brouillon && sauf.includes(brouillon.envoi)) oublier();
  else if ("renvoye" in form.dataset) garder();
  else if (brouillon && Object.entries(brouillon.textes).some(([nom, texte]) => texte && /texte|fonction/.test(nom)))
    retablir(brouillon);

  let attente;
  form.addEventListener("input", () => {
    clearTimeout(attente);
    attente = setTimeout(garder, 300);
  });
  form.addEventListener("submit", (evenement) => {
    clearTimeout(attente);
    garder();
    if (navigator.onLine) return;
    evenement.preventDefault();
    dire(
      "Pas de connexion : rien n'est parti. Votre texte est gardé sur cet appareil ; envoyez-le quand le réseau revient.",
      "error"
    ).scrollIntoView({ block: "center" });
  });
  addEventListener("pagehide", () => {
    clearTimeout(attente);
    if (champs.some((champ) => champ.type === "textarea" && champ.value)) garder();
  });
})();
