// Shows what the shop sends while no page is open. The tag names the notice: sent twice, it is shown once.
self.addEventListener("push", (event) => {
    const { title, body, url, tag, lang } = event.data.json();
    event.waitUntil(self.registration.showNotification(title, { body, tag, lang, data: { url } }));
});

self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(self.clients.openWindow(event.notification.data.url));
});
