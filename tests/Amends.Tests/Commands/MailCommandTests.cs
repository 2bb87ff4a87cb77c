using System.Text.Json;
using Amends.Commands;
using Amends.Web;

namespace Amends.Tests.Commands;

public sealed class MailCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("amends-test-").FullName;

    [Fact]
    public async Task A_manifest_of_mails_and_bodies_gives_a_line_for_each()
    {
        await File.WriteAllTextAsync(At("a.eml"), "From: Jo <jo@a.example>\r\nSubject: Hello\r\nMessage-ID: <1.2.x@own.example>\r\n\r\nHi.\r\n");
        await File.WriteAllTextAsync(At("b.txt"), "New words.\n\nOn Mon, 2 Mar 2026 at 10:00, Jo <jo@a.example> wrote:\n> old words\n");
        await File.WriteAllTextAsync(At("m.jsonl"), """
            {"file":"a.eml","input":"message/rfc822","own_host":"own.example"}
            {"file":"b.txt","input":"text/plain","sender":"Sam"}

            """);
        Assert.Equal(0, await MailRead.Run(Line("--manifest", At("m.jsonl"), "--out", At("p.jsonl"))));

        var lines = (await File.ReadAllLinesAsync(At("p.jsonl"))).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("a.eml", lines[0].GetProperty("file").GetString());
        Assert.Equal("jo@a.example", lines[0].GetProperty("from").GetString());
        Assert.True(lines[0].GetProperty("is_loop").GetBoolean());
        Assert.Equal("New words.", lines[1].GetProperty("reply").GetString());
        Assert.Contains("old words", lines[1].GetProperty("elided").GetString());
    }

    [Fact]
    public async Task Html_is_cleaned_line_by_line_and_ids_stay_as_they_are()
    {
        await File.WriteAllTextAsync(At("x.jsonl"), """
            {"id":7,"input":"<b onclick=x>a</b><script>b</script>"}
            {"id":"seven","input":"<i>c</i>"}
            """);
        Assert.Equal(0, await MailSanitize.Run(Line("--in", At("x.jsonl"), "--out", At("y.jsonl"))));
        Assert.Equal(["""{"id":7,"output":"<b>a</b>"}""", """{"id":"seven","output":"<i>c</i>"}"""], await File.ReadAllLinesAsync(At("y.jsonl")));
    }

    [Fact]
    public async Task Wrong_usage_is_said_as_such()
    {
        Assert.Equal(CommandLine.Wrong, await MailRead.Run(Line()));
        Assert.Equal(CommandLine.Wrong, await MailSanitize.Run(Line("--in", "x")));
        Assert.Equal(CommandLine.Wrong, await MailboxCommands.Add(Line("--address", "nobody")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    private CommandLine Line(params string[] args) => new(args, new Surroundings { Data = _folder, Database = "sqlite:" + At("a.db"), Urls = "http://127.0.0.1:0", KeyFile = At("key") });
}
