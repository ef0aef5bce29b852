"""The words by which mail programs in many languages mark quotes, forwards, signatures and automatic answers.

Only data; all words are compared in lower case. A new language is a word more in each table.
"""

from __future__ import annotations

#: "… wrote:": the verb of the line that introduces a quote.
WROTE = (
    "wrote", "writes", "has written",
    "schrieb", "geschrieben", "schreibt",
    "a écrit", "a ecrit", "écrit",
    "escribió", "escribio", "ha escrito", "va escriure",
    "ha scritto", "scrive", "scriveva", "scrisse",
    "schreef", "heeft geschreven", "het volgende geschreven",
    "escreveu", "ha scrit",
    "napisał", "napisała", "napisał(a)", "napisał/a", "pisze",
    "skrev", "har skrevet", "skriver",
    "kirjoitti",
    "napsal", "napsal(a)", "napsala", "píše", "napísal", "napísal(a)", "napísala",
    "yazdı", "şunları yazdı", "yazmış",
    "написал", "написала", "написал(а)", "написал(a)", "пишет", "писал", "пише", "написав", "написав(ла)", "писав",
    "書きました", "書いた", "書きまし", "のメール", "のメッセージ", "wrote",
    "写道", "寫道", "写到", "撰写", "來信", "来信",
    "작성", "썼습니다", "쓰셨습니다", "쓴 글",
    "írta", "ezt írta", "a scris", "έγραψε", "написа", "napisao", "napisala", "je napisal", "rakstīja", "rašė",
    "kirjutas",
    "đã viết", "menulis", "כתב", "כתבה", "مؤلف", "كتب", "เขียน", "ने लिखा",
)  # fmt: skip

#: Labels of the block of headers that Outlook and others put above a quote, by what they mean.
LABELS = {
    "from": (
        "from", "von", "de", "da", "van", "od", "från", "fra", "lähettäjä", "gönderen", "kimden", "kimdən", "от",
        "от кого",
        "від", "від кого", "差出人", "送信者", "发件人", "發件人", "寄件者", "寄件人", "보낸 사람", "보낸사람",
        "feladó", "de la",
        "από", "saatja", "nuo", "no", "pošiljatelj", "expéditeur", "mittente", "remitente", "afzender", "avsändare",
        "absender",
    ),
    "sent": (
        "sent", "date", "gesendet", "datum", "gesendet am", "envoyé", "envoyé le", "fecha", "enviado", "enviado el",
        "enviada em",
        "enviado em", "enviada", "data", "inviato", "data invio", "verzonden", "verzonden op", "wysłano",
        "data wysłania", "skickat",
        "sendt", "dato", "skickat den", "lähetetty", "päivämäärä", "pvm", "päiväys", "odesláno", "odoslané", "dátum",
        "gönderildi",
        "gönderme tarihi", "tarih", "gönderilme tarihi", "отправлено", "дата", "дата отправки", "надіслано",
        "送信日時", "日付",
        "日時", "送信", "发送时间", "发送日期", "日期", "傳送時間", "寄件日期", "時間", "时间", "보낸 날짜", "날짜",
        "보낸 시간",
        "küldve", "elküldve", "trimis", "trimisă", "στάλθηκε", "ημερομηνία", "изпратено", "poslano", "saadetud",
        "nosūtīts", "išsiųsta",
    ),
    "to": (
        "to", "an", "à", "a", "para", "aan", "do", "till", "til", "vastaanottaja", "komu", "kime", "alıcı", "кому",
        "宛先",
        "收件人", "收件者", "받는 사람", "받는사람", "címzett", "către", "catre", "προς", "do", "za", "kellele",
        "kam", "kam", "empfänger",
        "per", "destinataire", "destinatario",
    ),
    "cc": (
        "cc", "kopie", "kopie an", "copie à", "copie", "kopia", "kopi", "dw", "kopio", "bilgi", "копия", "копія",
        "抄送", "副本",
        "참조", "másolatot kap", "másolat", "κοιν", "κοινοποίηση", "bcc",
        "odp. do",
    ),
    "subject": (
        "subject", "betreff", "objet", "sujet", "asunto", "oggetto", "onderwerp", "assunto", "temat", "ämne", "emne",
        "aihe",
        "předmět", "predmet", "konu", "тема", "件名", "主题", "主題", "主旨", "제목", "tárgy", "subiect", "θέμα",
        "относно", "zadeva",
        "teema", "tēma", "assumpte", "subj",
    ),
    "other": (
        "reply-to", "antwort an", "répondre à", "odp. do", "importance", "wichtigkeit", "priority", "attachments",
        "anlagen",
        "pièces jointes", "datos adjuntos",
    ),
}  # fmt: skip

