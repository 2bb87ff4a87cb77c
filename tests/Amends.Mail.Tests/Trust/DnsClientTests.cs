using Amends.Mail.Trust;

namespace Amends.Mail.Tests.Trust;

public sealed class DnsClientTests
{
    private const string Name = "key._domainkey.example.com";

    private static DnsClient Client(TestDns dns, double patience = 0.4) => new([dns.Endpoint], TimeProvider.System) { Patience = TimeSpan.FromSeconds(patience) };

    [Fact]
    public async Task Records_come_with_their_strings_joined_and_are_asked_for_once()
    {
        await using var dns = new TestDns();
        dns.Records[Name] = [new string('a', 300), "second"];
        var client = Client(dns, 2);
        var answer = await client.Texts(Name);
        Assert.Equal(DnsOutcome.Found, answer.Outcome);
        Assert.Equal([new string('a', 300), "second"], answer.Texts);
        Assert.Equal(TimeSpan.FromSeconds(60), answer.Lifetime);
        await client.Texts(Name.ToUpperInvariant());
        Assert.Equal(1, dns.AskedByUdp);
    }

    [Fact]
    public async Task An_alias_is_followed_and_records_of_others_are_not_taken()
    {
        await using var dns = new TestDns();
        dns.Aliases[Name] = "keys.provider.example";
        dns.Records["keys.provider.example"] = ["there"];
        Assert.Equal(["there"], (await Client(dns, 2).Texts(Name)).Texts);

        dns.Records["other.example"] = ["not asked for"];
        dns.ByUdp = (question, _) => [Renamed(dns, question)];
        Assert.Equal(DnsOutcome.Nothing, (await Client(dns, 2).Texts("nothing.example")).Outcome);

        static byte[] Renamed(TestDns dns, byte[] question)
        {
            var (_, after) = TestDns.Asked(question);
            byte[] other = [.. question[..12], 5, .. "other"u8, 7, .. "example"u8, 0, 0, 16, 0, 1];
            var answer = dns.Answer(other);
            return [.. answer[..12], .. question[12..after], .. answer[(12 + 15 + 4)..]];
        }
    }

    [Fact]
    public async Task A_name_without_records_is_nothing_and_no_failure()
    {
        await using var dns = new TestDns();
        Assert.Equal(DnsOutcome.Nothing, (await Client(dns, 2).Texts(Name)).Outcome);
        Assert.Equal(DnsOutcome.Nothing, (await Client(dns, 2).Texts("no name at all")).Outcome);
    }

    [Fact]
    public async Task A_cut_answer_is_asked_for_again_by_tcp()
    {
        await using var dns = new TestDns();
        dns.Records[Name] = [new string('b', 3000)];
        dns.ByUdp = (question, answer) => [[.. answer[..2], (byte)(answer[2] | 2), .. answer[3..60]]];
        Assert.Equal([new string('b', 3000)], (await Client(dns, 2).Texts(Name)).Texts);
        Assert.Equal(1, dns.AskedByTcp);
    }

    [Fact]
    public async Task Answers_of_strangers_are_passed_over_until_the_right_one_comes()
    {
        await using var dns = new TestDns();
        dns.Records[Name] = ["right"];
        dns.ByUdp = (question, answer) =>
        {
            byte[] otherId = [(byte)(answer[0] ^ 1), .. answer[1..]];
            byte[] otherCase = [.. answer[..12], .. answer[12..].Select((each, i) => i == 1 ? (byte)(each ^ 32) : each)];
            byte[] question2 = [answer[0], answer[1], 1, 0, .. answer[4..]];
            return [otherId, otherCase, question2, [1, 2, 3], [], answer];
        };
        Assert.Equal(["right"], (await Client(dns, 2).Texts(Name)).Texts);
    }

    [Fact]
    public async Task A_flood_of_strangers_moves_the_question_to_tcp()
    {
        await using var dns = new TestDns();
        dns.Records[Name] = ["right"];
        dns.ByUdp = (question, answer) => Enumerable.Range(1, 30).Select(i => (byte[])[(byte)(answer[0] ^ i), .. answer[1..]]);
        Assert.Equal(["right"], (await Client(dns, 2).Texts(Name)).Texts);
        Assert.Equal(1, dns.AskedByTcp);
    }

