using Amends.Mail.Reading;

namespace Amends.Mail.Tests.Reading;

public sealed class ExplainedTests
{
    [Fact]
    public void A_reading_for_people_says_why_it_came_out_so()
    {
        var read = MailReading.Explained(
            "From: News <news@shop.test>\r\nList-Id: <weekly>\r\nSubject: Hello\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=latin1\r\n\r\nHi.\r\n--b\r\nContent-Type: image/png; name=a.png\r\nContent-Disposition: attachment\r\n\r\nx"u8.ToArray());
        Assert.Equal(["multipart/mixed", "  text/plain, charset latin1, 3 bytes", "  image/png, 1 bytes, attachment, a file named a.png"], read.Parts);
        Assert.Equal(["A multipart's last boundary is missing."], read.Repairs);
        Assert.Equal(["it has List-Id"], read.Because);
        Assert.True(read.NoAutoResponse);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied", "Auto-Submitted is auto-replied")]
    [InlineData("Return-Path: <>", "its return path is empty")]
    [InlineData("Precedence: bulk", "Precedence is bulk")]
    [InlineData("X-Auto-Response-Suppress: OOF", "X-Auto-Response-Suppress asks for none")]
    [InlineData("X-Loop: here", "it has X-Loop")]
    public void What_forbids_an_automatic_answer_is_named(string header, string because) =>
        Assert.Contains(because, MailReading.Explained(System.Text.Encoding.UTF8.GetBytes($"From: a@b.test\r\n{header}\r\n\r\nx")).Because!);

    [Fact]
    public void A_persons_mail_has_no_reasons_and_a_line_for_a_program_has_none_of_this() =>
        Assert.Equal((0, true), (MailReading.Explained("From: a@b.test\r\n\r\nx"u8.ToArray()).Because!.Count, MailReading.Of("From: a@b.test\r\n\r\nx"u8.ToArray(), "message/rfc822").Parts is null));
}
