"""The new part of an answer, in the languages and programs of our customers."""

from __future__ import annotations

import textwrap

import pytest

from deskhand.base.mail.parsing import parse_mail

TEXT = "From: a@x.example\nSubject: Re: x\nContent-Type: text/plain; charset=utf-8\n\n"
QUOTE = "\n\n> Hello\n> there\n"
WITHOUT_MARKS = "\n\nHello\nthere\n"

INTRODUCTIONS = [
    "On Thu, 12 Mar 2026 at 09:05, Support <s@desk.example> wrote:",
    "On 12 Mar 2026, at 10:11, Support <s@desk.example> wrote:",
    "On 3/12/26 10:11 AM, Support wrote:",
    "On 2026-03-12 10:11, s@desk.example wrote:",
    "Am Donnerstag, 12. März 2026, 10:11:12 MEZ hat Support <s@desk.example> Folgendes geschrieben:",
    "Am Do., 12. März 2026 um 10:11 Uhr schrieb Support <s@desk.example>:",
    "Am 12.03.26 um 10:11 schrieb s@desk.example:",
    "Support <s@desk.example> schrieb am Donnerstag, 12. März 2026 um 10:11:",
    "Le 12/03/2026 à 10:11, Support a écrit :",
    "Le jeudi 12 mars 2026 à 10:11:12 UTC+1, Support <s@desk.example> a écrit :",
    "Le 12 mars 2026 à 10:11, Support <s@desk.example> a écrit :",
    "El 12/03/2026 a las 10:11, Support escribió:",
    "El jueves, 12 de marzo de 2026, 10:11:12 CET, Support <s@desk.example> escribió:",
    "El 12 mar 2026, a las 10:11, Support <s@desk.example> escribió:",
    "Il 12/03/2026 10:11, Support ha scritto:",
    "Il giorno 12 mar 2026, alle ore 10:11, Support <s@desk.example> ha scritto:",
    "In data giovedì 12 marzo 2026 10:11:12 CET, Support ha scritto:",
    "Op 12-03-2026 om 10:11 schreef Support:",
    "Op do 12 mrt 2026 om 10:11 schreef Support <s@desk.example>:",
    "Op 12 mrt. 2026 om 10:11 heeft Support <s@desk.example> het volgende geschreven:",
    "Em 12/03/2026 10:11, Support escreveu:",
    "Em qui., 12 de mar. de 2026 às 10:11, Support <s@desk.example> escreveu:",
    "No dia 12/03/2026, às 10:11, Support <s@desk.example> escreveu:",
    "W dniu 12.03.2026 o 10:11, Support pisze:",
    "czw., 12 mar 2026 o 10:11 Support <s@desk.example> napisał(a):",
    "Dnia 12 marca 2026 10:11 Support <s@desk.example> napisał(a):",
    "Wiadomość napisana przez Support <s@desk.example> w dniu 12.03.2026, o godz. 10:11:",
    "Den 2026-03-12 kl. 10:11, skrev Support:",
    "Den tors 12 mars 2026 kl 10:11 skrev Support <s@desk.example>:",
    "12 mars 2026 kl. 10:11 skrev Support <s@desk.example>:",
    "Den 12.03.2026 10:11, skrev Support:",
    "tor. 12. mar. 2026 kl. 10:11 skrev Support <s@desk.example>:",
    "Den tors. 12. mars 2026 kl. 10:11 skrev Support <s@desk.example>:",
    "Den 12/03/2026 kl. 10.11 skrev Support:",
    "Support kirjoitti 12.3.2026 klo 10.11:",
    "to 12. maalisk. 2026 klo 10.11 Support (s@desk.example) kirjoitti:",
    "Dne 12. 03. 26 v 10:11 Support napsal(a):",
    "čt 12. 3. 2026 v 10:11 odesílatel Support <s@desk.example> napsal:",
    "Dňa 12. 3. 2026 o 10:11 Support napísal(a):",
    "12.03.2026 10:11 tarihinde Support yazdı:",
    "Support <s@desk.example>, 12 Mar 2026 Per, 10:11 tarihinde şunu yazdı:",
    "12.03.2026 10:11, Support пишет:",
    "чт, 12 мар. 2026 г. в 10:11, Support <s@desk.example>:",
    "Четверг, 12 марта 2026, 10:11 +03:00 от Support <s@desk.example>:",
    "12 марта 2026 г., в 10:11, Support <s@desk.example> написал(а):",
    "12.03.26 10:11, Support пише:",
    "чт, 12 бер. 2026 р. о 10:11 Support <s@desk.example> пише:",
    "2026/03/12 10:11、Support <s@desk.example>のメール:",
    "2026年3月12日(木) 10:11 Support <s@desk.example>:",
    "On 2026/03/12 10:11, Support wrote:",
    "2026年3月12日 10:11、Support <s@desk.example> のメール：",
    "在 2026年3月12日，10:11，Support <s@desk.example> 写道：",
    "Support <s@desk.example> 於 2026年3月12日 週四 上午10:11寫道：",
    "于 2026/3/12 10:11, Support 写道:",
    "在2026年03月12日 10:11，Support 写道：",
    '在 2026-03-12 10:11:12，"Support" <s@desk.example> 写道：',
    "2026년 3월 12일 (목) 오전 10:11, Support <s@desk.example>님이 작성:",
    "2026. 3. 12. 오전 10:11에 Support 이(가) 쓴 글:",
    "2026.03.12. 10:11 keltezéssel, Support írta:",
    "În 12.03.2026 10:11, Support a scris:",
    "Στις 12/3/26 10:11, ο/η Support έγραψε:",
    "На 12.03.2026 в 10:11, Support написа:",
    "Dana 12.03.2026. u 10:11, Support je napisao/la:",
    "Vào 10:11, Th 5, 12 thg 3, 2026 Support <s@desk.example> đã viết:",
    "בתאריך יום ה׳, 12 במרץ 2026 ב-10:11 מאת Support <s@desk.example>:",
    "Pada tanggal 12 Mar 2026 10.11, Support menulis:",
    "---- On Thu, 12 Mar 2026 10:11:12 +0100 Support <s@desk.example> wrote ---",
]
HEADER_BLOCKS = [
    "From: Support <s@desk.example>\nSent: Thursday, March 12, 2026 10:11 AM\nTo: Ann\nSubject: x",
    "From: Support\nDate: Thu\nTo: Ann <a@x.example>\nSubject: x",
    "Von: Support [mailto:s@desk.example]\nGesendet: Do\nAn: Ann\nBetreff: x",
    "De : Support\nEnvoyé : jeudi\nÀ : Ann\nObjet : x",
    "De: Support\nEnviado el: jueves\nPara: Ann\nAsunto: x",
    "De: Support\nEnviada em: quinta\nPara: Ann\nAssunto: x",
    "Da: Support\nInviato: giovedì\nA: Ann\nOggetto: x",
    "Van: Support\nVerzonden: donderdag\nAan: Ann\nOnderwerp: x",
    "Od: Support\nWysłano: czwartek\nDo: Ann\nTemat: x",
    "Från: Support\nSkickat: tors\nTill: Ann\nÄmne: x",
    "Fra: Support\nSendt: tors\nTil: Ann\nEmne: x",
    "Lähettäjä: Support\nLähetetty: to\nVastaanottaja: Ann\nAihe: x",
    "Od: Support\nOdesláno: čt\nKomu: Ann\nPředmět: x",
    "Gönderen: Support\nGönderildi: Per\nKime: Ann\nKonu: x",
    "Kimden: Support\nGönderme Tarihi: Per\nKime: Ann\nKonu: x",
    "От: Support\nОтправлено: чт\nКому: Ann\nТема: x",
    "Від: Support\nНадіслано: чт\nКому: Ann\nТема: x",
    "差出人: Support\n送信日時: 木\n宛先: Ann\n件名: x",
    "发件人: Support\n发送时间: 四\n收件人: Ann\n主题: x",
    "寄件者: Support\n寄件日期: 四\n收件者: Ann\n主旨: x",
    "보낸 사람: Support\n보낸 날짜: 목\n받는 사람: Ann\n제목: x",
    "Feladó: Support\nElküldve: cs\nCímzett: Ann\nTárgy: x",
    "*From:* Support <s@desk.example>\n*Sent:* Thursday\n*To:* Ann\n*Subject:* x",
    "From: Support\nReply-To: s@desk.example\nDate: Thu\nTo: Ann\nCc: Bob\nSubject: x",
]


