using System.Security.Cryptography;
using System.Text;
using Amends.Mail.Trust;

namespace Amends.Mail.Tests.Trust;

public sealed class DkimTests
{
    private const string Mail = "From: Amara <amara@customer.example>\r\nTo: service@desk.example\r\nSubject: The  kettle\r\n leaks\r\nDate: Wed, 4 Mar 2026 09:59:00 +0000\r\nMessage-ID: <1@customer.example>\r\n\r\nIt leaks \t all\r\nover.  \r\n\r\n\r\n";
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Key = DkimSigner.NewKey();
    private static readonly byte[] Short = ShortKey();

    private static string Signed(string mail = Mail, byte[]? key = null) => Encoding.Latin1.GetString(new DkimSigner("customer.example", "one", key ?? Key).Sign(Encoding.Latin1.GetBytes(mail), Now));

    private static async Task<IReadOnlyList<DkimResult>> Check(string mail, string? record = null, Action<TestDns>? change = null)
    {
        await using var dns = new TestDns();
        dns.Records["one._domainkey.customer.example"] = [record ?? DkimSigner.Record(Key)];
        change?.Invoke(dns);
        var client = new DnsClient([dns.Endpoint], TimeProvider.System) { Patience = TimeSpan.FromSeconds(0.3) };
        return await new DkimVerifier(client, new At(Now)).Verify(Encoding.Latin1.GetBytes(mail));
    }

    private static async Task<DkimOutcome> Outcome(string mail, string? record = null, Action<TestDns>? change = null) => Assert.Single(await Check(mail, record, change)).Outcome;

