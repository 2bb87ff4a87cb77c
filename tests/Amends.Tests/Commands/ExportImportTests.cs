using System.Text.Json;
using Amends.Commands;
using Amends.Data;
using Amends.Domain;
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

    [Fact]
    public async Task Wrong_usage_is_said_as_such()
    {
        Assert.Equal(CommandLine.Wrong, await Import.Run(_files.Line("sqlite:x", "a.csv")));
        Assert.Equal(CommandLine.Wrong, await Import.Run(_files.Line("sqlite:x", "a.csv", "--orders", "--customers")));
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
