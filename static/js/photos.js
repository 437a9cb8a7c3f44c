/* Each picture one has just chosen gets its description at once. Without this script, the site asks for them next. */
(() => {
  const choix = document.querySelector("input[type=file][name=images]");
  if (!choix) return;
  const liste = document.createElement("div");
  choix.closest(".champ").after(liste);
  choix.addEventListener("change", () => {
    liste.replaceChildren(
      ...[...choix.files].map((fichier, rang) => {
        const champ = document.createElement("div");
        champ.className = "champ";
        const label = document.createElement("label");
        label.className = "champ-label";
        label.htmlFor = `nouvelle_description_${rang}`;
        label.textContent = `Décrivez l'image « ${fichier.name} »`;
        const aide = document.createElement("div");
        aide.className = "champ-aide";
        aide.id = `${label.htmlFor}_aide`;
        aide.textContent = "Ce qu'on y voit, pour les personnes qui ne la voient pas.";
        const saisie = document.createElement("input");
        saisie.type = "text";
        saisie.name = "nouvelle_description";
        saisie.id = label.htmlFor;
        saisie.maxLength = 300;
        saisie.setAttribute("aria-describedby", aide.id);
        champ.append(label, aide, saisie);
        return champ;
      })
    );
  });
})();
