"""Charsets by whatever name, by the wrong name and by no name."""

from __future__ import annotations

import pytest

from deskhand.base.mail.parsing import parse_mail

HEAD = b"From: a@x.example\nContent-Type: text/plain"


@pytest.mark.parametrize(
    ("declared", "really", "text"),
    [
        ("windows-1251", "cp1251", "Привет, как дела"), ("koi8-r", "koi8-r", "Привет"), ("utf8", "utf-8", "ü"),
        ("iso-8859-2", "iso-8859-2", "Zażółć gęślą"), ("windows-1250", "cp1250", "Zażółć gęślą"),
        ("UTF8", "utf-8", "ü"),
        ("iso-8859-15", "iso-8859-15", "5 €"), ("windows-1253", "cp1253", "Καλημέρα"),
        ("iso-8859-7", "iso-8859-7", "Καλή"),
        ("windows-1255", "cp1255", "שלום"), ("windows-1256", "cp1256", "مرحبا"), ("windows-1254", "cp1254", "Şişli"),
        ("big5", "big5", "您好"), ("gbk", "gbk", "您好"), ("cp936", "gbk", "您好"), ("hz-gb-2312", "hz", "您好"),
        ("euc-jp", "euc-jp", "こんにちは"), ("shift_jis", "cp932", "こんにちは①"), ("x-sjis", "cp932", "日本"),
        ("ms932", "cp932", "日本"), ("cp50220", "iso2022_jp", "日本"), ("euc-kr", "cp949", "안녕하세요"),
        ("windows-949", "cp949", "안녕"), ("windows-874", "cp874", "สวัสดี"), ("tis-620", "tis-620", "สวัสดี"),
        ("cp437", "cp437", "é"), ("macintosh", "mac_roman", "é–"), ("iso-8859-1", "cp1252", "“x” €"),
        ("'utf-8'", "utf-8", "ü"), ("cp-1252", "cp1252", "ü"), ("windows1252", "cp1252", "ü"),
        ("x-cp1250", "cp1250", "ł"),
        ("iso_8859-1", "latin-1", "ü"), ("latin1", "latin-1", "ü"), ("iso-8859-16", "iso8859-16", "ș"),
        ("8bit", "utf-8", "ü"),
        ("ISO-8859-8-E", "iso8859-8", "שלום"), ("unicode-1-1-utf-8", "utf-8", "ü"), ("none", "cp1252", "ü"),
        ("us-ascii", "utf-8", "ü"), ("iso-8859-1", "utf-8", "Größe"), ("utf-8", "cp1252", "Grüße aus Köln, Fräulein"),
        ("utf-7", "utf-7", "Grüße"), ("punycode", "utf-8", "ü"), ("unicode_escape", "utf-8", r"\x41ü"),
    ],
)  # fmt: skip
def test_a_declared_charset_is_understood(declared: str, really: str, text: str) -> None:
    raw = HEAD + b"; charset=" + declared.encode() + b"\n\n" + text.encode(really)

    assert parse_mail(raw).text == text


@pytest.mark.parametrize(
    ("really", "text"),
    [
        ("utf-8", "Größe 日本"), ("cp1252", "Die Geräte dürfen größer sein"),
        ("cp1252", "Où est passé l'été à Besançon ?"),
        ("cp1252", "¿Dónde está el señor Núñez?"), ("cp1251", "Добрый день, когда будет доставлен наш заказ"),
        ("koi8-r", "Добрый день, когда будет доставлен наш заказ"), ("cp1253", "Καλημέρα σας, πότε θα παραδοθεί"),
        ("cp1255", "שלום לכם, מתי ההזמנה שלנו תגיע"), ("cp1256", "مرحبا متى سيتم تسليم طلبنا من فضلك"),
        ("gb18030", "您好，我们的订单什么时候可以到？这个产品有问题，请回复。"),
        ("big5", "您好，我們的訂單什麼時候可以到？這個產品有問題，請回覆。"),
        ("cp932", "こんにちは、注文はいつ届きますか。よろしくお願いします。"),
        ("euc_jp", "こんにちは、注文はいつ届きますか。よろしくお願いします。"),
        ("iso2022_jp", "注文はいつ届きますか。"),
        ("cp949", "안녕하세요, 주문한 상품이 언제 도착하나요? 확인 부탁드립니다."),
        ("cp1250", "Zażółć gęślą jaźń, proszę o odpowiedź w sprawie zamówienia"),
        ("cp874", "สวัสดีครับ สินค้าของเราจะมาถึงเมื่อไหร่"),
        ("cp1254", "Siparişimiz ne zaman gelecek, teşekkürler, ğüşiöç"),
        ("utf-16", "Grüße"),
    ],
)  # fmt: skip
def test_an_undeclared_charset_is_guessed_from_the_text(really: str, text: str) -> None:
    assert parse_mail(HEAD + b"\n\n" + text.encode(really)).text == text
