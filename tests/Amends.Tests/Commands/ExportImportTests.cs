using System.Text.Json;
using Amends.Commands;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Features.CustomerFiles;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features;
using Amends.Web;
using Dapper;

namespace Amends.Tests.Commands;

public sealed class ExportImportTests : IDisposable
{
    private readonly BackupDesk _files = new();

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task One_customers_export_has_everything_about_them_and_nothing_about_others(string kind)
    {
        await using var demo = await DemoDesk.Start(kind);
        var database = demo.Desk.Get<Surroundings>().Database;
        Assert.Equal(0, await Export.Run(_files.Line(database, "--customer", "AMARA@customer.example", "--attachments", "--out", _files.At("one.jsonl"))));
        Assert.Equal(0, await Export.Run(_files.Line(database, "--out", _files.At("all.jsonl"))));
        var one = await Lines("one.jsonl");
        Assert.Equal(["address", "attachment", "case", "customer", "event", "message"], one.Select(Type).Distinct().Where(type => type != "order").Order());
        Assert.Equal([demo.Number], one.Where(each => Type(each) == "case").Select(each => each.GetProperty("number").GetInt64()));
        Assert.All(one.Where(each => Type(each) is "message" or "event" or "attachment"), each => Assert.Equal(demo.Number, each.GetProperty("case_number").GetInt64()));
        var file = one.Single(each => Type(each) == "attachment");
        Assert.Equal(file.GetProperty("size").GetInt64(), file.GetProperty("content_base64").GetBytesFromBase64().Length);
        Assert.Equal("in", one.First(each => Type(each) == "message").GetProperty("direction").GetString());
        Assert.Contains("The kettle leaks", one.First(each => Type(each) == "case").GetProperty("state").GetProperty("subject").GetString());

        var all = await Lines("all.jsonl");
        Assert.Equal(await demo.Desk.Database.Read(connection => connection.ExecuteScalarAsync<int>("select (select count(*) from cases) + (select count(*) from messages) + (select count(*) from events)")),
            all.Count(each => Type(each) is "case" or "message" or "event"));
        Assert.DoesNotContain(all, each => each.TryGetProperty("text_key", out _));
        Assert.Equal("nobody", (await Assert.ThrowsAsync<Refused>(() => Export.Run(_files.Line(database, "--customer", "nobody@no.example")))).Code);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_bad_row_stops_an_import_before_anything_is_written(string kind)
    {
        var database = await _files.Fresh(kind);
        await File.WriteAllTextAsync(_files.At("orders.csv"), "number,email,placed_at,total\nA-1,a@b.example,2026-03-04,10\nA-2,nobody,2026-03-04,10\n");
        Assert.Equal(1, await Import.Run(_files.Line(database, _files.At("orders.csv"), "--orders")));
        Assert.Equal((0, 0), await Counts(database));
        Assert.Equal(0, await Import.Run(_files.Line(database, _files.At("orders.csv"), "--orders", "--skip-bad")));
        Assert.Equal((1, 1), await Counts(database));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Customers_are_added_once_and_keep_what_is_known(string kind)
    {
        var database = await _files.Fresh(kind);
        await File.WriteAllTextAsync(_files.At("c.csv"), "E-Mail;Name;Phone;City\na@b.example;Ana;;Porto\nc@d.example;Cy;+1 555;\n");
        Assert.Equal(0, await Import.Run(_files.Line(database, _files.At("c.csv"), "--customers")));
        await File.WriteAllTextAsync(_files.At("c.csv"), "email,name,phone\nA@B.example,Other,+2 666\nc@d.example,Cy,+3 777\n");
        Assert.Equal(0, await Import.Run(_files.Line(database, _files.At("c.csv"), "--customers")));
        await using var opened = Database.Open(database);
        Assert.Equal(["Ana|+2 666|Porto", "Cy|+1 555|"], await opened.Read(connection => connection.QueryAsync<string>("select name || '|' || phone || '|' || coalesce(place, '') from customers order by name")));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_telephones_list_shows_calls_on_the_open_case_of_whose_number_it_is_once_and_says_what_is_wrong_line_by_line(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        await desk.AddPerson("Rita", Role.Reader);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        await desk.Complain("Tom Dubois", "The toaster burns", "One side.", jo);
        await desk.Database.Write(unit => unit.Run("update customers set phone = '+44 (0)113 496-0142' where name = 'Amara Okafor'"));
        var (database, file) = (desk.Get<Surroundings>().Database, _files.At("calls.csv"));
        const string Head = "when,number,direction,seconds,agent\n";
        const string Good = "2026-03-04T12:00Z,0113 496 0142,in,252,jo@desk.example\n2026-03-04T12:30Z,00441134960142,OUT,20,Jo@Desk.Example\n2026-03-04T12:40Z,0999 123456,in,60,jo@desk.example\n";
        foreach (var (bad, at) in new[] { ("soon,0113 496 0142,in,1,jo@desk.example", "when"), ("2099-01-01 10:00,0113 496 0142,in,1,jo@desk.example", "when"), ("2026-03-04 10:00,112,in,1,jo@desk.example", "number"), ("2026-03-04 10:00,0113 496 0142,both,1,jo@desk.example", "direction"),
            ("2026-03-04 10:00,0113 496 0142,in,-1,jo@desk.example", "seconds"), ("2026-03-04 10:00,0113 496 0142,in,28801,jo@desk.example", "seconds"), ("2026-03-04 10:00,0113 496 0142,in,1,rita@desk.example", "agent"), ("2026-03-04 10:00", "number") })
        {
            var cells = bad.Split(',');
            var no = Assert.Throws<Refused>(() => CallImport.Read(name => Array.IndexOf(Head.Trim().Split(','), name) is var place and >= 0 && place < cells.Length ? cells[place] : "", new Dictionary<string, Actor> { ["jo@desk.example"] = jo }, TimeZoneInfo.Utc, desk.Clock.Now));
            Assert.Equal(at, no.Code);
            await File.WriteAllTextAsync(file, Head + Good + bad + "\n");
            Assert.Equal(1, await Import.Run(_files.Line(database, file, "--calls")));
        }

        Assert.Empty((await desk.Cases.Find(number))!.Calls); // nothing was written
        Assert.Equal(0, await Import.Run(_files.Line(database, file, "--calls", "--skip-bad")));
        Assert.Equal(0, await Import.Run(_files.Line(database, file, "--calls", "--skip-bad"))); // twice is once
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal([(true, 4, null, "Jo"), (false, 0, null, "Jo")], state.Calls.Select(call => (call.TheyRang, call.Minutes!.Value, call.Balance, call.By)));
        Assert.Equal((null, true), (state.LastContactAt, state.WaitsForReply)); // nobody wrote down what was said
        Assert.Equal(2, await desk.Value<long>("select count(*) from call_log where balance is null"));
        using var browser = await desk.SignIn(jo);
        Assert.Contains("They rang for 4 minutes and 12 seconds, as the telephone counted.", (await browser.Open($"/cases/{number}")).Words(".timeline"));
        Assert.Equal(0, await Verify.Run(_files.Line(database)));

        await desk.Database.Write(unit => unit.Run("update customers set phone = '0113 496 0142' where name = 'Tom Dubois'"));
        await File.WriteAllTextAsync(file, Head + "2026-03-04T13:00Z,0113 496 0142,in,60,jo@desk.example\n");
        Assert.Equal(1, await Import.Run(_files.Line(database, file, "--calls")));
        Assert.Equal(2, (await desk.Cases.Find(number))!.Calls.Count); // whose call it was nobody can tell
        Assert.Equal("columns", (await Assert.ThrowsAsync<Refused>(async () => { await File.WriteAllTextAsync(file, "when,number\n"); await Import.Run(_files.Line(database, file, "--calls")); })).Code);
    }

    [Theory, InlineData("sqlite"), InlineData("postgres")]
    public async Task The_telephones_list_tells_who_spoke_how_much_and_how_often_both_did_at_once_where_it_knows(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        await desk.Database.Write(unit => unit.Run("update customers set phone = '0113 496 0142' where name = 'Amara Okafor'"));
        var (database, file) = (desk.Get<Surroundings>().Database, _files.At($"talk-{kind}.csv"));
        const string Head = "when,number,direction,seconds,agent,customer_seconds,agent_seconds,overlaps\n", Call = "2026-03-04T12:00Z,0113 496 0142,in,700,jo@desk.example,";
        foreach (var bad in (string[])["300,,1", ",300,1", "701,1,0", "-1,300,0", "300,300,often"])
        {
            await File.WriteAllTextAsync(file, Head + Call + bad + "\n");
            Assert.Equal(1, await Import.Run(_files.Line(database, file, "--calls")));
        }

        await File.WriteAllTextAsync(file, Head + Call + "300,300,3\n2026-03-04T13:00Z,0113 496 0142,out,60,jo@desk.example,,,\n");
        Assert.Equal(0, await Import.Run(_files.Line(database, file, "--calls")));
        var calls = (await desk.Cases.Find(number))!.Calls;
        Assert.Equal([(0.5, 3), ((double?)null, (int?)null)], calls.Select(call => (call.TheirShare, call.Overlaps)));
        Assert.Equal(1, await desk.Value<long>("select count(*) from call_log where their_seconds = 300 and our_seconds = 300"));
        using var browser = await desk.SignIn(jo);
        Assert.Contains("both spoke about as much", (await browser.Open($"/cases/{number}")).Words(".timeline"));
    }

    [Fact]
    public async Task Wrong_usage_is_said_as_such()
    {
        Assert.Equal(CommandLine.Wrong, await Import.Run(_files.Line("sqlite:x", "a.csv")));
        Assert.Equal(CommandLine.Wrong, await Import.Run(_files.Line("sqlite:x", "a.csv", "--orders", "--customers")));
        Assert.Equal(CommandLine.Wrong, await Import.Run(_files.Line("sqlite:x", "a.csv", "--orders", "--calls")));
        Assert.Equal(CommandLine.Wrong, await Restore.Run(_files.Line("sqlite:x")));
    }

    public void Dispose() => _files.Dispose();

    private static string Type(JsonElement line) => line.GetProperty("type").GetString()!;

    private async Task<List<JsonElement>> Lines(string name) => [.. (await File.ReadAllLinesAsync(_files.At(name))).Select(line => JsonDocument.Parse(line).RootElement)];

    private static async Task<(int Orders, int Customers)> Counts(string address)
    {
        await using var database = Database.Open(address);
        return await database.Read(async connection => (await connection.ExecuteScalarAsync<int>("select count(*) from orders"), await connection.ExecuteScalarAsync<int>("select count(*) from customers")));
    }
}