#: "-----Original Message-----", without its dashes.
ORIGINAL = (
    "original message", "original-nachricht", "original e-mail", "original email", "original mail", "originalnachricht",
    "ursprüngliche nachricht", "ursprüngliche mail", "originalmail",
    "message d'origine", "message d’origine", "message original", "mail original", "message initial",
    "message précédent",
    "mensaje original", "messaggio originale", "messaggio original", "oorspronkelijk bericht", "origineel bericht",
    "mensagem original", "wiadomość oryginalna", "oryginalna wiadomość", "ursprungligt meddelande",
    "originalmeddelande",
    "opprinnelig melding", "original melding", "oprindelig meddelelse", "original meddelelse", "alkuperäinen viesti",
    "původní zpráva", "pôvodná správa", "orijinal mesaj", "özgün ileti", "orijinal ileti", "исходное сообщение",
    "оригинальное сообщение", "первоначальное сообщение", "пересылаемое сообщение (ответ)", "вихідне повідомлення",
    "оригінальне повідомлення", "元のメッセージ", "元のメール", "original message follows", "原始邮件", "原始郵件",
    "邮件原件", "원본 메시지", "원본메시지",
    "eredeti üzenet", "mesaj original", "αρχικό μήνυμα", "reply message", "replied message",
    "antwort auf", "missatge original",
)  # fmt: skip

#: "---------- Forwarded message ----------" and "Begin forwarded message:", without dashes and colon.
FORWARDED = (
    "forwarded message", "begin forwarded message", "forwarded mail", "forward message", "start of forwarded message",
    "weitergeleitete nachricht", "anfang der weitergeleiteten nachricht", "weitergeleitete e-mail",
    "message transféré", "message transmis", "début du message transféré", "début du message réexpédié",
    "e-mail transféré",
    "mensaje reenviado", "inicio del mensaje reenviado", "messaggio inoltrato", "inizio messaggio inoltrato",
    "doorgestuurd bericht", "begin doorgestuurd bericht", "mensagem encaminhada", "mensagem reencaminhada",
    "início da mensagem reencaminhada", "início da mensagem encaminhada", "wiadomość przekazana",
    "przekazana wiadomość",
    "początek przekazywanej wiadomości", "vidarebefordrat meddelande", "vidarebefordrat mail", "vidarebefordrat mejl",
    "videresendt melding", "videresendt meddelelse", "videresendt besked", "start på videresendt besked",
    "start på vidarebefordrat brev", "välitetty viesti", "edelleenlähetetty viesti", "välitetty viesti alkaa",
    "přeposlaná zpráva", "přeposlaný e-mail", "preposlaná správa", "yönlendirilen ileti", "iletilen ileti",
    "iletilmiş mesaj",
    "пересылаемое сообщение", "пересланное сообщение", "переслане повідомлення", "начало переадресованного сообщения",
    "переслано повідомлення", "転送されたメッセージ", "転送メッセージ", "转发的邮件", "轉寄郵件", "转发邮件",
    "轉寄的郵件", "전달된 메시지",
    "továbbított üzenet", "mesaj redirecționat", "προωθημένο μήνυμα",
)  # fmt: skip

