using System.Net;
using Amends.Mail.Html;
using Amends.Mail.Reading;

namespace Amends.Mail.Tests.Reading;

/// <summary>Whatever stands in a mail stands in its reply, its quote or its signature, and reading takes time in proportion.</summary>
public sealed class LosslessTests
{
    static readonly string[] Pieces =
    [
        "", "", "Thanks, that helps.", "The lid broke.", "> We are sorry.", ">> Older still", "On Tue, Mar 3, 2026 at 9:00 AM Desk <desk@shop.example> wrote:", "Am 03.03.26 um 09:00 schrieb Desk:",
        "-----Original Message-----", "________________________________", "From: Desk <desk@shop.example>", "Sent: 3/3/2026", "To: Mia", "Subject: Kettle", "---------- Forwarded message ---------", "Begin forwarded message:",
        "-- ", "Mia Berg", "Tel: +49 30 1234567", "www.customer.example", "Sent from my iPhone", "This e-mail is confidential and intended solely for you.", "Отправлено с iPhone", "差出人: Desk", "2026年3月3日 9:00 Desk <desk@shop.example>:",
    ];

    [Fact]
    public void No_word_of_any_text_is_lost()
    {
        var random = new Random(20260303);
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Join('\n', Enumerable.Range(0, random.Next(1, 25)).Select(n => Pieces[random.Next(Pieces.Length)] + (random.Next(3) == 0 ? $" w{n}" : "")));
            var parts = ReplyReader.Read(text, "Mia Berg", forwarded: random.Next(4) == 0);
            Assert.True(Words(text).SequenceEqual(Words(parts.Reply + "\n" + parts.Elided + "\n" + parts.Signature)), text);
        }
    }

    [Fact]
    public void No_word_of_any_html_is_lost()
    {
        string[] open = ["<div>", "<div class=\"gmail_quote\">", "<blockquote type=\"cite\">", "<div id=\"appendonsend\"></div><div>", "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt\">", "<div class=\"x_gmail_quote\">", "<div name=\"quote\">", "<div id=\"x_divRplyFwdMsg\">"];
        var random = new Random(20260304);
        for (var round = 0; round < 800; round++)
        {
            var html = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(n => $"{open[random.Next(open.Length)]}{WebUtility.HtmlEncode(Pieces[random.Next(Pieces.Length)])} w{n}{(open.Length % (n + 1) == 0 ? "" : "<br>")}{(random.Next(3) == 0 ? "" : "</div></blockquote>")}"));
            var parts = ReplyReader.ReadHtml(html, "Mia Berg");
            Assert.True(Words(HtmlText.From(html)).SequenceEqual(Words(parts.Reply + "\n" + parts.Elided + "\n" + parts.Signature)), html);
        }
    }

    [Theory]
    [InlineData("From: a\n")]
    [InlineData("On 3/3/2026 a@b.example wrote:\n")]
    [InlineData("---------- Forwarded message ---------\n")]
    [InlineData("Tel: +49 30 1234567\n")]
    [InlineData(">\n")]
    [InlineData("Begin forwarded message:\n")]
    [InlineData("-- \n")]
    public void Long_and_hostile_texts_are_read_in_time(string line) => Growth.IsLinear(line, 20_000, text =>
    {
        ReplyReader.Read(text, "Mia Berg");
        Forwarded.OfText(text, subjectSaysSo: true);
    });

    [Fact]
    public void Boxes_in_boxes_are_read_in_time() => Growth.IsLinear("<div style=\"border:none;border-top:solid #E1E1E1 1.0pt\">From: a" + string.Concat(Enumerable.Repeat("<p>word</p>", 40)), 250, html => ReplyReader.ReadHtml(html));

    static IEnumerable<string> Words(string text) => text.Split((char[])[' ', '\n', '\t', '>', '\u00A0', '-', '_', '*', '='], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
}
