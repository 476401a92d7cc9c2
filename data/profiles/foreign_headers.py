"""Headers of other languages, and of other systems, for columns of ours: which spreadsheet type a foreign sheet is."""

from __future__ import annotations

from collections.abc import Mapping

from data.core.text import normalise

# Spreadsheet type -> column of ours -> what others call it. A type is proposed where all that it needs is found.
WORDS: Mapping[str, Mapping[str, str]] = {
    "complaints_tickets": {
        "ticket_id": "ticket #|unique key|service request number|ticket|ticket id|ticket no|ticket number|"
        "case id|case number|complaint id|reference|"
        "número de ticket|número de caso|protocolo|nº protocolo|número do protocolo|"
        "ticketnummer|fallnummer|vorgangsnummer|"
        "numéro de ticket|numéro de dossier|numero pratica|受付番号|チケット番号|접수번호|номер обращения",
        "received_at": "date|date received|received|created|created date|creation date|opened|date opened|open date|"
        "fecha|fecha de recepción|fecha de apertura|data|data de abertura|data do registro|datum|eingangsdatum|"
        "eröffnet am|date de réception|date d'ouverture|data apertura|受付日|受付日時|접수일|дата обращения",
        "category": "complaint|complaint type|issue|problem|reason|topic|subject|product|type|motivo|"
        "categoría|asunto|"
        "tipo de queja|categoria|assunto|tipo de reclamação|kategorie|grund|beschwerdegrund|motif|catégorie|"
        "種別|カテゴリ|분류|категория",
        "channel": "received via|submitted via|contact channel|canal|canal de entrada|kanal|canale|受付経路|채널|канал",
        "resolved_at": "date closed|closed|closed date|resolution date|fecha de cierre|data de fechamento|"
        "abgeschlossen am|geschlossen am|date de clôture|data chiusura|完了日|처리일|дата закрытия",
    },
    "complaints_monthly": {
        "complaints": "number of complaints|no. of complaints|complaints received|quejas|número de quejas|"
        "reclamaciones|"
        "reclamos|reclamações|número de reclamações|beschwerden|anzahl beschwerden|réclamations|plaintes|"
        "nombre de plaintes|nombre de réclamations|reclami|numero reclami|苦情件数|민원 건수|жалобы|количество жалоб",
        "category": "categoría|motivo|categoria|kategorie|catégorie|motif|種別|분류|категория",
    },
    "hotline": {
        "calls": "calls received|calls offered|incoming calls|number of calls|llamadas|llamadas recibidas|chamadas|"
        "chamadas recebidas|anrufe|eingehende anrufe|anzahl anrufe|appels|appels reçus|chiamate|chiamate ricevute|"
        "入電数|着信数|콜 수|звонки|поступившие звонки",
        "resolved_first_contact": "solved|solved at first contact|first call resolution|resolved|resueltas|"
        "resueltas en el primer contacto|resolvidas|resolvidas no primeiro contato|gelöst|im ersten kontakt gelöst|"
        "sofort gelöst|résolus|résolus au premier contact|risolte|risolte al primo contatto|一次解決数|решено сразу",
        "escalated": "escaladas|encaminhadas|eskaliert|weitergeleitet|escaladés|transférés|inoltrate|エスカレーション数",
    },
    "customers": {
        "customers": "number of customers|subscribers|clientes|número de clientes|abonados|assinantes|kunden|"
        "kundenzahl|anzahl kunden|clients|nombre de clients|abonnés|clienti|numero clienti|契約者数|顧客数|가입자 수|абоненты"
    },
}


def foreign_columns(feed: str) -> Mapping[str, frozenset[str]]:
    """Column of ours -> normal forms of its foreign headers; nothing for a type that has none."""
    return {
        column: frozenset(normalise(word) for word in words.split("|")) for column, words in WORDS.get(feed, {}).items()
    }