    [Fact]
    public async Task A_mail_that_we_sign_verifies_however_its_lines_end_and_its_blanks_fall()
    {
        var signed = Signed();
        var result = Assert.Single(await Check(signed));
        Assert.Equal(new DkimResult("customer.example", "one", DkimOutcome.Pass, ""), result);
        Assert.True(result.SpeaksFor("customer.example"));
        Assert.True(result.SpeaksFor("mail.Customer.example"));
        Assert.False(result.SpeaksFor("example"));
        Assert.False(result.SpeaksFor("evilcustomer.example"));
        Assert.Equal(DkimOutcome.Pass, await Outcome(signed.Replace("\r\n", "\n", StringComparison.Ordinal)));
        Assert.Equal(DkimOutcome.Pass, await Outcome(signed.Replace("It leaks \t all", "It leaks all  ", StringComparison.Ordinal) + "\r\n\r\n"));
        Assert.Equal(DkimOutcome.Pass, await Outcome(signed.Replace("Subject: The  kettle\r\n leaks", "SUBJECT:The kettle leaks ", StringComparison.Ordinal)));
        Assert.All(signed.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
        Assert.Empty(await Check(Mail));
    }

    [Theory]
    [InlineData("It leaks", "It burns")]
    [InlineData("The  kettle", "The toaster")]
    [InlineData("amara@", "mallory@")]
    [InlineData("d=customer.example; s=one", "d=customer.example; s=one; x=99999999999")]
    [InlineData("\r\n\r\nIt", "\r\nCc: all@desk.example\r\n\r\nIt")] // Cc was signed as missing
    [InlineData("To: service", "Subject: Another\r\nTo: service")] // so was a second subject
    [InlineData("rsa-sha256", "rsa-sha1")]
    public async Task A_mail_that_was_changed_fails(string before, string after)
    {
        var signed = Signed();
        Assert.Contains(before, signed);
        Assert.Equal(DkimOutcome.Fail, await Outcome(signed.Replace(before, after, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("From: Amara", "From: mallory@evil.example\r\nFrom: Amara")] // two authors
    [InlineData("h=from:from:", "h=")]
    [InlineData("v=1;", "v=2;")]
    [InlineData("v=1;", "v=1; v=1;")]
    [InlineData("v=1;", "v=1; i=amara@evil.example;")]
    [InlineData("v=1;", "v=1; x=1000000000; ")]
    [InlineData("v=1;", "v=1; l=x;")]
    [InlineData("v=1;", "v=1; l=99999;")]
    [InlineData("v=1;", "v=1; q=http;")]
    [InlineData("v=1;", "v=1; c=odd;")]
    [InlineData("d=customer.example", "d=example")]
    [InlineData("d=customer.example", "d=customer example")]
    [InlineData("d=customer.example", "d=" + "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a")]
    [InlineData("s=one", "s=two")]
    [InlineData("bh=", "bh=!")]
    [InlineData("Subject: ", "Sub\0ject: ")] // a header that two programs may read differently
    [InlineData("\r\nTo: ", "\r\nno field\r\nTo: ")]
    public async Task A_signature_that_cannot_be_used_is_refused(string before, string after)
    {
        var signed = Signed();
        Assert.Contains(before, signed);
        Assert.Equal(DkimOutcome.Refused, await Outcome(signed.Replace(before, after, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("v=DKIM1; p=", DkimOutcome.Refused)] // revoked
    [InlineData("v=DKIM2; p={0}", DkimOutcome.Refused)]
    [InlineData("p={0}; v=DKIM1", DkimOutcome.Refused)]
    [InlineData("k=rsa; p={0}", DkimOutcome.Pass)]
    [InlineData("v=DKIM1; h=sha1; p={0}", DkimOutcome.Refused)]
    [InlineData("v=DKIM1; h=sha1 : SHA256; p={0}", DkimOutcome.Pass)]
    [InlineData("v=DKIM1; s=tlsrpt; p={0}", DkimOutcome.Refused)]
    [InlineData("v=DKIM1; s=email:other; p={0}", DkimOutcome.Pass)]
    [InlineData("v=DKIM1; t=y; p={0}", DkimOutcome.Testing)]
    [InlineData("v=DKIM1; t=s; p={0}", DkimOutcome.Pass)]
    [InlineData("v=DKIM1; k=ed25519; p={0}", DkimOutcome.Refused)]
    [InlineData("v=DKIM1; k=rsa; p=AAAA", DkimOutcome.Refused)]
    [InlineData("v=DKIM1; k=other; p={0}", DkimOutcome.Refused)]
    [InlineData("something else", DkimOutcome.Refused)]
    public async Task The_published_key_says_what_it_is_for(string record, DkimOutcome outcome) =>
        Assert.Equal(outcome, await Outcome(Signed(), record.Replace("{0}", DkimSigner.Record(Key).Split("p=")[1], StringComparison.Ordinal)));

    [Fact]
    public async Task A_key_for_the_very_domain_is_not_for_subdomains()
    {
        var mail = Made("i=amara@sub.customer.example");
        Assert.Equal(DkimOutcome.Pass, await Outcome(mail));
        Assert.Equal(DkimOutcome.Refused, await Outcome(mail, DkimSigner.Record(Key).Replace("k=rsa", "t=s; k=rsa", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_signature_over_the_beginning_of_a_body_is_no_pass()
    {
        var mail = Made("l=8", "It leaks"u8);
        Assert.Equal(DkimOutcome.PartOnly, await Outcome(mail));
        Assert.Equal(DkimOutcome.PartOnly, await Outcome(mail + "And send the money elsewhere.\r\n"));
        Assert.False(Assert.Single(await Check(mail)).SpeaksFor("customer.example"));
    }

    [Fact]
    public async Task A_short_key_two_keys_and_a_bare_key()
    {
        Assert.Equal(DkimOutcome.Refused, await Outcome(Signed(key: Short), DkimSigner.Record(Short)));
        Assert.Equal(DkimOutcome.Refused, await Outcome(Signed(), change: dns => dns.Records["one._domainkey.customer.example"] = [DkimSigner.Record(Key), DkimSigner.Record(Short)]));
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(Key, out _);
        Assert.Equal(DkimOutcome.Pass, await Outcome(Signed(), $"v=DKIM1; p={Convert.ToBase64String(rsa.ExportRSAPublicKey())}"));
    }

    [Fact]
    public async Task Trouble_in_the_dns_and_other_algorithms_are_not_checked()
    {
        Assert.Equal(DkimOutcome.NotChecked, await Outcome(Signed(), change: dns => dns.ByUdp = (_, _) => []));
        Assert.Equal(DkimOutcome.NotChecked, await Outcome(Signed().Replace("rsa-sha256", "ed25519-sha256", StringComparison.Ordinal)));
        Assert.Equal(DkimOutcome.Refused, await Outcome(Signed().Replace("rsa-sha256", "rsa-md5", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_many_signatures_five_are_looked_at_and_a_name_is_asked_for_once()
    {
        var signed = Signed();
        var field = signed[..signed.IndexOf("From:", StringComparison.Ordinal)];
        await using var dns = new TestDns();
        var client = new DnsClient([dns.Endpoint], TimeProvider.System) { Patience = TimeSpan.FromSeconds(2) };
        var results = await new DkimVerifier(client, new At(Now)).Verify(Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(field, 50)) + signed));
        Assert.Equal(DkimVerifier.MostSignatures, results.Count);
        Assert.Equal(1, dns.AskedByUdp);
    }

    [Fact]
    public async Task Random_changes_throw_nothing_and_pass_only_where_nothing_signed_changed()
    {
        var random = new Random(8301);
        var signed = Encoding.Latin1.GetBytes(Signed());
        await using var dns = new TestDns();
        dns.Records["one._domainkey.customer.example"] = [DkimSigner.Record(Key)];
        var verifier = new DkimVerifier(new DnsClient([dns.Endpoint], TimeProvider.System) { Patience = TimeSpan.FromSeconds(0.1) }, new At(Now)) { Patience = TimeSpan.FromSeconds(1) };
        var body = Encoding.Latin1.GetString(signed).IndexOf("It leaks", StringComparison.Ordinal);
        for (var i = 0; i < 600; i++)
        {
            var mail = signed.ToArray();
            var at = random.Next(mail.Length);
            mail[at] = (byte)(33 + random.Next(90));
            var passed = (await verifier.Verify(mail)).Any(result => result.Outcome == DkimOutcome.Pass);
            Assert.False(passed && at >= body && mail[at] != signed[at], $"changed at {at}");
        }
    }

    /// <summary>A mail signed by hand, to have tags that our signer never writes.</summary>
    private static string Made(string tag, ReadOnlySpan<byte> counted = default)
    {
        var hash = counted.IsEmpty ? Canonical.BodyHash("It leaks\r\n"u8, relaxed: false, limit: null).Hash : SHA256.HashData(counted);
        var field = $"DKIM-Signature: v=1; a=rsa-sha256; d=customer.example; s=one; {tag};\r\n h=from; bh={Convert.ToBase64String(hash)}; b=";
        var from = "From: amara@sub.customer.example\r\n";
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(Key, out _);
        var value = rsa.SignData(Encoding.ASCII.GetBytes(from + field), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{field}{Convert.ToBase64String(value)}\r\n{from}\r\nIt leaks\r\n";
    }

    private static byte[] ShortKey()
    {
        using var rsa = RSA.Create(512);
        return rsa.ExportPkcs8PrivateKey();
    }

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
