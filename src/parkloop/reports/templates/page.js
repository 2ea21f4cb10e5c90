(function () {
  var back = null;
  function shown() { var goal = document.querySelector(':target'); return goal && goal.closest('.why'); }
  function pick(lang) {
    var input = document.getElementById('lang-' + lang);
    if (input) { input.checked = true; told(lang); }
  }
  function told(lang) {
    var page = document.getElementById('page-' + lang);
    document.documentElement.lang = lang;
    if (page && page.dataset.title) { document.title = page.dataset.title; }
    try { localStorage.setItem('parkloop-lang', lang); } catch (ignored) { /* no storage in this browser */ }
  }
  if (window.innerWidth < 1100) {
    document.querySelectorAll('nav.contents details').forEach(function (list) { list.open = false; });
  }
  document.querySelectorAll('.switch').forEach(function (input) {
    input.addEventListener('change', function () { told(input.value); });
  });
  try { var kept = localStorage.getItem('parkloop-lang'); if (kept) { pick(kept); } } catch (ignored) { /* as above */ }
  document.addEventListener('click', function (event) {
    var link = event.target.closest && event.target.closest('a[href^="#"]');
    if (!link) { return; }
    if (link.classList.contains('v')) { back = link; }
    var goal = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    for (var fold = goal; fold; fold = fold.parentElement) {
      if (fold.tagName === 'DETAILS') { fold.open = true; }
    }
  });
  window.addEventListener('hashchange', function () {
    var card = shown();
    if (card) { card.setAttribute('role', 'dialog'); card.setAttribute('aria-label', card.querySelector('h3').textContent); card.focus({ preventScroll: true }); document.querySelector(':target').scrollIntoView(); } else if (back) { back.focus({ preventScroll: true }); back = null; }
  });
  document.addEventListener('keydown', function (event) {
    var card = shown();
    if (event.key === 'Escape' && card) { card.querySelector('.close').click(); }
  });
  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('details.fold').forEach(function (fold) { fold.open = true; });
  });
}());