def reply(body: str) -> str:
    return parse_mail((TEXT + body).encode()).reply_text


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
def test_a_quote_is_cut_off_with_its_introduction(introduction: str) -> None:
    assert reply(f"New text\n\n{introduction}{QUOTE}") == "New text"


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
def test_an_answer_below_the_quote_is_kept(introduction: str) -> None:
    assert reply(f"{introduction}{QUOTE}\nNew below\n") == "New below"


@pytest.mark.parametrize("introduction", [line for line in INTRODUCTIONS if line[:3].isascii()])
def test_a_wrapped_introduction_is_cut_off_whole(introduction: str) -> None:
    wrapped = "\n".join(textwrap.wrap(introduction, 45, break_on_hyphens=False))

    assert reply(f"New text here\n\n{wrapped}{QUOTE}") == "New text here"


@pytest.mark.parametrize("introduction", [line for line in INTRODUCTIONS if "s@desk" in line])
def test_an_introduction_with_date_and_address_is_believed_without_quote_marks(introduction: str) -> None:
    assert reply(f"New text\n\n{introduction}{WITHOUT_MARKS}") == "New text"


@pytest.mark.parametrize("block", HEADER_BLOCKS)
@pytest.mark.parametrize("line", ["", "________________________________\n", "-----Original Message-----\n"])
def test_a_block_of_headers_ends_the_answer(block: str, line: str) -> None:
    assert reply(f"New text\n\n{line}{block}\n\nOld\n") == "New text"


