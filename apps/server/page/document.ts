/** The page before its script has run: the script fills the rest from the API. */
export const PAGE_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Assay: live grades</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/style.css">
<script src="/page/app.js" defer></script>
</head>
<body>
<a class="skip" href="#grades">Skip to the grades</a>
<div class="page dash">
<main id="main"><p class="absent" id="boot">Reading the grades …</p><noscript><p>This page needs its script. The same figures are at <a href="/openapi.json">the API</a>.</p></noscript></main>
</div>
</body>
</html>
`;
