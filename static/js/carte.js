// Pointing at an element of the map, or reaching it by keyboard, keeps only the paths that pass through it.
// Without this file the picture is whole, and ?controverse= or ?orientation= draw one element's paths.
(() => {
  const dessin = document.querySelector("svg.carte-dessin");
  if (!dessin) return;
  const boites = [...dessin.querySelectorAll("[data-cle]")];
  const traits = [...dessin.querySelectorAll("[data-de]")];

  // Along the links in one direction only: a terrain keeps its own controverse, not its neighbours.
  const suivre = (depart, de, vers) => {
    const atteints = new Set([depart]);
    const gardes = new Set();
    const file = [depart];
    while (file.length) {
      const cle = file.pop();
      for (const trait of traits) {
        if (trait.dataset[de] !== cle) continue;
        gardes.add(trait);
        if (!atteints.has(trait.dataset[vers])) {
          atteints.add(trait.dataset[vers]);
          file.push(trait.dataset[vers]);
        }
      }
    }
    return [atteints, gardes];
  };

  const montrer = (cle) => {
    dessin.classList.toggle("carte-choisie", Boolean(cle));
    if (!cle) return;
    const [aDroite, traitsDroite] = suivre(cle, "de", "vers");
    const [aGauche, traitsGauche] = suivre(cle, "vers", "de");
    for (const boite of boites) {
      boite.classList.toggle("garde", aDroite.has(boite.dataset.cle) || aGauche.has(boite.dataset.cle));
    }
    for (const trait of traits) trait.classList.toggle("garde", traitsDroite.has(trait) || traitsGauche.has(trait));
  };

  const cleDe = (cible) => cible && cible.closest && cible.closest("[data-cle]")?.dataset.cle;
  const focalisee = () => cleDe(document.activeElement);
  dessin.addEventListener("pointerover", (e) => montrer(cleDe(e.target) || focalisee()));
  dessin.addEventListener("pointerleave", () => montrer(focalisee()));
  dessin.addEventListener("focusin", (e) => montrer(cleDe(e.target)));
  dessin.addEventListener("focusout", () => montrer(undefined));
  dessin.addEventListener("keydown", (e) => {
    if (e.key === "Escape") montrer(undefined);
  });
})();