@pytest.mark.parametrize(
    "line",
    [
        "-----Original Message-----",
        "-------- Original Message --------",
        "-----Ursprüngliche Nachricht-----",
        "-------- Ursprüngliche Nachricht --------",
        "-----Message d'origine-----",
        "-------- Message original --------",
        "-----Mensaje original-----",
        "-----Messaggio originale-----",
        "-----Oorspronkelijk bericht-----",
        "-----Mensagem original-----",
        "-----Ursprungligt meddelande-----",
        "-----Opprinnelig melding-----",
        "-----Oprindelig meddelelse-----",
        "-----Alkuperäinen viesti-----",
        "-----Původní zpráva-----",
        "-----Orijinal Mesaj-----",
        "-----Исходное сообщение-----",
        "-----元のメッセージ-----",
        "------------------ 原始邮件 ------------------",
        "-----邮件原件-----",
        "-----원본 메시지-----",
        "-----Wiadomość oryginalna-----",
        "-----Eredeti üzenet-----",
        "----- Reply message -----",
        "------ Original Message ------",
    ],
)
def test_original_message_ends_the_answer_in_any_language(line: str) -> None:
    assert reply(f"New text\n\n{line}\nblah\nOld\n") == "New text"


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Sent from my Samsung Galaxy smartphone.",
        "Sent from Mail for Windows",
        "Get Outlook for Android<https://aka.ms/x>",
        "Sent from Outlook for iOS",
        "Von meinem iPad gesendet",
        "Gesendet von Mail für Windows",
        "Von meinem Samsung Galaxy Smartphone gesendet.",
        "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
        "Gesendet mit der GMX Mail App",
        "Gesendet mit der WEB.DE Mail App",
        "Envoyé de mon iPhone",
        "Envoyé depuis mon mobile Orange",
        "Envoyé à partir de Outlook pour Android",
        "Enviado desde mi iPhone",
        "Enviado do meu iPhone",
        "Inviato da iPhone",
        "Verstuurd vanaf mijn iPhone",
        "Verzonden vanaf mijn iPad",
        "Wysłane z iPhone'a",
        "Skickat från min iPhone",
        "Sendt fra min iPhone",
        "Lähetetty iPhonesta",
        "Odesláno z iPhonu",
        "iPhone'umdan gönderildi",
        "Отправлено с iPhone",
        "Надіслано з iPhone",
        "iPhoneから送信",
        "发自我的 iPhone",
        "從我的 iPhone 傳送",
        "나의 iPhone에서 보냄",
        "Sent from Yahoo Mail on Android",
        "Sent from Yahoo Mail for iPhone",
        "Sent with Proton Mail secure email.",
        "Sent from my BlackBerry 10 smartphone.",
        "Sent via the Samsung Galaxy S10, an AT&T 5G smartphone",
        "Von meinem Mobiltelefon gesendet",
        "Vom iPhone gesendet",
        "Envoyé avec Proton Mail sécurisé",
        "Enviado desde Outlook para Android",
    ],
)
def test_what_a_phone_adds_is_no_part_of_the_answer(line: str) -> None:
    assert reply(f"New text\n\n{line}\n") == "New text"
    assert reply(f"New text\n\n{line}\n\nOn 12.03.2026 10:11, Support <s@desk.example> wrote:{QUOTE}") == "New text"