#: Prefixes of subjects, without their colon.
REPLY_PREFIXES = frozenset({
    "re", "aw", "antw", "antwort", "sv", "vs", "rif", "r", "ref", "odp", "ynt", "yan", "res", "rsp", "vá", "отв",
    "ha", "на", "відп", "回复", "回覆", "答复", "返信", "回信", "답장", "회신", "atb", "bls", "απ", "σχετ", "tr-re",
    "תגובה", "רד", "رد", "ats", "vast",
})  # fmt: skip
FORWARD_PREFIXES = frozenset({
    "fw", "fwd", "wg", "tr", "rv", "enc", "i", "vb", "vl", "pd", "doorst", "fs", "ilt", "i̇lt", "pr", "пер", "пересл",
    "fwd:fwd", "转发", "轉寄", "转寄", "転送", "전달", "tov", "továbbítás", "wtr", "ves",
})  # fmt: skip

#: A short last line that begins and ends like this and names a device or a program was put there by it.
SENT_BY = (
    ("sent from", ""), ("sent via", ""), ("sent with", ""), ("sent using", ""), ("get outlook for", ""),
    ("von meine", "gesendet"), ("von meine", "verschickt"), ("vom ", "gesendet"),
    ("diese nachricht wurde von mein", "gesendet"),
    ("diese nachricht wurde mit", "gesendet"), ("gesendet von", ""), ("gesendet mit", ""), ("gesendet aus", ""),
    ("gesendet über", ""), ("gesendet vom", ""), ("versendet mit", ""), ("holen sie sich outlook", ""),
    ("outlook für", ""),
    ("mit der ", "gesendet"), ("this message was sent from my", ""),
    ("envoyé de", ""), ("envoyé depuis", ""), ("envoyé à partir", ""), ("envoyé avec", ""), ("obtenez outlook", ""),
    ("obtenir outlook", ""), ("télécharger outlook", ""), ("téléchargez outlook", ""),
    ("enviado desde", ""), ("enviado con", ""), ("obtener outlook", ""), ("obtén outlook", ""),
    ("descargar outlook", ""),
    ("enviado de ", ""), ("enviado do ", ""), ("enviado a partir", ""), ("enviado através", ""), ("enviado via", ""),
    ("enviado pelo", ""), ("obter o outlook", ""), ("obter outlook", ""), ("baixar outlook", ""),
    ("inviato da", ""), ("inviato con", ""), ("ottieni outlook", ""), ("scarica outlook", ""), ("enviat des", ""),
    ("verzonden vanaf", ""), ("verzonden met", ""), ("verstuurd vanaf", ""), ("verstuurd met", ""),
    ("verzonden via", ""),
    ("download outlook", ""), ("outlook voor", ""), ("wysłane z", ""), ("wysłano z", ""), ("wysłane za pomocą", ""),
    ("pobierz outlook", ""), ("skickat från", ""), ("skickad från", ""), ("skickat med", ""), ("hämta outlook", ""),
    ("sendt fra", ""), ("sendt med", ""), ("skaff deg outlook", ""), ("hent outlook", ""), ("få outlook", ""),
    ("lähetetty", ""), ("hanki outlook", ""), ("odesláno z", ""), ("odoslané z", ""), ("získejte outlook", ""),
    ("", "gönderildi"), ("", "edinin"), ("отправлено с", ""), ("отправлено из", ""), ("отправлено от", ""),
    ("надіслано з", ""), ("надіслано із", ""), ("", "から送信"), ("", "を入手"), ("发自", ""), ("傳送自", ""),
    ("寄自", ""),
    ("从我的", "发送"), ("從我的", "傳送"), ("", "에서 보냄"), ("küldve", ""), ("trimis de pe", ""),
    ("στάλθηκε από", ""),
    ("poslano s", ""), ("poslano z", ""),
)  # fmt: skip
DEVICES = (
    "iphon", "ipad", "ipod", "apple", "android", "galaxy", "samsung", "huawei", "xiaomi", "redmi", "oneplus",
    "pixel", "sony",
    "nokia", "motorola", "htc", "honor", "oppo", "blackberry", "windows", "phone", "handy", "smartphone", "mobile",
    "mobil",
    "mobiltelefon", "téléphone", "portable", "móvil", "celular", "telemóvel", "cellulare", "telefon", "telefoon",
    "telefono",
    "teléfono", "tablet", "gerät", "appareil", "dispositivo", "device", "outlook", "mail for", "mail für", "yahoo",
    "gmx",
    "web.de", "mail-app", "mail app", "proton", "k-9", "thunderbird", "spark", "aquamail", "mymail", "bluemail",
    "blue mail",
    "tutanota", "tuta", "posteo", "gmail", "hotmail", "aol", "icloud", "zoho", "mailbird", "em client", "nine",
    "canary",
    "airmail", "fairemail", "mail.ru", "яндекс", "телефон", "айфон", "手机", "手機", "電話", "스마트폰", "携帯",
    "puhelime",
    "laite", "posta", "courrier",
)  # fmt: skip