    [Fact]
    public async Task Names_that_point_round_in_circles_end()
    {
        await using var dns = new TestDns();
        dns.Records[Name] = ["right"];
        foreach (var pointer in (byte[][])[[0xC0, 12 + 32], [0xC0, 0xFF], [0xFF, 0xFF], [63], [0xC0]])
        {
            byte[] Loop(byte[] question, byte[] answer)
            {
                var (_, after) = TestDns.Asked(question);
                // owner: a label and then a pointer to itself
                return [.. answer[..12], .. question[12..after], 1, (byte)'a', 0xC0, (byte)after, 0, 16, 0, 1, 0, 0, 0, 60, 0, 2, 1, (byte)'x', .. pointer];
            }
            dns.ByUdp = (question, answer) => [Loop(question, answer), [.. answer[..^3], .. pointer]];
            dns.ByTcp = Loop;
            Assert.Equal(DnsOutcome.Failed, (await Client(dns, 0.15).Texts(Name)).Outcome);
        }
    }

    [Fact]
    public async Task A_late_a_silent_and_a_broken_server_are_failures_in_bounded_time()
    {
        await using var dns = new TestDns { Late = TimeSpan.FromMinutes(1) };
        dns.Records[Name] = ["too late"];
        var from = Environment.TickCount64;
        var client = Client(dns, 0.2);
        Assert.Equal(DnsOutcome.Failed, (await client.Texts(Name)).Outcome);
        Assert.Equal(DnsOutcome.Failed, (await client.Texts(Name)).Outcome); // and it is not asked again at once
        Assert.InRange(Environment.TickCount64 - from, 0, 50_000); // long before the answer would come
        Assert.Equal(1, dns.AskedByUdp);

        dns.Late = TimeSpan.Zero;
        dns.ByUdp = (question, answer) => [[.. answer[..3], 2, .. answer[4..]]]; // SERVFAIL
        dns.ByTcp = (question, answer) => [.. answer[..3], 5, .. answer[4..]];
        Assert.Equal(DnsOutcome.Failed, (await Client(dns).Texts(Name)).Outcome);
        Assert.Equal(DnsOutcome.Failed, (await new DnsClient([], TimeProvider.System).Texts(Name)).Outcome);
    }

    [Fact]
    public async Task An_answer_larger_than_any_key_is_not_taken()
    {
        await using var dns = new TestDns();
        dns.ByUdp = (question, answer) => [[.. answer[..2], (byte)(answer[2] | 2), .. answer[3..]]];
        dns.ByTcp = (question, answer) => [.. answer, .. new byte[20_000]];
        Assert.Equal(DnsOutcome.Failed, (await Client(dns).Texts(Name)).Outcome);
    }

    [Fact]
    public async Task The_second_server_is_asked_when_the_first_is_away()
    {
        await using var silent = new TestDns();
        silent.ByUdp = (_, _) => [];
        await using var dns = new TestDns();
        dns.Records[Name] = ["right"];
        var client = new DnsClient([silent.Endpoint, dns.Endpoint], TimeProvider.System) { Patience = TimeSpan.FromSeconds(0.2) };
        Assert.Equal(["right"], (await client.Texts(Name)).Texts);
    }

    [Fact]
    public void Resolvers_are_read_from_the_file_of_the_system()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "# resolvers\nsearch example.com\nnameserver 192.0.2.1\nnameserver\tfd00::1 \nnameserver nonsense\noptions ndots:1\nnameserver\n");
        Assert.Equal(["192.0.2.1:53", "[fd00::1]:53"], DnsClient.FromFile(file).Select(server => server.ToString()));
        File.Delete(file);
        Assert.Empty(DnsClient.FromFile(file));
    }

    [Fact]
    public void Random_bytes_are_no_answer_and_throw_nothing()
    {
        var random = new Random(6376);
        var question = DnsMessage.Question(7, Name, extended: true);
        using var dns = new DisposeLater(new TestDns());
        dns.Server.Records[Name] = ["v=DKIM1; p=abc", new string('c', 400)];
        var right = dns.Server.Answer(question);
        Assert.Equal(2, DnsMessage.Read(right, question, out _)!.Texts.Count);
        for (var i = 0; i < 50_000; i++)
        {
            var message = right[..random.Next(right.Length + 1)].ToArray();
            for (var j = random.Next(4); j > 0 && message.Length > 0; j--) message[random.Next(message.Length)] = (byte)random.Next(256);
            DnsMessage.Read(message, question, out _);
        }
    }

    private sealed class DisposeLater(TestDns server) : IDisposable
    {
        public TestDns Server => server;

        public void Dispose() => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