@pytest.mark.parametrize(
    "text",
    [
        "Von meinem iPhone geht es nicht.",
        "I sent it from my phone.",
        "Wir haben es gesendet.",
        "I wrote:\nhello",
        "On Monday I wrote to you:\nplease call",
        "Steps:\n1. open\n2. close",
        "Name: Ann\nFrom: Berlin\nTo: Rome",
        "Dear all:\n\nhello",
        "a --\nb",
        "-- not a sig",
        "Hi --\n\nthere",
        "From: me\nto you",
        "5 > 3\nand\n3 < 5",
        "Subject: hello\nmore text",
        "Date: 12.03.2026\nOrder: 5\nFrom: shop",
        "On 12.03.2026 at 10:11 you wrote:\nPlease send the number.\n\nThe number is 5.",
    ],
)
def test_what_only_looks_like_a_quote_or_a_signature_is_kept(text: str) -> None:
    assert reply(f"{text}\n") == text
    assert reply(f"Start\n\n{text}\n") == f"Start\n\n{text}"


@pytest.mark.parametrize(
    ("body", "new"),
    [
        (
            "-----Original Message-----\nFrom: a\nSent: b\nTo: c\nSubject: d\n\nOld text\n",
            "-----Original Message-----\nFrom: a\nSent: b\nTo: c\nSubject: d\n\nOld text",
        ),
        (
            "From: a\nSent: b\nTo: c\nSubject: d\n\nOld text\n\nFrom: e\nSent: b\nTo: c\nSubject: d\n\nOlder\n",
            "From: a\nSent: b\nTo: c\nSubject: d\n\nOld text\n\nFrom: e\nSent: b\nTo: c\nSubject: d\n\nOlder",
        ),
        (
            "________________________________\nFrom: a\nSent: b\nTo: c\nSubject: d\n\nOld text\n",
            "________________________________\nFrom: a\nSent: b\nTo: c\nSubject: d\n\nOld text",
        ),
        (
            (
                "Ok\n\nOn 12.03.2026 10:11, Bob <b@x.example> wrote:\n> ---------- Forwarded message ---------"
                "\n> From: x\n> text\n"
            ),
            "Ok",
        ),
        ("Ok\n\nOn 12 March 2026, Bob <b@x.example> wrote:\n\nPlease send.\n", "Ok"),
        ("##- Write above -##\n\nOn 12.03.2026 10:11, Bob wrote:\n> old\n\nanswer below\n", "answer below"),
        ("answer\n> ##- Write above -##\n> old\n", "answer"),
        ("Sent from my iPhone\n\nFrom: a <b@c.example>\nSent: b\nTo: c\nSubject: d\n\nOld", "Sent from my iPhone"),
        ("-----\nhello\n", "-----\nhello"),
        ("Hello\n-----\nWorld\n", "Hello\n-----\nWorld"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("Step 1:\n-----\ndo it\n", "Step 1:\n-----\ndo it"),
        ("To: you\nFrom: me\nhi\n", "To: you\nFrom: me\nhi"),
        ("A\n\n> q1\n\nB\n\n> q2\n\nC\n-- \nAnn\n", "A\n\nB\n\nC"),
        ("Thanks\n\n--\nAnn\nCompany\n", "Thanks"),
        ("Thanks\n\n-- \nAnn\n\n-- \nCompany disclaimer\n", "Thanks"),
        ("Hi\n\nBest,\nAnn\n\n> old\n> -- \n> sig\n", "Hi\n\nBest,\nAnn"),
        (
            (
                "On Mon, Mar 12, 2026 at 10:11 AM Bob <b@x.example> wrote:\n\n> q?\n\nYes, see\n\nOn the other ha"
                "nd I wrote:\n> code\nDone\n"
            ),
            "Yes, see\n\nDone",
        ),
    ],
)
def test_in_doubt_the_answer_keeps_it(body: str, new: str) -> None:
    assert reply(body) == new


def test_a_forwarded_mail_keeps_its_signature() -> None:
    forwarded = "FYI\n\n---------- Forwarded message ---------\nFrom: x\n\ntext\n-- \nBob"
    raw = f"From: a@x.example\nSubject: Fwd: x\n\n{forwarded}\n"

    assert parse_mail(raw.encode()).reply_text == forwarded


def test_what_a_person_says_about_an_earlier_mail_does_not_end_a_first_mail() -> None:
    text = "Hello\n\nOn 12 March 2026 your colleague bob@desk.example wrote:\nPlease send it.\n\nHere it is."

    assert parse_mail(f"From: a@x.example\nSubject: x\n\n{text}\n".encode()).reply_text == text
