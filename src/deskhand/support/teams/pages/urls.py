from django.urls import path

from deskhand.support.teams.pages.screens import STAGES, TAGS, TEAMS
from deskhand.support.teams.pages.views import stages, tags, teams

app_name = "teams"
urlpatterns = [
    path("teams/", TEAMS.list_view, name="list"),
    *TEAMS.side_doors("teams/"),
    path("teams/new/", teams.new, name="new"),
    path("teams/order/", teams.order, name="order"),
    path("teams/follower-options/", teams.follower_options, name="follower-options"),
    path("teams/<int:pk>/", teams.team, name="team"),
    path("teams/<int:pk>/copies/", teams.copies, name="copies"),
    path("teams/<int:pk>/archival/", teams.archival, name="archival"),
    path("teams/<int:pk>/deletion/", teams.deletion, name="deletion"),
    path("stages/", STAGES.list_view, name="stages"),
    *STAGES.side_doors("stages/"),
    path("stages/new/", stages.new, name="stage-new"),
    path("stages/order/", stages.order, name="stage-order"),
    path("stages/<int:pk>/", STAGES.record_view, name="stage"),
    path("stages/<int:pk>/settings/", stages.edit, name="stage-edit"),
    path("stages/<int:pk>/fold/", stages.fold, name="stage-fold"),
    path("stages/<int:pk>/deletion/", stages.delete, name="stage-delete"),
    path("tags/options/", tags.options, name="tag-options"),
    *TAGS.urls("tags/"),
]
