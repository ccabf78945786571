"""The addresses of duties and exchanges."""

from django.urls import URLPattern, path

from sightline.escalation.views import deciding, duties, exchange_sending, exchanges, leading, memoranda, regulating

urlpatterns: list[URLPattern] = [
    # --- who leads
    path("concerns/lead/<uuid:subject>/", leading.process_lead, name="process_lead"),
    # --- a level is set; its duties; what a provider is told
    path("levels/decide/<uuid:proposal>/", deciding.level_decide, name="level_decide"),
    path("levels/decisions/<uuid:decision>/regulation/", regulating.level_regulation, name="level_regulation"),
    path("duties/", duties.duties, name="duties"),
    path("duties/duties.csv", duties.duties_csv, name="duties_csv"),
    path("duties/<uuid:duty>/", duties.duty, name="duty"),
    path("duties/<uuid:duty>/tell/", duties.tell, name="duty_tell"),
    path("told/", duties.told_list, name="told"),
    path("told/<uuid:telling>/", duties.told_one, name="told_one"),
    # --- exchanges between tiers
    path("exchanges/", exchanges.exchanges, name="exchanges"),
    path("exchanges/exchanges.csv", exchanges.exchanges_csv, name="exchanges_csv"),
    path("exchanges/across/", exchanges.exchanges_across, name="exchanges_across"),
    path("exchanges/send/", exchange_sending.exchange_send, name="exchange_send"),
    path("exchanges/letter/", exchange_sending.exchange_receive, name="exchange_receive"),
    path("exchanges/update/", exchange_sending.exchange_update, name="exchange_update"),
    path("exchanges/memoranda/<uuid:organisation>/", memoranda.memorandum_terms, name="memorandum_terms"),
    path("exchanges/<uuid:exchange>/", exchanges.exchange, name="exchange"),
    path("exchanges/<uuid:exchange>/exchange.txt", exchanges.exchange_text, name="exchange_text"),
    path("exchanges/<uuid:exchange>/<slug:step>/", exchanges.exchange_step, name="exchange_step"),
]
