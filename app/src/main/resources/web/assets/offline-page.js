// The page for when the server is out of reach: tries again when asked to, and by itself when the network is back.

const again = () => location.reload();

document.getElementById('again').addEventListener('click', again);
addEventListener('online', again);
