// Shows what needs passkeys where the browser has them, and says in words when one could not be used.
(function () {
  document.addEventListener('DOMContentLoaded', function () {
    if (!window.PublicKeyCredential) return
    document.querySelectorAll('[data-needs-passkeys]').forEach(function (part) { part.hidden = false })
  })
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    document.querySelectorAll('[data-passkey-problem]').forEach(function (line) {
      line.textContent = 'The passkey was not used: it was cancelled, or this device has none for Sightline. Try again, or use another way.'
      line.hidden = false
    })
  })
})()
