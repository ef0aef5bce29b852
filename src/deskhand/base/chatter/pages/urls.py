from __future__ import annotations

app_name = "chatter"
urlpatterns: list[object] = []
