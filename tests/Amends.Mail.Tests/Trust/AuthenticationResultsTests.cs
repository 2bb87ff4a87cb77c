using System.Text;
using Amends.Mail.Mime;
using Amends.Mail.Trust;

namespace Amends.Mail.Tests.Trust;

public sealed class AuthenticationResultsTests
{
    private static SenderCheck Check(string header, string from = "amara@customer.example", string server = "mx.desk.example") =>
        SenderCheck.Of(MimeReader.Read(Encoding.UTF8.GetBytes($"{header}From: {from}\r\nSubject: Hello\r\n\r\nHello\r\n")), server, null);

    private static string? Said(string header, string method) => Check(header).Received?.Of(method)?.Result;

    [Fact]
    public void Results_with_reasons_comments_and_properties_are_read()
    {
        var results = AuthenticationResults.Parse("""
            mx.desk.example 1 (Postfix (on loopback)); spf=pass (sender \) ip 192.0.2.1) smtp.mailfrom="a b"@customer.example;
             dkim=pass reason="good; really" header.d=customer.example header.b="ab/c=d;e" ; DMARC = fail (p=reject dis=none) header.from=customer.example; arc=none
            """)!;
        Assert.Equal("mx.desk.example", results.Server);
        Assert.Equal(["spf pass", "dkim pass", "dmarc fail", "arc none"], results.Results.Select(result => $"{result.Method} {result.Result}"));
        Assert.Equal("a b@customer.example", results.Of("spf")!.Value("smtp.mailfrom"));
        Assert.Equal("ab/c=d;e", results.Of("dkim")!.Value("header.b"));
        Assert.Equal("customer.example", results.Of("dmarc")!.Value("header.from"));
    }

    [Theory]
    [InlineData("mx.desk.example; none", 0)]
    [InlineData("mx.desk.example 2; dkim=pass", -1)] // another version
    [InlineData("", -1)]
    [InlineData("; dkim=pass", -1)]
    [InlineData("mx.desk.example; dkim=excellent; dmarc=yes", 0)] // no results that exist
    [InlineData("mx.desk.example; dkim; =pass; spf=pass", 1)]
    [InlineData("mx.desk.example; dkim/2=pass; spf/1=pass", 1)]
    [InlineData("mx.desk.example; (dkim=pass; dmarc=pass", 0)] // a comment that never ends
    [InlineData("mx.desk.example; x=\"dkim=pass; dmarc=pass", 1)]
    [InlineData("\"mx.desk.example\"; dkim=pass", 1)]
    public void Odd_values_give_no_more_than_they_say(string value, int results) => Assert.Equal(results, AuthenticationResults.Parse(value)?.Results.Count ?? -1);

    [Fact]
    public void Only_the_topmost_fields_of_our_own_server_count()
    {
        const string Forged = "Authentication-Results: mx.desk.example; dmarc=pass header.from=customer.example; dkim=pass header.d=customer.example\r\n";
        const string Foreign = "Authentication-Results: mx.evil.example; dmarc=pass header.from=customer.example\r\n";
        const string Ours = "Authentication-Results: mx.desk.example; dmarc=fail header.from=customer.example\r\n";
        const string Received = "Received: from evil.example by mx.desk.example; Wed, 4 Mar 2026 09:59:00 +0000\r\n";
        Assert.Null(Said(Foreign, "dmarc"));
        Assert.Equal("fail", Said(Ours + Received + Forged, "dmarc"));
        Assert.Null(Said(Ours + Received + Forged, "dkim"));
        Assert.Equal("fail", Said(Received + Ours + Forged, "dmarc")); // right below: of one method the upper field counts
        Assert.Equal("fail", Said(Foreign + Received + Ours, "dmarc"));
        Assert.Equal(SenderVerdict.Failed, Check(Ours + Received + Forged).Verdict);
        Assert.Equal(SenderVerdict.NotChecked, Check(Foreign).Verdict);
        Assert.Equal(SenderVerdict.NotChecked, Check(Forged, server: "").Verdict);
        Assert.Equal(SenderVerdict.NotChecked, Check(Forged.Replace("mx.desk.example;", "mx.desk.example.evil.example;", StringComparison.Ordinal)).Verdict);
        Assert.Equal(SenderVerdict.NotChecked, Check(Forged.Replace("mx.desk.example;", "(mx.desk.example;) mx.evil.example;", StringComparison.Ordinal)).Verdict);
    }

    [Fact]
    public void Fields_of_one_server_in_a_row_are_read_together()
    {
        const string Two = "Authentication-Results: MX.desk.example; dmarc=pass header.from=customer.example\r\nDKIM-Filter: OpenDKIM Filter v2.11.0 mx\r\nAuthentication-Results: mx.desk.example; dkim=pass header.d=customer.example\r\n";
        Assert.Equal("pass", Said(Two, "dkim"));
        Assert.Equal(SenderVerdict.Verified, Check(Two).Verdict);
    }

    [Theory]
    [InlineData("amara@customer.example", SenderVerdict.Verified)]
    [InlineData("Amara <AMARA@CUSTOMER.example>", SenderVerdict.Verified)]
    [InlineData("amara@other.example", SenderVerdict.Unverified)] // the result is about another host
    [InlineData("amara@customer.example, eve@evil.example", SenderVerdict.Unverified)]
    [InlineData("\"amara@customer.example\" <eve@evil.example>", SenderVerdict.Unverified)]
    [InlineData("amara@customer.example\r\nFrom: eve@evil.example", SenderVerdict.Unverified)]
    [InlineData("nobody", SenderVerdict.Unverified)]
    public void A_pass_counts_for_the_one_author_that_it_is_about(string from, SenderVerdict verdict) =>
        Assert.Equal(verdict, Check("Authentication-Results: mx.desk.example; dmarc=pass header.from=customer.example\r\n", from).Verdict);

    [Theory]
    [InlineData("(")]
    [InlineData("\"")]
    [InlineData(";")]
    [InlineData("dkim=pass;")]
    [InlineData("a=")]
    [InlineData("\\")]
    [InlineData("dkim=pass header.d=x ")]
    public void Endless_fields_are_read_in_time(string part) => Growth.IsLinear(part, 1_000_000 / part.Length, field => AuthenticationResults.Parse("mx.desk.example;" + field));
}