#: How subjects of automatic answers begin. Alone no proof: a person may write so.
AUTOMATIC_SUBJECTS = (
    "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response", "automatic response", "autoresponse",
    "out of office", "out-of-office", "out of the office", "ooo:", "vacation reply", "vacation message",
    "on vacation", "vacation:",
    "automatische antwort", "automatische antwoord", "abwesenheit", "abwesend:", "autom. antwort", "urlaub:",
    "nicht im büro",
    "réponse automatique", "absence du bureau", "absent du bureau", "absent:", "absence:", "message d'absence",
    "respuesta automática", "fuera de la oficina", "fuera de oficina", "risposta automatica", "fuori sede",
    "fuori ufficio",
    "assente:", "automatisch antwoord", "afwezig:", "resposta automática", "ausência:", "fora do escritório",
    "automatyczna odpowiedź", "odpowiedź automatyczna", "autosvar", "automatiskt svar", "automatisk svar",
    "fraværende:",
    "frånvarande:", "automaattinen vastaus", "poissa:", "automatická odpověď", "automatická odpoveď", "otomatik yanıt",
    "автоответ", "автоматический ответ", "автоматична відповідь", "自動応答", "自動返信", "自动答复", "自动回复",
    "自動回覆",
    "자동 회신", "automatikus válasz", "răspuns automat", "αυτόματη απάντηση",
)  # fmt: skip

#: Subjects of mails that say that a mail could not be delivered, and of those that say that it takes longer.
FAILED_SUBJECTS = (
    "undeliver", "undelivered", "delivery status notification (failure", "delivery failure", "delivery failed",
    "failure notice",
    "mail delivery failed", "mail delivery failure", "returned mail", "mail could not be delivered",
    "message not delivered",
    "delivery has failed", "non-delivery", "nondelivery", "non delivery", "delivery error", "mail system error",
    "delivery report", "returning message to sender", "unzustellbar", "nicht zugestellt", "unzustellbarkeit",
    "zustellung fehlgeschlagen", "nachricht nicht zustellbar", "échec de remise", "échec de la remise", "non remis",
    "échec de distribution", "no se puede entregar", "no entregado", "no se ha podido entregar", "mancato recapito",
    "recapito non riuscito", "impossibile recapitare", "onbestelbaar", "niet te bezorgen", "não é possível entregar",
    "não entregue", "falha na entrega", "niedostarczon", "nie można dostarczyć", "går inte att leverera",
    "kan ikke leveres",
    "olevererbart", "ikke leveres", "toimitus epäonnistui", "nedoručiteln", "teslim edilemedi", "не доставлено",
    "недоставленное", "не удается доставить", "не вдалося доставити", "配信不能", "配信できませんでした", "无法送达",
    "未传递", "系统退信",
    "退信", "無法傳遞", "배달되지 않음", "kézbesíthetetlen", "considered unsolicited bulk", "rejected:",
)  # fmt: skip
DELAYED_SUBJECTS = (
    "(delay", "delayed", "delivery delay", "warning: could not send", "warning: message", "verzögert", "verspätet",
    "retardé", "retraso",
    "demorado", "ritardo", "vertraagd", "atrasad", "opóźnion", "försenad", "forsink", "задерж", "遅延", "延迟", "延遲",
)  # fmt: skip
